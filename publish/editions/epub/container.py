"""Packs finished XHTML documents into an EPUB 3.3 file.  Only this file imports EbookLib.

EbookLib only writes manifest, spine and zip.  Documents, nav and NCX are packed byte for byte as
given or made here, since EbookLib would rewrite them.  What it would ignore is an error here.

The same book gives the same bytes: no time of day, no random identifier, fixed dates in the zip.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from ebooklib import epub  # type: ignore[import-untyped]
from lxml import etree

from publish.containers.xmlcharacters import find_unwritable
from publish.containers.xmltrees import parse_document
from publish.containers.zipfiles import make_zip_entry
from publish.editions.epub.loadable import check_document, check_style_sheet, require_link_targets
from publish.editions.epub.parts import NAV, NCX, STYLE_SHEET, Book, MetadataLine, NavPoint
from publish.errors import BuildError

__all__ = ["pack_epub"]


_PACKAGE = "content.opf"
_DC = "http://purl.org/dc/elements/1.1/"
_NCX = "http://www.daisy.org/z3986/2005/ncx/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_XHTML_TYPE, _SVG_TYPE = "application/xhtml+xml", "image/svg+xml"
_ROOTS = {
    _XHTML_TYPE: "{http://www.w3.org/1999/xhtml}html",
    _SVG_TYPE: "{http://www.w3.org/2000/svg}svg",
}

_IMAGES = {
    ".gif": ("image/gif", b"GIF8"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".svg": (_SVG_TYPE, b""),
    ".webp": ("image/webp", b"RIFF"),
}
_FONTS = {
    ".otf": ("font/otf", b"OTTO"),
    ".ttf": ("font/ttf", b"\x00\x01\x00\x00"),
    ".woff": ("font/woff", b"wOFF"),
    ".woff2": ("font/woff2", b"wOF2"),
}
"""Media type (core media types of EPUB 3.3 §3.2) and first bytes for each suffix."""

_FILE_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*")


def pack_epub(book: Book) -> bytes:
    """Return the EPUB file of a book.

    Raises BuildError for a part that is wrong, missing or named twice.
    """
    if not book.pages:
        raise BuildError("an EPUB needs at least one page")
    items = _items(book)
    _check_names(item.file_name for item in items)
    _check_parts(items)
    buffer = io.BytesIO()
    _Writer(buffer, _container(book, items), book).write()
    _check_written(buffer, items)
    return buffer.getvalue()


# --------------------------------------------------------------------------- parts


def _items(book: Book) -> list[Any]:
    """Return every file but the package document, in the order of the manifest."""
    cover = book.cover_image
    if cover is not None and cover not in book.images:
        raise BuildError(f'the cover image "{cover}" is not among the images of the book')
    return [
        _item("nav", NAV, _XHTML_TYPE, book.nav, ("nav",)),
        _item("ncx", NCX, "application/x-dtbncx+xml", _ncx(book)),
        _item("css", STYLE_SHEET, "text/css", book.css.encode()),
        *(
            _item(f"page-{number}", page.name, _XHTML_TYPE, page.xhtml, page.properties)
            for number, page in enumerate(book.pages, 1)
        ),
        *_media("image", book.images, _IMAGES, cover),
        *_media("font", book.fonts, _FONTS, None),
    ]


def _item(
    id_: str, name: str, media_type: str, content: bytes, properties: tuple[str, ...] = ()
) -> Any:
    item = epub.EpubItem(id_, name, media_type, content)
    item.properties = properties
    return item


def _media(
    kind: str,
    contents: Mapping[str, bytes],
    types: Mapping[str, tuple[str, bytes]],
    cover: str | None,
) -> Iterator[Any]:
    for number, (name, content) in enumerate(sorted(contents.items()), 1):
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in types:
            raise BuildError(
                f'an EPUB cannot hold the {kind} "{name}"',
                hint=f"convert it to one of: {', '.join(sorted(types))}",
            )
        media_type, start = types[suffix]
        if not content.startswith(start):
            raise BuildError(f'"{name}" is no {media_type} file, though its name says so')
        properties = ("cover-image",) if name == cover else ()
        yield _item(f"{kind}-{number}", name, media_type, content, properties)


def _check_names(names: Iterable[str]) -> None:
    """Raise BuildError for names that are not ASCII or differ only in case (OCF §4.2.3)."""
    seen = {_PACKAGE}
    for name in names:
        if not _FILE_NAME.fullmatch(name):
            raise BuildError(
                f'"{name}" cannot be the name of a file in an EPUB',
                hint="rename it: letters a to z, digits, dot, hyphen and underscore",
            )
        if name.lower() in seen:
            raise BuildError(f'the EPUB would hold two files named "{name}"')
        seen.add(name.lower())


def _check_parts(items: list[Any]) -> None:
    names = {item.file_name for item in items}
    places = set(names)
    roots = {item.file_name: _parse(item) for item in items if item.media_type in _ROOTS}
    for name, root in roots.items():
        check_document(name, root, names)
        places |= {f"{name}#{identifier}" for identifier in _ids(name, root)}
    for name, root in roots.items():
        require_link_targets(name, root, places)
    for item in items:
        if item.file_name == NCX:
            require_link_targets(NCX, _parse_xml(item), places)
        elif item.media_type == "text/css":
            check_style_sheet(item.file_name, item.content.decode(), names)


def _ids(name: str, root: etree._Element) -> Iterator[str]:
    """Yield the ids of a document; raises BuildError for an id that is there twice."""
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        identifier = element.get("id")
        if identifier is None:
            continue
        if identifier in seen:
            raise BuildError(f'"{name}" has the id "{identifier}" twice')
        seen.add(identifier)
        yield identifier


def _check_written(buffer: io.BytesIO, items: list[Any]) -> None:
    """Raise BuildError unless the archive has every part; EbookLib drops what it does not know."""
    with zipfile.ZipFile(buffer) as archive:
        written = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    for item in items:
        if written.get(item.file_name) != item.content:
            raise BuildError(f'"{item.file_name}" was not packed into the EPUB unchanged')


def _parse(item: Any) -> etree._Element:
    root = _parse_xml(item)
    if root.tag != _ROOTS[item.media_type]:
        raise BuildError(f'"{item.file_name}" has the wrong root element {root.tag}')
    return root


def _parse_xml(item: Any) -> etree._Element:
    """Return the root of a document; no other file is read and no entity is expanded."""
    try:
        return parse_document(item.content)
    except etree.XMLSyntaxError as error:
        raise BuildError(f'"{item.file_name}" is not well-formed: {error.msg}') from None


# --------------------------------------------------------------------------- container


def _container(book: Book, items: list[Any]) -> Any:
    container = epub.EpubBook()
    container.IDENTIFIER_ID = "identifier"
    container.direction = book.direction
    for item in items:
        container.add_item(item)
    # The nav is in the spine too: some readers open only what is in it.
    spine = [item for item in items if item.id.startswith("page-")]
    place = len(spine) if book.nav_place is None else book.nav_place
    spine.insert(place, next(item for item in items if item.id == "nav"))
    container.spine = spine
    container.guide = [
        {"type": entry.kind, "title": entry.title, "href": entry.href} for entry in book.guide
    ]
    return container


class _Zip(zipfile.ZipFile):
    """A zip whose entries have neither a date nor a system."""

    def writestr(  # type: ignore[override]
        self, name: str, data: bytes | str, compress_type: int = zipfile.ZIP_DEFLATED
    ) -> None:
        super().writestr(make_zip_entry(name), data, compress_type, compresslevel=9)


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer with our metadata and zip, which raises errors instead of hiding them."""

    def __init__(self, target: io.BytesIO, container: Any, book: Book) -> None:
        super().__init__(target, container, {"package_direction": True})
        self.source = book

    def write(self) -> None:
        with _Zip(self.file_name, "w") as self.out:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_metadata(self, root: etree._Element) -> None:
        root.set(_XML_LANG, self.source.language)
        del root.attrib["prefix"]  # EbookLib declares prefixes that EPUB reserves
        _write_metadata(root, self.source)


