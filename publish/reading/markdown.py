"""Source text to `Document`: CommonMark blocks with tables, footnotes and attributes."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from publish.model import Block, Document, Footnote, Heading, Prose, Span
from publish.reading.blocks.anchors import find_anchors
from publish.reading.blocks.blockreader import BlockReader
from publish.reading.blocks.parser import parse_blocks
from publish.reading.blocks.tokens import read_blocks
from publish.reading.deadlinks import unlink_dead
from publish.reading.directions import check_directions
from publish.reading.faults import Faults, group_findings
from publish.reading.frontmatter import FrontMatter, read_chapter_title, read_front_matter
from publish.reading.locations import number_paragraphs
from publish.reading.marks.inline import DEEPEST
from publish.reading.marks.typedmarks import set_typed_document
from publish.reading.numbering import REFERENCED, number_shown, settle_ids
from publish.reading.outline import place_headings, set_outline
from publish.reading.references import check_references, drop_unused_notes
from publish.reading.sourcefile import SourceFile, check_source
from publish.reading.targets import Anchor, is_local, join_path, resolve_targets
from publish.reading.titles import find_title, make_chapter_heading

__all__ = ["SourceFile", "read_document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
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


def read_document(
    name: str,
    language: str,
    files: Iterable[SourceFile],
    *,
    folder: str = "",
    whole: bool = False,
    as_typed: bool = False,
    as_text: Iterable[str] = (),
    numbered: Collection[str] = (REFERENCED,),
    look: Callable[[Document, Faults], None] | None = None,
    title: str = "",
    faults: Faults | None = None,
) -> Document:
    """Read one file, or several chapters in order, as one document.

    The front matter of the first file is that of the document.  `folder` is where its images are.
    `whole` keeps every block in one unit, `as_typed` straight quotes and hyphens, and `as_text`
    the marks of other programs with these names.  `numbered` are the kinds that have numbers, as
    `number_shown` takes them.  `title` is that of a document without one in its front matter.
    `faults` are those found before; `look` is called for a document with errors, to find more of
    them.  Raises PublishError for one error, and FindingsError (code `source-faults`) for several;
    the codes are listed in docs/reference/codes.md under "In a source".
    """
    faults = faults or Faults()
    sources = tuple(check_source(source, faults) for source in files)
    found = _Found(
        faults=faults, folder=folder, whole=whole, language=language, as_text=frozenset(as_text)
    )
    front = _read_files(sources, language, found)
    document = Document(
        name=name,
        language=language,
        facts=front.facts,
        front=front.fields,
        body=tuple(found.blocks),
        notes=tuple(found.notes),
        folder=folder,
    )
    names = tuple(source.file for source in sources)
    first = next((source.file for source in sources if not source.part), "")
    if front.title is None:
        document = _titled(document, title, first, found)
    if not as_typed:
        document = set_typed_document(document)
    if not document.body and not faults.errors:
        faults.error(
            "the document has no text after its front matter or title",
            Span(first, max(1, front.lines), max(1, front.lines)),
            "write the text below the title",
            code="front-matter",
        )
    document = _connected(drop_unused_notes(document, faults), sources, found)
    document = number_shown(unlink_dead(document, faults, names), numbered)
    check_references(document, faults)
    check_directions(document, faults)
    if look is not None and faults.errors:
        look(document, faults)
    faults.raise_all(names)
    remarks = tuple(group_findings(faults.remarks, names))
    return number_paragraphs(replace(document, remarks=remarks))


def _titled(document: Document, title: str, file: str, found: _Found) -> Document:
    """Return a document without a title with one; a heading that it is made of is no longer one."""
    made, heading = find_title(document.body, title, file, document.name, found.faults)
    if heading is not None:
        span = heading.prose.span
        found.anchors.append(Anchor(span.file, heading.id, span.first))
    body = tuple(block for block in document.body if block is not heading)
    return replace(document, front=(made, *document.front), body=body)


def _connected(document: Document, sources: tuple[SourceFile, ...], found: _Found) -> Document:
    """Return the document with its outline, and with links and notes that cross its files."""
    headings = [block for block in document.body if isinstance(block, Heading)]
    depths = {source.file: source.depth for source in sources}
    placed = place_headings(headings, found.given_ids, depths, found.faults)
    names = tuple(source.file for source in sources)
    labels = _qualify_labels(document, found.folder)
    document = settle_ids(set_outline(document, placed), found.faults)
    return resolve_targets(document, placed, found.anchors, labels, names)


def _qualify_labels(document: Document, folder: str) -> dict[tuple[str, str], str]:
    """Return labels of their own for notes whose label is used in several files."""
    places = {(note.span.file, note.label) for note in document.notes}
    counted = Counter(label for _, label in places)
    found = {}
    for file, label in places:
        if counted[label] > 1:
            chapter = posixpath.splitext(posixpath.relpath(file, folder or "."))[0]
            found[file, label] = "-".join((*chapter.split("/"), label)).replace(" ", "-")
    return found


def _read_files(sources: Iterable[SourceFile], language: str, found: _Found) -> FrontMatter:
    """Read the files, and return the front matter of the first one that is no title of a part."""
    front = None
    for source in sources:
        title, skip = None, 0
        if not source.part and front is None:
            front = read_front_matter(source.text, source.file, language, found.faults)
            skip = front.lines
        elif not source.part:
            title, skip = read_chapter_title(source.text, source.file, found.faults)
        _read_file(source, title, skip, found)
    return front or FrontMatter()


def _read_file(source: SourceFile, title: Prose | None, skip: int, found: _Found) -> None:
    tokens = parse_blocks("\n".join(source.text.split("\n")[skip:]))
    _move_images(tokens, source.file, found.folder)
    heading = make_chapter_heading(source, title, tokens)
    reader = BlockReader(
        file=source.file,
        offset=skip,
        whole=found.whole,
        faults=found.faults,
        notes=found.notes,
        as_text=found.as_text,
        given_ids=found.given_ids,
        language=found.language,
        section=heading.id if heading else "",
        labels={note.label for note in found.notes}
        | {str(one.meta["label"]) for one in tokens if one.type == "footnote_reference_open"},
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
    found.anchors.extend(find_anchors(tokens, source.file, skip))
    found.blocks.extend([heading] if heading else [])
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
