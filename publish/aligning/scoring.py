"""How much speaks for some sentences of two texts being translations of each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.aligning.clues import Clues, combine_clues, find_clues
from publish.aligning.pieces import Piece
from publish.aligning.wordtable import NOTHING, WordTable

__all__ = ["SHAPES", "WEIGHTS", "Scorer", "Weights"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each clue counts, in nats; found by trying on simulated translations."""

    length: float = 1.0
    spread: float = 6.8
    number: float = 2.0
    other_number: float = 1.0
    name: float = 0.9
    lost_name: float = 0.25
    alike: float = 0.4
    sign: float = 1.0
    lost_sign: float = 0.6
    words: float = 0.25
    opens: float = 1.0
    breaks: float = 2.0
    kind: float = 3.0
    level: float = 0.7
    known: float = 8.0
    spot: float = 1.0
    alone: float = 4.5
    alone_again: float = 3.5
    within: float = 0.75


WEIGHTS = Weights()
SHAPES: Mapping[tuple[int, int], float] = {
    (1, 1): math.log(0.89),
    (2, 1): math.log(0.035),
    (1, 2): math.log(0.035),
    (3, 1): math.log(0.004),
    (1, 3): math.log(0.004),
    (2, 2): math.log(0.002),
}
"""How many sentences of each side make a group, and the logarithm of how often."""
FURTHEST = 12.0
"""The most that different lengths count."""
HOPELESS = -14.0
"""Below this, no word makes up for what speaks against a group."""
PART = 1.4
"""So many times as many sentences as the other text means that it lacks some."""
UNLIKELY = 0.3
"""Words that a run makes so much less likely than by chance are not expected of it at all."""
REMEMBERED = 1500
"""How many runs have their expected words kept at a time."""
UNKNOWN = math.log(0.5)
ROOT = 3
"""Consonants by which a name is known, and one character for their mark."""
RARE = 0.35
"""What remains of the weight of a name or a number that is in every sentence."""