def _write_metadata(root: etree._Element, book: Book) -> None:
    metadata = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
    lines = (
        MetadataLine(name="dc:identifier", value=book.identifier, id="identifier"),
        MetadataLine(name="dc:title", value=book.title, id="title", language=book.title_language),
        MetadataLine(name="dc:language", value=book.language),
        MetadataLine(
            name="dcterms:modified",
            value=f"{book.modified.year:04}-{book.modified:%m-%d}T00:00:00Z",
        ),
        *book.metadata,
    )
    ids = [line.id for line in lines if line.id]
    if len(ids) != len(set(ids)):
        raise BuildError(f"two lines of metadata have the same id: {', '.join(sorted(ids))}")
    for line in lines:
        if line.refines and line.refines not in ids:
            raise BuildError(f'"{line.name}" refines "{line.refines}", but no line has that id')
        _write_line(metadata, line)
    if book.cover_image is not None:
        number = sorted(book.images).index(book.cover_image) + 1
        etree.SubElement(metadata, "meta", name="cover", content=f"image-{number}")


def _write_line(metadata: etree._Element, line: MetadataLine) -> None:
    attributes = {
        "id": line.id,
        "refines": line.refines and f"#{line.refines}",
        "scheme": line.scheme,
        _XML_LANG: line.language,
    }
    if line.name.startswith("dc:"):
        tag = f"{{{_DC}}}{line.name.removeprefix('dc:')}"
    else:
        tag = "meta"
        attributes = {"property": line.name, **attributes}
    element = etree.SubElement(metadata, tag, {k: v for k, v in attributes.items() if v})
    element.text = _text(line.value, line.name)


