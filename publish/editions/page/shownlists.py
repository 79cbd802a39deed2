"""The lists of figures and of tables, as links to each with its caption."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from publish.editions.page.inlines import make_link_item, read_heading_text
from publish.editions.page.xhtml import NAMESPACES, XHTML_NS, Element
from publish.languages.language import Language
from publish.model import Document, Inlines, Strong
from publish.reading.numbering import Shown, list_shown, name_kind

__all__ = ["LISTS", "find_listed", "make_shown_item", "make_shown_list"]

LISTS = {"figures": ("edition-figures", "loi"), "tables": ("edition-tables", "lot")}
"""The id of each list, and its type in EPUB (EPUB Structural Semantics, Navigation)."""


def find_listed(document: Document, kind: str) -> tuple[Shown, ...]:
    """Return the figures or tables that a list has: those with a caption, in their order."""
    return tuple(
        block
        for block in list_shown(document)
        if block.caption is not None and f"{name_kind(block)}s" == kind
    )


def make_shown_list(
    document: Document, kind: str, language: Language, href: Callable[[str], str]
) -> Element:
    """Return a list of links to figures or tables; `href` gives the address of an id."""
    top = etree.Element(f"{{{XHTML_NS}}}ol", nsmap=NAMESPACES)
    for block in find_listed(document, kind):
        top.append(make_shown_item(block, language, href(block.id)))
    return top


def make_shown_item(block: Shown, language: Language, href: str) -> Element:
    """Return the item of a list for a figure or table."""
    caption = block.caption.content if block.caption else ()
    return make_link_item(read_heading_text(_unmarked(caption)), language, href)


def _unmarked(caption: Inlines) -> Inlines:
    """Return a caption whose number is not set in bold."""
    first = caption[0] if caption else None
    return (*first.children, *caption[1:]) if isinstance(first, Strong) else caption
