"""Tells the kind of an image by its first bytes, whatever its name says."""

from __future__ import annotations

import re

__all__ = ["CONVERTED", "SUFFIXES", "find_kind"]

SHOWN = (".png", ".jpg", ".gif", ".svg", ".webp")
"""The kinds that an edition can hold."""
CONVERTED = (".tif", ".bmp", ".avif")
"""The kinds that are converted to PNG or JPEG."""
SUFFIXES = frozenset((*SHOWN, *CONVERTED, ".jpeg", ".jpe", ".tiff"))
"""The suffixes of files that may be images of a document."""

_SVG = re.compile(rb"\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<svg[\s>]|<\w+:svg\s)", re.IGNORECASE)
_BRANDS = {b"avif": ".avif", b"avis": ".avif"}


def find_kind(data: bytes) -> str:
    """Return the suffix for the kind of an image, such as `.png`; empty if it is none we know."""
    starts = {
        b"\x89PNG\r\n\x1a\n": ".png",
        b"\xff\xd8\xff": ".jpg",
        b"GIF8": ".gif",
        b"II*\0": ".tif",
        b"MM\0*": ".tif",
        b"BM": ".bmp",
    }
    for start, kind in starts.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "")
    return ".svg" if _SVG.match(data.removeprefix(b"\xef\xbb\xbf")[:400]) else ""
