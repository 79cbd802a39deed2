"""Lays out all parts of a document and puts them in their order: `place_parts`.

Where pages have sides, a chapter may have to begin on one of them, after a blank page if need be.
Or it begins on either: it is laid out for the first side of a leaf, and if it gets the other, it is
turned or laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from publish.editions.pdf.document import open_images
from publish.editions.pdf.parts.edges import Leaf
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.filling import fill_fonts, fill_heads, fill_inks, fill_layer
from publish.editions.pdf.parts.furniture import PageKind, count_pages
from publish.editions.pdf.parts.keeping import (
    join_keys,
    load_aside,
    make_part_key,
    run_apart,
    run_kept,
)
from publish.editions.pdf.parts.laying import (
    LaidPart,
    Letters,
    Setting,
    lay_out_blank,
    lay_out_part,
    list_elements,
)
from publish.editions.pdf.parts.masking import PartNumbers
from publish.editions.pdf.parts.pagecontents import Inks
from publish.editions.pdf.parts.recording import PageHead, pack, unpack
from publish.editions.pdf.parts.stylerules import has_sides, numbers_pages
from publish.editions.pdf.parts.turning import find_alike, turn
from publish.editions.pdf.standards import choose_standard
from publish.editions.runners import Runner, run_here
from publish.model import ResultStore

__all__ = ["Making", "PlacedPart", "load_kept", "number_pages", "place_parts"]

ROUNDS = 4
"""How often the front matter is laid out at most, until its numbers are those of the pages."""

_OTHER: Mapping[Leaf, Leaf] = {"recto": "verso", "verso": "recto"}

_Group: TypeAlias = tuple[Element, ...]
_Laid: TypeAlias = tuple[_Group, Leaf]
"""Chapters that are one part, and the side on which they begin."""


@dataclass(frozen=True, slots=True)
class Making:
    """What makes a file: what its parts share, who does the work, and what keeps the results.

    `images` are the digests of those that parts have for themselves, by their paths.
    """

    setting: Setting
    run: Runner
    store: ResultStore | None
    shared: str
    images: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part that is laid out, its number and its key.

    A blank page before a part has the number of that part.  `open_bare` returns what its pages
    show, with zeros for numbers, and `open_lines` their lines, packed; both are kept elsewhere if
    there is a store.  `lines_key` is the key of the lines; a blank page has none.  `bare` is the
    key without the numbers that are put in; empty for one whose numbers are fixed.  `numbers` are
    these, packed, and it is `numbered` if its pages show any of them.
    """

    laid: LaidPart
    number: int
    key: str
    open_bare: Callable[[], Inks]
    open_lines: Callable[[], bytes] = bytes
    lines_key: str = ""
    bare: str = ""
    numbers: bytes = b""
    numbered: bool = False

    def open_numbers(self) -> PartNumbers:
        """Return its numbers that are put in, none if they are fixed."""
        found: PartNumbers = unpack(self.numbers) if self.numbers else PartNumbers((), {})
        return found

    def open_heads(self) -> tuple[PageHead, ...]:
        """Return all of its pages but what they show."""
        return fill_heads(self.laid.open_heads(), self.open_numbers().ids)

    def list_anchors(self) -> Iterator[tuple[str, ...]]:
        """Yield the names of the places on each page."""
        ids = self.open_numbers().ids
        for page in self.laid.pages:
            yield tuple(ids.get(name, name) for name in page.anchors)

    def open_letters(self) -> Letters:
        """Return what its letters need, with those of its numbers."""
        letters = self.laid.open_letters()
        if not letters.digits:
            return letters
        digits, shown = letters.digits, self.open_numbers().shown
        layer = letters.layer and fill_layer(letters.layer, digits, shown)
        return replace(letters, layer=layer, fonts=fill_fonts(letters.fonts, digits, shown))

    def list_digits(self) -> frozenset[tuple[str, int]]:
        """Return the glyphs that numbers show, and those beside them, each with its font."""
        digits = self.laid.open_letters().digits.values()
        return frozenset(
            (one.font, glyph) for one in digits for glyph in (*one.glyphs, *one.around)
        )

    def open_inks(self) -> Inks:
        """Return what its pages show."""
        if not self.numbered:
            return self.open_bare()
        digits = self.laid.open_letters().digits
        return fill_inks(self.open_bare(), digits, self.open_numbers().shown)


def place_parts(making: Making) -> tuple[Making, list[PlacedPart]]:
    """Return all parts in their order, and how the document is cut at last.

    The front matter has the numbers of all pages.  They need not change its lines; if they do and
    it gets another page, it is laid out again, but not for ever.  Raises WholeNeededError for a
    document that must be laid out whole.
    """
    known = _Known()
    making, placed = _place_chapters(making, known, None)
    front: list[PlacedPart] = []
    for _ in range(ROUNDS):
        numbers = _number_anchors(making.setting, [*front, *placed])
        (found,) = _lay_out(making, [0], numbers, {})
        if front and len(found.laid.pages) == len(front[0].laid.pages):
            return making, [found, *placed]
        front = [found]
        making, placed = _place_chapters(making, known, len(found.laid.pages))
    raise WholeNeededError("the page numbers change the pages of the contents")


