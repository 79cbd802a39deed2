"""Draws the pages of a PDF as pictures, with PDFium: lossless WebP, half as large as PNG."""

from __future__ import annotations

import io
from typing import Any

__all__ = ["PICTURE_TYPE", "WIDEST", "draw_page", "open_pages"]

PICTURE_TYPE = "image/webp"
"""The media type of a picture."""

WIDEST = 2400
"""How many pixels wide a picture may be."""

MOST_PIXELS = 16_000_000
"""How many pixels a picture of a page of any form may have."""


def open_pages(data: bytes) -> Any:
    """Return a PDF to be drawn."""
    import pypdfium2  # type: ignore[import-untyped]

    return pypdfium2.PdfDocument(data)


def draw_page(pages: Any, number: int, width: int) -> bytes:
    """Return the picture of a page, its number from 0, so many pixels wide if it can be."""
    page = pages[number]
    try:
        across, down = page.get_size()
        wanted = min(max(width, 1), WIDEST) / across
        scale = min(wanted, (MOST_PIXELS / (across * down)) ** 0.5)
        bitmap = page.render(scale=scale)
    finally:
        page.close()
    picture = io.BytesIO()
    bitmap.to_pil().save(picture, format="WEBP", lossless=True, method=1, quality=20)
    bitmap.close()
    return picture.getvalue()
