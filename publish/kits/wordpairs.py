"""Find which piece of an edition each piece of an edited file is: by bookmarks, else by likeness.

A piece whose sentence is not certain is left over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from publish.kits.wordcuts import cut_like, cut_out, fold_letters
from publish.kits.wordlikeness import Gap, pair_alike
from publish.kits.wordpieces import WordPiece, cut_piece
from publish.languages.language import Language

__all__ = ["Pairing", "pair_pieces"]

HALF = 0.4
"""The part of a sentence that may be in another one's bookmark."""


@dataclass(slots=True)
class Pairing:
    """What became of the pieces of two files.

    `texts` are pieces of the edited file by the number of their piece in the edition; `moved` are
    those that stand at another place, `added` those that no sentence was found for.
    """

    texts: dict[int, WordPiece] = field(default_factory=dict)
    moved: dict[int, WordPiece] = field(default_factory=dict)
    added: list[WordPiece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Work:
    ours: Sequence[WordPiece]
    sentences: frozenset[int]
    passages: frozenset[int]
    language: Language
    found: Pairing


def pair_pieces(
    ours: Sequence[WordPiece],
    theirs: Sequence[WordPiece],
    sentences: frozenset[int],
    passages: frozenset[int],
    language: Language,
) -> Pairing:
    """Return which pieces of an edited file are which pieces of the edition.

    `sentences` are the numbers of those that are sentences of the catalog, `passages` of those that
    the edition shows in the language of the source.
    Law: every piece of `theirs` is in the result, alone or joined with others, once.
    """
    work = _Work(ours, sentences, passages, language, Pairing())
    numbers = {name: number for number, one in enumerate(ours) for name in one.names}
    named = _list_named(theirs, numbers)
    kept = _find_order(named)
    work.found.moved.update((i, theirs[at]) for i, at in named if (i, at) not in kept)
    there = frozenset(number for number, _ in named)
    anchors = [one for one in sorted(kept) if not _holds_more(work, one[0], theirs[one[1]], there)]
    work.found.texts.update((i, theirs[at]) for i, at in anchors)
    moved = {id(one) for one in work.found.moved.values()}
    for (i, at), (to, end) in pairwise([(-1, -1), *anchors, (len(ours), len(theirs))]):
        gap = [number for number in range(i + 1, to) if number not in work.found.moved]
        pieces = [one for one in theirs[at + 1 : end] if id(one) not in moved]
        _pair_gap(work, gap, pieces)
    return work.found


def _list_named(theirs: Sequence[WordPiece], numbers: dict[str, int]) -> list[tuple[int, int]]:
    """Return the numbers of the sentences that have a bookmark, each once, with their pieces."""
    named: dict[int, int] = {}
    for at, one in enumerate(theirs):
        number = next((numbers[name] for name in one.names if name in numbers), None)
        if number is not None:
            named.setdefault(number, at)
    return list(named.items())


def _find_order(named: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the longest run of bookmarks that are in the order of the edition."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (number, _) in enumerate(named):
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [at]
        before.append(ends[place - 1] if place else -1)
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(named[at])
        at = before[at]
    return kept


def _holds_more(work: _Work, number: int, piece: WordPiece, there: frozenset[int]) -> bool:
    """Return whether a bookmark may have a sentence in it that has lost its own."""
    if fold_letters(piece.text) == fold_letters(work.ours[number].text):
        return False
    beside = [
        next((i for i in way if work.ours[i].name), None)
        for way in (range(number - 1, -1, -1), range(number + 1, len(work.ours)))
    ]
    lost = [work.ours[i].text for i in beside if i is not None and i not in there]
    if not lost:
        return False
    longer = len(piece.text) - len(work.ours[number].text)
    return longer > HALF * min(map(len, lost)) or len(cut_piece(piece, work.language)) > 1


# --------------------------------------------------------------------------- between bookmarks


def _pair_gap(work: _Work, gap: list[int], pieces: list[WordPiece]) -> None:
    """Pair what stands between two bookmarks that are in both files."""
    for numbers, rest in _same_blocks(work, gap, pieces) if pieces else ():
        own = [work.ours[number] for number in numbers]
        cut = [part for one in rest for part in cut_out(one, own, work.language)]
        for some, others in list(_same_pieces(work, numbers, cut)):
            taken, left = pair_alike(
                Gap(
                    numbers=some, pieces=others, ours=work.ours, sentences=work.sentences,
                    passages=work.passages, done=work.found.texts, language=work.language,
                )
            )  # fmt: skip
            work.found.texts |= taken
            work.found.added += left


def _hunks(
    ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Yield the runs of texts, and whether they are the same."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, i, to, at, end in matcher.get_opcodes():
        yield tag == "equal", (i, to), (at, end)


def _same_blocks(
    work: _Work, gap: list[int], pieces: list[WordPiece]
) -> Iterator[tuple[list[int], list[WordPiece]]]:
    """Take the blocks that are the same in both files, and yield what stands between them."""
    blocks: dict[int, list[int]] = {}
    for number in gap:
        blocks.setdefault(work.ours[number].block, []).append(number)
    groups = list(blocks.values())
    cuts = [[fold_letters(work.ours[number].text) for number in group] for group in groups]
    texts = ["".join(cut) for cut in cuts]
    letters = [fold_letters(one.text) for one in pieces]
    for same, (i, to), (at, end) in _hunks(texts, letters):
        if same:
            for group, cut, piece in zip(groups[i:to], cuts[i:to], pieces[at:end], strict=True):
                work.found.texts.update(zip(group, cut_like(piece, cut), strict=True))
        else:
            yield [number for group in groups[i:to] for number in group], pieces[at:end]


def _same_pieces(
    work: _Work, numbers: list[int], pieces: list[WordPiece]
) -> Iterator[tuple[list[int], list[WordPiece]]]:
    """Take the pieces that are the same in both files, and yield what stands between them."""
    ours = [fold_letters(work.ours[number].text) for number in numbers]
    for same, (i, to), (at, end) in _hunks(ours, [fold_letters(one.text) for one in pieces]):
        if same:
            work.found.texts.update(zip(numbers[i:to], pieces[at:end], strict=True))
        else:
            yield numbers[i:to], pieces[at:end]
