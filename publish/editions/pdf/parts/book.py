"""Makes the file of a document in parts: `render_in_parts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pagination import PageStart, Pagination, WrittenEdition, fill_page_starts
from publish.editions.pdf.codes import Codes, choose_counted, find_odd
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.furniture import Folio
from publish.editions.pdf.parts.joining import JoinedPart, write_joined
from publish.editions.pdf.parts.keeping import (
    join_keys,
    load_aside,
    make_codes_key,
    make_part_key,
    make_places_key,
    make_source_key,
    run_apart,
    run_kept,
)
from publish.editions.pdf.parts.laying import (
    Furniture,
    LaidPart,
    Setting,
    add_furniture,
    lay_out_part,
    list_elements,
)
from publish.editions.pdf.parts.mergedfonts import add_needs, make_fonts, send_codes
from publish.editions.pdf.parts.pagecontents import (
    FinishedPage,
    Inks,
    Layer,
    Need,
    find_needs,
    finish_pages,
)
from publish.editions.pdf.parts.recording import FontFacts, PageHead
from publish.editions.pdf.parts.sentences import find_first, split_texts
from publish.editions.pdf.unitboxes import UnitPlaces
from publish.editions.pdf.unittexts import Ids
from publish.editions.runners import Runner
from publish.model import ResultStore

__all__ = ["MadePages", "make_pages", "render_in_parts"]

ROUNDS = 4
"""How often the front matter is laid out at most, until its numbers are those of the pages."""


@dataclass(frozen=True, slots=True)
class _Making:
    """What makes a file: what its parts share, who does the work, and what keeps the results."""

    setting: Setting
    run: Runner
    store: ResultStore | None
    shared: str


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A part that is laid out, and its key.

    `open_inks` returns what its pages show, which is kept elsewhere if there is a store.  `places`
    are those of its sentences, if they are wanted, and `names` their ids by their names in them.
    """

    laid: LaidPart
    key: str
    open_inks: Callable[[], Inks]
    places: UnitPlaces | None
    names: Mapping[Ids, Ids]


@dataclass(frozen=True, slots=True)
class _Layered:
    """A part with heads and feet: its key, what its letters need, its fonts, what its pages show.

    Text and furniture are a layer each, or both are one.
    """

    key: str
    layers: tuple[Layer, ...]
    fonts: tuple[FontFacts, ...]
    open_inks: tuple[Callable[[], Inks], ...]

    def open_layers(self) -> Iterator[tuple[Layer, Inks]]:
        """Yield each layer with what it shows."""
        for layer, open_inks in zip(self.layers, self.open_inks, strict=True):
            yield layer, open_inks()


def render_in_parts(setting: Setting, run: Runner, store: ResultStore | None) -> WrittenEdition:
    """Return the tagged PDF of a document that is cut into parts, and where its pages begin.

    The bytes are the same whoever does the work, in whatever processes, and whatever is kept.

    Raises WholeNeededError for a document that must be laid out whole.
    """
    made = make_pages(setting, run, store)
    data = write_joined(made.setting, made.parts, made.fonts, made.codes, made.lost)
    return WrittenEdition(data, made.starts, tuple(made.lost))


@dataclass(frozen=True, slots=True)
class MadePages:
    """All that the file is joined from; what pages show is packed.

    `shared` is the key of what all parts are made with, if they are kept.  `places` are those of
    sentences, if they are wanted.
    """

    setting: Setting
    parts: tuple[JoinedPart, ...]
    fonts: Mapping[int, Any]
    codes: Codes
    lost: list[str]
    starts: Pagination
    shared: str
    places: UnitPlaces | None


def make_pages(setting: Setting, run: Runner, store: ResultStore | None) -> MadePages:
    """Return the finished pages of a document that is cut into parts.

    Raises WholeNeededError for a document that must be laid out whole.
    """
    shared = make_source_key(setting.source) if store is not None else ""
    making, chapters = _lay_out_chapters(_Making(setting, run, store, shared))
    parts = [_lay_out_front(making, chapters), *chapters]
    layered = _add_furniture(making, parts)
    faces = making.setting.styles.faces
    fonts = make_fonts((font for part in layered for font in part.fonts), faces)
    codes = _choose_codes(making, layered, fonts)
    sent = send_codes(codes)
    used = [make_codes_key(part.layers, sent) if store is not None else "" for part in layered]
    written = _finish(making, layered, used, sent)
    joined = (
        JoinedPart(number, one.laid.heads, pages, key)
        for number, (one, (pages, _), key) in enumerate(zip(parts, written, used, strict=True))
    )
    return MadePages(
        setting=making.setting,
        parts=tuple(joined),
        fonts=fonts,
        codes=codes,
        lost=[line for _, lines in written for line in lines],
        starts=_find_starts(making.setting, parts),
        shared=shared,
        places=_join_places(making.setting, parts),
    )


