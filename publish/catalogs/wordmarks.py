"""Mark the words that differ between two wordings of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel

__all__ = ["MarkedPiece", "MergedPiece", "mark_words", "merge_wordings"]

TOKEN = re.compile(r"\s+|\w+(?:[-’'.,]\w+)*|[^\w\s]")
MOST = 4000
"""Most tokens (words, spaces, marks) of a wording that is compared word by word.

The memory for a comparison grows with the product of both lengths.
"""


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A stretch of text; `changed` is true where the other wording does not have it."""

    text: str
    changed: bool


Side = Literal["both", "old", "new"]
"""Which of two wordings has a stretch of text."""


@dataclass(frozen=True, slots=True)
class MergedPiece:
    """A stretch of text of two wordings, and which of them has it."""

    text: str
    side: Side


def merge_wordings(old: str, new: str) -> tuple[MergedPiece, ...]:
    """Return both wordings as one text: what both have, what only the old one has, only the new.

    Laws: the pieces of `both` and `old` joined are the old wording, those of `both` and `new` the
    new one.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) > MOST or len(after) > MOST:
        return MergedPiece(old, "old"), MergedPiece(new, "new")
    pieces: list[MergedPiece] = []
    for code in Indel.opcodes(before, after):
        gone = "".join(before[code.src_start : code.src_end])
        came = "".join(after[code.dest_start : code.dest_end])
        if code.tag == "equal":
            pieces.append(MergedPiece(gone, "both"))
        else:
            pieces += [MergedPiece(gone, "old")] if gone else []
            pieces += [MergedPiece(came, "new")] if came else []
    return tuple(_sorted_runs(pieces))


def _sorted_runs(pieces: Sequence[MergedPiece]) -> Iterator[MergedPiece]:
    """Yield the pieces; between two common ones, all old text comes before all new text.

    A lone space between changed words counts as changed, so that words stay together.
    """
    lone = [
        piece.side == "both" and piece.text == " " and 0 < at < len(pieces) - 1
        for at, piece in enumerate(pieces)
    ]
    numbered = zip(pieces, lone, strict=True)
    for same, run in groupby(numbered, key=lambda pair: pair[0].side == "both" and not pair[1]):
        listed = [piece for piece, _ in run]
        if same:
            yield MergedPiece("".join(piece.text for piece in listed), "both")
            continue
        gone = "".join(piece.text for piece in listed if piece.side != "new")
        came = "".join(piece.text for piece in listed if piece.side != "old")
        yield from (MergedPiece(gone, "old"),) if gone else ()
        yield from (MergedPiece(came, "new"),) if came else ()


def mark_words(old: str, new: str) -> tuple[tuple[MarkedPiece, ...], tuple[MarkedPiece, ...]]:
    """Return both wordings in pieces, each either common to both or changed.

    Words are compared whole.  If a wording has more than `MOST` tokens, each is one changed piece.
    Laws: the pieces of a side joined are its text; the common pieces of both sides are the same,
    apart from spaces.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) > MOST or len(after) > MOST:
        return _whole(old), _whole(new)
    kept_old, kept_new = [False] * len(before), [False] * len(after)
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            kept_old[code.src_start : code.src_end] = [True] * (code.src_end - code.src_start)
            kept_new[code.dest_start : code.dest_end] = [True] * (code.dest_end - code.dest_start)
    return _pieces(before, kept_old), _pieces(after, kept_new)


def _whole(text: str) -> tuple[MarkedPiece, ...]:
    return (MarkedPiece(text, changed=True),) if text else ()


def _pieces(tokens: Sequence[str], kept: list[bool]) -> tuple[MarkedPiece, ...]:
    """Return the tokens in runs; a space is changed only between two changed tokens."""
    for at, token in enumerate(tokens):
        if token.isspace():
            kept[at] = any(kept[max(at - 1, 0) : at] + kept[at + 1 : at + 2]) or not (
                0 < at < len(tokens) - 1
            )
    runs = groupby(zip(tokens, kept, strict=True), key=lambda pair: pair[1])
    return tuple(MarkedPiece("".join(text for text, _ in run), not same) for same, run in runs)
