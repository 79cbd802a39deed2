"""The signs of an id: letters, digits and the marks of letters, in every script.

Python's `\\w` has no combining marks, and Hindi, Thai or pointed Arabic cannot be read without.
Every mark is a NameChar of XML (https://www.w3.org/TR/xml/#NT-NameChar).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["ID_SIGN", "join_words", "replace_others", "replace_runs"]

ID_SIGN = r"\w\u0300-\u1fff\u302a-\ud7ff\U00010000-\U0001efff"
"""What an id may have as it is typed, for the brackets of a pattern: more than the marks.

Two ranges of Unicode's first plane are made into a pattern quickly, and three hundred are not.
`replace_others` says which signs stay.
"""
TYPED = re.compile(f"[{ID_SIGN}]")
NO_WORD = re.compile(r"[\W_]+")
NO_ID = re.compile(r"[^\w-]+")
UNSEEN = re.compile("[\u034f\u180b-\u180f]")
"""Marks that are not seen; variation selectors are not `TYPED`."""
JOINERS = "\u200c\u200d"
VIRAMA = 9
"""The combining class of signs after which a joiner tells how letters are joined."""


def join_words(text: str) -> str:
    """Return letters, digits and marks of letters, with a hyphen in place of all between words."""
    return replace_runs(NO_WORD, text).strip("-")


def replace_runs(others: re.Pattern[str], text: str) -> str:
    """Return a text with one hyphen for each match of `others` that is more than marks of letters.

    `others` matches as many signs as it can, and no letter or digit.
    """
    return others.sub(_join, text)


def replace_others(written: str) -> str:
    """Return an id with a hyphen in place of each sign that is no letter, digit or mark of one."""
    return NO_ID.sub(_replace, unicodedata.normalize("NFC", written))


def _join(found: re.Match[str]) -> str:
    marks, others = _split(found)
    return marks + ("-" if others else "")


def _replace(found: re.Match[str]) -> str:
    marks, others = _split(found)
    return marks + "-" * others


def _split(found: re.Match[str]) -> tuple[str, int]:
    """Return the marks of the letter before signs that are no letters, and how many others follow.

    Marks that are not seen or that surround a letter are left out, and so are the joiners between
    the letters of a syllable.
    """
    signs, before = found.group(), found.string[: found.start()][-1:]
    if signs.isascii() or not before.isalnum():
        return "", len(signs)
    kept = ""
    for at, sign in enumerate(signs):
        kind = unicodedata.category(sign)
        if kind in {"Mn", "Mc"} and not UNSEEN.match(sign) and TYPED.match(sign):
            kept += sign
        elif kind[0] != "M" and not (sign in JOINERS and unicodedata.combining(before) == VIRAMA):
            return kept, len(signs) - at
        before = sign
    return kept, 0
