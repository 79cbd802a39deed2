"""Makes plain data of painted pages: they can be kept, sent to another process and joined."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any
from xml.etree.ElementTree import Element

from publish.aside import AsideBytes
from publish.editions.pdf.letters.codes import PaintedText
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.tags.marks import PageMarks
from publish.editions.pdf.tags.tagtree import StepKind

__all__ = [
    "FontFacts",
    "PageContent",
    "PageHead",
    "PageSketch",
    "PieceFacts",
    "pack",
    "read_fonts",
    "read_heads",
    "read_inks",
    "sketch_pages",
    "unpack",
]

_HELD = ("hb_font", "hb_face", "file_content", "widths", "to_unicode", "missing")
"""What a font of WeasyPrint has that is no plain value, or is named in `FontFacts`."""


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """An image, or the area of a link, by the number of its element; an image has its place."""

    element: int
    place: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class PageSketch:
    """What other pages need to know of a page: its kind, its named places, its running heads.

    `strings` are the texts for running heads on it, with their names.
    """

    kind: tuple[str, bool, str]
    anchors: tuple[str, ...]
    strings: tuple[tuple[str, str], ...]

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what a copy is made of: with the same names as other pages, which are many."""
        return _sketch, (self.kind, self.anchors, self.strings)


def _sketch(
    kind: tuple[str, bool, str], anchors: tuple[str, ...], strings: tuple[tuple[str, str], ...]
) -> PageSketch:
    side, blank, name = kind
    return PageSketch((intern(side), blank, intern(name)), tuple(map(intern, anchors)), strings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """All of a page but what it shows, and what is in its sketch.

    `pieces` are the texts, images and links in it by number, if they are more than a text, `marks`
    the numbers of those that are marked, in their order.  `steps` let the tag tree grow: what,
    the number of an element, and of a piece.
    """

    width: float
    height: float
    bleed: Mapping[str, float]
    bookmarks: Sequence[Any]
    anchors: Mapping[str, Any]
    links: Sequence[tuple[str, str, tuple[float, ...], int]]
    pieces: Mapping[int, PieceFacts]
    marks: Sequence[int]
    steps: Sequence[tuple[StepKind, int, int]]


@dataclass(slots=True)
class PageContent:
    """What a page shows: the items of its stream, the texts in them, and what they use.

    `states`, by name, are in the resources of all pages, `own` in those of the page alone, such as
    drawings.  `images` have the resolutions at which they are shown.
    """

    items: list[bytes | str]
    texts: list[PaintedText]
    states: dict[str, Any]
    images: dict[str, tuple[bool, frozenset[float]]]
    own: Any = None


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font as WeasyPrint has it, without its file, which is among the `faces` of the document."""

    key: int
    values: Mapping[str, Any]
    widths: Mapping[int, float]
    to_unicode: Mapping[int, str]
    digest: str

    @property
    def hash(self) -> str:
        """The name of the font in the file."""
        return str(self.values["hash"])

    @property
    def tables(self) -> Sequence[str]:
        """The names of its tables."""
        found: Sequence[str] = self.values["tables"]
        return found

    @property
    def bitmap(self) -> bool:
        """Whether it is made of dots."""
        return bool(self.values["bitmap"])


def read_fonts(fonts: Mapping[int, Any]) -> tuple[FontFacts, ...]:
    """Return WeasyPrint's fonts as plain data.

    Raises WholeNeededError for fonts that are pictures, and for those that lack a letter.
    """
    found = []
    for key, font in fonts.items():
        if font.missing or font.png or font.svg or font.colr or font.used_in_forms:
            raise WholeNeededError("a font of pictures")
        values = {name: value for name, value in vars(font).items() if name not in _HELD}
        digest = hashlib.sha256(font.file_content).hexdigest()
        found.append(FontFacts(key, values, dict(font.widths), dict(font.to_unicode), digest))
    return tuple(found)


def pack(value: object) -> bytes:
    """Return plain data as few bytes, which a process can keep or send."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes | AsideBytes) -> Any:
    """Return the data that `pack` made bytes of, wherever they are."""
    return pickle.loads(zlib.decompress(data if isinstance(data, bytes) else data.read()))


# --------------------------------------------------------------------------- pages


def sketch_pages(pages: Iterable[Any]) -> tuple[PageSketch, ...]:
    """Return what other pages need to know of laid-out pages."""
    return tuple(
        PageSketch(
            (page_box.page_type.side, page_box.page_type.blank, page_box.page_type.name),
            tuple(page.anchors),
            tuple(_strings(page_box)),
        )
        for page in pages
        for page_box in (page._page_box,)
    )


def read_heads(
    document: Any, marks: PageMarks, streams: Sequence[Any], numbers: Mapping[Element, int]
) -> tuple[PageHead, ...]:
    """Return all of the painted pages but what they show; `numbers` are those of elements."""
    steps: list[list[tuple[StepKind, int, Any]]] = [[] for _ in document.pages]
    page = 0
    for kind, element, piece in marks.steps:
        if piece is not None:
            page = piece.page
        steps[page].append((kind, numbers[element], None if piece is None else piece.box))
    return tuple(
        _head(page, own, stream, numbers)
        for page, own, stream in zip(document.pages, steps, streams, strict=True)
    )


def _head(
    page: Any, steps: list[tuple[StepKind, int, Any]], stream: Any, numbers: Mapping[Element, int]
) -> PageHead:
    at: dict[Any, int] = {}
    shown = [box for *_, box in steps if box is not None]
    for box in (*stream._tags, *shown, *(link[3] for link in page.links)):
        at.setdefault(box, len(at))
    links = {link[3] for link in page.links}
    return PageHead(
        width=page.width,
        height=page.height,
        bleed=page.bleed,
        bookmarks=page.bookmarks,
        anchors=page.anchors,
        links=[(kind, target, tuple(area), at[box]) for kind, target, area, box in page.links],
        pieces={
            number: _piece(box, numbers)
            for box, number in at.items()
            if box in links or hasattr(box, "replacement")
        },
        marks=[at[box] for box in stream._tags],
        steps=_name_pieces(steps, at),
    )


def _name_pieces(
    steps: Iterable[tuple[StepKind, int, Any]], at: Mapping[Any, int]
) -> list[tuple[StepKind, int, int]]:
    return [(kind, one, -1 if piece is None else at[piece]) for kind, one, piece in steps]


def _piece(box: Any, numbers: Mapping[Element, int]) -> PieceFacts:
    place = None
    if hasattr(box, "replacement"):
        place = (box.content_box_x(), box.content_box_y(), box.width, box.height)
    return PieceFacts(numbers[box.element], place)


def _strings(page_box: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts for running heads that a page sets, as WeasyPrint collects them."""
    for child in page_box.descendants():
        if child.string_set and child.string_set != "none":
            yield from child.string_set


# --------------------------------------------------------------------------- what they show


def read_inks(
    streams: Sequence[Any], painted: Sequence[PaintedText], known: Mapping[str, str]
) -> tuple[PageContent, ...]:
    """Return what painted pages show; `known` has the addresses of images by their names.

    Raises WholeNeededError for an image that no address leads to.
    """
    import pydyf  # type: ignore[import-untyped]

    texts: dict[int, list[PaintedText]] = {id(stream.stream): [] for stream in streams}
    for text in painted:
        texts[id(text.stream)].append(text)
    return tuple(
        _read_content(pydyf, stream, texts[id(stream.stream)], known) for stream in streams
    )


def _read_content(
    pydyf: Any, stream: Any, texts: list[PaintedText], known: Mapping[str, str]
) -> PageContent:
    # What is added to a text, but not painted, is no bytes: `codes.py` passes over it.
    items = [one if isinstance(one, bytes | str) else pydyf._to_bytes(one) for one in stream.stream]
    for text in texts:
        text.stream = items
    resources = stream._resources
    states = {name: state for name, state in resources["ExtGState"].items() if name[:1] in "aA"}
    names = list(_image_names(resources))
    if any(name not in known for name in names):
        raise WholeNeededError("an image without an address")
    images = {
        name: (stream._images[name]["interpolate"], frozenset(stream._images[name]["dpi_ratios"]))
        for name in names
    }
    drawn = [name for name, one in resources["XObject"].items() if one is not None]
    alone = drawn or resources["Pattern"] or resources["Shading"]
    own = None
    if alone or len(states) < len(resources["ExtGState"]):
        own = _detach(pydyf, resources, {})
    return PageContent(items, texts, states, images, own)


def _image_names(resources: Any) -> Iterator[str]:
    """Yield the names of the images in resources, and in the drawings and patterns in them."""
    for kind in ("XObject", "Pattern"):
        for name, one in resources[kind].items():
            if one is None:
                yield name
            elif "Resources" in one.extra:
                yield from _image_names(one.extra["Resources"])


def _detach(pydyf: Any, value: Any, known: dict[int, Any]) -> Any:
    """Return objects of a file with plain streams in place of WeasyPrint's."""
    if id(value) in known:
        return known[id(value)]
    if isinstance(value, pydyf.Stream):
        items = [pydyf._to_bytes(item) for item in value.stream]
        made = known[id(value)] = pydyf.Stream(items, compress=value.compress)
        made.extra = _detach(pydyf, value.extra, known)
        return made
    if isinstance(value, pydyf.Dictionary | dict):
        made = known[id(value)] = type(value)()
        made.update((name, _detach(pydyf, one, known)) for name, one in value.items())
        return made
    return value
