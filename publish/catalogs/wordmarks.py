"""Two wordings of a sentence side by side: which words went, which came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

__all__ = ["MarkedPiece", "word_marks"]

TOKEN = re.compile(r"\s+|\w+(?:[-’'.,]\w+)*|[^\w\s]")
MOST = 4000
"""Words up to which two wordings are compared; the memory for it grows with their product."""


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A stretch of text; `changed` says that the other wording does not have it there."""

    text: str
    changed: bool


def word_marks(old: str, new: str) -> tuple[tuple[MarkedPiece, ...], tuple[MarkedPiece, ...]]:
    """Both wordings cut into stretches that are common and stretches that are not.

    Laws: the pieces of a side joined are its text; what is common is the same on both sides,
    spaces aside.  Words are compared whole, and what stands between two changed words as well.
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
    """The tokens in runs; a space is marked where it stands between two marked words, only."""
    for at, token in enumerate(tokens):
        if token.isspace():
            kept[at] = any(kept[max(at - 1, 0) : at] + kept[at + 1 : at + 2]) or not (
                0 < at < len(tokens) - 1
            )
    runs = groupby(zip(tokens, kept, strict=True), key=lambda pair: pair[1])
    return tuple(MarkedPiece("".join(text for text, _ in run), not same) for same, run in runs)
