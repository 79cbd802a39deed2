"""Which changed sentences of an edition pieces of an edited file are, by likeness and by place.

What is not certain is left over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from publish.aligning.pieces import Piece
from publish.aligning.texts import align_texts
from publish.catalogs.matching import measure_likeness
from publish.kits.wordcuts import has_end
from publish.kits.wordpieces import WordPiece, join_pieces
from publish.languages.language import Language

__all__ = ["Gap", "pair_alike"]

LIKE = 0.55
"""The least likeness of a sentence and its changed text.  That of two sentences of one text that
have nothing to do with each other is 0.35 at most."""
REWORDED = 0.4
"""The same, if the text stands where the sentence stood, and nothing else does."""
SURE = 0.6
"""How sure must be which sentence of the source a text translates."""
LONGEST = 3.5
"""How many times longer a text may be than the sentence in whose place it stands."""
OWN = 0.5
"""The part of the words of a piece that are in a sentence that it was cut from."""
BESIDE = 0.3
"""The part of the words of a sentence that would be in the text of the one beside it."""
MOST = 30_000
"""So many pairs of pieces are compared in one gap; in a larger one only those that are the same."""
MOST_PIECES = 4
"""So many pieces may have become of one sentence."""
STOPS = ",.;:)]}»”’。，、"

WORDS = re.compile(r"\w+")
_Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Pieces of an edition that have no partner yet, by number, and those of an edited file.

    `ours` are all pieces of the edition, `sentences` the numbers of those that are sentences,
    `passages` of those in the language of the source.  `done` are the pieces that have a partner.
    """

    numbers: Sequence[int]
    pieces: Sequence[WordPiece]
    ours: Sequence[WordPiece]
    sentences: frozenset[int]
    passages: frozenset[int]
    done: Mapping[int, WordPiece]
    language: Language

    @property
    def space(self) -> str:
        return self.language.sentence_space or " "

    def join(self, begin: int, end: int) -> WordPiece:
        """Return a range of the pieces as one."""
        return join_pieces(self.pieces[begin:end], self.space)


def pair_alike(gap: Gap) -> tuple[dict[int, WordPiece], list[WordPiece]]:
    """Return the texts of changed sentences, by number, and the pieces that are left over."""
    if not gap.numbers or len(gap.numbers) * len(gap.pieces) > MOST:
        return {}, list(gap.pieces)
    groups = _best_groups(gap)
    certain = [one for one in groups if _is_certain(gap, one, groups)]
    taken = {gap.numbers[at]: gap.join(*pieces) for at, pieces in certain}
    done = {**gap.done, **taken}
    left: list[WordPiece] = []
    i, at = 0, 0
    for number, (begin, end) in (*certain, (len(gap.numbers), (len(gap.pieces), len(gap.pieces)))):
        rest = gap.pieces[at:begin]
        more, unused = _pair_by_place(gap, gap.numbers[i:number], rest, done)
        unsure = {gap.numbers[one] for one, _ in groups if one not in {a for a, _ in certain}}
        if unsure.intersection(more):
            more, unused = {}, list(rest)
        taken |= more
        left += unused
        i, at = number + 1, end
    return taken, left


@lru_cache(maxsize=65_536)
def _likeness(one: str, other: str) -> float:
    if not one or not other or len(one) > 3 * len(other) or len(other) > 3 * len(one):
        return 0.0
    return measure_likeness(one, other)


def _best_groups(gap: Gap) -> list[tuple[int, _Range]]:
    """Return sentences with ranges of pieces so that they are most alike in sum, in order."""
    ours = [gap.ours[number].text for number in gap.numbers]
    theirs = [one.text for one in gap.pieces]
    best: dict[_Range, tuple[float, int, int]] = {}
    for i in range(len(ours), -1, -1):
        for at in range(len(theirs), -1, -1):
            options = [(0.0, 0, 0)]
            options += [(best[i + 1, at][0], 1, 0)] if i < len(ours) else []
            options += [(best[i, at + 1][0], 0, 1)] if at < len(theirs) else []
            most = min(MOST_PIECES, len(theirs) - at) if i < len(ours) else 0
            for q in range(1, most + 1):
                part = theirs[at : at + q]
                if q > 1 and not (_is_of(part[0], ours[i]) and _is_of(part[-1], ours[i])):
                    continue
                like = _likeness(ours[i], gap.space.join(part))
                if like >= LIKE:
                    gain = like - LIKE / 2 + 0.05 * (q - 1)
                    options.append((best[i + 1, at + q][0] + gain, 1, q))
            best[i, at] = max(options)
    groups, i, at = [], 0, 0
    while best[i, at][1:] != (0, 0):
        _, p, q = best[i, at]
        if p and q:
            groups.append((i, (at, at + q)))
        i, at = i + p, at + q
    return groups


def _words(text: str) -> list[str]:
    return WORDS.findall(text.lower())


def _is_of(piece: str, own: str) -> bool:
    """Return whether a piece may be cut from a sentence: most of its words are in it."""
    words = _words(piece)
    known = frozenset(_words(own))
    return sum(word in known for word in words) >= OWN * len(words)


