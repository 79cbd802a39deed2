"""Check the finished files in `build/` before they are handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace

from publish.building.beside import find_links
from publish.building.pairing import join_texts
from publish.building.preparing import PreparedText, Texts, prepare_texts
from publish.building.records import load_pages, matches_record
from publish.building.tasks import find_pdf_edition
from publish.editions.audit.books import audit_epub
from publish.editions.audit.opened import report_built_file
from publish.editions.audit.webpages import audit_page
from publish.editions.audit.wordfiles import audit_word_file
from publish.editions.html.switch import put_switch
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.xhtml import Element
from publish.editions.pagination import Pagination
from publish.errors import PublishError
from publish.garbage import collecting_no_garbage
from publish.model import FORMATS, Edition, Finding, Format, Level, Span
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["AUDITS", "audit_built"]

BUILD = "run publish build"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Auditing:
    """What the audits of several editions share: texts, their trees, the pages of PDFs."""

    workspace: Workspace
    texts: Texts
    trees: dict[tuple[Edition, bool], tuple[PreparedText, Element]] = field(default_factory=dict)
    pages: dict[Edition, Pagination | None] = field(default_factory=dict)


def audit_built(
    loader: Loader, editions: Iterable[Edition], texts: Texts | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with the files of editions, given the current source and catalogs.

    A file that is missing or changed since it was built is reported.  Each other file is opened
    and read, whatever its record says.  `texts` are what the files should hold; they are prepared
    here if not given.
    """
    wanted = tuple(editions)
    if texts is None:
        with collecting_no_garbage():
            texts = prepare_texts(loader, wanted)
    auditing = _Auditing(workspace=loader.workspace, texts=texts)
    for edition in wanted:
        path = loader.workspace.output(edition)
        shown = loader.workspace.shown(path)
        if not path.is_file():
            yield Finding(
                code="built-missing",
                level=Level.ERROR,
                message="this edition has not been built",
                span=Span(shown, 1, 1),
                hint=BUILD,
            )
            continue
        if not matches_record(loader.workspace, edition):
            yield report_built_file(
                shown, "built-changed", "this is not the file that publish build wrote"
            )
        try:
            with collecting_no_garbage():
                found = list(_audit(auditing, edition, shown))
            yield from found
        except PublishError as error:
            yield Finding(
                code=error.listed_code,
                level=Level.ERROR,
                message=f"it cannot be compared, because its text cannot be made: {error.message}",
                span=error.span,
                hint=error.hint,
            )


def _audit(auditing: _Auditing, edition: Edition, shown: str) -> Iterator[Finding]:
    data = auditing.workspace.output(edition).read_bytes()
    yield from AUDITS[edition.format](auditing, edition, shown, data)


def _audit_html(
    auditing: _Auditing, edition: Edition, shown: str, data: bytes
) -> Iterator[Finding]:
    made = _make(auditing, edition, None)
    wanted = put_switch(made, find_links(auditing.workspace, edition))
    yield from audit_page(shown, data, _tree(auditing, edition)[0].text, wanted)


def _audit_docx(
    auditing: _Auditing, edition: Edition, shown: str, data: bytes
) -> Iterator[Finding]:
    text = _tree(auditing, edition)[0].text
    yield from audit_word_file(shown, data, text, _make(auditing, edition, None))


def _audit_epub(
    auditing: _Auditing, edition: Edition, shown: str, data: bytes
) -> Iterator[Finding]:
    text = _tree(auditing, edition)[0].text
    pdf = find_pdf_edition(edition)
    pages = _find_pages(auditing, pdf)
    if pages is None:
        pages = load_pages(auditing.workspace, pdf)
        if auditing.workspace.output(pdf).is_file():
            message = "where the pages of its PDF begin cannot be told, since the PDF is damaged"
            yield report_built_file(shown, "built-pages", message)
    wanted = None
    if pages or not auditing.workspace.output(pdf).is_file():
        wanted = _make(auditing, edition, pages)
    yield from audit_epub(shown, data, text, wanted)


def _audit_brf(auditing: _Auditing, edition: Edition, shown: str, data: bytes) -> Iterator[Finding]:
    from publish.editions.audit.braillefiles import audit_braille
    from publish.editions.braille.book import set_book

    prepared, tree = _tree(auditing, edition)
    text, materials = prepared.text, prepared.materials
    book = set_book(text, tree, materials)
    yield from audit_braille(shown, data, text, tree, materials, book)


def _make(auditing: _Auditing, edition: Edition, pages: Pagination | None) -> bytes:
    """Return the file of an edition as its writer makes it today."""
    from publish.editions.writers import write_edition

    prepared, tree = _tree(auditing, edition)
    return write_edition(edition.format, prepared.text, tree, prepared.materials, pages).data


def _tree(auditing: _Auditing, edition: Edition) -> tuple[PreparedText, Element]:
    """Return the text of an edition with its tree, made once for all formats that need the same."""
    key = find_pdf_edition(edition), FORMATS[edition.format].marks_sentences
    if key not in auditing.trees:
        halves = []
        for tag in edition.tags:
            half = auditing.texts[edition.document, tag]
            if isinstance(half, PublishError):
                raise half
            halves.append(half)
        prepared = join_texts(edition, halves).for_format(edition.format)
        auditing.trees[key] = prepared, make_edition_tree(prepared.text, prepared.materials)
    return auditing.trees[key]


def _audit_pdf(auditing: _Auditing, edition: Edition, shown: str, data: bytes) -> Iterator[Finding]:
    """Yield what is wrong with a PDF, and keep where its pages begin, for its EPUB."""
    from publish.editions.audit.pdfreading import find_starts, open_pdf, read_pdf
    from publish.editions.audit.pdfs import audit_pdf
    from publish.editions.writers import make_pdf_input

    prepared, tree = _tree(auditing, edition)
    auditing.pages[edition] = None
    materials = replace(prepared.materials, page=edition.page)
    source = make_pdf_input(prepared.text, deepcopy(tree), materials)
    try:
        found = open_pdf(data, source.folding)
    except PublishError as error:
        yield report_built_file(shown, "built-container", error.message)
        return
    pdf = read_pdf(shown, found, prepared.text, source)
    auditing.pages[edition] = find_starts(pdf, tree)
    yield from audit_pdf(pdf)


def _find_pages(auditing: _Auditing, pdf: Edition) -> Pagination | None:
    """Return where the pages of a PDF begin; None if it is not there or damaged."""
    path = auditing.workspace.output(pdf)
    if pdf not in auditing.pages and path.is_file():
        list(_audit_pdf(auditing, pdf, "", path.read_bytes()))
    return auditing.pages.get(pdf)


AUDITS: Mapping[Format, Callable[[_Auditing, Edition, str, bytes], Iterator[Finding]]] = {
    "pdf": _audit_pdf,
    "epub": _audit_epub,
    "html": _audit_html,
    "docx": _audit_docx,
    "brf": _audit_brf,
}
"""The function that audits a file of each format."""
