"""Reads the width and height of an image from its first bytes, before anything unpacks it.

PNG (3rd edition) §11.2.1, JPEG (ITU T.81) B.2.2, WebP (RFC 9649) §2.5 to §2.7, GIF89a §18.
"""

from __future__ import annotations

import re
import struct

from publish.errors import PublishError
from publish.model import Span

__all__ = ["make_size_error", "read_size", "refuse_huge", "refuse_many_pixels"]

MOST_PIXELS = 50_000_000
"""More than any page can show; a file of 200 KB can unpack to gigabytes."""
HINT = "save it with at most 4000 pixels a side, in an image editor"
_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]")


def read_size(data: bytes, suffix: str) -> tuple[int, int] | None:
    """Return width and height in pixels; None for an SVG and for a file that is not valid."""
    try:
        match suffix.lower():
            case ".png":
                return _pair(struct.unpack_from(">II", data, 16))
            case ".gif":
                return _pair(struct.unpack_from("<HH", data, 6))
            case ".jpg" | ".jpeg":
                return _jpeg(data)
            case ".webp":
                return _webp(data)
            case _:
                return None
    except (struct.error, IndexError):
        return None


def _pair(numbers: tuple[int, ...]) -> tuple[int, int]:
    return numbers[0], numbers[1]


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while data[at] == 0xFF:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        if _FRAME.match(data, at):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8X":
            return _side(data[24:27]), _side(data[27:30])
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None


def _side(three: bytes) -> int:
    """Return a side of a canvas, written in three bytes as one less than its pixels."""
    return int.from_bytes(three, "little") + 1


def refuse_huge(data: bytes, suffix: str, src: str, span: Span) -> None:
    """Raise PublishError (code `image-size`) for more pixels than `MOST_PIXELS`."""
    refuse_many_pixels(read_size(data, suffix) or (0, 0), src, span)


def refuse_many_pixels(size: tuple[int, int], src: str, span: Span) -> None:
    """Raise PublishError (code `image-size`) for a size of more pixels than `MOST_PIXELS`."""
    width, height = size
    if width * height > MOST_PIXELS:
        raise make_size_error(f", {width} × {height} pixels", src, span)


def make_size_error(size: str, src: str, span: Span) -> PublishError:
    """Return the error for an image with more pixels than `MOST_PIXELS`."""
    return PublishError(f"this image is too large{size}: {src}", span, HINT, code="image-size")
