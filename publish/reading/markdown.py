"""Source text to `Document`: CommonMark blocks with tables, footnotes and attributes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.model import Block, Document, Facts, Footnote, Span
from publish.reading.blockreader import BlockReader
from publish.reading.blocks import read_blocks
from publish.reading.directions import check_directions
from publish.reading.faults import Faults
from publish.reading.frontmatter import (
    FrontMatter,
    count_front_lines,
    read_front_matter,
    refuse_front_matter,
)
from publish.reading.inline import DEEPEST
from publish.reading.locations import number_paragraphs
from publish.reading.parser import parse_blocks
from publish.reading.references import check_references
from publish.reading.sourcefile import SourceFile, check_source

__all__ = ["SourceFile", "read_document"]


def read_document(
    name: str, language: str, files: Iterable[SourceFile], *, folder: str = "", whole: bool = False
) -> Document:
    """Read one file, or several chapters in order, as one document.

    Only the first file has front matter.  `folder` is where its images are.  `whole` keeps every
    block in one unit.  Raises PublishError for one error, and FindingsError (code `source-faults`)
    with all errors if there are several; the codes are listed in docs/reference/codes.md under
    "In a source".
    """
    faults = Faults()
    given = tuple(files)
    first, *others = (check_source(source, faults) for source in given)
    front = FrontMatter((), Facts(), count_front_lines(first.text))
    with faults.collecting():
        front = read_front_matter(first.text, first.file)
    notes: list[Footnote] = []
    blocks = list(_read_file(first, front.lines, faults, notes, whole=whole))
    for chapter in others:
        with faults.collecting():
            refuse_front_matter(chapter.text, chapter.file)
        blocks.extend(_read_file(chapter, 0, faults, notes, whole=whole))
    document = Document(
        name=name,
        language=language,
        facts=front.facts,
        front=front.fields,
        body=tuple(blocks),
        notes=tuple(notes),
        folder=folder,
    )
    if not document.body and not faults.errors:
        faults.error(
            "the document has no text after its front matter",
            Span(first.file, front.lines, front.lines),
            "write the text below the closing ---",
            code="front-matter",
        )
    check_references(document, faults)
    check_directions(document, faults)
    faults.raise_all(tuple(source.file for source in given))
    return number_paragraphs(replace(document, remarks=tuple(faults.remarks)))


def _read_file(
    source: SourceFile, skip: int, faults: Faults, notes: list[Footnote], *, whole: bool
) -> tuple[Block, ...]:
    tokens = parse_blocks("\n".join(source.text.split("\n")[skip:]))
    reader = BlockReader(file=source.file, offset=skip, whole=whole, faults=faults, notes=notes)
    opening = (token for token in tokens if token.nesting == 1 and token.map)
    if deep := next((token for token in opening if token.level > DEEPEST), None):
        faults.error(
            "lists or quotations are nested too deeply here",
            reader.span(deep),
            f"use fewer levels: at most {DEEPEST}, where a list counts as two",
            code="nested-too-deep",
        )
        return ()
    return read_blocks(tokens, 0, "", reader)[0]