def number_pages(setting: Setting, parts: Iterable[PlacedPart]) -> Sequence[int]:
    """Return the numbers that all pages of a document show."""
    source, kinds = setting.source, [page.kind for part in parts for page in part.laid.pages]
    if not numbers_pages(source):
        return range(1, len(kinds) + 1)
    standard = choose_standard(source.variant, source.page)
    fetcher = open_images(source, [])
    return count_pages(setting.split.root, setting.styles, standard, fetcher, kinds)


def _number_anchors(setting: Setting, parts: Sequence[PlacedPart]) -> dict[str, int]:
    pages: dict[str, int] = {}
    anchors = (names for part in parts for names in part.list_anchors())
    for number, names in zip(number_pages(setting, parts), anchors, strict=True):
        for name in names:
            pages.setdefault(name, number)
    return pages


def _lay_out(
    making: Making, numbers: Sequence[int], pages: Mapping[str, int], sides: Mapping[int, Leaf]
) -> list[PlacedPart]:
    """Lay out the parts of these numbers, those that are not kept, and put in their numbers."""
    setting = making.setting
    keys: dict[int, tuple[str, ...]] = dict.fromkeys(numbers, ("", "", ""))
    read = _read_parts(making, numbers, pages)
    shown = {number: own for number, (own, _) in read.items()}
    for number in numbers:
        if making.store is None:
            continue
        side = ("verso",) if sides.get(number) == "verso" else ()
        counts = filter(None, [setting.describe_counts(number)])
        around = join_keys(making.shared, setting.split.describe_around(number), *side, *counts)
        key = join_keys(around, read[number][1])
        keys[number] = (key, join_keys("inks", key), join_keys("lines", key))

    def work(number: int) -> tuple[LaidPart, Inks, bytes]:
        laid, inks, lines = lay_out_part(setting, pages, sides, number)
        return laid, inks, lines if making.store is not None else b""

    found = []
    made = _make_or_load(making, work, keys, shown)
    for (number, own), (laid, *aside) in zip(keys.items(), made, strict=True):
        open_bare, open_lines = (
            partial(load_kept, making, own[at], one, partial(work, number), at)
            for at, one in enumerate(aside, 1)
        )
        part = PlacedPart(laid, number, own[0], open_bare, open_lines, own[2])
        found.append(_fill(part, shown[number]))
    return found


def _read_parts(
    making: Making, numbers: Sequence[int], pages: Mapping[str, int]
) -> dict[int, tuple[PartNumbers, str]]:
    """Return the numbers that go on through parts, and keys of their elements if it has a store.

    Those of chapters are kept, by what is packed of them: most are what they were before an edit.
    """
    setting = making.setting
    split, images = setting.split, making.images

    def read(number: int) -> tuple[PartNumbers, str]:
        found = split.find_numbers(number)
        if making.store is None:
            return found, ""
        return found, make_part_key("", list_elements(setting, number, pages), images)

    if making.store is None or 0 in numbers:  # The front matter shows the numbers of pages, too.
        return {number: read(number) for number in numbers}
    about = repr((sorted(split.zeros), sorted(split.targets), sorted(images.items())))
    keys = {}
    for number in numbers:
        tops = [
            (top.tag, top.text, top.tail, top.items(), sha256(split.contents[top]).hexdigest())
            for top in split.list_tops(number)
        ]
        keys[number] = join_keys("elements", about, repr(tops))
    return dict(zip(keys, run_kept(run_here, making.store, read, keys), strict=True))


def _make_or_load(
    making: Making,
    work: Callable[[int], tuple[Any, ...]],
    keys: dict[int, tuple[str, ...]],
    shown: Mapping[int, PartNumbers],
) -> list[tuple[Any, ...]]:
    """Return what is known of parts, those that are kept or new ones.

    What is kept of a part with fixed numbers may have others than are `shown`.  Then it gets other
    `keys`.
    """
    loaded = run_apart(making.run, making.store, work, keys, aside=(1, 2))
    made = dict(zip(keys, loaded, strict=True))
    others: dict[int, tuple[str, ...]] = {}
    for number, (laid, *_) in made.items():
        if laid.fixed not in (None, shown[number]):
            about = repr((shown[number].shown, sorted(shown[number].ids.items())))
            others[number] = tuple(join_keys("fixed", key, about) for key in keys[number])
    if others:
        again = run_apart(making.run, making.store, work, others, aside=(1, 2))
        made.update(zip(others, again, strict=True))
        keys.update(others)
    return list(made.values())


def _fill(part: PlacedPart, numbers: PartNumbers) -> PlacedPart:
    """Put its numbers into a part."""
    if part.laid.fixed is not None:
        return replace(part, key=join_keys("fixed", part.key, repr(numbers.shown)))
    digits = part.laid.open_letters().digits
    own = repr([numbers.shown[at] for at in sorted(digits)])
    return replace(
        part,
        key=join_keys("filled", part.key, own) if digits else part.key,
        bare=part.key,
        numbers=pack(numbers),
        numbered=bool(digits),
    )


