"""Read and write the review ledger: who approved or rejected which translation.

The file is kept beside its catalog.  A row names texts only by their digests, so when the source
or the translation changes, the row no longer applies.  A row is one line and rows are sorted by
digest, so git can merge two ledgers line by line (`merge=union`).  If two rows are then about the
same texts, the later one wins; of two at the same time, the rejection wins.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Literal, cast, get_args

from publish.errors import PublishError, did_you_mean
from publish.model import Span
from publish.signatures.reviewers import explain_formula, explain_wrong_reviewer

__all__ = [
    "Decision",
    "Ledger",
    "ReviewRow",
    "dump_ledger",
    "explain_wrong_reason",
    "read_ledger",
    "record_rows",
    "settle_rows",
    "write_time",
]

Decision = Literal["approved", "rejected"]

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
DIGEST = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One decision on a sentence and its translation, which it names by digests.

    `sentence` is the digest of the context and the folded source, `translation` that of the exact
    translation, `typography` that of the folded translation, and `surroundings` that of the
    neighbours and of the addresses of links.  `when` is a time such as `2024-06-24T10:11:12Z`, or a
    day alone, which counts as its beginning.
    """

    sentence: str
    translation: str
    typography: str
    surroundings: str
    state: Decision
    reviewer: str
    when: str
    reason: str = ""

    @property
    def texts(self) -> tuple[str, str]:
        """The digests of the two texts that the decision is about."""
        return (self.sentence, self.translation)

    @property
    def day(self) -> str:
        """The day of the decision, such as `2024-06-24`."""
        return self.when[:10]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a ledger, one for each pair of texts, sorted; `file` is its path as shown."""

    file: str
    rows: tuple[ReviewRow, ...] = ()


def settle_rows(rows: Iterable[ReviewRow]) -> tuple[ReviewRow, ...]:
    """Return one row for each pair of texts, sorted by digest.

    Of several rows, the latest wins; of two at the same time, a rejection wins, because a doubt
    counts more than a consent.  Law: the order of the rows does not matter, and settling the
    result again changes nothing.
    """
    found: dict[tuple[str, str], ReviewRow] = {}
    for row in rows:
        known = found.setdefault(row.texts, row)
        if known is not row and _weight(row) > _weight(known):
            found[row.texts] = row
    return tuple(found[texts] for texts in sorted(found))


def _weight(row: ReviewRow) -> tuple[str, bool, str, str, str, str]:
    rejects = row.state == "rejected"
    return (row.when, rejects, row.reviewer, row.reason, row.surroundings, row.typography)


def record_rows(
    ledger: Ledger, rows: Iterable[ReviewRow], instead: Iterable[ReviewRow] = ()
) -> Ledger:
    """Return the ledger with new rows, which replace all other rows about the same sentences.

    `instead` are further rows to replace: those for an earlier wording of the source.
    """
    new = tuple(rows)
    gone, sentences = set(instead), {row.sentence for row in new}
    kept = (row for row in ledger.rows if row not in gone and row.sentence not in sentences)
    return Ledger(ledger.file, settle_rows((*kept, *new)))


# --------------------------------------------------------------------------- people


def explain_wrong_reason(reason: str) -> str:
    """Return why a reason is not allowed in a ledger, empty if it is."""
    if any(not character.isprintable() for character in reason):
        return "it has a line break or an invisible character"
    return explain_formula(reason)


# --------------------------------------------------------------------------- files


def dump_ledger(ledger: Ledger) -> bytes:
    """Return the bytes of a ledger file (RFC 4180, Unix line ends), with a header line."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    cells = attrgetter(*(column.name for column in fields(ReviewRow)))
    writer.writerows(map(cells, settle_rows(ledger.rows)))
    return written.getvalue().encode("utf-8")


def read_ledger(data: bytes, file: str) -> Ledger:
    """Return the ledger in a file; its lines may be in any order, and doubled ones are settled.

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
    rows: list[ReviewRow] = []
    for number, line in enumerate(text.split("\n"), 1):
        span = Span(file, number, number)
        cells = _cells(line.removesuffix("\r"), span)
        if number == 1 and cells and cells != HEADER:
            raise _wrong(f"the columns must be {', '.join(HEADER)}", span, RESTORE)
        if cells and cells != HEADER:
            rows.append(_row(cells, span))
    return Ledger(file, settle_rows(rows))


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
    if len(cells) != len(HEADER):
        said = f"the row has {len(cells)} cells, not {len(HEADER)}"
        raise _wrong(said, span, DELETE)
    *digests, state, reviewer, when, reason = cells
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
    return ReviewRow(
        sentence=sentence,
        translation=translation,
        typography=typography,
        surroundings=surroundings,
        state=cast("Decision", state),
        reviewer=reviewer,
        when=_when(when, span),
        reason=reason,
    )


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
