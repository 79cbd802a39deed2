"""Compares the pixels of images: those in a PDF with those of the image files of a workspace."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from publish.errors import PublishError

__all__ = ["read_picture", "read_stored_picture"]

_KNOWN = frozenset(
    f"/{name}"
    for name in (
        *("Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Interpolate"),
        *("Filter", "DecodeParms", "Length", "SMask", "Decode"),
    )
)
_COLOURS = {"/DeviceGray": (1, 0), "/DeviceRGB": (3, 2)}
"""The number of parts of a colour, and its type in a PNG file."""

_MOST_PIXELS = 200_000_000


def read_picture(data: bytes) -> str:
    """Return a digest of the pixels of an image file; empty for a drawing (SVG)."""
    from PIL import Image, ImageOps

    if b"<svg" in data[:4096]:
        return ""
    image: Any = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    inverted = image.mode == "CMYK" and "APP14" in getattr(image, "app", {})
    if "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode in ("1", "P", "I"):
        image = image.convert("RGB")
    if image.mode in ("RGBA", "LA"):
        mask = _digest(image.getchannel("A"))
        return _digest(image.convert(image.mode[:-1]), mask)
    return _digest(image, "", [1, 0] * 4 if inverted else None)


def read_stored_picture(stored: Any) -> str:
    """Return the same of an image in a PDF; what cannot be read has a digest of its own."""
    try:
        mask = stored.get("/SMask")
        extra = sorted(set(stored) - _KNOWN)
        masked = read_stored_picture(mask.get_object()) if mask is not None else ""
        decode = stored.get("/Decode")
        turned = None if decode is None else [float(one) for one in decode]
        return _digest(_open_stored(stored), masked, turned) + "".join(extra)
    except (OSError, ValueError, TypeError, KeyError, zlib.error, PublishError) as error:
        return f"not to be read: {error}"


def _open_stored(stored: Any) -> Any:
    from PIL import Image

    width, height = int(stored["/Width"]), int(stored["/Height"])
    if width * height > _MOST_PIXELS or int(stored["/BitsPerComponent"]) != 8:
        raise ValueError("no image of an edition")
    if stored.get("/Filter") == "/DCTDecode":
        return Image.open(io.BytesIO(stored._data))
    parts, kind = _COLOURS[stored["/ColorSpace"]]
    parameters = stored.get("/DecodeParms") or {}
    if stored.get("/Filter") != "/FlateDecode" or int(parameters.get("/Predictor", 1)) < 10:
        mode = "L" if parts == 1 else "RGB"
        return Image.frombytes(mode, (width, height), stored.get_data())
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", bytes(stored._data)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    return Image.open(io.BytesIO(data))


def _digest(image: Any, mask: str = "", turned: Sequence[float] | None = None) -> str:
    made = hashlib.sha256(
        f"{image.mode} {image.size} {mask} {turned and list(map(int, turned))}".encode()
    )
    made.update(image.tobytes())
    return made.hexdigest()
