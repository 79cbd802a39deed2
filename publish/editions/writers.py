"""The table of formats: how a manuscript becomes the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from publish.editions.epub.book import book_of
from publish.editions.page.blocks import Element, give_numbers_places, serialise_xhtml
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Layout
from publish.editions.page.style import page_style
from publish.editions.page.theme import theme_faces, theme_of
from publish.editions.pagination import Pagination, Written
from publish.model import Format

if TYPE_CHECKING:
    from publish.editions.pdf.rendering import PdfInput

__all__ = ["WRITERS", "pdf_input", "write_edition"]


def write_edition(
    kind: Format, text: Manuscript, tree: Element, layout: Layout, pages: Pagination | None = None
) -> Written:
    """One edition of a manuscript and its tree, by `whole_tree`, which stays as it is.

    The same words give the same bytes.  `pages` are those of the PDF in the same language, for an
    EPUB to list.
    """
    return WRITERS[kind](text, deepcopy(tree), layout, pages)


def _pdf(text: Manuscript, tree: Element, layout: Layout, pages: Pagination | None) -> Written:
    from publish.editions.pdf.rendering import render

    return render(pdf_input(text, tree, layout))


def pdf_input(text: Manuscript, tree: Element, layout: Layout) -> PdfInput:
    """What the PDF of a manuscript is made of; the tree gets places for its numbers."""
    from publish.editions.pdf.rendering import PdfInput
    from publish.languages.hyphenation import install

    install()
    give_numbers_places(tree)
    theme = theme_of(layout.templates)
    return PdfInput(
        xhtml=serialise_xhtml(tree).encode(),
        css=page_style(text, theme, layout.page, layout.templates, layout.families),
        faces=theme_faces(theme, layout.families),
        images=layout.images,
        variant=layout.pdf_variant,
    )


def _epub(text: Manuscript, tree: Element, layout: Layout, pages: Pagination | None) -> Written:
    from publish.editions.epub.container import epub_bytes

    return Written(epub_bytes(book_of(text, tree, layout, pages)))


Writer = Callable[[Manuscript, Element, Layout, Pagination | None], Written]
WRITERS: Mapping[Format, Writer] = {"pdf": _pdf, "epub": _epub}
