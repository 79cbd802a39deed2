"""Writes tables: heads that are repeated, merged cells, widths by what the columns hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.editions.docx.names import find_classes, make
from publish.editions.docx.runs import add_inlines
from publish.editions.docx.word import Place, Word
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = ["add_cells", "add_table", "end_table"]

HTML = f"{{{XHTML_NS}}}"
WHOLE = 5000
"""The width of a line, in fiftieths of a percent."""
LINE = 7840
"""The width of a line in twentieths of a point."""
DIGIT = re.compile(r"(short|whole)-(\d)")
TURNED_LINE = 13400
SHORTEST = 2
LONGEST_WORD, LONGEST_TEXT = 24, 160


@dataclass(frozen=True, slots=True)
class _Shape:
    """The letters of a table: the width of one, the room beside those of a cell, that of a line."""

    letter: int
    room: int
    line: int
    small: bool = False
    turned: bool = False


SHAPES = (
    _Shape(100, 210, LINE),
    _Shape(80, 210, LINE, small=True),
    _Shape(100, 210, TURNED_LINE, turned=True),
    _Shape(80, 210, TURNED_LINE, small=True, turned=True),
)
"""The shapes of a table, the ones to prefer first."""


def end_table() -> Element:
    """Return the small paragraph that Word needs after a table, and between two."""
    return make("w:p", make("w:pPr", make("w:pStyle", val="Gap")))


def add_cells(
    body: Element,
    place: Place,
    word: Word,
    *,
    style: str,
    widths: tuple[float, ...],
    name: str = "",
) -> list[Element]:
    """Add a row of cells for blocks; a row after another of this style joins its table."""
    cells = [
        make("w:tc", make("w:tcPr", make("w:tcW", w=round(WHOLE * width), type="pct")))
        for width in widths
    ]
    row = make("w:tr", *cells)
    last = body[-1] if len(body) else None
    if last is not None and last.get("pair") == style and len(widths) > 1:
        last.append(row)
        return cells
    line = LINE - place.indent
    grid = make("w:tblGrid", *(make("w:gridCol", w=round(line * width)) for width in widths))
    properties = _make_properties(style, place, name=name)
    table = make("w:tbl", properties, grid, row)
    if len(widths) > 1:
        table.set("pair", style)
    body.append(table)
    return cells


def _make_properties(style: str, place: Place, *, first_row: bool = False,
                     first_column: bool = False, name: str = "") -> Element:  # fmt: skip
    """Return the properties of a table, in the order of the schema."""
    look = make(
        "w:tblLook", val=f"{0x20 * first_row + 0x80 * first_column + 0x600:04X}",
        firstRow=int(first_row), lastRow=0, firstColumn=int(first_column), lastColumn=0,
        noHBand=1, noVBand=1,
    )  # fmt: skip
    return make(
        "w:tblPr",
        make("w:tblStyle", val=style),
        make("w:bidiVisual") if place.look.rtl else None,
        make("w:tblW", w=LINE - place.indent, type="dxa")
        if place.indent
        else make("w:tblW", w=WHOLE, type="pct"),
        make("w:tblInd", w=place.indent, type="dxa") if place.indent else None,
        look,
        make("w:tblCaption", val=name) if name else None,
    )


def add_table(body: Element, table: Element, place: Place, word: Word) -> bool:
    """Add a table of the text, and return whether it needs a turned page."""
    place = replace(place, look=place.look.within(table))
    heads = [row for part in table.iter(f"{HTML}thead") for row in part.iter(f"{HTML}tr")]
    rows = list(table.iter(f"{HTML}tr"))
    grid = _place_cells(rows)
    columns = max((at + span for row in grid for at, _, span in row), default=1)
    shape = _choose_shape(grid, columns, place)
    widths = _find_widths(grid, columns, shape)
    named = any(cell.get("scope") == "row" for row in rows for cell in row)
    style = "EditionTable"
    made = make(
        "w:tbl",
        _make_properties(style, place, first_row=bool(heads), first_column=named),
        make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths)),
    )
    for row, cells in zip(rows, grid, strict=True):
        properties = make("w:trPr", make("w:cantSplit"))
        if row in heads:
            properties.append(make("w:tblHeader"))
        line = make("w:tr", properties)
        for at, cell, span in cells:
            width = sum(widths[at : at + span])
            line.append(_make_cell(cell, width, span, place, word, small=shape.small))
        made.append(line)
    body.append(made)
    return shape.turned


_Cell = tuple[int, Element | None, int]
"""The first column of a cell, its element, and its columns; a covered one has no element."""
_Line = Sequence[_Cell]


def _place_cells(rows: list[Element]) -> list[list[_Cell]]:
    """Return the cells of each row with their columns, and those that one above covers."""
    covered: dict[int, tuple[int, int]] = {}
    placed: list[list[_Cell]] = []
    for row in rows:
        line: list[_Cell] = []
        after: dict[int, tuple[int, int]] = {}
        at = 0
        cells = [cell for cell in row if cell.tag in (f"{HTML}th", f"{HTML}td")]
        while cells or at in covered:
            if at in covered:
                span, left = covered[at]
                line.append((at, None, span))
                if left > 1:
                    after[at] = (span, left - 1)
            else:
                cell = cells.pop(0)
                span, down = int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)
                line.append((at, cell, span))
                if down > 1:
                    after[at] = (span, down - 1)
            at += span
        placed.append(line)
        covered = after
    return placed


def _find_widths(grid: Sequence[_Line], columns: int, shape: _Shape) -> list[int]:
    """Return the width of each column: what its longest word needs, and a share of the rest."""
    least, texts = _find_least(grid, columns, shape)
    rest = max(shape.line - sum(least), 0)
    shares = [text**0.8 for text in texts]
    wide = [one + rest * share / sum(shares) for one, share in zip(least, shares, strict=True)]
    return [round(one * shape.line / sum(wide)) for one in wide]


def _find_least(grid: Sequence[_Line], columns: int, shape: _Shape) -> tuple[list[int], list[int]]:
    """Return the least width of each column, and how many letters its longest text has."""
    words, texts = [SHORTEST] * columns, [SHORTEST] * columns
    for row in grid:
        for at, cell, span in row:
            if cell is None or span > 1:
                continue
            text = "".join(map(str, cell.itertext()))
            longest = max((_count(word) for word in text.split()), default=0)
            words[at] = max(words[at], min(longest, LONGEST_WORD))
            texts[at] = max(texts[at], min(_count(text), LONGEST_TEXT))
    return [shape.letter * word + shape.room for word in words], texts


def _count(text: str) -> int:
    """Return about how many letters wide a text is; those of Chinese are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _choose_shape(grid: Sequence[_Line], columns: int, place: Place) -> _Shape:
    """Return the largest letters with which no word is broken, if need be on a turned page."""
    for shape in SHAPES:
        line = shape.line - (0 if shape.turned else place.indent)
        free = not (shape.turned and (place.narrow or place.depth))
        if free and sum(_find_least(grid, columns, shape)[0]) <= line:
            return replace(shape, line=line)
    return SHAPES[-2] if place.narrow or place.depth else SHAPES[-1]


