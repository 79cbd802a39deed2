"""The table of formats: how a manuscript becomes the bytes of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.editions.book import book_of
from publish.editions.edition import Manuscript, edition_tree, state_note
from publish.editions.fonts import HEADING_FAMILY, TEXT_FAMILY, font_faces
from publish.editions.interface import plain_text
from publish.editions.layout import Layout
from publish.editions.pagination import Pagination
from publish.editions.templates import style_sheet
from publish.editions.tree import serialise
from publish.errors import BuildError
from publish.model import Format

if TYPE_CHECKING:
    from publish.editions.pdf import PdfInput

__all__ = ["WRITERS", "Written", "pdf_input", "write_edition"]


@dataclass(frozen=True, slots=True)
class Written:
    """The finished file of an edition, and where the pages of a PDF begin."""

    data: bytes
    pages: Pagination | None = None


def write_edition(
    kind: Format, text: Manuscript, layout: Layout, pages: Pagination | None = None
) -> Written:
    """One edition; the same manuscript, layout and pages give the same bytes.

    `pages` are those of the PDF in the same language, for an EPUB to list.
    """
    return WRITERS[kind](text, layout, pages)


def _pdf(text: Manuscript, layout: Layout, pages: Pagination | None) -> Written:
    from publish.editions.pdf import render

    rendered = render(pdf_input(text, layout))
    return Written(rendered.pdf, rendered.pages)


def pdf_input(text: Manuscript, layout: Layout) -> PdfInput:
    """What the PDF of a manuscript is made of."""
    from publish.editions.pdf import PdfInput
    from publish.languages.hyphenation import install

    install()
    tree = edition_tree(text, layout.templates)
    css = style_sheet(layout.templates, "text.css") + style_sheet(layout.templates, "pdf.css")
    return PdfInput(
        xhtml=serialise(tree).encode(),
        css=css + _margin_texts(text),
        faces=font_faces((TEXT_FAMILY, HEADING_FAMILY, *layout.families)),
        images=layout.images,
        variant=layout.pdf_variant,
    )


def _epub(text: Manuscript, layout: Layout, pages: Pagination | None) -> Written:
    from publish.editions.epub import epub_bytes

    tree = edition_tree(text, layout.templates)
    return Written(epub_bytes(book_of(text, tree, layout, pages)))


Writer = Callable[[Manuscript, Layout, Pagination | None], Written]
WRITERS: Mapping[Format, Writer] = {"pdf": _pdf, "epub": _epub}


# --------------------------------------------------------------------------- page margins


def _margin_texts(text: Manuscript) -> str:
    """The style rules for what stands in every page's foot: the state, and page x of y."""
    page = plain_text(text.interface, "Page {page} of {pages}")
    parts = [_counter(part) for part in re.split(r"(\{\w+\})", page) if part]
    return (
        f"@page {{ @bottom-left {{ content: {_css_string(state_note(text))} }}"
        f" @bottom-right {{ content: {' '.join(parts)} }} }}"
        "@page cover { @bottom-right { content: none } }"
    )


def _counter(part: str) -> str:
    match part:
        case "{page}":
            return "counter(page)"
        case "{pages}":
            return "counter(pages)"
        case _ if part.startswith("{") and part.endswith("}"):
            raise BuildError(f"the page label has an unknown placeholder {part}")
        case _:
            return _css_string(part)


def _css_string(text: str) -> str:
    """A text as a CSS string; everything but letters, digits and spaces is escaped."""
    safe = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'
