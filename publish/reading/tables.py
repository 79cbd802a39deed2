"""Tables."""

from __future__ import annotations

from markdown_it.token import Token

from publish.model import Alignment, Block, Prose, Role, Span, Table
from publish.reading.blockreader import BlockReader, read_prose
from publish.reading.htmlinlines import HtmlElement

__all__ = ["read_html_table", "read_table"]


def read_table(tokens: list[Token], at: int, reader: BlockReader) -> tuple[Table, int]:
    """Return the table that begins at a token, and the index after it."""
    header: list[Prose] = []
    rows: list[list[Prose]] = []
    alignments: list[Alignment] = []
    end = at
    while tokens[end].type != "table_close":
        token = tokens[end]
        if token.type == "th_open":
            alignments.append(_alignment(token))
            header.append(read_prose(tokens[end + 1], reader, Role.HEADER_CELL)[0])
        elif token.type == "td_open":
            rows[-1].append(read_prose(tokens[end + 1], reader, Role.CELL)[0])
        elif token.type == "tr_open":
            _check_row(token, reader)
            rows.append([])
        end += 1
    table = Table(
        header=tuple(header),
        rows=tuple(map(tuple, rows[1:])),
        alignments=tuple(alignments),
        span=reader.span(tokens[at]),
    )
    return table, end + 1


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


def read_html_table(element: HtmlElement, span: Span, reader: BlockReader) -> tuple[Block, ...]:
    """Return the table of an HTML element."""
    del element
    reader.faults.error(
        "raw HTML is not allowed: <table>",
        span,
        "write the table in Markdown: | A | B | and below it |---|---|",
        code="raw-html",
    )
    return ()
