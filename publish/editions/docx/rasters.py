"""Draws vector pictures as pixels, for programs that show no SVG.  Only this file imports resvg."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

__all__ = ["draw_pixels"]

WIDTH = 1200
"""Pixels: twice as many as a screen shows of a picture as wide as the text."""


@lru_cache(maxsize=32)
def draw_pixels(svg: bytes, fonts: Sequence[str]) -> bytes:
    """Return a drawing as PNG, with the letters of these font files only.

    Returns no bytes for a drawing that cannot be drawn.
    """
    from resvg_py import svg_to_bytes

    try:
        return bytes(
            svg_to_bytes(
                svg_string=svg.decode("utf-8", "replace"),
                width=WIDTH,
                font_files=list(fonts),
                skip_system_fonts=True,
            )
        )
    except ValueError:
        return b""
