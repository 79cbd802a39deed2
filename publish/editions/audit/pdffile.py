"""Opens a finished PDF, without trust in the file.  Only this file imports pypdf.

What it returns are plain values: pages, tag tree, targets, outline, metadata, fonts, and what no
edition may have.  Terms and keys are those of ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from publish.editions.audit.fontfile import read_widths
from publish.editions.audit.forbidden import find_forbidden
from publish.editions.audit.objectstreams import fill_objects
from publish.editions.audit.pictures import read_stored_picture
from publish.editions.audit.streams import FontLetters, PageContent, read_page_content
from publish.editions.audit.strings import read_letters
from publish.errors import PublishError

__all__ = ["OpenedPdf", "PdfLink", "PdfPage", "PdfTag", "open_pdf"]

_DEEPEST = 200


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

    `pictures` has the digest of the pixels of each image, by its name on the page.
    `owners` has the object that the file names as the owner of each mark.
    """

    content: PageContent
    box: tuple[float, float, float, float]
    turned: int
    links: tuple[int, ...]
    owners: tuple[int, ...]
    others: tuple[str, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)


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


def open_pdf(data: bytes) -> OpenedPdf:
    """Return what a PDF holds; raises PublishError if it is none or cannot be read."""
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
        return _opened(reader, data)
    except (PyPdfError, AttributeError, TypeError, ValueError, KeyError, IndexError) as error:
        raise PublishError(f"the file cannot be read as a PDF: {error}") from None
    except (RecursionError, OSError, AssertionError) as error:
        raise PublishError(f"the file cannot be read as a PDF: {error}") from None
    finally:
        log.disabled = before


def _opened(reader: Any, data: bytes) -> OpenedPdf:
    catalog = reader.trailer["/Root"]
    pages = list(reader.pages)
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(pages)}
    targets = dict(_targets(catalog, numbers))
    reading = _Pages(catalog, numbers)
    read = tuple(reading.read(page) for page in pages)
    root = _get(catalog, "/StructTreeRoot")
    kids = _list(_get(root, "/K")) if root else []
    return OpenedPdf(
        language=str(catalog.get("/Lang", "")),
        marked=_is_true(_get(catalog, "/MarkInfo"), "/Marked"),
        shows_title=_is_true(_get(catalog, "/ViewerPreferences"), "/DisplayDocTitle"),
        intents=[_profile(one.get_object()) for one in _list(_get(catalog, "/OutputIntents"))],
        labels=repr(_get(catalog, "/PageLabels") or ""),
        pages=read,
        tags=_tag(kids[0], numbers, -1, 0) if len(kids) == 1 else None,
        targets=targets,
        outline=tuple(_outline(_get(catalog, "/Outlines"), numbers, targets)),
        information={k: str(v) for k, v in (_get(reader.trailer, "/Info") or {}).items()},
        xmp=_get(catalog, "/Metadata").get_data() if "/Metadata" in catalog else b"",
        fonts=tuple(dict.fromkeys(_faults_of_fonts(pages, reading))),
        forbidden=tuple(dict.fromkeys(find_forbidden(reader, data))),
    )


def _profile(intent: Any) -> str:
    """Return the name of the colour profile of an output intent, from the profile itself."""
    data = _get(intent, "/DestOutputProfile").get_data()
    if int.from_bytes(data[:4]) != len(data) or data[36:40] != b"acsp":
        return ""
    return "sRGB" if data[16:20] == b"RGB " and b"sRGB" in data[128:] else "another"


def _get(holder: Any, key: str) -> Any:
    value = holder.get(key)
    return value.get_object() if value is not None else None


def _is_true(holder: Any, key: str) -> bool:
    return getattr(_get(holder or {}, key), "value", False) is True


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


# --------------------------------------------------------------------------- pages


