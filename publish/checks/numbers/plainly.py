"""See at a glance that two texts have the same numbers, with nothing beside them to compare."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from publish.checks.numbers.digits import OWN_JOINT
from publish.languages.counting.words import SIGNS, UNITS, CountingWords

__all__ = ["are_plainly_same"]

DIGITS = re.compile(r"\d+")
BARE = re.compile(
    r"(?<![^\s(«“\"\[])[0-9]{1,4}(?=[\s)»”\"\]]|[.,;:!?](?:[\s)»”\"]|$)|$)(?![\s\u00a0\u202f]?[0-9])"
)
"""A number of a few digits that nothing is joined to, and that no other one follows."""
SIGN = re.compile(f"[{re.escape(''.join(SIGNS))}$°№§&~≈+<>=/½¼¾]")
EDGES = "\"'“”«»„‘’(),.:;!?…[]—–-"
JOINT = re.compile("[-'’.]")
"""What stands between the parts of a word."""
LETTERS = frozenset(("k", "m", "b", "bn", "tn"))
THOUSAND = 1000
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
CALENDAR = frozenset(("year", "calendar", "in"))
MONTH = re.compile(r"m\d+")


def are_plainly_same(source: str, target: str, own: CountingWords, other: CountingWords) -> bool:
    """Return whether both texts have the same number, once, and nothing that counts.

    A text that has a unit, a month, a large number in words or a sign needs a closer look; a year
    may be called a year, and must be if the source does so.
    """
    numbers = DIGITS.findall(source)
    if len(numbers) > 1:  # They may have each other's places.
        return False
    if numbers != DIGITS.findall(target) or SIGN.search(source) or SIGN.search(target):
        return False
    if not len(BARE.findall(source)) == len(numbers) == len(BARE.findall(target)):
        return False
    first = _find_counting(own, source)
    second = _find_counting(other, target) if first != "unit" else "unit"
    return second != "unit" and (first != "year" or second == "year")


def _find_counting(words: CountingWords, text: str) -> Literal["", "year", "unit"]:
    """Return whether a text has a word that counts, or else the word for a year beside one."""
    tokens = text.split()
    kind: Literal["", "year"] = ""
    for at, token in enumerate(tokens):
        found = _counts(words, token)
        if found == "unit":
            return "unit"
        if found == "year":
            around = [*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2]]
            if not any(YEAR.fullmatch(one.strip(EDGES)) for one in around):
                return "unit"
            kind = "year"
    return kind


@lru_cache(65536)
def _counts(words: CountingWords, token: str) -> Literal["", "year", "unit"]:
    """Return whether a word between spaces has a unit, a month or a large number, or may have."""
    bare = token.strip(EDGES)
    if not bare or bare.isdigit():
        return ""
    if not bare.isalpha():  # "p.m.", "10-day", «пол-литра», but not "isn't"
        parts = JOINT.split(bare)
        plain = words.tag[:2] not in OWN_JOINT and all(
            part.isalpha() and not _counts(words, part) for part in parts
        )
        return "" if plain else "unit"
    keys = words.find_keys(bare)
    if "year" in keys and keys <= CALENDAR:
        return "year"
    if bare.lower() in LETTERS or keys & UNITS or any(map(_is_large_or_month, keys)):
        return "unit"
    return "unit" if words.begins_pair(bare) else ""


def _is_large_or_month(key: str) -> bool:
    return MONTH.fullmatch(key) is not None or (key.isdigit() and int(key) >= THOUSAND)
