"""What an SVG shows that is not drawn in it: images that are part of its file, and fonts.

Drawing programs write photos and scans as data URLs (RFC 2397).  PNG, JPEG, GIF and WebP can be
shown like other images: upright, in sRGB and without metadata.  Fonts of its own are left out: an
edition has its own fonts only.  Whatever else it would load is an error.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from lxml import etree

from publish.containers.xmltrees import parse_drawing
from publish.editions.images.kinds import find_kind
from publish.visible import shorten

__all__ = [
    "EmbeddedError",
    "EmbeddedImage",
    "find_embedded",
    "is_embedded",
    "map_embedded",
    "read_embedded",
    "settle_drawing",
]

_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")
_TYPES = {".png": "png", ".jpg": "jpeg", ".gif": "gif", ".webp": "webp"}
_OURS = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")
"""An address as `settle_drawing` writes it."""


_FONTS = re.compile(
    r"""@import\s*(?:url\(\s*(?:"[^"]*"|'[^']*'|[^)]*)\s*\)|"[^"]*"|'[^']*')[^;]*;?"""
    r"|@font-face\s*\{[^}]*\}",
    re.I,
)
"""Rules of a style sheet that load another one, or a font."""


class EmbeddedError(ValueError):
    """An image within an SVG cannot be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class EmbeddedImage:
    """The bytes of an image within an SVG, and the suffix of its kind, such as `.png`."""

    data: bytes
    suffix: str

    @property
    def address(self) -> str:
        """The data URL of the image."""
        text = base64.b64encode(self.data).decode("ascii")
        return f"data:image/{_TYPES[self.suffix]};base64,{text}"


def find_embedded(root: etree._Element) -> Iterator[tuple[etree._Element, str, EmbeddedImage]]:
    """Yield each element of an SVG with an embedded image, the attribute that has it, and it.

    Raises EmbeddedError for an image that is damaged, of another kind, or no part of the file.
    """
    for element in root.iter("{*}image", "{*}feImage"):
        for attribute in _LINKS:
            address = str(element.get(attribute, "")).strip()
            if address[:5].lower() == "data:":
                yield element, attribute, read_embedded(address)
            elif address[:1] not in ("", "#"):
                raise EmbeddedError(
                    f"an image in it is not part of its file: {shorten(address, 80)}"
                )


def read_embedded(address: str) -> EmbeddedImage:
    """Return the image that a data URL holds; raises EmbeddedError for one that cannot be shown."""
    about, comma, text = address[5:].partition(",")
    try:
        data = unquote_to_bytes(text)
        if about.lower().rstrip().endswith(";base64"):
            data = base64.b64decode(b"".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise EmbeddedError("an image in it is damaged") from None
    suffix = find_kind(data)
    if not comma or suffix not in _TYPES:
        raise EmbeddedError("an image in it is of another kind than PNG, JPEG, GIF and WebP")
    return EmbeddedImage(data, suffix)


def settle_drawing(
    data: bytes, change: Callable[[EmbeddedImage], EmbeddedImage]
) -> tuple[bytes, bool]:
    """Return an SVG with every embedded image changed and no fonts of its own; whether it had some.

    Its own bytes are returned if it has neither, and if it cannot be read.  Raises EmbeddedError,
    and whatever `change` raises.
    """
    try:
        root = parse_drawing(data)
    except etree.XMLSyntaxError:
        return data, False
    found = list(find_embedded(root))
    for element, attribute, image in found:
        element.set(attribute, change(image).address)
    fonts = _drop_fonts(root)
    changed = found or fonts
    return etree.tostring(root, encoding="utf-8") if changed else data, fonts


def _drop_fonts(root: etree._Element) -> bool:
    """Remove the rules that load fonts or style sheets; return whether there were any."""
    dropped = False
    for element in root.iter("{*}style"):
        text = "".join(map(str, element.itertext()))
        if (kept := _FONTS.sub("", text)) != text:
            for child in list(element):
                element.remove(child)
            element.text = kept
            dropped = True
    return dropped


def is_embedded(address: str) -> bool:
    """Return whether an address is a data URL with an image, as `settle_drawing` writes it."""
    return bool(_OURS.fullmatch(address))


def map_embedded(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the images within these files, of which any may be SVG, by their addresses there."""
    drawn = (one.decode("utf-8") for path, one in files.items() if path.endswith(".svg"))
    return {url: read_embedded(url).data for one in drawn for url in _OURS.findall(one)}
