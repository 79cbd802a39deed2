"""Lays out and paints one part of a document, as plain data: `lay_out_part`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pagination import PageStart, find_unfilled_starts
from publish.editions.pdf.complaints import find_bad_links
from publish.editions.pdf.document import PdfInput, lay_out_pages, open_images, setting_lines
from publish.editions.pdf.engine import Styles, address_images, capture_log, read_styles
from publish.editions.pdf.marks import read_page_marks
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.furniture import Folio, paint_furniture, without_furniture
from publish.editions.pdf.parts.numbering import fill_numbers, take_numbers
from publish.editions.pdf.parts.pagecontents import Inks, Layer, has_turned, lay_over, settle
from publish.editions.pdf.parts.recording import (
    FontFacts,
    PageHead,
    pack,
    read_fonts,
    read_heads,
    read_inks,
    unpack,
)
from publish.editions.pdf.parts.sentences import split_texts
from publish.editions.pdf.parts.splitting import Part, Split, make_part
from publish.editions.pdf.standards import choose_standard
from publish.editions.pdf.tagging import record
from publish.editions.pdf.unitboxes import UnitPlaces, read_unit_places
from publish.editions.pdf.unittexts import UnitTexts
from publish.errors import PublishError

__all__ = [
    "Furniture",
    "LaidPart",
    "Setting",
    "add_furniture",
    "lay_out_part",
    "list_elements",
    "name_images",
]


_ANY = ("page", "margin_left", "margin_right", "padding_left", "padding_right")
"""What is around chapters may have any of these: they are the same on each page."""

_USUAL = {"display": ("block", "flow"), "position": "relative"}
"""Values that do nothing to a block around chapters."""

_ZERO = ("border_", "bleed_", "column_rule_", "outline_")
"""Properties whose names begin so do nothing if they are 0."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all parts of a document share: its input, its style sheets, and where it is cut.

    `texts` are its sentences, if their places on the pages are wanted.
    """

    source: PdfInput
    styles: Styles
    split: Split
    texts: UnitTexts | None = None


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A part that is laid out and painted; `starts` say where its pages begin in the text.

    It has no `layer` where letters run from right to left: then its inks are not settled.
    """

    heads: tuple[PageHead, ...]
    layer: Layer | None
    fonts: tuple[FontFacts, ...]
    starts: tuple[PageStart | None, ...]

    @property
    def runs_over(self) -> bool:
        """Whether its last page has notes only, which would go to the first page of the next."""
        return self.starts[-1] is None


def open_part(setting: Setting, number: int, pages: Mapping[str, int]) -> Part:
    """Return the tree of a part; `pages` are the numbers that its contents show, by ids."""
    part = make_part(setting.split, number)
    if number == 0:
        fill_numbers(part.tree, setting.source.css, pages)
    return part


def list_elements(setting: Setting, number: int, pages: Mapping[str, int]) -> Iterator[Element]:
    """Return the elements of a part; of the front matter, those around it as well."""
    if number:
        return setting.split.list_elements(number)
    return open_part(setting, number, pages).tree.iter()


def lay_out_part(
    setting: Setting, pages: Mapping[str, int], number: int
) -> tuple[LaidPart, Inks, UnitPlaces | None]:
    """Lay out and paint a part; `pages` are the numbers that its contents show, by ids.

    Returns what is known of it, what its pages show, and the places of its sentences, by names of
    `split_texts`, if they are wanted.
    Raises WholeNeededError for a part with a fault, and for one that depends on others.
    """
    gc.collect()  # The boxes of the part before, which refer to each other in circles.
    part = open_part(setting, number, pages)
    styles, source = setting.styles, setting.source
    if number == 0:
        styles = read_styles(setting.styles.faces, take_numbers(source.css))
    standard = choose_standard(source.variant, source.page)
    with _without_faults() as refused, without_furniture():
        fetcher = open_images(source, refused)
        document = lay_out_pages(source, styles, part.tree, standard, fetcher)
        refused += find_bad_links(document)
        _check_edges(part, document)
        return _record(setting, part, document)


@contextmanager
def _without_faults() -> Iterator[list[str]]:
    """Yield a list for refused addresses; raise WholeNeededError if it is not empty, or for a log.

    Whatever WeasyPrint raises is a fault, too.
    """
    refused: list[str] = []
    with capture_log() as log:
        try:
            yield refused
        except (MemoryError, OSError, WholeNeededError):
            raise
        except (PublishError, RecursionError) as error:
            raise WholeNeededError(str(error)) from error
    if refused or log:
        raise WholeNeededError("; ".join((*refused, *(one.getMessage() for one in log))))


