"""The texts of a catalog in their order, and how well any source and any translation agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from publish.checks.meaning.signals import (
    Measures,
    Side,
    compare_sides,
    measure_lengths,
    read_side,
)
from publish.checks.meaning.wordlinks import (
    Bag,
    BagPair,
    WordLinks,
    learn_links,
    split_stems,
    weigh_link,
)

__all__ = ["Alike", "Texts", "gather_texts"]

WEIGHTS = (0.5, 1.0, 0.8, 0.5, 1.3, 1.5, 1.0, 1.5, 0.5)
"""What each signal of `compare_sides` counts, in nats; found by trying on news."""
LINKED = 0.09
"""What links of words count."""
ALIKE = 30.0
"""What a vector counts, where vectors are used."""

Alike = Callable[[int, int], float]
"""How alike in meaning a source and a translation are, by number, from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a catalog by number, empty where there is no translation.

    `forth` has for each stem of the source those that translate it.  `alike` compares vectors.
    """

    sources: Sequence[str]
    targets: Sequence[str]
    bags: Sequence[BagPair]
    links: WordLinks
    forth: Mapping[str, Bag]
    measures: Measures
    alike: Alike | None = None
    sides: dict[tuple[int, int], Side] = field(default_factory=dict)

    def count_hits(self, source: int, target: int) -> tuple[int, int]:
        """Return how many stems of a source have links, and of how many one is in the target."""
        forth, stems = self.forth, self.bags[target][1]
        known = [links for stem in self.bags[source][0] if (links := forth.get(stem))]
        return len(known), sum([not links.isdisjoint(stems) for links in known])

    def deviation(self, source: int, target: int) -> float:
        """Return by how many standard deviations a target is too long for a source."""
        return self.measures.deviation(len(self.sources[source]), len(self.targets[target]))

    def side(self, number: int, which: int) -> Side:
        """Return the signals of a source (0) or a target (1)."""
        found = self.sides.get((number, which))
        if found is None:
            text = (self.targets if which else self.sources)[number]
            found = self.sides[number, which] = read_side(text)
        return found

    def score(self, source: int, target: int, pair: tuple[int, int]) -> float:
        """Return how well a source and a target agree.

        What the two entries of `pair` have taught does not count.
        """
        signals = compare_sides(
            self.side(source, 0), self.side(target, 1), self.measures, self.links.weights
        )
        score = sum(weight * signal for weight, signal in zip(WEIGHTS, signals, strict=True))
        score += LINKED * self._linked(source, target, pair)
        if self.alike is not None:
            score += ALIKE * self.alike(source, target)
        return score

    def _linked(self, source: int, target: int, pair: tuple[int, int]) -> float:
        links, stems = self.links.links, self.bags[target][1]
        own = [self.bags[one] for one in set(pair) & self.links.learnt]
        whole, best = 0.0, dict[str, float]()
        for stem in self.bags[source][0]:
            row = links.get(stem)
            if not row:
                continue
            most = 0.0
            for other in row.keys() & stems:
                times, chance = row[other]
                times -= sum([stem in one and other in two for one, two in own])
                weight = weigh_link(times, chance)
                most = max(most, weight)
                best[other] = max(best.get(other, 0.0), weight)
            whole += most
        return whole + sum(best.values())


def gather_texts(
    pairs: Sequence[tuple[str, str]], others: Iterable[BagPair] = (), alike: Alike | None = None
) -> Texts:
    """Return the texts of pairs of a source and its translation, and what they teach."""
    bags = [(split_stems(source), split_stems(target)) for source, target in pairs]
    full = [bag if pair[1] else None for pair, bag in zip(pairs, bags, strict=True)]
    links = learn_links(full, others)
    return Texts(
        sources=[source for source, _ in pairs],
        targets=[target for _, target in pairs],
        bags=bags,
        links=links,
        forth={stem: frozenset(row) for stem, row in links.links.items()},
        measures=measure_lengths([(len(one), len(two)) for one, two in pairs if two]),
        alike=alike,
    )
