"""Read tables of Word: cells that reach over columns and rows, and rows that are heads."""

from __future__ import annotations

from dataclasses import dataclass

from publish.importing.word.names import Xml, find_value, is_on, read_number, w, words_of
from publish.importing.word.styles import Styles

__all__ = ["Cell", "Grid", "read_grid"]

MOST_COLUMNS = 63
"""Word's own limit; larger numbers are mistakes or traps."""
DEEPEST = 12
FIRST_ROW = 0x0020
FIRST_COLUMN = 0x0080
ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}


@dataclass(slots=True)
class Cell:
    """A cell with the number of its first column, and how many columns and rows it reaches over.

    One that is `covered` by a cell above has nothing in it.
    """

    element: Xml
    column: int
    columns: int
    rows: int = 1
    covered: bool = False

    @property
    def alignment(self) -> str:
        """Return how the first paragraph is aligned, as HTML says it; empty for the usual way."""
        paragraph = self.element.find(w("p"))
        properties = paragraph.find(w("pPr")) if paragraph is not None else None
        return ALIGNMENTS.get(find_value(properties, "jc") or "", "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: so many of its first rows as `heads` are heads; first cells may name their rows."""

    rows: list[list[Cell]]
    heads: int
    names_rows: bool
    indent: int


def read_grid(table: Xml, styles: Styles) -> Grid:
    """Return the cells of a table in rows, with what they reach over; their texts are not read."""
    rows = [_read_row(row) for row in table.iterfind(w("tr"))]
    _merge_down(rows)
    heads = _count_heads(table, rows, styles)
    indent = read_number(find_value(table.find(w("tblPr")), "tblInd", w("w")))
    return Grid(rows, heads, _names_rows(table, styles), indent)


def _read_row(row: Xml) -> list[Cell]:
    properties = row.find(w("trPr"))
    column = min(read_number(find_value(properties, "gridBefore")), MOST_COLUMNS)
    cells = [Cell(row.makeelement(w("tc")), 0, column)] if column > 0 else []
    column = max(column, 0)
    for element in row.iterchildren(w("tc")):
        given = element.find(w("tcPr"))
        columns = min(max(read_number(find_value(given, "gridSpan"), 1), 1), MOST_COLUMNS)
        merged = given.find(w("hMerge")) if given is not None else None
        if merged is not None and merged.get(w("val")) != "restart" and cells:
            cells[-1].columns += columns
            if words_of([element]):
                cells[-1].element.extend(list(element))
        else:
            cells.append(Cell(element, column, columns))
        column += columns
    return cells


def _merge_down(rows: list[list[Cell]]) -> None:
    """Give cells that reach over several rows their number, and mark those that they cover."""
    above: dict[int, Cell] = {}
    for cells in rows:
        now: dict[int, Cell] = {}
        for cell in cells:
            given = cell.element.find(w("tcPr"))
            merge = given.find(w("vMerge")) if given is not None else None
            if merge is None:
                continue
            top = above.get(cell.column)
            if merge.get(w("val")) == "restart" or top is None or top.columns != cell.columns:
                now[cell.column] = cell
            else:
                top.rows += 1
                cell.covered = True
                now[cell.column] = top
                if words_of([cell.element]):
                    top.element.extend([one for one in cell.element if one.tag != w("tcPr")])
        above = now


def _count_heads(table: Xml, rows: list[list[Cell]], styles: Styles) -> int:
    """Return how many rows at the top are heads: as marked, or by their looks."""
    marked = 0
    for row in table.iterfind(w("tr")):
        properties = row.find(w("trPr"))
        if properties is None or not is_on(properties.find(w("tblHeader"))):
            break
        marked += 1
    if marked:
        return marked if marked < len(rows) else 0
    if len(rows) < 2 or len([cell for cell in rows[0] if words_of([cell.element])]) < 2:
        return 0
    if _has_part(table, "firstRow", FIRST_ROW, styles) or _is_bold(rows, styles):
        reach = max((cell.rows for cell in rows[0]), default=1)
        return reach if reach < len(rows) else 0
    return 0


def _names_rows(table: Xml, styles: Styles) -> bool:
    return _has_part(table, "firstColumn", FIRST_COLUMN, styles, "firstCol")


def _has_part(table: Xml, name: str, bit: int, styles: Styles, kind: str = "") -> bool:
    """Return whether the style of a table sets a part of it in bold, and the table uses that."""
    properties = table.find(w("tblPr"))
    look = properties.find(w("tblLook")) if properties is not None else None
    if look is None:
        return False
    given = look.get(w(name))
    if given is None:
        try:
            on = bool(int(look.get(w("val")) or "0", 16) & bit)
        except ValueError:
            return False
    else:
        on = given.lower() in ("1", "true", "on")
    style = styles.elements.get(find_value(properties, "tblStyle") or "")
    for _ in range(DEEPEST):
        if style is None or not on:
            return False
        for part in style.iterfind(w("tblStylePr")):
            if part.get(w("type")) == (kind or name):
                return is_on(part.find(f"{w('rPr')}/{w('b')}"))
        style = styles.elements.get(find_value(style, "basedOn") or "")
    return False


def _is_bold(rows: list[list[Cell]], styles: Styles) -> bool:
    """Return whether the first row is bold throughout, and the second is not."""
    return _bold_row(rows[0], styles) and not _bold_row(rows[1], styles)


def _bold_row(cells: list[Cell], styles: Styles) -> bool:
    seen = False
    for cell in cells:
        for paragraph in cell.element.iterfind(w("p")):
            base = styles.paragraph(find_value(paragraph.find(w("pPr")), "pStyle")).look.bold
            for run in paragraph.iter(w("r")):
                if not words_of([run]):
                    continue
                properties = run.find(w("rPr"))
                own = properties.find(w("b")) if properties is not None else None
                if not (is_on(own) if own is not None else base):
                    return False
                seen = True
    return seen
