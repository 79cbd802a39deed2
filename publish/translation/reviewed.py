"""Find the review state of each sentence of a translation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry
from publish.po.pofile import catalog_of, parse
from publish.project.history import past
from publish.project.workspace import Workspace
from publish.reviews.ledger import ReviewRow
from publish.reviews.verdicts import Figures, Verdict, figures, pair_digests, subjects, verdicts
from publish.translation.translation import Translation

__all__ = ["ReviewList", "Reviewed", "find_approved_texts", "review", "review_figures"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A translation, and the verdicts on its sentences in reading order."""

    translation: Translation
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """The reviews of a document in a language; `shown` are the verdicts that were asked for.

    `past` has the entries that lapsed approvals were given for, as far as git has them.
    """

    reviewed: Reviewed
    shown: tuple[Verdict, ...]
    past: Mapping[ReviewRow, Entry]


def review(translation: Translation) -> Reviewed:
    """Return a translation with the review state of each sentence."""
    every = subjects(translation.source, translation.entries, translation.corrected)
    return Reviewed(translation, verdicts(translation.ledger, every))


def review_figures(workspace: Workspace, translation: Translation) -> Figures | None:
    """Return how many sentences are in each review state; None where there is no ledger."""
    if not workspace.ledger(translation.language, translation.name).is_file():
        return None
    return figures(review(translation).verdicts)


def find_approved_texts(
    workspace: Workspace, language: Language, name: str, rows: Collection[ReviewRow]
) -> dict[ReviewRow, Entry]:
    """Return the entries that rows were written for, as far as the history in git has them.

    Groups of joined sentences are not looked for.  Versions that cannot be read are skipped.
    """
    wanted = {row.texts: row for row in rows}
    found: dict[ReviewRow, Entry] = {}
    path = workspace.shown(workspace.catalog(language, name))
    for _, data in past(workspace.root, path) if wanted else ():
        try:
            entries = catalog_of(parse(data, path)).entries
        except PublishError:
            continue
        for entry in entries:
            row = wanted.pop(pair_digests(entry), None) if any(entry.msgstrs) else None
            if row is not None:
                found[row] = entry
        if not wanted:
            break
    return found
