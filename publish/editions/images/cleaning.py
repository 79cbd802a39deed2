"""Removes metadata from images: place, device, program, time, notes.

Only parts that affect the picture are kept, so that data of an unknown kind cannot leak:
PNG (3rd edition) §11, JPEG (ITU T.81) Annex B, WebP (RFC 9649) §2, GIF89a, SVG 2.
Colour profiles stay, without their names and texts.  No pixel changes, and the same input gives
the same bytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from publish.containers.xmltrees import has_entities, parse_drawing
from publish.editions.images.drawings import EmbeddedError, EmbeddedImage, find_embedded
from publish.editions.images.profiles import (
    JPEG_MARK,
    BrokenProfileError,
    clean_gif_profile,
    clean_jpeg_profile,
    clean_png_profile,
    make_profile_neutral,
)
from publish.editions.images.sizes import refuse_huge
from publish.errors import PublishError
from publish.model import Span

__all__ = ["KINDS", "remove_metadata"]

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs"
    b" acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_NOTES = 0x08 | 0x04
"""The flags in VP8X that announce EXIF and XMP."""
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_PROFILE = b"ICCRGBG1012"
_SVG_KEPT = frozenset(
    (
        None,
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/XML/1998/namespace",
    )
)
_SVG_RUNNING = frozenset(["base", "embed", "foreignObject", "iframe", "object", "script"])
"""Elements that run or load something, which no book may have."""
_SVG_SHOWN = frozenset(
    ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use"]
)
"""Elements that draw something (SVG 2 §3.5); a file without any of them is blank."""
_SVG_NOTES = frozenset(["metadata", "title", "desc"])
_NAME = re.compile(r"[^\s#()\"',;:.{}>+~*\[\]=]+")
"""A word in an attribute or a style sheet that may be the name of a part."""
_ORIENTATION = 0x0112


class _BrokenError(ValueError):
    """The bytes are not a valid image; the message says why."""


class _TurnedError(ValueError):
    """The picture is upright only by its EXIF data, which is removed."""


class _ColorsError(ValueError):
    """Not every reader can show these colours; the message names them."""


def remove_metadata(data: bytes, suffix: str, src: str, span: Span) -> bytes:
    """Return an image without its metadata; `suffix` is that of its file, such as `.png`.

    Raises PublishError: `image-broken` for a file that is cut off, damaged or of another kind,
    `image-turned` for one that is upright only by its EXIF orientation, `image-colors` for
    printing colours, which PDF/A does not allow here, and for 16-bit gray, which the renderer
    cannot show, and `image-size` for more pixels than a reader can open.
    """
    kind = suffix.lower()
    try:
        bare = KINDS[kind](data)
    except _TurnedError:
        raise PublishError(
            f"this image is upright only by its EXIF data: {src}",
            span,
            "rotate it in an image editor and save it",
            code="image-turned",
        ) from None
    except _ColorsError as error:
        raise PublishError(
            f"this image has {error}: {src}",
            span,
            "save it as RGB or gray with 8 bits per colour, in an image editor",
            code="image-colors",
        ) from None
    except (_BrokenError, BrokenProfileError, IndexError, struct.error) as error:
        told = isinstance(error, _BrokenError | BrokenProfileError)
        detail = str(error) if told else "it is cut off"
        raise PublishError(
            f"this image is not a valid {kind.removeprefix('.').upper()} file: {src}: {detail}",
            span,
            "save it again in an image editor, with the right suffix",
            code="image-broken",
        ) from None
    refuse_huge(bare, kind, src, span)
    return bare


def _require(condition: object, otherwise: str) -> None:
    if not condition:
        raise _BrokenError(otherwise)


# --------------------------------------------------------------------------- PNG


def _png(data: bytes) -> bytes:
    _require(data.startswith(_PNG), "it does not begin like one")
    chunks = list(_png_chunks(data))
    names = [name for name, _ in chunks]
    _require(names[0] == b"IHDR" and b"IDAT" in names, "it has no picture")
    if chunks[0][1][16:18] == b"\x10\0":
        raise _ColorsError("16-bit gray")
    for name, chunk in chunks:
        if name == b"eXIf":
            _check_upright(chunk[8:-4])
        _require(name in _PNG_KEPT or name[0] & 0x20, f"it has an unknown part {name!r}")
    return _PNG + b"".join(_png_kept(*chunk) for chunk in chunks if chunk[0] in _PNG_KEPT)


def _png_kept(name: bytes, chunk: bytes) -> bytes:
    if name != b"iCCP":
        return chunk
    body = clean_png_profile(chunk[8:-4])
    return struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes of each chunk up to the end; what follows the end is ignored."""
    at, name = len(_PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        chunk = data[at : at + 12 + length]
        _require(len(chunk) == 12 + length, "it is cut off")
        name = chunk[4:8]
        (crc,) = struct.unpack(">I", chunk[-4:])
        _require(crc == zlib.crc32(chunk[4:-4]), f"its part {name!r} is damaged")
        yield name, chunk
        at += len(chunk)


# --------------------------------------------------------------------------- JPEG


_SCAN_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SOI, _EOI, _SOS, _COM, _APP = b"\xff\xd8", 0xD9, 0xDA, 0xFE, range(0xE0, 0xF0)


def _jpeg(data: bytes) -> bytes:
    _require(data.startswith(b"\xff\xd8\xff"), "it does not begin like one")
    segments = list(_jpeg_segments(data))
    markers = {marker for marker, _, _ in segments}
    _require(_SOS in markers and markers & _FRAMES, "it has no picture")
    for marker, body, _ in segments:
        if marker == 0xE1 and body.startswith(b"Exif\0"):
            _check_upright(body[6:])
        if marker in _FRAMES and body[5] == 4:
            raise _ColorsError("printing colours (CMYK)")
    return _SOI + b"".join(_jpeg_kept(*segment) for segment in _neutral(segments)) + b"\xff\xd9"


def _neutral(segments: list[tuple[int, bytes, bytes]]) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the segments with those of a neutral profile at the place of the first old one."""
    parts = [body for marker, body, _ in segments if _is_profile(marker, body)]
    for marker, body, scan in segments:
        if not _is_profile(marker, body):
            yield marker, body, scan
        elif parts:
            yield from ((marker, cleaned, b"") for cleaned in clean_jpeg_profile(parts))
            parts = []


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield marker and body of each segment, and the scan after it, up to the first end."""
    at = len(_SOI)
    while True:
        _require(data[at] == 0xFF, "its parts do not follow one another")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        if marker == _EOI:
            return
        (length,) = struct.unpack_from(">H", data, at + 1)
        _require(length >= 2 and at + 1 + length <= len(data), "it is cut off")
        end = start = at + 1 + length
        if marker == _SOS:
            found = _SCAN_END.search(data, start)
            _require(found, "it is cut off")
            end = found.start() if found else start
        yield marker, data[at + 3 : start], data[start:end]
        at = end


def _jpeg_kept(marker: int, body: bytes, scan: bytes) -> bytes:
    """Return a segment as written; empty for metadata.  A JFIF header loses its thumbnail."""
    if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        body = body[:12] + b"\0\0"
    elif marker == _COM or (marker in _APP and not _jpeg_colour(marker, body)):
        return b""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + scan


def _jpeg_colour(marker: int, body: bytes) -> bool:
    return _is_profile(marker, body) or (marker == 0xEE and body.startswith(b"Adobe"))


def _is_profile(marker: int, body: bytes) -> bool:
    return marker == 0xE2 and body.startswith(JPEG_MARK)


# --------------------------------------------------------------------------- WebP


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    _require(data[:4] == b"RIFF" and data[8:12] == b"WEBP", "it does not begin like one")
    _require(size + 8 <= len(data), "it is cut off")
    chunks = list(_webp_chunks(data[12 : size + 8]))
    names = {name for name, _ in chunks}
    _require(names & {b"VP8 ", b"VP8L", b"ANMF"}, "it has no picture")
    for name, body in chunks:
        if name == b"EXIF":
            _check_upright(body.removeprefix(b"Exif\0\0"))
    kept = b"WEBP" + _webp_kept(chunks)
    return b"RIFF" + struct.pack("<I", len(kept)) + kept


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        _require(len(body) == length, "it is cut off")
        yield name, body
        at += 8 + length + length % 2


def _webp_kept(chunks: list[tuple[bytes, bytes]]) -> bytes:
    out = []
    for name, body in chunks:
        if name == b"VP8X":
            body = bytes([body[0] & ~_WEBP_NOTES]) + body[1:]
        elif name == b"ANMF":
            body = body[:16] + _webp_kept(list(_webp_chunks(body[16:])))
        elif name == b"ICCP":
            body = make_profile_neutral(body)
        if name in _WEBP_KEPT:
            out.append(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    return b"".join(out)


# --------------------------------------------------------------------------- GIF


def _gif(data: bytes) -> bytes:
    _require(data[:6] in (b"GIF87a", b"GIF89a"), "it does not begin like one")
    at = 13 + _gif_colours(data[10])
    out = [data[:at]]
    while data[at] != 0x3B:
        end = _gif_block_end(data, at)
        if data[at + 1 : at + 14] == b"\xff\x0b" + _GIF_PROFILE and data[at] == 0x21:
            out.append(data[at : at + 14] + clean_gif_profile(data[at + 14 : end]))
        elif data[at] == 0x2C or data[at + 1] == 0xF9 or data[at + 3 : at + 14] in _GIF_KEPT:
            out.append(data[at:end])
        at = end
    _require(any(block[:1] == b"," for block in out[1:]), "it has no picture")
    return b"".join(out) + b"\x3b"


def _gif_colours(flags: int) -> int:
    """Return the length of the colour table that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_block_end(data: bytes, at: int) -> int:
    _require(data[at] in (0x21, 0x2C), "its parts do not follow one another")
    at += 2 if data[at] == 0x21 else 11 + _gif_colours(data[at + 9])
    while data[at]:
        at += 1 + data[at]
    return at + 1


# --------------------------------------------------------------------------- SVG


def _svg(data: bytes) -> bytes:
    """Return an SVG without comments, instructions, and all that shows nothing but tells something.

    That is metadata, titles, descriptions, data of drawing programs, and names of parts that
    nothing in the file refers to.  Readers hear the description in the source, not these.
    """
    try:
        root = parse_drawing(data)
    except etree.XMLSyntaxError as error:
        raise _BrokenError(str(error)) from None
    space, name = _svg_name(str(root.tag))
    _require(space in _SVG_KEPT and name == "svg", f"it is a <{name}>")
    _require(not has_entities(root), "it declares entities")
    notes = {str(e.tag) for e in root.iter(etree.Element) if not _svg_drawn(str(e.tag))}
    if notes:
        etree.strip_elements(root, *sorted(notes), with_tail=False)
    names = {_svg_name(str(element.tag))[1] for element in root.iter(etree.Element)}
    for running in sorted(names & _SVG_RUNNING):
        raise _BrokenError(f"it has a <{running}> element")
    _require(names & _SVG_SHOWN, "it has no picture")
    for element in root.iter(etree.Element):
        for key in [str(key) for key in element.attrib]:
            if _svg_name(key)[0] not in _SVG_KEPT or key.startswith("data-"):
                del element.attrib[key]
    _clean_embedded(root)
    _drop_unused_ids(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def _clean_embedded(root: etree._Element) -> None:
    """Remove the metadata of the images within an SVG."""
    try:
        for element, attribute, image in list(find_embedded(root)):
            clean = KINDS[image.suffix](image.data)
            element.set(attribute, EmbeddedImage(clean, image.suffix).address)
    except EmbeddedError as error:
        raise _BrokenError(str(error)) from None


def _svg_drawn(tag: str) -> bool:
    space, name = _svg_name(tag)
    return space in _SVG_KEPT and name not in _SVG_NOTES


def _drop_unused_ids(root: etree._Element) -> None:
    """Remove the ids whose name occurs in no other attribute and no style sheet."""
    elements = list(root.iter(etree.Element))
    values = [str(v) for e in elements for key, v in e.attrib.items() if key != "id"]
    styles = [e.text or "" for e in elements if _svg_name(str(e.tag))[1] == "style"]
    used = set(_NAME.findall("\n".join(values + styles)))
    for element in elements:
        if "id" in element.attrib and not used.issuperset(_NAME.findall(str(element.get("id")))):
            del element.attrib["id"]


def _svg_name(name: str) -> tuple[str | None, str]:
    found = etree.QName(name)
    return found.namespace, found.localname


# --------------------------------------------------------------------------- EXIF


def _check_upright(exif: bytes) -> None:
    """Raise _TurnedError unless the orientation is 1; EXIF that cannot be read is ignored."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        (at,) = struct.unpack_from(f"{order}4xI", exif)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for entry in range(count):
            tag, value = struct.unpack_from(f"{order}H6xH", exif, at + 2 + 12 * entry)
            if tag == _ORIENTATION and 2 <= value <= 8:
                raise _TurnedError
    except (KeyError, struct.error):
        return


KINDS: Mapping[str, Callable[[bytes], bytes]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".gif": _gif,
    ".svg": _svg,
    ".webp": _webp,
}
"""The function that cleans an image, by the suffix of its file."""
