"""The header of a table that no mark says, known by how its first row looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from publish.model import Inlines, Prose, Strong, plain

__all__ = ["find_header"]

NUMBER = re.compile(
    r"[+\-–−~<>≈]?\s*[^\W\d_]{0,3}[$€£¥₽₼₸%]?\s*\d[\d\s.,'’/%:–-]*[^\W\d_]{0,3}\.?%?"
)
YEAR = re.compile(r"(?:1[89]|20)\d\d")
NOTHING = re.compile(r"[\s–—\-.…]*")
"""What a cell has that has no number: nothing, a dash, points."""


def find_header(rows: Sequence[tuple[Prose, ...]]) -> int:
    """Return 1 if the first row looks like a header, else 0.

    It does if it is bold and the next one is not, or if it has words where all other rows have
    numbers.  Years may be names of columns, if they count on and no such year stands below.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    first = [cell.content for cell in rows[0] if cell.content]
    second = [cell.content for cell in rows[1] if cell.content]
    bold = bool(first) and all(map(_is_bold, first)) and not all(map(_is_bold, second))
    return int(bold or _stands_over_numbers(rows))


def _is_bold(content: Inlines) -> bool:
    return len(content) == 1 and isinstance(content[0], Strong)


def _stands_over_numbers(rows: Sequence[tuple[Prose, ...]]) -> bool:
    texts = [[plain(cell.content).strip() for cell in row] for row in rows]
    head, body = texts[0], texts[1:]
    if len(body) < 2 or not all(head[1:]):
        return False
    numbers = [at for at in range(len(head)) if _are_numbers([row[at] for row in body])]
    if not numbers:
        return False
    if not any(NUMBER.fullmatch(name) for name in head):
        return True
    years = [int(name) for name in head[1:] if YEAR.fullmatch(name)]
    below = {text for row in body for text in row[1:]}
    steps = {after - before for before, after in pairwise(years)}
    named = not NUMBER.fullmatch(head[0]) and len(years) == len(head) - 1 > 1
    return named and steps in ({1}, {-1}) and not any(map(YEAR.fullmatch, below))


def _are_numbers(texts: Sequence[str]) -> bool:
    """Return whether the cells of a column are numbers; at most half may be empty."""
    filled = [text for text in texts if not NOTHING.fullmatch(text)]
    return len(filled) * 2 >= len(texts) and bool(filled) and all(map(NUMBER.fullmatch, filled))
