"""Source text to `Document`: CommonMark blocks with tables, footnotes and attributes."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from publish.model import Document, Heading, Span
from publish.reading.chunkreading import ChunkReader, NotInChunksError, is_long
from publish.reading.deadlinks import unlink_dead
from publish.reading.directions import check_directions
from publish.reading.divisions import TopLevel, mark_divisions
from publish.reading.faults import Faults, group_findings
from publish.reading.filereading import Found, ReadFile, read_file
from publish.reading.frontmatter import FrontMatter, read_chapter_title, read_front_matter
from publish.reading.locations import number_paragraphs
from publish.reading.marks.typedmarks import set_typed_document
from publish.reading.numbering import REFERENCED, number_shown, settle_ids
from publish.reading.outline import place_headings, set_outline
from publish.reading.references import check_references, drop_unused_notes
from publish.reading.sourcefile import SourceFile, check_source
from publish.reading.targets import Anchor, resolve_targets
from publish.reading.titles import find_title

__all__ = ["SourceFile", "read_document"]


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
    top_level: TopLevel = "",
    look: Callable[[Document, Faults], None] | None = None,
    title: str = "",
    faults: Faults | None = None,
    chunks: ChunkReader | None = None,
) -> Document:
    """Read one file, or several chapters in order, as one document.

    The front matter of the first file is that of the document.  `folder` is where its images are.
    `whole` keeps every block in one unit, `as_typed` straight quotes and hyphens, and `as_text`
    the marks of other programs with these names.  `numbered` are the kinds that have numbers, as
    `number_shown` takes them.  `top_level` is what its highest headings are, parts or chapters.
    `title` is that of a document without one in its front matter.  `faults` are those found before;
    `look` is called for a document with errors, to find more of them.  `chunks` know what was read
    before, which gives the same sooner.
    Raises PublishError for one error, and FindingsError (code `source-faults`) for several;
    the codes are listed in docs/reference/codes.md under "In a source".
    """
    faults = faults or Faults()
    sources = tuple(check_source(source, faults) for source in files)
    found = Found(
        faults=faults, folder=folder, whole=whole, language=language, as_text=frozenset(as_text)
    )
    by_chunks = _read_chunks(sources, found, chunks, typed=not as_typed)
    front, found = by_chunks or (_read_files(sources, found), found)
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
    _check_text(document, Span(first, max(1, front.lines), max(1, front.lines)), faults)
    document = _connected(drop_unused_notes(document, faults), sources, found)
    document = mark_divisions(document, sources, top_level)
    document = number_shown(unlink_dead(document, faults, names), numbered)
    check_references(document, faults)
    check_directions(document, faults)
    if look is not None and faults.errors:
        look(document, faults)
    faults.raise_all(names)
    remarks = tuple(group_findings(faults.remarks, names))
    return number_paragraphs(replace(document, remarks=remarks))


def _check_text(document: Document, end: Span, faults: Faults) -> None:
    """Note an error for a document without a text; `end` is that of its front matter."""
    if not document.body and not faults.errors:
        faults.error(
            "the document has no text after its front matter or title",
            end,
            "write the text below the title",
            code="front-matter",
        )


def _titled(document: Document, title: str, file: str, found: Found) -> Document:
    """Return a document without a title with one; a heading that it is made of is no longer one."""
    made, heading = find_title(document.body, title, file, document.name, found.faults)
    if heading is not None:
        span = heading.prose.span
        found.anchors.append(Anchor(span.file, heading.id, span.first))
    body = tuple(block for block in document.body if block is not heading)
    return replace(document, front=(made, *document.front), body=body)


def _connected(document: Document, sources: tuple[SourceFile, ...], found: Found) -> Document:
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


def _read_chunks(
    sources: tuple[SourceFile, ...], found: Found, chunks: ChunkReader | None, *, typed: bool
) -> tuple[FrontMatter, Found] | None:
    """Read long files by their chunks; None if they cannot be, or have errors."""
    faults = found.faults
    if chunks is None or chunks.store is None or faults.errors or not is_long(sources):
        return None
    tried = replace(found, faults=Faults(), blocks=[], notes=[], given_ids=set(), anchors=[])
    skips: list[tuple[SourceFile, int]] = []
    _read_files(
        sources,
        replace(tried, faults=Faults()),
        lambda source, _, skip, __: skips.append((source, skip)),
    )
    chunks.read_ahead(skips, tried, typed=typed)
    try:
        front = _read_files(sources, tried, chunks.read_file)
    except NotInChunksError:
        return None
    if tried.faults.errors:
        return None
    faults.remarks.extend(tried.faults.remarks)
    return front, replace(tried, faults=faults)


def _read_files(
    sources: Iterable[SourceFile], found: Found, read: ReadFile = read_file
) -> FrontMatter:
    """Read the files, and return the front matter of the first one that is no title of a part."""
    front = None
    for source in sources:
        title, skip = None, 0
        if not source.part and front is None:
            front = read_front_matter(source.text, source.file, found.language, found.faults)
            skip = front.lines
        elif not source.part:
            title, skip = read_chapter_title(source.text, source.file, found.faults)
        read(source, title, skip, found)
    return front or FrontMatter()
