"""Makes a high picture smaller where it would leave much of the page before it empty.

A picture is never far from its place in the text: it stands there, or at the head of the next
page.  If it would leave more than a third of a page empty, it is made smaller instead, but not by
more than two fifths.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

__all__ = ["close_gaps"]

GAP = 1 / 3
"""The share of a page that may stay empty before a picture."""

LEAST = 0.6
"""How small a picture may become, as a share of its height."""

LEAVES = ("TextBox", "InlineReplacedBox", "BlockReplacedBox")


def close_gaps(document: Any) -> bool:
    """Set the heights of pictures that leave gaps; return whether there is a new one."""
    changed = False
    for before, page in pairwise(one._page_box for one in document.pages):
        figure = _first_block(page)
        if figure is None or figure.element.tag != "figure":
            continue
        leaves = list(_leaves(figure))
        images = [leaf for leaf in leaves if leaf.element.tag == "img"]
        room = before.content_box_y() + before.height - _find_foot(before)
        if len(images) != 1 or images[0].element.get("style") or room < GAP * before.height:
            continue
        wanted = images[0].height - (figure.margin_height() + figure.margin_top - room)
        if LEAST * images[0].height <= wanted < images[0].height:
            images[0].element.set("style", f"max-height: {int(wanted) - 1}px")
            changed = True
    return changed


def _first_block(page: Any) -> Any:
    """Return the innermost block or figure that a page begins with; None for an empty page."""
    box = page
    while True:
        blocks = [
            child
            for child in (getattr(one, "_box", one) for one in getattr(box, "children", ()))
            if type(child).__name__ != "MarginBox" and child.is_in_normal_flow()
        ]
        if not blocks or type(blocks[0]).__name__ == "LineBox":
            return None if box is page else box
        box = blocks[0]
        if box.element is not None and box.element.tag in ("figure", "table"):
            return box


def _find_foot(page: Any) -> float:
    """Return where the last text or picture of a page ends."""
    return max((leaf.position_y + leaf.margin_height() for leaf in _leaves(page)), default=0.0)


def _leaves(box: Any) -> Iterator[Any]:
    """Yield the boxes of texts and images, without those of the margins."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ in LEAVES:
            yield child
        elif type(child).__name__ != "MarginBox":
            yield from _leaves(child)