@dataclass(slots=True)
class _Pages:
    """Reads pages; fonts and owners are read once for the whole file."""

    catalog: Any
    numbers: Mapping[int, int]
    fonts: dict[int, FontLetters] = field(default_factory=dict)
    pictures: dict[int, str] = field(default_factory=dict)

    def read(self, page: Any) -> PdfPage:
        resources = _get(page, "/Resources") or {}
        left, bottom, right, top = (float(corner) for corner in page.mediabox)
        box = (left, bottom, right, top)
        contents = page.get_contents()
        content = read_page_content(
            contents.get_data() if contents is not None else b"",
            {name[1:]: self.find_letters(font) for name, font in _items(resources, "/Font")},
            {name[1:]: _alpha(state) for name, state in _items(resources, "/ExtGState")},
            box,
        )
        links, others = [], []
        for one in _list(_get(page, "/Annots")):
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
        drawn = {name[1:]: self._picture(one) for name, one in _items(resources, "/XObject")}
        owners = self._owners(page)
        return PdfPage(content, box, turned, tuple(links), owners, tuple(others), drawn)

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
            stream = _get(font, "/ToUnicode")
            letters = dict(read_letters(stream.get_data() if stream is not None else b""))
            inner = _list(_get(font, "/DescendantFonts"))
            widths = _list(_get(inner[0].get_object(), "/W")) if inner else []
            self.fonts[number] = FontLetters(number, letters, dict(_widths(widths)))
        return self.fonts[number]

    def _owners(self, page: Any) -> tuple[int, ...]:
        """Return the numbers of the elements that the parent tree has for the page's marks."""
        root = _get(self.catalog, "/StructTreeRoot") or {}
        table = _list(_get(_get(root, "/ParentTree") or {}, "/Nums"))
        for key, owners in zip(table[::2], table[1::2], strict=False):
            if key == page.get("/StructParents"):
                return tuple(getattr(one, "idnum", 0) for one in _list(owners.get_object()))
        return ()


def _items(resources: Any, kind: str) -> list[tuple[str, Any]]:
    return list((_get(resources, kind) or {}).items())


def _alpha(state: Any) -> float:
    return float(state.get_object().get("/ca", 1))


