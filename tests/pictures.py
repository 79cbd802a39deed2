"""Images that hold all the notes they can."""

from __future__ import annotations

import io

from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from publish.editions.images.cleaning import remove_metadata
from publish.model import Span

PLANTED = b"PLANTED-SECRET"
SPAN = Span("source/a.md", 7, 7)


def exif(orientation: int = 1) -> Picture.Exif:
    """A device, a place on the globe and an orientation."""
    data = Picture.Exif()
    data[0x0110] = PLANTED.decode()
    data[0x0112] = orientation
    data[0x8825] = {1: "N", 2: (37.0, 57.0, 0.0), 29: PLANTED.decode()}
    return data


def picture(suffix: str, orientation: int = 1, size: tuple[int, int] = (9, 7)) -> bytes:
    """A file of this kind that holds all the notes it can."""
    image = Picture.new("RGB", size)
    image.putdata([(x * 37 % 256, x * 11 % 256, 90) for x in range(size[0] * size[1])])
    out, notes = io.BytesIO(), exif(orientation)
    match suffix:
        case ".png":
            text = PngInfo()
            text.add_text("Author", PLANTED.decode())
            text.add_text("Comment", PLANTED.decode(), zip=True)
            text.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
            text.add(b"tIME", b"\x07\xe8\1\1\1\1\1")
            image.save(out, "PNG", pnginfo=text, exif=notes, dpi=(300, 300))
        case ".jpg":
            more = {"exif": notes, "comment": PLANTED, "xmp": PLANTED, "dpi": (300, 300)}
            image.save(out, "JPEG", progressive=True, **more)
            return out.getvalue() + PLANTED
        case ".webp":
            image.save(out, "WEBP", exif=notes, xmp=PLANTED, lossless=True)
        case _:
            image.save(out, "GIF", comment=PLANTED)
    return out.getvalue()


def bare(data: bytes, suffix: str) -> bytes:
    return remove_metadata(data, suffix, f"a{suffix}", SPAN)


RASTER = [".png", ".jpg", ".webp", ".gif"]
