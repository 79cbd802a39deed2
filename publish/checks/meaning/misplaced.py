"""Find translations that stand beside another sentence: exchanged, moved, or shifted in a run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.checks.meaning.texts import Texts

__all__ = ["Misplaced", "Shift", "find_misplaced"]

REACH = 3
"""So many entries away the right sentence is looked for."""
OFFSETS = tuple(rows for rows in range(-REACH, REACH + 1) if rows)
WATCHED, READ = 400, 150
"""So many of the entries that fit worst are always looked at, and so many of those read closely."""
DOUBTFUL, HOPEFUL = 3.0, 4.5
"""Of more entries, those are looked at that fit as badly, and those read that fit elsewhere."""
LARGE, ODD = 5000, 1.2
"""In a larger catalog only entries of so unusual a length are looked at."""
SHARE, READ_SHARE = 0.15, 0.10
"""The greatest share of a catalog that is looked at, and that is read."""
SHARE_OF_LARGE, READ_OF_LARGE = 0.05, 0.005
"""The same for a large one."""
HIT, SAME, LENGTH = 1.2, 1.0, 0.4
"""What a word that was found, one that both texts have, and the length count at a first look."""
EXCHANGED = 1.0
"""What must speak for two translations having been exchanged."""
WORSE = -2.0
"""A translation that fits another sentence worse than this by itself was not exchanged with it."""
MOVED = 1.8
"""What must speak for a translation belonging to another sentence."""
SHIFTED, STEP, PATIENCE = 2.5, 0.3, 6.0
"""What must speak for a run being shifted, in all and for each entry, and how much against it may
come before the run ends."""
AGAINST = -2.5
"""The most that one entry of a run can say against it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A run of entries, by number, whose translations belong to the sentence `rows` further on."""

    first: int
    last: int
    rows: int
    gain: float

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Shifted runs, pairs of exchanged entries, and entries with where their text belongs."""

    shifts: tuple[Shift, ...] = ()
    exchanged: tuple[tuple[int, int], ...] = ()
    moved: tuple[tuple[int, int], ...] = ()


def find_misplaced(texts: Texts) -> Misplaced:
    """Return the translations that belong to a sentence a few entries away."""
    gains = _Gains(texts, {})
    found = _choose(texts)
    shifts = _find_shifts(gains, found)
    taken = {number for shift in shifts for number in shift.numbers}
    exchanged = list(_find_exchanged(gains, found, taken))
    moved = []
    for number in found:
        if number not in taken:
            gain, other = max((gains.move(number, one), one) for one in gains.beside(number))
            if gain > MOVED:
                moved.append((number, other))
    return Misplaced(shifts, tuple(exchanged), tuple(moved))


