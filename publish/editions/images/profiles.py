"""Rewrites ICC colour profiles so that they say how to show colours, and nothing else.

A profile names itself, its maker, the device it was measured on, and the day (ICC.1:2022, §7.2
and §9).  Only the tags that a colour conversion reads are kept, each in a type that holds no
words; the two texts that every profile must have are replaced, the header is written anew.
Colours do not change, the same input gives the same bytes, and a rewritten profile stays as it is.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "JPEG_MARK",
    "BrokenProfileError",
    "clean_gif_profile",
    "clean_jpeg_profile",
    "clean_png_profile",
    "make_profile_neutral",
]

JPEG_MARK = b"ICC_PROFILE\0"
"""How a segment of a JPEG begins that has a profile or a part of one (Annex B.4)."""

_NAME = b"profile\0"
"""The name that a PNG gives its profile."""
_LARGEST = 16 * 2**20
"""The most bytes of a profile that is unpacked; those for printing have some two million."""
_JPEG_PART = 65_519
_HEADER = 128
_MOST_TAGS = 100
_CLASSES = frozenset((b"scnr", b"mntr", b"prtr", b"spac"))
"""Kinds of profile that an image can have (§7.2.5)."""
_SPACES: Mapping[bytes, str] = {b"RGB ": "RGB", b"GRAY": "Gray", b"CMYK": "CMYK", b"Lab ": "Lab"}
"""The words that describe a profile, by the colours it is for."""
_BETWEEN = frozenset((b"XYZ ", b"Lab "))
"""The colours that profiles are joined by (§7.2.7)."""
_RIGHTS = "not stated"
_DATE = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
_WHITE = bytes.fromhex("0000f6d6000100000000d32d")
"""The light of the connection space, D50, which every profile must name (§7.2.16)."""

_KEPT = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad cicp gamt"
    b" A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3".split()
)
_WHOLE = 2**31
"""For types whose parts lie at places that they name themselves."""


class BrokenProfileError(ValueError):
    """The profile cannot be read, so nobody knows what it tells; the message says why."""


def _require(condition: object, otherwise: str) -> None:
    if not condition:
        raise BrokenProfileError(f"its colour profile {otherwise}")


def make_profile_neutral(profile: bytes) -> bytes:
    """Return a profile without names, texts and dates; raises BrokenProfileError."""
    try:
        _check_header(profile)
        tags = {name: body for name, body in _tags(profile) if name in _KEPT}
        tags = {name: body[: _length(body)] for name, body in tags.items()}
    except (struct.error, KeyError):
        raise BrokenProfileError("its colour profile is damaged") from None
    _require(tags, "has no colours")
    write = _write_text if profile[8] < 4 else _write_localized
    describe = _write_description if profile[8] < 4 else _write_localized
    return _build(
        profile, {b"desc": describe(_SPACES[profile[16:20]]), b"cprt": write(_RIGHTS), **tags}
    )


def _check_header(profile: bytes) -> None:
    (size,) = struct.unpack_from(">I", profile)
    _require(profile[36:40] == b"acsp", "does not begin like one")
    _require(_HEADER + 4 < size <= len(profile), "is cut off")
    _require(profile[8] in (2, 4), f"has version {profile[8]}, not 2 or 4")
    _require(profile[12:16] in _CLASSES, "is of a kind that images do not have")
    _require(profile[16:20] in _SPACES and profile[20:24] in _BETWEEN, "is for unknown colours")


def _tags(profile: bytes) -> list[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    _require(count <= _MOST_TAGS, f"has more than {_MOST_TAGS} parts")
    found = []
    for number in range(count):
        name, at, length = struct.unpack_from(">4sII", profile, _HEADER + 4 + 12 * number)
        _require(length >= 8 and at + length <= len(profile), "is cut off")
        found.append((name, profile[at : at + length]))
    return found


# --------------------------------------------------------------------------- kept tags


def _length(body: bytes) -> int:
    """Return the bytes that a tag needs by its own count; what follows them is no colour."""
    length = _LENGTHS[body[:4]](body)
    _require(length == _WHOLE or length <= len(body), "is cut off")
    return length


def _curve(body: bytes) -> int:
    return 12 + 2 * int(struct.unpack_from(">I", body, 8)[0])


def _formula(body: bytes) -> int:
    (kind,) = struct.unpack_from(">H", body, 8)
    return 12 + 4 * {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}[kind]


def _table_8(body: bytes) -> int:
    inputs, outputs, points = body[8:11]
    return 48 + 256 * inputs + int(points**inputs) * outputs + 256 * outputs


def _table_16(body: bytes) -> int:
    inputs, outputs, points = body[8:11]
    before, after = struct.unpack_from(">HH", body, 48)
    return int(52 + 2 * (before * inputs + points**inputs * outputs + after * outputs))


_LENGTHS: Mapping[bytes, Callable[[bytes], int]] = {
    b"XYZ ": lambda body: 20,
    b"sf32": lambda body: 44,
    b"cicp": lambda body: 12,
    b"curv": _curve,
    b"para": _formula,
    b"mft1": _table_8,
    b"mft2": _table_16,
    b"mAB ": lambda body: _WHOLE,
    b"mBA ": lambda body: _WHOLE,
    b"mpet": lambda body: _WHOLE,
}
"""The types of numbers and tables (§10); a tag of any other type may hold words."""


# --------------------------------------------------------------------------- writing


def _write_text(words: str) -> bytes:
    return b"text\0\0\0\0" + words.encode() + b"\0"


def _write_description(words: str) -> bytes:
    """Return a `desc` of version 2: ASCII, then no Unicode and no Macintosh text."""
    text = words.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)


def _write_localized(words: str) -> bytes:
    text = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(text), 28) + text


def _build(profile: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    """Return a profile with these tags; equal ones share their bytes, each begins at a word."""
    places: dict[bytes, int] = {}
    table, data = struct.pack(">I", len(tags)), b""
    start = _HEADER + 4 + 12 * len(tags)
    for name, body in tags.items():
        if body not in places:
            places[body] = start + len(data)
            data += body + b"\0" * (-len(body) % 4)
        table += struct.pack(">4sII", name, places[body], len(body))
    size = struct.pack(">I", start + len(data))
    kind, intent = profile[8:10] + b"\0\0" + profile[12:24], b"\0\0" + profile[66:68]
    header = size + b"\0" * 4 + kind + _DATE + b"acsp" + b"\0" * 24 + intent + _WHITE
    return header.ljust(_HEADER, b"\0") + table + data


# --------------------------------------------------------------------------- in images


def clean_png_profile(body: bytes) -> bytes:
    """Return an iCCP chunk's body with a neutral name and profile; as it is if it has these."""
    name, _, packed = body.partition(b"\0")
    _require(packed[:1] == b"\0", "is damaged")
    unpacking = zlib.decompressobj()
    try:
        profile = unpacking.decompress(packed[1:], _LARGEST)
    except zlib.error:
        raise BrokenProfileError("its colour profile is damaged") from None
    _require(unpacking.eof, f"is cut off, or has more than {_LARGEST // 2**20} MiB")
    neutral = make_profile_neutral(profile)
    if name + b"\0" == _NAME and profile == neutral and not unpacking.unused_data:
        return body
    return _NAME + b"\0" + zlib.compress(neutral, 9)


