"""Sizes of images, as Markdown and HTML write them."""

from __future__ import annotations

import re

__all__ = ["parse_size"]

_SIZE = re.compile(
    r"(?P<number>\d{1,5}(?:\.\d{0,4})?|\.\d{1,4})\s*"
    r"(?P<unit>%|px|cm|mm|in|pt|pc|em|rem|q|\\(?:text|line|column)width|)",
    re.IGNORECASE,
)
_LARGEST = {"%": 100.0, "px": 4000.0, "cm": 100.0, "mm": 1000.0, "in": 40.0, "q": 4000.0}
"""More of a unit is more than any page has; the unit of others is at least a point."""


def parse_size(text: str) -> str | None:
    """Return a width or height as CSS writes it: `50%`, `3cm`; empty for `auto`.

    A number alone counts pixels, as in HTML; a share of LaTeX's `\\textwidth` is one of the page.
    Returns None for a text that is no size, and for a size of nothing.
    """
    written = text.strip().strip("\"'").strip()
    if written.lower() in ("", "auto"):
        return ""
    found = _SIZE.fullmatch(written)
    if not found or not (number := float(found["number"])):
        return None
    unit = found["unit"].lower() or "px"
    if unit.startswith("\\"):
        number, unit = number * 100, "%"
    unit = "em" if unit == "rem" else unit
    return f"{min(number, _LARGEST.get(unit, 3000.0)):.4f}".rstrip("0").rstrip(".") + unit
