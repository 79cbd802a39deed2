"""An index of sentences by the words in them and by what stands beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TypeVar

from publish.catalogs.kinds import folded
from publish.model import Key

__all__ = ["Index", "Neighbour", "Sentence", "index_of", "neighbours", "order", "part_of"]

WALKED = 300
"""How many occurrences of words are looked up for one sentence, the rarest words' first."""
REACH = 4
"""How many sentences that are themselves unsettled are passed over to find a neighbour."""

# Scripts without spaces between words: each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

Indexed = TypeVar("Indexed")

Neighbour = tuple[str, Key]
"""On which side the neighbour is, and which one it is."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what stood beside it in its document; None where nothing did."""

    key: Key
    before: Key | None = None
    after: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Sentences by number, in the order of their keys, whatever order they came in.

    `texts` are without typography and case; `holders` tells which sentences a word is in,
    `rarity` what the word weighs, `weights` what all different words of a sentence do.
    """

    sentences: Mapping[Key, Sentence]
    keys: tuple[Key, ...]
    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    bags: tuple[frozenset[str], ...]
    holders: Mapping[str, list[int]]
    rarity: Mapping[str, float]
    weights: tuple[float, ...]
    numbers: Mapping[Key, int]
    unknown: float
    """What a word weighs that no sentence has: more than any other."""

    def weight(self, words: Iterable[str]) -> float:
        """What the words weigh together; one that no sentence has weighs most."""
        return sum(self.rarity.get(word, self.unknown) for word in sorted(words))

    def overlap(self, number: int, bag: frozenset[str], weight: float) -> float:
        """How much of the weight a sentence and a bag of words have in common, 0 to 1."""
        whole = self.weights[number] + weight
        common = sum(self.rarity[word] for word in sorted(self.bags[number] & bag))
        return 2 * common / whole if whole else 0.0

    def sharing(self, bag: frozenset[str], limit: int) -> list[int]:
        """The sentences that share the most weight with the words, going by the rarest words."""
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


def index_of(sentences: Iterable[Sentence]) -> Index:
    """The index; of several sentences with one key the last counts."""
    by_key = {sentence.key: sentence for sentence in sentences}
    keys = tuple(sorted(by_key, key=order))
    texts = tuple(folded(msgid).casefold() for _, msgid in keys)
    words = tuple(tuple(_WORD.findall(text)) for text in texts)
    bags = tuple(map(frozenset, words))
    holders = _holders(bags)
    rarity = {word: log(1 + len(keys) / len(having)) for word, having in holders.items()}
    weights = tuple(sum(rarity[word] for word in sorted(bag)) for bag in bags)
    numbers = {key: number for number, key in enumerate(keys)}
    unknown = log(1 + len(keys))
    return Index(
        sentences=by_key,
        keys=keys,
        texts=texts,
        words=words,
        bags=bags,
        holders=holders,
        rarity=rarity,
        weights=weights,
        numbers=numbers,
        unknown=unknown,
    )


def part_of(index: Index, numbers: Iterable[int]) -> Index:
    """An index of some of the sentences, whose words weigh what they do in the whole.

    It takes time by their number only, so a few can be looked for in very many.
    """
    chosen = sorted(numbers)

    def only(column: Sequence[Indexed]) -> tuple[Indexed, ...]:
        return tuple(column[number] for number in chosen)

    keys, bags = only(index.keys), only(index.bags)
    return replace(
        index,
        keys=keys,
        texts=only(index.texts),
        words=only(index.words),
        bags=bags,
        holders=_holders(bags),
        weights=only(index.weights),
        numbers={key: number for number, key in enumerate(keys)},
    )


def _holders(bags: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """The numbers of the sentences that each word is in."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for word in bag:
            holders[word].append(number)
    return dict(holders)


def order(key: Key) -> tuple[str, str]:
    """What keys are sorted by."""
    return (key[0] or "", key[1])


def neighbours(
    index: Index, key: Key, settled: Mapping[Key, Key]
) -> Iterator[tuple[Neighbour, int]]:
    """The nearest neighbours on either side that are not in the index themselves, or settled.

    A settled one goes by the name `settled` has for it.  With each is how many sentences lie
    between, passed over.
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
