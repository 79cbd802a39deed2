"""Find what can be reviewed in a catalog, and which decisions of its ledger still hold.

An approval is for one sentence and its translation, or for a group of sentences that share a
translation (`{joined}`).  It holds while both texts stay as they were approved; only the
typography of the source may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from publish.reviews.ledger import Decision, Ledger, ReviewRow
from publish.reviews.subjects import Subject

__all__ = [
    "LedgerIndex",
    "ReviewFigures",
    "ReviewState",
    "Verdict",
    "count_verdicts",
    "find_unused_rows",
    "find_verdicts",
    "make_row",
    "needs_reviewer",
]


class ReviewState(StrEnum):
    """The review states of a sentence.

    CONTEXT is an approval that holds, but the text around the sentence changed.  LAPSED is an
    approval that no longer holds, because the source or the translation changed.
    """

    UNREVIEWED = "unreviewed"
    APPROVED = "approved"
    CONTEXT = "context changed"
    LAPSED = "lapsed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The review state of a subject, and the row of the ledger that it follows from, if any."""

    subject: Subject
    state: ReviewState
    row: ReviewRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """The number of sentences of a document in each review state."""

    approved: int = 0
    context_changed: int = 0
    lapsed: int = 0
    rejected: int = 0
    unreviewed: int = 0

    @property
    def sentences(self) -> int:
        held = self.approved + self.context_changed
        return held + self.lapsed + self.rejected + self.unreviewed

    @property
    def percent(self) -> int:
        """The share of sentences whose approval holds, in whole percent, rounded down."""
        held = self.approved + self.context_changed
        return 100 * held // self.sentences if self.sentences else 100


# --------------------------------------------------------------------------- verdicts


def find_verdicts(ledger: Ledger, every: Sequence[Subject]) -> tuple[Verdict, ...]:
    """Return the review state of each subject according to a ledger.

    Law: a subject is `approved` or `context changed` only if its translation is confirmed and is
    exactly the one that was approved, and its source differs in typography at most.
    """
    index = LedgerIndex(ledger, every)
    return tuple(map(index.judge, every))


class LedgerIndex:
    """The rows of a ledger, to find what it says of each of the subjects `every`."""

    def __init__(self, ledger: Ledger, every: Iterable[Subject]) -> None:
        self._rows = {row.texts: row for row in ledger.rows}
        self._latest = {row.sentence: row for row in sorted(ledger.rows, key=lambda row: row.when)}
        present = {one.sentence for one in every} if ledger.rows else set()
        self._orphans = {row.translation: row for row in ledger.rows if row.sentence not in present}

    def judge(self, subject: Subject) -> Verdict:
        """Return the review state of a subject."""
        if not self._rows:
            return Verdict(subject, ReviewState.UNREVIEWED)
        row = self._rows.get((subject.sentence, subject.translation))
        if row is not None and row.state == "rejected":
            return Verdict(subject, ReviewState.REJECTED, row)
        if row is not None and subject.confirmed:
            same = row.surroundings == subject.surroundings
            return Verdict(subject, ReviewState.APPROVED if same else ReviewState.CONTEXT, row)
        row = row or self._former(subject)
        lapsed = row is not None and row.state == "approved"
        return Verdict(subject, ReviewState.LAPSED if lapsed else ReviewState.UNREVIEWED, row)

    def _former(self, subject: Subject) -> ReviewRow | None:
        """Return the decision on a subject whose source or translation changed since, if any."""
        latest = self._latest
        names = (subject.sentence, *subject.known_as)
        row = next((latest[name] for name in names if name in latest), None)
        if row is None and any(subject.head.msgstrs) and not subject.head.joined:
            row = self._orphans.get(subject.translation)
        return row


def needs_reviewer(verdict: Verdict) -> bool:
    """Return whether a reviewer has to decide.

    An approval settles a doubt.  An unconfirmed text without a doubt first needs a translator.
    """
    subject = verdict.subject
    waits = subject.confirmed or verdict.row is not None or bool(subject.doubts)
    return waits and verdict.state is not ReviewState.APPROVED


def count_verdicts(found: Iterable[Verdict]) -> ReviewFigures:
    """Return the number of sentences in each state; every sentence of a group counts."""
    counts = dict.fromkeys(ReviewState, 0)
    for verdict in found:
        counts[verdict.state] += len(verdict.subject.entries)
    return ReviewFigures(
        approved=counts[ReviewState.APPROVED],
        context_changed=counts[ReviewState.CONTEXT],
        lapsed=counts[ReviewState.LAPSED],
        rejected=counts[ReviewState.REJECTED],
        unreviewed=counts[ReviewState.UNREVIEWED],
    )


# --------------------------------------------------------------------------- deciding


def make_row(
    subject: Subject, state: Decision, reviewer: str, when: str, reason: str = ""
) -> ReviewRow:
    """Return the row for a decision on a subject, with the digests of its present texts."""
    return ReviewRow(
        sentence=subject.sentence,
        translation=subject.translation,
        typography=subject.typography,
        surroundings=subject.surroundings,
        state=state,
        reviewer=reviewer,
        when=when,
        reason=reason,
    )


def find_unused_rows(ledger: Ledger, found: Iterable[Verdict]) -> Iterator[ReviewRow]:
    """Yield the rows of a ledger that belong to no sentence of the document any more."""
    used = {verdict.row for verdict in found}
    return (row for row in ledger.rows if row not in used)
