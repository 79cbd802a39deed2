"""A long file cut where the parser has nothing open, so that its chunks can be read apart.

A chunk begins with a heading between blank lines, or with the anchors above it.  Whether a block
above goes on beyond it, only the parser knows: see `chunkreading.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from publish.idsigns import ID_SIGN
from publish.reading.blocks.boxmarks import count_open_colons

__all__ = ["Chunk", "join_chunks", "split_chunks"]

HEADING = re.compile(r"^(#{1,6})[ \t]+[^\W\d_].*$", re.MULTILINE)
AFTER = re.compile(r"\n[ \t]*\n\s*(?![\s:~])")
"""A blank line, and then a line that is no definition of the heading as a term."""
BLANK = frozenset(" \t\n")
ANCHOR = re.compile(
    rf"(?:<a (?:id|name)=\"[{ID_SIGN}.:-]+\"></a>|\[\]\{{#[{ID_SIGN}.:-]+\}})[ \t]*"
)
"""A line that is the anchor of the heading below it."""
CLOSED = (0, "")
USUAL = 0x8000
"""Chunks have about so many characters at most, if there are as many headings."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of a file, and how many lines of it are above them; `last` has its last line."""

    text: str
    above: int
    last: bool


def split_chunks(text: str, skip: int) -> list[Chunk]:
    """Return the lines of a file from line `skip` on, in chunks.

    Which headings begin one depends on their levels, so an edit seldom moves the other borders.
    """
    start = 0
    for _ in range(skip):
        start = text.find("\n", start) + 1
    borders = [start, *_find_borders(text, start)]
    chunks: list[Chunk] = []
    above = skip
    for at, begin in enumerate(borders):
        last = at + 1 == len(borders)
        own = text[begin:] if last else text[begin : borders[at + 1] - 1]
        chunks.append(Chunk(own, above, last))
        above += own.count("\n") + 1
    return chunks


def join_chunks(one: Chunk, other: Chunk) -> Chunk:
    """Return a chunk and the one below it as one."""
    return Chunk(f"{one.text}\n{other.text}", one.above, other.last)


def _find_borders(text: str, start: int) -> Iterator[int]:
    """Yield where chunks begin after the first."""
    levels = dict(_find_headings(text, start))
    counted = Counter(levels.values())
    wanted = (len(text) - start) // USUAL
    deepest, found = 0, 1
    while deepest < 6 and found < wanted:
        deepest += 1
        found += counted[deepest]
    begin, opened = start, CLOSED
    for at, level in levels.items():
        if level > deepest:
            continue
        opened = count_open_colons(text[begin : at - 1], opened)
        begin = at
        if opened == CLOSED:
            yield at


def _find_headings(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets and the levels of headings that may begin a chunk."""
    for found in HEADING.finditer(text, start):
        at = found.start()
        if at == start or not AFTER.match(text, found.end()):
            continue
        end = _skip_blank(text, start, at)
        above = max(start, text.rfind("\n", start, end) + 1)
        while end > start and ANCHOR.fullmatch(text, above, end):
            at, end = above, _skip_blank(text, start, above)
            above = max(start, text.rfind("\n", start, end) + 1)
        if end > start and text.count("\n", end, at) > 1:
            yield at, len(found[1])


def _skip_blank(text: str, start: int, at: int) -> int:
    """Return the offset after the last character before `at` that is no space or line end."""
    while at > start and text[at - 1] in BLANK:
        at -= 1
    return at
