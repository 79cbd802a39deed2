"""Measures how long a text is on pages: which form fits it, and whether its chapters fill pages."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from publish.model import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Form,
    Formula,
    Heading,
    blocks,
    plain,
    proses,
)

__all__ = ["BOOK", "BRIEF", "PAGE", "choose_form", "has_short_chapters", "measure_words"]

PAGE = 3_000
"""How many letters a page of A4 has."""

BRIEF, BOOK = 5 * PAGE, 100 * PAGE
"""How many letters a brief has at most, and a book at least."""

CHAPTER = PAGE // 2
"""How many letters a chapter has at least that begins on a page of its own."""

FIGURE, FORMULA, CODE_LINE = 1_000, 150, 50
"""What stands for letters where a text has none."""


def choose_form(source: Document) -> Form:
    """Return the form for a text of this length."""
    length = _measure(source)
    return "brief" if length <= BRIEF else "book" if length >= BOOK else "report"


def has_short_chapters(source: Document) -> bool:
    """Return whether the chapters of a text are shorter than half a page on average."""
    top = min((block.level for block in source.body if isinstance(block, Heading)), default=1)
    chapters: list[list[Block]] = [[]]
    for block in source.body:
        begins = isinstance(block, Heading) and (block.level == top or block.division)
        if begins and not all(isinstance(one, Heading) for one in chapters[-1]):
            chapters.append([])
        chapters[-1].append(block)
    text = _measure(replace(source, front=(), notes=()))
    return len(chapters) > 1 and text / len(chapters) < CHAPTER


def _measure(text: Document) -> int:
    """Return how many letters fill as much room as a text."""
    words = sum(measure_words(plain(prose.content)) for prose in proses(text))
    return words + sum(_stand_in(block) for block in blocks(text))


def _stand_in(block: Block) -> int:
    match block:
        case Figure():
            return FIGURE
        case CodeBlock(text):
            return CODE_LINE * (text.count("\n") + 1)
        case Formula():
            return FORMULA
        case _:
            return 0


def measure_words(text: str) -> int:
    """Return how many letters fill as much room as a text; a Chinese sign is as wide as two."""
    wide = (one for one in set(text) if unicodedata.east_asian_width(one) in "WF")
    return len(text) + sum(map(text.count, wide))
