"""Opens a finished EPUB and parses its parts, without trust in the file.

Reading follows EPUB OCF 3.3: the container names the package, the package the rest.  Sizes are
limited before anything is unpacked, since the file may come from anybody.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote, urldefrag

from lxml import etree

from publish.containers.xmltrees import parse_document
from publish.containers.zipfiles import ArchiveLimits, read_entries
from publish.model import Finding, Level, Span

__all__ = [
    "CONTAINER",
    "EPUB",
    "HTML",
    "OpenedBook",
    "OpenedText",
    "open_book",
    "report_built_file",
    "shorten_line",
]

HTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
CONTAINER = "META-INF/container.xml"
LIMITS = ArchiveLimits(entries=65_535, entry=256 << 20, all=256 << 20)
"""As many entries as a zip archive can count without ZIP64; sizes in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBook:
    """An EPUB that has been opened: its entries and its parsed parts.

    `pages` are in the order of the spine, `trees` are all XML files.  Names are paths from the
    root of the zip.
    """

    file: str
    data: bytes = field(repr=False)
    entries: tuple[zipfile.ZipInfo, ...]
    package_name: str
    package: etree._Element
    contents: Mapping[str, bytes] = field(repr=False)
    pages: Mapping[str, etree._Element]
    trees: Mapping[str, etree._Element]
    styles: Mapping[str, str]

    def wrong(self, code: str, message: str) -> Finding:
        """Return a finding on this file."""
        return report_built_file(self.file, code, message)

    def resolved(self, href: str, base: str = "") -> str:
        """Return the name of the part that an address in `base` leads to, without its fragment."""
        folder = posixpath.dirname(base or self.package_name)
        path = unquote(urldefrag(href).url)
        return posixpath.normpath(posixpath.join(folder, path)) if path else base

    def has_target(self, base: str, href: str) -> bool:
        """Return whether an address leads to a part of the book, and to an id if it names one."""
        name, fragment = self.resolved(href, base), urldefrag(href).fragment
        if name not in {entry.filename for entry in self.entries}:
            return False
        return not fragment or (
            name in self.pages and any(e.get("id") == fragment for e in self.pages[name].iter())
        )

    def front(self, *wanted: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield the pages before the text, or those of them with a section of the kinds wanted."""
        for name, page in self.pages.items():
            kinds = {element.get(f"{EPUB}type") for element in page.iter(f"{HTML}section")}
            if kinds & (set(wanted) or {"titlepage", "imprint"}):
                yield name, page

    def text_pages(self) -> Iterator[etree._Element]:
        """Yield the bodies of the pages of the text and its notes, in order."""
        front = {name for name, _ in self.front()}
        for name, page in self.pages.items():
            body = page.find(f"{HTML}body")
            kinds = {e.get(f"{EPUB}type") for e in page.iter(f"{HTML}nav", f"{HTML}section")}
            if name not in front and body is not None and not kinds & {"toc", "cover"}:
                yield body

    def nav_list(self, kind: str) -> list[tuple[str, str]]:
        """Return words and address, as `name#fragment`, of each entry of one list of the nav.

        Marks of untranslated text are left out of the words.
        """
        links = [
            (name, link)
            for name, page in self.pages.items()
            for nav in page.iter(f"{HTML}nav")
            if nav.get(f"{EPUB}type") == kind
            for link in nav.iter(f"{HTML}a")
        ]
        return [
            (" ".join("".join(_unmarked(link)).split()), self._address(link, name))
            for name, link in links
        ]

    def _address(self, link: etree._Element, base: str) -> str:
        href = link.get("href") or ""
        return f"{self.resolved(href, base)}#{urldefrag(href).fragment}"

    def places(self) -> dict[str, int]:
        """Return the rank of every id in the order of the book, by `name#id`."""
        names = (
            f"{name}#{element.get('id')}"
            for name, page in self.pages.items()
            for element in page.iter(etree.Element)
            if element.get("id")
        )
        return {name: number for number, name in reversed(list(enumerate(names)))}


class OpenedText(Protocol):
    """A finished file of any format whose text is made of elements of XHTML."""

    def wrong(self, code: str, message: str) -> Finding:
        """Return a finding on this file."""
        ...

    def text_pages(self) -> Iterator[etree._Element]:
        """Yield the parts of the text and its notes, in order."""
        ...


def _unmarked(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element without the marks of untranslated text."""
    yield element.text or ""
    for child in element:
        if "mark" not in (child.get("class") or "").split():
            yield from _unmarked(child)
        yield child.tail or ""


def report_built_file(file: str, code: str, message: str) -> Finding:
    """Return an error on a built file; the fix is always to build it again."""
    return Finding(
        code=code,
        level=Level.ERROR,
        message=message,
        span=Span(file, 1, 1),
        hint="do not publish it; build it again",
    )


def shorten_line(text: str) -> str:
    """Return the first 60 characters of a text, in single spaces."""
    return " ".join(text.split())[:60]


def open_book(file: str, data: bytes) -> OpenedBook:
    """Return the book in an EPUB file.

    Raises PublishError, XMLSyntaxError or KeyError if it is not an EPUB.
    """
    found = read_entries(data, file, LIMITS)
    contents = {entry.filename: content for entry, content in found}
    roots = [e.get("full-path") for e in parse_document(contents[CONTAINER]).iter("{*}rootfile")]
    package_name = str(roots[0]) if roots else ""
    package = parse_document(contents[package_name])
    trees = {
        name: parse_document(content)
        for name, content in contents.items()
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".svg"))
    }
    folder = posixpath.dirname(package_name)
    items = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    refs = [items.get(ref.get("idref"), "") for ref in package.iter("{*}itemref")]
    spine = [posixpath.join(folder, href) for href in refs]
    return OpenedBook(
        file=file,
        data=data,
        contents=contents,
        entries=tuple(entry for entry, _ in found),
        package_name=package_name,
        package=package,
        pages={name: trees[name] for name in spine if name in trees},
        trees=trees,
        styles={
            name: contents[name].decode("utf-8", "replace")
            for name in contents
            if name[-4:] == ".css"
        },
    )
