"""Makes the file of a document in parts: `render_in_parts`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from publish.aside import Aside, AsideBytes
from publish.editions.pagination import PageStart, Pagination, WrittenEdition, fill_page_starts
from publish.editions.pdf.document import open_images
from publish.editions.pdf.letters.codes import Codes, choose_counted, find_odd
from publish.editions.pdf.parts.bookletters import BookLetters, name_codes, read_letters
from publish.editions.pdf.parts.counting import count_parts
from publish.editions.pdf.parts.digits import has_even_digits
from publish.editions.pdf.parts.errors import PartDeletedError
from publish.editions.pdf.parts.filling import fill_heads
from publish.editions.pdf.parts.furniture import Folio, style_numbers
from publish.editions.pdf.parts.joining import JoinedPart, write_joined
from publish.editions.pdf.parts.keeping import (
    RenewedStore,
    hash_images,
    join_keys,
    make_source_key,
    run_apart,
    run_kept,
)
from publish.editions.pdf.parts.layering import LayeredPart
from publish.editions.pdf.parts.laying import (
    Setting,
    add_furniture,
    without_faults,
)
from publish.editions.pdf.parts.mergedfonts import add_needs, send_codes
from publish.editions.pdf.parts.onepart import run_one_here
from publish.editions.pdf.parts.pagecontents import (
    FinishedPage,
    Inks,
    Need,
    find_needs,
    finish_pages,
)
from publish.editions.pdf.parts.pagefronts import cut_pages, fill_pages, join_fronts
from publish.editions.pdf.parts.placing import (
    Making,
    PlacedPart,
    load_kept,
    number_pages,
    place_parts,
)
from publish.editions.pdf.parts.recording import PageHead, PageSketch, pack, unpack
from publish.editions.pdf.parts.sentences import find_places
from publish.editions.pdf.shown.unitboxes import UnitPlaces
from publish.editions.pdf.standards import choose_standard
from publish.editions.runners import Runner
from publish.files import FileContent
from publish.model import PAGES, ResultStore

__all__ = ["MadePages", "make_pages", "render_in_parts"]


def render_in_parts(
    setting: Setting, run: Runner, store: ResultStore | None, target: Path | None = None
) -> WrittenEdition:
    """Return the tagged PDF of a document that is cut into parts, and where its pages begin.

    The bytes are the same whoever does the work, in whatever processes, and whatever is kept.  They
    are in the file `target`, if one is given.

    Raises WholeNeededError for a document that must be laid out whole.
    """
    for one in (None,) if store is None else (store, RenewedStore(store), None):
        with suppress(PartDeletedError):
            made = make_pages(setting, run_one_here(run, setting.split), one)
            data = write_joined(made.setting, made.parts, made.fonts, made.codes, made.lost, target)
            break
    file = None if target is None else FileContent(target, target.stat().st_size)
    archival = PAGES[setting.source.page].is_archival  # Others claim nothing of their lines.
    return WrittenEdition(data, made.starts, tuple(made.lost) if archival else (), file)


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
    own = setting.split.images
    faces = setting.styles.faces
    shared = make_source_key(setting.source, faces, own) if store is not None else ""
    images = hash_images(setting.source, own) if store is not None else {}
    making = count_parts(Making(_choose_zeros(setting), run, store, shared, images))
    making, parts = place_parts(making)
    aside = Aside()
    layered = _add_furniture(making, parts, aside)
    starts = _find_starts(making.setting, parts)
    if setting.texts is None:
        parts = [layer.part for layer in layered]
    letters = read_letters(layered, faces)
    codes = _choose_codes(making, layered, letters)
    sent = send_codes(codes)
    used = name_codes(letters.used, sent)
    keys = [
        _name_streams(*one)
        for one in zip(layered, used, name_codes(letters.bare, sent), strict=True)
    ]
    written = _finish(making, layered, keys, sent)
    joined = [
        JoinedPart(
            one.number,
            partial(_open_heads, one.laid.packed_heads, aside.add(one.numbers)),
            open_pages,
            key,
            own.key,
        )
        for one, own, (open_pages, _), key in zip(parts, layered, written, used, strict=True)
    ]
    return MadePages(
        setting=making.setting,
        parts=tuple(joined),
        fonts=letters.fonts,
        codes=codes,
        lost=[line for _, lines in written for line in lines],
        starts=starts,
        shared=shared,
        places=find_places(making, parts),
    )


def _thin(part: PlacedPart) -> PlacedPart:
    """Return a part without what is known of each of its pages."""
    return replace(part, laid=replace(part.laid, pages=(), starts=()))


def _open_heads(heads: bytes | AsideBytes, numbers: AsideBytes) -> tuple[PageHead, ...]:
    """Return all of the pages of a part but what they show, with its numbers."""
    return fill_heads(unpack(heads), unpack(numbers).ids if numbers else {})


def _choose_zeros(setting: Setting) -> Setting:
    """Return the setting with the zeros that are as wide as all digits where numbers are shown.

    A part may show numbers in another style; this only saves laying out parts twice.
    """
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    fetcher = open_images(source, [])
    with without_faults():
        kinds = style_numbers(setting.split.root, setting.styles, standard, fetcher)
        zeros = frozenset(
            one for one in setting.split.zeros if has_even_digits(*one, kinds[one[0]])
        )
    return replace(setting, split=replace(setting.split, zeros=zeros))


def _find_starts(setting: Setting, parts: Sequence[PlacedPart]) -> Pagination:
    """Return where all pages begin, by the numbers of elements in the whole document."""
    found: list[PageStart | None] = []
    for part in parts:
        first = setting.split.number_first(part.number)
        found += [start and (first + start[0], start[1]) for start in part.laid.starts]
    return Pagination(fill_page_starts(found), setting.split.digest)


# --------------------------------------------------------------------------- heads and feet


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a part in the document: its folios, and the texts for running heads before."""

    folios: tuple[Folio, ...]
    before: Mapping[str, str]


