"""Doubts: comments `# reviewer:` that say what a native reader should decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["drop_doubt", "find_doubt_lines", "find_doubts", "split_comments"]

BEGINS = re.compile(r"\s*reviewer:\s*(\S.*)")
ENDS = re.compile(
    r"\s*(?:ok:.*|reviewer:\s*|question:.*|proposed by .*|from .+[.]\w{1,5}, .+|\d{1,3} % sure\s*)?"
)
"""What no doubt goes on in: a line that is something else by its beginning."""


def find_doubts(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the doubts in the comments of an entry, each on one line and without its mark."""
    return split_comments(comments)[0]


def split_comments(comments: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the doubts in the comments of an entry, and the comments that are left.

    A doubt goes on in the lines after it, up to an empty line, another doubt, an accepted finding
    (`ok: CODE`), a question, a proposal or the origin of an import.
    """
    doubts: list[str] = []
    others: list[str] = []
    for line, inside in _marked(comments):
        if begins := BEGINS.fullmatch(line):
            doubts.append(begins[1].strip())
        elif inside:
            doubts[-1] = f"{doubts[-1]} {line.strip()}"
        else:
            others.append(line)
    return tuple(doubts), tuple(others)


def find_doubt_lines(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the comments that belong to a doubt, as they are."""
    return tuple(line for line, inside in _marked(comments) if inside)


def drop_doubt(comments: Iterable[str], doubt: str) -> tuple[str, ...]:
    """Return the comments of an entry without one of its doubts, and all lines of it."""
    runs: list[list[str]] = []
    for line, inside in _marked(comments):
        if runs and inside and not BEGINS.fullmatch(line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(line for run in runs if find_doubts(run) != (doubt,) for line in run)


def _marked(comments: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield each comment, and whether it belongs to a doubt."""
    inside = False
    for line in comments:
        inside = bool(BEGINS.fullmatch(line)) or (inside and not ENDS.fullmatch(line))
        yield line, inside
