"""Find translations that were cut, and those that hold a second sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from publish.checks.meaning.endings import ENDED, Endings, learn_endings
from publish.checks.meaning.signals import Side
from publish.checks.meaning.texts import Texts
from publish.checks.meaning.wordlinks import EDGES, STEM

__all__ = ["Omissions", "find_omissions"]

LEAST = 40
"""Letters of the shortest source that is judged."""
SHORT, LONG = -0.9, 1.0
"""Deviations of length from which a text is looked at."""
CUT, MORE, EVEN = 2.1, 2.0, 1.3
"""What must speak for a text having been cut; how much more where lengths vary more than so."""
TWO = 1.8
"""What must speak for a text holding two sentences."""
CLOSE = 1.5
"""If less than this is lacking, a text is read closely."""
TAIL = 0.65
"""Where in a source the part begins that a cut translation has lost."""
OPENED, CLOSED = "«“(", "»”)"
STOP = re.compile(r"[.!?…।。！？۔](?=[\s\"'»”’)\]]|$)")
BY_CHANCE = 0.3
"""The share of the linked words of a source that a text has which does not translate it."""
BONES = 4


@dataclass(frozen=True, slots=True)
class Omissions:
    """Entries by number: those that were cut; those that hold two, with the other's number."""

    cut: tuple[int, ...] = ()
    two: tuple[tuple[int, int], ...] = ()


def find_omissions(texts: Texts, without: Collection[int] = ()) -> Omissions:
    """Return the translations that lack a part or hold a second sentence."""
    short, long = [], []
    for number, target in enumerate(texts.targets):
        if target and len(texts.sources[number]) >= LEAST and number not in without:
            off = texts.deviation(number, number)
            if off < SHORT:
                short.append((number, -off))
            elif off > LONG:
                long.append((number, off))
    if not (short or long):
        return Omissions()
    bar = CUT + MORE * min(max(texts.measures.spread - EVEN, 0.0), 0.4)
    endings = learn_endings(texts.targets) if short else Endings()
    share = texts.share
    return Omissions(
        tuple(one for one, off in short if _lack(texts, endings, share, one, off, bar) > bar),
        tuple(_doubled(texts, long)),
    )


def _lack(
    texts: Texts, endings: Endings, share: float, number: int, off: float, bar: float
) -> float:
    """Return what speaks for a translation having lost its end; `bar` is how much must."""
    source, target = texts.sources[number], texts.targets[number]
    lost = bool(ENDED.search(source)) and target[-1:].isalnum()
    speaks = (
        1.8 * off
        + 0.35 * off * off
        + 0.5 * _tail(texts, share, number)
        + 0.8 * _unclosed(target)
        + 1.2 * endings.surprise(target)
        + 2.0 * lost
        - 2.8
    )
    if speaks < bar - CLOSE:
        return speaks
    one, other = texts.side(number, 0), texts.side(number, 1)
    commas = (one.commas - other.commas) / math.sqrt(one.commas + other.commas + 1)
    return speaks + 1.0 * _lost_numbers(one, other) + 0.25 * commas


def _tail(texts: Texts, share: float, number: int) -> float:
    """Return by how many deviations too few of the last words of a source are translated."""
    words = texts.sources[number].lower().split()
    forth, stems = texts.forth, texts.bag(number, 1)
    last = (word.strip(EDGES)[:STEM] for word in words[int(len(words) * TAIL) :])
    known = [links for stem in last if (links := forth.get(stem))]
    found = sum([not links.isdisjoint(stems) for links in known])
    spread = 1.5 * share * (1 - share)
    return (share * len(known) - found) / math.sqrt(len(known) * spread + 0.5)


def _lost_numbers(one: Side, other: Side) -> int:
    left, lost = list(other.numbers), 0
    for number in one.numbers:
        if number in left:
            left.remove(number)
        else:
            lost += 1
    return lost


def _unclosed(text: str) -> bool:
    if "„" in text:
        return False  # closed by a mark that opens elsewhere
    return sum(map(text.count, OPENED)) > sum(map(text.count, CLOSED))


# --------------------------------------------------------------------------- two in one


def _doubled(texts: Texts, long: list[tuple[int, float]]) -> Iterator[tuple[int, int]]:
    for number, off in long:
        extra = _count_stops(texts.targets[number]) - _count_stops(texts.sources[number])
        speaks = 1.4 * off + 0.22 * off * off + 2.5 * max(-1, min(extra, 2)) - 4.5
        if speaks > TWO - 2 * CLOSE:
            known = [(_near(texts, number, other), other) for other in _beside(texts, number)]
            near, other = max(known, default=(0.0, number))
            if other != number and speaks + near > TWO:
                yield number, other


def _beside(texts: Texts, number: int) -> Iterator[int]:
    for other in (number - 1, number + 1):
        if 0 <= other < len(texts.sources) and texts.sources[other] != texts.sources[number]:
            yield other


def _near(texts: Texts, number: int, other: int) -> float:
    """Return how much of the sentence beside it a translation has, by links, names and numbers."""
    known, found = texts.count_hits(other, number)
    own, text, beside = texts.side(number, 0), texts.side(number, 1), texts.side(other, 0)
    names = sum(
        sound not in own.names
        and (sound in text.sounds or (len(bones) >= BONES and bones in text.bones))
        for sound, (bones, _) in beside.names.items()
    )
    numbers = len(set(beside.numbers) & set(text.numbers) - set(own.numbers))
    linked = (found - BY_CHANCE * known) / math.sqrt(known + 1)
    return 0.9 * linked + 1.2 * (names + numbers)


def _count_stops(text: str) -> int:
    return len(STOP.findall(text))
