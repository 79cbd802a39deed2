"""Writes editions: the table of formats and their writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from publish.editions.epub.book import book_of
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.style import page_style
from publish.editions.page.theme import theme_faces, theme_of
from publish.editions.page.xhtml import Element, give_numbers_places, serialise_xhtml
from publish.editions.pagination import Pagination, Written
from publish.model import Format

if TYPE_CHECKING:
    from publish.editions.pdf.rendering import PdfInput

__all__ = ["WRITERS", "pdf_input", "write_edition"]


def write_edition(
    kind: Format,
    text: Manuscript,
    tree: Element,
    materials: Materials,
    pages: Pagination | None = None,
) -> Written:
    """Return the file of one edition, written from a manuscript and its `whole_tree`.

    The tree is not changed.  The same input gives the same bytes.  `pages` says where the pages of
    the PDF in the same language begin, so that an EPUB can list them.
    """
    return WRITERS[kind](text, deepcopy(tree), materials, pages)


def _pdf(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None
) -> Written:
    from publish.editions.pdf.rendering import render

    return render(pdf_input(text, tree, materials))


def pdf_input(text: Manuscript, tree: Element, materials: Materials) -> PdfInput:
    """Return the input of the PDF renderer; adds places for paragraph numbers to the tree."""
    from publish.editions.pdf.rendering import PdfInput
    from publish.languages.hyphenation import install

    install()
    give_numbers_places(tree)
    theme = theme_of(materials.templates)
    return PdfInput(
        xhtml=serialise_xhtml(tree).encode(),
        css=page_style(text, theme, materials.page, materials.templates, materials.families),
        faces=theme_faces(theme, materials.families),
        images=materials.images,
        variant=materials.pdf_variant,
    )


def _epub(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None
) -> Written:
    from publish.editions.epub.container import epub_bytes

    return Written(epub_bytes(book_of(text, tree, materials, pages)))


Writer = Callable[[Manuscript, Element, Materials, Pagination | None], Written]
WRITERS: Mapping[Format, Writer] = {"pdf": _pdf, "epub": _epub}
"""The function that writes each format."""