def _find_places(setting: Setting, parts: Sequence[PlacedPart]) -> Iterator[_Place]:
    """Yield the place of each part."""
    first = 1
    numbers = iter(number_pages(setting, parts))
    before: dict[str, str] = {}
    for part in parts:
        pages = part.laid.pages
        folios = [
            Folio(page.kind, at, next(numbers), _by_name(page))
            for at, page in enumerate(pages, first)
        ]
        yield _Place(tuple(folios), dict(before))
        first += len(pages)
        before.update(pair for page in pages for pair in page.strings)


def _by_name(page: PageSketch) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in page.strings:
        found.setdefault(name, []).append(text)
    return found


def _add_furniture(making: Making, parts: Sequence[PlacedPart], aside: Aside) -> list[LayeredPart]:
    """Return the parts with heads and feet, which are kept by what they say."""
    total = sum(len(part.laid.pages) for part in parts)
    root = sorted(making.setting.split.root.attrib.items())
    keys, places = {}, []
    for at, (part, place) in enumerate(
        zip(parts, _find_places(making.setting, parts), strict=True)
    ):
        about = repr((place.folios, sorted(place.before.items()), total, root))
        text = "" if part.laid.settled else part.key  # Then the two are one layer.
        key = join_keys("furniture", making.shared, about, text)
        keys[at] = (key, join_keys("inks", key))
        places.append(aside.add(pack(place)))
    parts = [_thin(part) for part in parts]

    def work(at: int) -> tuple[bytes, Inks]:
        part, place = parts[at], unpack(places[at])
        unsettled = None if part.laid.settled else (part.open_letters(), part.open_inks())
        furniture, inks = add_furniture(
            making.setting, unsettled, place.folios, place.before, total
        )
        return pack(furniture), inks

    made = run_apart(making.run, making.store, work, keys, aside=(1,))
    opened = [
        partial(load_kept, making, key, inks, partial(work, at))
        for (at, (_, key)), (_, inks) in zip(keys.items(), made, strict=True)
    ]
    found = []
    for at, (part, (own, _)) in enumerate(zip(parts, made, strict=True)):
        key = keys[at][0]
        joined, bare = join_keys(part.key, key), join_keys(part.bare or part.key, key)
        settled = part.laid.settled
        bare, recalled = bare if settled else joined, making.setting.recalled
        found.append(LayeredPart(part, joined, bare, aside.add(own), opened[at], recalled))
    return found