def _find_starts(setting: Setting, parts: Sequence[_Keyed]) -> Pagination:
    """Return where all pages begin, by the numbers of elements in the whole document."""
    found: list[PageStart | None] = []
    for number, part in enumerate(parts):
        first = setting.split.order.numbers[setting.split.begin(number)]
        found += [start and (first + start[0], start[1]) for start in part.laid.starts]
    return Pagination(fill_page_starts(found), setting.split.order.digest)


def _join_places(setting: Setting, parts: Sequence[_Keyed]) -> UnitPlaces | None:
    """Return the places of sentences on all pages, if they are wanted."""
    if setting.texts is None:
        return None
    found: list[UnitPlaces] = []
    page = 0
    for number, part in enumerate(parts):
        if part.places is not None:
            first = find_first(setting.split, number)
            found.append(part.places.renumber(first, page, part.names))
        page += len(part.laid.heads)
    shown = {number: one for places in reversed(found) for number, one in places.shown.items()}
    return UnitPlaces([one for places in found for one in places.parts], shown)


# --------------------------------------------------------------------------- layout


def _lay_out(making: _Making, numbers: Sequence[int], pages: Mapping[str, int]) -> list[_Keyed]:
    """Lay out the parts of these numbers, those that are not kept."""
    setting = making.setting
    keys: dict[int, tuple[str, ...]] = dict.fromkeys(numbers, ("", "", ""))
    names: dict[int, Mapping[Ids, Ids]] = {}
    for number in () if making.store is None else numbers:
        around = join_keys(making.shared, setting.split.describe_around(number))
        key = make_part_key(around, list_elements(setting, number, pages))
        keys[number] = (key, join_keys("inks", key))
        if setting.texts is not None:
            texts, names[number] = split_texts(setting.texts, setting.split, number)
            keys[number] += (make_places_key(key, texts),)

    def work(number: int) -> tuple[Any, ...]:
        laid, inks, places = lay_out_part(setting, pages, number)
        return (laid, inks, places)[: len(keys[number])]

    found = []
    made = run_apart(making.run, making.store, work, keys, aside=1)
    for (number, own), (laid, inks, *places) in zip(keys.items(), made, strict=True):
        open_inks = partial(_open_inks, making, own[1], inks, partial(work, number))
        found.append(
            _Keyed(laid, own[0], open_inks, next(iter(places), None), names.get(number, {}))
        )
    return found


def _open_inks(making: _Making, key: str, inks: Any, again: Callable[[], tuple[Any, ...]]) -> Inks:
    """Return what pages show, or what was kept of it; that may have been deleted meanwhile."""
    if making.store is not None and inks is None:
        inks = load_aside(making.store, key, lambda: again()[1])
    found: Inks = inks
    return found


def _lay_out_chapters(making: _Making) -> tuple[_Making, list[_Keyed]]:
    """Return the parts with chapters, and how they are cut at last.

    Where the last notes of a part found no room, it and the next become one: these notes are on the
    first page of the next, as in a document that is laid out whole.
    """
    known: dict[tuple[Element, ...], _Keyed] = {}
    while True:
        split = making.setting.split
        groups = split.groups
        new = [number for number, group in enumerate(groups, 1) if group not in known]
        new.sort(key=split.measure, reverse=True)  # So that no worker waits for a long one.
        laid = _lay_out(making, new, {})
        known.update((groups[number - 1], part) for number, part in zip(new, laid, strict=True))
        joined: list[tuple[Element, ...]] = []
        for at, group in enumerate(groups):
            over = at > 0 and known[groups[at - 1]].laid.runs_over
            joined[-1:] = [joined[-1] + group] if over else [*joined[-1:], group]
        if len(joined) == len(groups):
            return making, [known[group] for group in groups]
        setting = replace(making.setting, split=replace(split, groups=tuple(joined)))
        making = replace(making, setting=setting)


def _lay_out_front(making: _Making, chapters: Sequence[_Keyed]) -> _Keyed:
    """Return the front matter with the numbers of all pages; they need not change its lines.

    If they do and it gets another page, it is laid out again, but not for ever.
    """
    front: tuple[PageHead, ...] = ()
    heads = [head for part in chapters for head in part.laid.heads]
    for _ in range(ROUNDS):
        pages: dict[str, int] = {}
        for number, head in enumerate((*front, *heads), 1):
            for name in head.anchors:
                pages.setdefault(name, number)
        (found,) = _lay_out(making, [0], pages)
        if len(found.laid.heads) == len(front):
            return found
        front = found.laid.heads
    raise WholeNeededError("the page numbers change the pages of the contents")


