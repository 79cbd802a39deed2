"""Learn from a catalog itself which words of the source go with which of the translation.

Two words are linked that stand in the same entries more often than by chance.  No dictionary is
needed, so it works for any two languages.  An entry must not speak for itself: what it added to
the counts is taken off where it is judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise

from publish.wideletters import may_have_wide, pattern_later

__all__ = [
    "Bag",
    "BagPair",
    "WordLinks",
    "choose_learnt",
    "find_stem",
    "learn_links",
    "split_stems",
    "weigh_link",
]

STEM = 5
"""Letters of a word that are kept: endings differ."""
EDGES = "\"'“”«»„‘’(),.:;!?…–—-*_[]{}<>/\\|`~#&%+=।؟،؛"
UNSPACED = pattern_later(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Letters of scripts without spaces between words: each, and each two, count as a word."""
LEARNT, RUN = 2000, 50
"""From so many entries at most words are learnt, in runs of so many from everywhere."""
LEAST = 3.0
"""What a link must have gained over chance, in nats; weaker ones are chance."""
MOST = 12.0
"""The most that one link can say."""
EVERYWHERE = 0.4
"""A word in more of the entries than this says nothing."""

Bag = frozenset[str]
BagPair = tuple[Bag, Bag]
Link = tuple[int, float]
"""In how many entries two words stand together, and in how many they would by chance."""


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The links of each stem of the source with stems of the translation.

    `weights` are less for common stems.
    """

    links: Mapping[str, Mapping[str, Link]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


def split_stems(text: str) -> Bag:
    """Return the beginnings of the words of a text, in small letters."""
    words = text.lower().split()
    if not may_have_wide(text) or not UNSPACED().search(text):
        return frozenset(map(find_stem, words))
    letters = UNSPACED().findall(text)
    return frozenset((*map(find_stem, words), *letters, *map("".join, pairwise(letters))))


@lru_cache(maxsize=65536)
def find_stem(word: str) -> str:
    """Return the beginning of a word, without the signs around it."""
    return word.strip(EDGES)[:STEM]


def choose_learnt(numbers: Sequence[int]) -> Sequence[int]:
    """Return the numbers of the entries to learn from: all, or runs from everywhere."""
    if len(numbers) <= LEARNT:
        return numbers
    every = len(numbers) * RUN // LEARNT
    return [number for at in range(0, len(numbers), every) for number in numbers[at : at + RUN]]


def learn_links(pairs: Sequence[BagPair]) -> WordLinks:
    """Return what pairs of a text and its translation teach."""
    log = math.log
    sources = Counter(chain.from_iterable([source for source, _ in pairs]))
    targets = Counter(chain.from_iterable([target for _, target in pairs]))
    telling = _telling(sources, len(pairs))
    heard = _telling(targets, len(pairs))
    beside: dict[str, list[Bag]] = {stem: [] for stem in telling}
    for source, target in pairs:
        known = target & heard
        for stem in source & telling:
            beside[stem].append(known)
    links = {}
    for stem, bags in beside.items():
        each = sources[stem] / len(pairs)
        found = {
            other: (times, chance)
            for other, times in Counter(chain.from_iterable(bags)).items()
            if times > 1
            and times > (chance := each * targets[other])
            and times * log(times / chance) - times + chance > LEAST  # As `_gain` has it.
        }
        if found:
            links[stem] = found
    return WordLinks(links, _weights(sources + targets, len(pairs)))


def _telling(counted: Counter[str], size: int) -> Bag:
    """Return the stems that are neither in one entry only nor nearly everywhere."""
    most = max(2.0, EVERYWHERE * size)
    return frozenset(stem for stem, count in counted.items() if 1 < count <= most and stem)


def _weights(counted: Counter[str], size: int) -> dict[str, float]:
    whole = math.log(2 * size + 2)
    return {
        stem: max(1 - math.log(count / 2) / whole, 0.2)
        for stem, count in counted.items()
        if count > 2
    }


def _gain(times: int, chance: float) -> float:
    return times * math.log(times / chance) - times + chance if times > chance else 0.0


def weigh_link(times: int, chance: float) -> float:
    """Return how much a link says."""
    return math.sqrt(min(_gain(times, chance), MOST)) if times > 0 else 0.0