def clean_jpeg_profile(parts: Sequence[bytes]) -> list[bytes]:
    """Return the bodies of the segments of a neutral profile; `parts` are those of the old one.

    Each begins with its number and the count of all.
    """
    heads = len(JPEG_MARK) + 2
    found = {part[heads - 2]: part[heads:] for part in parts if len(part) > heads}
    whole = sorted(found) == list(range(1, len(parts) + 1))
    _require(whole and {part[heads - 1] for part in parts} == {len(parts)}, "lacks a part")
    neutral = make_profile_neutral(b"".join(found[number] for number in sorted(found)))
    cuts = [neutral[at : at + _JPEG_PART] for at in range(0, len(neutral), _JPEG_PART)]
    return [JPEG_MARK + bytes((n, len(cuts))) + cut for n, cut in enumerate(cuts, 1)]


def clean_gif_profile(blocks: bytes) -> bytes:
    """Return the sub-blocks of a neutral profile; `blocks` are those of the old one."""
    profile, at = b"", 0
    while blocks[at]:
        profile += blocks[at + 1 : at + 1 + blocks[at]]
        at += 1 + blocks[at]
    neutral = make_profile_neutral(profile)
    cuts = [neutral[at : at + 255] for at in range(0, len(neutral), 255)]
    return b"".join(bytes((len(cut),)) + cut for cut in cuts) + b"\0"
