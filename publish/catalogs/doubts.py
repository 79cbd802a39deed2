"""Doubts: comments `# reviewer:` that say what a native reader should decide."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["find_doubts", "split_comments"]

BEGINS = re.compile(r"\s*reviewer:\s*(\S.*)")
ENDS = re.compile(r"\s*(?:ok:.*|reviewer:\s*)?")


def find_doubts(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the doubts in the comments of an entry, each on one line and without its mark."""
    return split_comments(comments)[0]


def split_comments(comments: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the doubts in the comments of an entry, and the comments that are left.

    A doubt goes on in the lines after it, up to an empty line, another doubt or an accepted
    finding (`ok: CODE`).
    """
    doubts: list[str] = []
    others: list[str] = []
    inside = False
    for line in comments:
        if begins := BEGINS.fullmatch(line):
            doubts.append(begins[1].strip())
        elif inside and not ENDS.fullmatch(line):
            doubts[-1] = f"{doubts[-1]} {line.strip()}"
        else:
            others.append(line)
        inside = bool(begins) or (inside and not ENDS.fullmatch(line))
    return tuple(doubts), tuple(others)
