"""Find translations that were cut, and those that hold a second sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from publish.checks.meaning.endings import ENDED, Endings, learn_endings
from publish.checks.meaning.signals import read_numbers
from publish.checks.meaning.texts import Texts
from publish.checks.meaning.wordlinks import EDGES, find_stem
from publish.languages.lastwords import LastWords

__all__ = ["Omissions", "find_omissions"]

LEAST = 40
"""Letters of the shortest source that is judged."""
SHORT, LONG = -0.5, 1.0
"""Deviations of length from which a text is looked at."""
CUT = 1.2
"""What must speak for a text having been cut."""
CUT_BASE, CUT_OFF, CUT_SIZE, CUT_SPREAD = -4.65, 3.68, -1.0, 2.05
"""What each deviation of length says, the logarithm of the length, and how much lengths vary."""
MOST_OF_ALL, MOST_OF_REST = 5.0, 2.5
"""If more than this is lacking, all that is left to look at would not be enough."""
TWO = 1.8
"""What must speak for a text holding two sentences."""
CLOSE = 1.5
"""If less than this is lacking, a text is read closely."""
HEAD, TAIL = 0.6, 0.65
"""Where in a source the part ends that a cut translation has, and that begins which it lost."""
SMALL = 3
DIGIT = re.compile(r"\d")
NOTHING = LastWords()
STOP = re.compile(r"[.!?…।。！？۔](?=[\s\"'»”’)\]]|$)")
BY_CHANCE = 0.3
"""The share of the linked words of a source that a text has which does not translate it."""
BONES = 4


@dataclass(frozen=True, slots=True)
class Omissions:
    """Entries by number: those that were cut; those that hold two, with the other's number."""

    cut: tuple[int, ...] = ()
    two: tuple[tuple[int, int], ...] = ()


def find_omissions(
    texts: Texts, without: Collection[int] = (), language: LastWords = NOTHING
) -> Omissions:
    """Return the translations that lack a part or hold a second sentence."""
    short, long = [], []
    base = CUT_BASE + CUT_SPREAD * texts.measures.spread
    for number, off in enumerate(texts.off):
        if SHORT < off < LONG or number in without or len(texts.sources[number]) < LEAST:
            continue
        if off > 0:
            long.append((number, off))
            continue
        speaks = base - CUT_OFF * off + CUT_SIZE * math.log(len(texts.sources[number]))
        if speaks > CUT - MOST_OF_ALL:
            short.append((number, speaks))
    if not (short or long):
        return Omissions()
    endings = learn_endings(texts.targets, language) if short else Endings()
    return Omissions(
        tuple(one for one, speaks in short if _is_cut(texts, endings, one, speaks)),
        tuple(_doubled(texts, long)),
    )


def _is_cut(texts: Texts, endings: Endings, number: int, speaks: float) -> bool:
    """Return whether a translation has lost its end; `speaks` is what its length says.

    All that is added was weighed together with the length: see `benchmarks/meaning.py`.
    """
    source, target = texts.sources[number], texts.targets[number]
    sentence = bool(ENDED.search(source))  # headings and names end as they like
    surprise = endings.surprise(target)
    surprise = surprise if sentence else min(surprise, 0.0)
    speaks += 1.3 * surprise - 0.57 * max(surprise - 1.5, 0.0) + 0.87 * _ends_small(target)
    if speaks < CUT - MOST_OF_REST:
        return False
    if sentence and target[-1:].isalnum():
        speaks += 2.0
    one, other = _read_figures(source), _read_figures(target)
    speaks += 1.65 * _lost_numbers(one, other) + 0.5 * _contrast(texts, number)
    return speaks > CUT


def _ends_small(target: str) -> float:
    """Return whether the last word is short; a name there says that the text is whole."""
    last = target.rstrip(f"{EDGES} ").rpartition(" ")[2]
    return float(len(last) <= SMALL) - last[:1].isupper()


def _contrast(texts: Texts, number: int) -> float:
    """Return how much less of the end of a source is translated than of its beginning."""
    words = list(map(find_stem, texts.sources[number].lower().split()))
    forth, stems, share = texts.forth, texts.bag(number, 1), texts.share
    spread = 1.5 * share * (1 - share)
    lack = []
    for part in (words[: int(len(words) * HEAD)], words[int(len(words) * TAIL) :]):
        known = [links for stem in part if (links := forth.get(stem))]
        found = sum([not links.isdisjoint(stems) for links in known])
        lack.append((share * len(known) - found) / math.sqrt(len(known) * spread + 0.5))
    return lack[1] - lack[0]


def _read_figures(text: str) -> tuple[str, ...]:
    return read_numbers(text) if DIGIT.search(text) else ()


def _lost_numbers(numbers: Sequence[str], others: Sequence[str]) -> int:
    left, lost = list(others), 0
    for number in numbers:
        if number in left:
            left.remove(number)
        else:
            lost += 1
    return lost


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
