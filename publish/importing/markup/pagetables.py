"""Tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from publish.importing.markup.flattening import flatten_blocks
from publish.importing.markup.headerlook import find_header
from publish.importing.markup.pagetree import (
    HtmlElement,
    find_children,
    has_words,
    list_parts,
    name_of,
)
from publish.importing.markup.reading import PageReading, ReadParts, note_anchor, read_given_id
from publish.model import (
    Alignment,
    Block,
    Merged,
    Prose,
    Role,
    Strong,
    Table,
)

__all__ = ["read_table"]

MOST_CELLS = 0x10000
MOST_SPAN = 1000
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PARTS = frozenset(
    ("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "col", "script", "")
)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, and the group that it is in."""

    cells: tuple[HtmlElement, ...]
    group: str


@dataclass(slots=True)
class _Grid:
    """The cells of a table by row and column, with how far each reaches."""

    cells: dict[Place, HtmlElement] = field(default_factory=dict)
    sizes: dict[Place, tuple[int, int]] = field(default_factory=dict)
    covered: set[Place] = field(default_factory=set)
    rows: int = 0
    header: int = 0

    @property
    def width(self) -> int:
        return max((column + 1 for _, column in self.covered), default=0)


def read_table(
    element: HtmlElement, reading: PageReading, read_parts: ReadParts
) -> tuple[Block, ...]:
    """Return a table; of one that only lays out the page, what is in its cells, one by one."""
    rows = list(_rows(element))
    caption = next(iter(find_children(element, "caption")), None)
    if _only_lays_out(element, rows, caption):
        found = read_parts(_strays(element), element, reading)
        for part in _cells_in_order(element):
            found += read_parts(list_parts(part), part, reading)
        return found
    grid = _make_grid(rows)
    strays = read_parts(_strays(element), element, reading)
    texts = {
        place: _cell(cell, place, grid, reading, read_parts) for place, cell in grid.cells.items()
    }
    table = _build(element, grid, texts, reading)
    if caption is not None and table is not None:
        content = flatten_blocks(
            read_parts(list_parts(caption), caption, reading.within(Role.CAPTION))
        )
        if content:
            prose = reading.prose(content, caption, Role.CAPTION)
            table = replace(table, caption=replace(prose, context=None, note=""))
    return (*strays, *((table,) if table else ()))


def _rows(table: HtmlElement) -> Iterator[_Row]:
    """Yield the rows of a table: the head first, the foot last."""
    found: list[_Row] = []
    for holder in (table, *find_children(table, "thead", "tbody", "tfoot")):
        kind = "tbody" if holder is table else name_of(holder)
        loose: list[HtmlElement] = []
        for child in holder:
            if name_of(child) in ("td", "th"):
                loose.append(child)
                continue
            if loose:
                found.append(_Row(tuple(loose), kind))
                loose = []
            if name_of(child) == "tr":
                found.append(_Row(tuple(find_children(child, "td", "th")), kind))
        found += [_Row(tuple(loose), kind)] if loose else []
    for group in ("thead", "tbody", "tfoot"):
        yield from (row for row in found if row.group == group and row.cells)


def _strays(table: HtmlElement) -> Iterator[str | HtmlElement]:
    """Yield what stands in a table but in no cell."""
    groups = find_children(table, "thead", "tbody", "tfoot")
    lines = [row for holder in (table, *groups) for row in find_children(holder, "tr")]
    for holder in (table, *groups, *lines):
        for part in list_parts(holder):
            if isinstance(part, str):
                if part.strip():
                    yield part
            elif name_of(part) not in PARTS:
                yield part


def _cells_in_order(table: HtmlElement) -> Iterator[HtmlElement]:
    yield from find_children(table, "caption")
    for row in _rows(table):
        yield from row.cells