def _make_cell(
    cell: Element | None, width: int, span: int, place: Place, word: Word, *, small: bool
) -> Element:
    properties = make("w:tcPr", make("w:tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(make("w:gridSpan", val=span))
    if cell is None:
        properties.append(make("w:vMerge"))
    elif int(cell.get("rowspan") or 1) > 1:
        properties.append(make("w:vMerge", val="restart"))
    style = "TableTextSmall" if small else "TableText"
    paragraph = make("w:p", make("w:pPr", make("w:pStyle", val=style)))
    if cell is not None:
        look = place.look.within(cell)
        _align(paragraph[0], find_classes(cell), look.rtl, word)
        add_inlines(paragraph, cell, look, word)
    return make("w:tc", properties, paragraph)


def _align(properties: Element, classes: frozenset[str], rtl: bool, word: Word) -> None:
    """Align a cell; numbers with fewer digits after the point keep the room of those they lack."""
    if rtl != word.rtl:
        properties.append(make("w:bidi", val=None if rtl else 0))
    for one in sorted(classes):
        if found := DIGIT.fullmatch(one):
            room = 95 * int(found[2]) + (50 if found[1] == "whole" else 0)
            properties.append(make("w:ind", right=room))
    aligned = next((one for one in ("center", "right") if one in classes), "")
    if aligned:
        properties.append(make("w:jc", val=aligned))
