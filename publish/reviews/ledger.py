"""The review ledger: who approved or rejected which translation, kept beside its catalog.

A row names texts by digests only, so that it can never vouch for a text it was not written for:
when either side changes, the digests differ and the row holds no longer.  A row is one line and
rows are sorted by digest, so git merges two ledgers line by line (`merge=union`); where two rows
then tell of the same texts, the later day wins, and of one day the rejection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, cast, get_args

from publish.errors import PublishError, did_you_mean
from publish.model import Span

__all__ = [
    "Decision",
    "Ledger",
    "ReviewRow",
    "dump_ledger",
    "read_ledger",
    "recorded",
    "settled",
    "wrong_reason",
    "wrong_reviewer",
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
LONGEST = 60
"""Characters of a reviewer's name: a role or a pseudonym needs no more."""
FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet take a cell for a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One decision.

    `sentence` is the digest of context and source with its typography folded, `translation` that
    of the exact translation, `typography` that of the translation folded, `surroundings` that of
    the neighbours and of the addresses of links.
    """

    sentence: str
    translation: str
    typography: str
    surroundings: str
    state: Decision
    reviewer: str
    day: date
    reason: str = ""

    @property
    def texts(self) -> tuple[str, str]:
        """What the row vouches for."""
        return (self.sentence, self.translation)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a file, one for each pair of texts, sorted."""

    file: str
    rows: tuple[ReviewRow, ...] = ()


def settled(rows: Iterable[ReviewRow]) -> tuple[ReviewRow, ...]:
    """One row for each pair of texts, sorted by digest.

    Of several the one of the latest day; of one day a rejection, since a doubt is worth more
    than a consent.  Law: the order of the rows does not matter, and settling twice is once.
    """
    found: dict[tuple[str, str], ReviewRow] = {}
    for row in rows:
        known = found.setdefault(row.texts, row)
        if _weight(row) > _weight(known):
            found[row.texts] = row
    return tuple(found[texts] for texts in sorted(found))


def _weight(row: ReviewRow) -> tuple[date, bool, str, str, str, str]:
    rejects = row.state == "rejected"
    return (row.day, rejects, row.reviewer, row.reason, row.surroundings, row.typography)


def recorded(
    ledger: Ledger, rows: Iterable[ReviewRow], instead: Iterable[ReviewRow] = ()
) -> Ledger:
    """The ledger with new rows, which take the place of all others on their sentences.

    `instead` are further rows that they replace: those of an earlier wording of the source.
    """
    new = tuple(rows)
    gone, sentences = set(instead), {row.sentence for row in new}
    kept = (row for row in ledger.rows if row not in gone and row.sentence not in sentences)
    return Ledger(ledger.file, settled((*kept, *new)))


# --------------------------------------------------------------------------- people


def wrong_reviewer(name: str) -> str:
    """Why a name cannot stand in a ledger, empty if it can: it is published with the catalogs."""
    if not name.strip() or name != name.strip():
        return "the reviewer has no name" if not name.strip() else "there are spaces around it"
    if "@" in name or "://" in name:
        return "an address does not belong into a ledger"
    if len(name) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if not all(character.isalnum() or character in " -'’." for character in name):
        return "it has characters other than letters, digits, spaces, hyphens and full stops"
    return _formula(name)


def wrong_reason(reason: str) -> str:
    """Why a reason cannot stand in a ledger, empty if it can."""
    if any(not character.isprintable() for character in reason):
        return "it has a line break or a character that cannot be seen"
    return _formula(reason)


def _formula(text: str) -> str:
    starts = text.lstrip().startswith(FORMULA)
    return "a spreadsheet would take it for a formula: begin with a word" if starts else ""


# --------------------------------------------------------------------------- files


def dump_ledger(ledger: Ledger) -> bytes:
    """The file of a ledger (RFC 4180 with unix line ends); its first line names the columns."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(
        [getattr(row, column.name) for column in fields(ReviewRow)] for row in settled(ledger.rows)
    )
    return written.getvalue().encode("utf-8")


def read_ledger(data: bytes, file: str) -> Ledger:
    """The ledger in a file, in whatever order its lines stand, doubled lines settled.

    Raises PublishError `ledger` with the line that is wrong and the way out, also for a file
    that was emptied: approvals would lapse unseen, and rejections with them.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        hint = "restore it from git, or delete it to review anew"
        raise _wrong("the file is empty: its reviews are gone", Span(file, 1, 1), hint)
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
            raise _wrong(f"the columns are not {', '.join(HEADER)}", span, RESTORE)
        if cells and cells != HEADER:
            rows.append(_row(cells, span))
    return Ledger(file, settled(rows))


RESTORE = "take the file back from an earlier version; publish review writes it"
DELETE = "delete the line, and review the sentence again"


def _cells(line: str, span: Span) -> tuple[str, ...]:
    """The cells of a line, none of a blank one."""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        hint = "delete the lines that begin with <<<<<<<, ======= and >>>>>>>: both sides may stay"
        raise _wrong("a mark of a merge conflict", span, hint)
    try:
        return tuple(next(csv.reader([line], strict=True), ()))
    except csv.Error:
        raise _wrong("a quotation mark is not closed", span, DELETE) from None


def _row(cells: tuple[str, ...], span: Span) -> ReviewRow:
    if len(cells) != len(HEADER):
        said = f"the row has {len(cells)} cells, not {len(HEADER)}"
        raise _wrong(said, span, DELETE)
    *digests, state, reviewer, day, reason = cells
    for name, digest in zip(HEADER, digests, strict=False):
        if not DIGEST.fullmatch(digest):
            raise _wrong(f"{digest!r} is no digest ({name})", span, DELETE)
    if state not in get_args(Decision):
        hint = did_you_mean(state, get_args(Decision))
        raise _wrong(f"{state!r} is no state", span, hint)
    if why := wrong_reviewer(reviewer):
        raise _wrong(f"the reviewer: {why}", span, "write a role or a pseudonym")
    if why := wrong_reason(reason):
        raise _wrong(f"the reason: {why}", span, "write it on one line, in words")
    sentence, translation, typography, surroundings = digests
    return ReviewRow(
        sentence=sentence,
        translation=translation,
        typography=typography,
        surroundings=surroundings,
        state=cast("Decision", state),
        reviewer=reviewer,
        day=_day(day, span),
        reason=reason,
    )


def _day(text: str, span: Span) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"{text!r} is no day", span, "write it as 2024-06-24") from None
    if text != found.isoformat():
        raise _wrong(f"{text!r} is no day", span, f"write it as {found.isoformat()}")
    return found


def _wrong(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code="ledger")
