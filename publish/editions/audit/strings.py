"""Reads the strings of a PDF: hexadecimal ones, literal ones, and the glyphs in them (§7.3.4)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress

__all__ = ["drop_silent", "read_codes", "read_letters", "split_codes", "unescape", "unhex"]

_MAPPING = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F\s]*)>")
_SILENT = re.compile("[\u200b\u200e\u200f]")


def unhex(value: bytes) -> bytes:
    """Return the bytes of a hexadecimal string."""
    digits = b"".join(value.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def unescape(data: bytes) -> bytes:
    """Return the bytes of a literal string."""
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found: re.Match[bytes]) -> bytes:
        if found[1][:1].isdigit():
            return bytes([int(found[1], 8) & 255])
        return escapes.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, data, flags=re.S)


def read_codes(pieces: list[bytes]) -> Sequence[int]:
    """Return the numbers of the glyphs in hexadecimal strings, of two bytes each."""
    if not any(map((3).__and__, map(len, pieces))):
        with suppress(ValueError):
            data = bytes.fromhex(b"".join(pieces).decode())
            return struct.unpack(f">{len(data) // 2}H", data)
    return [code for piece in pieces for code in split_codes(unhex(piece))]


def split_codes(piece: bytes) -> Iterator[int]:
    """Yield the numbers of the glyphs in a string, of two bytes each."""
    return (int.from_bytes(piece[at : at + 2]) for at in range(0, len(piece), 2))


def read_letters(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield codes and their letters from a map to Unicode (§9.10.3)."""
    for glyph, text in _MAPPING.findall(data.partition(b"endcodespacerange")[2]):
        yield int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def drop_silent(text: str) -> str:
    """Return a text without signs that have no ink and only serve other programs."""
    return _SILENT.sub("", text)
