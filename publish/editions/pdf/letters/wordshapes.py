"""Keeps the glyphs of words, so that Pango sets each word of widened lines once.

Where spaces are widened, Pango sets each word and each space by itself: nothing around them counts
but the style and the script of the text.  So the words of such a line are looked up, and only those
that are new are set.  What Pango makes of a space is compared each time that it sets one: where it
does something else, it is asked for every line.

Words are kept for the fonts of a style sheet, which documents of one language share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from publish.editions.lines.measuring import round_widening, set_widened
from publish.editions.pdf.letters.glyphs import GlyphRun, PlainRun, read_plainly, read_runs
from publish.editions.pdf.shown.shownlines import SHAPING

__all__ = [
    "KnownLine",
    "WordShapes",
    "count_words",
    "find_line",
    "forget_words",
    "is_plain",
    "learn_words",
]

NOTHING = 0x0FFFFFFF
"""Pango's number of a glyph that shows nothing; those of glyphs that a font lacks are greater."""

SPACE, SPACES = re.compile("([ \u00a0])"), (" ", "\u00a0")

SIGNS = r" !-/:-@\[-`{-~0-9\u00a0\u00a7\u00ab\u00bb\u2010-\u2014\u2018-\u201e\u2026\u2116"
SCRIPTS = tuple(
    re.compile(f"[{SIGNS}]*[{letters}][{SIGNS}{letters}]*")
    for letters in (
        "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f",
        "\u0400-\u0482\u048a-\u052f",
    )
)
"""Texts with letters of one script, Latin or Cyrillic, and with signs of none."""

MOST_WORDS = 10_000
"""When more words are kept for the fonts of a style sheet, some 8 MB, they are forgotten."""

MOST_NEW = 0.7
"""A line is set as a whole if more of its words than this are new."""

EVEN = 1024
"""Pango rounds half of a widening that is a whole number of these units: a unit of its layout."""


class _Word(NamedTuple):
    """The glyphs of a word, or of a space that is not widened, as a `GlyphRun` has them.

    `texts` are those of the glyphs; there are none if they are not letter by letter.
    """

    level: int
    length: int
    glyphs: list[int]
    widths: list[int]
    shifts: list[int]
    starts: list[int]
    texts: tuple[str, ...]


class KnownLine(NamedTuple):
    """A line of known words: its runs, which all have one font, and the word of each."""

    runs: list[GlyphRun]
    words: list[_Word]

    def make_plain(self, font: str) -> list[PlainRun]:
        """Return what the line shows in the font of this name; none if it is not plain."""
        glyphs: list[int] = []
        texts: list[str] = []
        starts: list[int] = []
        for run, word in zip(*self, strict=True):
            if not word.texts:
                return []
            glyphs += run.glyphs
            texts += word.texts
            starts += map(run.offset.__add__, run.starts)
        return [PlainRun(font, glyphs, texts, starts)]


@dataclass(slots=True)
class _Words:
    """The words of a style in one script that are shown in one `font` of Pango.

    A word that is None is not plain.  `holder` is a layout that keeps the font.  A style is `odd`
    if its spaces are not widened as is expected.
    """

    font: Any = None
    holder: Any = None
    known: dict[str, _Word | None] = field(default_factory=dict)
    spaces: dict[str, _Word] = field(default_factory=dict)
    odd: bool = False


_KEPT: WeakKeyDictionary[Any, dict[tuple[str, int], _Words]] = WeakKeyDictionary()
"""The words of all styles in each script, by the fonts of a style sheet."""


def forget_words() -> None:
    """Forget all words."""
    _KEPT.clear()


def count_words() -> int:
    """Return how many words are kept."""
    return sum(len(one.known) for kept in _KEPT.values() for one in kept.values())


@dataclass(frozen=True, slots=True)
class WordShapes:
    """The words of the styles of one document; styles are held, so that each has its own id."""

    styles: dict[int, tuple[Any, tuple[_Words, ...]]] = field(default_factory=dict)

    def find(self, style: Any, text: str) -> _Words | None:
        """Return the words of a style in the script of a text; None for another script."""
        found = self.styles.get(id(style))
        if found is None:
            found = self.styles[id(style)] = (style, _find_words(style))
        for pattern, words in zip(SCRIPTS, found[1], strict=False):
            if pattern.fullmatch(text):
                return words
        return None