def _find_exchanged(
    gains: _Gains, found: Sequence[int], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of entries that should be exchanged, the surest first; `taken` grows by them."""
    known: list[tuple[float, int, int]] = []
    for number in found:
        for other in gains.beside(number):
            if gains.move(number, other) > WORSE:
                gain = gains.swap(number, other)
                if gain > EXCHANGED:
                    known.append((-gain, min(number, other), max(number, other)))
    for _, one, other in sorted(set(known)):
        if one not in taken and other not in taken:
            taken |= {one, other}
            yield one, other


@dataclass(frozen=True, slots=True)
class _Gains:
    """How much better translations fit other sentences than their own; each worked out once."""

    texts: Texts
    known: dict[tuple[int, int], float]

    def beside(self, number: int) -> Iterator[int]:
        """Yield the numbers of the entries near an entry."""
        for rows in OFFSETS:
            if 0 <= number + rows < len(self.texts.sources):
                yield number + rows

    def move(self, number: int, other: int) -> float:
        """Return how much better the translation of an entry fits the source of another."""
        found = self.known.get((number, other))
        if found is None:
            texts = self.texts
            found = -math.inf
            if texts.targets[number] and texts.sources[other] != texts.sources[number]:
                pair = (number, other)
                found = texts.score(other, number, pair) - texts.score(number, number, pair)
            self.known[number, other] = found
        return found

    def swap(self, number: int, other: int) -> float:
        """Return how much better the translations of two entries fit when they are exchanged."""
        return self.move(number, other) + self.move(other, number)


# --------------------------------------------------------------------------- a first look


def _choose(texts: Texts) -> list[int]:
    """Return the numbers of the entries to be read closely, at a small cost for each."""
    hopes = []
    for number in _watch(texts):
        own = _glance(texts, number, number)
        best = -math.inf
        for rows in OFFSETS:
            other = number + rows
            if 0 <= other < len(texts.sources):
                best = max(best, _glance(texts, other, number) - own)
        hopes.append((best, number))
    hopes.sort(reverse=True)
    surely = sum(1 for hope, _ in hopes if hope > HOPEFUL)
    share = READ_SHARE if len(texts.sources) <= LARGE else READ_OF_LARGE
    most = min(surely, int(share * len(texts.sources)))
    return sorted(number for _, number in hopes[: max(READ, most)])


def _watch(texts: Texts) -> list[int]:
    """Return the numbers of the entries whose words and length fit worst."""
    numbers = [number for number, target in enumerate(texts.targets) if target]
    if len(numbers) <= WATCHED:
        return numbers
    if len(numbers) > LARGE:
        numbers = [one for one in numbers if not -ODD <= texts.off[one] <= ODD]
    share = texts.share
    spread = 1.5 * share * (1 - share)
    doubts = []
    for number in numbers:
        known, found = texts.count_hits(number, number)
        lack = max(share * known - found, 0.0)
        off = texts.off[number]
        doubts.append((lack * lack / (known * spread + 0.5) + 0.7 * off * off, number))
    doubts.sort(reverse=True)
    share = SHARE if len(texts.sources) <= LARGE else SHARE_OF_LARGE
    most = min(sum(1 for doubt, _ in doubts if doubt > DOUBTFUL), int(share * len(numbers)))
    return sorted(number for _, number in doubts[: max(WATCHED, most)])


def _glance(texts: Texts, source: int, target: int) -> float:
    known, found = texts.count_hits(source, target)
    same = len(texts.bag(source, 0) & texts.bag(target, 1))
    off = texts.deviation(source, target)
    return HIT * (found - known / 3) + SAME * same - LENGTH * min(off * off, 16.0)


# --------------------------------------------------------------------------- runs


def _find_shifts(gains: _Gains, found: Sequence[int]) -> tuple[Shift, ...]:
    """Return the runs of entries that are shifted by the same number of rows."""
    every: list[Shift] = []
    seen: set[tuple[int, int]] = set()
    for number in found:
        for rows in OFFSETS:
            if (number, rows) not in seen and _gain(gains, number, rows, STEP) > STEP:
                run = _grow(gains, number, rows)
                seen.update((one, rows) for one in run.numbers)
                filled = [one for one in run.numbers if gains.texts.targets[one]]
                if len(filled) > 1 and run.gain > max(SHIFTED, STEP * len(filled)):
                    every.append(run)
    kept: list[Shift] = []
    for run in sorted(every, key=lambda one: -one.gain):
        if all(run.last < one.first or one.last < run.first for one in kept):
            kept.append(run)
    return tuple(sorted(kept, key=lambda one: one.first))


def _gain(gains: _Gains, number: int, rows: int, least: float) -> float:
    """Return what speaks for an entry being shifted by so many rows and no others.

    Where that is `least` or less, the number only is no greater: what else fits is not asked.
    """
    texts, other = gains.texts, number + rows
    if not 0 <= other < len(texts.sources):
        return -math.inf
    if not texts.targets[number] or texts.sources[number] == texts.sources[other]:
        return 0.0
    whole = gain = gains.move(number, other)
    for one in gains.beside(number):
        if gain <= least:
            break
        if one != other:
            gain = min(gain, whole - gains.move(number, one))
    return gain


def _grow(gains: _Gains, start: int, rows: int) -> Shift:
    """Return the run around an entry that gains most from being moved by so many rows."""
    ends, whole = [], _gain(gains, start, rows, -math.inf)
    for step in (-1, 1):
        at = best = start
        most = now = 0.0
        empty = 0
        while 0 <= at + step < len(gains.texts.sources) and empty <= REACH:
            at += step
            if gains.texts.targets[at]:
                empty = 0
                now += max(_gain(gains, at, rows, AGAINST), AGAINST)
            else:
                empty += 1
            if now > most:
                best, most = at, now
            if now < most - PATIENCE:
                break
        ends.append(best)
        whole += most
    return Shift(ends[0], ends[1], rows, whole)
