"""Titles: of a document without one in its front matter, and of chapters without a heading."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from publish.model import (
    Block,
    Field,
    FootnoteMark,
    Heading,
    Image,
    Inlines,
    Level,
    Prose,
    Role,
    Span,
    Text,
    plain,
    walk_inlines,
)
from publish.reading.blocks.headings import make_slug
from publish.reading.faults import Faults
from publish.reading.marks.inline import is_blank, normalise, parse_inline
from publish.reading.sourcefile import SourceFile

__all__ = ["find_title", "make_chapter_heading"]


def find_title(
    body: tuple[Block, ...], given: str, file: str, name: str, faults: Faults
) -> tuple[Field, Heading | None]:
    """Return the title of a document without one, and the heading that it was, if any.

    It is the one that is `given`, or the only heading of the highest level if it is the first;
    else it is made from the name of the document.
    """
    top = Span(file, 1, 1)
    if given:
        return _field(_read(given), top), None
    headings = [block for block in body if isinstance(block, Heading)]
    highest = min((heading.level for heading in headings), default=0)
    tops = [heading for heading in headings if heading.level == highest]
    if len(tops) == 1 and tops[0] is headings[0] and not is_blank(tops[0].prose.content):
        prose = tops[0].prose
        content = normalise(
            tuple(n for n in prose.content if not isinstance(n, FootnoteMark | Image))
        )
        kept = any(isinstance(n, FootnoteMark | Image) for n in walk_inlines(prose.content))
        if not is_blank(content):
            field = replace(prose, content=content, role=Role.TITLE, section="", whole=True)
            return Field(field), None if kept else tops[0]
    words = name.replace("_", " ").replace("-", " ").strip() or name
    words = words[:1].upper() + words[1:]
    faults.remark(
        f"the document has no title, so it is called “{words}”",
        top,
        "add front matter at the top: three lines ---, title: …, and ---",
        code="title-missing",
        level=Level.WARNING,
    )
    return _field((Text(words),), top), None


def make_chapter_heading(
    source: SourceFile, title: Prose | None, levels: Collection[str]
) -> Heading | None:
    """Return the heading of a chapter that has none of its own: its title, or its name.

    `levels` are the tags of its headings.
    """
    if title is None and source.name and not levels:
        span = Span(source.file, 1, 1)
        title = Prose(content=_read(source.name), role=Role.HEADING, span=span, whole=True)
    if title is None or is_blank(title.content) or "h1" in levels:
        return None
    slug = make_slug(plain(title.content))
    return Heading(1, slug, replace(title, section=slug))


def _field(content: Inlines, span: Span) -> Field:
    return Field(Prose(content=content, role=Role.TITLE, span=span, whole=True))


def _read(text: str) -> Inlines:
    return parse_inline(text)
