"""What of a sentence shows in its translation, too, and how well two texts agree in it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from publish.checks.meaning.wordlinks import STEM
from publish.languages.skeletons import consonants, skeleton

__all__ = [
    "Measures",
    "Side",
    "compare_sides",
    "measure_lengths",
    "read_numbers",
    "read_side",
]

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
NUMBER = re.compile(r"\d+")
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f.,'’](?=\d{3}(?!\d))")
LONGEST_NUMBER = 40
FINAL = re.compile(r"([.!?:;…。！？।؟])[\"'”’»)\]]*$")
QUOTES = frozenset('"“”«»„「『')
SIGN = re.compile("[?!:;%(？！：；（؟]")
NONE = frozenset((None,))
NOTHING_HEARD: tuple[tuple[()], ...] = ((),) * 5
NAME, SOUND, BONES, COGNATE = 3, 5, 4, 6
"""Letters of the shortest name, and how many letters and consonants of words are compared."""


@dataclass(frozen=True, slots=True)
class Side:
    """The signals of one text.

    `names` are the sounds of capitalised words with their consonants and stems, `sounds` and
    `bones` those of all words, `alike` the sounds of long words.
    """

    size: int
    numbers: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    sounds: frozenset[str]
    bones: frozenset[str]
    alike: frozenset[str]
    signs: frozenset[str]
    quotes: int
    commas: int
    final: str


class _Heard(NamedTuple):
    """How a word sounds; `long_bones` and `alike` are None for a short one, `name` is its stem.

    What begins with a small letter has no name.
    """

    sound: str
    bones: str
    long_bones: str | None
    alike: str | None
    name: str | None


@lru_cache(maxsize=65536)
def _hear(word: str) -> _Heard:
    sounds, bones = skeleton(word), consonants(word)[:BONES]
    named = word[0] != word[0].lower()
    return _Heard(
        sound=sounds[:SOUND],
        bones=bones,
        long_bones=bones if len(word) > NAME else None,
        alike=sounds[:COGNATE] if len(word) >= COGNATE else None,
        name=word[:STEM].lower() if named else None,
    )


def read_side(text: str) -> Side:
    """Return the signals of a text."""
    final = FINAL.search(text.rstrip())
    heard = [_hear(word) for word in WORD.findall(text) if len(word) >= NAME]
    sounds, _, bones, alike, _ = zip(*heard, strict=True) if heard else NOTHING_HEARD
    return Side(
        size=len(text),
        numbers=read_numbers(text) if NUMBER.search(text) else (),
        names={one.sound: (one.bones, one.name) for one in heard if one.name is not None},
        sounds=frozenset(sounds),
        bones=frozenset(bones) - NONE,
        alike=frozenset(alike) - NONE,
        signs=frozenset(SIGN.findall(text)),
        quotes=sum(map(text.count, QUOTES)) // 2,
        commas=text.count(",") + text.count("،") + text.count("，"),
        final=final[1] if final else "",
    )


def read_numbers(text: str) -> tuple[str, ...]:
    """Return the whole numbers of a text, without marks between their digits."""
    found = NUMBER.findall(THOUSANDS.sub("", text))
    return tuple(str(int(one)) for one in found if len(one) < LONGEST_NUMBER)


EVEN, FLAT = 160, 0.04
"""Texts longer than this vary no less; the least deviation."""
USUAL = 1.6
"""The usual spread, which counts as much as `PRIOR` entries do."""
PRIOR = 20
MEDIAN_TO_DEVIATION = 1.48
LEARNT = 2000
"""From so many pairs measures are taken; of more, from some."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How long translations are in a catalog.

    `longer` is the usual logarithm of how much longer they are, `spread` how much that varies.
    """

    longer: float = 0.0
    spread: float = USUAL

    def deviation(self, source: int, target: int) -> float:
        """Return by how many standard deviations a translation is too long, or too short."""
        off = math.log((target + 3) / (source + 3)) - self.longer
        return off / (self.spread / math.sqrt(min(source, EVEN) + 3) + FLAT)


def measure_lengths(pairs: Sequence[tuple[int, int]]) -> Measures:
    """Return the measures of a catalog from the lengths of its texts."""
    if not pairs:
        return Measures()
    pairs = pairs[:: max(1, len(pairs) // LEARNT)]
    logs = [math.log((target + 3) / (source + 3)) for source, target in pairs]
    longer = sorted(logs)[len(logs) // 2]
    parts = sorted(
        abs(log - longer) * math.sqrt(min(source, EVEN) + 3)
        for log, (source, _) in zip(logs, pairs, strict=True)
    )
    middle = parts[len(parts) // 2] * MEDIAN_TO_DEVIATION
    spread = (USUAL * PRIOR + middle * len(parts)) / (PRIOR + len(parts))
    return Measures(longer, spread)


def compare_sides(
    one: Side, other: Side, measures: Measures, rarity: Mapping[str, float]
) -> tuple[float, ...]:
    """Return how well two texts agree, for each signal: those of `WEIGHTS` but the last."""
    off = measures.deviation(one.size, other.size)
    left = list(other.numbers)
    numbers, lost = 0.0, 0
    for number in one.numbers:
        if number in left:
            left.remove(number)
            numbers += rarity.get(number, 1.0)
        else:
            lost += 1
    return (
        -min(off * off / 2, 8.0),
        numbers,
        -float(lost + len(left)),
        _common_names(one, other, rarity) + _common_names(other, one, rarity),
        float(len(one.alike & other.alike)),
        float(len(one.signs & other.signs)),
        min(one.quotes, other.quotes, 2) - abs(min(one.quotes, 2) - min(other.quotes, 2)) / 2,
        float(one.final == other.final),
        -abs(one.commas - other.commas) / math.sqrt(one.commas + other.commas + 1),
    )


def _common_names(one: Side, other: Side, rarity: Mapping[str, float]) -> float:
    if not one.names:
        return 0
    return sum(
        rarity.get(stem, 1.0)
        for sound, (bones, stem) in one.names.items()
        if sound in other.sounds or (len(bones) >= BONES and bones in other.bones)
    )
