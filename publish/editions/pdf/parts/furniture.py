"""Paints heads and feet of pages, which say how many pages there are and in which chapter one is.

They are laid out when all parts are, so the text of a part does not depend on its numbers.  So are
blank pages between parts.  The boxes and their layout are private parts of WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from publish.editions.pdf.document import make_document
from publish.editions.pdf.engine import Styles
from publish.editions.pdf.parts.masking import NumberKind
from publish.editions.pdf.standards import Standard
from publish.editions.pdf.tags.marks import PageMarks, read_page_marks
from publish.editions.pdf.tags.tagging import record
from publish.editions.privateparts import make_version_error, replacing

__all__ = [
    "Folio",
    "PageKind",
    "count_pages",
    "frame_pages",
    "paint_blank",
    "paint_furniture",
    "style_numbers",
    "without_furniture",
]

PageKind = tuple[str, bool, str]
"""What the rules for pages go by: side, blank or not, and name."""

_AREAS = ("@footnote", "@note-area")


@dataclass(frozen=True, slots=True)
class Folio:
    """A page as its head and foot see it: its kind, its place from 1, and the number it shows.

    `strings` has the texts for running heads that are set on it, by their names.
    """

    kind: PageKind
    place: int
    number: int
    strings: Mapping[str, Sequence[str]]


@contextmanager
def without_furniture(later: bool) -> Iterator[None]:
    """Let WeasyPrint lay out pages without heads and feet.

    If they are `later` pages, none is the first page of a document to the rules of `@page :first`.
    Raises BuildError (code `renderer-unknown`) if the type of a page differs.
    """
    from weasyprint import layout  # type: ignore[import-untyped]
    from weasyprint.layout import page  # type: ignore[import-untyped]

    make = page.PageType
    if make._fields != ("side", "blank", "name", "index", "groups"):
        raise make_version_error("PageType differs")

    def make_later(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return make(side, blank, name, index + later, groups)

    with (
        replacing(layout, make_margin_boxes=lambda *_: ()),
        replacing(page, PageType=make_later),
    ):
        yield


def paint_furniture(
    root: Element,
    styles: Styles,
    standard: Standard,
    fetcher: Any,
    folios: Sequence[Folio],
    before: Mapping[str, str],
    total: int,
) -> tuple[Any, list[Any], list[Any]]:
    """Return a document with heads and feet only, its painted streams and the texts in them.

    `root` is the root of the document.  `before` are the texts for running heads that were set
    last before these pages, `total` is how many pages there are.
    """
    html, context = _open(root, styles, standard, fetcher)
    for name, text in before.items():
        context.string_set[name][folios[0].place - 1] = [text]
    for folio in folios:
        for name, texts in folio.strings.items():
            context.string_set[name][folio.place] = list(texts)
    known: set[Any] = set()
    pages = [_Furniture(_lay_out(context, html, folio, total, known)) for folio in folios]
    return _paint(html, pages, styles, standard)


def paint_blank(
    root: Element, styles: Styles, standard: Standard, fetcher: Any, kind: PageKind
) -> tuple[Any, list[Any], list[Any]]:
    """Return a document with a page of a kind that has no text, head or foot, as painted."""
    from weasyprint.layout.background import (  # type: ignore[import-untyped]
        layout_box_backgrounds,
    )

    html, context = _open(root, styles, standard, fetcher)
    page = _make_page(context, html, kind, set())
    page.children, page.canvas_background = (), None
    layout_box_backgrounds(page, page, context.get_image_from_uri)
    return _paint(html, [_Blank(page)], styles, standard)


def frame_pages(
    root: Element, styles: Styles, standard: Standard, fetcher: Any
) -> Callable[[PageKind], tuple[Any, Any, Any]]:
    """Return a function that gives the styles of a kind of pages; `root` is that of the document.

    They are those of the page, of the notes at its foot, and of notes in its text.
    """
    html, context = _open(root, styles, standard, fetcher)
    known: set[Any] = set()

    def frame(kind: PageKind) -> tuple[Any, Any, Any]:
        page, style_for = _make_page(context, html, kind, known), context.style_for
        return page.style, *(style_for(page.page_type, name) for name in _AREAS)

    return frame


def style_numbers(
    root: Element, styles: Styles, standard: Standard, fetcher: Any
) -> dict[NumberKind, Any]:
    """Return the styles of numbers in the text of a document with a root.

    That of a paragraph's number is None if it is hidden.
    """
    main = Element("main")
    section = SubElement(main, "section")
    place = SubElement(section, "p")
    number = SubElement(place, "span", {"class": "number", "data-number": "0"})
    call = SubElement(SubElement(place, "sup"), "a", {"role": "doc-noteref", "href": "#"})
    here = SubElement(place, "div", {"class": "note here"})
    back = SubElement(SubElement(here, "div", {"class": "part"}), "p", {"class": "back"})
    note = SubElement(back, "a", {"role": "doc-backlink", "href": "#"})
    label = SubElement(SubElement(SubElement(section, "figure"), "figcaption"), "strong")
    link = SubElement(place, "a", {"href": "#"})
    _, context = _open(root, styles, standard, fetcher, main)
    return {
        "paragraph": context.style_for(number, "before"),
        "call": context.style_for(call),
        "note": context.style_for(note),
        "caption": context.style_for(label),
        "link": context.style_for(link),
    }


def count_pages(
    root: Element, styles: Styles, standard: Standard, fetcher: Any, kinds: Sequence[PageKind]
) -> list[int]:
    """Return the numbers that pages show, if rules for pages may count them otherwise.

    `root` is the root of the document, `kinds` are those of all its pages.
    """
    from weasyprint.formatting_structure import build  # type: ignore[import-untyped]
    from weasyprint.layout.page import (  # type: ignore[import-untyped]
        _standardize_page_based_counters,
    )

    html, context = _open(root, styles, standard, fetcher)
    known: set[Any] = set()
    counters: dict[str, list[int]] = {"pages": [0]}
    scopes = [{"pages"}]
    found = []
    for place, kind in enumerate(kinds):
        style = _make_page(context, html, kind, known, min(place, 1)).style
        _standardize_page_based_counters(style, None)
        build.update_counters(([0], counters, scopes, []), style)
        found.append(counters["page"][-1])
    return found


def _open(
    root: Element, styles: Styles, standard: Standard, fetcher: Any, *text: Element
) -> tuple[Any, Any]:
    """Return a document with no other text, and the context of its layout."""
    from weasyprint import DEFAULT_OPTIONS, Document
    from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]

    bare = Element("html", dict(root.attrib))
    bare.append(Element("head"))
    body = SubElement(bare, "body")
    body.extend(text)
    html = make_document(bare, fetcher)
    options = {**DEFAULT_OPTIONS, **standard.options, "stylesheets": list(styles.sheets)}
    context = Document._build_layout_context(html, styles.fonts, CounterStyle(), {}, options)
    return html, context


def _paint(
    html: Any, pages: Sequence[Any], styles: Styles, standard: Standard
) -> tuple[Any, list[Any], list[Any]]:
    from weasyprint import Document
    from weasyprint.html import get_html_metadata  # type: ignore[import-untyped]
    from weasyprint.pdf.metadata import DocumentMetadata  # type: ignore[import-untyped]

    metadata = DocumentMetadata(**get_html_metadata(html))
    document = Document(pages, metadata, html.url_fetcher, styles.fonts, {}, None)
    marks: PageMarks = read_page_marks(document, html.etree_element)
    streams, painted = record(document, marks, standard.options)
    return document, streams, painted


def _make_page(context: Any, html: Any, kind: PageKind, known: set[Any], at: int = 1) -> Any:
    """Return the box of a page of a kind; `known` kinds have their style.

    Only the page with the place 0, the first of the document, is another than all others.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.page import (
        PageType,
        page_height,
        page_width,
        set_page_type_computed_styles,
    )
    from weasyprint.layout.percent import resolve_percentages  # type: ignore[import-untyped]

    named = PageType(*kind, at, ())
    if named not in known:
        set_page_type_computed_styles(named, html, context.style_for)
        known.add(named)
    page = boxes.PageBox(named, context.style_for(named))
    size = page.style["size"]
    resolve_percentages(page, size)
    page.position_x = page.position_y = 0
    page_width(page, context, size[0])
    page_height(page, context, size[1])
    return page


