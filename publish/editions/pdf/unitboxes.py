"""Finds the boxes of every sentence on the laid-out pages of a PDF.

The letters of an element are shown in its order, whatever lines and pages they are in, so counting
them tells which sentence a text on a page belongs to.  Spaces and hyphens are not counted: a layout
drops and adds them.  A line with the end of one sentence and the start of another is cut between
their letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from publish.editions.lines.measuring import place_letters
from publish.editions.pdf.unittexts import Ids, UnitTexts

__all__ = ["Box", "UnitBoxes", "UnitPlaces", "find_unit_boxes", "read_unit_places"]

TEXT, IMAGES = "TextBox", ("InlineReplacedBox", "BlockReplacedBox")
ADDED = re.compile("::(?!first-letter)")
"""Boxes of what style sheets add."""

UNCOUNTED = re.compile(
    "[\\s\u00ad\\-\u058a\u05be\u2010\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
"""Spaces, hyphens and signs without a shape."""

TOUCHING = 0.5
"""How far apart two parts of a line may be to be one box, in heights of the line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, its number from 0; lengths are shares of the page's width or height."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class UnitBoxes:
    """The boxes of every sentence by its id, those of its place in the text before others.

    The `unseen` sentences are on no page, only in the properties of the file, such as keywords, or
    left out by a template; their box is that of the imprint, or of the cover.
    """

    boxes: Mapping[str, tuple[Box, ...]]
    unseen: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a line shows of some sentences, in CSS px of its page; `listed` is one in a list."""

    ids: Ids
    page: int
    left: float
    top: float
    right: float
    bottom: float
    listed: bool = False


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """What pages show of sentences, in its order, and where elements are first shown, by number."""

    parts: Sequence[_Part]
    shown: Mapping[int, _Part]

    def renumber(self, first: int, page: int, names: Mapping[Ids, Ids]) -> UnitPlaces:
        """Return the same, of elements and pages counted from these, with other names."""
        return UnitPlaces(
            [replace(one, ids=names[one.ids], page=one.page + page) for one in self.parts],
            {
                number + first: replace(one, page=one.page + page)
                for number, one in self.shown.items()
            },
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known of the pages so far: letters counted for each element, parts, blocks."""

    numbers: Mapping[Any, int]
    texts: UnitTexts
    ends: Mapping[int, tuple[int, ...]]
    page: int = 0
    counted: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    parts: list[_Part] = field(default_factory=list)
    shown: dict[int, _Part] = field(default_factory=dict)


def read_unit_places(
    boxes: Sequence[Any], numbers: Mapping[Any, int], texts: UnitTexts
) -> UnitPlaces:
    """Return what pages show of sentences; `boxes` are those of pages, `numbers` of elements."""
    ends = {
        number: tuple(accumulate(_count(piece.text) for piece in pieces))
        for number, pieces in texts.pieces.items()
    }
    reading = _Reading(numbers, texts, ends)
    for number, box in enumerate(boxes):
        _read(box, replace(reading, page=number))
    wanted = {*texts.pieces, texts.about}
    shown = {number: part for number, part in reading.shown.items() if number in wanted}
    return UnitPlaces(reading.parts, shown)


def find_unit_boxes(
    places: UnitPlaces,
    texts: UnitTexts,
    sizes: Sequence[tuple[float, float]],
    every: Sequence[str],
) -> UnitBoxes:
    """Return where the sentences of an edition are on its pages, whose sizes are in CSS px.

    `every` are the ids of all sentences.
    """
    found: dict[str, list[Box]] = defaultdict(list)
    for part in sorted(places.parts, key=lambda part: part.listed):
        for name in part.ids:
            found[name].append(_box(part, sizes))
    _add_hidden(places, texts, found, sizes)
    unseen = frozenset(every) - found.keys()
    about = _about(places, texts, sizes)
    boxes = {name: tuple(found.get(name, (about,))) for name in every}
    return UnitBoxes(boxes, unseen)


def _count(text: str) -> int:
    return len(UNCOUNTED.sub("", text).casefold())


def _box(part: _Part, sizes: Sequence[tuple[float, float]]) -> Box:
    width, height = sizes[part.page]
    left, right = (min(max(x, 0.0), width) for x in (part.left, part.right))
    top, bottom = (min(max(y, 0.0), height) for y in (part.top, part.bottom))
    return Box(
        part.page,
        round(left / width, 5),
        round(top / height, 5),
        round((right - left) / width, 5),
        round((bottom - top) / height, 5),
    )


def _about(places: UnitPlaces, texts: UnitTexts, sizes: Sequence[tuple[float, float]]) -> Box:
    """Return the box of the imprint or, if there is none, the first page."""
    part = None if texts.about is None else places.shown.get(texts.about)
    return _box(part, sizes) if part else Box(0, 0.0, 0.0, 1.0, 1.0)


