"""Pieces of an edited file cut as those of the edition are, and how texts are compared for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from publish.aligning.marktexts import MarkedText
from publish.catalogs.comparing import DASHES, QUOTES
from publish.kits.wordpieces import WordPiece, cut_piece, slice_text, trim_text
from publish.languages.language import Language
from publish.visible import ZERO_WIDTH

__all__ = ["cut_like", "cut_out", "fold_letters", "has_end"]

ENDS = tuple(".!?…؟。।։")
CLOSING = "\"'”’»›)]）」』 \u00a0"
LONG = 12
"""So many letters are not by chance at the end of a text."""

_FOLDED = str.maketrans(
    {
        **dict.fromkeys(QUOTES, "'"),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(ZERO_WIDTH, ""),
        "…": ".",
    }
)


def fold_letters(text: str) -> str:
    """Return a text without spaces and without its typography."""
    return "".join(text.translate(_FOLDED).split())


def has_end(text: str) -> bool:
    """Return whether a text ends as a sentence does."""
    return text.rstrip(CLOSING).endswith(ENDS)


def _measure(text: str, letters: int, start: int = 0) -> int:
    """Return where so many letters of a text end."""
    at = start
    while letters > 0:
        letters -= len(fold_letters(text[at]))
        at += 1
    return at


def _slice(piece: WordPiece, start: int, end: int) -> WordPiece:
    """Return a range of a piece without spaces at its ends, and without its name."""
    part = slice_text(piece.content, start, end)
    if start:  # What stands right behind a word belongs to that.
        part = MarkedText(part.text, tuple(one for one in part.marks if one.end))
    content = trim_text(part)
    comments = piece.comments if start == 0 else ()
    tight = piece.tight and not start
    return replace(piece, content=content, name="", also=(), tight=tight, comments=comments)


def cut_like(piece: WordPiece, texts: Sequence[str]) -> Iterator[WordPiece]:
    """Yield a piece that has the same letters as these texts together, cut as they are."""
    at = 0
    for number, text in enumerate(texts, 1):
        last = number == len(texts)
        end = len(piece.content.text) if last else _measure(piece.content.text, len(text), at)
        yield _slice(piece, at, end)
        at = end


def cut_out(piece: WordPiece, own: Sequence[WordPiece], language: Language) -> Iterator[WordPiece]:
    """Yield a piece cut into sentences, and where pieces of the edition, `own`, begin or end."""
    known = [(one, fold_letters(one.text)) for one in own]
    starts = [text for one, text in known if text and (not one.name or has_end(one.text))]
    ends = [text for one, text in known if len(text) >= LONG]
    joints = [
        before + text[:LONG]
        for (label, before), (one, text) in pairwise(known)
        if before and not label.name and one.name and label.block == one.block
    ]
    rest = [piece]
    while rest:
        one = rest.pop()
        letters = fold_letters(one.text)
        at = _find_cut(one, letters, starts, ends, joints)
        if at:
            rest += [_slice(one, at, len(one.content.text)), _slice(one, 0, at)]
            continue
        first, *others = cut_piece(one, language)
        if others:
            rest += reversed([first, *others])
        else:
            yield replace(one, name="", also=())


def _find_cut(
    piece: WordPiece,
    letters: str,
    starts: Sequence[str],
    ends: Sequence[str],
    joints: Sequence[str],
) -> int:
    """Return where a text of the edition ends or begins in a piece that has more than it, or 0.

    `joints` are numbers of paragraphs with the first letters of their texts.
    """
    text = piece.content.text
    if letters in ends or letters in starts:
        return 0
    for one in starts:
        if letters.startswith(one):
            at = _measure(text, len(one))
            if text[at : at + 1].isspace():
                return at
    for one in ends:
        if letters.endswith(one):
            at = _measure(text, len(letters) - len(one))
            around = text[at - 1 : at + 1]
            if any(map(str.isspace, around)) or not around[-1:].isalnum():
                return at
    for one in joints:
        place = letters.find(one)
        if place > 0 and text[(at := _measure(text, place)) : at + 1].isspace():
            return at
    return 0