def _lay_out(context: Any, html: Any, folio: Folio, total: int, known: set[Any]) -> Any:
    """Return the box of a page whose children are its head and foot; `known` are kinds of pages."""
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.layout.page import make_margin_boxes

    page = _make_page(context, html, folio.kind, known, min(folio.place - 1, 1))
    context.page_bottom = page.content_box_y() + page.height
    context.current_page = folio.place
    state: tuple[Any, ...] = (
        [0],
        {"pages": [total], "page": [folio.number]},
        [{"pages", "page"}],
        [],
    )
    page.children = tuple(make_margin_boxes(context, page, state))
    layout_box_backgrounds(page, page, context.get_image_from_uri)
    return page


@dataclass(slots=True)
class _Furniture:
    """A page of WeasyPrint that paints its head and foot only."""

    _page_box: Any
    links: list[Any] = field(default_factory=list)
    anchors: dict[str, Any] = field(default_factory=dict)
    bookmarks: list[Any] = field(default_factory=list)
    forms: dict[Any, list[Any]] = field(default_factory=lambda: {None: []})

    @property
    def width(self) -> float:
        """The width of the page in CSS px."""
        return float(self._page_box.margin_width())

    @property
    def height(self) -> float:
        """Its height."""
        return float(self._page_box.margin_height())

    @property
    def bleed(self) -> dict[str, float]:
        """How far it goes over its edges: nothing that is painted here does."""
        return dict.fromkeys(("top", "right", "bottom", "left"), 0.0)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the head and foot."""
        from weasyprint.draw import draw_stacking_context  # type: ignore[import-untyped]
        from weasyprint.stacking import StackingContext  # type: ignore[import-untyped]

        with stream.stacked():
            stream.transform(a=scale, d=scale)
            for box in self._page_box.children:
                draw_stacking_context(stream, StackingContext.from_box(box, self._page_box))


class _Blank(_Furniture):
    """A page of WeasyPrint without text that paints what it shows itself, such as a colour."""

    @property
    def bleed(self) -> dict[str, float]:
        """How far it goes over its edges in CSS px."""
        style = self._page_box.style
        return {side: style[f"bleed_{side}"].value for side in ("top", "right", "bottom", "left")}

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page."""
        from weasyprint.draw import draw_page

        with stream.stacked():
            stream.transform(a=scale, d=scale)
            draw_page(self._page_box, stream)
