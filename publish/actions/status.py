"""Tell how far each document is in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.building.standing import Standing, standing
from publish.errors import PublishError
from publish.languages.language import Language
from publish.translation.loading import Loader

__all__ = ["StatusRow", "read_status"]


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One document in one language; `error` says why there is no standing."""

    document: str
    language: str
    standing: Standing | None = None
    error: PublishError | None = None


def read_status(
    loader: Loader, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> tuple[StatusRow, ...]:
    """Return a row for each document in each language; what cannot be read is in its row.

    Raises UsageError for a document or language that the workspace has not.
    """
    workspace = loader.workspace
    return tuple(
        _row(loader, name, language)
        for name in workspace.documents(documents)
        for language in workspace.languages(languages)
    )


def _row(loader: Loader, name: str, language: Language) -> StatusRow:
    try:
        return StatusRow(name, language.tag, standing(loader, name, language))
    except PublishError as error:
        return StatusRow(name, language.tag, error=error)