def _check_edges(part: Part, document: Any) -> None:
    """Raise WholeNeededError unless a part begins a page, and nothing is shown around it."""
    boxes: dict[Element, Any] = {}
    for page in (document.pages[0], document.pages[-1]):
        for box in _flow(page._page_box):
            if box.element_tag == box.element.tag:
                boxes.setdefault(box.element, box)
            elif box.element in part.around:
                raise WholeNeededError("a text around the chapters")
    if part.first is not None and (
        part.first not in boxes or boxes[part.first].style["break_before"] != "page"
    ):
        raise WholeNeededError("a chapter that begins no page")
    for element in part.around:
        for name in _list_own_styles(boxes[element].style):
            raise WholeNeededError(f"{name} around the chapters")


def _list_own_styles(style: Any) -> Iterator[str]:
    """Yield the properties that show a block, cut it, or give what is in it another place.

    A block around all chapters has another height in a part than in the whole document.
    """
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES  # type: ignore[import-untyped]

    for name, initial in INITIAL_VALUES.items():
        value = style[name]
        if name in INHERITED or name in _ANY or value in (initial, _USUAL.get(name)):
            continue
        if not (name.startswith(_ZERO) and getattr(value, "value", value) == 0):
            yield str(name)


def _flow(box: Any) -> Iterator[Any]:
    """Yield the boxes of a page down to chapters."""
    for child in getattr(box, "children", ()):
        if child.element is not None:
            yield child
            if child.element.tag in ("html", "body", "main"):
                yield from _flow(child)


def _record(
    setting: Setting, part: Part, document: Any
) -> tuple[LaidPart, Inks, UnitPlaces | None]:
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    marks = read_page_marks(document, part.tree)
    boxes = [page._page_box for page in document.pages]
    starts = find_unfilled_starts(boxes, part.tree, part.order)
    links = [page.links for page in document.pages]
    for page in document.pages:
        page.links = []  # Some lead to other parts.
    streams, painted = record(document, marks, standard.options)
    for page, own in zip(document.pages, links, strict=True):
        page.links = own
    heads = read_heads(document, marks, streams, part.numbers)
    contents = read_inks(streams, painted, name_images(source))
    fonts = read_fonts(document.fonts)
    places = None
    if setting.texts is not None:
        texts, _ = split_texts(setting.texts, setting.split, part.number)
        places = read_unit_places(boxes, part.order.numbers, texts)
    if has_turned(contents) or part.tree.get("dir") == "rtl":
        return LaidPart(heads, None, fonts, starts), (pack(contents), b""), places
    layer, inks = settle(contents, fonts)
    return LaidPart(heads, layer, fonts, starts), inks, places


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the letters of heads and feet need, or of all that pages show; its fonts."""

    layer: Layer
    fonts: tuple[FontFacts, ...]


def add_furniture(
    setting: Setting,
    unsettled: tuple[LaidPart, Inks] | None,
    folios: Sequence[Folio],
    before: Mapping[str, str],
    total: int,
) -> tuple[Furniture, Inks]:
    """Return the heads and feet of a part, or all it shows if that was `unsettled`.

    `before` are the texts for running heads that were set last before these pages, `total` is how
    many pages there are.  Raises WholeNeededError if heads or feet have a fault.
    """
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    with _without_faults() as refused, setting_lines(source):
        document, streams, painted = paint_furniture(
            setting.split.root,
            setting.styles,
            standard,
            open_images(source, refused),
            folios,
            before,
            total,
        )
        fonts = read_fonts(document.fonts)
        contents = read_inks(streams, painted, name_images(source))
    if unsettled is not None:
        part, (shown, _) = unsettled
        fonts, contents = (*part.fonts, *fonts), lay_over(unpack(shown), contents)
    elif has_turned(contents):
        raise WholeNeededError("letters from right to left in the head or foot only")
    layer, inks = settle(contents, fonts)
    return Furniture(layer, fonts), inks


def name_images(source: PdfInput) -> dict[str, str]:
    """Return the addresses of a document's images by the names that streams give them."""
    return {
        f"i{md5(address.encode(), usedforsecurity=False).hexdigest()}{smooth}": address
        for address in address_images(source.images)
        for smooth in (0, 1)
    }