# --------------------------------------------------------------------------- heads and feet


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a part in the document: its folios, and the texts for running heads before."""

    folios: tuple[Folio, ...]
    before: Mapping[str, str]


def _find_places(parts: Sequence[_Keyed]) -> list[_Place]:
    found = []
    first = 1
    before: dict[str, str] = {}
    for part in parts:
        heads = part.laid.heads
        folios = [Folio(head.kind, at, _by_name(head)) for at, head in enumerate(heads, first)]
        found.append(_Place(tuple(folios), dict(before)))
        first += len(heads)
        before.update(pair for head in heads for pair in head.strings)
    return found


def _by_name(head: PageHead) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in head.strings:
        found.setdefault(name, []).append(text)
    return found


def _add_furniture(making: _Making, parts: Sequence[_Keyed]) -> list[_Layered]:
    """Return the parts with heads and feet, which are kept by what they say."""
    places = _find_places(parts)
    total = sum(len(place.folios) for place in places)
    root = sorted(making.setting.split.root.attrib.items())
    keys = {}
    for at, (part, place) in enumerate(zip(parts, places, strict=True)):
        about = repr((place.folios, sorted(place.before.items()), total, root))
        text = part.key if part.laid.layer is None else ""  # Then the two are one layer.
        key = join_keys("furniture", making.shared, about, text)
        keys[at] = (key, join_keys("inks", key))

    def work(at: int) -> tuple[Furniture, Inks]:
        part, place = parts[at], places[at]
        unsettled = (part.laid, part.open_inks()) if part.laid.layer is None else None
        return add_furniture(making.setting, unsettled, place.folios, place.before, total)

    made = run_apart(making.run, making.store, work, keys, aside=1)
    opened = [
        partial(_open_inks, making, key, inks, partial(work, at))
        for (at, (_, key)), (_, inks) in zip(keys.items(), made, strict=True)
    ]
    return [
        _join_layers(part, keys[at][0], own, opened[at])
        for at, (part, (own, _)) in enumerate(zip(parts, made, strict=True))
    ]


def _join_layers(
    part: _Keyed, key: str, furniture: Furniture, open_inks: Callable[[], Inks]
) -> _Layered:
    """Return all layers of a part, of which those with its heads and feet are the last."""
    joined = join_keys(part.key, key)
    if part.laid.layer is None:
        return _Layered(joined, (furniture.layer,), furniture.fonts, (open_inks,))
    return _Layered(
        key=joined,
        layers=(part.laid.layer, furniture.layer),
        fonts=(*part.laid.fonts, *furniture.fonts),
        open_inks=(part.open_inks, open_inks),
    )


# --------------------------------------------------------------------------- codes


def _choose_codes(making: _Making, layered: Sequence[_Layered], fonts: Mapping[int, Any]) -> Codes:
    """Return the codes of the fonts of all parts, with all that any line needs."""
    counts: Counter[tuple[str, int, str]] = Counter()
    needs: set[Need] = set()
    for part in layered:
        for layer in part.layers:
            counts.update(layer.counts)
            needs |= layer.needs
    codes = choose_counted(fonts.values(), counts)
    sent = send_codes(codes)
    odd = {
        at: join_keys("needs", part.key, repr(sorted(found)))
        for at, part in enumerate(layered)
        if (found := find_odd((layer.counts for layer in part.layers), codes))
    }

    def work(at: int) -> set[Need]:
        return find_needs(layered[at].open_layers(), layered[at].fonts, sent)

    for more in run_kept(making.run, making.store, work, odd):
        needs |= more
    add_needs(codes, needs)
    return codes


def _finish(
    making: _Making, layered: Sequence[_Layered], used: Sequence[str], sent: Codes
) -> list[tuple[tuple[FinishedPage, ...], tuple[str, ...]]]:
    """Return the finished pages of each part, and the lines that some programs cannot find.

    `used` are keys of the codes that parts use.
    """
    keys = [join_keys("pages", part.key, one) for part, one in zip(layered, used, strict=True)]

    def work(at: int) -> tuple[tuple[FinishedPage, ...], tuple[str, ...]]:
        return finish_pages(layered[at].open_layers(), sent)

    return run_kept(making.run, making.store, work, dict(enumerate(keys)))
