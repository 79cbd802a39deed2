"""An index of sentences by their words and their neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TypeVar

from publish.catalogs.comparing import fold_text
from publish.model import Key

__all__ = [
    "Candidate",
    "Neighbour",
    "WordIndex",
    "find_neighbours",
    "index_candidates",
    "select_part",
    "sort_key",
]

WALKED = 300
"""How many occurrences of words are looked up for one sentence, those of rare words first."""
REACH = 4
"""How many unsettled sentences are skipped at most to find a neighbour."""

# Scripts without spaces between words: each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

Indexed = TypeVar("Indexed")

Neighbour = tuple[str, Key]
"""The side of a neighbour, `before` or `after`, and its key."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The key of a sentence and those of its neighbours in a document, None for none."""

    key: Key
    before: Key | None = None
    after: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndex:
    """Sentences by number, sorted by their keys, so that the order of the input does not matter.

    `texts` are folded and in lower case, `words` are those of each; equal words are one object,
    since a book has most of them many times.  `holders` maps a word to the numbers of the sentences
    that have it, `rarity` maps it to its weight; `weights` are the sums for the different words
    of each sentence.
    """

    sentences: Mapping[Key, Candidate]
    keys: tuple[Key, ...]
    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    holders: Mapping[str, list[int]]
    rarity: Mapping[str, float]
    weights: tuple[float, ...]
    numbers: Mapping[Key, int]
    unknown: float
    """The weight of a word that no sentence has: more than that of any other."""

    def bag(self, number: int) -> frozenset[str]:
        """Return the different words of a sentence."""
        return frozenset(self.words[number])

    def weight(self, words: Iterable[str]) -> float:
        """Return the sum of the weights of some words."""
        return sum(self.rarity.get(word, self.unknown) for word in sorted(words))

    def overlap(self, number: int, bag: frozenset[str], weight: float) -> float:
        """Return the share of the weight that a sentence and a set of words share, 0 to 1."""
        whole = self.weights[number] + weight
        common = sum(self.rarity[word] for word in sorted(bag.intersection(self.words[number])))
        return 2 * common / whole if whole else 0.0

    def sharing(self, bag: frozenset[str], limit: int) -> list[int]:
        """Return the sentences that share the most weight with some words, at most `limit`.

        Only the rarest of the words are looked up: see `WALKED`.
        """
        known = (word for word in bag if word in self.holders)
        shared: dict[int, float] = defaultdict(float)
        walked = 0
        for word in sorted(known, key=lambda word: (len(self.holders[word]), word)):
            walked += len(self.holders[word])
            if walked > WALKED and shared:
                break
            for number in self.holders[word][:WALKED]:
                shared[number] += self.rarity[word]
        return sorted(shared, key=lambda number: (-shared[number], number))[:limit]


def index_candidates(sentences: Iterable[Candidate]) -> WordIndex:
    """Return the index of sentences; of several with one key, the last counts."""
    by_key = {sentence.key: sentence for sentence in sentences}
    keys = tuple(sorted(by_key, key=sort_key))
    texts = tuple(fold_text(msgid).casefold() for _, msgid in keys)
    known: dict[str, str] = {}
    words = tuple(
        tuple(known.setdefault(word, word) for word in _WORD.findall(text)) for text in texts
    )
    holders = _holders(words)
    rarity = {word: log(1 + len(keys) / len(having)) for word, having in holders.items()}
    weights = tuple(sum(rarity[word] for word in sorted(set(found))) for found in words)
    numbers = {key: number for number, key in enumerate(keys)}
    unknown = log(1 + len(keys))
    return WordIndex(
        sentences=by_key,
        keys=keys,
        texts=texts,
        words=words,
        holders=holders,
        rarity=rarity,
        weights=weights,
        numbers=numbers,
        unknown=unknown,
    )


def select_part(index: WordIndex, numbers: Iterable[int]) -> WordIndex:
    """Return an index of some of the sentences, in which words keep their weights.

    The time depends on how many sentences are chosen, not on the size of the index.
    """
    chosen = sorted(numbers)

    def only(column: Sequence[Indexed]) -> tuple[Indexed, ...]:
        return tuple(column[number] for number in chosen)

    keys, words = only(index.keys), only(index.words)
    return replace(
        index,
        keys=keys,
        texts=only(index.texts),
        words=words,
        holders=_holders(words),
        weights=only(index.weights),
        numbers={key: number for number, key in enumerate(keys)},
    )


def _holders(words: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Return the numbers of the sentences that have each word."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(words):
        for word in set(found):
            holders[word].append(number)
    return dict(holders)


def sort_key(key: Key) -> tuple[str, str]:
    """Return the sort key of an entry's key, whose context may be None."""
    return (key[0] or "", key[1])


def find_neighbours(
    index: WordIndex, key: Key, settled: Mapping[Key, Key]
) -> Iterator[tuple[Neighbour, int]]:
    """Yield the nearest neighbour on each side that is settled or not in the index.

    A settled one has the key that `settled` maps it to.  With each comes the number of sentences
    skipped on the way.
    """
    for side in ("before", "after"):
        beside: Key | None = getattr(index.sentences[key], side)
        for passed in range(REACH + 1):
            if beside is None:
                break
            if beside in settled or beside not in index.sentences:
                yield (side, settled.get(beside, beside)), passed
                break
            beside = getattr(index.sentences[beside], side)
