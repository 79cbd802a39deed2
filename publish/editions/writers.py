"""Writes editions: the table of formats and their writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish.editions.page.edition import Manuscript
from publish.editions.page.formulas import draw_formulas
from publish.editions.page.materials import Materials
from publish.editions.page.style import make_page_style
from publish.editions.page.theme import find_theme_faces, read_theme
from publish.editions.page.xhtml import Element, add_number_places, serialise_xhtml
from publish.editions.pagination import Pagination, WrittenEdition
from publish.editions.runners import Runner, run_here
from publish.editions.textplaces import place_error
from publish.errors import PublishError
from publish.model import PAGES, Format, ResultStore

if TYPE_CHECKING:
    from publish.editions.pdf.rendering import PdfInput

__all__ = ["WRITERS", "make_pdf_input", "write_edition"]


@dataclass(frozen=True, slots=True)
class Parts:
    """Who does the work for parts of a long edition, what keeps the results, and its file."""

    run: Runner
    store: ResultStore | None
    target: Path | None


def write_edition(
    kind: Format,
    text: Manuscript,
    tree: Element,
    materials: Materials,
    pages: Pagination | None = None,
    run: Runner = run_here,
    store: ResultStore | None = None,
    target: Path | None = None,
) -> WrittenEdition:
    """Return the file of one edition, written from a manuscript and its `whole_tree`.

    The tree is not changed.  The same input gives the same bytes.  `pages` says where the pages of
    the PDF in the same language begin, so that an EPUB can list them.  `run` does the work for
    parts of a long PDF, `store` keeps the results; it is written to the file `target`, if any.
    An error about a text has its place.
    """
    try:
        return WRITERS[kind](text, deepcopy(tree), materials, pages, Parts(run, store, target))
    except PublishError as error:
        place_error(error, text)
        raise


def _pdf(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None, parts: Parts
) -> WrittenEdition:
    from publish.editions.pdf.rendering import render

    return render(make_pdf_input(text, tree, materials), parts.run, parts.store, parts.target)


def make_pdf_input(text: Manuscript, tree: Element, materials: Materials) -> PdfInput:
    """Return the input of the PDF renderer; adds places for paragraph numbers to the tree."""
    from publish.editions.pdf.press.pressprofile import read_press_profile
    from publish.editions.pdf.press.sheets import Folding
    from publish.editions.pdf.rendering import PdfInput
    from publish.languages.hyphenation import install_dictionaries

    install_dictionaries()
    add_number_places(tree)
    theme = read_theme(materials.templates)
    css, shared = make_page_style(text, theme, materials)
    facts, leftward = PAGES[materials.page], text.language.direction == "rtl"
    return PdfInput(
        xhtml=serialise_xhtml(tree).encode(),
        css=css,
        shared=shared,
        faces=find_theme_faces(theme, materials.families, materials.own_fonts),
        images={**materials.images, **draw_formulas(tree)},
        variant=materials.pdf_variant,
        layout=materials.page_layout,
        page=materials.page,
        best_lines=materials.best_lines,
        theme=theme.families,
        press=read_press_profile(materials.templates) if facts.for_press else None,
        folding=Folding(most=materials.gathering, leftward=leftward) if facts.folded else None,
    )


def _epub(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None, parts: Parts
) -> WrittenEdition:
    from publish.editions.epub.book import make_book
    from publish.editions.epub.container import pack_epub

    return WrittenEdition(pack_epub(make_book(text, tree, materials, pages)))


def _html(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None, parts: Parts
) -> WrittenEdition:
    from publish.editions.html.webpage import make_web_page

    return WrittenEdition(make_web_page(text, tree, materials))


def _docx(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None, parts: Parts
) -> WrittenEdition:
    from publish.editions.docx.wordfile import make_word_file

    return WrittenEdition(make_word_file(text, tree, materials))


def _brf(
    text: Manuscript, tree: Element, materials: Materials, pages: Pagination | None, parts: Parts
) -> WrittenEdition:
    from publish.editions.braille.book import make_braille

    return WrittenEdition(make_braille(text, tree, materials))


Writer = Callable[[Manuscript, Element, Materials, Pagination | None, Parts], WrittenEdition]
WRITERS: Mapping[Format, Writer] = {
    "pdf": _pdf,
    "epub": _epub,
    "html": _html,
    "docx": _docx,
    "brf": _brf,
}
"""The function that writes each format."""
