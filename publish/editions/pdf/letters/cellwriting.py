"""Writes the cells of a line into a stream, each at its place (`cells.py`)."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from publish.editions.pdf.letters.cells import FONT, TOKEN, Cell, Shape
from publish.editions.pdf.letters.glyphs import Cluster, PlainRun, Run

__all__ = ["FindCode", "write_cells", "write_soft_end"]

_NEAREST = 0.0004
"""A smaller move is none when it is written."""

_ENDING = re.compile(rb"\[(.*)([0-9a-f]{4})>[^<>]*\] TJ", re.S)
"""The array of a line, and its last glyph."""

FindCode = Callable[[str, Shape, str], tuple[str, int, float]]
"""Returns the font and the code for a shape and its text, and its width in thousandths."""


@dataclass(slots=True)
class _Writer:
    """The items of a stream that are written anew, with what is in the array of glyphs."""

    items: list[bytes] = field(default_factory=list)
    array: list[bytes] = field(default_factory=list)
    font: tuple[str, float] = ("", 0)
    pen: float = 0
    rise: float = 0
    inside: bool = False
    """Whether the array has codes that are not closed."""

    def show(self, found: tuple[str, int, float], size: float, x: float, rise: float = 0) -> None:
        """Show a code at a place."""
        font, code, width = found
        if (font, size) != self.font:
            self.close()
            self.items.append(b"/%s %s Tf" % (font.encode(), _number(size, 6)))
            self.font = font, size
        if rise != self.rise:
            self.close()
            self.items.append(b"%s Ts" % _number(rise))
            self.rise = rise
        if move := _write_move(self.pen - x, size):
            self.array += (b">", move) if self.inside else (move,)
            self.inside = False
        self.array.append(b"%04x" % code if self.inside else b"<%04x" % code)
        self.inside = True
        self.pen = x + width * size / 1000

    def close(self) -> None:
        if self.array:
            self.items.append(b"[" + b"".join(self.array) + b">] TJ")
            self.array, self.inside = [], False

    def open(self, text: str) -> None:
        """Open a mark that names the text in it (ISO 32000-1 §14.9.4)."""
        self.close()
        named = text.encode("utf-16-be").hex()
        self.items.append(f"/Span <</ActualText <FEFF{named}>>> BDC".encode())

    def end(self) -> None:
        self.close()
        self.items.append(b"EMC")


def _write_move(width: float, size: float) -> bytes:
    """Return a move to the left by a width, in thousandths of the size; empty if it is none."""
    gap = width * 1000 / size
    move = _number(gap) if abs(gap) >= _NEAREST else b""
    return b"" if move in (b"0", b"-0") else move


def _number(value: float, digits: int = 3) -> bytes:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").encode()


def write_soft_end(
    items: Iterable[Any], runs: Sequence[Run], widths: Mapping[int, float], find_code: FindCode
) -> list[bytes] | None:
    """Return what `write_cells` returns for a plain line that ends with a soft hyphen.

    All glyphs before the hyphen must have their own codes.  Returns None for another line.
    """
    run, hyphen = runs if len(runs) == 2 else (None, None)
    painted = [item for item in items if isinstance(item, bytes) and not item.endswith(b" Tm")]
    if not isinstance(run, PlainRun) or not isinstance(hyphen, Cluster) or len(painted) != 2:
        return None
    font, shown = FONT.fullmatch(painted[0]), _ENDING.fullmatch(painted[1])
    if font is None or shown is None or not hyphen.soft:
        return None
    tokens, size = TOKEN.findall(shown[1] + b">"), float(font[2])
    codes = bytes.fromhex(b"".join([glyphs for glyphs, _ in tokens] + [shown[2]]).decode())
    name, code, _ = find_code(hyphen.font, hyphen.glyphs[0], hyphen.text)
    glyphs = (*run.glyphs, *hyphen.glyphs)
    if not name == run.font == font[1].decode() or codes != struct.pack(
        f">{len(glyphs)}H", *glyphs
    ):
        return None
    array, move = _copy_moves(tokens, widths, size)
    writer = _Writer([b"/%s %s Tf" % (font[1], _number(size, 6)), b"[%s>] TJ" % array])
    writer.open(hyphen.text)
    writer.items.append(b"[%s<%04x>] TJ" % (move, code))
    writer.end()
    return writer.items


def _copy_moves(
    tokens: Iterable[tuple[bytes, bytes]], widths: Mapping[int, float], size: float
) -> tuple[bytes, bytes]:
    """Return an array of glyphs and moves as it is written anew, and the move after it."""
    array: list[bytes] = []
    x = pen = 0.0
    for glyphs, number in tokens:
        if number:
            x -= float(number) * size / 1000
        elif glyphs:
            if move := _write_move(pen - x, size):
                array += (b">", move, b"<") if array else (move, b"<")
            elif not array:
                array.append(b"<")
            array.append(glyphs)
            for (glyph,) in struct.iter_unpack(">H", bytes.fromhex(glyphs.decode())):
                x += widths[glyph] * size / 1000
            pen = x
    return b"".join(array), _write_move(pen - x, size)


def write_cells(cells: Iterable[Cell], find_code: FindCode) -> list[bytes]:
    """Return the items of a stream that show cells at their places."""
    writer = _Writer()
    turned = False
    for cell in cells:
        if cell.turned or turned:
            writer.close()  # PDFium turns all that is shown at once.
        turned = cell.turned
        if cell.soft:
            writer.open(cell.text)
        if cell.parts:
            _write_parts(writer, cell, find_code)
        else:
            writer.show(find_code(cell.font, cell.shape, cell.text), cell.size, cell.x)
        if cell.soft:
            writer.end()
    writer.close()
    return writer.items


def _write_parts(writer: _Writer, cell: Cell, find_code: FindCode) -> None:
    """Show the glyphs of a cell one by one; a mark names their text where they cannot."""
    named = any(not text for _, _, _, text in cell.parts)
    if named:
        writer.open(cell.text)
    for glyph, x, rise, text in cell.parts:
        writer.show(find_code(cell.font, glyph, text), cell.size, x, rise)
    writer.close()
    if writer.rise:
        writer.items.append(b"0 Ts")
        writer.rise = 0
    if named:
        writer.end()
