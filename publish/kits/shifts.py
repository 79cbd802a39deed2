"""Find texts that came back beside another sentence than they were sent with.

In a spreadsheet a column is soon moved or sorted alone.  Each row has the fingerprint of the
translation that was sent with it, so a text that was sent with another row is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from publish.catalogs.comparing import fold_text
from publish.catalogs.matching import measure_likeness
from publish.kits.returnedtexts import RejectedText, ReturnedText

__all__ = ["Shifts", "find_shifts"]

SHOWN = 4
"""So many runs of moved texts are named one by one; of more, the column was sorted."""

ALIKE = 0.75
"""The least likeness of two sentences that one text may do for."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A text by its number in the file, and the number of the one it was sent as.

    `gone` tells that the text stands no longer where it was sent.
    """

    at: int
    origin: int
    gone: bool

    @property
    def rows(self) -> int:
        return self.at - self.origin


@dataclass(frozen=True, slots=True)
class Shifts:
    """The texts beside other sentences; `stops` says that nothing of the file can be trusted."""

    rejected: tuple[RejectedText, ...] = ()
    stops: bool = False


def find_shifts(texts: Sequence[ReturnedText]) -> Shifts:
    """Return the texts of a file that were sent with another sentence of it, as rejected.

    A text may be copied to a sentence that is much alike, as suggestions are.  If two texts or
    more were moved, not copied, each run of them is one rejected text, and nothing may be taken.
    """
    moves = _find_moves(texts)
    if sum(move.gone for move in moves) < 2:
        return Shifts(tuple(_copied(texts[one.at], texts[one.origin]) for one in moves))
    runs = [list(run) for _, run in groupby(moves, key=lambda move: move.rows)]
    if len(runs) > SHOWN:
        return Shifts((_sorted(texts, moves),), stops=True)
    return Shifts(tuple(_shifted(texts, run) for run in runs), stops=True)


def _find_moves(texts: Sequence[ReturnedText]) -> list[_Move]:
    owners: dict[str, list[int]] = {}
    for number, one in enumerate(texts):
        if one.base:
            owners.setdefault(one.base.removeprefix("?"), []).append(number)
    marks = [one.mark.removeprefix("?") for one in texts]
    moves = []
    for number, one in enumerate(texts):
        origins = owners.get(marks[number], []) if one.text.strip() and not one.problem else []
        if number in origins or not origins or one.suggested:
            continue
        if any(_alike(texts[origin], one) for origin in origins):
            continue
        origin = min(origins, key=lambda other: abs(other - number))
        gone = all(marks[other] != marks[number] for other in origins)
        if gone or not any(_may_be_copied(texts[other], one) for other in origins):
            moves.append(_Move(number, origin, gone))
    return moves


def _alike(one: ReturnedText, other: ReturnedText) -> bool:
    """Return whether the sentences of two texts read the same, as far as the file tells."""
    if one.source is None or other.source is None:
        return one.id == other.id
    return fold_text(one.source).casefold() == fold_text(other.source).casefold()


def _may_be_copied(one: ReturnedText, other: ReturnedText) -> bool:
    """Return whether the sentences of two texts are so alike that one text may do for both."""
    return measure_likeness(one.source or "", other.source or "") >= ALIKE


def _copied(one: ReturnedText, origin: ReturnedText) -> RejectedText:
    return RejectedText(
        returned=one,
        code="kit-moved",
        reason=f"this text was sent beside another sentence, at {origin.place}",
        hint="put it back; if it is right here too, enter it in the catalog",
    )


def _shifted(texts: Sequence[ReturnedText], run: Sequence[_Move]) -> RejectedText:
    first, last = texts[run[0].at], texts[run[-1].at]
    rows = run[0].rows
    where = first.place if first is last else f"{first.place}:{last.place}"
    stand = "stands" if first is last else "stand"
    far = "one row" if abs(rows) == 1 else f"{abs(rows)} rows"
    return RejectedText(
        returned=first,
        code="kit-shifted",
        reason=f"{where} {stand} {far} too {'low' if rows > 0 else 'high'}; "
        "nothing was taken from this file",
        hint="move the cells back beside their own sentences, then import the file again",
    )


def _sorted(texts: Sequence[ReturnedText], moves: Sequence[_Move]) -> RejectedText:
    first, last = texts[moves[0].at], texts[moves[-1].at]
    return RejectedText(
        returned=first,
        code="kit-shifted",
        reason=f"{len(moves)} of the texts {first.place}:{last.place} stand beside other "
        "sentences, as if one column had been sorted alone; nothing was taken from this file",
        hint="undo the sorting, or sort all columns together, then import the file again",
    )
