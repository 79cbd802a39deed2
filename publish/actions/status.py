"""Read how far each document is in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publish.building.documentstatus import KeptStatus, StatusRow
from publish.building.keys import Known
from publish.building.limits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.errors import PublishError
from publish.languages.language import Language
from publish.translation.loading import Loader

__all__ = ["StatusRow", "read_status"]


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


def _read_row(kept: KeptStatus, language: Language, limits: EditionLimits) -> StatusRow:
    name = kept.name
    try:
        with limit_work(f"reading {name} in {language.tag}", limits):
            return StatusRow(name, language.tag, kept.measure(language))
    except PublishError as error:
        return StatusRow(name, language.tag, error=error)
