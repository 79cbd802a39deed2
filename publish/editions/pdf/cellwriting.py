"""Writes the cells of a line into a stream, each at its place (`cells.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from publish.editions.pdf.cells import Cell, Shape

__all__ = ["write_cells"]

_NEAREST = 0.0004
"""A smaller move is none when it is written."""

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
        gap = (self.pen - x) * 1000 / size
        if abs(gap) >= _NEAREST and (move := _number(gap)) not in (b"0", b"-0"):
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


def _number(value: float, digits: int = 3) -> bytes:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").encode()


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
