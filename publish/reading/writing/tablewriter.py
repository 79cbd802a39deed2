"""Tables as Markdown with bars, and those that bars cannot draw as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publish.containers.xmlwriting import write_element
from publish.model import Alignment, Merged, Prose, Table
from publish.reading.writing.htmlwriter import is_html, write_html_text
from publish.reading.writing.sourcemarks import write_text
from publish.reading.writing.trying import CAPTION, CELL, HTML_CELL, PARAGRAPH, says_same

__all__ = ["write_table"]

WIDEST = 100
"""A table whose lines are longer has its cells as long as their texts are."""


def write_table(table: Table) -> str:
    """Return a table as Markdown."""
    plain = not (table.merged or table.row_headers or table.more_header)
    if not plain:
        return "\n".join(_html(table))
    written = _bars(table)
    name = f" {{#{table.id}}}" if table.id else ""
    if table.caption:
        written += f"\n\nTable: {write_text(table.caption.content, CAPTION)}{name}"
    elif name:
        written = f"{name.strip()}\n\n{written}"
    return written


# --------------------------------------------------------------------------- bars


def _bars(table: Table) -> str:
    width = len(table.alignments)
    rows = [[_cell(cell) for cell in row] for row in (table.header or (None,) * width, *table.rows)]
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(width)]
    if sum(widths) + 3 * width + 1 > WIDEST:
        widths = [3] * width
    lines = [_line(row, widths, table.alignments) for row in rows]
    rule = "|".join(map(_rule, table.alignments, widths))
    return "\n".join((lines[0], f"|{rule}|", *lines[1:]))


def _rule(alignment: Alignment, width: int) -> str:
    dashes = "-" * (width + 2)
    if alignment in ("left", "center"):
        dashes = f":{dashes[1:]}"
    return f"{dashes[:-1]}:" if alignment in ("right", "center") else dashes


def _line(cells: Sequence[str], widths: Sequence[int], alignments: Sequence[Alignment]) -> str:
    padded = (
        cell.rjust(width) if alignment == "right" else cell.ljust(width)
        for cell, width, alignment in zip(cells, widths, alignments, strict=True)
    )
    return f"| {' | '.join(padded)} |"


def _cell(cell: Prose | None) -> str:
    if cell is None:
        return ""
    given = " ".join(_given(cell))
    text = write_text(cell.content, CELL) if cell.content else ""
    return re.sub(r"\|", r"\\|", f"{{{given}}} {text}".strip() if given else text)


def _given(cell: Prose) -> Iterator[str]:
    if cell.figure == "kept":
        yield "verbatim"
    if cell.context is not None:
        yield f'ctx="{cell.context}"'
    if cell.note:
        yield f'note="{cell.note}"'
    if cell.whole:
        yield "whole"


# --------------------------------------------------------------------------- HTML


def _html(table: Table) -> Iterator[str]:
    """Yield the lines of a table with the tags of HTML."""
    covered = {place for one in table.merged for place in _places(one)}
    spans = {(one.row, one.column): one for one in table.merged}
    yield f'<table id="{table.id}">' if table.id else "<table>"
    if table.caption:
        yield write_element("caption", _inside(table.caption))
    header = 1 + table.more_header if table.header else 0
    rows = list(enumerate((table.header, *table.rows))) if header else []
    rows = rows or list(enumerate(table.rows, 1))
    for group, part in (("thead", rows[:header]), ("tbody", rows[header:])):
        if part:
            yield f"<{group}>"
            for number, row in part:
                cells = [
                    _html_cell(table, cell, (number, column), spans.get((number, column)), group)
                    for column, cell in enumerate(row)
                    if (number, column) not in covered
                ]
                yield "\n".join(("<tr>", *cells, "</tr>"))
            yield f"</{group}>"
    yield "</table>"


def _places(one: Merged) -> Iterator[tuple[int, int]]:
    """Yield the places that a merged cell covers, but for its own."""
    for row in range(one.row, one.row + one.rows):
        for column in range(one.column, one.column + one.columns):
            if (row, column) != (one.row, one.column):
                yield row, column


def _html_cell(
    table: Table, cell: Prose, place: tuple[int, int], merged: Merged | None, group: str
) -> str:
    names_row = table.row_headers and place[1] == 0
    alignment = table.alignments[place[1]]
    return write_element(
        "th" if group == "thead" or names_row else "td",
        _inside(cell),
        rowspan=str(merged.rows) if merged and merged.rows > 1 else "",
        colspan=str(merged.columns) if merged and merged.columns > 1 else "",
        align=alignment,
    )


def _inside(cell: Prose) -> str:
    """Return the text of a cell as HTML, or as Markdown between blank lines where it must be."""
    given = " ".join(_given(cell))
    if not given and is_html(cell.content):
        written = write_html_text(cell.content)
        if not cell.content or says_same(written, cell.content, HTML_CELL):
            return written
    text = write_text(cell.content, PARAGRAPH)
    return f"\n\n{{{given}}} {text}\n\n" if given else f"\n\n{text}\n\n"
