"""One source file read as blocks."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from publish.model import Block, Footnote, Prose, Span
from publish.reading.blocks.anchors import find_anchors
from publish.reading.blocks.blockreader import BlockReader
from publish.reading.blocks.parser import parse_blocks
from publish.reading.blocks.tokens import read_blocks
from publish.reading.faults import Faults
from publish.reading.marks.inline import DEEPEST
from publish.reading.sourcefile import SourceFile
from publish.reading.targets import Anchor, is_local, join_path
from publish.reading.titles import make_chapter_heading

__all__ = ["Found", "Place", "ReadFile", "find_labels", "find_levels", "read_file", "read_tokens"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the files of a document have, in their order."""

    faults: Faults
    folder: str
    whole: bool
    language: str
    as_text: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    given_ids: set[Span] = field(default_factory=set)
    anchors: list[Anchor] = field(default_factory=list)


ReadFile = Callable[[SourceFile, Prose | None, int, Found], None]
"""Reads a file without so many lines at its top; the text is the title of a chapter that has one
there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where tokens are from: a file, so many lines below its top, in a section.

    `labels` are those of footnotes that are taken.
    """

    file: str
    above: int
    section: str
    labels: set[str]


def read_file(source: SourceFile, title: Prose | None, skip: int, found: Found) -> None:
    """Add what a file has, read as a whole."""
    tokens = parse_blocks("\n".join(source.text.split("\n")[skip:]))
    heading = make_chapter_heading(source, title, find_levels(tokens))
    labels = {note.label for note in found.notes} | find_labels(tokens)
    found.blocks.extend([heading] if heading else [])
    place = Place(source.file, skip, heading.id if heading else "", labels)
    read_tokens(tokens, place, found)


def find_levels(tokens: list[Token]) -> set[str]:
    """Return the tags of the headings that are in no other block."""
    return {one.tag for one in tokens if one.type == "heading_open" and one.level == 0}


def find_labels(tokens: list[Token]) -> set[str]:
    """Return the labels of the footnotes."""
    return {str(one.meta["label"]) for one in tokens if one.type == "footnote_reference_open"}


def read_tokens(tokens: list[Token], place: Place, found: Found) -> None:
    """Add the blocks, notes, anchors and faults of tokens."""
    _move_images(tokens, place.file, found.folder)
    reader = BlockReader(
        file=place.file,
        offset=place.above,
        whole=found.whole,
        faults=found.faults,
        notes=found.notes,
        as_text=found.as_text,
        given_ids=found.given_ids,
        language=found.language,
        section=place.section,
        labels=place.labels,
    )
    opening = (token for token in tokens if token.nesting == 1 and token.map)
    if deep := next((token for token in opening if token.level > DEEPEST), None):
        found.faults.error(
            "lists or quotations are nested too deeply here",
            reader.span(deep),
            f"use fewer levels: at most {DEEPEST}, where a list counts as two",
            code="nested-too-deep",
        )
        return
    found.anchors.extend(find_anchors(tokens, place.file, place.above))
    found.blocks.extend(read_blocks(tokens, 0, "", reader)[0])


def _move_images(tokens: list[Token], file: str, folder: str) -> None:
    """Make the paths of images, which are relative to their chapter, relative to the document."""
    if not folder or posixpath.dirname(file) == folder:
        return
    for token in _images(tokens):
        src = str(token.attrGet("src") or "")
        if is_local(src) and not src.startswith("/"):
            token.attrSet("src", posixpath.relpath(join_path(file, src), folder))


def _images(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield token
        yield from _images(token.children or [])