def _only_lays_out(element: HtmlElement, rows: Sequence[_Row], caption: HtmlElement | None) -> bool:
    """Return whether a table is there for the look of the page alone."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) <= 1 or element.get("role") in ("presentation", "none"):
        return True
    if caption is not None or any(name_of(cell) == "th" for cell in cells):
        return False
    inner = {name_of(one) for cell in cells for one in cell.iter()}
    return bool(inner & {"table", *HEADINGS, "blockquote", "hr", "article", "section"})


def _make_grid(rows: Sequence[_Row]) -> _Grid:
    grid = _Grid(rows=len(rows), header=_count_header(rows))
    for number, row in enumerate(rows):
        last = grid.header if number < grid.header else len(rows)
        column = 0
        for cell in row.cells:
            while (number, column) in grid.covered:
                column += 1
            down = _size(cell, "rowspan", last - number)
            right = _size(cell, "colspan", MOST_SPAN)
            while any((number, column + more) in grid.covered for more in range(1, right)):
                right -= 1
            if len(grid.covered) + down * right > MOST_CELLS:
                down = right = 1
            places = ((number + a, column + b) for a in range(down) for b in range(right))
            grid.covered.update(places)
            grid.cells[number, column] = cell
            grid.sizes[number, column] = (down, right)
            column += right
    return grid


def _count_header(rows: Sequence[_Row]) -> int:
    """Return how many rows are the header: those in `thead`, or the first ones of `th` alone."""
    heads = sum(row.group == "thead" for row in rows)
    if heads:
        return heads if heads < len(rows) else 1
    for number, row in enumerate(rows):
        if any(name_of(cell) == "td" for cell in row.cells):
            return number
    return min(1, len(rows))


def _size(cell: HtmlElement, name: str, most: int) -> int:
    """Return how far a cell reaches; a `rowspan` of 0 goes to the end (HTML, 4.9.11)."""
    written = (cell.get(name) or "1").strip()
    if not (written.isascii() and written.isdecimal()):
        return 1
    return max(1, min(int(written[:5]) or (most if name == "rowspan" else 1), most))


def _cell(
    cell: HtmlElement, place: Place, grid: _Grid, reading: PageReading, read_parts: ReadParts
) -> Prose:
    note_anchor(cell, reading)
    role = Role.HEADER_CELL if place[0] < grid.header else Role.CELL
    if any(name_of(one) == "table" for one in cell.iter()) and has_words(cell):
        reading.lose_text("", "table", reading.place(cell), "within a cell: its rows are lines")
    content = flatten_blocks(read_parts(list_parts(cell), cell, reading.within(role)))
    return reading.prose(content, cell, role)


# --------------------------------------------------------------------------- the table


def _build(
    element: HtmlElement, grid: _Grid, texts: dict[Place, Prose], reading: PageReading
) -> Table | None:
    """Return the table of these cells; None if none has a text."""
    if not any(text.content for text in texts.values()):
        return None
    width = grid.width
    empty = reading.prose((), element, Role.CELL)
    empty = replace(empty, context=None, note="")
    rows = [
        tuple(texts.get((row, column), empty) for column in range(width))
        for row in range(grid.rows)
    ]
    merged = [
        Merged(row, column, *size) for (row, column), size in grid.sizes.items() if size != (1, 1)
    ]
    keep = [n for n, row in enumerate(rows) if any(c.content for c in row) or _touches(merged, n)]
    if not merged and keep:
        header = sum(number < grid.header for number in keep)
        rows = [rows[number] for number in keep]
    else:
        header = grid.header
    if not header and not merged:
        header = find_header(rows)
        if header:
            rows[0] = tuple(_unbold(cell) for cell in rows[0])
    if header == len(rows) and len(rows) > 1:
        header = 1
    shift = 0 if header else 1
    return Table(
        header=rows[0] if header else (),
        rows=tuple(rows[1:] if header else rows),
        alignments=tuple(_alignment(grid, column) for column in range(width)),
        span=reading.span(element),
        merged=tuple(replace(one, row=one.row + shift) for one in merged),
        row_headers=_has_row_headers(grid),
        more_header=max(0, header - 1),
        id=read_given_id(element),
    )


def _touches(merged: Sequence[Merged], row: int) -> bool:
    return any(one.row <= row < one.row + one.rows for one in merged)


def _unbold(cell: Prose) -> Prose:
    bold = cell.content[0] if len(cell.content) == 1 else None
    content = bold.children if isinstance(bold, Strong) else cell.content
    return replace(cell, content=content, role=Role.HEADER_CELL)


def _has_row_headers(grid: _Grid) -> bool:
    """Return whether at least half of the rows begin with a header cell."""
    firsts = [
        name_of(cell)
        for (row, column), cell in grid.cells.items()
        if not column and row >= grid.header
    ]
    return "th" in firsts and firsts.count("th") * 2 >= len(firsts)


def _alignment(grid: _Grid, column: int) -> Alignment:
    """Return the alignment that most cells of a column say they have."""
    found = [
        _said(cell)
        for (row, at), cell in grid.cells.items()
        if at == column and grid.sizes[row, at][1] == 1
    ]
    return max(found, key=found.count, default="")


def _said(cell: HtmlElement) -> Alignment:
    style = (cell.get("style") or "").replace(" ", "").lower()
    names: tuple[Alignment, ...] = ("left", "center", "right")
    for name in names:
        if (cell.get("align") or "").lower() == name or f"text-align:{name}" in style:
            return name
    return ""
