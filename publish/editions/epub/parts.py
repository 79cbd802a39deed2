"""Holds the types of the parts of an EPUB: pages, contents, metadata, the whole book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = [
    "NAV",
    "NCX",
    "STYLE_SHEET",
    "Book",
    "BookPage",
    "GuideEntry",
    "MetadataLine",
    "NavPoint",
]

STYLE_SHEET, NAV, NCX = "style.css", "nav.xhtml", "toc.ncx"
"""File names inside the book; documents link to `style.css` in the same folder."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """A content document; `properties` are those of its manifest item, such as `svg`."""

    name: str
    xhtml: bytes
    title: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavPoint:
    """An entry of the contents; `href` is the name of a page, with or without a fragment."""

    label: str
    href: str
    children: tuple[NavPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataLine:
    """A line of metadata: an element (`dc:creator`) or a property (`schema:accessMode`).

    `id` lets other lines refer to it.  `refines` is the id of the line that it adds to (`title`
    is the book's title).  `scheme` names the list that the value is from.
    """

    name: str
    value: str
    id: str = ""
    refines: str = ""
    scheme: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """A place that old reading apps have a button for: `cover`, `toc`, `text` (OPF 2.0.1 §2.6)."""

    kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that an EPUB is made of.

    `pages` are all content documents in reading order, `nav` the bytes of `nav.xhtml`.
    `navpoints` are the same contents for the NCX of old readers; if empty, it has one entry for
    each page.  `images` and `fonts` have bytes by file name, as documents and style sheet use
    them; `cover_image` is one of the images.  `metadata` is written in its order, after
    identifier, title and language; `title_language` is set for a title in another language.
    `modified` becomes midnight UTC of that day.  `printed` has label and address of each page of
    the printed edition.  `nav_place` is the number of pages before the nav; None for all.
    """

    identifier: str
    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    modified: date
    metadata: tuple[MetadataLine, ...]
    pages: tuple[BookPage, ...]
    nav: bytes
    navpoints: tuple[NavPoint, ...]
    css: str
    images: Mapping[str, bytes]
    cover_image: str | None = None
    title_language: str = ""
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    guide: tuple[GuideEntry, ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    nav_place: int | None = None
