"""Read how far each document is in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from publish.building.documentstatus import KeptStatus, StatusRow
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.keys import Known
from publish.building.worklimits import limit_work
from publish.editions.page.interface import make_interface
from publish.errors import PublishError
from publish.languages.language import Language
from publish.languages.registry import find
from publish.pages.archivehtml import ArchiveCell, ArchiveRow
from publish.resources import find_template_folder
from publish.translation.loading import Loader

__all__ = ["StatusRow", "make_status_page", "read_row", "read_status"]


def read_status(
    loader: Loader,
    documents: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    limits: EditionLimits = EDITION_LIMITS,
) -> tuple[StatusRow, ...]:
    """Return a row for each document in each language; a row may hold an error instead.

    Reading a row that goes beyond the `limits` is such an error.

    Raises UsageError for a document or language that the workspace does not have.
    """
    workspace = loader.workspace
    chosen, known = workspace.languages(languages), Known()
    return tuple(
        row
        for name in workspace.documents(documents)
        for row in _read_rows(loader, name, chosen, known, limits)
    )


def _read_rows(
    loader: Loader,
    name: str,
    languages: Sequence[Language],
    known: Known,
    limits: EditionLimits,
) -> list[StatusRow]:
    """Return the rows of a document, which is then forgotten, so that many take no more memory."""
    try:
        with loader.passing(name), KeptStatus.of(loader, name, known).keeping() as kept:
            return [_read_row(kept, language, limits) for language in languages]
    except PublishError as error:  # The answers are behind a link.
        return [StatusRow(name, language.tag, error=error) for language in languages]


def read_row(
    loader: Loader, name: str, language: Language, limits: EditionLimits = EDITION_LIMITS
) -> StatusRow:
    """Return the row of a document that the workspace has, as `read_status` does."""
    try:
        with KeptStatus.of(loader, name).keeping() as kept:
            return _read_row(kept, language, limits)
    except PublishError as error:  # The answers are behind a link.
        return StatusRow(name, language.tag, error=error)


def _read_row(kept: KeptStatus, language: Language, limits: EditionLimits) -> StatusRow:
    name = kept.name
    try:
        with limit_work(f"reading {name} in {language.tag}", limits):
            return StatusRow(name, language.tag, kept.measure(language))
    except PublishError as error:
        return StatusRow(name, language.tag, error=error)


def make_status_page(loader: Loader, rows: Iterable[StatusRow]) -> bytes:
    """Return rows as one page of HTML, in the language of the source."""
    from publish.pages.archivehtml import render_archive, render_archive_page

    workspace = loader.workspace
    folders = workspace.template_folders(find_template_folder())
    source = workspace.source_language
    found = [
        _archive_row(name, tuple(group), source)
        for name, group in groupby(rows, lambda row: row.document)
    ]
    tags = {cell.language for row in found for cell in row.cells}
    words = {
        tag: make_interface(find(tag), loader.interfaces(find(tag))) for tag in {source.tag, *tags}
    }
    main = render_archive(folders, found, words[source.tag], words)
    return render_archive_page(folders, main, words[source.tag])


def _archive_row(name: str, rows: Sequence[StatusRow], source: Language) -> ArchiveRow:
    """Return a document by the title of its source, or by its name where that is not known."""
    standing = next((one.standing for one in rows if one.language == source.tag), None)
    title = standing.title if standing else ""
    cells = tuple(_cell(row, source) for row in rows)
    return ArchiveRow(name, title or name, source.tag if title else "", cells)


def _cell(row: StatusRow, source: Language) -> ArchiveCell:
    standing = row.standing
    if row.language == source.tag:
        return ArchiveCell(row.language, "original")
    if standing is None or standing.catalog is None:
        return ArchiveCell(row.language, "absent")
    return ArchiveCell(row.language, standing.state or "draft", percent=standing.coverage.percent)
