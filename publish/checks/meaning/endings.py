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
from publish.languages.lastwords import FINITE, LEANING, OPEN, UNKNOWN, LastWords

__all__ = ["Endings", "learn_endings"]

ENDED = re.compile(r"[.!?…।۔։][\"'”’»)\]]*\s*$")
FEWEST = 5
"""Words of the shortest sentence that is learnt from."""
LEARNT = 1000
SHORT, LONGEST = 4, 3
"""Letters of words that are counted whole, and of the endings that are counted."""
WEIGHT = 4.0
"""What is known of a shorter ending weighs as much as so many sentences."""
ODDS = {FINITE: 6.0, UNKNOWN: 1.0, OPEN: 0.25, LEANING: 0.05}
"""How much more often words of a kind are the last than others, before anything is learnt."""
NOTHING = LastWords()


@dataclass(frozen=True, slots=True)
class Endings:
    """How often endings and short words stand at the end of a sentence, and within one."""

    last: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    words: int = 0
    language: LastWords = NOTHING

    def surprise(self, text: str) -> float:
        """Return how unlike the last word of a text is to last words, from -3 to 4."""
        words = _words(text)
        if not self.words or len(words) < FEWEST:
            return 0.0
        kind = self.language.kind(words[-1])
        odds = ODDS[kind]
        for ending in _endings(words[-1], kind):
            there = max(self.last[ending] - 1, 0)  # without that of this text itself
            by_chance = self.sentences * (self.within[ending] + 1) / (self.words + 1)
            odds = (there + WEIGHT * odds) / (by_chance + WEIGHT)
        return max(-3.0, min(-math.log(odds), 4.0))


def learn_endings(texts: Sequence[str], language: LastWords = NOTHING) -> Endings:
    """Return how sentences of these texts end; of very many, some are looked at."""
    step = max(1, len(texts) // LEARNT)
    sentences = [_words(text) for text in texts[::step] if ENDED.search(text)]
    sentences = [words for words in sentences if len(words) >= FEWEST]
    inside = Counter(word for words in sentences for word in words[1:-1])
    last: Counter[str] = Counter()
    within: Counter[str] = Counter()
    ends = Counter(words[-1] for words in sentences)
    for counted, found in ((ends, last), (inside, within)):
        for word, times in counted.items():
            for ending in _endings(word, language.kind(word)):
                found[ending] += times
    return Endings(last, within, len(sentences), inside.total(), language)


def _words(text: str) -> list[str]:
    return [word for one in text.lower().split() if (word := one.strip(EDGES))]


def _endings(word: str, kind: str) -> list[str]:
    """Return the kind of a word and its endings, short ones first; a short word is the last."""
    found = [f"~{kind}"] if kind else []
    found += [word[-size:] for size in range(1, LONGEST + 1) if len(word) > size]
    if len(word) <= SHORT:
        found.append(f"={word}")
    return found
