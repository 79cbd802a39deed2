"""A table of which words translate which, learnt from pairs of sentences (IBM model 1)."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["WordTable", "learn_words", "list_stems"]

WORD = re.compile(r"\w+")
STEM = 5
"""Letters of a word that are kept: endings differ, above all in Turkmen and Russian."""
ROUNDS = 5
LEAST = 2e-3
"""Smaller probabilities are dropped after each round."""
NOTHING = ""
"""The word that words are learnt from which translate no other word."""

Stems = tuple[str, ...]
Odds = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class WordTable:
    """For each stem of a language, how much likelier than by chance it makes those of the other.

    `forth` is from the source, `back` from the translation.  An empty table knows no word.
    """

    forth: Odds = field(default_factory=dict)
    back: Odds = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not self.forth

    def likelihood(self, source: str, target: str) -> float:
        """Return how much likelier than by chance two words translate each other."""
        (one,), (other,) = list_stems(source)[:1] or ("",), list_stems(target)[:1] or ("",)
        return math.sqrt(
            self.forth.get(one, {}).get(other, 0.0) * self.back.get(other, {}).get(one, 0.0)
        )


def list_stems(text: str) -> Stems:
    """Return the beginnings of the words of a text, in small letters."""
    return tuple(word[:STEM] for word in WORD.findall(text.lower()))


def learn_words(pairs: Iterable[tuple[str, str]]) -> WordTable:
    """Return the table that pairs of a sentence and its translation teach, in their order."""
    stems = [(list_stems(source), list_stems(target)) for source, target in pairs]
    if not stems:
        return WordTable()
    return WordTable(_learn(stems), _learn([(target, source) for source, target in stems]))


def _learn(pairs: Sequence[tuple[Stems, Stems]]) -> Odds:
    counted = Counter(stem for _, stems in pairs for stem in stems)
    every = sum(counted.values())
    table: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        table = _refined(pairs, table)
    return {
        source: {target: part * every / counted[target] for target, part in found.items()}
        for source, found in table.items()
    }


def _refined(
    pairs: Sequence[tuple[Stems, Stems]], table: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return the table after one round of expectation and maximisation."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    nothing: Mapping[str, float] = {}
    for sources, targets in pairs:
        rows = [(stem, table.get(stem, nothing)) for stem in (*sources, NOTHING)]
        for target in targets:
            parts = [row.get(target, 0.0) for _, row in rows] if table else [1.0] * len(rows)
            whole = sum(parts)
            if not whole:
                continue
            for (stem, _), part in zip(rows, parts, strict=True):
                if part:
                    counts[stem][target] += part / whole
    return {stem: _shares(found) for stem, found in counts.items()}


def _shares(found: Mapping[str, float]) -> dict[str, float]:
    whole = sum(found.values())
    return {stem: count / whole for stem, count in found.items() if count / whole > LEAST}
