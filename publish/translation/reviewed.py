"""Find the review state of each sentence of a translation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry, Key
from publish.po.pofile import extract_catalog, parse_po
from publish.project.history import read_past_versions
from publish.project.workspace import Workspace
from publish.reviews.ledger import ReviewRow
from publish.reviews.subjects import SubjectIndex, digest_pair, find_subjects
from publish.reviews.verdicts import (
    LedgerIndex,
    ReviewFigures,
    Verdict,
    count_verdicts,
    find_verdicts,
)
from publish.translation.translation import Translation

__all__ = [
    "OpenReviews",
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


class OpenReviews:
    """The reviews of a translation that is kept open; a change is judged for what it concerns."""

    def __init__(self, translation: Translation) -> None:
        self._open(translation)

    def _open(self, translation: Translation) -> None:
        self.translation = translation
        self._index = SubjectIndex(translation.source, translation.entries, translation.corrected)
        every = tuple(self._index.all())
        self._ledger = LedgerIndex(translation.ledger, every)
        self._found = {one.head.key: self._ledger.judge(one) for one in every}

    def find(self, key: Key) -> Verdict | None:
        """Return the verdict on a sentence or, for a joined one, on its group."""
        found = self._found.get(key)
        if found is None and key in self._index.heads:
            found = self._found.get(self._index.heads[key][0])
        return found

    def update(self, translation: Translation, keys: Iterable[Key]) -> frozenset[Key]:
        """Take over a changed translation; return the keys of entries with another verdict.

        `keys` are those of the entries that changed.
        """
        before, old = self._found, self.translation
        heads: set[Key] | None = None
        if translation.source is old.source and translation.corrections == old.corrections:
            heads = self._index.take(translation.entries, keys)
        if heads is None:
            self._open(translation)
            heads = {*before, *self._found}
        else:
            self._judge(translation, heads)
        changed = (head for head in heads if before.get(head) != self._found.get(head))
        return frozenset(self._members(changed, before))

    def _judge(self, translation: Translation, heads: set[Key]) -> None:
        self.translation, ledger = translation, self.translation.ledger
        self._found = dict(self._found)
        for head in heads:
            self._found[head] = self._ledger.judge(self._index.subject(head))
        if translation.ledger is not ledger:
            subjects = [one.subject for one in self._found.values()]
            self._ledger = LedgerIndex(translation.ledger, subjects)
            decided = set(self._list_decided(ledger.rows, translation.ledger.rows))
            self._found |= {key: self._ledger.judge(self._found[key].subject) for key in decided}
            heads.update(decided)

    def _list_decided(
        self, before: Sequence[ReviewRow], after: Sequence[ReviewRow]
    ) -> Iterator[Key]:
        """Yield the heads of all subjects that rows which came or went can be about."""
        old, new = set(map(id, before)), set(map(id, after))
        rows = [row for row in before if id(row) not in new]
        rows += [row for row in after if id(row) not in old]
        names, texts = {row.sentence for row in rows}, {row.translation for row in rows}
        for key, verdict in self._found.items():
            subject = verdict.subject
            known = subject.sentence in names or subject.translation in texts
            if known or not names.isdisjoint(subject.known_as):
                yield key

    def _members(self, heads: Iterable[Key], before: Mapping[Key, Verdict]) -> Iterator[Key]:
        for head in heads:
            for found in (before.get(head), self._found.get(head)):
                if found is not None:
                    yield from (entry.key for entry in found.subject.entries)


def count_reviews(workspace: Workspace, translation: Translation) -> ReviewFigures | None:
    """Return how many sentences are in each review state; None where there is no ledger."""
    if not workspace.ledger(translation.language, translation.name).is_file():
        return None
    return count_verdicts(review_translation(translation).verdicts, translation.ledger)


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
