"""Text that stands beside the bookmark of a sentence, though it belongs to the sentence.

A program puts what is typed at the end of a bookmark outside of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from publish.kits.wordcuts import fold_letters, has_end
from publish.kits.wordpieces import WordPiece, cut_piece, join_pieces, slice_text, trim_text
from publish.languages.language import Language

__all__ = ["settle_loose"]


def settle_loose(
    theirs: Sequence[WordPiece], ours: Sequence[WordPiece], language: Language
) -> list[WordPiece]:
    """Return the pieces of an edited file, with loose text joined to the sentence beside it.

    Words that the edition has between its sentences, `ours`, stay apart.
    """
    added = {fold_letters(one.text) for one in ours if not one.name and one.text}
    labels = {
        one.name: before.text
        for before, one in pairwise(ours)
        if one.name and before.text and not before.name and before.block == one.block
    }
    sent = {name: one for one in ours for name in one.names}
    rest = list(theirs)
    done: list[WordPiece] = []
    while rest:
        piece = rest.pop(0)
        if piece.name or fold_letters(piece.text) in added:
            done.append(piece)
            continue
        before = done[-1] if done and done[-1].name and _goes_on(done[-1], piece, sent) else None
        after = rest[0] if rest and rest[0].name and _leads_on(piece, rest[0], sent) else None
        label = labels.get(after.name, "") if after is not None else ""
        if cut := _cut_label(piece, label):
            rest[:0] = cut
            continue
        if len(cut := cut_piece(piece, language)) > 1:
            rest[:0] = cut
            continue
        if before is not None and (not piece.shows or _is_cut_off(before, sent)):
            done[-1] = join_pieces([before, piece])
            continue
        if after is not None and (not piece.shows or _lost_start(piece, after, sent)):
            rest[0] = replace(join_pieces([piece, after]), tight=piece.tight)
            continue
        left = piece
        if before is not None and piece.tight:
            head, left_over = _divide(piece, first=True)
            done[-1] = join_pieces([before, head])
            if left_over is None:
                continue
            left = left_over
        if after is not None and after.tight:
            tail, left_over = _divide(left, first=False)
            rest[0] = join_pieces([tail, after])
            if left_over is None:
                continue
            left = left_over
        done.append(left)
    return done


def _cut_label(piece: WordPiece, label: str) -> list[WordPiece]:
    """Return a piece apart from the number of a paragraph at one of its ends, if it has one."""
    text = piece.content.text
    words = text.split()
    if not label or len(words) < 2 or label not in (words[0], words[-1]):
        return []
    at = text.index(label) + len(label) if words[0] == label else text.rindex(label)
    parts = [slice_text(piece.content, 0, at), slice_text(piece.content, at, len(text))]
    first, second = (replace(piece, content=trim_text(part)) for part in parts)
    return [first, replace(second, tight=False, comments=())]


def _lost_start(piece: WordPiece, after: WordPiece, sent: dict[str, WordPiece]) -> bool:
    """Return whether a sentence lost its first word, so that what stands before is its new one."""
    own = next((sent[name] for name in after.names if name in sent), None)
    if own is None or not own.text or not after.text or has_end(piece.text):
        return False
    return own.text.split()[0] != after.text.split()[0]


def _leads_on(piece: WordPiece, after: WordPiece, sent: dict[str, WordPiece]) -> bool:
    """Return whether a piece stands right before a sentence, or begins it in a paragraph before."""
    if piece.last == after.block:
        return True
    leads = piece.last + 1 == after.block and piece.note == after.note
    return leads and after.text[:1].islower() and _lost_start(piece, after, sent)


def _goes_on(before: WordPiece, piece: WordPiece, sent: dict[str, WordPiece]) -> bool:
    """Return whether a piece stands right behind a sentence, or goes on with it in a paragraph."""
    if before.last == piece.block:
        return True
    follows = before.last + 1 == piece.block and before.note == piece.note
    return follows and _is_cut_off(before, sent) and not piece.text[:1].isupper()


def _is_cut_off(piece: WordPiece, sent: dict[str, WordPiece]) -> bool:
    """Return whether a sentence lost its end, so that what follows may be its new one."""
    own = next((sent[name] for name in piece.names if name in sent), None)
    if own is None or not piece.text:
        return False
    return has_end(own.text) and not has_end(piece.text)


def _divide(piece: WordPiece, *, first: bool) -> tuple[WordPiece, WordPiece | None]:
    """Return the first or the last word of a piece, and the rest of it."""
    text = piece.content.text
    words = text.split(maxsplit=1) if first else text.rsplit(maxsplit=1)
    if len(words) < 2:
        return piece, None
    at = len(words[0]) if first else len(text) - len(words[1])
    lead = replace(piece, content=slice_text(piece.content, 0, at))
    tail_start = at + len(text[at:]) - len(text[at:].lstrip())
    tail = replace(piece, content=slice_text(piece.content, tail_start, len(text)), comments=())
    if first:
        return lead, replace(tail, tight=False)
    end = len(text[:at].rstrip())
    return replace(tail, tight=False), replace(lead, content=slice_text(piece.content, 0, end))
