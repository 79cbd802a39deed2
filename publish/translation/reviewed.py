"""Find the review state of each sentence of a translation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry
from publish.po.pofile import extract_catalog, parse_po
from publish.project.history import read_past_versions
from publish.project.workspace import Workspace
from publish.reviews.ledger import ReviewRow
from publish.reviews.verdicts import (
    ReviewFigures,
    Verdict,
    count_verdicts,
    digest_pair,
    find_subjects,
    find_verdicts,
)
from publish.translation.translation import Translation

__all__ = [
    "ReviewList",
    "ReviewedTranslation",
    "count_reviews",
    "find_approved_texts",
    "review_translation",
]


@dataclass(frozen=True, slots=True)
class ReviewedTranslation:
    """A translation, and the verdicts on its sentences in reading order."""

    translation: Translation
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """The reviews of a document in a language; `shown` are the verdicts that were asked for.

    `past` has the entries that lapsed approvals were given for, as far as git has them.
    """

    reviewed: ReviewedTranslation
    shown: tuple[Verdict, ...]
    past: Mapping[ReviewRow, Entry]


def review_translation(translation: Translation) -> ReviewedTranslation:
    """Return a translation with the review state of each sentence."""
    every = find_subjects(translation.source, translation.entries, translation.corrected)
    return ReviewedTranslation(translation, find_verdicts(translation.ledger, every))


def count_reviews(workspace: Workspace, translation: Translation) -> ReviewFigures | None:
    """Return how many sentences are in each review state; None where there is no ledger."""
    if not workspace.ledger(translation.language, translation.name).is_file():
        return None
    return count_verdicts(review_translation(translation).verdicts)


def find_approved_texts(
    workspace: Workspace, language: Language, name: str, rows: Collection[ReviewRow]
) -> dict[ReviewRow, Entry]:
    """Return the entries that rows were written for, as far as the history in git has them.

    Groups of joined sentences are not looked for.  Versions that cannot be read are skipped.
    """
    wanted = {row.texts: row for row in rows}
    found: dict[ReviewRow, Entry] = {}
    path = workspace.shown(workspace.catalog(language, name))
    for _, data in read_past_versions(workspace.root, path) if wanted else ():
        try:
            entries = extract_catalog(parse_po(data, path)).entries
        except PublishError:
            continue
        for entry in entries:
            row = wanted.pop(digest_pair(entry), None) if any(entry.msgstrs) else None
            if row is not None:
                found[row] = entry
        if not wanted:
            break
    return found
