"""Learn from the translations themselves how their sentences end, and how words within them do.

Where a text was cut, its last word is seldom one that sentences end with: in Turkmen they end with
a verb, in Russian not with a preposition.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from publish.checks.meaning.wordlinks import EDGES

__all__ = ["Endings", "learn_endings"]

ENDED = re.compile(r"[.!?…।۔։][\"'”’»)\]]*\s*$")
FEWEST = 5
"""Words of the shortest sentence that is learnt from."""
LEARNT = 1500
SHORT, LONGEST = 4, 3
"""Letters of words that are counted whole, and of the endings that are counted."""
WEIGHT = 4.0
"""What is known of a shorter ending weighs as much as so many sentences."""


@dataclass(frozen=True, slots=True)
class Endings:
    """How often endings and short words stand at the end of a sentence, and within one."""

    last: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    words: int = 0

    def surprise(self, text: str) -> float:
        """Return how unlike the last word of a text is to last words, from -3 to 4."""
        words = _words(text)
        if not self.words or len(words) < FEWEST:
            return 0.0
        odds = 1.0
        for ending in _endings(words[-1]):
            there = max(self.last[ending] - 1, 0)  # without that of this text itself
            by_chance = self.sentences * (self.within[ending] + 1) / (self.words + 1)
            odds = (there + WEIGHT * odds) / (by_chance + WEIGHT)
        return max(-3.0, min(-math.log(odds), 4.0))


def learn_endings(texts: Sequence[str]) -> Endings:
    """Return how sentences of these texts end; of very many, some are looked at."""
    step = max(1, len(texts) // LEARNT)
    sentences = [_words(text) for text in texts[::step] if ENDED.search(text)]
    sentences = [words for words in sentences if len(words) >= FEWEST]
    inside = Counter(word for words in sentences for word in words[1:-1])
    last: Counter[str] = Counter(ending for words in sentences for ending in _endings(words[-1]))
    within: Counter[str] = Counter()
    for word, times in inside.items():
        for ending in _endings(word):
            within[ending] += times
    return Endings(last, within, len(sentences), inside.total())


def _words(text: str) -> list[str]:
    return [word for one in text.lower().split() if (word := one.strip(EDGES))]


def _endings(word: str) -> list[str]:
    """Return the endings of a word from short to long; a short word itself is the last."""
    found = [word[-size:] for size in range(1, LONGEST + 1) if len(word) > size]
    if len(word) <= SHORT:
        found.append(f"={word}")
    return found
