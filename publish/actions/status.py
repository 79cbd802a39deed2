"""Read how far each document is in each language."""

from __future__ import annotations

from collections.abc import Iterable

from publish.building.documentstatus import StatusRow, measure_status
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
    return tuple(
        _read_row(loader, name, language, limits)
        for name in workspace.documents(documents)
        for language in workspace.languages(languages)
    )


def _read_row(loader: Loader, name: str, language: Language, limits: EditionLimits) -> StatusRow:
    try:
        with limit_work(f"reading {name} in {language.tag}", limits):
            return StatusRow(name, language.tag, measure_status(loader, name, language))
    except PublishError as error:
        return StatusRow(name, language.tag, error=error)
