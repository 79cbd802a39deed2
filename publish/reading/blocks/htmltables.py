"""Tables written in HTML, made into the tokens of a table in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it.token import Token

from publish.model import Alignment

__all__ = ["make_table_tokens"]

HtmlElement = Any
"""An element of lxml."""

MOST_SPAN = 1000
MOST_CELLS = 0x10000


@dataclass(frozen=True, slots=True)
class _Writer:
    """The tokens so far, and the places that cells from above or from the left cover."""

    line_of: Callable[[HtmlElement], int]
    read_inside: Callable[[HtmlElement], list[Token]]
    tokens: list[Token] = field(default_factory=list)
    covered: set[tuple[int, int]] = field(default_factory=set)

    @property
    def width(self) -> int:
        return max((column + 1 for _, column in self.covered), default=0)

    def add(self, kind: str, nesting: Literal[-1, 0, 1], element: HtmlElement) -> Token:
        line = self.line_of(element)
        token = Token(kind, "", nesting, map=[line, line + 1], block=True, meta={})
        self.tokens.append(token)
        return token


def make_table_tokens(
    element: HtmlElement,
    line_of: Callable[[HtmlElement], int],
    read_inside: Callable[[HtmlElement], list[Token]],
) -> list[Token]:
    """Return the tokens of a `table` element, as `read_table` reads them.

    `line_of` gives the line of an element, counted from 0; `read_inside` gives the block tokens of
    what is in a cell or caption.  A table of one cell without a caption serves only the look of a
    page: its tokens are those of the cell.
    """
    rows = list(_rows(element))
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row, _ in rows]
    caption = next((child for child in element if child.tag == "caption"), None)
    if sum(map(len, cells)) == 1 and caption is None:
        return read_inside(next(cell for row in cells for cell in row))
    if not any(cells):
        return []
    writer = _Writer(line_of, read_inside)
    opening = writer.add("table_open", 1, element)
    if caption is not None:
        _write_caption(writer, caption)
    header = _count_header(rows, cells)
    for number, ((row, _), own) in enumerate(zip(rows, cells, strict=True)):
        writer.add("tr_open", 1, row).meta = {"surplus": ""}
        last = header if number < header else len(rows)
        _write_row(writer, number, own, last, "th" if number < header else "td")
        writer.add("tr_close", -1, row)
    columns = range(writer.width)
    opening.meta = {
        "alignments": tuple(_column_alignment(cells, column) for column in columns),
        "row_headers": _has_row_headers(cells[header:]),
        "id": element.get("id") or "",
    }
    writer.add("table_close", -1, element)
    return writer.tokens


def _write_caption(writer: _Writer, caption: HtmlElement) -> None:
    writer.add("caption_open", 1, caption).meta = {"ignored": ""}
    inlines = [token for token in writer.read_inside(caption) if token.type == "inline"]
    line = writer.line_of(caption)
    empty = Token("inline", "", 0, map=[line, line + 1], children=[], block=True)
    writer.tokens.append(inlines[0] if inlines else empty)
    writer.add("caption_close", -1, caption)


# --------------------------------------------------------------------------- rows


def _rows(table: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the rows of a table with the group of each: the head first, the foot last."""
    found: list[tuple[HtmlElement, str]] = []
    for child in table:
        if child.tag == "tr":
            found.append((child, "tbody"))
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [(row, str(child.tag)) for row in child if row.tag == "tr"]
    for group in ("thead", "tbody", "tfoot"):
        yield from ((row, kind) for row, kind in found if kind == group)


def _count_header(
    rows: Sequence[tuple[HtmlElement, str]], cells: Sequence[Sequence[HtmlElement]]
) -> int:
    """Return how many rows are the header: those in `thead`, or the first ones of `th` alone."""
    heads = sum(kind == "thead" for _, kind in rows)
    if heads:
        return heads if heads < len(rows) else 1
    plain = (
        number
        for number, row in enumerate(cells)
        if not row or any(cell.tag != "th" for cell in row)
    )
    return next(plain, 1)


def _has_row_headers(cells: Sequence[Sequence[HtmlElement]]) -> bool:
    """Return whether at least half of the rows begin with a header cell."""
    firsts = [row[0].tag for row in cells if row]
    return "th" in firsts and firsts.count("th") * 2 >= len(firsts)


def _write_row(
    writer: _Writer, number: int, row: Sequence[HtmlElement], last: int, tag: str
) -> None:
    column = 0
    for cell in row:
        while (number, column) in writer.covered:
            column += 1
        down, right = _size(cell, "rowspan", last - number), _size(cell, "colspan", MOST_SPAN)
        while any((number, column + more) in writer.covered for more in range(1, right)):
            right -= 1
        if len(writer.covered) + down * right > MOST_CELLS:
            down = right = 1
        places = ((number + a, column + b) for a in range(down) for b in range(right))
        writer.covered.update(places)
        opening = writer.add(f"{tag}_open", 1, cell)
        opening.meta = {"column": column, "rows": down, "columns": right}
        writer.tokens.extend(writer.read_inside(cell))
        writer.add(f"{tag}_close", -1, cell)
        column += right


def _size(cell: HtmlElement, name: str, most: int) -> int:
    """Return how far a cell reaches; a `rowspan` of 0 goes to the end (HTML, 4.9.11)."""
    written = (cell.get(name) or "1").strip()
    if not (written.isascii() and written.isdecimal()):
        return 1
    return min(int(written[:5]) or (most if name == "rowspan" else 1), most)


def _column_alignment(cells: Sequence[Sequence[HtmlElement]], column: int) -> Alignment:
    """Return the alignment that most cells of a column say they have."""
    found = [_alignment(row[column]) for row in cells if column < len(row)]
    return max(found, key=found.count, default="")


def _alignment(cell: HtmlElement) -> Alignment:
    style = (cell.get("style") or "").replace(" ", "").lower()
    names: tuple[Alignment, ...] = ("left", "center", "right")
    for name in names:
        if (cell.get("align") or "").lower() == name or f"text-align:{name}" in style:
            return name
    return ""
