"""Reads the fonts of a PDF: the letters and widths of their codes, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publish.editions.audit.fontfile import read_widths
from publish.editions.audit.pdfvalues import get_value, to_list
from publish.editions.audit.streams import FontLetters
from publish.editions.audit.strings import drop_silent, read_letters
from publish.languages.scripts import has_right_to_left

__all__ = ["find_font_faults", "read_font"]


def read_font(font: Any) -> FontLetters:
    """Return the letters and widths of a font."""
    stream = get_value(font, "/ToUnicode")
    signed = dict(read_letters(stream.get_data() if stream is not None else b""))
    inner = to_list(get_value(font, "/DescendantFonts"))
    widths = to_list(get_value(inner[0].get_object(), "/W")) if inner else []
    letters = {code: drop_silent(text) for code, text in signed.items()}
    turned = has_right_to_left("".join(letters.values()))
    return FontLetters(letters, dict(_widths(widths)), signed, turned)


def find_font_faults(name: str, font: Any, read: FontLetters) -> Iterator[str]:
    """Yield what is wrong with a font: not in the file, or without letters."""
    inner = to_list(get_value(font, "/DescendantFonts"))
    described = get_value(inner[0].get_object() if inner else font, "/FontDescriptor") or {}
    files = [described.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
    found = [file.get_object().get_data() for file in files if file is not None]
    if len(found) != 1 or found[0][:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        yield f"the font {font.get('/BaseFont', name)} is not in the file"
    elif inner and not _keeps_widths(inner[0].get_object(), read, found[0]):
        yield f"the font {font.get('/BaseFont', name)} sets its letters too wide or narrow"
    if "/ToUnicode" not in font:
        yield f"the font {font.get('/BaseFont', name)} does not say which letters it shows"


def _widths(table: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield glyphs and their widths from the table of a font (§9.7.4.3)."""
    at = 0
    while at + 1 < len(table):
        first, second = int(table[at]), table[at + 1].get_object()
        if isinstance(second, list):
            yield from ((first + offset, float(one)) for offset, one in enumerate(second))
            at += 2
        else:
            last = min(int(second), 0xFFFF)
            yield from ((code, float(table[at + 2])) for code in range(first, last + 1))
            at += 3


def _keeps_widths(inner: Any, read: FontLetters, file: bytes) -> bool:
    """Return whether the widths of a font's letters are those of the font file."""
    default = float(inner.get("/DW", 1000))
    glyphs = _glyphs(inner, list(read.letters))
    own = read_widths(file, list(glyphs.values()))
    return all(
        abs(own.get(glyph, -9) - read.widths.get(code, default)) < 2
        for code, glyph in glyphs.items()
    )


def _glyphs(inner: Any, codes: list[int]) -> dict[int, int]:
    """Return the glyph of each code of a font (§9.7.4.2)."""
    stream = get_value(inner, "/CIDToGIDMap")
    if not hasattr(stream, "get_data"):
        return {code: code for code in codes}
    table = stream.get_data()
    return {code: int.from_bytes(table[2 * code : 2 * code + 2]) for code in codes}
