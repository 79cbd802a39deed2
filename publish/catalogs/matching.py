"""Pair the new sentences of a source with the gone ones that they are reworded from.

The similarity of two sentences is the mean of three measures, each from 0 to 1: the share of
their words and the share of their letters that are in the same order (by the Indel distance),
and the share of the weight of their words that they have in common, where rare words weigh more.
A neighbour that both have makes up for some missing similarity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import Indel

from publish.catalogs.wordindex import (
    Candidate,
    Neighbour,
    WordIndex,
    find_neighbours,
    index_candidates,
    select_part,
    sort_key,
)
from publish.model import Key

__all__ = [
    "Candidate",
    "Match",
    "Regrouping",
    "find_merges",
    "find_nearest",
    "find_splits",
    "match_in_index",
    "match_sentences",
    "measure_likeness",
    "rank_nearest",
]

THRESHOLD = 0.66
"""The least similarity of a match where no neighbour agrees."""
NEIGHBOUR = 0.13
"""The bonus for each of the two neighbours that agrees."""
OUT_OF_STEP = 0.02
"""What is taken off that bonus where the two are not equally far from the neighbour."""
CANDIDATES = 12
"""How many of the gone sentences that share words with a new one are compared with it."""
ROUNDS = 3
"""How many rounds are made; each uses the matches of the one before as neighbours."""

REGROUPED = 0.85
"""The least similarity, in words, of a sentence and the two that it was split into."""
PART = 0.7
"""The least similarity, in words, of each of the two to its own part of the whole."""


@dataclass(frozen=True, slots=True)
class Match:
    """A new sentence, the gone one that it replaces, and their similarity from 0 to 1."""

    new: Key
    old: Key
    score: float


@dataclass(frozen=True, slots=True)
class Regrouping:
    """A sentence, the two adjacent ones that say the same, and their similarity from 0 to 1."""

    whole: Key
    parts: tuple[Key, Key]
    score: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sentences that may match; `sure` is their similarity with the bonus for neighbours."""

    sure: float
    match: Match


def match_sentences(
    gone: Iterable[Candidate], new: Iterable[Candidate], *, threshold: float = THRESHOLD
) -> tuple[Match, ...]:
    """Return pairs of new and gone sentences, one to one, the surest first.

    `gone` are only in the old source, `new` only in the new one; any other sentence named as a
    neighbour is in both.  Laws: no sentence is matched twice; the order of the input does not
    matter; time and memory grow linearly with the number of sentences.
    """
    return _matched(index_candidates(gone), index_candidates(new), threshold)


def match_in_index(
    known: WordIndex, new: Iterable[Candidate], usable: Callable[[Key], bool]
) -> tuple[Match, ...]:
    """Return what `match_sentences` returns, for a few new sentences and many known ones.

    Known sentences whose key is not `usable` are skipped.  Only those that share the weightiest
    words with a new one are compared, even if a neighbour agrees, so the time does not grow with
    the size of the index.
    """
    fresh = index_candidates(new)
    near: set[int] = set()
    for number in range(len(fresh.keys)):
        shared = known.sharing(fresh.bag(number), len(known.keys))
        near.update(islice((one for one in shared if usable(known.keys[one])), 2 * CANDIDATES))
    old = select_part(known, near)
    return _matched(old, fresh, THRESHOLD)


