"""Read and write the review ledger: who approved or rejected which translation.

The file is kept beside its catalog.  A row names texts only by their digests, so when the source
or the translation changes, the row no longer applies.  A row is one line and rows are sorted by
digest, so git can merge two ledgers line by line (`merge=union`).  If several rows are then about
the same texts, approvals of different reviewers stay, and a later rejection wins.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import cast, get_args

from publish.errors import PublishError, did_you_mean
from publish.model import Span
from publish.reviews.rows import Decision, ReviewRow
from publish.reviews.trust import TRUSTING, LedgerTrust
from publish.signatures.minisign import decode_signature
from publish.signatures.reviewers import explain_formula, explain_wrong_reviewer

__all__ = [
    "Decision",
    "Ledger",
    "ReviewRow",
    "dump_ledger",
    "explain_wrong_reason",
    "list_rows",
    "read_ledger",
    "record_rows",
    "settle_rows",
    "write_time",
]

HEADER = (
    "sentence",
    "translation",
    "typography",
    "surroundings",
    "state",
    "reviewer",
    "date",
    "reason",
)
SIGNED_HEADER = (*HEADER, "key", "signature")
"""The columns of a ledger in which a row is signed; rows without a signature end before them."""
DIGEST = re.compile(r"[0-9a-f]{20}")
KEY = re.compile(r"[0-9A-F]{16}")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a ledger, sorted, as `settle_rows` leaves them; `file` is its path as shown.

    `trust` says what each row is worth.
    """

    file: str
    rows: tuple[ReviewRow, ...] = ()
    trust: LedgerTrust = field(default=TRUSTING, compare=False, repr=False)


def settle_rows(rows: Iterable[ReviewRow]) -> tuple[ReviewRow, ...]:
    """Return the rows that still count, sorted by digest: what was decided last on each pair.

    If the latest row about a pair of texts is a rejection, it alone stays; of two at the same time,
    a rejection counts as the later, because a doubt counts more than a consent.  Otherwise the
    approvals since the last rejection stay, one for each reviewer, and of those of one time the
    signed one.  Law: the order of the rows does not matter, and settling the result again changes
    nothing.
    """
    found: dict[tuple[str, str], list[ReviewRow]] = {}
    for row in rows:
        found.setdefault(row.texts, []).append(row)
    return tuple(row for texts in sorted(found) for row in _settle(found[texts]))


def _settle(rows: list[ReviewRow]) -> Iterable[ReviewRow]:
    """Return which rows about one pair of texts stay, the latest one last."""
    if len(rows) == 1:
        return rows
    rows.sort(key=_weight)
    if rows[-1].state == "rejected":
        return rows[-1:]
    latest: dict[str, ReviewRow] = {}
    for row in reversed(rows):
        if row.state == "rejected":
            break
        latest.setdefault(row.reviewer, row)
    return reversed(latest.values())


def _weight(row: ReviewRow) -> tuple[str | bool, ...]:
    rejects, texts = row.state == "rejected", (row.reason, row.surroundings, row.typography)
    signed = bool(row.signature)
    return (row.when, rejects, signed, row.reviewer, *texts, row.key, row.signature)


def record_rows(
    ledger: Ledger, rows: Iterable[ReviewRow], instead: Iterable[ReviewRow] = ()
) -> Ledger:
    """Return the ledger with new rows, which replace the other rows about the same sentences.

    Approvals of the same texts by other reviewers stay beside a new approval.  `instead` are
    further rows to replace, with all about the same texts: those for an earlier wording of the
    source.
    """
    new = tuple(rows)
    sentences, deciders = {row.sentence for row in new}, {(row.texts, row.reviewer) for row in new}
    approved = {row.texts for row in new if row.state == "approved"}
    gone = {row.texts for row in instead} - approved
    kept = (
        row
        for row in ledger.rows
        if row.texts not in gone
        and (row.texts, row.reviewer) not in deciders
        and (row.sentence not in sentences or (row.texts in approved and row.state == "approved"))
    )
    return replace(ledger, rows=settle_rows((*kept, *new)))


# --------------------------------------------------------------------------- people


def explain_wrong_reason(reason: str) -> str:
    """Return why a reason is not allowed in a ledger, empty if it is."""
    if any(not character.isprintable() for character in reason):
        return "it has a line break or an invisible character"
    return explain_formula(reason)


# --------------------------------------------------------------------------- files


