"""Text that would run off its page: set tighter until it fits, and refused where it never does.

A renderer lays a table that is too wide over the edge of the sheet and says nothing.  Which one
is too wide is known only when it has been laid out, so a document that has one is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publish.errors import BuildError

__all__ = ["fitted"]

SLACK = 6.0
"""How far text may reach over the edge of its page's text block, in points."""

POINT = 4 / 3
"""A point in CSS px, the renderer's unit."""

STEPS = ("small", "tight")
"""What style sheets call a table of small type, and one (or a word) that breaks anywhere."""

LEAVES = ("TextBox", "InlineReplacedBox", "BlockReplacedBox")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def fitted(lay_out: Callable[[], Any], root: Any) -> Any:
    """The layout of a document, none of whose text reaches over the edge of a page.

    `lay_out` lays out the tree `root`, whose elements that do not fit get a class of STEPS.
    Raises BuildError where all of them do not help.
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
    """Page and box of each text or image that reaches over an edge.

    To the sides the text block counts; below it the sheet, since a line may hang a little.
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
    """Boxes of text and images, without numbers in the margin and what stands in its boxes."""
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
    """The width of what is seen, in px: spaces at the end of a line of code may hang."""
    text = getattr(leaf, "text", "")
    seen = len(text.rstrip()) / len(text) if text else 1
    return float(leaf.width) * seen


def _set_class(root: Any, elements: list[Any], name: str) -> None:
    """Gives the tables that elements stand in, or else these themselves, one more class."""
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
        hint="make two tables of one that is too wide, or shorten the word",
        code="page-overflow",
    )