def find_nearest(known: WordIndex, new: Iterable[Candidate], least: float) -> tuple[Match, ...]:
    """Return the known sentence that each new one is most similar to, if it is at least `least`.

    Neighbours do not matter here, and one known sentence may be the nearest of several.  The
    share of words in the same order may speak for a sentence alone, as in other programs.
    """
    fresh = index_candidates(new)
    found = []
    for number, key in enumerate(fresh.keys):
        scores = _scores(known, fresh, number, least)
        score, nearest = max(scores, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
        if score:
            found.append(Match(key, known.keys[nearest], score))
    return tuple(found)


def rank_nearest(known: WordIndex, new: Candidate, least: float) -> tuple[Match, ...]:
    """Return the known sentences that `find_nearest` chooses from, the most similar first."""
    scores = _scores(known, index_candidates([new]), 0, least)
    best = sorted(scores, key=lambda pair: (-pair[0], pair[1]))
    return tuple(Match(new.key, known.keys[one], score) for score, one in best if score)


def _scores(
    known: WordIndex, fresh: WordIndex, number: int, least: float
) -> list[tuple[float, int]]:
    """Return how similar the known sentences that share most words with a new one are to it."""
    bag = fresh.bag(number)
    weight = known.weight(bag)
    scores = []
    for one in known.sharing(bag, CANDIDATES):
        shared = known.overlap(one, bag, weight)
        words = _in_order(known.words[one], fresh.words[number], least)
        scores.append((max(words, _likeness(known, one, fresh, number, shared, least)), one))
    return scores


def measure_likeness(one: str, other: str) -> float:
    """Return how alike two sentences are, 0 to 1, with all words of the same weight."""
    known = index_candidates([Candidate((None, one))])
    found = find_nearest(known, [Candidate((None, other))], 0.0)
    return found[0].score if found else 0.0


def _matched(old: WordIndex, fresh: WordIndex, threshold: float) -> tuple[Match, ...]:
    made = _best_first(_likely(old, fresh, {}, threshold))
    for _ in range(ROUNDS - 1):
        more = _best_first(_likely(old, fresh, {x.match.old: x.match.new for x in made}, threshold))
        if not more:
            break
        made += more
    return tuple(pair.match for pair in sorted(made, key=_surest))


def _best_first(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Return the pairs of which neither sentence is in a surer pair."""
    taken: set[tuple[str, Key]] = set()
    chosen = []
    for pair in sorted(pairs, key=_surest):
        both = {("new", pair.match.new), ("old", pair.match.old)}
        if not taken & both:
            taken |= both
            chosen.append(pair)
    return chosen


def _surest(pair: _Pair) -> tuple[float, float, tuple[str, str], tuple[str, str]]:
    made = pair.match
    return (-pair.sure, -made.score, sort_key(made.new), sort_key(made.old))


def _likely(
    old: WordIndex, new: WordIndex, matched: Mapping[Key, Key], threshold: float
) -> Iterator[_Pair]:
    """Yield the pairs of unmatched sentences that are sure enough.

    `matched` maps old sentences to new ones.  In the first round it is empty.  Later rounds try
    only pairs with a neighbour in common, because all others were tried before.
    """
    places = _places(old, matched)
    settled = {key: key for key in matched.values()}
    for number, key in enumerate(new.keys):
        if key in settled:
            continue
        beside = _beside(places, find_neighbours(new, key, settled))
        bag = new.bag(number)
        near = [] if matched else old.sharing(bag, CANDIDATES)
        weight = old.weight(bag)
        for other in {*beside, *near}:
            bonus = beside.get(other, 0.0)
            shared = old.overlap(other, bag, weight)
            score = _likeness(old, other, new, number, shared, threshold - bonus)
            if score:
                yield _Pair(score + bonus, Match(key, old.keys[other], score))


def _places(old: WordIndex, matched: Mapping[Key, Key]) -> dict[Neighbour, list[tuple[int, int]]]:
    """Return the unmatched old sentences beside each neighbour, and how far away each is.

    A neighbour that was matched has its key in the new source.
    """
    places: dict[Neighbour, list[tuple[int, int]]] = defaultdict(list)
    for number, key in enumerate(old.keys):
        if key not in matched:
            for place, passed in find_neighbours(old, key, matched):
                places[place].append((number, passed))
    return places


def _beside(
    places: Mapping[Neighbour, list[tuple[int, int]]], wanted: Iterable[tuple[Neighbour, int]]
) -> dict[int, float]:
    """Return the old sentences beside the same neighbours, each with its bonus."""
    worth: dict[int, float] = defaultdict(float)
    for place, passed in wanted:
        for number, others in places.get(place, ())[:CANDIDATES]:
            worth[number] += NEIGHBOUR if passed == others else NEIGHBOUR - OUT_OF_STEP
    return worth


def _likeness(
    old: WordIndex, one: int, new: WordIndex, other: int, shared: float, least: float
) -> float:
    """Return the similarity of two sentences, 0 where it is below `least`.

    The most expensive measure comes last.
    """
    needed = 3 * least - shared
    words = _in_order(old.words[one], new.words[other], needed - 1)
    letters = _in_order(old.texts[one], new.texts[other], needed - words)
    return (shared + words + letters) / 3 if words + letters >= max(needed, 1e-9) else 0.0


def _in_order(old: str | tuple[str, ...], new: str | tuple[str, ...], least: float) -> float:
    """Return the share of both that is in the same order, 0 to 1; 0 where it is below `least`."""
    return Indel.normalized_similarity(old, new, score_cutoff=min(1.0, max(0.0, least)))


# --------------------------------------------------------------------------- regrouping


def find_splits(gone: Iterable[Candidate], new: Iterable[Candidate]) -> tuple[Regrouping, ...]:
    """Return the gone sentences that were split in two; the parts are adjacent and both new.

    The surest come first, and no sentence is in two of them.  Call this before
    `match_sentences`, which would pair the whole with one of the parts.
    """
    wholes, halves = index_candidates(gone), index_candidates(new)
    found = sorted(
        (found for first in halves.keys for found in _wholes(wholes, halves, first)),
        key=lambda found: (-found.score, sort_key(found.whole), sort_key(found.parts[0])),
    )
    taken: set[tuple[bool, Key]] = set()
    chosen = []
    for regrouped in found:
        all_three = {(True, regrouped.whole), *((False, part) for part in regrouped.parts)}
        if not taken & all_three:
            taken |= all_three
            chosen.append(regrouped)
    return tuple(chosen)


def find_merges(gone: Iterable[Candidate], new: Iterable[Candidate]) -> tuple[Regrouping, ...]:
    """Return the new sentences that were merged from two adjacent gone ones: see `find_splits`."""
    return find_splits(gone=new, new=gone)


def _wholes(wholes: WordIndex, halves: WordIndex, first: Key) -> Iterator[Regrouping]:
    """Yield the sentences that may have been split into `first` and the sentence after it."""
    second = halves.sentences[first].after
    if second is None or second == first or second not in halves.sentences:
        return
    start, end = (halves.words[halves.numbers[key]] for key in (first, second))
    for number in wholes.sharing(frozenset((*start, *end)), CANDIDATES):
        score = _cut_in_two(wholes.words[number], start, end)
        if score:
            yield Regrouping(wholes.keys[number], (first, second), score)


def _cut_in_two(whole: tuple[str, ...], start: tuple[str, ...], end: tuple[str, ...]) -> float:
    """Return the similarity of a whole and two parts; 0 unless both parts fit and are needed."""
    score = _in_order(whole, start + end, REGROUPED)
    better = score > max(_in_order(whole, start, score), _in_order(whole, end, score))
    cuts = range(1, len(whole)) if better else ()
    fits = any(
        _in_order(whole[:cut], start, PART) and _in_order(whole[cut:], end, PART) for cut in cuts
    )
    return score if fits else 0.0
