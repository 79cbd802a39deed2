"""Patterns of words in any case that are found fast in a long text."""

from __future__ import annotations

import re

__all__ = ["compile_words"]

TWINS = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f", "в": "\u1c80", "д": "\u1c81"}
TWINS |= {"о": "\u1c82", "с": "\u1c83", "т": "\u1c84\u1c85"}
"""Letters that Python also takes for another case of a letter."""


def compile_words(*words: str) -> re.Pattern[str]:
    r"""Return the pattern `\b(?:word|word|…)` in any case; each word begins with a letter.

    It is written so that it begins with a class of letters, which makes a search several times as
    fast: only where one of them is found, and a word begins, are the words compared.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    cases = {first: f"{first}{first.upper()}{TWINS.get(first, '')}" for first in rests}
    every = [f"(?<=[{cases[first]}])(?:{'|'.join(found)})" for first, found in rests.items()]
    return re.compile(rf"[{''.join(cases.values())}](?<=\b.)(?i:{'|'.join(every)})")