@dataclass(slots=True)
class _Side:
    """The sentences of one text, and the clues of runs of them, made when they are needed."""

    pieces: Sequence[Piece]
    clues: list[Clues]
    weights: dict[str, float]
    table: Mapping[str, Mapping[str, float]]
    runs: dict[tuple[int, int], Clues] = field(default_factory=dict)
    words: dict[tuple[int, int], tuple[dict[str, float], int]] = field(default_factory=dict)

    def run(self, end: int, count: int) -> Clues:
        """Return the clues of so many sentences before `end`."""
        found = self.runs.get((end, count))
        if found is None:
            found = self.runs[end, count] = combine_clues(self.clues[end - count : end])
        return found

    def expected(self, end: int, count: int) -> tuple[dict[str, float], int]:
        """Return how much likelier than by chance a run makes the words of the other side."""
        found = self.words.get((end, count))
        if found is None:
            sums: dict[str, float] = {}
            stems = [one for one in self.run(end, count).stems if one in self.table]
            for stem in (*stems, NOTHING):
                for other, odds in self.table.get(stem, {}).items():
                    sums[other] = sums.get(other, 0.0) + odds
            size = len(stems) + 1
            likely = {stem: odds for stem, odds in sums.items() if odds > UNLIKELY * size}
            if len(self.words) >= REMEMBERED:
                self.words.clear()  # those of earlier rows, which nobody asks for again
            found = self.words[end, count] = (likely, size)
        return found


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores for groups of two texts; `ratio` is how much longer the translation is."""

    sources: _Side
    targets: _Side
    ratio: float
    weights: Weights
    known: frozenset[tuple[int, int]] = frozenset()

    @staticmethod
    def of(
        sources: Sequence[Piece],
        targets: Sequence[Piece],
        table: WordTable | None = None,
        known: frozenset[tuple[int, int]] = frozenset(),
        weights: Weights = WEIGHTS,
    ) -> Scorer:
        """Return the scorer of two texts; `table` has the words that are known, `known` pairs."""
        table = table or WordTable()
        one = _side(sources, table.forth)
        other = _side(targets, table.back)
        if any(piece.opens for piece in sources) and any(piece.opens for piece in targets):
            weights = replace(weights, alone=weights.alone + weights.within)
        return Scorer(one, other, _ratio(one.clues, other.clues), weights, known)

    @property
    def count(self) -> tuple[int, int]:
        """The number of sentences of each text."""
        return len(self.sources.pieces), len(self.targets.pieces)

    @property
    def source_clues(self) -> Iterable[tuple[str, ...]]:
        """The numbers and the names of each sentence of the source."""
        return map(_rare_clues, self.sources.clues)

    @property
    def target_clues(self) -> Iterable[tuple[str, ...]]:
        """The numbers and the names of each sentence of the translation."""
        return map(_rare_clues, self.targets.clues)

    def together(self, i: int, p: int) -> bool:
        """Return whether the `p` sentences before `i` stand in one block, so that they can join."""
        pieces = self.sources.pieces
        return p == 1 or pieces[i - p].block == pieces[i - 1].block

    def score(self, i: int, p: int, j: int, q: int) -> float:
        """Return what speaks for `p` sentences before `i` being `q` sentences before `j`."""
        one, other = self.sources.run(i, p), self.targets.run(j, q)
        score = (
            SHAPES[p, q]
            - self._length(one.length, other.length)
            + self._numbers(one.numbers, other.numbers)
            + self._names(one, other)
            + self._signs(one.signs, other.signs)
            + self._structure(i, p, j, q)
            + self._known(i, p, j, q)
        )
        return score + self._words(i, p, j, q) if score > HOPELESS else score

    def _length(self, one: int, other: int) -> float:
        spread = self.weights.spread * ((one + other / self.ratio) / 2 + 1)
        off = other - one * self.ratio
        return self.weights.length * min(off * off / spread / 2 + math.log(spread) / 2, FURTHEST)

    def _numbers(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        if not (one or other):
            return 0.0
        weights, rare = self.weights, self.sources.weights
        left = list(other)
        score = 0.0
        for number in one:
            if number in left:
                left.remove(number)
                score += weights.number * rare.get(number, 1.0)
            else:
                score -= weights.other_number
        return score - weights.other_number * len(left)

    def _names(self, one: Clues, other: Clues) -> float:
        weights = self.weights
        score = weights.alike * len(one.sounds & other.sounds)
        for names, sounds, rare in (
            (one.names, other.sounds, self.sources.weights),
            (other.names, one.sounds, self.targets.weights),
        ):
            for sound, bones in names:
                if sound in sounds or (len(bones) > ROOT and bones in sounds):
                    score += weights.name * rare.get(sound, 1.0)
                else:
                    score -= weights.lost_name
        return score

    def _signs(self, one: frozenset[str], other: frozenset[str]) -> float:
        if not (one or other):
            return 0.0
        both = len(one & other)
        return self.weights.sign * both - self.weights.lost_sign * (len(one | other) - both)

    def _words(self, i: int, p: int, j: int, q: int) -> float:
        if not self.sources.table:
            return 0.0
        forth = _likelihood(self.sources.expected(i, p), self.targets, self.targets.run(j, q).stems)
        back = _likelihood(self.targets.expected(j, q), self.sources, self.sources.run(i, p).stems)
        return self.weights.words * (forth + back)

    def _structure(self, i: int, p: int, j: int, q: int) -> float:
        weights = self.weights
        first, last = self.sources.pieces[i - p], self.sources.pieces[i - 1]
        start, end = self.targets.pieces[j - q], self.targets.pieces[j - 1]
        score = 0.0
        if first.opens or start.opens:
            score += weights.opens if first.opens and start.opens else -weights.opens
        if last.ends or end.ends:
            score += weights.opens if last.ends and end.ends else -weights.opens
        if start.block != end.block:
            score -= weights.breaks * (end.block - start.block)
        if first.kind != start.kind:
            like = first.kind.partition(" ")[0] == start.kind.partition(" ")[0]
            score -= weights.kind / 3 if like else weights.kind
        elif first.level != start.level:
            score -= weights.level
        elif first.spot and start.spot:
            score += weights.spot if first.spot == start.spot else -weights.spot
        return score

    def _known(self, i: int, p: int, j: int, q: int) -> float:
        if not self.known:
            return 0.0
        pairs = ((a, b) for a in range(i - p, i) for b in range(j - q, j))
        return self.weights.known * sum(pair in self.known for pair in pairs)


def _rare_clues(clues: Clues) -> tuple[str, ...]:
    bones = (name for _, name in clues.names if len(name) > ROOT)
    return (*clues.numbers, *bones)


def _likelihood(expected: tuple[dict[str, float], int], side: _Side, stems: Iterable[str]) -> float:
    sums, count = expected
    table, score = side.table, 0.0
    for stem in stems:
        odds = sums.get(stem)
        if odds is not None:
            score += math.log(0.5 + 0.5 * odds / count)
        elif stem in table:
            score += UNKNOWN
    return score


def _side(pieces: Sequence[Piece], table: Mapping[str, Mapping[str, float]]) -> _Side:
    clues = [find_clues(piece) for piece in pieces]
    return _Side(pieces, clues, _rarity(clues), table)


def _ratio(ours: Sequence[Clues], theirs: Sequence[Clues]) -> float:
    """Return how much longer the translation is; by sentence if one text lacks many."""
    ratio = (sum(one.length for one in theirs) + 1) / (sum(one.length for one in ours) + 1)
    counts = len(theirs) / len(ours)
    if not 1 / PART < counts < PART:
        ratio /= counts
    return min(max(ratio, 0.2), 5.0)


def _rarity(every: Sequence[Clues]) -> dict[str, float]:
    """Return a weight for each number and each name: 1 for one that stands once."""
    counted: Counter[str] = Counter()
    for clues in every:
        counted.update(set(clues.numbers))
        counted.update({sound for sound, _ in clues.names})
    whole = math.log(len(every) + 2)
    return {clue: max(RARE, 1 - math.log(count) / whole) for clue, count in counted.items()}
