"""Find the months that a text names, and the month whose day or year a number is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from publish.checks.numbers.amounts import DAYS, Counted
from publish.checks.numbers.digits import Digits
from publish.languages.counting.words import UNITS, CountingWords, Word

__all__ = ["find_month", "is_misspelled", "list_months", "name_month"]

UNCERTAIN = {3, 4, 5, 6, 8}
"""Months whose English names are other words or names too: March, April, May, June, August."""
DATED = frozenset(
    ("in", "since", "until", "till", "last", "next", "during", "early", "late", "mid")
)


MAY = 5
AROUND = frozenset(("from", "by", "of", "through", "this"))
"""Words before a month that can also stand before a person: "said by May"."""


def list_months(
    text: str, found: Sequence[Digits], words: Sequence[Word], language: CountingWords
) -> Iterator[frozenset[int]]:
    """Yield the months that a text names, each as the months that it can mean."""
    yield from (number.months for number in found if number.months)
    english = language.tag.startswith("en")
    for at, word in enumerate(words):
        if not word.keys:
            continue
        month = name_month(word)
        if month and (not english or _is_month(text, words, at, month)):
            yield frozenset((month,))
        elif "mx" in word.keys:
            yield frozenset()


def _is_month(text: str, words: Sequence[Word], at: int, month: int) -> bool:
    """Return whether an English word is the name of a month and not a verb or a person."""
    word = words[at]
    name = text[word.start : word.end]
    if not name[0].isupper():
        return False
    before = text[max(0, word.start - 12) : word.start]
    after = text[word.end : word.end + 6]
    if re.match(r"\.?,?[ \u00a0-]\d", after) or re.search(
        r"\d(?:st|nd|rd|th)?(?: of)?[ \u00a0-]$", before
    ):
        return True
    if len(name) < 4 and month != 5:
        return False
    if month not in UNCERTAIN:
        return True
    beside = [one for one in words[max(0, at - 2) : at + 3] if one is not word]
    if any(map(name_month, beside)):
        return True
    last = text[words[at - 1].start : words[at - 1].end].lower() if at else ""
    if last == "the" and month not in (3, MAY):
        return True  # "The June summit", but the March on Washington.
    return last in DATED or (month != MAY and last in AROUND)


def find_month(
    number: Digits, rest: list[tuple[Word, bool]], before: list[Word]
) -> tuple[int, str]:
    """Return the month beside a number, and what that makes of the number: a day or a year.

    As in `5 May 2023`, `May 5`, `5-nji maý`, `mayın 5-də`, `5 de mayo de 2023`.
    """
    if not _is_dated(number):
        return 0, ""
    if before and "ahead" in before[-1].keys:
        return name_month(before[-1]), "day"
    after = [word for word, joined in rest if not joined or name_month(word)]
    for word in [word for word in after if "ahead" not in word.keys][:2]:
        if month := name_month(word):
            return month, "year" if rest[0][1] and "year" in rest[0][0].keys else "day"
        if word.keys & UNITS or word.end - word.start > 3:
            break
    month = name_month(before[-1]) if before else 0
    return month, "year" if month else ""


def name_month(word: Word) -> int:
    for key in word.keys:
        if key[0] == "m" and key[1:].isdigit():
            return int(key[1:])
    return 0


def _is_dated(number: Digits) -> bool:
    """Return whether a number can be a day or a year."""
    text = number.text
    return text.isdecimal() and (len(text) == 4 or (len(text) < 3 and int(text) <= DAYS))


ALIKE = 0.8
SHORTEST = 5


def is_misspelled(text: Counted, months: frozenset[int]) -> bool:
    """Return whether a word that counts nothing is nearly a name of one of the months."""
    keys = {f"m{month}" for month in months}
    tables = (text.language.whole, text.language.starts)
    names = [name for table in tables for name, found in table.items() if found & keys]
    words = [text.text[one.start : one.end].lower() for one in text.words if not one.keys]
    return any(
        SequenceMatcher(None, word[: len(name)], name).ratio() >= ALIKE
        for name in names
        if len(name) >= SHORTEST
        for word in words
        if word[0] == name[0] and len(word) >= SHORTEST
    )
