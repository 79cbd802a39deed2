"""Find where in a translation the words stand that are marked in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.aligning.marktexts import Mark
from publish.aligning.wordtable import WordTable
from publish.languages.skeletons import consonants, skeleton

__all__ = ["FoundPlace", "find_place"]

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
STOPS = re.compile(r"[.:;,!?)»”\"—–-]")
ENDS = ' \t\n.!?…»”")'
"""What can stand behind the last word of a sentence."""
LIKELY = 2.5
"""How much likelier than by chance words must translate each other to be found by that."""
ENOUGH = 0.5
"""The part of the marked words that must be found."""
APART = 0.4
"""What it costs to be as far from the place in the source as the sentence is long."""
LONGER = 0.08
"""What each word more costs."""
STRANGE = 0.3
"""What a word costs that is none of the marked ones."""
MOST_WORDS = 120
"""In a longer sentence, words are not looked for: it is no sentence."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A range of a translation; `guessed` if only the place in the sentence speaks for it."""

    start: int
    end: int
    guessed: bool = False


def find_place(source: str, mark: Mark, target: str, table: WordTable) -> FoundPlace | None:
    """Return where a mark of the source belongs in its translation; None if that has no words."""
    spans = [found.span() for found in WORD.finditer(target)]
    if not spans:
        return None
    if mark.start == mark.end:
        return _find_point(source, mark.start, target, spans, table)
    marked = source[mark.start : mark.end]
    at = target.find(marked)
    if at >= 0 and marked.strip() and target.count(marked) == 1:
        return FoundPlace(at, at + len(marked))
    edges = _find_edges(source, mark, target)
    if edges is not None:
        return edges
    marks = (mark.start, mark.end)
    found = _find_words(source, marks, target, spans, table)
    return found or _find_by_position(source, marks, target, spans)


def _find_edges(source: str, mark: Mark, target: str) -> FoundPlace | None:
    """Return the place of a mark over the whole sentence, or over its label: `**Note:** …`."""
    before, after = source[: mark.start].strip(), source[mark.end :].strip()
    marked = source[mark.start : mark.end].rstrip()
    if not before and not WORD.search(after):
        return FoundPlace(0, len(target.rstrip()) if not after else len(target.rstrip(ENDS)))
    stop = marked[-1:] if STOPS.fullmatch(marked[-1:]) else after[:1]
    if not before and stop in {":", ".", "—", "–"}:
        at = target.find(stop)
        outside = stop != marked[-1:]
        if 0 < at < len(target) * 0.6:
            return FoundPlace(0, len(target[:at].rstrip()) if outside else at + 1)
    return None


def _find_point(
    source: str, at: int, target: str, spans: Sequence[tuple[int, int]], table: WordTable
) -> FoundPlace:
    """Return the place of a mark without text, such as that of a note: behind the same word."""
    before, after = source[:at], source[at:]
    if not WORD.search(after):
        end = len(target.rstrip(ENDS if after.strip() else None))
        return FoundPlace(end, end)
    if not WORD.search(before):
        return FoundPlace(0, 0)
    last = [found.span() for found in WORD.finditer(before)][-1]
    found = _find_words(source, last, target, spans, table)
    place = found or _find_by_position(source, last, target, spans)
    end = place.end
    closing = source[last[1] : at].strip()
    if closing and target[end : end + len(closing)] == closing:
        end += len(closing)
    return FoundPlace(end, end, place.guessed)


def _find_words(
    source: str,
    marked: tuple[int, int],
    target: str,
    spans: Sequence[tuple[int, int]],
    table: WordTable,
) -> FoundPlace | None:
    """Return the run of words that are most like the marked ones, if enough of these are found."""
    wanted = [found[0] for found in WORD.finditer(source[slice(*marked)])]
    heavy = [word for word in wanted if _is_heavy(word)]
    if not heavy or len(spans) > MOST_WORDS:
        return None
    rows = [[_likeness(word, target[a:b], table) for a, b in spans] for word in heavy]
    middle = sum(marked) / 2 / max(1, len(source))
    best: tuple[float, int, int] | None = None
    for first, last in _windows(len(spans), 2 * len(wanted) + 2):
        found = sum(max(row[first : last + 1]) for row in rows)
        if found < ENOUGH * len(heavy):
            continue
        strange = sum(
            _is_heavy(target[slice(*spans[at])]) and not any(row[at] for row in rows)
            for at in range(first, last + 1)
        )
        apart = abs((spans[first][0] + spans[last][1]) / 2 / len(target) - middle)
        value = found - STRANGE * strange - APART * apart - LONGER * (last - first)
        if best is None or value > best[0]:
            best = (value, first, last)
    return FoundPlace(spans[best[1]][0], spans[best[2]][1]) if best else None


def _windows(count: int, longest: int) -> Iterator[tuple[int, int]]:
    for first in range(count):
        for last in range(first, min(count, first + longest)):
            yield first, last


def _is_heavy(word: str) -> bool:
    return len(word) > 3 or word[0].isdigit() or word[0] != word[0].lower()


def _likeness(word: str, other: str, table: WordTable) -> float:
    """Return how much two words are alike, from 0 to 1."""
    if word.casefold() == other.casefold():
        return 1.0
    if word[0].isdigit() or other[0].isdigit():
        return float(_digits(word) == _digits(other) != "")
    if len(word) > 3 and len(other) > 3:
        if skeleton(word)[:5] == skeleton(other)[:5]:
            return 0.9
        bones = consonants(word)[:4]
        if len(bones) > 2 and bones == consonants(other)[:4]:
            return 0.8
    return 0.7 if table.likelihood(word, other) >= LIKELY else 0.0


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _find_by_position(
    source: str, marked: tuple[int, int], target: str, spans: Sequence[tuple[int, int]]
) -> FoundPlace:
    """Return the words at the same part of the sentence as the marked ones."""
    scale = len(target) / max(1, len(source))
    start, end = marked[0] * scale, marked[1] * scale
    inside = [(a, b) for a, b in spans if start <= (a + b) / 2 < end]
    if not inside:
        middle = (start + end) / 2
        inside = [min(spans, key=lambda one: abs((one[0] + one[1]) / 2 - middle))]
    return FoundPlace(inside[0][0], inside[-1][1], guessed=True)
