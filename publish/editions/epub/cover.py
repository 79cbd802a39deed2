"""Draws the picture of a book's cover from its words.  Only this file imports Pillow.

Reading apps show it as small as a stamp.  So the title is large, there is little else, the contrast
is strong, and black, grey and one colour look the same on e-ink and phone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any, Literal

from publish.editions.fonts import FontFace, find_missing_letters
from publish.wideletters import may_have_wide, pattern_later

__all__ = ["CoverText", "draw_cover"]

WIDTH, HEIGHT, MARGIN = 800, 1200, 72
"""Pixels, two to three, which fits the shelves of reading apps."""

LOWEST = HEIGHT - 200
"""The row above which the words end, and the scales that are tried until they do."""
SCALES = (1.0, 0.88, 0.76, 0.66, 0.57, 0.5, 0.43, 0.37)

PAPER, BLACK, GREY = (255, 255, 255), (26, 26, 26), (96, 96, 96)
SHADES = 5
"""Steps from paper to each ink: enough for smooth letters; 16 colours keep the file small."""


TITLE_SIZES = ((45, 76), (90, 62), (160, 46), (300, 36))
TITLE_SIZES_OF_TWO = ((60, 52), (110, 38), (300, 28))
LEAST = 24
"""The size of a title in pixels by its greatest number of letters, alone and with another."""

LONG_SUBTITLE = 120


WIDE = "\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\uf900-\ufaff"
FIRST, LAST = "（「『《〈【〔“‘", "）」』》〉】〕”’、。，：；！？…ー々・"
"""Signs that begin no line's end and end no line's start in Chinese and Japanese."""

PIECE = re.compile(" *[^ ]+| +")
WIDE_PIECE = pattern_later(
    f" *(?:[{FIRST}]*[{WIDE}][{LAST}]*"
    f"|[\u0e40-\u0e44]?(?:(?![{FIRST}]+[{WIDE}])[^ {WIDE}\u0e40-\u0e44])+|[^ {WIDE}])| +"
)
"""What no line is broken within: a word, a wide letter with its signs, a part of Thai words that
begins with a vowel written before its consonant.  Without wide letters these are words alone."""

SYLLABLE = re.compile("(?<=.)(?=[\u0e40-\u0e44])|(?<=[^\u0e40-\u0e44])(?=[\u0e01-\u0e2e])")
"""Where a Thai word that is wider than a line is broken: nobody writes where its parts end."""


class Ink(IntEnum):
    """An ink; its number is that of its layer and of its place in the palette."""

    TEXT, FAINT, ACCENT = range(3)


Layers = Sequence[Any]
"""A Pillow drawing for each ink; its pixels say how much ink covers them, from 0 to 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverText:
    """The words of a cover; empty ones are left out.

    `accent` is a colour as red, green and blue, from 0 to 255.  `second` has the words in the
    other language of a bilingual edition.
    """

    title: str
    subtitle: str
    author: str
    date: str
    language: str
    state: str
    direction: Literal["ltr", "rtl"]
    accent: tuple[int, int, int]
    second: CoverText | None = None

    @property
    def both(self) -> tuple[CoverText, ...]:
        """The words in each language of the edition."""
        return (self,) if self.second is None else (self, self.second)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """The style of a text on the cover: size and leading in pixels, weight as in fonts."""

    size: int
    leading: int
    weight: int
    ink: Ink
    heading: bool = True

    def scaled(self, scale: float) -> _Style:
        """Return the style in smaller type, which stays large enough to read."""
        size = max(round(self.size * scale), min(self.size, 20))
        return replace(self, size=size, leading=self.leading * size // self.size)


def draw_cover(text: CoverText, faces: Sequence[FontFace]) -> bytes:
    """Return the picture as PNG; the same words and fonts give the same bytes.

    The first family of `faces` is used for the title, the second for the rest.  If a family lacks
    a letter of a text, another family that has all of them is used.
    """
    from PIL import Image, ImageDraw

    covered = [Image.new("L", (WIDTH, HEIGHT)) for _ in Ink]
    layers = [ImageDraw.Draw(layer) for layer in covered]
    layers[Ink.ACCENT].rectangle((0, 0, WIDTH, 24), fill=255)
    fits = (scale for scale in SCALES if _words(layers, text, faces, scale, drawn=False) <= LOWEST)
    _words(layers, text, faces, next(fits, SCALES[-1]))
    rule = (MARGIN, HEIGHT - 190, WIDTH - MARGIN, HEIGHT - 187)
    layers[Ink.ACCENT].rectangle(rule, fill=255)
    names, place = " · ".join(half.language for half in text.both), HEIGHT - 164
    below = _lines(
        layers, names, _Style(size=34, leading=42, weight=700, ink=Ink.TEXT), place, text, faces
    )
    _lines(
        layers,
        text.date,
        _Style(size=30, leading=40, weight=400, ink=Ink.FAINT),
        below,
        text,
        faces,
    )
    return _png(covered, (BLACK, GREY, text.accent))


def _words(
    layers: Layers,
    text: CoverText,
    faces: Sequence[FontFace],
    scale: float,
    *,
    drawn: bool = True,
) -> int:
    """Draw states, author, titles and subtitles; return the next free row.

    All but the states are smaller by `scale`.  Nothing is drawn unless `drawn`.
    """
    layers = layers if drawn else ()
    top = 96
    for half in text.both:
        top = _state(layers, half, faces, top)
    author = _Style(size=27, leading=36, weight=400, ink=Ink.FAINT).scaled(scale)
    top = _lines(layers, text.author, author, top, text, faces)
    top = max(top + round(60 * scale), round(300 * scale))
    for half in text.both:
        title, subtitle = _title_style(text).scaled(scale), _subtitle_style(text).scaled(scale)
        top = _lines(layers, half.title, title, top, half, faces)
        top = _lines(layers, half.subtitle, subtitle, top + round(28 * scale), half, faces)
        top += round(44 * scale)
    return top


def _png(covered: Sequence[Any], colours: Sequence[tuple[int, int, int]]) -> bytes:
    """Return the layers as one picture of few colours: paper, and the steps to each ink.

    Letting Pillow choose the colours would take longer than all the rest.
    """
    from PIL import ImageChops

    steps = [round(value * SHADES / 255) for value in range(256)]
    picture, *others = [
        layer.point([ink * SHADES + step if step else 0 for step in steps])
        for ink, layer in enumerate(covered)
    ]
    for other in others:
        picture = ImageChops.lighter(picture, other)
    picture.putpalette([channel for shade in _palette(colours) for channel in shade])
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _palette(colours: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
    yield PAPER
    for colour in colours:
        for step in range(1, SHADES + 1):
            mixed = zip(PAPER, colour, strict=True)
            yield tuple(round(p + (c - p) * step / SHADES) for p, c in mixed)


def _title_style(text: CoverText) -> _Style:
    """Return the style of the title: larger if it is short, smaller if there are two."""
    longest = max(len(half.title) for half in text.both)
    steps = TITLE_SIZES if text.second is None else TITLE_SIZES_OF_TWO
    size = next((size for letters, size in steps if longest <= letters), LEAST)
    return _Style(size=size, leading=size * 6 // 5, weight=700, ink=Ink.TEXT, heading=False)


def _subtitle_style(text: CoverText) -> _Style:
    longest = max(len(half.subtitle) for half in text.both)
    size = 36 if text.second is None else 28
    if longest > LONG_SUBTITLE:
        size = 26 if text.second is None else 22
    return _Style(size=size, leading=size * 9 // 7, weight=400, ink=Ink.TEXT)


def _state(layers: Layers, text: CoverText, faces: Sequence[FontFace], top: int) -> int:
    """Draw the state in a frame, as on the printed cover; return the next free row."""
    if not text.state:
        return top
    style = _Style(size=30, leading=38, weight=700, ink=Ink.ACCENT)
    below = _lines(layers, text.state, style, top, text, faces, inset=18)
    frame = (MARGIN, top - 14, WIDTH - MARGIN, below + 12)
    if layers:
        layers[Ink.ACCENT].rectangle(frame, outline=255, width=3)
    return below + 64


def _lines(
    layers: Layers,
    words: str,
    style: _Style,
    top: int,
    text: CoverText,
    faces: Sequence[FontFace],
    inset: int = 0,
) -> int:
    """Draw a text in lines from its starting side, without layers only measure it.

    Return the next free row.
    """
    font = _font(words, style, tuple(faces))
    right = text.direction == "rtl"
    place = WIDTH - MARGIN - inset if right else MARGIN + inset
    for line in _broken(words, font, WIDTH - 2 * (MARGIN + inset)):
        anchor = "ra" if right else "la"
        if layers:
            layers[style.ink].text((place, top), line, 255, font, anchor, direction=text.direction)
        top += style.leading
    return top


@lru_cache(maxsize=16)
def _broken(words: str, font: Any, width: int) -> tuple[str, ...]:
    """Return the lines of a text, which are measured, then drawn."""
    return tuple(_break(words, font, width))


def _break(words: str, font: Any, width: int) -> Iterator[str]:
    """Yield the lines of a text; a word wider than a line has a line of its own."""
    for part in words.split("\n"):
        line = ""
        for piece in _pieces(part, font, width):
            if line and font.getlength(line + piece) > width:
                yield line.strip(" ")
                line = ""
            line += piece
        if line:
            yield line.strip(" ")


def _pieces(words: str, font: Any, width: int) -> Iterator[str]:
    """Yield the words of a line, those wider than the line in syllables."""
    pieces = WIDE_PIECE() if may_have_wide(words) else PIECE
    for piece in pieces.findall(words):
        yield from SYLLABLE.split(piece) if font.getlength(piece) > width else [piece]


@lru_cache(maxsize=16)
def _font(words: str, style: _Style, faces: tuple[FontFace, ...]) -> Any:
    from PIL import ImageFont

    face = _face(words, style, faces)
    font = ImageFont.truetype(str(face.path), style.size, face.number)
    if face.weight is None:
        axes = font.get_variation_axes()
        font.set_variation_by_axes([_axis(axis, style) for axis in axes])
    return font


def _axis(axis: Any, style: _Style) -> float:
    """Return the value for an axis of a variable font: the weight wanted, or the default."""
    name = bytes(axis["name"]).decode("latin-1").lower()
    wanted = style.weight if name == "weight" else axis["default"]
    return float(min(max(wanted, axis["minimum"]), axis["maximum"]))


def _face(words: str, style: _Style, faces: Sequence[FontFace]) -> FontFace:
    upright = [face for face in faces if face.style == "normal"]
    families = list(dict.fromkeys(face.family for face in upright))
    if style.heading:
        families = families[1:2] + families[:1] + families[2:]

    def order(face: FontFace) -> tuple[int, int]:
        return families.index(face.family), abs((face.weight or style.weight) - style.weight)

    ordered = sorted(upright, key=order)
    return next((face for face in ordered if not find_missing_letters(words, [face])), ordered[0])
