"""Lays out all parts of a document and puts them in their order: `place_parts`.

Where pages have sides, a chapter may have to begin on one of them, after a blank page if need be.
Or it begins on either: it is laid out for the first side of a leaf, and if it gets the other, it is
turned or laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from publish.editions.pdf.document import open_images
from publish.editions.pdf.parts.digits import Digits
from publish.editions.pdf.parts.edges import Leaf
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.filling import fill_fonts, fill_heads, fill_inks, fill_layer
from publish.editions.pdf.parts.furniture import PageKind, count_pages
from publish.editions.pdf.parts.keeping import (
    join_keys,
    load_aside,
    make_part_key,
    run_apart,
)
from publish.editions.pdf.parts.laying import (
    LaidPart,
    Setting,
    lay_out_blank,
    lay_out_part,
    list_elements,
)
from publish.editions.pdf.parts.pagecontents import Inks, Layer
from publish.editions.pdf.parts.paragraphs import PartNumbers
from publish.editions.pdf.parts.recording import PageHead
from publish.editions.pdf.parts.stylerules import has_sides, numbers_pages
from publish.editions.pdf.parts.turning import find_alike, turn
from publish.editions.pdf.standards import choose_standard
from publish.editions.runners import Runner
from publish.model import ResultStore

__all__ = ["Making", "PlacedPart", "Unnumbered", "load_kept", "number_pages", "place_parts"]

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
class Unnumbered:
    """A part before its numbers are put in: its layer, digits, numbers, and what pages show.

    Its layer has text only; no letters run from right to left.
    """

    layer: Layer
    digits: Mapping[int, Digits]
    shown: Sequence[str]
    open_inks: Callable[[], Inks]


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part that is laid out, its number and its key.

    A blank page before a part has the number of that part.  `open_inks` returns what its pages
    show, and `open_lines` their lines, packed; both are kept elsewhere if there is a store.
    `lines_key` is the key of the lines; a blank page has none.  `bare` is the key without the
    numbers of paragraphs; empty for one whose numbers are fixed.  `unnumbered` is a part that shows
    numbers and can be had without.
    """

    laid: LaidPart
    number: int
    key: str
    open_inks: Callable[[], Inks]
    open_lines: Callable[[], bytes] = bytes
    lines_key: str = ""
    bare: str = ""
    unnumbered: Unnumbered | None = None


def place_parts(making: Making) -> tuple[Making, list[PlacedPart]]:
    """Return all parts in their order, and how the document is cut at last.

    The front matter has the numbers of all pages.  They need not change its lines; if they do and
    it gets another page, it is laid out again, but not for ever.  Raises WholeNeededError for a
    document that must be laid out whole.
    """
    known = _Known()
    making, placed = _place_chapters(making, known, None)
    front: tuple[PageHead, ...] = ()
    for _ in range(ROUNDS):
        heads = [*front, *(head for part in placed for head in part.laid.heads)]
        (found,) = _lay_out(making, [0], _number_anchors(making.setting, heads), {})
        if len(found.laid.heads) == len(front):
            return making, [found, *placed]
        front = found.laid.heads
        making, placed = _place_chapters(making, known, len(front))
    raise WholeNeededError("the page numbers change the pages of the contents")


def number_pages(setting: Setting, heads: Sequence[PageHead]) -> Sequence[int]:
    """Return the numbers that all pages of a document show."""
    source = setting.source
    if not numbers_pages(source):
        return range(1, len(heads) + 1)
    standard = choose_standard(source.variant, source.page)
    fetcher, kinds = open_images(source, []), [head.kind for head in heads]
    return count_pages(setting.split.root, setting.styles, standard, fetcher, kinds)


def _number_anchors(setting: Setting, heads: Sequence[PageHead]) -> dict[str, int]:
    pages: dict[str, int] = {}
    for number, head in zip(number_pages(setting, heads), heads, strict=True):
        for name in head.anchors:
            pages.setdefault(name, number)
    return pages


def _lay_out(
    making: Making, numbers: Sequence[int], pages: Mapping[str, int], sides: Mapping[int, Leaf]
) -> list[PlacedPart]:
    """Lay out the parts of these numbers, those that are not kept, and put in their numbers."""
    setting = making.setting
    keys: dict[int, tuple[str, ...]] = dict.fromkeys(numbers, ("", "", ""))
    shown: dict[int, PartNumbers] = {}
    for number in numbers:
        shown[number] = setting.split.find_numbers(number)
        if making.store is None:
            continue
        side = ("verso",) if sides.get(number) == "verso" else ()
        counts = filter(None, [setting.describe_counts(number)])
        around = join_keys(making.shared, setting.split.describe_around(number), *side, *counts)
        key = make_part_key(around, list_elements(setting, number, pages), making.images)
        keys[number] = (key, join_keys("inks", key), join_keys("lines", key))

    def work(number: int) -> tuple[LaidPart, Inks, bytes]:
        laid, inks, lines = lay_out_part(setting, pages, sides, number)
        return laid, inks, lines if making.store is not None else b""

    found = []
    made = _make_or_load(making, work, keys, shown)
    for (number, own), (laid, *aside) in zip(keys.items(), made, strict=True):
        open_inks, open_lines = (
            partial(load_kept, making, own[at], one, partial(work, number), at)
            for at, one in enumerate(aside, 1)
        )
        part = PlacedPart(laid, number, own[0], open_inks, open_lines, own[2])
        found.append(_fill(part, shown[number]))
    return found


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
    """Put the numbers of its paragraphs into a part."""
    laid, shown = part.laid, numbers.shown
    if laid.fixed is not None:
        return replace(part, key=join_keys("fixed", part.key, repr(shown)))
    filled = replace(
        laid,
        heads=fill_heads(laid.heads, numbers.ids),
        layer=laid.layer and fill_layer(laid.layer, laid.digits, shown),
        fonts=fill_fonts(laid.fonts, laid.digits, shown),
    )
    own = repr([shown[at] for at in sorted(laid.digits)])
    unnumbered = None
    if laid.layer is not None and laid.digits:
        unnumbered = Unnumbered(laid.layer, laid.digits, shown, part.open_inks)
    return replace(
        part,
        laid=filled,
        key=join_keys("filled", part.key, own) if laid.digits else part.key,
        bare=part.key,
        open_inks=partial(_fill_inks, part.open_inks, laid.digits, shown),
        unnumbered=unnumbered,
    )


def _fill_inks(
    open_inks: Callable[[], Inks], digits: Mapping[int, Digits], shown: Sequence[str]
) -> Inks:
    return fill_inks(open_inks(), digits, shown) if digits else open_inks()


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
    kinds = {head.kind for part in found.values() for head in part.laid.heads}
    if new := kinds - known.alike.keys():
        known.alike.update(find_alike(making.setting, new))
    for one, part in found.items():
        if all(known.alike[head.kind] for head in part.laid.heads):
            key = join_keys("turned", part.key)
            known.parts[one] = replace(part, laid=turn(part.laid), key=key)


def _find_sides(parts: Sequence[PlacedPart], before: int) -> Iterator[Leaf]:
    """Yield the side that each part begins on, after so many pages."""
    at = before
    for part in parts:
        opens = part.laid.opens or _side(at)
        at += opens != _side(at)
        yield opens
        at += len(part.laid.heads)


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
        at += len(part.laid.heads)


def _give(inks: Inks) -> Inks:
    return inks
