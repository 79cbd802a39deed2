"""Finds words that a page shows and that are not those read aloud, in scripts that join letters.

In a text from right to left, glyphs are in the order of the eye, and the file does not say of each
which letter it is: fonts draw the dots of a letter apart, and several letters share a shape.  So
this module learns from the file itself.  In one font and language a word has one shape, and a
shape stands for one word; a shape that all other words have with a certain letter brings that
letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from publish.editions.audit.streams import Glyph, ShownText
from publish.editions.pagination import letters
from publish.languages.scripts import has_right_to_left

__all__ = ["find_other_words"]

_ALIKE = (
    *(
        "بتثپنيیىئ",
        "جحخچ",
        "دذڈ",
        "رزژڑ",
        "سش",
        "صض",
        "طظ",
        "عغ",
        "فق",
        "كکگ",
        "وؤ",
        "اأإآٱ",
        "هةۀھہ",
    ),
)
"""Letters of Arabic scripts that share a shape in some place of a word (dots and marks apart)."""

_FOLDED = {ord(letter): row[0] for row in _ALIKE for letter in row}
_UNKNOWN = ("", "\ufffd")
_WORDS_TO_LEARN = 4
"""In so many other words a shape must be before anything is learned of it."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word read aloud and the glyphs shown for it; `place` is that of its text."""

    said: str
    glyphs: tuple[Glyph, ...]
    place: int


def find_other_words(texts: Iterable[tuple[str, ShownText]]) -> Iterator[int]:
    """Yield the places of texts that show other words than those read aloud.

    Each text comes with its language.
    """
    known: dict[tuple[object, ...], list[_Word]] = defaultdict(list)
    for place, (language, text) in enumerate(texts):
        if not has_right_to_left(text.said):
            if letters(text.said) != letters(text.shown):
                yield place
            continue
        words = _pair_words(place, text)
        if words is None:
            yield place
            continue
        for word in words:
            known[language, word.glyphs[0].font if word.glyphs else 0].append(word)
    for words in known.values():
        yield from _find_odd(words)


# --------------------------------------------------------------------------- words


def _pair_words(place: int, text: ShownText) -> list[_Word] | None:
    """Return the words from right to left with their glyphs; None if the text shows others."""
    said = [bare for word in text.said.split() if (bare := _bare(word))]
    shown = [known for word in _split(text.glyphs) if (known := _without_signs(word))]
    if len(said) != len(shown):
        return None
    kinds = [_has_turned(word) for word in said]
    for ordered in (_turned(shown, True), _turned(shown, False)):
        if [_runs_left(word) for word in ordered] == kinds:
            break
    else:
        return None
    words = []
    for turned, one, glyphs in zip(kinds, said, ordered, strict=True):
        if turned:
            words.append(_Word(one, tuple(glyphs), place))
        elif _groups(one) != _groups("".join(glyph.letters for glyph in glyphs)):
            return None
    return words


def _bare(word: str) -> str:
    """Return the letters, marks and digits of a word."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", word)
        if unicodedata.category(sign)[0] in "LMN"
    )


def _has_turned(word: str) -> bool:
    """Return whether a word runs from right to left; numbers never do."""
    return has_right_to_left("".join(sign for sign in word if not sign.isdecimal()))


def _groups(word: str) -> list[str]:
    """Return the numbers and words in a word; their order depends on the signs between them."""
    return sorted(re.findall(r"\w+", word.casefold()))


def _split(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each word in the order of the eye."""
    for space, word in groupby(glyphs, key=lambda glyph: glyph.letters.isspace()):
        if not space:
            yield list(word)


def _without_signs(word: list[Glyph]) -> list[Glyph]:
    """Return the glyphs that are not known as punctuation."""
    return [one for one in word if one.letters in _UNKNOWN or _bare(one.letters)]


def _runs_left(word: list[Glyph]) -> bool:
    """Return whether a word shown runs from right to left; unknown glyphs are of joined letters."""
    return any(one.letters in _UNKNOWN or _has_turned(one.letters) for one in word)


def _turned(words: list[list[Glyph]], from_right: bool) -> list[list[Glyph]]:
    """Return the words in the order of reading, of a line whose first word is at that side."""
    found: list[list[Glyph]] = []
    for left, run in groupby(reversed(words) if from_right else words, key=_runs_left):
        turned = list(run)
        found += reversed(turned) if left != from_right else turned
    return found


# --------------------------------------------------------------------------- learning


def _find_odd(words: list[_Word]) -> Iterator[int]:
    """Yield the places of words whose shape does not fit the other words in their font."""
    shapes: dict[str, Counter[object]] = defaultdict(Counter)
    sounds: dict[object, Counter[str]] = defaultdict(Counter)
    for word in words:
        shapes[word.said][word.glyphs] += 1
        sounds[word.glyphs][_folded(word.said)] += 1
    seen: Counter[Glyph] = Counter()
    beside: dict[Glyph, Counter[str]] = defaultdict(Counter)
    pairs = dict.fromkeys((word.said, word.glyphs) for word in words)
    for said, glyphs in pairs:
        for glyph in set(glyphs):
            seen[glyph] += 1
            beside[glyph].update(set(_folded(said)))
    odd = {pair for pair in pairs if _is_odd(*pair, seen, beside)}
    for word in words:
        rare = shapes[word.said].most_common(1)[0][0] != word.glyphs
        other = sounds[word.glyphs].most_common(1)[0][0] != _folded(word.said)
        if rare or other or (word.said, word.glyphs) in odd:
            yield word.place


def _is_odd(
    said: str, glyphs: tuple[Glyph, ...], seen: Counter[Glyph], beside: dict[Glyph, Counter[str]]
) -> bool:
    """Return whether half of the glyphs are, in all other words, with letters that this one lacks.

    A glyph that is there twice needs two letters.
    """
    counted = Counter(_folded(said))
    own, against, known = counted.keys(), 0, 0
    for glyph, count in Counter(glyphs).items():
        others = seen[glyph] - 1
        if others < _WORDS_TO_LEARN or glyph.width == 0:
            continue
        with_all = {
            letter for letter, words in beside[glyph].items() if words - (letter in own) == others
        }
        brought = sum(counted[letter] for letter in with_all & own)
        known += bool(with_all)
        against += bool(with_all) and brought < count
    return against > 0 and against * 2 >= known


def _folded(word: str) -> str:
    """Return the letters of a word by their shapes, without marks."""
    return "".join(filter(str.isalpha, word.translate(_FOLDED)))