def dump_ledger(ledger: Ledger) -> bytes:
    """Return the bytes of a ledger file (RFC 4180, Unix line ends), with a header line.

    Rows that are not signed have eight cells, as if there were no signatures, so that signing one
    row changes its line and the header only.
    """
    rows = settle_rows(ledger.rows)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(SIGNED_HEADER if any(row.signature for row in rows) else HEADER)
    cells = attrgetter(*(column.name for column in fields(ReviewRow)))
    short = len(HEADER)
    writer.writerows(cells(row) if row.signature else cells(row)[:short] for row in rows)
    return written.getvalue().encode("utf-8")


def read_ledger(data: bytes, file: str, trust: LedgerTrust = TRUSTING) -> Ledger:
    """Return the ledger in a file; its lines may be in any order, and doubled ones are settled.

    Raises the errors of `list_rows`.
    """
    return Ledger(file, settle_rows(row for _, row in list_rows(data, file)), trust)


def list_rows(data: bytes, file: str) -> list[tuple[int, ReviewRow]]:
    """Return every row of a ledger file with the number of its line.

    Raises PublishError (code `ledger`) with the wrong line and a fix, also for an empty file,
    which would lose approvals and rejections unnoticed; code `charset` if it is not UTF-8.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        hint = "restore it from git, or delete it to start again"
        raise _wrong("the file is empty: its reviews are lost", Span(file, 1, 1), hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        span = Span(file, number, number)
        hint = "save it as UTF-8"
        raise PublishError("the file is not UTF-8", span, hint, code="charset") from error
    rows: list[tuple[int, ReviewRow]] = []
    for number, line in enumerate(text.split("\n"), 1):
        span = Span(file, number, number)
        cells = _cells(line.removesuffix("\r"), span)
        header = cells in (HEADER, SIGNED_HEADER)
        if number == 1 and cells and not header:
            raise _wrong(f"the columns must be {', '.join(HEADER)}", span, RESTORE)
        if cells and not header:
            rows.append((number, _row(cells, span)))
    return rows


RESTORE = "restore an earlier version from git; let publish review write this file"
DELETE = "delete the line, then review the sentence again"


def _cells(line: str, span: Span) -> tuple[str, ...]:
    """Return the cells of a line; none for a blank line."""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        hint = "delete the lines that begin with <<<<<<<, ======= and >>>>>>>; keep both sides"
        raise _wrong("the file has a merge conflict", span, hint)
    try:
        return tuple(next(csv.reader([line], strict=True), ()))
    except csv.Error:
        raise _wrong("a quotation mark is not closed", span, DELETE) from None


def _row(cells: tuple[str, ...], span: Span) -> ReviewRow:
    if len(cells) not in (len(HEADER), len(SIGNED_HEADER)):
        said = f"the row has {len(cells)} cells, not {len(HEADER)} or {len(SIGNED_HEADER)}"
        raise _wrong(said, span, DELETE)
    *digests, state, reviewer, when, reason = cells[: len(HEADER)]
    for name, digest in zip(HEADER, digests, strict=False):
        if not DIGEST.fullmatch(digest):
            raise _wrong(f"{digest!r} is not a digest (column {name})", span, DELETE)
    if state not in get_args(Decision):
        hint = did_you_mean(state, get_args(Decision))
        raise _wrong(f"{state!r} is not a state", span, hint)
    if why := explain_wrong_reviewer(reviewer):
        raise _wrong(f"the reviewer: {why}", span, "write a role or a pseudonym")
    if why := explain_wrong_reason(reason):
        raise _wrong(f"the reason: {why}", span, "write it on one line, in words")
    sentence, translation, typography, surroundings = digests
    key, signature = _signature(cells[len(HEADER) :], span)
    return ReviewRow(
        sentence=sentence,
        translation=translation,
        typography=typography,
        surroundings=surroundings,
        state=cast("Decision", state),
        reviewer=reviewer,
        when=_when(when, span),
        reason=reason,
        key=key,
        signature=signature,
    )


def _signature(cells: tuple[str, ...], span: Span) -> tuple[str, str]:
    """Return the id of a key and a signature; both are empty, or neither."""
    if not any(cells):
        return "", ""
    key, signature = cells
    if not KEY.fullmatch(key):
        raise _wrong(f"{key!r} is not the id of a key", span, DELETE)
    if decode_signature(signature) is None:
        raise _wrong("the signature is not one: it must be 88 characters of base64", span, DELETE)
    return key, signature


def _when(text: str, span: Span) -> str:
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"):
        try:
            if datetime.strptime(text, form).replace(tzinfo=UTC).strftime(form) == text:
                return text
        except ValueError:
            continue
    hint = "write it as 2024-06-24, or 2024-06-24T10:11:12Z"
    raise _wrong(f"{text!r} is not a date", span, hint)


def write_time(moment: datetime) -> str:
    """Return a time as a row has it, in UTC and to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _wrong(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code="ledger")
