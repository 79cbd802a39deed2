"""Write words of any script by the sounds of their consonants, so that names can be compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["find_sounds"]

CODES = {
    **dict.fromkeys("bfpv", "1"),
    **dict.fromkeys("cgjkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}
"""Consonants that are often written for each other have one code; h, w, y and vowels have none."""
LONGEST = 4


@lru_cache(1024)
def _code(letter: str) -> str:
    """Return the code of a letter by its name in Unicode: that of `ARABIC LETTER BEH` is 1."""
    plain = unicodedata.normalize("NFD", letter)[0]
    if not plain.isascii():
        name = unicodedata.name(letter, "").partition("LETTER ")[2].lower()
        plain = next((sign for sign in name if sign in CODES), "")
    return CODES.get(plain, "")


@lru_cache(32768)
def find_sounds(word: str) -> str:
    """Return the codes of the first consonants of a word, an empty string for a short word."""
    made = ""
    for letter in word.lower():
        code = _code(letter)
        if code and not made.endswith(code):
            made += code
    return made[:LONGEST] if len(made) > 2 else ""
