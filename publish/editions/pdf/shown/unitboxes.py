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
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

from publish.editions.lines.measuring import place_letters
from publish.editions.pdf.shown.shownlines import ShownLine, ShownPages, ShownPiece, ShownStyle
from publish.editions.pdf.shown.unittexts import Ids, UnitTexts

__all__ = ["Box", "UnitBoxes", "UnitPlaces", "find_unit_boxes", "read_unit_places"]

UNCOUNTED = re.compile(
    "[\\s\u00ad\\-\u058a\u05be\u2010\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
"""Spaces, hyphens and signs without a shape."""

TOUCHING = 0.5
"""How far apart two parts of a line may be to be one box, in heights of the line."""


class Box(NamedTuple):
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


class PlacedUnits(NamedTuple):
    """A box of some sentences; `listed` is one in a list."""

    ids: Ids
    listed: bool
    box: Box


class _Part(NamedTuple):
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
    """The boxes of sentences in the order of pages.

    `shown` is where elements are first shown, by number: those that have sentences without a box,
    and the imprint.
    """

    parts: Sequence[PlacedUnits]
    shown: Mapping[int, Box]

    def renumber(
        self, numbers: Mapping[int, int], page: int, names: Mapping[Ids, Ids]
    ) -> UnitPlaces:
        """Return the same, of elements with other numbers and pages counted from one, and names.

        Both are by those here.
        """
        return UnitPlaces(
            [
                PlacedUnits(names[ids], listed, Box(at + page, x, y, width, height))
                for ids, listed, (at, x, y, width, height) in self.parts
            ],
            {
                numbers[number]: box._replace(page=box.page + page)
                for number, box in self.shown.items()
            },
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known of the pages so far: the letters counted for each element.

    `ends` are the counts at which the pieces of elements end, `styles` those of the lines.
    """

    texts: UnitTexts
    ends: Mapping[int, tuple[int, ...]]
    styles: Sequence[ShownStyle]
    counted: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def read_unit_places(
    shown: ShownPages, texts: UnitTexts, fonts: Any, sizes: Sequence[tuple[float, float]]
) -> UnitPlaces:
    """Return what pages show of sentences.

    `fonts` are those that they were laid out with, and `sizes` are in CSS px.
    """
    ends = {
        number: tuple(accumulate(_count(piece.text) for piece in pieces))
        for number, pieces in texts.pieces.items()
    }
    styles = [ShownStyle.make(values, fonts) for values in shown.styles]
    reading = _Reading(texts, ends, styles)
    parts = [
        PlacedUnits(part.ids, part.listed, _box(part, sizes))
        for page, lines in enumerate(shown.pages)
        for line in lines
        for part in _read_line(line, page, reading)
    ]
    seen = {name for part in parts for name in part.ids}
    wanted = {texts.about} | {
        number
        for number, pieces in texts.pieces.items()
        if not all(seen.issuperset(piece.ids) for piece in pieces)
    }
    places = {
        number: _box(_Part((), *place), sizes)
        for number, place in shown.elements.items()
        if number in wanted
    }
    return UnitPlaces(parts, places)


def find_unit_boxes(places: UnitPlaces, texts: UnitTexts, every: Sequence[str]) -> UnitBoxes:
    """Return where the sentences of an edition are on its pages; `every` are the ids of all."""
    found: dict[str, list[Box]] = defaultdict(list)
    for listed in (False, True):
        for ids, its, box in places.parts:
            if its == listed:
                for name in ids:
                    found[name].append(box)
    if not found.keys() >= set(every):
        _add_hidden(places, texts, found)
    unseen = frozenset(every) - found.keys()
    about = _about(places, texts)
    boxes = {name: tuple(found.get(name, (about,))) for name in every}
    return UnitBoxes(boxes, unseen)


def _count(text: str) -> int:
    return len(UNCOUNTED.sub("", text).casefold())


def _box(part: _Part, sizes: Sequence[tuple[float, float]]) -> Box:
    _, page, left, top, right, bottom, _ = part
    width, height = sizes[page]
    if not (0 <= left <= right <= width and 0 <= top <= bottom <= height):
        left, right = (min(max(x, 0.0), width) for x in (left, right))
        top, bottom = (min(max(y, 0.0), height) for y in (top, bottom))
    return Box(
        page,
        round(left / width, 5),
        round(top / height, 5),
        round((right - left) / width, 5),
        round((bottom - top) / height, 5),
    )


def _about(places: UnitPlaces, texts: UnitTexts) -> Box:
    """Return the box of the imprint or, if there is none, the first page."""
    box = None if texts.about is None else places.shown.get(texts.about)
    return box or Box(0, 0.0, 0.0, 1.0, 1.0)


def _add_hidden(places: UnitPlaces, texts: UnitTexts, found: dict[str, list[Box]]) -> None:
    """Give a sentence without a letter that counts the box of the element that has it."""
    for number, pieces in texts.pieces.items():
        for piece in pieces:
            for name in piece.ids:
                if name not in found and number in places.shown:
                    found[name].append(places.shown[number])


# --------------------------------------------------------------------------- on a page


def _read_line(line: ShownLine, page: int, reading: _Reading) -> Iterable[_Part]:
    """Return what a line shows of sentences, no higher than the line, as letters set solid are."""
    parts = (part for piece in line.pieces for part in _read_piece(piece, page, reading))
    if line.height is None:
        return parts
    return [_clip(part, line.top, line.height) for part in _join(parts)]


def _read_piece(piece: ShownPiece, page: int, reading: _Reading) -> Iterator[_Part]:
    right, bottom = piece.left + piece.width, piece.top + piece.height
    listed = piece.text is not None and piece.element in reading.texts.listed
    whole = _Part((), page, piece.left, piece.top, right, bottom, listed)
    if piece.text is not None:
        yield from _read_text(piece, piece.text, whole, reading)
        return
    for one in reading.texts.pieces.get(piece.element, ()):
        if one.ids:
            yield whole._replace(ids=one.ids)


def _read_text(piece: ShownPiece, text: str, whole: _Part, reading: _Reading) -> Iterator[_Part]:
    """Yield the parts of a text on a page that belong to sentences."""
    number = piece.element
    ends = reading.ends.get(number)
    size = _count(text)
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
    if len(shares) == 1:
        if shares[0][2]:
            yield whole._replace(ids=shares[0][2])
        return
    offsets = list(accumulate(map(_count, piece.painted), initial=0))
    letters = place_letters(piece.painted, reading.styles[piece.style], piece.spacing)
    places = [one for one in letters if offsets[one[0]] < offsets[one[0] + 1]]
    for first, last, ids in shares:
        for start_x, end_x in _stretches(places, offsets, first, last) if ids else ():
            yield whole._replace(ids=ids, left=whole.left + start_x, right=whole.left + end_x)


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
    return one._replace(
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )


def _clip(part: _Part, top: float, height: float) -> _Part:
    if part.bottom - part.top <= height:
        return part
    return part._replace(top=max(part.top, top), bottom=min(part.bottom, top + height))
