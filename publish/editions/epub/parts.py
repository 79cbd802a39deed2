"""What an EPUB is made of: documents, contents, metadata, images, fonts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = ["NAV", "NCX", "STYLE_SHEET", "Book", "BookPage", "Meta", "NavPoint", "Reference"]

STYLE_SHEET, NAV, NCX = "style.css", "nav.xhtml", "toc.ncx"
"""File names inside the book; documents link to `style.css`, beside them."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """One content document; `properties` are those of its manifest item, such as `svg`."""

    name: str
    xhtml: bytes
    title: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavPoint:
    """An entry of the contents; `href` is a page's name with or without a fragment."""

    label: str
    href: str
    children: tuple[NavPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """One line of metadata: an element (`dc:creator`) or a property (`schema:accessMode`).

    `id` lets others refer to it, `refines` is the id of the line it tells more about
    (`title` is the book's title), `scheme` says where the value is from.
    """

    name: str
    value: str
    id: str = ""
    refines: str = ""
    scheme: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place old readers have a button for: `cover`, `toc`, `text` (OPF 2.0.1 §2.6)."""

    kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything one EPUB is made of.

    `pages` are all content documents in reading order, `nav` the bytes of `nav.xhtml` and
    `navpoints` the same contents for the NCX of old readers (none: one entry for each page).
    `images` and `fonts` have their bytes by file name, as the documents and the style sheet
    refer to them; `cover_image` is one of the images.  `metadata` is written in its order,
    after identifier, title and language; `title_language` tells of a title in another one.
    `modified` becomes that day at midnight UTC.  `printed` are the pages of the printed edition,
    each with its label and the address it begins at.  `nav_place` is how many pages stand before
    the nav; without it all do.
    """

    identifier: str
    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    modified: date
    metadata: tuple[Meta, ...]
    pages: tuple[BookPage, ...]
    nav: bytes
    navpoints: tuple[NavPoint, ...]
    css: str
    images: Mapping[str, bytes]
    cover_image: str | None = None
    title_language: str = ""
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    guide: tuple[Reference, ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    nav_place: int | None = None