def _add_hidden(
    places: UnitPlaces,
    texts: UnitTexts,
    found: dict[str, list[Box]],
    sizes: Sequence[tuple[float, float]],
) -> None:
    """Give a sentence without a letter that counts the box of the element that has it."""
    for number, pieces in texts.pieces.items():
        for piece in pieces:
            for name in piece.ids:
                if name not in found and number in places.shown:
                    found[name].append(_box(places.shown[number], sizes))


# --------------------------------------------------------------------------- on a page


def _read(box: Any, reading: _Reading) -> None:
    """Read all text and images in a box, line by line."""
    box = getattr(box, "_box", box)
    kind = type(box).__name__
    if kind == "MarginBox" or ADDED.search(box.element_tag or ""):
        return
    _note(box, kind, reading)
    if kind == "LineBox":
        reading.parts.extend(_clip(part, box) for part in _join(_in_line(box, reading)))
    elif kind in IMAGES:
        reading.parts.extend(_image(box, reading))
    else:
        for child in getattr(box, "children", ()):
            _read(child, reading)


def _note(box: Any, kind: str, reading: _Reading) -> None:
    """Note where an element is first shown."""
    number = reading.numbers.get(box.element)
    if number is not None and number not in reading.shown and kind != "PageBox":
        left, top = box.position_x, box.position_y
        try:
            right, bottom = left + box.margin_width(), top + box.margin_height()
        except TypeError:  # Boxes of a line without a size of their own.
            return
        reading.shown[number] = _Part((), reading.page, left, top, right, bottom)


def _in_line(box: Any, reading: _Reading) -> Iterator[_Part]:
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


def _image(box: Any, reading: _Reading) -> Iterator[_Part]:
    for piece in reading.texts.pieces.get(reading.numbers.get(box.element, -1), ()):
        if piece.ids:
            left, top = box.border_box_x(), box.border_box_y()
            right, bottom = left + box.border_width(), top + box.border_height()
            yield _Part(piece.ids, reading.page, left, top, right, bottom)


def _text(box: Any, reading: _Reading) -> Iterator[_Part]:
    """Yield the parts of a text on a page that belong to sentences."""
    number = reading.numbers.get(box.element, -1)
    ends = reading.ends.get(number)
    size = _count(box.text)
    if not ends or not ends[-1] or not size:
        return
    start = reading.counted[number] % ends[-1]  # The head of a table is shown on many pages.
    reading.counted[number] = start + size
    pieces = reading.texts.pieces[number]
    shares = [
        (max(first, start) - start, min(last, start + size) - start, piece.ids)
        for first, last, piece in zip((0, *ends), ends, pieces, strict=False)
        if first < start + size and last > start
    ]
    top, bottom = box.position_y, box.position_y + box.height
    left, listed = box.position_x, number in reading.texts.listed
    whole = _Part((), reading.page, left, top, left + box.width, bottom, listed)
    if len(shares) == 1:
        if shares[0][2]:
            yield replace(whole, ids=shares[0][2])
        return
    offsets = list(accumulate(map(_count, box.pango_layout.text), initial=0))
    places = [one for one in place_letters(box) if offsets[one[0]] < offsets[one[0] + 1]]
    for first, last, ids in shares:
        for start_x, end_x in _stretches(places, offsets, first, last) if ids else ():
            yield replace(whole, ids=ids, left=left + start_x, right=left + end_x)


def _stretches(
    places: Iterable[tuple[int, float, float]], offsets: Sequence[int], first: int, last: int
) -> Iterator[tuple[float, float]]:
    """Yield from where to where the letters between two counts are in a line, from the left."""
    left: float | None = None
    right = 0.0
    for at, x, width in places:
        if first <= offsets[at] < last:
            left, right = x if left is None else left, x + width
        elif left is not None:
            yield left, right
            left = None
    if left is not None:
        yield left, right


def _join(parts: Iterable[_Part]) -> list[_Part]:
    """Return the parts of a line with those that touch and belong together made one."""
    done: list[_Part] = []
    for part in parts:
        slack = TOUCHING * (part.bottom - part.top)
        for at, other in enumerate(done):
            if (
                (other.ids, other.listed) == (part.ids, part.listed)
                and part.left <= other.right + slack
                and other.left <= part.right + slack
            ):
                done[at] = _unite(other, part)
                break
        else:
            done.append(part)
    return done


def _unite(one: _Part, other: _Part) -> _Part:
    return replace(
        one,
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )


def _clip(part: _Part, line: Any) -> _Part:
    """Return a part that is no higher than its line, as letters set solid are."""
    if part.bottom - part.top <= line.height:
        return part
    top = max(part.top, line.position_y)
    return replace(part, top=top, bottom=min(part.bottom, line.position_y + line.height))
