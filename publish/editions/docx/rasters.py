"""Draws vector pictures as pixels, for programs that show no SVG.  Only this file imports resvg."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["draw_pixels"]

DENSITY = 220
"""Pixels per inch of the page: twice as many as a screen shows."""


@lru_cache(maxsize=32)
def draw_pixels(svg: bytes, fonts: Sequence[str], width: float) -> bytes:
    """Return a drawing as PNG, with the letters of these font files only.

    It has as many pixels as can be seen where it is so many points wide: masks and filters of an
    icon take minutes at the width of a page.  Returns no bytes for a drawing that cannot be drawn.
    """
    from resvg_py import svg_to_bytes

    try:
        return bytes(
            svg_to_bytes(
                svg_string=svg.decode("utf-8", "replace"),
                width=max(math.ceil(width * DENSITY / 72), 1),
                font_files=list(fonts),
                skip_system_fonts=True,
            )
        )
    except ValueError:
        return b""