def load_kept(
    making: Making, key: str, known: Any, again: Callable[[], tuple[Any, ...]], at: int = 1
) -> Any:
    """Return a result if it is `known`, or what was kept aside of it: what is at a place `again`.

    What was kept may have been deleted meanwhile.
    """
    if making.store is not None and known is None:
        return load_aside(making.store, key, lambda: again()[at])
    return known


# --------------------------------------------------------------------------- chapters


@dataclass(frozen=True, slots=True)
class _Known:
    """All parts that are laid out by now, and which kinds of pages are alike on both sides."""

    parts: dict[_Laid, PlacedPart] = field(default_factory=dict)
    alike: dict[PageKind, bool] = field(default_factory=dict)


def _place_chapters(
    making: Making, known: _Known, before: int | None
) -> tuple[Making, list[PlacedPart]]:
    """Return the parts with chapters in their order, and how they are cut at last.

    `before` is the number of pages before, if it is known.  Then the first parts have their sides
    at once, which may change how many pages they have; those that follow get other sides, until all
    have theirs.  `known` gets all that was laid out.
    """
    sides: dict[_Group, Leaf] = {}
    while True:
        making, parts = _complete(making, known, sides)
        if before is None or not has_sides(making.setting.source):
            return making, parts
        wanted = list(_find_sides(parts, before))
        groups = making.setting.split.groups
        if all(sides.get(one, "recto") == two for one, two in zip(groups, wanted, strict=True)):
            return making, list(_add_blanks(making, parts, before))
        sides = dict(zip(groups, wanted, strict=True))


def _complete(
    making: Making, known: _Known, sides: Mapping[_Group, Leaf]
) -> tuple[Making, list[PlacedPart]]:
    """Lay out all parts with these sides that are not known.

    Where the last notes of a part found no room, it and the next become one: these notes are on the
    first page of the next, as in a document that is laid out whole.
    """
    while True:
        split = making.setting.split
        groups = split.groups
        wanted = [(group, sides.get(group, "recto")) for group in groups]
        _turn_known(making, known, wanted)
        new = {at: one[1] for at, one in enumerate(wanted, 1) if one not in known.parts}
        # The longest is the first, so that no worker waits for it.
        order = sorted(new, key=split.measure, reverse=True)
        for part in _lay_out(making, order, {}, new) if order else ():
            known.parts[wanted[part.number - 1]] = part
        parts = [replace(known.parts[one], number=at) for at, one in enumerate(wanted, 1)]
        joined: list[_Group] = []
        for at, group in enumerate(groups):
            over = at > 0 and parts[at - 1].laid.runs_over
            joined[-1:] = [joined[-1] + group] if over else [*joined[-1:], group]
        if len(joined) == len(groups):
            return making, parts
        setting = replace(making.setting, split=replace(split, groups=tuple(joined)))
        making = replace(making, setting=setting)


def _turn_known(making: Making, known: _Known, wanted: Sequence[_Laid]) -> None:
    """Turn parts that are known on the other side only, where they need not be laid out again."""
    found = {
        (group, side): other
        for group, side in wanted
        if (group, side) not in known.parts and (other := known.parts.get((group, _OTHER[side])))
    }
    kinds = {page.kind for part in found.values() for page in part.laid.pages}
    if new := kinds - known.alike.keys():
        known.alike.update(find_alike(making.setting, new))
    for one, part in found.items():
        if all(known.alike[page.kind] for page in part.laid.pages):
            key = join_keys("turned", part.key)
            known.parts[one] = replace(part, laid=turn(part.laid), key=key)


def _find_sides(parts: Sequence[PlacedPart], before: int) -> Iterator[Leaf]:
    """Yield the side that each part begins on, after so many pages."""
    at = before
    for part in parts:
        opens = part.laid.opens or _side(at)
        at += opens != _side(at)
        yield opens
        at += len(part.laid.pages)


def _side(at: int) -> Leaf:
    """Return the side of the page with so many pages before it."""
    return "verso" if at % 2 else "recto"


def _add_blanks(making: Making, parts: Sequence[PlacedPart], before: int) -> Iterator[PlacedPart]:
    """Yield the parts, and the blank pages before those that must begin on a side."""
    blanks: dict[PageKind, tuple[LaidPart, Inks]] = {}
    turned = making.setting.split.root.get("dir") == "rtl"
    at = before
    for part in parts:
        if part.laid.opens not in ("", _side(at)):
            side = "right" if (_side(at) == "recto") != turned else "left"
            kind = side, True, part.laid.frames[part.number > 1]
            if kind not in blanks:
                blanks[kind] = lay_out_blank(making.setting, kind)
            key = join_keys("blank", making.shared, repr(kind))
            laid, inks = blanks[kind]
            yield PlacedPart(laid, part.number, key, partial(_give, inks))
            at += 1
        yield part
        at += len(part.laid.pages)


def _give(inks: Inks) -> Inks:
    return inks
