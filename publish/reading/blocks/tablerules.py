"""The block rules for tables: GitHub's with bars, pandoc's with dashes, and grids."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.rules_core import StateCore

from publish.model import Alignment
from publish.reading.blocks.drawntables import DrawnCell, DrawnTable, is_caption_line, push_table
from publish.reading.blocks.gridtables import grid_table
from publish.reading.blocks.pandoctables import dashed_table

__all__ = ["add_table_rules"]

VERBATIM = "{verbatim}"
DELIMITERS = re.compile(r"[|+]?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*[|+]?")


def add_table_rules(parser: MarkdownIt) -> None:
    """Add the rules for tables to a parser that has markdown-it's own."""
    parser.block.ruler.at("table", _barred_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before(
        "table",
        "grid_table",
        grid_table,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    parser.block.ruler.before("table", "dashed_table", dashed_table)
    parser.core.ruler.after("block", "verbatim", _put_verbatim_first)


def _put_verbatim_first(state: StateCore) -> None:
    """Move `{verbatim}` from the end of a cell to where the attributes of other texts stand."""
    for before, token in pairwise(state.tokens):
        if before.tag in ("td", "th") and token.type == "inline":
            rest = token.content.removesuffix(VERBATIM)
            if rest != token.content and rest != rest.rstrip():
                token.content = f"{VERBATIM} {rest.rstrip()}"


def _barred_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a table, and keep the text of surplus cells, which GFM drops, in the row's meta.

    A line that begins a caption ends the table.  A header may have fewer cells than the line below
    it, and that line may have `+` between its columns, as pandoc allows.
    """
    if first + 1 >= end or not DELIMITERS.fullmatch(getLine(state, first + 1).strip()):
        return False
    end = next((line for line in range(first + 2, end) if _ends(state, line)), end)
    before = len(state.tokens)
    if not table(state, first, end, silent):
        return _short_header(state, first, end, silent)
    tokens = state.tokens[before:]
    columns = sum(token.type == "th_open" for token in tokens)
    for token in tokens:
        if token.type == "tr_open" and token.map:
            token.meta = {"surplus": _surplus(getLine(state, token.map[0]), columns)}
    return True


def _ends(state: StateBlock, line: int) -> bool:
    return state.isEmpty(line) or is_caption_line(getLine(state, line))


def _surplus(line: str, columns: int) -> str:
    return "".join(escapedSplit(line.strip().removeprefix("|"))[columns:]).strip()


def _short_header(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a table whose header has fewer cells than the line of dashes below it."""
    ruled, head = getLine(state, first + 1).strip(), getLine(state, first).strip()
    if not DELIMITERS.fullmatch(ruled) or "|" not in head or "|" not in ruled:
        return False
    if state.is_code_block(first) or state.sCount[first + 1] < state.blkIndent:
        return False
    marks = re.findall(r":?-+:?", ruled)
    if len(_split(head)) > len(marks) or len(marks) < 2:
        return False
    if silent:
        return True
    last = first + 2
    while last < end and state.sCount[last] >= state.blkIndent and "|" in getLine(state, last):
        last += 1
    lines = (first, *range(first + 2, last))
    parts = [_split(getLine(state, line)) for line in lines]
    rows = tuple(
        tuple(DrawnCell(cells[at] if at < len(cells) else "", line, at) for at in range(len(marks)))
        for cells, line in zip(parts, lines, strict=True)
    )
    drawn = DrawnTable(rows, lines, 1, tuple(map(_alignment, marks)), last)
    begin = len(state.tokens)
    push_table(state, first, drawn)
    rowed = (token for token in state.tokens[begin:] if token.type == "tr_open")
    for token, line in zip(rowed, lines, strict=True):
        token.meta["surplus"] = _surplus(getLine(state, line), len(marks))
    return True


def _split(line: str) -> list[str]:
    cells = [cell.strip() for cell in escapedSplit(line.strip())]
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def _alignment(mark: str) -> Alignment:
    match mark.startswith(":"), mark.endswith(":"):
        case True, True:
            return "center"
        case True, False:
            return "left"
        case False, True:
            return "right"
        case _:
            return ""
