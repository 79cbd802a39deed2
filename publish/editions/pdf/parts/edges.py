"""The edges of a part: that it begins a page, on which side, and that nothing shows around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree.ElementTree import Element

from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.splitting import Part

__all__ = ["Edges", "Leaf", "check_edges"]

Leaf = Literal["", "recto", "verso"]
"""A side of a leaf: the first, as of the document's first page, or the other; empty is either."""

_ANY = (
    *("page", "margin_left", "margin_right", "padding_left", "padding_right"),
    *("counter_increment", "counter_reset", "counter_set"),
)
"""What is around chapters may have any of these: they are the same on each page, or carried on."""

_USUAL = {"display": ("block", "flow"), "position": "relative"}
"""Values that do nothing to a block around chapters."""

_SECOND = ("break_before", "verso")
"""What lets a part begin on the second side of a leaf; the front matter does not."""

_ZERO = ("border_", "bleed_", "column_rule_", "outline_")
"""Properties whose names begin so do nothing if they are 0."""


@dataclass(frozen=True, slots=True)
class Edges:
    """How a part may follow others: see LaidPart."""

    opens: Leaf = ""
    frames: tuple[str, str] = ("", "")


def check_edges(part: Part, document: Any) -> Edges:
    """Raise WholeNeededError unless a part begins a page, and nothing is shown around it."""
    boxes: dict[Element, Any] = {}
    for page in (document.pages[0], document.pages[-1]):
        for box in _flow(page._page_box):
            if box.element_tag == box.element.tag:
                boxes.setdefault(box.element, box)
            elif box.element in part.around:
                raise WholeNeededError("a text around the chapters")
    for element in part.around:
        for name in _list_own_styles(boxes[element].style):
            if part.first is None or (name, boxes[element].style[name]) != _SECOND:
                raise WholeNeededError(f"{name} around the chapters")
    if part.first is None:
        return Edges()
    root, body, main = (boxes[element].style for element in part.around)
    opens = _find_side(boxes.get(part.first), root["direction"])
    return Edges(opens, (body["page"], main["page"]))


def _find_side(box: Any, direction: str) -> Leaf:
    """Return on which side a part must begin whose first box this is.

    Raises WholeNeededError if it need not begin a page.
    """
    from weasyprint.layout.block import (  # type: ignore[import-untyped]
        block_level_page_break,
    )

    wanted = block_level_page_break(None, box)
    if wanted in ("left", "right"):
        return "recto" if (wanted == "right") == (direction == "ltr") else "verso"
    if wanted not in ("page", "recto", "verso"):
        raise WholeNeededError("a chapter that begins no page")
    return "" if wanted == "page" else wanted


def _list_own_styles(style: Any) -> Iterator[str]:
    """Yield the properties that show a block, cut it, or give what is in it another place.

    A block around all chapters has another height in a part than in the whole document.
    """
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES  # type: ignore[import-untyped]

    for name, initial in INITIAL_VALUES.items():
        value = style[name]
        if name in INHERITED or name in _ANY or value in (initial, _USUAL.get(name)):
            continue
        if not (name.startswith(_ZERO) and getattr(value, "value", value) == 0):
            yield str(name)


def _flow(box: Any) -> Iterator[Any]:
    """Yield the boxes of a page down to chapters."""
    for child in getattr(box, "children", ()):
        if child.element is not None:
            yield child
            if child.element.tag in ("html", "body", "main"):
                yield from _flow(child)