# --------------------------------------------------------------------------- codes


def _choose_codes(making: Making, layered: Sequence[LayeredPart], letters: BookLetters) -> Codes:
    """Return the codes of the fonts of all parts, with all that any line needs."""
    codes = choose_counted(letters.fonts.values(), letters.counts)
    needs = {need for one in letters.used for need in one.needs}
    sent = send_codes(codes)
    every = find_odd(letters.counts, codes)
    odd = {}
    for at, (part, used) in enumerate(zip(layered, letters.used, strict=True)):
        if found := every.intersection(used.letters):
            digits = part.part.list_digits() if part.is_numbered else frozenset()
            shown = any((font, glyph) in digits for font, glyph, _ in found)
            key = part.key if shown else part.bare
            odd[at] = join_keys("needs", key, repr(sorted(found)))

    def work(at: int) -> set[Need]:
        return find_needs(layered[at].open_layers(), layered[at].open_letters()[1], sent)

    for more in run_kept(making.run, making.store, work, odd):
        needs |= more
    add_needs(codes, needs)
    return codes


def _finish(
    making: Making, layered: Sequence[LayeredPart], names: Sequence[tuple[str, ...]], sent: Codes
) -> list[tuple[Callable[[], tuple[FinishedPage, ...]], tuple[str, ...]]]:
    """Return what opens the finished pages of each part, and the lines that some programs lose.

    `names` are the keys of what is made of each.
    """
    store, for_press = making.store, PAGES[making.setting.source.page].for_press
    keys = dict(enumerate(names))

    def work(at: int) -> tuple[Any, ...]:
        part = layered[at]
        if not part.is_numbered:
            return finish_pages(part.open_layers(), sent, for_press=for_press)
        known = store.load(keys[at][3]) if store is not None else None
        if known is not None:
            fronts, cut = None, unpack(known)
        else:
            fronts, cut = cut_pages(part.open_layers(bare=True), sent, for_press=for_press)
        digits, shown = part.part.laid.open_letters().digits, part.part.open_numbers().shown
        pages, lost = fill_pages(cut, digits, shown, sent, for_press=for_press)
        return pages, lost, fronts, None if known is not None else cut

    made = run_apart(making.run, store, work, keys, aside=(0, 2, 3))
    return [
        (partial(_open_pages, store, own, pages, *more[:1]), lost)
        for own, (pages, lost, *more) in zip(keys.values(), made, strict=True)
    ]


def _name_streams(part: LayeredPart, used: str, bare: str) -> tuple[str, ...]:
    """Return the keys of finished pages and lost lines; then those of pages without numbers.

    `used` is the key of the codes that the part uses, `bare` that of those without numbers.
    """
    if not part.is_numbered:
        key = join_keys("streams", part.key, used)
        return key, join_keys("lost", key)
    key, cut = join_keys("numbered", part.key, used), join_keys(part.bare, bare)
    return key, join_keys("lost", key), join_keys("fronts", cut), join_keys("rests", cut)


def _open_pages(
    store: ResultStore | None,
    keys: Sequence[str],
    pages: tuple[FinishedPage, ...] | None,
    fronts: tuple[bytes, ...] | None = None,
) -> tuple[FinishedPage, ...]:
    """Return finished pages, or what was kept of them under the first of some keys.

    The third, if there is one, is that of their fronts.  Raises PartDeletedError if any has been
    deleted meanwhile: what they were made from is let go.
    """
    if pages is None:
        pages = _load(store, keys[0])
    if fronts is None and len(keys) > 2:
        fronts = _load(store, keys[2])
    return pages if fronts is None else join_fronts(fronts, pages)


def _load(store: ResultStore | None, key: str) -> Any:
    packed = None if store is None else store.load(key)
    if packed is None:
        raise PartDeletedError
    return unpack(packed)
