"""The colour profile of the printing condition that a PDF for a printing house is made for.

A workspace has its own in `templates/print.icc`, from the printing house.  Without one, the
condition is black ink on white paper; that profile is made here (ICC.1:2001-04, §6.3.3.1).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publish.errors import UsageError
from publish.model import Span

__all__ = ["PROFILE", "PressProfile", "make_black_profile", "read_press_profile"]

PROFILE = "print.icc"

_INKS: Mapping[bytes, int] = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_LARGEST = 20 << 20
_HEADER = 128
_D50 = struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)


@dataclass(frozen=True, slots=True)
class PressProfile:
    """A profile of a printing condition: its bytes, its name, and how many colours it has."""

    data: bytes
    name: str
    inks: int


def read_press_profile(folders: Sequence[Path]) -> PressProfile:
    """Return the profile of the first folder that has one, or that of black ink.

    Raises UsageError (code `print-profile`) for a file that is no profile of a printing condition.
    """
    path = next((one for folder in folders if (one := folder / PROFILE).is_file()), None)
    if path is None:
        return make_black_profile()
    data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    inks = _INKS.get(data[16:20], 0)
    whole = len(data) > _HEADER + 4 and int.from_bytes(data[:4]) == len(data)
    if not whole or data[36:40] != b"acsp" or data[12:16] != b"prtr" or not inks:
        raise UsageError(
            f"templates/{PROFILE} is not the colour profile of a printing condition",
            Span(f"templates/{PROFILE}", 1, 1),
            "ask the printing house for the ICC profile of its paper and press, such as"
            " PSOcoated_v3.icc; or delete the file, to print in black only",
            code="print-profile",
        )
    return PressProfile(data, _read_name(data) or "Custom", inks)


def _read_name(data: bytes) -> str:
    """Return the description of a profile, of the second or the fourth version."""
    count = int.from_bytes(data[_HEADER : _HEADER + 4])
    for at in range(_HEADER + 4, min(_HEADER + 4 + 12 * count, len(data) - 11), 12):
        name, offset, size = struct.unpack(">4sII", data[at : at + 12])
        if name == b"desc":
            return _read_text(data[offset : offset + size])
    return ""


def _read_text(tag: bytes) -> str:
    if tag[:4] == b"mluc" and len(tag) >= 28:
        size, offset = struct.unpack(">II", tag[20:28])
        text = tag[offset : offset + size].decode("utf-16-be", "replace")
    else:
        text = tag[12 : 12 + int.from_bytes(tag[8:12])].decode("latin-1")
    return " ".join("".join(one for one in text if one.isprintable()).split())[:100]


@cache
def make_black_profile() -> PressProfile:
    """Return the profile of black ink on white paper, with a dot gain of about a fifth."""
    name = "Black ink"
    described = name.encode() + b"\0"
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, len(described)) + described + bytes(78),
        b"cprt": b"text\0\0\0\0" + b"No copyright\0",
        b"wtpt": b"XYZ \0\0\0\0" + _D50,
        b"kTRC": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(1.75 * 256)),
    }
    table, body = [struct.pack(">I", len(tags))], b""
    start = _HEADER + 4 + 12 * len(tags)
    for key, value in tags.items():
        table.append(struct.pack(">4sII", key, start + len(body), len(value)))
        body += value + bytes(-len(value) % 4)
    size = start + len(body)
    header = struct.pack(  # the fields of ICC.1:2001-04, table 9
        ">I4sI4s4s4s6H4s4sI4sIQI12s4s44x",
        *(size, b"\0" * 4, 0x02400000, b"prtr", b"GRAY", b"XYZ ", 2026, 1, 1, 0, 0, 0),
        *(b"acsp", b"\0" * 4, 0, b"\0" * 4, 0, 0, 1, _D50, b"\0" * 4),
    )
    return PressProfile(header + b"".join(table) + body, name, 1)
