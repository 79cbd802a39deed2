"""Makes plain data of the lines on laid-out pages, which tell where sentences are.

It has nothing of the sentences themselves, so it can be kept with the pages of an edition and asked
later.  Pango gives the places of letters in a text again from its style, which is kept, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["ShownLine", "ShownPages", "ShownPiece", "ShownStyle", "read_shown_pages"]

TEXT, IMAGES = "TextBox", ("InlineReplacedBox", "BlockReplacedBox")
ADDED = re.compile("::(?!first-letter)")
"""Boxes of what style sheets add."""

SHAPING = (
    *("direction", "lang", "font_family", "font_size", "font_style", "font_stretch"),
    *("font_weight", "font_kerning", "font_language_override", "font_feature_settings"),
    *("font_variation_settings", "font_variant_alternates", "font_variant_caps"),
    *("font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric"),
    *("font_variant_position", "letter_spacing", "word_spacing", "overflow_wrap", "tab_size"),
)
"""All properties that WeasyPrint asks for when it lets Pango lay out a text, but for the lines
through and under it."""


class ShownPiece(NamedTuple):
    """A text in a line or an image: the number of its element, and its place in CSS px.

    The `text` of an image is None.  `painted` is what is shown of a text, with a hyphen if its line
    ends with one; `spacing` is by how much its spaces are wider, and `style` the number of its
    style.
    """

    element: int
    left: float
    top: float
    width: float
    height: float
    text: str | None = None
    painted: str = ""
    spacing: float = 0.0
    style: int = 0


class ShownLine(NamedTuple):
    """A line of a page; what is in no line, as some images, is in one without a height."""

    pieces: Sequence[ShownPiece]
    top: float = 0.0
    height: float | None = None


class ShownElement(NamedTuple):
    """Where an element is first shown: the number of the page, and its place in CSS px."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ShownPages:
    """The lines of each page, where elements are first shown, and the values of styles."""

    pages: Sequence[Sequence[ShownLine]]
    elements: Mapping[int, ShownElement]
    styles: Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ShownStyle:
    """The style of a text, as far as it decides where its letters are; `font_config` has fonts."""

    values: Mapping[str, Any]
    font_config: Any

    @classmethod
    def make(cls, values: Sequence[Any], fonts: Any) -> ShownStyle:
        """Return the style that has the values of one in `ShownPages`."""
        named = dict(zip(SHAPING, values, strict=True))
        return cls({**named, "text_decoration_line": "none"}, fonts)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def read_shown_pages(boxes: Sequence[Any], numbers: Mapping[Any, int]) -> ShownPages:
    """Return the lines of laid-out pages; `boxes` are those of pages, `numbers` of elements."""
    pages: list[list[ShownLine]] = []
    reading = _Reading(numbers, pages)
    for box in boxes:
        pages.append([])
        _read(box, reading)
    return ShownPages(pages, reading.elements, reading.styles)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known of the pages so far; `known` are the numbers of styles, and by their values."""

    numbers: Mapping[Any, int]
    pages: list[list[ShownLine]]
    elements: dict[int, ShownElement] = field(default_factory=dict)
    styles: list[tuple[Any, ...]] = field(default_factory=list)
    known: dict[int | str, int] = field(default_factory=dict)


def _read(box: Any, reading: _Reading) -> None:
    """Read all text and images in a box, line by line."""
    box = getattr(box, "_box", box)
    kind = type(box).__name__
    if kind == "MarginBox" or ADDED.search(box.element_tag or ""):
        return
    _note(box, kind, reading)
    if kind == "LineBox":
        pieces = list(_in_line(box, reading))
        reading.pages[-1].append(ShownLine(pieces, box.position_y, box.height))
    elif kind in IMAGES:
        reading.pages[-1].append(ShownLine(list(_image(box, reading))))
    else:
        for child in getattr(box, "children", ()):
            _read(child, reading)


def _note(box: Any, kind: str, reading: _Reading) -> None:
    """Note where an element is first shown."""
    number = reading.numbers.get(box.element)
    if number is not None and number not in reading.elements and kind != "PageBox":
        left, top = box.position_x, box.position_y
        try:
            right, bottom = left + box.margin_width(), top + box.margin_height()
        except TypeError:  # Boxes of a line without a size of their own.
            return
        page = len(reading.pages) - 1
        reading.elements[number] = ShownElement(page, left, top, right, bottom)


def _in_line(box: Any, reading: _Reading) -> Iterator[ShownPiece]:
    """Yield what is in a line; a block in it, such as a note's, is read on its own."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        kind = type(child).__name__
        if ADDED.search(child.element_tag or ""):
            continue
        if kind == TEXT:
            _note(child, kind, reading)
            yield from _text(child, reading)
        elif kind in IMAGES:
            _note(child, kind, reading)
            yield from _image(child, reading)
        elif kind == "InlineBox":
            _note(child, kind, reading)
            yield from _in_line(child, reading)
        else:
            _read(child, reading)


def _image(box: Any, reading: _Reading) -> Iterator[ShownPiece]:
    number = reading.numbers.get(box.element)
    if number is not None:
        left, top = box.border_box_x(), box.border_box_y()
        yield ShownPiece(number, left, top, box.border_width(), box.border_height())


def _text(box: Any, reading: _Reading) -> Iterator[ShownPiece]:
    number = reading.numbers.get(box.element)
    if number is not None:
        place = box.position_x, box.position_y, box.width, box.height
        style = _find_style(box.style, reading)
        painted = box.pango_layout.text
        yield ShownPiece(number, *place, box.text, painted, box.justification_spacing, style)


def _find_style(style: Any, reading: _Reading) -> int:
    """Return the number of a style, the same for all with these values."""
    number = reading.known.get(id(style))
    if number is None:
        values = tuple([style[name] for name in SHAPING])
        number = reading.known.setdefault(repr(values), len(reading.styles))
        if number == len(reading.styles):
            reading.styles.append(values)
        reading.known[id(style)] = number
    return number
