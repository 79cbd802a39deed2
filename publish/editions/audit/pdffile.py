"""Opens a finished PDF, without trust in the file.  Only this file imports pypdf.

What it returns are plain values: pages, tag tree, targets, outline, metadata, fonts, and what no
edition may have.  Terms and keys are those of ISO 32000-1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from publish.editions.audit.forbidden import find_forbidden
from publish.editions.audit.lineorder import find_lost_lines
from publish.editions.audit.objectstreams import fill_objects
from publish.editions.audit.pdffonts import find_font_faults, read_font
from publish.editions.audit.pdfvalues import get_value, is_true, list_named, to_list
from publish.editions.audit.pictures import read_stored_picture
from publish.editions.audit.streams import FontLetters, PageContent, read_page_content
from publish.editions.audit.unfolding import find_half, unfold
from publish.editions.pdf.press.sheets import Folding
from publish.errors import PublishError

__all__ = ["OpenedPdf", "PdfLink", "PdfPage", "PdfTag", "open_pdf"]

_DEEPEST = 200

_Numbers = Mapping[int | tuple[int, bool], int]
"""The numbers of pages by their objects, or by the halves of the sheets that they are on."""


@dataclass(frozen=True, slots=True)
class PdfLink:
    """The area of a link on a page: where it leads, and the text that is read aloud."""

    page: int
    target: str
    spoken: str
    area: tuple[float, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its content, its size and turn, and the numbers of its links' objects.

    `pictures` has the digest of the pixels of each image, by its name on the page.  `edges` are
    the page that is left after trimming, and that with what runs over it.
    `owners` has the object that the file names as the owner of each mark.  `lost` are lines that
    programs cannot put in order.
    """

    content: PageContent
    box: tuple[float, float, float, float]
    turned: int
    links: tuple[int, ...]
    owners: tuple[int, ...]
    others: tuple[str, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    edges: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PdfTag:
    """A structure element; its kids are elements, marks as (page, number), and links."""

    number: int
    role: str
    language: str
    alternative: str
    kids: tuple[PdfTag | tuple[int, int] | PdfLink, ...]
    link_numbers: tuple[int, ...] = ()
    spans: tuple[int, int] = (1, 1)


@dataclass(frozen=True, kw_only=True)
class OpenedPdf:
    """A PDF that has been opened.

    `forbidden` says what it has that no edition may have.  `targets` has the page of each named
    place.  `fonts` has the faults of each font.
    """

    language: str
    marked: bool
    shows_title: bool
    intents: list[str]
    labels: str
    pages: tuple[PdfPage, ...]
    tags: PdfTag | None
    targets: Mapping[str, int]
    outline: tuple[tuple[str, int], ...]
    information: Mapping[str, str]
    xmp: bytes
    fonts: tuple[str, ...]
    forbidden: tuple[str, ...]

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that tags name."""
        found, waiting = set(), [self.tags] if self.tags else []
        while waiting:
            tag = waiting.pop()
            found.add(tag.language)
            waiting += (kid for kid in tag.kids if isinstance(kid, PdfTag))
        return frozenset(found)

    @cached_property
    def marks(self) -> Mapping[tuple[int, int], str]:
        """The text of each mark by page and number."""
        return {
            (number, mark): text
            for number, page in enumerate(self.pages)
            for mark, text in page.content.texts.items()
        }


def open_pdf(data: bytes, folding: Folding | None = None) -> OpenedPdf:
    """Return what a PDF holds; raises PublishError if it is none or cannot be read.

    With `folding` its pages are those on the sheets of a booklet, in their order.
    """
    import io
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    log = logging.getLogger("pypdf")
    before, log.disabled = log.disabled, True
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if "/Encrypt" in reader.trailer:
            raise PublishError("the file is encrypted")
        fill_objects(reader, pypdf.generic)
        return _opened(reader, data, folding)
    except (PyPdfError, AttributeError, TypeError, ValueError, KeyError, IndexError) as error:
        raise PublishError(f"the file cannot be read as a PDF: {error}") from None
    except (RecursionError, OSError, AssertionError) as error:
        raise PublishError(f"the file cannot be read as a PDF: {error}") from None
    finally:
        log.disabled = before


def _opened(reader: Any, data: bytes, folding: Folding | None) -> OpenedPdf:
    catalog = reader.trailer["/Root"]
    pages: list[Any] = list(reader.pages)
    if folding is None:
        numbers: _Numbers = {page.indirect_reference.idnum: at for at, page in enumerate(pages)}
    else:
        pages = unfold(pages, folding)
        numbers = {key: at for at, page in enumerate(pages) for key in (page.number, page.key)}
    targets = dict(_targets(catalog, numbers))
    reading = _Pages(catalog, numbers)
    read = tuple(reading.read(page) for page in pages)
    root = get_value(catalog, "/StructTreeRoot")
    kids = to_list(get_value(root, "/K")) if root else []
    return OpenedPdf(
        language=str(catalog.get("/Lang", "")),
        marked=is_true(get_value(catalog, "/MarkInfo"), "/Marked"),
        shows_title=is_true(get_value(catalog, "/ViewerPreferences"), "/DisplayDocTitle"),
        intents=[
            _profile(one.get_object()) for one in to_list(get_value(catalog, "/OutputIntents"))
        ],
        labels=repr(get_value(catalog, "/PageLabels") or ""),
        pages=read,
        tags=_tag(kids[0], numbers, -1, 0) if len(kids) == 1 else None,
        targets=targets,
        outline=tuple(_outline(get_value(catalog, "/Outlines"), numbers, targets)),
        information={k: str(v) for k, v in (get_value(reader.trailer, "/Info") or {}).items()},
        xmp=get_value(catalog, "/Metadata").get_data() if "/Metadata" in catalog else b"",
        fonts=tuple(dict.fromkeys(_faults_of_fonts(pages, reading))),
        forbidden=tuple(dict.fromkeys(find_forbidden(reader, data))),
    )


def _profile(intent: Any) -> str:
    """Return the kind of an output intent and the name of its profile, or the profile's digest."""
    data = get_value(intent, "/DestOutputProfile").get_data()
    if int.from_bytes(data[:4]) != len(data) or data[36:40] != b"acsp":
        return ""
    screen = data[16:20] == b"RGB " and b"sRGB" in data[128:]
    name = "sRGB" if screen else hashlib.sha256(data).hexdigest()
    return f"{intent.get('/S')} {name}"


# --------------------------------------------------------------------------- pages


@dataclass(slots=True)
class _Pages:
    """Reads pages; fonts and owners are read once for the whole file."""

    catalog: Any
    numbers: _Numbers
    fonts: dict[int, FontLetters] = field(default_factory=dict)
    pictures: dict[int, str] = field(default_factory=dict)

    def read(self, page: Any) -> PdfPage:
        resources = get_value(page, "/Resources") or {}
        left, bottom, right, top = (float(corner) for corner in page.mediabox)
        box = (left, bottom, right, top)
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
        fonts = {name[1:]: self.find_letters(font) for name, font in list_named(resources, "/Font")}
        content = read_page_content(
            data,
            fonts,
            {name[1:]: _alpha(state) for name, state in list_named(resources, "/ExtGState")},
            box,
        )
        links, others = [], []
        for one in to_list(get_value(page, "/Annots")):
            annotation = one.get_object()
            if annotation.get("/Subtype") == "/Link" and hasattr(one, "idnum"):
                links.append(one.idnum)
            else:
                others.append(str(annotation.get("/Subtype")))
        shown = tuple(float(corner) for corner in page.cropbox)
        if shown != box:
            others.append("cut by its crop box")
        turned = int(page.get("/Rotate", 0))
        if page.get("/Tabs") != "/S":
            others.append("another order of the keyboard")
        drawn = {name[1:]: self._picture(one) for name, one in list_named(resources, "/XObject")}
        owners = self._owners(page)
        lost = tuple(find_lost_lines(data, fonts))
        trim, bleed = (tuple(map(float, one)) for one in (page.trimbox, page.bleedbox))
        return PdfPage(
            *(content, box, turned, tuple(links), owners, tuple(others), drawn, lost),
            edges=(trim, bleed),
        )

    def _picture(self, reference: Any) -> str:
        number = getattr(reference, "idnum", 0)
        if number not in self.pictures:
            stored = reference.get_object()
            kind = stored.get("/Subtype")
            self.pictures[number] = read_stored_picture(stored) if kind == "/Image" else ""
        return self.pictures[number]

    def find_letters(self, reference: Any) -> FontLetters:
        """Return the letters of a font; one that is no object of its own is read each time."""
        font = reference.get_object()
        number = getattr(font.indirect_reference, "idnum", 0)
        if number not in self.fonts or number == 0:
            self.fonts[number] = read_font(font)
        return self.fonts[number]

    def _owners(self, page: Any) -> tuple[int, ...]:
        """Return the numbers of the elements that the parent tree has for the page's marks."""
        root = get_value(self.catalog, "/StructTreeRoot") or {}
        table = to_list(get_value(get_value(root, "/ParentTree") or {}, "/Nums"))
        for key, owners in zip(table[::2], table[1::2], strict=False):
            if key == page.get("/StructParents"):
                return tuple(getattr(one, "idnum", 0) for one in to_list(owners.get_object()))
        return ()


def _alpha(state: Any) -> float:
    return float(state.get_object().get("/ca", 1))


def _faults_of_fonts(pages: list[Any], reading: _Pages) -> Iterator[str]:
    """Yield what is wrong with the fonts of all pages, each font looked at once."""
    seen: set[int] = set()
    for page in pages:
        for name, reference in list_named(get_value(page, "/Resources") or {}, "/Font"):
            font = reference.get_object()
            number = getattr(font.indirect_reference, "idnum", 0)
            if number == 0 or number not in seen:
                seen.add(number)
                yield from find_font_faults(name, font, reading.find_letters(reference))


# --------------------------------------------------------------------------- places


def _targets(catalog: Any, numbers: _Numbers) -> Iterator[tuple[str, int]]:
    named = to_list(
        get_value(get_value(get_value(catalog, "/Names") or {}, "/Dests") or {}, "/Names")
    )
    for name, place in zip(named[::2], named[1::2], strict=False):
        yield str(name), _page(place.get_object(), numbers)


def _page(place: Any, numbers: _Numbers) -> int:
    """Return the number of the page of a place; -1 if it leads out of the file."""
    parts = place.get("/D") if isinstance(place, dict) else place
    if not isinstance(parts, list):
        return -1
    number = getattr(parts[0], "idnum", 0)
    return numbers.get(number, numbers.get((number, find_half(parts)), -1))


def _outline(
    node: Any, numbers: _Numbers, targets: Mapping[str, int], depth: int = 0
) -> Iterator[tuple[str, int]]:
    one = get_value(node, "/First") if node else None
    for _ in range(100_000):
        if one is None or depth > _DEEPEST:
            return
        place = get_value(one, "/Dest")
        page = targets.get(place, -1) if isinstance(place, str) else _page(place, numbers)
        yield str(one.get("/Title", "")), page
        yield from _outline(one, numbers, targets, depth + 1)
        one = get_value(one, "/Next")


# --------------------------------------------------------------------------- tags


def _tag(node: Any, numbers: _Numbers, page: int, depth: int) -> PdfTag:
    if depth > _DEEPEST * 5:
        raise ValueError("the tag tree is too deep")
    number = getattr(node, "idnum", 0)
    node = node.get_object()
    own = node.raw_get("/Pg") if "/Pg" in node else None
    page = numbers.get(getattr(own, "idnum", 0), -1) if own is not None else page
    kids: list[PdfTag | tuple[int, int] | PdfLink] = []
    links: list[int] = []
    for kid in to_list(get_value(node, "/K")):
        value = kid.get_object()
        if isinstance(value, int):
            kids.append((page, int(value)))
        elif value.get("/Type") == "/MCR":
            home = value.raw_get("/Stm" if "/Stm" in value else "/Pg")
            kids.append((numbers.get(home.idnum, -1), int(value["/MCID"])))
        elif value.get("/Type") == "/OBJR":
            area = value.raw_get("/Obj")
            links.append(area.idnum)
            place = numbers.get(value.raw_get("/Pg").idnum, -1)
            kids.append(_link(area.get_object(), place))
        else:
            kids.append(_tag(kid, numbers, page, depth + 1))
    return PdfTag(
        number,
        str(node.get("/S", ""))[1:],
        str(node.get("/Lang", "")),
        str(node.get("/Alt", "")) + str(node.get("/ActualText", "")) + str(node.get("/E", "")),
        tuple(kids),
        tuple(links),
        _spans(node),
    )


def _spans(node: Any) -> tuple[int, int]:
    """Return how many columns and rows a cell takes."""
    attributes = [one.get_object() for one in to_list(get_value(node, "/A"))]
    merged = {
        key: value for one in attributes if isinstance(one, dict) for key, value in one.items()
    }
    return int(merged.get("/ColSpan", 1)), int(merged.get("/RowSpan", 1))


def _link(annotation: Any, page: int) -> PdfLink:
    action, place = get_value(annotation, "/A"), get_value(annotation, "/Dest")
    if action is None:
        target = f"#{place}" if isinstance(place, str) else "?"
    elif action.get("/S") == "/URI" and "/Next" not in action:
        target = str(action.get("/URI", ""))
    elif action.get("/S") == "/GoTo" and isinstance(get_value(action, "/D"), str):
        target = f"#{action['/D']}"
    else:
        target = "?"
    area = tuple(float(corner) for corner in to_list(get_value(annotation, "/Rect")))
    shown = int(annotation.get("/F", 0)) & 0b100010 == 0
    return PdfLink(page, target, str(annotation.get("/Contents", "")), area, shown)
