"""The picture of a book's cover, drawn from its words; the only door to Pillow.

Readers show it among other books, no larger than a stamp: title large, little else, strong
contrast, in grey and one colour so that e-ink and phone show the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from publish.editions.fonts import FontFace, missing_letters

__all__ = ["CoverText", "cover_png"]

WIDTH, HEIGHT, MARGIN = 800, 1200, 72
"""Pixels: two to three, as readers' shelves want it."""

INK, GREY, PAPER = (26, 26, 26), (96, 96, 96), (255, 255, 255)
SHADES = 16
"""Colours of the finished picture, which keep letters smooth and the file small."""


@dataclass(frozen=True, slots=True)
class CoverText:
    """The words of a cover; empty ones are left out.

    `accent` is a colour, red, green and blue from 0 to 255.  `second` are the words in the
    other language of a bilingual edition.
    """

    title: str
    subtitle: str
    author: str
    date: str
    language: str
    state: str
    direction: Literal["ltr", "rtl"]
    accent: tuple[int, int, int] = (138, 28, 28)
    second: CoverText | None = None

    @property
    def both(self) -> tuple[CoverText, ...]:
        return (self,) if self.second is None else (self, self.second)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text of the cover is set: size and leading in pixels, weight as fonts count it."""

    size: int
    leading: int
    weight: int
    colour: tuple[int, int, int]
    heading: bool = True


def cover_png(text: CoverText, faces: Sequence[FontFace]) -> bytes:
    """The picture as PNG; the same words and fonts give the same bytes.

    `faces` are the edition's: the first family sets the title, the second the rest.  A word
    that its family cannot show is set in another one that can.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 24), fill=text.accent)
    top = 96
    for half in text.both:
        top = _state(draw, half, faces, top)
    top = _lines(draw, text.author, _Style(27, 36, 400, GREY), top, text, faces)
    top = max(top + 60, 300)
    for half in text.both:
        top = _lines(draw, half.title, _title_style(text), top, half, faces)
        top = _lines(draw, half.subtitle, _subtitle_style(text), top + 28, half, faces) + 44
    draw.rectangle((MARGIN, HEIGHT - 190, WIDTH - MARGIN, HEIGHT - 187), fill=text.accent)
    names = " · ".join(half.language for half in text.both)
    below = _lines(draw, names, _Style(34, 42, 700, INK), HEIGHT - 164, text, faces)
    _lines(draw, text.date, _Style(30, 40, 400, GREY), below, text, faces)
    buffer = io.BytesIO()
    image.quantize(SHADES, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        buffer, "PNG", optimize=True
    )
    return buffer.getvalue()


def _title_style(text: CoverText) -> _Style:
    """A short title is set larger than a long one, two titles smaller than one."""
    longest = max(len(half.title) for half in text.both)
    size = 76 if longest <= 45 else 62 if longest <= 90 else 46
    if text.second is not None:
        size = 52 if longest <= 60 else 38
    return _Style(size, size * 6 // 5, 700, INK, heading=False)


def _subtitle_style(text: CoverText) -> _Style:
    return _Style(36, 46, 400, INK) if text.second is None else _Style(28, 36, 400, INK)


def _state(draw: Any, text: CoverText, faces: Sequence[FontFace], top: int) -> int:
    """The state in a frame, as on the printed cover; returns what is free below it."""
    if not text.state:
        return top
    style = _Style(30, 38, 700, text.accent)
    below = _lines(draw, text.state, style, top, text, faces, inset=18)
    draw.rectangle((MARGIN, top - 14, WIDTH - MARGIN, below + 12), outline=text.accent, width=3)
    return below + 64


def _lines(
    draw: Any,
    words: str,
    style: _Style,
    top: int,
    text: CoverText,
    faces: Sequence[FontFace],
    inset: int = 0,
) -> int:
    """Sets a text in lines from the starting side; returns the next free row."""
    font = _font(words, style, faces)
    right = text.direction == "rtl"
    place = WIDTH - MARGIN - inset if right else MARGIN + inset
    for line in _broken(words, font, WIDTH - 2 * (MARGIN + inset)):
        anchor = "ra" if right else "la"
        draw.text((place, top), line, style.colour, font, anchor, direction=text.direction)
        top += style.leading
    return top


def _broken(words: str, font: Any, width: int) -> Iterator[str]:
    """The lines of a text, filled from the first; a word wider than a line stands alone."""
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _font(words: str, style: _Style, faces: Sequence[FontFace]) -> Any:
    from PIL import ImageFont

    face = _face(words, style, faces)
    font = ImageFont.truetype(str(face.path), style.size)
    if face.weight is None:
        axes = font.get_variation_axes()
        font.set_variation_by_axes([_axis(axis, style) for axis in axes])
    return font


def _axis(axis: Any, style: _Style) -> float:
    """The value of a variable font's axis: the weight asked for, else what the font begins with."""
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
    return next((face for face in ordered if not missing_letters(words, [face])), ordered[0])
