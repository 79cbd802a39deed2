"""Finds out whether the digits of a number can change without moving anything: `find_digits`.

That is so if a font has all digits as wide as its zero, whatever stands beside them.  The runs of
glyphs are Pango's, and boxes and their styles WeasyPrint's: private parts of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.letters.codes import LetterCounts, PaintedText
from publish.editions.pdf.letters.glyphs import EvenWidths, PlainRun
from publish.editions.pdf.parts.masking import NumberKind, read_number
from publish.editions.pdf.tags.marks import PageMarks

__all__ = [
    "GLYPHS",
    "Digits",
    "NumbersNeededError",
    "check_names",
    "count_around",
    "find_digits",
    "has_even_digits",
    "name_digits",
]


class NumbersNeededError(Exception):
    """Another number would be as another text: the part must be laid out with its own."""


@dataclass(frozen=True, slots=True)
class Digits:
    """The digits that show a number: the name of their font, and their glyphs from 0 to 9.

    `zero` is the letter of the first, `width` that of each in thousandths of its size, and `around`
    the glyphs beside the number in its text.
    """

    font: str
    glyphs: tuple[int, ...]
    zero: str
    width: float
    around: frozenset[int] = frozenset()

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
        number = "".join(filter(str.isdecimal, text))
        if number not in ("", read_number(element)) or number not in text or box in marks.actual:
            raise NumbersNeededError
        if not number:
            continue
        kind = repr((number if text == number else text, [style[name] for name in _TEXT]))
        if kind not in known:
            known[kind] = _read_digits(number[0], style)
            _check_around(known[kind], text, style)
        if found.setdefault(at, known[kind]) != known[kind]:
            raise NumbersNeededError
        marks.numbers[box] = at
    if any(at not in found for one, at in shown.items() if _is_text(one)):
        raise NumbersNeededError
    return found


def _is_text(element: Element) -> bool:
    """Return whether the number of an element is its text, which no rule hides."""
    return element.get("class") != "number"


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


_BESIDE: Mapping[NumberKind, tuple[str, str]] = {"caption": ("\u00a0", "."), "link": ("\u00a0", "")}
"""What mostly stands before and after a number in its text."""


def has_even_digits(kind: NumberKind, zero: str, style: Any) -> bool:
    """Return whether zeros can stand for numbers of a kind in a style, if they are in usual texts.

    The style of what is hidden is None.
    """
    if style is None:
        return True
    if kind != "paragraph" and style["text_transform"] != "none":
        return False
    before, after = _BESIDE.get(kind, ("", ""))
    try:
        _check_around(_read_digits(zero, style), f"{before}{zero}{after}", style)
    except NumbersNeededError:
        return False
    return True


def _pair_digits() -> list[int]:
    """Return digits among which each stands before each (a sequence of de Bruijn)."""
    found: list[int] = []
    for one in range(10):
        found += [one, one]
        for other in range(one + 1, 10):
            found += [other, one]
    return found


def _read_digits(zero: str, style: Any) -> Digits:
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


def _check_around(digits: Digits, text: str, style: Any) -> None:
    """Raise NumbersNeededError unless what is beside a number of zeros is so beside any other."""
    zeros = _lay_line(text, style)
    for value in range(1, 10) if not text.isdecimal() else ():
        other = _lay_line(text.replace(digits.zero, chr(ord(digits.zero) + value)), style)
        glyphs = {digits.glyphs[0]: digits.glyphs[value]}
        if (
            zeros.places != other.places
            or [glyphs.get(one, one) for one in zeros.glyphs] != other.glyphs
        ):
            raise NumbersNeededError


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


def count_around(painted: Iterable[PaintedText]) -> LetterCounts:
    """Count the letters of texts with numbers, without these."""
    return LetterCounts(
        (run.font, glyph, letter)
        for text in painted
        for run in text.runs
        if isinstance(run, PlainRun)
        for glyph, letter in zip(run.glyphs, run.texts, strict=True)
        if letter and not letter.isdecimal()
    )


def name_digits(digits: Mapping[int, Digits], painted: Iterable[PaintedText]) -> dict[int, Digits]:
    """Return the digits of each number that is painted, with the names of their fonts.

    Raises NumbersNeededError if one is painted in another way than one glyph after the other.
    """
    found: dict[int, Digits] = {}
    known: dict[Digits, Digits] = {}  # What is kept of them names each once.
    for text in painted:
        if text.number < 0:
            continue
        own = digits[text.number]
        run = text.runs[0]
        if len(text.runs) > 1 or not isinstance(run, PlainRun) or not _is_shown(text, run, own):
            raise NumbersNeededError
        around = frozenset(run.glyphs) - {own.glyphs[0]}
        named = replace(own, font=run.font, around=around)
        named = known.setdefault(named, named)
        if found.setdefault(text.number, named) != named:
            raise NumbersNeededError
    return found


def _is_shown(text: PaintedText, run: PlainRun, digits: Digits) -> bool:
    """Return whether a text is painted in one item of a stream, with zeros for its number."""
    shown = [
        item
        for item in text.stream[text.begin : text.end]
        if isinstance(item, bytes) and item.endswith(b" TJ")
    ]
    return (
        len(shown) == 1
        and b"".join(GLYPHS.findall(shown[0])) == b"".join(b"%04x" % one for one in run.glyphs)
        and all(
            (one == digits.glyphs[0]) == (letter == digits.zero)
            for one, letter in zip(run.glyphs, run.texts, strict=True)
        )
        and not any(_ACTUAL in one for one in _list_marks(text))
    )


GLYPHS = re.compile(rb"<([0-9a-f]+)>")
"""Glyphs in an item of a stream, four digits for each."""

_ACTUAL = "/ActualText"


def _list_marks(text: PaintedText) -> Iterator[str]:
    """Yield the items of a stream that may say what a text is: those since the text before."""
    for at in range(text.begin - 1, -1, -1):
        item = text.stream[at]
        if item in ("EMC", b"EMC", "ET", b"ET"):
            return
        yield item.decode("latin-1") if isinstance(item, bytes) else str(item)
