"""The parts of a book and the chapters in them: `mark_divisions`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from publish.model import Block, Document, Heading
from publish.reading.sourcefile import SourceFile

__all__ = ["TopLevel", "mark_divisions"]

TopLevel = Literal["", "part", "chapter"]
"""What headings of the top level are; empty if the source says it."""


def mark_divisions(
    document: Document, sources: Iterable[SourceFile], top_level: TopLevel
) -> Document:
    """Return the document with the parts of a book and the chapters in these marked as such.

    Headings of sources that are titles of parts are those of parts, unless all of the top level are
    chapters.  If they are parts, one with nothing but text below it is a chapter all the same, as a
    preface.
    """
    titles = {source.file for source in sources if source.part}
    if top_level == "chapter" or not (titles or top_level):
        return document
    return replace(document, body=tuple(_divide(document.body, titles, top_level)))


def _divide(body: Sequence[Block], titles: Collection[str], top_level: TopLevel) -> Iterator[Block]:
    levels = [block.level for block in body if isinstance(block, Heading)]
    following = iter([*levels[1:], 0])
    in_part = False
    for block in body:
        if not isinstance(block, Heading):
            yield block
            continue
        has_chapters = next(following) == 2
        if block.level == 1:
            is_title = block.prose.span.file in titles
            in_part = is_title or (top_level == "part" and has_chapters)
            yield replace(block, division="part") if in_part else block
        else:
            is_chapter = in_part and block.level == 2
            yield replace(block, division="chapter") if is_chapter else block
