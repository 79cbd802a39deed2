"""Finds text that runs off its page, makes it smaller until it fits, or raises an error.

A renderer lets a table that is too wide run over the edge of the page and reports nothing.  Its
width is known only after layout, so a document with such a table is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publish.errors import BuildError

__all__ = ["fit_pages"]

SLACK = 6.0
"""How far text may reach over the edge of the text block, in points."""

POINT = 4 / 3
"""A point in CSS px, the renderer's unit."""

STEPS = ("small", "tight")
"""The classes for a table in small type, and for a table or word that breaks anywhere."""

LEAVES = ("TextBox", "InlineReplacedBox", "BlockReplacedBox")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def fit_pages(lay_out: Callable[[], Any], root: Any) -> Any:
    """Return the layout of a document in which no text runs over the edge of a page.

    `lay_out` lays out the tree `root`; elements that do not fit get the classes of STEPS, one after
    the other.  Raises BuildError (code `page-overflow`) if they still do not fit.
    """
    document = lay_out()
    for step in STEPS:
        elements = [box.element for _, box in _outside(document)]
        if not elements:
            return document
        _set_class(root, elements, step)
        document = lay_out()
    for number, box in _outside(document):
        raise _too_wide(root, number, box)
    return document


def _outside(document: Any) -> Iterator[tuple[int, Any]]:
    """Yield the page number and box of each text or image that runs over an edge.

    On the sides the edge is that of the text block.  Below it is that of the sheet, since a line
    may hang a little.
    """
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        left, foot = box.content_box_x() - SLACK * POINT, box.margin_height()
        right = left + box.width + 2 * SLACK * POINT
        for leaf in _leaves(box):
            start = leaf.position_x
            if start < left or start + _width(leaf) > right or leaf.position_y > foot:
                yield number, leaf


def _leaves(box: Any) -> Iterator[Any]:
    """Yield the boxes of text and images, without margin boxes, markers and paragraph numbers."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "MarginBox" or (child.element_tag or "").endswith("::marker"):
            continue
        if child.element is not None and child.element.get("class") == "number":
            continue
        if type(child).__name__ in LEAVES:
            yield child
        else:
            yield from _leaves(child)


def _width(leaf: Any) -> float:
    """Return the visible width in px: spaces at the end of a line of code may hang."""
    text = getattr(leaf, "text", "")
    seen = len(text.rstrip()) / len(text) if text else 1
    return float(leaf.width) * seen


def _set_class(root: Any, elements: list[Any], name: str) -> None:
    """Add a class to the table around each element, or to the element if there is none."""
    home = {inner: table for table in root.iter("table") for inner in table.iter()}
    for element in dict.fromkeys(home.get(element, element) for element in elements):
        element.set("class", f"{element.get('class', '')} {name}".strip())


def _too_wide(root: Any, page: int, box: Any) -> BuildError:
    heading = ""
    for element in root.iter():
        if element.tag in HEADINGS:
            heading = " ".join("".join(element.itertext()).split())
        if element is box.element:
            break
    words = " ".join("".join(box.element.itertext()).split()) or box.element.get("alt", "")
    shown = words if len(words) <= 60 else f"{words[:60]}…"
    return BuildError(
        f"“{shown}” does not fit on page {page} of the PDF, in the section “{heading[:60]}”",
        hint="split the table, or shorten the word",
        code="page-overflow",
    )