def _find_words(style: Any) -> tuple[_Words, ...]:
    """Return what is kept of a style for each script; nothing where letters are set apart."""
    if style["direction"] != "ltr" or style["letter_spacing"] != "normal":
        return ()
    kept = _KEPT.setdefault(style.font_config, {})
    if sum(len(one.known) for one in kept.values()) > MOST_WORDS:
        kept.clear()
    key = repr([style[name] for name in SHAPING])
    return tuple(kept.setdefault((key, at), _Words()) for at in range(len(SCRIPTS)))


def is_plain(run: GlyphRun) -> bool:
    """Return whether a run goes to the right, with glyphs that its font has, on the line."""
    return max(run.glyphs, default=NOTHING) < NOTHING and not (run.raised or run.level % 2)


def find_line(shapes: WordShapes, text: str, style: Any, spacing: float) -> KnownLine | None:
    """Return a line with widened spaces as Pango sets it; None if Pango is to be asked."""
    words = shapes.find(style, text)
    if words is None or words.holder is None or words.odd:
        return None
    parts = SPACE.split(text)
    new = dict.fromkeys(part for part in parts[::2] if part not in words.known)
    if new:
        if "" in new or 2 * len(new) > MOST_NEW * len(parts):
            return None
        _set_words(words, list(new), parts, style, spacing)
    return _join(words, parts, round_widening(style, spacing))


def _join(words: _Words, parts: Sequence[str], wider: int) -> KnownLine | None:
    """Return words with spaces between them; None if one is not known or not plain."""
    if words.odd or not wider % EVEN:
        return None
    line = KnownLine([], [])
    font, known, at = words.font, words.known, 0
    spaces = {part: _widen_space(one, wider) for part, one in words.spaces.items()}
    for number, part in enumerate(parts):
        word = spaces.get(part) if number % 2 else known.get(part)
        if word is None:
            return None
        level, length, glyphs, widths, shifts, starts, _ = word
        line.runs.append(GlyphRun(font, level, at, length, glyphs, widths, shifts, False, starts))
        line.words.append(word)
        at += length
    return line


def _widen_space(space: _Word, wider: int) -> _Word:
    half = _halve(wider)
    width = space.widths[0] + wider
    return space._replace(widths=[width], shifts=[half] if half else [])


def _halve(number: int) -> int:
    """Return half of a number, towards zero, as C does."""
    return number // 2 if number >= 0 else -(-number // 2)


def _set_words(
    words: _Words, new: Sequence[str], every: Sequence[str], style: Any, spacing: float
) -> None:
    """Let Pango set new words, in the script of all words of their line."""
    text = " ".join(new)
    if not any(pattern.fullmatch(text) for pattern in SCRIPTS):
        lettered = (part for part in every if any(one.fullmatch(part) for one in SCRIPTS))
        text = " ".join((*new, next(lettered)))
    runs = read_runs(set_widened(text, style, spacing))
    _learn(words, text, runs, round_widening(style, spacing))


def learn_words(shapes: WordShapes, text: str, style: Any, runs: list[GlyphRun], box: Any) -> None:
    """Keep the words of a line that Pango has set; `box` is its layout."""
    words = shapes.find(style, text)
    if words is None or words.odd or not runs:
        return
    if len(words.known) > MOST_WORDS:
        words.known.clear()
    if all(run.font != words.font for run in runs):
        words.font, words.holder = runs[0].font, box.layout
        words.known.clear()
        words.spaces.clear()
    _learn(words, text, runs, round_widening(style, box.justification_spacing))


def _learn(words: _Words, text: str, runs: Iterable[GlyphRun], wider: int) -> None:
    """Keep the words and spaces of a text that Pango has set with spaces so much wider."""
    parts = SPACE.split(text)
    if "" in parts:
        return  # Pango widens spaces otherwise where they are at an end or side by side.
    places = {run.offset: run for run in runs}
    at = 0
    for number, part in enumerate(parts):
        own, run = part.encode(), places.get(at)
        at += (length := len(own))
        word = None
        if run and run.length == length and run.font == words.font and is_plain(run):
            texts = read_plainly(own, *run.starts)
            word = _Word(run.level, length, run.glyphs, run.widths, run.shifts, run.starts, texts)
        if not number % 2:
            words.known[part] = word
        elif wider % EVEN and word:
            natural = word._replace(widths=[word.widths[0] - wider], shifts=[])
            known = words.spaces.setdefault(part, natural)
            words.odd |= _widen_space(known, wider) != word or len(word.widths) != 1
