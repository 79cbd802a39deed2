"""List the documents of a workspace and how far each is, within a time that a person waits."""

from __future__ import annotations

import time
from dataclasses import dataclass

from publish.actions.status import read_row
from publish.catalogs.statistics import Statistics
from publish.languages.cldr import find_language_name
from publish.languages.language import Direction, Language
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["DocumentFigures", "DocumentRow", "LanguageName", "list_documents", "name_languages"]


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language with its name in itself, and the direction of its script."""

    tag: str
    name: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFigures:
    """How many sentences of a document in a language are in which state; 0 without a catalog.

    Sentences that share an entry count once.  `stale` is how many sentences of the source the
    catalog lacks; `error` says why the document cannot be read.  `title` is that of the document in
    this language, empty without one.
    """

    tag: str
    title: str = ""
    sentences: int = 0
    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0
    unreviewed: int = 0
    approved: int = 0
    rejected: int = 0
    percent: int = 0
    state: str = ""
    stale: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document with its figures by language; None for those that are not measured yet."""

    name: str
    languages: tuple[DocumentFigures | None, ...]


def name_languages(languages: tuple[Language, ...]) -> tuple[LanguageName, ...]:
    """Return languages with their names as they are written on their own."""
    return tuple(
        LanguageName(one.tag, _capital(find_language_name(one.tag, one)), one.direction)
        for one in languages
    )


def _capital(name: str) -> str:
    return name[:1].title() + name[1:]


def list_documents(
    workspace: Workspace, known: dict[tuple[str, str], DocumentFigures], seconds: float
) -> tuple[DocumentRow, ...]:
    """Return all documents with their figures, in the order of the settings.

    `known` has the figures measured before, and takes new ones.  After so many `seconds` the rest
    is left for the next call.  A workspace may have none yet.
    """
    until = time.monotonic() + seconds
    tags = [one.tag for one in workspace.languages()]
    names = workspace.names
    for name in names:
        loader = Loader(workspace)  # One for each: their texts need not stay in memory.
        for tag in tags:
            if (name, tag) not in known and time.monotonic() < until:
                known[name, tag] = _measure(loader, name, tag)
    return tuple(
        DocumentRow(name=name, languages=tuple(known.get((name, tag)) for tag in tags))
        for name in names
    )


def _measure(loader: Loader, name: str, tag: str) -> DocumentFigures:
    (language,) = loader.workspace.languages([tag])
    row = read_row(loader, name, language)
    found = row.standing
    if found is None:
        return DocumentFigures(tag=tag, error=row.error.message if row.error else "")
    counts, review = found.catalog or Statistics(), found.review
    translated, fuzzy = counts.translated.entries, counts.fuzzy.entries
    untranslated = counts.untranslated.entries
    return DocumentFigures(
        tag=tag,
        title=found.title,
        sentences=translated + fuzzy + untranslated,
        translated=translated,
        fuzzy=fuzzy,
        untranslated=untranslated,
        unreviewed=review.unreviewed + review.lapsed if review else translated,
        approved=review.approved + review.context_changed if review else 0,
        rejected=review.rejected if review else 0,
        percent=found.coverage.percent,
        state=found.state or "",
        stale=found.stale.sentences if found.stale else 0,
    )
