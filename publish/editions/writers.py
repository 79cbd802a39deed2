"""The table of formats: how a manuscript becomes the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from publish.editions.book import book_of
from publish.editions.edition import Manuscript, edition_tree
from publish.editions.style import page_style
from publish.editions.templates import Templates
from publish.editions.theme import theme_faces, theme_of
from publish.editions.tree import give_numbers_places, serialise
from publish.model import Format, Page

__all__ = ["WRITERS", "Layout", "write_edition"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a manuscript is laid out with: image bytes by path, templates, the PDF standard.

    `families` are fonts beside those of the theme, for scripts that those do not cover.
    """

    images: Mapping[str, bytes]
    templates: Templates
    pdf_variant: str
    families: tuple[str, ...] = ()
    page: Page = "a4"


def write_edition(kind: Format, text: Manuscript, layout: Layout) -> bytes:
    """The finished file of one edition; the same manuscript and layout give the same bytes."""
    return WRITERS[kind](text, layout)


def _pdf(text: Manuscript, layout: Layout) -> bytes:
    from publish.editions.pdf import PdfInput, render
    from publish.languages.hyphenation import install

    install()
    tree = edition_tree(text, layout.templates)
    give_numbers_places(tree)
    theme = theme_of(layout.templates)
    return render(
        PdfInput(
            xhtml=serialise(tree).encode(),
            css=page_style(text, theme, layout.page, layout.templates, layout.families),
            faces=theme_faces(theme, layout.families),
            images=layout.images,
            variant=layout.pdf_variant,
        )
    ).pdf


def _epub(text: Manuscript, layout: Layout) -> bytes:
    from publish.editions.epub import epub_bytes

    tree = edition_tree(text, layout.templates)
    return epub_bytes(book_of(text, tree, layout.images, layout.templates))


WRITERS: Mapping[Format, Callable[[Manuscript, Layout], bytes]] = {"pdf": _pdf, "epub": _epub}
