"""Says whether programs that go by the places of letters find a line in the order of reading.

Such a program, like Poppler, takes the letters of a line from left to right, or from right to left
if most of the page runs so, and turns what runs against that; numbers and words of the other
direction end such a part.  So it cannot find the order of parts within a passage that runs against
the page.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

__all__ = ["count_rightward", "finds_order", "has_rightward"]

Placed = tuple[float, str]
"""A place on a line, and the letters that stand there."""

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200e\u200f \u00a0"))


def count_rightward(texts: Iterable[str]) -> int:
    """Return how many more letters of a page run to the right than to the left."""
    signs: Counter[str] = Counter()
    for text in texts:
        signs.update(text)
    directions: Counter[str] = Counter()
    for sign, count in signs.items():
        directions[_kind(sign)] += count
    return directions["L"] - directions["R"]


def has_rightward(clusters: Iterable[Any]) -> bool:
    """Return whether any letter of clusters runs to the right."""
    return any(_kind(sign) == "L" for cluster in clusters for sign in cluster.text)


def finds_order(placed: Iterable[Placed], rightward: bool) -> bool:
    """Return whether letters in the order of reading are found so by their places."""
    given = list(placed)
    seen = "".join(text for _, text in sorted(given, key=lambda one: round(one[0], 2)))
    found = _read_rightward(seen) if rightward else _read_leftward(seen[::-1])
    wanted = "".join(text for _, text in given)
    return "".join(found).translate(_UNSEEN) == wanted.translate(_UNSEEN)


@lru_cache(maxsize=8192)
def _kind(sign: str) -> str:
    """Return L, R, # for a digit, or nothing for a sign of no direction."""
    direction = unicodedata.bidirectional(sign)
    return {"L": "L", "R": "R", "AL": "R", "EN": "#", "AN": "#"}.get(direction, "")


def _read_rightward(seen: str) -> Iterator[str]:
    at = 0
    while at < len(seen):
        start = at
        while at < len(seen) and _kind(seen[at]) != "R":
            at += 1
        yield seen[start:at]
        start = at
        while at < len(seen) and _kind(seen[at]) in ("R", ""):
            at += 1
        yield seen[start:at][::-1]


def _read_leftward(turned: str) -> Iterator[str]:
    at = 0
    while at < len(turned):
        start = at
        while at < len(turned) and _kind(turned[at]) in ("R", ""):
            at += 1
        yield turned[start:at]
        start = at
        while at < len(turned) and _kind(turned[at]) != "R":
            at += 1
        yield turned[start:at][::-1]
