"""Finds what does not fit its page, and makes it fit, or raises an error.

A renderer lets a table that is too wide run over the edge of the page and reports nothing, and
drops the head of a table whose rows leave no room for it.  Both are known only after layout, so a
document with such a table is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publish.editions.pdf.fitting.covers import fit_cover
from publish.editions.pdf.fitting.floats import float_pictures
from publish.editions.pdf.fitting.gaps import close_gaps
from publish.editions.pdf.fitting.rows import loosen_rows
from publish.editions.pdf.fitting.wraps import WRAP, loosen_torn_lines, mark_wraps
from publish.errors import BuildError
from publish.garbage import free_circles

__all__ = ["fit_pages"]

SLACK = 6.0
"""How far text may reach over the edge of the text block, in points."""

POINT = 4 / 3
"""A point in CSS px, the renderer's unit."""

STEPS = ("small", "turned", "wide", "tight")
"""The classes of a table that is too wide: in small type, on a page turned on its side, on a wider
one if there is such a page, and broken anywhere.  A word has the last one only."""

TURNS = {"turned": "sideways", "wide": "wide"}
"""The class of what goes to another page with a table, by the class of the table."""

ROUNDS = 8
"""How often a document is laid out at most."""

LEAVES = ("TextBox", "InlineReplacedBox", "BlockReplacedBox")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FLOW = frozenset({"section", "main", "body", "html"})
"""The elements whose children can have pages of their own."""


def fit_pages(lay_out: Callable[[], Any], root: Any) -> Any:
    """Return the layout of a document in which no text runs over the edge of a page.

    `lay_out` lays out the tree `root`; elements that do not fit get the classes of STEPS, one after
    the other, high rows of tables may break, and pictures that leave holes become smaller or move.
    Raises BuildError (code `page-overflow`) if
    something still does not fit.
    """
    document = lay_out()
    for _ in range(ROUNDS):
        if not _adapt(document, root):
            break
        del document
        free_circles()  # Boxes refer to each other: else those of each round would stay.
        document = lay_out()
    for number, box in _outside(document):
        raise _too_wide(root, number, box)
    return document


def _adapt(document: Any, root: Any) -> bool:
    """Change a tree so that it fits its pages better than in this layout; return whether it did."""
    wide = [box.element for _, box in _outside(document)]
    changed = _tighten(root, wide) if wide else False
    changed |= loosen_rows(document, root)
    changed |= fit_cover(document, root)
    changed |= mark_wraps(document, root)
    changed |= loosen_torn_lines(document, root)
    return changed or close_gaps(document) or float_pictures(document, root)


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
        if child.element is not None and child.element.get("class") in ("number", WRAP):
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


def _tighten(root: Any, elements: list[Any]) -> bool:
    """Give the table around each element its next class, or the element if there is none.

    Returns whether one of them had a class left.
    """
    home = {inner: table for table in root.iter("table") for inner in table.iter()}
    above = {child: parent for parent in root.iter() for child in parent}
    changed = False
    for element in dict.fromkeys(home.get(element, element) for element in elements):
        steps = STEPS if element.tag == "table" else STEPS[-1:]
        step = next((one for one in steps if one not in element.get("class", "").split()), "")
        if step:
            changed = True
            _add_class(element, step)
        if step in TURNS:
            _turn(element, above, TURNS[step])
    return changed


def _add_class(element: Any, name: str) -> None:
    if name not in element.get("class", "").split():
        element.set("class", f"{element.get('class', '')} {name}".strip())


def _turn(table: Any, above: dict[Any, Any], name: str) -> None:
    """Put a table on a page of its own, with the headings right before it, by a class.

    Tables within lists, quotations and boxes stay where they are.  The same table in the other
    language goes with it.
    """
    place = above[table] if "table" in above[table].get("class", "").split() else table
    outer = place
    while outer in above:
        outer = above[outer]
        if outer.tag not in FLOW:
            return
    _add_class(place, name)
    siblings = list(above[place])
    at = siblings.index(place)
    for step, half in ((1, "first"), (-1, "second")):
        if half in place.get("class", "").split() and 0 <= at + step < len(siblings):
            _add_class(siblings[at + step], name)
            place = place if step > 0 else siblings[at + step]
    _turn_headings(place, above, name)


def _turn_headings(place: Any, above: dict[Any, Any], name: str) -> None:
    """Put the headings right before an element on its page."""
    while above[place].tag in FLOW:
        siblings = list(above[place])
        at = siblings.index(place)
        if not at and above[place].tag != "section":
            return
        if at and siblings[at - 1].tag not in HEADINGS:
            return
        place = siblings[at - 1] if at else above[place]
        if place.tag in HEADINGS:
            _add_class(place, name)


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
    ).naming(next((one for one in box.element.itertext() if one.strip()), words))
