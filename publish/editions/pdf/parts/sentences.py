"""The sentences of a document in parts: by names that do not depend on other parts, and where."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeAlias

from publish.editions.pdf.parts.keeping import join_keys, run_kept
from publish.editions.pdf.parts.placing import Making, PlacedPart
from publish.editions.pdf.parts.recalling import Recalled
from publish.editions.pdf.parts.recording import unpack
from publish.editions.pdf.shown.unitboxes import UnitPlaces, read_unit_places
from publish.editions.pdf.shown.unittexts import Ids, UnitPiece, UnitTexts

__all__ = ["find_places"]

_About: TypeAlias = tuple[
    "array[int]", "array[int]", list[tuple[UnitPiece, ...]], list[int], int | None
]
"""What the places of a part's sentences depend on: see `_describe`."""

_DIGIT = re.compile(r"\d")


def find_places(making: Making, parts: Sequence[PlacedPart]) -> UnitPlaces | None:
    """Return the places of sentences on all pages, if they are wanted; those of parts are kept."""
    setting = making.setting
    if setting.texts is None:
        return None
    abouts: dict[int, _About] = {}
    known: dict[int, UnitPlaces | None] = {}
    own: dict[int, UnitTexts] = {}
    names: dict[int, Mapping[Ids, Ids]] = {}
    numbers: dict[int, dict[int, int]] = {}
    firsts = list(accumulate((len(part.laid.pages) for part in parts), initial=0))
    for at, part in enumerate(parts):
        if part.lines_key:  # A blank page has none.
            first = setting.split.number_first(part.number)
            listed = setting.split.list_numbers(part.number)
            numbers[at] = {place: first + number for place, number in listed}
            abouts[at] = _describe(setting.texts, numbers[at])
            known[at] = _recall(setting.recalled, part.lines_key, firsts[at], abouts[at])
            if known[at] is None:
                own[at], names[at] = _split_texts(setting.texts, numbers[at])
    keys = {at: _make_key(parts[at].lines_key, texts) for at, texts in own.items()}

    def work(at: int) -> UnitPlaces:
        sizes = [(head.width, head.height) for head in parts[at].laid.open_heads()]
        shown = unpack(parts[at].open_lines())
        return read_unit_places(shown, own[at], setting.styles.fonts, sizes)

    made = dict(zip(keys, run_kept(making.run, making.store, work, keys), strict=True))
    for at, one in made.items():
        known[at] = found = one.renumber(numbers[at], firsts[at], names[at])
        if setting.recalled is not None:
            key = _name(parts[at].lines_key, firsts[at])
            setting.recalled.keep(key, (abouts[at], found))
    every = [one for one in known.values() if one is not None]
    shown = {number: one for places in reversed(every) for number, one in places.shown.items()}
    return UnitPlaces([one for places in every for one in places.parts], shown)


def _describe(texts: UnitTexts, numbers: Mapping[int, int]) -> _About:
    """Return all of a part's sentences that their places depend on, with its lines and first page.

    `numbers` are those of its elements in the document, by their places in the part.
    """
    return (
        array("I", numbers),
        array("I", numbers.values()),
        [texts.pieces.get(number, ()) for number in numbers.values()],
        [number for number in numbers.values() if number in texts.listed],
        texts.about if texts.about in numbers.values() else None,
    )


def _name(lines_key: str, first: int) -> tuple[str, ...]:
    return "places", lines_key, str(first)


def _recall(
    recalled: Recalled | None, lines_key: str, first: int, about: _About
) -> UnitPlaces | None:
    """Return the places of a part's sentences if its pages and all about it are as they were."""
    before = None if recalled is None else recalled.load(_name(lines_key, first))
    found: UnitPlaces | None = before[1] if before is not None and before[0] == about else None
    return found


def _split_texts(texts: UnitTexts, numbers: Mapping[int, int]) -> tuple[UnitTexts, dict[Ids, Ids]]:
    """Return the texts of a part, by the places of its elements, and the ids of their names.

    `numbers` are those of the elements in the document, by their places in the part; a note may be
    anywhere else before it is moved.  The names are numbers, in the order in which sentences begin
    in the part.  One digit is as good as another: letters are only counted.
    """
    names: dict[Ids, Ids] = {(): ()}
    pieces: dict[int, tuple[UnitPiece, ...]] = {}
    listed = []
    about = None
    for at, number in numbers.items():
        found = []
        for text, ids in texts.pieces.get(number, ()):
            if ids not in names:
                names[ids] = (str(len(names)),)
            found.append(UnitPiece(_mask(text), names[ids]))
        if found:
            pieces[at] = tuple(found)
        if number in texts.listed:
            listed.append(at)
        if number == texts.about:
            about = at
    own = UnitTexts(pieces, frozenset(listed), about)
    return own, {name: ids for ids, name in names.items()}


def _mask(text: str) -> str:
    return _DIGIT.sub("0", text)


def _make_key(lines_key: str, texts: UnitTexts) -> str:
    """Return the key of the places of a part's sentences; its lines have one, too.

    No XML has the characters between the fields.
    """
    pieces = (
        f"{number}\1{text}\1{' '.join(names)}"
        for number, own in texts.pieces.items()
        for text, names in own
    )
    listed, about = repr(sorted(texts.listed)), repr(texts.about)
    return join_keys("places", lines_key, "\0".join(pieces), listed, about)
