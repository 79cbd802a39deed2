"""Adds glyphs to the file of a TrueType font: each is made of others, or shows nothing.

Tables are those of OpenType (ISO/IEC 14496-22); only `glyf`, `loca`, `hmtx`, `hhea` and `maxp` know
how many glyphs there are.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from publish.editions.pdf.letters.cells import Part

__all__ = ["add_glyphs"]

_WORDS, _OFFSETS, _MORE = 0x0001, 0x0002, 0x0020
"""Flags of a part: its place has two bytes for each number, it is a place, and another follows."""


def add_glyphs(font: bytes, wanted: Sequence[tuple[int, tuple[Part, ...]]]) -> tuple[bytes, int]:
    """Return the file with glyphs of these widths and parts, and the number of the first one.

    Widths and places are in thousandths of the size.
    """
    tables = _read_tables(font)
    scale = struct.unpack(">H", tables[b"head"][18:20])[0] / 1000
    places, outlines = _read_places(tables), bytearray(tables[b"glyf"])
    first = len(places) - 1
    rows = b""
    for width, parts in wanted:
        outline = _compose(outlines, places, parts, scale)
        # What is left of an outline is where it begins, or programs move it.
        rows += round(width * scale).to_bytes(2) + (outline[2:4] or bytes(2))
        outlines += outline + bytes(-len(outline) % 4)
        places.append(len(outlines))
    tables[b"glyf"] = bytes(outlines)
    tables[b"loca"] = struct.pack(f">{len(places)}I", *places)
    tables[b"head"] = _put(tables[b"head"], 50, 1)
    tables[b"hmtx"], tables[b"hhea"] = _add_widths(tables, first, rows)
    maxp = _put(tables[b"maxp"], 4, first + len(wanted))
    if len(maxp) >= 32:
        most = max((len(parts) for _, parts in wanted), default=0)
        maxp = _put(maxp, 28, max(most, _get(maxp, 28)))
        maxp = _put(maxp, 30, _get(maxp, 30) + 1)
        for at in (10, 12):  # Points and outlines of a composed glyph, at most.
            maxp = _put(maxp, at, min(0xFFFF, max(_get(maxp, at - 4), _get(maxp, at)) * most))
    tables[b"maxp"] = maxp
    return _write_tables(font[:4], tables), first


def _get(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2])


def _put(table: bytes, at: int, value: int) -> bytes:
    return table[:at] + value.to_bytes(2) + table[at + 2 :]


def _read_tables(font: bytes) -> dict[bytes, bytes]:
    tables = {}
    for at in range(12, 12 + 16 * _get(font, 4), 16):
        tag, _, offset, length = struct.unpack(">4sIII", font[at : at + 16])
        tables[tag] = font[offset : offset + length]
    return tables


def _read_places(tables: Mapping[bytes, bytes]) -> list[int]:
    """Return where the outline of each glyph begins, and the end of the last one."""
    count = _get(tables[b"maxp"], 4) + 1
    if _get(tables[b"head"], 50):
        return list(struct.unpack(f">{count}I", tables[b"loca"][: 4 * count]))
    return [2 * place for place in struct.unpack(f">{count}H", tables[b"loca"][: 2 * count])]


def _compose(
    outlines: bytearray, places: Sequence[int], parts: Sequence[Part], scale: float
) -> bytes:
    """Return the outline of a glyph made of others; empty if none of them has one."""
    drawn = []
    for glyph, right, up in parts:
        if glyph + 1 < len(places) and places[glyph] < places[glyph + 1]:
            x, y = round(right * scale), round(up * scale)
            left, bottom, end, top = struct.unpack_from(">4h", outlines, places[glyph] + 2)
            drawn.append((glyph, x, y, (left + x, bottom + y, end + x, top + y)))
    if not drawn:
        return b""
    boxes = [box for *_, box in drawn]
    outline = struct.pack(
        ">5h",
        -1,
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    for number, (glyph, x, y, _) in enumerate(drawn, 1):
        flags = _WORDS | _OFFSETS | (_MORE if number < len(drawn) else 0)
        outline += struct.pack(">HHhh", flags, glyph, x, y)
    return outline


def _add_widths(tables: Mapping[bytes, bytes], count: int, rows: bytes) -> tuple[bytes, bytes]:
    """Return `hmtx` and `hhea` with the widths of the new glyphs."""
    known, table = _get(tables[b"hhea"], 34), tables[b"hmtx"]
    last, rest = table[4 * known - 4 : 4 * known - 2], table[4 * known :]
    full = b"".join(last + rest[2 * at : 2 * at + 2] for at in range(count - known))
    widths = table[: 4 * known] + full + rows
    return widths, _put(tables[b"hhea"], 34, len(widths) // 4)


def _write_tables(kind: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    """Return a font file of these tables."""
    count = len(tables)
    power = count.bit_length() - 1
    head = kind + struct.pack(">4H", count, 16 << power, power, (count - (1 << power)) * 16)
    place, rows, body, adjusted = 12 + 16 * count, b"", b"", 0
    for tag in sorted(tables):
        data = tables[tag]
        if tag == b"head":
            data = data[:8] + bytes(4) + data[12:]
        padded = data + bytes(-len(data) % 4)
        rows += struct.pack(">4sIII", tag, _sum(padded), place + len(body), len(data))
        if tag == b"head":
            adjusted = place + len(body) + 8
        body += padded
    font = bytearray(head + rows + body)
    font[adjusted : adjusted + 4] = struct.pack(">I", (0xB1B0AFBA - _sum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _sum(data: bytes | bytearray) -> int:
    total: int = sum(struct.unpack(f">{len(data) // 4}I", data))
    return total & 0xFFFFFFFF
