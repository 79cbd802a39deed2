"""Writes the pages of a joined file: their streams, links and named places, as WeasyPrint does.

WeasyPrint keeps all pages until its file is finished.  Here each is written and let go of.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from publish.editions.pdf.objects.fileobjects import LinkAnnotation, PackedStream, serialise
from publish.editions.pdf.objects.serialising import RESERVED, settle
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.pagecontents import FinishedPage
from publish.editions.pdf.parts.recording import PageHead

__all__ = [
    "JoinedPart",
    "PageWriting",
    "add_names",
    "give_own",
    "make_links",
    "make_outline",
    "measure_page",
    "write_page",
]

POINTS = 0.75
"""Points in a CSS pixel."""

OUTSIDE = 10
"""How far WeasyPrint lets a page bleed at most, in points."""


@dataclass(frozen=True, slots=True)
class JoinedPart:
    """A part with its number, a key of the codes of its pages, and one of itself.

    `open_heads` returns all of its pages but what they show, `open_pages` that, which is kept
    elsewhere if there is a store.
    """

    number: int
    open_heads: Callable[[], Sequence[PageHead]]
    open_pages: Callable[[], Sequence[FinishedPage]]
    codes: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Outlined:
    """A page as the outline sees it: its headings, and its height in CSS px."""

    bookmarks: Sequence[Any]
    height: float


@dataclass(frozen=True, slots=True)
class _OutlinedPages:
    """What WeasyPrint asks of a document to make its outline."""

    pages: Sequence[_Outlined]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWriting:
    """The state of writing pages.

    `renderer` is WeasyPrint's module of PDFs.  `resources` are those of all pages.  `load` has the
    image of an address by its name in streams.  Pages that are `final` are let go of.  `images` are
    those that pages show, as WeasyPrint knows them; `names` a file with the names of places, each
    with its page and a point there, `targets` those that links within the file lead to; `links` the
    number of the object of the first link of each page, by its number, `made` those that are made
    by now; `own` the pages with resources of their own.
    """

    renderer: Any
    pdf: Any
    resources: Any
    load: Mapping[str, Any]
    names: IO[bytes]
    final: bool
    has_links: bool
    images: dict[str, Any] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    links: dict[int, int] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)
    own: list[tuple[Any, Any]] = field(default_factory=list)
    outlined: list[_Outlined] = field(default_factory=list)


def write_page(writing: PageWriting, head: PageHead, finished: FinishedPage) -> None:
    """Write the page after those that are written.

    Raises WholeNeededError for a file that is attached.
    """
    import pydyf  # type: ignore[import-untyped]

    pdf, number = writing.pdf, len(writing.outlined)
    writing.outlined.append(_Outlined(head.bookmarks, head.height))
    stream = PackedStream(finished.packed)
    pdf.add_object(stream)
    media, trim, bleed = measure_page(head)
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array(media),
            "Contents": stream.reference,
            "Resources": writing.resources.reference,
            "Tabs": "/S",
            "StructParents": number,
        }
    )
    pdf.add_page(page)
    if head.links and writing.has_links:
        writing.links[number] = len(pdf.objects)
        numbers = _reserve_links(writing, head)
        page["Annots"] = pydyf.Array([b"%d 0 R" % one for one in numbers])
    matrix = _make_matrix(writing, head)
    for name, (x, y, *_) in head.anchors.items():
        place = (name, page.reference, *matrix.transform_point(x, y))
        pickle.dump(place, writing.names, pickle.HIGHEST_PROTOCOL)
    _note_resources(writing, finished)
    page["TrimBox"], page["BleedBox"] = pydyf.Array(trim), pydyf.Array(bleed)
    if finished.own is not None:
        writing.own.append((page, finished.own))
    elif writing.final:
        settle(pdf, stream.number)


def make_outline(writing: PageWriting) -> Any:
    """Return the outline of all pages, as WeasyPrint makes it; then it is not known any more."""
    from weasyprint import Document  # type: ignore[import-untyped]

    pages = _OutlinedPages(writing.outlined)
    made = Document.make_bookmark_tree(pages, POINTS, transform_pages=True)
    writing.outlined.clear()
    return made


def measure_page(head: PageHead) -> tuple[list[float], list[float], list[float]]:
    """Return the media box, the trim box and the bleed box of a page, in points."""
    width = POINTS * (head.width + head.bleed["left"] + head.bleed["right"])
    height = POINTS * (head.height + head.bleed["top"] + head.bleed["bottom"])
    left, top = -POINTS * head.bleed["left"], -POINTS * head.bleed["top"]
    right, bottom = left + width, top + height
    over = {side: size * POINTS for side, size in head.bleed.items()}
    trim = [left + over["left"], top + over["top"], right - over["right"], bottom - over["bottom"]]
    near = {side: min(OUTSIDE, size) for side, size in over.items()}
    bleed = [
        trim[0] - near["left"],
        trim[1] - near["top"],
        trim[2] + near["right"],
        trim[3] + near["bottom"],
    ]
    return [left, top, right, bottom], trim, bleed


def _make_matrix(writing: PageWriting, head: PageHead) -> Any:
    """Return the matrix that makes points of the places on a page."""
    return writing.renderer.Matrix(POINTS, 0, 0, -POINTS, 0, head.height * POINTS)


def _reserve_links(writing: PageWriting, head: PageHead) -> Iterable[int]:
    """Reserve objects for the links of a page; return the numbers of those that it names."""
    found: dict[int, int] = {}
    for kind, target, _, at in head.links:
        if kind not in ("internal", "external"):
            raise WholeNeededError("an attached file")
        if kind == "internal":
            writing.targets.add(target)
        found[at] = len(writing.pdf.objects)
        writing.pdf.objects.append(RESERVED)
    return found.values()


def make_links(writing: PageWriting, number: int, head: PageHead) -> dict[int, LinkAnnotation]:
    """Put the areas of the links of a page into their objects; return them by their numbers on it.

    There are none before the tags of the page are written: a long book has many.
    """
    found: dict[int, LinkAnnotation] = {}
    first = writing.links.get(number)
    if first is None:
        return found
    matrix = _make_matrix(writing, head)
    for place, (kind, target, area, at) in enumerate(head.links, first):
        left, top = matrix.transform_point(*area[:2])
        right, bottom = matrix.transform_point(*area[2:])
        corners = left, top, right, bottom
        made = LinkAnnotation(corners, target, kind == "external", target, number=place)
        writing.pdf.objects[place] = found[at] = made
        writing.made.append(place)
    return found


def _note_resources(writing: PageWriting, finished: FinishedPage) -> None:
    """Note what a page uses in the resources of all pages, unless it has its own."""
    for name, (smooth, ratios) in finished.images.items():
        if name not in writing.images:
            writing.images[name] = {
                "image": writing.load[name],
                "interpolate": smooth,
                "dpi_ratios": set(),
                "x_object": None,
            }
        writing.images[name]["dpi_ratios"] |= ratios
    if finished.own is None:
        for name, state in finished.states.items():
            writing.resources["ExtGState"].setdefault(name, state)
        for name in finished.images:
            writing.resources["XObject"][name] = None


def add_names(writing: PageWriting) -> None:
    """Write the places that links lead to, sorted by their names.

    Raises WholeNeededError for a link to no place.
    """
    import pydyf

    pdf, found = writing.pdf, _read_names(writing)
    if not writing.targets <= found.keys():
        raise WholeNeededError("a link to no place")
    writing.targets.clear()
    if not found:
        return
    places = pdf.open_array() if writing.final else pydyf.Array()
    for name in sorted(found):
        place = found.pop(name)
        if writing.final:
            places.add(serialise(pydyf.String(name)), place)
        else:
            places += pydyf.String(name), place
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    names["Dests"] = pydyf.Dictionary({"Names": places})
    if writing.final:
        pdf.long.add(pdf.catalog.number)


def _read_names(writing: PageWriting) -> dict[str, Any]:
    """Return the places by their names: the page where each begins, and a point on it."""
    import pydyf

    found: dict[str, Any] = {}
    writing.names.seek(0)
    with suppress(EOFError):
        while True:
            name, page, *point = pickle.load(writing.names)
            place = pydyf.Array([page, b"/XYZ", *point, b"0"])
            found.setdefault(name, serialise(place) if writing.final else place)
    return found


def give_own(writing: PageWriting, profiles: Any) -> None:
    """Give pages with drawings resources of their own, with the fonts and colours of all."""
    pdf, resources = writing.pdf, writing.resources
    for page, own in writing.own:
        own["ColorSpace"], own["Font"] = resources["ColorSpace"], resources["Font"]
        writing.renderer._use_references(pdf, own, writing.images, profiles)
        pdf.add_object(own)
        page["Resources"] = own.reference
