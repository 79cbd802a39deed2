"""Opens a finished PDF, without trust in the file.  Only this file imports pypdf.

What it returns are plain values: pages, tag tree, targets, outline, metadata, fonts, and what no
edition may have.  Terms and keys are those of ISO 32000-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from publish.editions.audit.streams import PageContent, read_page_content
from publish.errors import PublishError

__all__ = ["OpenedPdf", "PdfLink", "PdfPage", "PdfTag", "open_pdf"]

_FORBIDDEN = {
    "/OpenAction": "an action on opening",
    "/AA": "an action",
    "/JS": "a script",
    "/JavaScript": "a script",
    "/AcroForm": "a form",
    "/XFA": "a form",
    "/OCProperties": "layers that can be hidden",
    "/OC": "a layer that can be hidden",
    "/OCGs": "a layer that can be hidden",
    "/EmbeddedFiles": "an attachment",
    "/EF": "an attachment",
    "/AF": "an attachment",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Perms": "permissions of its own",
    "/Collection": "a portfolio",
    "/PieceInfo": "data of a program",
    "/Thumb": "a thumbnail",
    "/Threads": "threads",
    "/URI": "a base address",
    "/RoleMap": "tags of its own",
    "/ClassMap": "classes of its own",
}
"""Keys that no edition has, by what they bring; `/URI` in links is allowed."""

_CATALOG = frozenset(
    f"/{name}"
    for name in (
        *("Type", "Pages", "Outlines", "Lang", "Names", "StructTreeRoot", "MarkInfo", "PageMode"),
        *("ViewerPreferences", "OutputIntents", "Metadata", "PageLabels", "Version"),
    )
)
_ACTIONS = frozenset(
    f"/{name}"
    for name in ("Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Named", "Rendition")
)
_MAPPING = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F\s]*)>")
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class PdfLink:
    """The area of a link on a page: where it leads, and the text that is read aloud."""

    page: int
    target: str
    spoken: str


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its content, its size and turn, and the numbers of its links' objects.

    `owners` has the object that the file names as the owner of each mark.
    """

    content: PageContent
    box: tuple[float, float, float, float]
    turned: int
    links: tuple[int, ...]
    owners: tuple[int, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PdfTag:
    """A structure element; its kids are elements, marks as (page, number), and links."""

    number: int
    role: str
    language: str
    alternative: str
    kids: tuple[PdfTag | tuple[int, int] | PdfLink, ...]
    link_numbers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpenedPdf:
    """A PDF that has been opened.

    `forbidden` says what it has that no edition may have.  `targets` has the page of each named
    place.  `fonts` has the faults of each font.
    """

    language: str
    marked: bool
    shows_title: bool
    intents: int
    labels: str
    pages: tuple[PdfPage, ...]
    tags: PdfTag | None
    targets: Mapping[str, int]
    outline: tuple[tuple[str, int], ...]
    information: Mapping[str, str]
    xmp: bytes
    fonts: tuple[str, ...]
    forbidden: tuple[str, ...]
    images: tuple[bytes, ...] = field(default=(), repr=False)

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
        intents=len(_list(_get(catalog, "/OutputIntents"))),
        labels=repr(_get(catalog, "/PageLabels") or ""),
        pages=read,
        tags=_tag(kids[0], numbers, -1, 0) if len(kids) == 1 else None,
        targets=targets,
        outline=tuple(_outline(_get(catalog, "/Outlines"), numbers, targets)),
        information={k: str(v) for k, v in (_get(reader.trailer, "/Info") or {}).items()},
        xmp=_get(catalog, "/Metadata").get_data() if "/Metadata" in catalog else b"",
        fonts=tuple(dict.fromkeys(fault for page in pages for fault in _font_faults(page))),
        forbidden=tuple(dict.fromkeys(_forbidden(reader, catalog, data))),
        images=tuple(_images(reader)),
    )


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
    letters: dict[int, Mapping[int, str]] = field(default_factory=dict)

    def read(self, page: Any) -> PdfPage:
        resources = _get(page, "/Resources") or {}
        left, bottom, right, top = (float(corner) for corner in page.mediabox)
        box = (left, bottom, right, top)
        contents = page.get_contents()
        content = read_page_content(
            contents.get_data() if contents is not None else b"",
            {name[1:]: self._font(font) for name, font in _items(resources, "/Font")},
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
        return PdfPage(content, box, turned, tuple(links), self._owners(page), tuple(others))

    def _font(self, font: Any) -> Mapping[int, str]:
        stream = _get(font.get_object(), "/ToUnicode")
        number = stream.indirect_reference.idnum if stream is not None else 0
        if number not in self.letters:
            self.letters[number] = dict(_letters(stream.get_data() if stream else b""))
        return self.letters[number]

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


def _letters(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield glyphs and their letters from a map to Unicode (§9.10.3)."""
    for glyph, text in _MAPPING.findall(data.partition(b"endcodespacerange")[2]):
        yield int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _font_faults(page: Any) -> Iterator[str]:
    """Yield what is wrong with the fonts of a page: not in the file, or without letters."""
    for name, reference in _items(_get(page, "/Resources") or {}, "/Font"):
        font = reference.get_object()
        inner = _list(_get(font, "/DescendantFonts"))
        described = _get(inner[0].get_object() if inner else font, "/FontDescriptor") or {}
        files = [described.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
        found = [file.get_object().get_data() for file in files if file is not None]
        if len(found) != 1 or found[0][:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
            yield f"the font {font.get('/BaseFont', name)} is not in the file"
        if "/ToUnicode" not in font:
            yield f"the font {font.get('/BaseFont', name)} does not say which letters it shows"


def _images(reader: Any) -> Iterator[bytes]:
    """Yield the images of the file as they are stored, each once."""
    for value in _objects(reader):
        if hasattr(value, "_data") and value.get("/Subtype") == "/Image":
            yield bytes(value._data)


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
    )


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
    return PdfLink(page, target, str(annotation.get("/Contents", "")))


# --------------------------------------------------------------------------- forbidden


def _objects(reader: Any) -> Iterator[Any]:
    numbers = {one for table in reader.xref.values() for one in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        found = reader.get_object(number)
        if found is not None:
            yield found


def _forbidden(reader: Any, catalog: Any, data: bytes) -> Iterator[str]:
    """Yield what no edition may have, wherever it is in the file."""
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        yield "bytes before or after it"
    if data.count(b"startxref") != 1:
        yield "changes added after it was written"
    for key in sorted(set(catalog) - _CATALOG):
        yield _FORBIDDEN.get(key, f"an unknown entry {key}")
    for key in sorted(set(_get(catalog, "/Names") or {}) - {"/Dests"}):
        yield _FORBIDDEN.get(key, f"unknown names {key}")
    for value in _objects(reader):
        yield from _bad(value, 0)


def _bad(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and depth < _DEEPEST:
        action = value.get("/S") == "/URI"
        for key, inner in value.items():
            if key in _FORBIDDEN and not (key == "/URI" and action):
                yield _FORBIDDEN[key]
            yield from _bad(inner, depth + 1)
        if value.get("/Type") in ("/Filespec", "/EmbeddedFile"):
            yield "an attachment"
        if value.get("/S") in _ACTIONS or (value.get("/Type") == "/Action" and not action):
            yield "an action"
    elif isinstance(value, list) and depth < _DEEPEST:
        for inner in value:
            yield from _bad(inner, depth + 1)
