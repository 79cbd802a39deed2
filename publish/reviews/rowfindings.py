"""Name the rows of a ledger that are not signed as they should be, each by its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publish.model import Finding, Level, Span
from publish.reviews.ledger import list_rows, settle_rows
from publish.reviews.rows import ReviewRow
from publish.reviews.trust import LedgerTrust, RowFault

__all__ = ["find_wrong_rows"]

Places = Callable[[], Iterable[tuple[str, str]]]
"""Returns the documents and languages, by tag, that a row can have been signed for."""

SEARCHES = 20
"""For so many rows the other documents are searched in vain; a search is long in an archive."""

UNDO = "restore the line from git, or delete it and review the sentence again"


def find_wrong_rows(data: bytes, file: str, trust: LedgerTrust, places: Places) -> list[Finding]:
    """Return a finding for each row of a ledger's file whose signature is wrong or missing.

    A row without a signature is passed over if a later decision of its reviewer replaces it.
    Raises the errors of `list_rows`.
    """
    rows = list_rows(data, file)
    if not trust.listed:
        signed = [number for number, row in rows if row.signature]
        return [_unlisted(Span(file, signed[0], signed[0]), len(signed))] if signed else []
    standing = set(settle_rows(row for _, row in rows))
    search, found, known = _Search(trust, places), [], set[ReviewRow]()
    for number, row in rows:
        fault = trust.find_fault(row)
        replaced = fault is RowFault.UNSIGNED and (row not in standing or row in known)
        if fault is not None and not replaced:
            found.append(_describe(row, fault, Span(file, number, number), trust, search))
        known.add(row)
    trust.keep()
    return found


class _Search:
    """The search for what altered rows were signed for; most were moved from one place."""

    def __init__(self, trust: LedgerTrust, places: Places) -> None:
        self._trust, self._places = trust, places
        self._found: list[tuple[str, str]] = []
        self._left = SEARCHES

    def find(self, row: ReviewRow) -> tuple[str, str] | None:
        """Return the document and the tag of another ledger that a row was signed for."""
        found = self._trust.find_origin(row, self._found)
        if found is None and self._left:
            found = self._trust.find_origin(row, self._places())
            if found is None:
                self._left -= 1
            else:
                self._found.append(found)
        return found


def _describe(
    row: ReviewRow, fault: RowFault, span: Span, trust: LedgerTrust, search: _Search
) -> Finding:
    who = row.reviewer
    what = "approval" if row.state == "approved" else "rejection"
    hint = UNDO
    match fault:
        case RowFault.UNSIGNED:
            return Finding(
                code="review-unsigned",
                level=Level.WARNING,
                message=f"this {what} by {who} is not signed, and the key of {who} is known",
                span=span,
                hint=f"{who} runs publish review sign; if it is not theirs, delete the line",
            )
        case RowFault.ALTERED:
            return _describe_altered(f"this {what} by {who}", span, search.find(row), who)
        case RowFault.STRANGER:
            message = f"this {what} by {who} is signed with {row.key}, which is no listed key"
            hint = f"if it is the key of {who}, list it in the settings; else delete the line"
        case RowFault.OTHER:
            owner = trust.find_owner(row.key)
            message = f"this {what} says that it is by {who}, but the key is that of {owner}"
    return Finding(code="review-key", level=Level.ERROR, message=message, span=span, hint=hint)


def _describe_altered(what: str, span: Span, origin: tuple[str, str] | None, who: str) -> Finding:
    if origin is None:
        return Finding(
            code="review-altered",
            level=Level.ERROR,
            message=f"{what} is not what was signed: the row was changed",
            span=span,
            hint=UNDO,
        )
    return Finding(
        code="review-moved",
        level=Level.ERROR,
        message=f"{what} was signed for {origin[0]} in {origin[1]}",
        span=span,
        hint=f"delete the line; after a new name of the document {who} signs it again",
    )


def _unlisted(span: Span, rows: int) -> Finding:
    return Finding(
        code="review-unlisted",
        level=Level.WARNING,
        message=f"rows of this ledger are signed ({rows}), and nothing verifies them",
        span=span,
        hint="list the keys of the reviewers in the settings, below [reviewers]",
    )
