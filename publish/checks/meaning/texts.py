"""The texts of a catalog in their order, and how well any source and any translation agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

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
    choose_learnt,
    learn_links,
    split_stems,
    weigh_link,
)

__all__ = ["Alike", "Texts", "gather_texts"]

WEIGHTS = (0.5, 1.0, 0.8, 0.5, 1.3, 1.5, 1.0, 1.5, 0.5)
"""What each signal of `compare_sides` counts, in nats; found by trying on news."""
LINKED = 0.09
"""What links of words count."""
ALIKE = 40.0
"""What a vector counts, where vectors are used."""

FEW = 2
"""One in so many entries is enough to see what is usual."""

Alike = Callable[[int, int], float]
"""How alike in meaning a source and a translation are, by number, from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a catalog by number, empty where there is no translation.

    `forth` has for each stem of the source those that translate it; `linked` are those stems.
    The links were learnt from the entries `learnt`.  `off` has by how many deviations each target
    is too long for its own source, 0 where there is none.  `alike` compares vectors.
    """

    sources: Sequence[str]
    targets: Sequence[str]
    links: WordLinks
    learnt: frozenset[int]
    forth: Mapping[str, Bag]
    linked: Bag
    measures: Measures
    off: Sequence[float]
    alike: Alike | None = None
    bags: tuple[dict[int, Bag], dict[int, Bag]] = field(default_factory=lambda: ({}, {}))
    linking: dict[int, Bag] = field(default_factory=dict)
    sides: dict[tuple[int, int], Side] = field(default_factory=dict)
    compared: dict[tuple[int, int], float] = field(default_factory=dict)
    weighed: dict[tuple[int, int, tuple[int, ...]], float] = field(default_factory=dict)
    weights: defaultdict[str, dict[tuple[str, int], float]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    shares: dict[str, float] = field(default_factory=dict)

    def bag(self, number: int, which: int) -> Bag:
        """Return the stems of a source (0) or a target (1)."""
        found = self.bags[which].get(number)
        if found is None:
            text = (self.targets if which else self.sources)[number]
            found = self.bags[which][number] = split_stems(text)
        return found

    def list_linked(self, source: int) -> Bag:
        """Return the stems of a source that have links."""
        found = self.linking.get(source)
        if found is None:
            found = self.linking[source] = self.bag(source, 0) & self.linked
        return found

    def count_hits(self, source: int, target: int) -> tuple[int, int]:
        """Return how many stems of a source have links, and of how many one is in the target."""
        forth, known = self.forth, self.list_linked(source)
        disjoint = self.bag(target, 1).isdisjoint
        return len(known), len([stem for stem in known if not disjoint(forth[stem])])

    @property
    def share(self) -> float:
        """The usual share of the linked stems of a source that are found in its translation."""
        found = self.shares.get("")
        if found is None:
            found = self.shares[""] = self._share()
        return found

    def _share(self) -> float:
        hits = [self.count_hits(one, one) for one in sorted(self.learnt)[::FEW]]
        return (sum(found for _, found in hits) + 5) / (sum(known for known, _ in hits) + 10)

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
        taught = tuple([number for number in pair if number in self.learnt])
        score = self._compared(source, target) + LINKED * self._linked(source, target, taught)
        if self.alike is not None:
            score += ALIKE * self.alike(source, target)
        return score

    def _compared(self, source: int, target: int) -> float:
        found = self.compared.get((source, target))
        if found is None:
            one, other = self.side(source, 0), self.side(target, 1)
            signals = compare_sides(one, other, self.measures, self.links.weights)
            found = self.compared[source, target] = sum(map(mul, WEIGHTS, signals))
        return found

    def _linked(self, source: int, target: int, taught: tuple[int, ...]) -> float:
        """Return what the links of two texts say; those that `taught` gave do not count."""
        known = self.weighed.get((source, target, taught))
        if known is not None:
            return known
        stems, own = self.bag(target, 1), [(self.bag(one, 0), self.bag(one, 1)) for one in taught]
        whole, best = 0.0, dict[str, float]()
        for stem in self.list_linked(source):
            links = self.forth[stem]
            if stems.isdisjoint(links):
                continue
            without = [two for one, two in own if stem in one]
            row, most = self.weights[stem], 0.0
            for other in links & stems:
                less = 0
                for bag in without:
                    less += other in bag
                weight = row.get((other, less))
                if weight is None:
                    times, chance = self.links.links[stem][other]
                    weight = row[other, less] = weigh_link(times - less, chance)
                if weight > most:
                    most = weight
                if weight > best.get(other, 0.0):
                    best[other] = weight
            whole += most
        self.weighed[source, target, taught] = found = whole + sum(best.values())
        return found


def gather_texts(
    pairs: Sequence[tuple[str, str]], others: Iterable[BagPair] = (), alike: Alike | None = None
) -> Texts:
    """Return the texts of pairs of a source and its translation, and what they teach."""
    filled = [number for number, (_, target) in enumerate(pairs) if target]
    chosen = choose_learnt(filled)
    bags = (
        {number: split_stems(pairs[number][0]) for number in chosen},
        {number: split_stems(pairs[number][1]) for number in chosen},
    )
    taught = [(bags[0][number], bags[1][number]) for number in chosen]
    links = learn_links([*taught, *others])
    measures = measure_lengths([(len(one), len(two)) for one, two in pairs if two])
    deviation = measures.deviation
    return Texts(
        sources=[source for source, _ in pairs],
        targets=[target for _, target in pairs],
        links=links,
        learnt=frozenset(chosen),
        forth={stem: frozenset(row) for stem, row in links.links.items()},
        linked=frozenset(links.links),
        measures=measures,
        off=[deviation(len(one), len(two)) if two else 0.0 for one, two in pairs],
        alike=alike,
        bags=bags,
    )
