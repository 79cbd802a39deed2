"""Tables that are drawn with characters: their columns, and the tokens made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from publish.model import Alignment, Level

__all__ = [
    "DrawnCell",
    "DrawnTable",
    "cut_columns",
    "dedent_cell",
    "draw_line",
    "is_caption_line",
    "push_fault",
    "push_table",
]

FILLER = "\0"
"""What follows a letter that is two columns wide, so that a place in a line is a column."""

CAPTION_LINE = re.compile(r"(?:[Tt]able)?:[ \t]+\S")
BLOCKS = re.compile(
    r"""
      ^\ {0,3}(?:[-*+]\ +[^\d\s] | \d{1,9}[.)]\ +\S | `{3} | ~{3} | \+-{2})
    | ^\ {0,3}<(?:ul|ol|table|div|p)\b
    | ^\ {0,3}[-*+]\ +\S.*\n+\ {0,3}[-*+]\ +\S
    | \n[ \t]*\n
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What a cell of more than a paragraph has: a list, code, a quotation, a heading, a blank line."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: its Markdown, the line it begins in, and how many rows and columns it covers."""

    text: str
    line: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """The rows of a table from the top, how many of them are the header, and its last line + 1.

    A row has the cells that begin in it, from the left.
    """

    rows: tuple[tuple[DrawnCell, ...], ...]
    lines: tuple[int, ...]
    header: int
    alignments: tuple[Alignment, ...]
    end: int


def draw_line(state: StateBlock, line: int) -> str:
    """Return a line without the indentation of the list or quotation around, in columns."""
    indent = max(0, state.sCount[line] - state.blkIndent)
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    text = (" " * indent + text).expandtabs(4).rstrip().replace(FILLER, "\ufffd")
    return text if text.isascii() else "".join(map(_widen, text))


def _widen(letter: str) -> str:
    return letter + FILLER if unicodedata.east_asian_width(letter) in ("W", "F") else letter


def cut_columns(line: str, starts: Sequence[int]) -> list[str]:
    """Return the texts of a line from each column on to the next, as they stand."""
    return [line[a:b] for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def dedent_cell(lines: Sequence[str]) -> str:
    """Return the lines of a cell as Markdown: without blank lines around and common indent."""
    texts = [line.replace(FILLER, "").rstrip() for line in lines]
    while texts and not texts[-1]:
        texts.pop()
    margin = min((len(text) - len(text.lstrip(" ")) for text in texts if text), default=0)
    return "\n".join(text[margin:] for text in texts)


def is_caption_line(text: str) -> bool:
    """Return whether a line begins a caption: `Table: …` or `: …`."""
    return CAPTION_LINE.match(text.lstrip()) is not None


def push_fault(state: StateBlock, first: int, end: int, message: str, hint: str) -> None:
    """Add a token that becomes an error of the source, for the lines from `first` to `end`."""
    _push_fault(state, (first, end), message, hint, code="table-drawn")


def _push_fault(
    state: StateBlock, lines: tuple[int, int], message: str, hint: str, *, code: str
) -> None:
    token = state.push("fault", "", 0)
    token.map = list(lines)
    token.meta = {"message": message, "hint": hint, "code": code, "level": Level.ERROR}
    state.line = lines[1]


def push_table(state: StateBlock, first: int, drawn: DrawnTable) -> None:
    """Add the tokens of a table, as markdown-it has them, and go on after it."""
    opening = state.push("table_open", "table", 1)
    opening.map = [first, drawn.end]
    opening.meta = {"alignments": drawn.alignments, "header": drawn.header}
    for at, (row, line) in enumerate(zip(drawn.rows, drawn.lines, strict=True)):
        token = state.push("tr_open", "tr", 1)
        token.map = [line, line + 1]
        token.meta = {"surplus": ""}
        tag = "th" if at < drawn.header else "td"
        for cell in row:
            _push_cell(state, tag, cell)
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)
    state.line = drawn.end


def _push_cell(state: StateBlock, tag: str, cell: DrawnCell) -> None:
    token = state.push(f"{tag}_open", tag, 1)
    token.map = [cell.line, cell.line + 1]
    token.meta = {"column": cell.column, "rows": cell.rows, "columns": cell.columns}
    text = cell.text.lstrip("\n")
    line = cell.line + len(cell.text) - len(text)
    if BLOCKS.search(text):
        inner: list[Token] = []
        # Lines of a cell count from its own first.
        around = state.env.pop("colons", None)
        state.md.block.parse(text, state.md, state.env, inner)
        state.env.pop("colons", None)
        if around is not None:
            state.env["colons"] = around
        for one in inner:
            one.level += state.level
            one.map = [line + number for number in one.map] if one.map else one.map
        state.tokens += inner
    else:
        inline = state.push("inline", "", 0)
        inline.map = [line, line + 1 + text.count("\n")]
        inline.content = text.strip()
        inline.children = []
    state.push(f"{tag}_close", tag, -1)
