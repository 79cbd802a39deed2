"""Tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from publish.model import Alignment, Merged, Prose, Role, Span, Table
from publish.reading.blocks.blockreader import BlockReader, read_prose
from publish.reading.blocks.celltext import read_cell
from publish.reading.blocks.figures import mark_figures
from publish.reading.marks.attributes import Attributes, clean_id

__all__ = ["read_table"]


@dataclass(slots=True)
class _Parts:
    """The parts of a table while it is read; `header` are the rows of its header.

    `cells` has each cell by row and column; the rows count from the top.
    """

    cells: dict[tuple[int, int], Prose] = field(default_factory=dict)
    verbatim: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    alignments: tuple[Alignment, ...] = ()
    caption: Prose | None = None
    id: str = ""
    rows: int = 0
    header: int = 0
    row_headers: bool = False


def read_table(tokens: list[Token], at: int, reader: BlockReader) -> tuple[Table, int]:
    """Return the table that begins at a token, and the index after it."""
    parts = _Parts()
    opening = tokens[at]
    aligned: list[Alignment] = []
    end = at + 1
    column = 0
    while tokens[end].type != "table_close":
        token = tokens[end]
        end += 1
        match token.type:
            case "tr_open":
                _check_row(token, reader)
                parts.rows += 1
                column = 0
            case "th_open" | "td_open":
                close = _find_close(tokens, end, token.type.replace("_open", "_close"))
                column = _cell(parts, tokens[end:close], token, column, reader)
                end = close
                if token.type == "th_open":
                    parts.header = parts.rows
                    aligned.append(_alignment(token))
            case "caption_open":
                parts.caption = _caption(token, tokens[end], reader)
                parts.id = token.meta.get("id", "")
                end += 2
            case _:
                pass
    drawn = opening.meta or {}
    parts.alignments = drawn.get("alignments") or tuple(aligned)
    parts.row_headers = drawn.get("row_headers", False)
    parts.id = clean_id(parts.id or drawn.get("id", ""))
    return _build(parts, reader.span(opening), reader), end + 1


def _find_close(tokens: list[Token], at: int, closer: str) -> int:
    """Return the index of the token that closes a cell; a table in it has cells of its own."""
    depth = 0
    while depth or tokens[at].type != closer:
        depth += (tokens[at].type == "table_open") - (tokens[at].type == "table_close")
        at += 1
    return at


def _cell(parts: _Parts, inner: list[Token], token: Token, column: int, reader: BlockReader) -> int:
    """Add a cell to the last row; return the column after it."""
    role = Role.HEADER_CELL if token.type == "th_open" else Role.CELL
    prose, attributes = read_cell(inner, token, reader, role)
    drawn = token.meta or {}
    column = drawn.get("column", column)
    place = (parts.rows - 1, column)
    _add_cell(parts, place, prose, attributes, (drawn.get("rows", 1), drawn.get("columns", 1)))
    return column + 1


def _add_cell(
    parts: _Parts,
    place: tuple[int, int],
    prose: Prose,
    attributes: Attributes,
    size: tuple[int, int],
) -> None:
    """Add a cell of `size` rows and columns, and the empty cells that it covers."""
    row, column = place
    for down in range(size[0]):
        for right in range(size[1]):
            parts.cells[row + down, column + right] = replace(prose, content=())
    parts.cells[place] = prose
    if size != (1, 1):
        parts.merged.append(Merged(row, column, *size))
    if attributes.verbatim:
        parts.verbatim.add(place)


def _build(parts: _Parts, span: Span, reader: BlockReader) -> Table:
    """Return a table of its parts; a header without any text is none."""
    width = len(parts.alignments)
    empty = Prose(content=(), role=Role.CELL, span=span, section=reader.section)
    rows = [
        tuple(parts.cells.get((row, column), empty) for column in range(width))
        for row in range(parts.rows)
    ]
    header = parts.header
    shift = 0 if header else 1
    if header == 1 and not any(cell.content for cell in rows[0]) and not parts.merged:
        header, shift = 0, 0
        rows = rows[1:]
    table = Table(
        header=rows[0] if header else (),
        rows=tuple(rows[1:] if header else rows),
        alignments=parts.alignments,
        span=span,
        caption=parts.caption,
        merged=tuple(replace(one, row=one.row + shift) for one in parts.merged),
        row_headers=parts.row_headers,
        more_header=max(0, header - 1),
        id=parts.id,
    )
    verbatim = {(row + shift, column) for row, column in parts.verbatim}
    return mark_figures(table, verbatim, reader)


def _caption(token: Token, inline: Token, reader: BlockReader) -> Prose | None:
    """Return the caption of a table; None for one that only gives the table its id."""
    prose, _ = read_prose(inline, reader, Role.CAPTION)
    if ignored := token.meta["ignored"]:
        reader.faults.remark(
            f"the attributes of a table have no effect: {ignored}",
            prose.span,
            "delete them; a table takes an id only: Table: The caption. {#tbl-cases}",
            code="attribute-unused",
        )
    return prose if prose.content else None


def _check_row(token: Token, reader: BlockReader) -> None:
    if surplus := token.meta["surplus"]:
        reader.faults.error(
            f"this row has more cells than the header, so this text would be lost: {surplus[:60]}",
            reader.span(token),
            "add a column to the header, or write \\| to show the bar itself",
            code="table-row",
        )


def _alignment(token: Token) -> Alignment:
    style = str(token.attrGet("style") or "").removeprefix("text-align:")
    return style if style in ("left", "center", "right") else ""  # type: ignore[return-value]