def _widths(table: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield glyphs and their widths from the table of a font (§9.7.4.3)."""
    at = 0
    while at + 1 < len(table):
        first, second = int(table[at]), table[at + 1].get_object()
        if isinstance(second, list):
            yield from ((first + offset, float(one)) for offset, one in enumerate(second))
            at += 2
        else:
            last = min(int(second), 0xFFFF)
            yield from ((code, float(table[at + 2])) for code in range(first, last + 1))
            at += 3


def _keeps_widths(inner: Any, read: FontLetters, file: bytes) -> bool:
    """Return whether the widths of a font's letters are those of the font file."""
    default = float(inner.get("/DW", 1000))
    glyphs = _glyphs(inner, list(read.letters))
    own = read_widths(file, list(glyphs.values()))
    return all(
        abs(own.get(glyph, -9) - read.widths.get(code, default)) < 2
        for code, glyph in glyphs.items()
    )


def _glyphs(inner: Any, codes: list[int]) -> dict[int, int]:
    """Return the glyph of each code of a font (§9.7.4.2)."""
    stream = _get(inner, "/CIDToGIDMap")
    if not hasattr(stream, "get_data"):
        return {code: code for code in codes}
    table = stream.get_data()
    return {code: int.from_bytes(table[2 * code : 2 * code + 2]) for code in codes}


def _faults_of_fonts(pages: list[Any], reading: _Pages) -> Iterator[str]:
    """Yield what is wrong with the fonts of all pages, each font looked at once."""
    seen: set[int] = set()
    for page in pages:
        for name, reference in _items(_get(page, "/Resources") or {}, "/Font"):
            font = reference.get_object()
            number = getattr(font.indirect_reference, "idnum", 0)
            if number == 0 or number not in seen:
                seen.add(number)
                yield from _font_faults(name, font, reading.find_letters(reference))


def _font_faults(name: str, font: Any, read: FontLetters) -> Iterator[str]:
    """Yield what is wrong with a font: not in the file, or without letters."""
    inner = _list(_get(font, "/DescendantFonts"))
    described = _get(inner[0].get_object() if inner else font, "/FontDescriptor") or {}
    files = [described.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
    found = [file.get_object().get_data() for file in files if file is not None]
    if len(found) != 1 or found[0][:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        yield f"the font {font.get('/BaseFont', name)} is not in the file"
    elif inner and not _keeps_widths(inner[0].get_object(), read, found[0]):
        yield f"the font {font.get('/BaseFont', name)} sets its letters too wide or narrow"
    if "/ToUnicode" not in font:
        yield f"the font {font.get('/BaseFont', name)} does not say which letters it shows"


# --------------------------------------------------------------------------- places


def _targets(catalog: Any, numbers: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    named = _list(_get(_get(_get(catalog, "/Names") or {}, "/Dests") or {}, "/Names"))
    for name, place in zip(named[::2], named[1::2], strict=False):
        yield str(name), _page(place.get_object(), numbers)


def _page(place: Any, numbers: Mapping[int, int]) -> int:
    """Return the number of the page of a place; -1 if it leads out of the file."""
    parts = place.get("/D") if isinstance(place, dict) else place
    return numbers.get(getattr(parts[0], "idnum", 0), -1) if isinstance(parts, list) else -1


def _outline(
    node: Any, numbers: Mapping[int, int], targets: Mapping[str, int], depth: int = 0
) -> Iterator[tuple[str, int]]:
    one = _get(node, "/First") if node else None
    for _ in range(100_000):
        if one is None or depth > _DEEPEST:
            return
        place = _get(one, "/Dest")
        page = targets.get(place, -1) if isinstance(place, str) else _page(place, numbers)
        yield str(one.get("/Title", "")), page
        yield from _outline(one, numbers, targets, depth + 1)
        one = _get(one, "/Next")


# --------------------------------------------------------------------------- tags


def _tag(node: Any, numbers: Mapping[int, int], page: int, depth: int) -> PdfTag:
    if depth > _DEEPEST * 5:
        raise ValueError("the tag tree is too deep")
    number = getattr(node, "idnum", 0)
    node = node.get_object()
    own = node.raw_get("/Pg") if "/Pg" in node else None
    page = numbers.get(getattr(own, "idnum", 0), -1) if own is not None else page
    kids: list[PdfTag | tuple[int, int] | PdfLink] = []
    links: list[int] = []
    for kid in _list(_get(node, "/K")):
        value = kid.get_object()
        if isinstance(value, int):
            kids.append((page, int(value)))
        elif value.get("/Type") == "/MCR":
            kids.append((numbers.get(value.raw_get("/Pg").idnum, -1), int(value["/MCID"])))
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
    attributes = [one.get_object() for one in _list(_get(node, "/A"))]
    merged = {
        key: value for one in attributes if isinstance(one, dict) for key, value in one.items()
    }
    return int(merged.get("/ColSpan", 1)), int(merged.get("/RowSpan", 1))


def _link(annotation: Any, page: int) -> PdfLink:
    action, place = _get(annotation, "/A"), _get(annotation, "/Dest")
    if action is None:
        target = f"#{place}" if isinstance(place, str) else "?"
    elif action.get("/S") == "/URI" and "/Next" not in action:
        target = str(action.get("/URI", ""))
    elif action.get("/S") == "/GoTo" and isinstance(_get(action, "/D"), str):
        target = f"#{action['/D']}"
    else:
        target = "?"
    area = tuple(float(corner) for corner in _list(_get(annotation, "/Rect")))
    shown = int(annotation.get("/F", 0)) & 0b100010 == 0
    return PdfLink(page, target, str(annotation.get("/Contents", "")), area, shown)
