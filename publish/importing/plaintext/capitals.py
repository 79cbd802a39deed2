"""Headings in capitals, written as the text writes its words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

__all__ = ["find_spellings", "is_in_capitals", "lower_capitals"]

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
STARTS = re.compile(r"(?:^|[.!?:…]['\"”’»)]*\s+|[«“\"(])$")
BRACKETS = re.compile(r"\s*\([^()]*\)\s*:?$")
LEAST = 3
"""A heading in capitals has a word of so many letters."""
OWN_RULES = ("tr", "az")
"""Languages in which small letters are made by rules of their own; their capitals stay."""

Spellings = Mapping[str, str]


def is_in_capitals(text: str) -> bool:
    """Return whether a text is in capitals, apart from what stands in brackets at its end."""
    bare = BRACKETS.sub("", text)
    words = WORD.findall(bare)
    return (
        bool(words)
        and max(map(len, words)) >= LEAST
        and bare == bare.upper()
        and bare != bare.lower()
    )


def find_spellings(texts: Iterable[str]) -> Spellings:
    """Return how the running text writes each word, where it does not begin a sentence."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if is_in_capitals(text):
            continue
        for found in WORD.finditer(text):
            if not STARTS.search(text[: found.start()]):
                counted[found[0].casefold()][found[0]] += 1
    return {word: forms.most_common(1)[0][0] for word, forms in counted.items()}


def lower_capitals(text: str, spellings: Spellings, language: str) -> str:
    """Return a heading in capitals with small letters, its first letter and names excepted."""
    if not is_in_capitals(text) or language.partition("-")[0] in OWN_RULES:
        return text
    bare = BRACKETS.sub("", text)

    def change(found: re.Match[str]) -> str:
        word = found[0]
        known = spellings.get(word.casefold())
        if known is not None:
            return known
        return word if len(word) == 1 and found.start() else word.lower()

    lowered = WORD.sub(change, bare)
    first = re.search(r"[^\W\d_]", lowered)
    if first:
        lowered = lowered[: first.start()] + first[0].upper() + lowered[first.end() :]
    return lowered + text[len(bare) :]
