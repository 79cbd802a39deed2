"""Finds out whether the digits of a number can change without moving anything: `find_digits`.

That is so if a font has all digits as wide as its zero, whatever stands beside them.  The runs of
glyphs are Pango's, and boxes and their styles WeasyPrint's: private parts of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.codes import PaintedText
from publish.editions.pdf.glyphs import EvenWidths, PlainRun
from publish.editions.pdf.marks import PageMarks
from publish.editions.pdf.parts.masking import read_number

__all__ = [
    "Digits",
    "NumbersNeededError",
    "check_names",
    "find_digits",
    "name_digits",
    "read_digits",
]


class NumbersNeededError(Exception):
    """Another number would be as another text: the part must be laid out with its own."""


@dataclass(frozen=True, slots=True)
class Digits:
    """The digits that show a number: the name of their font, and their glyphs from 0 to 9.

    `zero` is the letter of the first, `width` that of each in thousandths of its size."""

    font: str
    glyphs: tuple[int, ...]
    zero: str
    width: float

    def list_letters(self, number: str) -> Iterator[tuple[str, int, str]]:
        """Yield font, glyph and letter of each digit of a number."""
        for letter in number:
            yield self.font, self.glyphs[ord(letter) - ord(self.zero)], letter


def find_digits(marks: PageMarks, shown: Mapping[Element, int]) -> dict[int, Digits]:
    """Return the digits of each number that pages show, whose fonts have no names yet.

    `shown` are the numbers of elements that have zeros instead.  Their boxes get these in `marks`.
    Raises NumbersNeededError if another number could move something, or would stand elsewhere, too.
    """
    found: dict[int, Digits] = {}
    known: dict[str, Digits] = {}
    boxes: Iterable[Any] = (*marks.artifacts, *marks.pieces)
    for box in boxes:
        element = getattr(box, "element", None)
        if element is None or element not in shown or not getattr(box, "text", ""):
            continue
        if box.element_tag != element.tag + ("" if _is_text(element) else "::before"):
            continue  # What a rule adds to a number.
        at = shown[element]
        text, style = box.text, box.style
        if text != read_number(element)[1] or box in marks.actual:
            raise NumbersNeededError
        kind = repr((text[0], [style[name] for name in _TEXT]))
        if kind not in known:
            known[kind] = read_digits(text[0], style)
        if found.setdefault(at, known[kind]) != known[kind]:
            raise NumbersNeededError
        marks.numbers[box] = at
    if any(at not in found for one, at in shown.items() if _is_text(one)):
        raise NumbersNeededError
    return found


def _is_text(element: Element) -> bool:
    """Return whether the number of an element is its text, which no rule hides."""
    return read_number(element)[0] != "paragraph"


def check_names(boxes: Iterable[Any], shown: Mapping[Element, int]) -> None:
    """Raise NumbersNeededError if a text for the outline or a running head may have a number.

    `boxes` are those of pages, `shown` the elements that have zeros instead.
    """
    texts = {one for one in shown if _is_text(one)}
    for page in boxes if texts else ():
        for box in page.descendants():
            strings = () if box.string_set in (None, "none") else box.string_set
            names = {text for _, text in strings} | {box.bookmark_label or ""}
            if box.element is None or not any(map(_has_zero, names)):
                continue
            if names - {"", box.element.get("data-label")} and texts.intersection(
                box.element.iter()
            ):
                raise NumbersNeededError


def _has_zero(text: str) -> bool:
    return any(unicodedata.decimal(one, -1) == 0 for one in text)


_TEXT = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "word_spacing",
)
"""The properties that glyphs and their widths depend on."""


def _pair_digits() -> list[int]:
    """Return digits among which each stands before each (a sequence of de Bruijn)."""
    found: list[int] = []
    for one in range(10):
        found += [one, one]
        for other in range(one + 1, 10):
            found += [other, one]
    return found


def read_digits(zero: str, style: Any) -> Digits:
    """Return the digits of a style, beginning with a zero; their font has no name yet.

    Raises NumbersNeededError unless they are set as zeros would be.
    """
    values = _pair_digits()
    text = "".join(chr(ord(zero) + one) for one in values)
    zeros, wanted = _lay_line(zero * len(text), style), _lay_line(text, style)
    if zeros.places != wanted.places or len(wanted.glyphs) != len(values):
        raise NumbersNeededError
    glyphs = dict(zip(values, wanted.glyphs, strict=True))
    widths = EvenWidths(style.font_config.font_map, wanted.font)
    if (
        [glyphs[one] for one in values] != wanted.glyphs
        or set(zeros.glyphs) != {glyphs[0]}
        or len({widths[glyph] for glyph in glyphs.values()}) > 1
    ):
        raise NumbersNeededError
    return Digits("", tuple(glyphs[one] for one in range(10)), zero, widths[glyphs[0]])


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text: its glyphs, all else of them, and the font of the first run."""

    glyphs: list[int]
    places: list[Any]
    font: Any


def _lay_line(text: str, style: Any) -> _Line:
    from weasyprint.text.ffi import ffi  # type: ignore[import-untyped]
    from weasyprint.text.fonts import get_pango_font_key  # type: ignore[import-untyped]
    from weasyprint.text.line_break import create_layout  # type: ignore[import-untyped]

    layout = create_layout(text, style, None, None, 0)
    line, _ = layout.get_first_line()
    glyphs: list[int] = []
    places: list[Any] = []
    font = line.runs[0].data.item.analysis.font
    run = line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        places.append((get_pango_font_key(item.analysis.font)[0], item.offset, item.analysis.level))
        places += ffi.unpack(string.log_clusters, string.num_glyphs)
        for one in string.glyphs[0 : string.num_glyphs]:
            glyphs.append(one.glyph)
            shape = one.geometry
            places.append((shape.width, shape.x_offset, shape.y_offset))
        run = run.next
    return _Line(glyphs, places, font)


def name_digits(digits: Mapping[int, Digits], painted: Iterable[PaintedText]) -> dict[int, Digits]:
    """Return the digits of each number that is painted, with the names of their fonts.

    Raises NumbersNeededError if one is painted in another way than one glyph after the other.
    """
    found: dict[int, Digits] = {}
    for text in painted:
        if text.number < 0:
            continue
        own = digits[text.number]
        run = text.runs[0]
        if len(text.runs) > 1 or not isinstance(run, PlainRun) or not _is_shown(text, run, own):
            raise NumbersNeededError
        named = replace(own, font=run.font)
        if found.setdefault(text.number, named) != named:
            raise NumbersNeededError
    return found


def _is_shown(text: PaintedText, run: PlainRun, digits: Digits) -> bool:
    """Return whether a text is painted as zeros, all in one item of the stream."""
    shown = [
        item
        for item in text.stream[text.begin : text.end]
        if isinstance(item, bytes) and item.endswith(b" TJ")
    ]
    return (
        len(shown) == 1
        and set(run.glyphs) == {digits.glyphs[0]}
        and set(run.texts) == {digits.zero}
        and shown[0].count(b"%04x" % digits.glyphs[0]) == len(run.glyphs)
        and not any(_ACTUAL in one for one in _list_marks(text))
    )


_ACTUAL = "/ActualText"


def _list_marks(text: PaintedText) -> Iterator[str]:
    """Yield the items of a stream that may say what a text is: those since the text before."""
    for at in range(text.begin - 1, -1, -1):
        item = text.stream[at]
        if item in ("EMC", b"EMC", "ET", b"ET"):
            return
        yield item.decode("latin-1") if isinstance(item, bytes) else str(item)