# --------------------------------------------------------------------------- certainty


def _is_certain(gap: Gap, group: tuple[int, _Range], groups: Sequence[tuple[int, _Range]]) -> bool:
    """Return whether a text is all of its sentence, and of no other one."""
    at, (begin, end) = group
    own, text = gap.ours[gap.numbers[at]], gap.join(begin, end).text
    if gap.numbers[at] not in gap.sentences:
        return True
    used = {place for _, (first, last) in groups for place in range(first, last)}
    for place in (begin - 1, end):
        if 0 <= place < len(gap.pieces) and place not in used:
            piece = gap.pieces[place]
            if not piece.shows or _is_of(piece.text, own.text):
                return False
    label = gap.ours[gap.numbers[at] - 1]
    if label.text.isdigit() and label.block == own.block and label.text in text.split():
        return False
    return _is_whole(own.text, text) and not _has_of_others(gap, at, text, groups)


def _is_whole(own: str, text: str) -> bool:
    """Return whether a text begins and ends as its sentence does."""
    if has_end(own) and not has_end(text):
        return False
    more = text.removeprefix(own).lstrip()
    if not has_end(own) and more != text and more[:1].isupper() and has_end(more):
        return False
    first, now = own[:1], text[:1]
    return not (first.isupper() and now.islower()) and not (first.isalnum() and now in STOPS)


def _has_of_others(gap: Gap, at: int, text: str, groups: Sequence[tuple[int, _Range]]) -> bool:
    """Return whether a text has words of the sentence beside its own, or that has some of its."""
    texts = {number: gap.join(*pieces).text for number, pieces in groups}
    for way in (range(at - 1, -1, -1), range(at + 1, len(gap.numbers))):
        beside = next((one for one in way if gap.numbers[one] in gap.sentences), None)
        if beside is None:
            continue
        ours = [Counter(_words(gap.ours[gap.numbers[one]].text)) for one in (at, beside)]
        theirs = [Counter(_words(one)) for one in (text, texts.get(beside, ""))]
        for one, other in ((0, 1), (1, 0)):
            strange = (theirs[one] - ours[one]) & (ours[other] - theirs[other])
            if strange.total() >= BESIDE * ours[other].total() > 0:
                return True
    return False


# --------------------------------------------------------------------------- by place


def _pair_by_place(
    gap: Gap, numbers: Sequence[int], pieces: Sequence[WordPiece], done: Mapping[int, WordPiece]
) -> tuple[dict[int, WordPiece], list[WordPiece]]:
    """Pair the one sentence at a place with what stands there now, if that is plausible."""
    sentences = [number for number in numbers if number in gap.sentences]
    wordy = [one for one in pieces if one.shows]
    if len(sentences) == 1 and wordy and _is_there(gap, sentences[0], wordy, done):
        own = gap.ours[sentences[0]].text
        text = join_pieces(wordy, gap.space).text
        long = max(len(own), len(text)) / max(1, min(len(own), len(text)))
        like = sentences[0] in gap.passages or (
            _likeness(own, text) >= REWORDED and _is_whole(own, text)
        )
        if long <= LONGEST and like:
            return {sentences[0]: join_pieces(pieces, gap.space)}, []
    if sentences and wordy and gap.passages.issuperset(sentences):
        return _pair_translated(gap, sentences, pieces)
    return {}, list(pieces)


def _is_there(
    gap: Gap, number: int, pieces: Sequence[WordPiece], done: Mapping[int, WordPiece]
) -> bool:
    """Return whether pieces stand in one block, as a sentence does, beside the same neighbours."""
    if len({one.block for one in pieces}) > 1:
        return False
    own = gap.ours[number]
    for other in (number - 1, number + 1):
        if other in done:
            same = gap.ours[other].block == own.block
            there = pieces[0].block in (done[other].block, done[other].last)
            if same != there:
                return False
    return True


def _pair_translated(
    gap: Gap, numbers: Sequence[int], pieces: Sequence[WordPiece]
) -> tuple[dict[int, WordPiece], list[WordPiece]]:
    """Pair sentences in the language of the source with texts that may translate them."""
    taken: dict[int, WordPiece] = {}
    left: list[WordPiece] = []
    groups = align_texts(_align([gap.ours[number] for number in numbers]), _align(pieces))
    for group in groups:
        targets = [pieces[at] for at in group.targets]
        blocks = {one.block for one in targets}
        if targets and len(group.sources) == 1 and group.sureness >= SURE and len(blocks) == 1:
            taken[numbers[group.sources[0]]] = join_pieces(targets, gap.space)
        else:
            left += targets
    return taken, left


def _align(pieces: Iterable[WordPiece]) -> list[Piece]:
    """Return pieces to align."""
    listed = list(pieces)
    made = []
    for at, one in enumerate(listed):
        opens = at == 0 or listed[at - 1].last != one.block
        ends = at + 1 == len(listed) or listed[at + 1].block != one.last
        made.append(Piece(text=one.text, block=one.block, kind="running", opens=opens, ends=ends))
    return made