def _text(value: str, what: str) -> str:
    """Return a value in single spaces; raises BuildError if it is empty or not fit for XML."""
    if forbidden := find_unwritable(value):
        raise BuildError(f"{what} holds the control character U+{ord(forbidden):04X}")
    text = " ".join(value.split())
    if not text:
        raise BuildError(f"{what} is empty")
    return text


# --------------------------------------------------------------------------- NCX


def _ncx(book: Book) -> bytes:
    """Return the contents as NCX (OPF 2.0.1 §2.4.1), for readers older than EPUB 3."""
    root = etree.Element("ncx", {"xmlns": _NCX, "version": "2005-1", _XML_LANG: book.language})
    points = book.navpoints or tuple(NavPoint(page.title, page.name) for page in book.pages)
    head = etree.SubElement(root, "head")
    facts = {"uid": book.identifier, "depth": str(_depth(points))}
    pages = str(len(book.printed))
    for name, content in {**facts, "totalPageCount": pages, "maxPageNumber": pages}.items():
        etree.SubElement(head, "meta", name=f"dtb:{name}", content=_text(content, name))
    _label(root, "docTitle", book.title)
    places: dict[str, int] = {}
    _write_points(etree.SubElement(root, "navMap"), points, {p.name for p in book.pages}, places)
    for number, point in enumerate(root.iter("navPoint"), 1):
        point.set("id", f"point-{number}")
    _write_page_list(root, book.printed, places)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _write_points(
    parent: etree._Element, points: tuple[NavPoint, ...], pages: set[str], places: dict[str, int]
) -> None:
    """Write entries; those that lead to the same address share its play order, as NCX demands."""
    for point in points:
        if point.href.partition("#")[0] not in pages:
            raise BuildError(f'the contents lead to "{point.href}", which is not in the book')
        order = places.setdefault(point.href, len(places) + 1)
        element = etree.SubElement(parent, "navPoint", playOrder=str(order))
        _label(element, "navLabel", point.label)
        etree.SubElement(element, "content", src=point.href)
        _write_points(element, point.children, pages, places)


def _write_page_list(
    root: etree._Element, printed: tuple[tuple[str, str], ...], places: dict[str, int]
) -> None:
    """Write the list of printed pages, in Arabic numbers, for readers older than EPUB 3."""
    if not printed:
        return
    pages = etree.SubElement(root, "pageList")
    for number, (label, href) in enumerate(printed, 1):
        order = places.setdefault(href, len(places) + 1)
        target = etree.SubElement(
            pages,
            "pageTarget",
            {"id": f"page-{number}", "type": "normal", "value": str(number)},
            playOrder=str(order),
        )
        _label(target, "navLabel", label)
        etree.SubElement(target, "content", src=href)


def _label(parent: etree._Element, tag: str, text: str) -> None:
    label = etree.SubElement(parent, tag)
    etree.SubElement(label, "text").text = _text(text, tag)


def _depth(points: tuple[NavPoint, ...]) -> int:
    return 1 + max((_depth(point.children) for point in points), default=0) if points else 0
