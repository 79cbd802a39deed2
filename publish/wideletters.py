"""Patterns with thousands of letters, such as all of Chinese, made when a text may need them.

Python goes through a range letter by letter when it makes a pattern: one with all Chinese letters
takes as long as twenty others, and most texts have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

__all__ = ["may_have_wide", "pattern_later"]

BLOCKS = bytes((*range(0x0E, 0x1E), *range(0x2E, 0x100)))
"""The first bytes in UTF-16 of letters from Thai to Mongolian, of those from the radicals of
Chinese on, and of all beyond U+FFFF.  Latin, Greek and signs such as dashes are not in it."""


def may_have_wide(text: str) -> bool:
    """Return whether a text may have letters of scripts from Thai on, or signs as wide as these."""
    if text.isascii():
        return False
    first = text.encode("utf-16-be", "surrogatepass")[::2]
    return len(first.translate(None, BLOCKS)) < len(first)


def pattern_later(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that gives a pattern, which is made when it is called first."""
    return lru_cache(maxsize=1)(partial(re.compile, pattern, flags))
