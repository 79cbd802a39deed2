"""Find what can be reviewed in a catalog, and which decisions of its ledger still hold.

An approval is for one sentence and its translation, or for a group of sentences that share a
translation (`{joined}`).  It holds while both texts stay as they were approved; only the
typography of the source may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from publish.reviews.ledger import Decision, Ledger, ReviewRow
from publish.reviews.subjects import Subject
from publish.reviews.trust import FORGED, Lack

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
    """The review state of a subject, and the row of the ledger that it follows from, if any.

    `rows` are all rows about its texts, and about those of that row.  `lack` is what an approved
    sentence lacks to be in an approved edition.
    """

    subject: Subject
    state: ReviewState
    row: ReviewRow | None = None
    rows: tuple[ReviewRow, ...] = ()
    lack: Lack = Lack.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """The number of sentences of a document in each review state.

    Of the approved ones, `unsigned` lack a signature to be in an approved edition, and `single`
    the approval of another reviewer.  `forged` counts rows of the ledger, not sentences.
    """

    approved: int = 0
    context_changed: int = 0
    lapsed: int = 0
    rejected: int = 0
    unreviewed: int = 0
    unsigned: int = 0
    single: int = 0
    forged: int = 0

    @property
    def sentences(self) -> int:
        held = self.approved + self.context_changed
        return held + self.lapsed + self.rejected + self.unreviewed

    @property
    def percent(self) -> int:
        """The share of sentences whose approval holds, in whole percent, rounded down."""
        held = self.approved + self.context_changed
        return 100 * held // self.sentences if self.sentences else 100

    def by_name(self) -> dict[str, int]:
        """Return the figures by name; those about signatures only where they are not zero."""
        usual = ("approved", "context_changed", "lapsed", "rejected", "unreviewed")
        return {name: count for name, count in asdict(self).items() if count or name in usual}


# --------------------------------------------------------------------------- verdicts


def find_verdicts(ledger: Ledger, every: Sequence[Subject]) -> tuple[Verdict, ...]:
    """Return the review state of each subject according to a ledger.

    Law: a subject is `approved` or `context changed` only if its translation is confirmed and is
    exactly the one that was approved, and its source differs in typography at most.
    """
    index = LedgerIndex(ledger, every)
    return tuple(map(index.judge, every))


class LedgerIndex:
    """The rows of a ledger, to find what it says of each of the subjects `every`.

    Approvals that are forged, as their signatures say, are as if they were not there.
    """

    def __init__(self, ledger: Ledger, every: Iterable[Subject]) -> None:
        self._trust, known = ledger.trust, ledger.rows
        self._rows: dict[tuple[str, str], tuple[ReviewRow, ...]] = {}
        for row in ledger.rows:
            texts = row.texts
            others = self._rows.get(texts)
            self._rows[texts] = (*others, row) if others else (row,)
        if ledger.trust.listed:
            known = tuple(one for one in known if one.state == "rejected" or self._is_good(one))
        self._latest = {row.sentence: row for row in sorted(known, key=lambda row: row.when)}
        present = {one.sentence for one in every} if known else set()
        self._orphans = {row.translation: row for row in known if row.sentence not in present}

    def judge(self, subject: Subject) -> Verdict:
        """Return the review state of a subject."""
        if not self._rows:
            return Verdict(subject, ReviewState.UNREVIEWED)
        rows = self._rows.get((subject.sentence, subject.translation), ())
        if rows and rows[-1].state == "rejected":
            return Verdict(subject, ReviewState.REJECTED, rows[-1], rows)
        approvals = tuple(filter(self._is_good, rows)) if self._trust.listed else rows
        if approvals and subject.confirmed:
            return self._approve(subject, approvals, rows)
        row = approvals[-1] if approvals else self._former(subject)
        if row is None:
            return Verdict(subject, ReviewState.UNREVIEWED, rows=rows)
        state = ReviewState.LAPSED if row.state == "approved" else ReviewState.UNREVIEWED
        return Verdict(subject, state, row, (*rows, *self._rows[row.texts]))

    def _approve(
        self, subject: Subject, approvals: Sequence[ReviewRow], rows: tuple[ReviewRow, ...]
    ) -> Verdict:
        around = subject.surroundings
        here = [row for row in approvals if row.surroundings == around]
        if not here:
            return Verdict(subject, ReviewState.CONTEXT, approvals[-1], rows)
        lack = self._trust.find_lack(here)
        return Verdict(subject, ReviewState.APPROVED, here[-1], rows, lack)

    def _is_good(self, row: ReviewRow) -> bool:
        return self._trust.find_fault(row) not in FORGED

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

    An approval settles a doubt, unless another reviewer has to approve, too.  An unconfirmed text
    without a doubt first needs a translator.
    """
    subject = verdict.subject
    waits = subject.confirmed or verdict.row is not None or bool(subject.doubts)
    held = verdict.state is ReviewState.APPROVED and verdict.lack is not Lack.REVIEWER
    return waits and not held


def count_verdicts(found: Iterable[Verdict], ledger: Ledger) -> ReviewFigures:
    """Return the number of sentences in each state; every sentence of a group counts.

    `ledger` is the one that the verdicts follow from.
    """
    counts = dict.fromkeys(ReviewState, 0)
    lacks = dict.fromkeys(Lack, 0)
    for verdict in found:
        counts[verdict.state] += len(verdict.subject.entries)
        lacks[verdict.lack] += len(verdict.subject.entries)
    figures = ReviewFigures(
        approved=counts[ReviewState.APPROVED],
        context_changed=counts[ReviewState.CONTEXT],
        lapsed=counts[ReviewState.LAPSED],
        rejected=counts[ReviewState.REJECTED],
        unreviewed=counts[ReviewState.UNREVIEWED],
        unsigned=lacks[Lack.SIGNATURE],
        single=lacks[Lack.REVIEWER],
        forged=ledger.trust.count_forged(ledger.rows),
    )
    ledger.trust.keep()
    return figures


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
    used = {row for verdict in found for row in verdict.rows}
    return (row for row in ledger.rows if row not in used)
