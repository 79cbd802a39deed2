"""Reads the widths of glyphs from the file of a font (OpenType `head`, `hhea` and `hmtx`)."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["read_widths"]


def read_widths(file: bytes, glyphs: Iterable[int]) -> dict[int, float]:
    """Return the widths of glyphs in thousandths of their size; none if a table is missing."""
    tables = {
        file[at : at + 4]: int.from_bytes(file[at + 8 : at + 12])
        for at in range(12, 12 + 16 * int.from_bytes(file[4:6]), 16)
    }
    if not {b"head", b"hhea", b"hmtx"} <= tables.keys():
        return {}
    size = int.from_bytes(file[tables[b"head"] + 18 :][:2])
    last = int.from_bytes(file[tables[b"hhea"] + 34 :][:2]) - 1
    places = {glyph: tables[b"hmtx"] + 4 * min(glyph, last) for glyph in glyphs}
    return {g: int.from_bytes(file[at : at + 2]) * 1000 / size for g, at in places.items() if size}
