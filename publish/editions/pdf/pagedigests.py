"""Digests of laid-out pages: pages with the same digest look the same.

A page is painted and sent again only if its digest has changed.  A digest is made of all that is
painted: where each box is, its text, and what its style shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from publish.editions.pdf.rendering import LaidOut

__all__ = ["digest_pages"]

_SIDES = ("top", "right", "bottom", "left")
_SHOWN = (
    *("color", "background_color", "visibility", "opacity", "transform", "text_decoration_line"),
    *("font_family", "font_size", "font_style", "font_weight", "font_variant_caps"),
    *(f"border_{side}_{part}" for side in _SIDES for part in ("width", "style", "color")),
)
"""What a style shows besides what the place and size of a box and its attributes tell."""


def digest_pages(laid: LaidOut) -> tuple[str, ...]:
    """Return the digest of each page of an edition, different for what looks different."""
    source = laid.source
    known = hashlib.sha256(f"{source.css}\0{source.faces}\0{source.variant}".encode())
    for path, data in sorted(source.images.items()):
        known.update(f"{path}\0{len(data)}\0".encode() + data)
    styles: dict[int, tuple[Any, str]] = {}
    found = []
    for box in laid.boxes:
        page = known.copy()
        for part in _describe(box, styles):
            page.update(part.encode())
        found.append(page.hexdigest()[:24])
    return tuple(found)


def _describe(box: Any, styles: dict[int, tuple[Any, str]]) -> Iterator[str]:
    """Yield what is painted of a box and of all boxes in it."""
    box = getattr(box, "_box", box)
    element = box.element
    attributes = "" if element is None else sorted(element.items())
    place = (box.position_x, box.position_y, box.width, box.height)
    text = getattr(box, "text", "")
    spaced = getattr(box, "justification_spacing", 0)
    yield f"{type(box).__name__} {box.element_tag} {attributes} {place} {spaced} {text}"
    yield f"{_describe_style(box.style, styles)}\0"
    for child in getattr(box, "children", ()):
        yield from _describe(child, styles)


def _describe_style(style: Any, styles: dict[int, tuple[Any, str]]) -> str:
    known = styles.get(id(style))
    if known is None:
        shown = str([style[name] for name in _SHOWN])
        known = styles[id(style)] = (style, shown)
    return known[1]
