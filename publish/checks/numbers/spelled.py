"""Numbers in words: those that a translation may have instead of digits, and English ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from publish.checks.numbers.amounts import Counted
from publish.checks.terms.wordforms import english_words
from publish.languages.counting.words import CountingWords

__all__ = [
    "ENGLISH_NUMBER",
    "NUMBER_WORDS",
    "count_claims",
    "has_number_words",
    "read_english_numbers",
    "read_roman_numerals",
]


def has_number_words(value: Decimal, text: Counted, times: int = 1) -> bool:
    """Return whether a text has each word of a number so many times, in any order.

    A half may be a word of its own: «полтора», "2 ýarym".
    """
    counts = text.counts
    if value != value.to_integral_value():
        return _has_half(value, text)
    if not 0 <= value < 10**12:
        return False
    if any(
        all(counts[str(part)] >= times for part in parts)
        for parts in _parts(int(value), text.language)
    ):
        return True
    scale = next((scale for scale in SCALES if value % scale == scale // 2), 0)
    return bool(scale and counts[str(scale)] and _has_half(value / scale, text))


SCALES = (10**9, 10**7, 10**6, 10**5, 1000)


def _has_half(value: Decimal, text: Counted) -> bool:
    """Return whether a text has the words for a number and a half."""
    rest = value - Decimal("0.5")
    if rest != rest.to_integral_value() or not text.counts["half"]:
        return False
    return rest <= 1 or has_number_words(rest, text)


@lru_cache(4096)
def _parts(value: int, language: CountingWords) -> tuple[tuple[int, ...], ...]:
    """Return the ways to make up a number of words (45: 40 and 5), none if words are lacking."""
    found: list[tuple[int, ...]] = []
    if language.knows(str(value)):
        found.append((value,))
    unit = next((unit for unit in (10**9, 10**6, 1000, 100, 10) if unit < value), 0)
    if not unit:
        return tuple(found)
    head, rest = divmod(value, unit)
    firsts: list[tuple[int, ...]] = []
    if unit > 10 and not language.knows(str(head * unit)):
        firsts = [(*first, unit) for first in _parts(head, language) if language.knows(str(unit))]
    elif language.knows(str(head * unit)):
        firsts = [(head * unit,)]
    for first in firsts:
        found += [(*first, *last) for last in _parts(rest, language)] if rest else [first]
    if 60 < value < 100 and language.tag[:2] == "fr":
        ten = 60 if value < 80 else 80
        found += [(ten, *last) for last in _parts(value - ten, language)]
    return tuple(found)


ONE = re.compile(r"(?<!\w)(?:one|first|once|single)(?!\w)", re.IGNORECASE)


AMBIGUOUS = frozenset(("half", "part", "week", "day", "decade", "century"))
"""Keys of words that are a number only now and then."""


def count_claims(value: Decimal, source: Counted) -> int:
    """Return how many English words of a text need the words for a number in the translation.

    The article "a" is not counted.
    """
    if value == 1:
        return len(ONE.findall(source.text))
    key = str(value)
    if value != value.to_integral_value() or not source.counts[key]:
        return 0
    return sum(key in one.keys and not AMBIGUOUS & one.keys for one in source.words)


ROMAN = re.compile(r"(?<!\w)([IVXLCІХ]{1,8})(?:ème|th|er|re|e|è)?(?!\w)")
ROMAN_VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10, "L": 50, "C": 100}


def read_roman_numerals(text: str) -> frozenset[Decimal]:
    """Return the values of the Roman numerals in a text, also with Cyrillic look-alikes."""
    return frozenset(_roman_value(match[1]) for match in ROMAN.finditer(text))


def _roman_value(numeral: str) -> Decimal:
    values = [ROMAN_VALUES[letter] for letter in numeral]
    return Decimal(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))


def _counted(text: str, values: range) -> dict[str, int]:
    return dict(zip(text.split(), values, strict=True))


UNITS = _counted("one two three four five six seven eight nine", range(1, 10))
TEENS = _counted(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    range(10, 20),
)
TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", range(20, 100, 10))
NUMBER_WORDS = frozenset((*UNITS, *TEENS, *TENS)) - {"one"}
ENGLISH_NUMBER = re.compile(
    rf"(?<![\w-])(?:({'|'.join(TENS)})(?:-({'|'.join(UNITS)}))?|({'|'.join([*UNITS, *TEENS])}))"
    r"(?![\w’']|-(?:off|to)\b)",
    re.IGNORECASE,
)


def read_english_numbers(text: str) -> Sequence[tuple[str, Decimal]]:
    """Return the English number words of a text, two to ninety-nine, and their values.

    "One" is left out, since it is more often a pronoun than a number.
    """
    if NUMBER_WORDS.isdisjoint(english_words(text)):
        return ()
    found = ((match[0], _english_value(match)) for match in ENGLISH_NUMBER.finditer(text))
    return [(word, Decimal(value)) for word, value in found if value > 1]


def _english_value(match: re.Match[str]) -> int:
    tens, unit, small = (group.lower() if group else "" for group in match.groups())
    return TENS.get(tens, 0) + UNITS.get(unit, 0) + (UNITS | TEENS).get(small, 0)
