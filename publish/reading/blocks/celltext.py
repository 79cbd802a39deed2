"""The text of a table cell: a cell is one text, so several blocks in it become its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from publish.model import Break, Code, Inline, Inlines, Prose, Role, Strong, Text
from publish.reading.blocks.blockreader import BlockReader, read_prose
from publish.reading.blocks.boxes import note_fault
from publish.reading.marks.attributes import Attributes
from publish.reading.marks.inline import normalise

__all__ = ["read_cell"]

BULLET = "– "
"""What begins the line of a list item in a cell."""

SILENT = {"hr", "paragraph_open", "paragraph_close", "list_item_close", "blockquote_open"}
SILENT |= {"blockquote_close", "heading_close", "footnote_reference_close", "dt_close"}
SILENT |= {f"{kind}_{end}" for kind in ("div", "dl", "dd") for end in ("open", "close")}


def _join_lines(lines: Sequence[Inlines]) -> Inlines:
    """Return lines as one text, with hard breaks between them."""
    joined: list[Inline] = []
    for line in lines:
        if line and joined:
            joined.append(Break())
        joined += line
    return normalise(tuple(joined))


def read_cell(
    tokens: Sequence[Token], opening: Token, reader: BlockReader, role: Role
) -> tuple[Prose, Attributes]:
    """Return the text of the cell with these tokens, and its attributes."""
    if len(tokens) == 1 and tokens[0].type == "inline":
        return read_prose(tokens[0], reader, role)
    cell = _Cell(opening, reader, role)
    for token in tokens:
        cell.read(token)
    prose, attributes = cell.first or (_empty(opening, reader, role), Attributes())
    prose = replace(prose, content=_join_lines(cell.lines), role=role)
    if cell.listed:
        reader.faults.remark(
            "a list in a table cell is set as lines that begin with a dash or a number",
            prose.span,
            "move the list out of the table if it should be a list",
            code="table-list",
        )
    return prose, attributes


def _empty(opening: Token, reader: BlockReader, role: Role) -> Prose:
    return Prose(
        content=(),
        role=role,
        span=reader.span(opening),
        section=reader.section,
        whole=reader.whole,
    )


@dataclass(slots=True)
class _Cell:
    """The lines of a cell so far, and the numbers of the lists around; 0 is a bullet."""

    opening: Token
    reader: BlockReader
    role: Role
    lines: list[Inlines] = field(default_factory=list)
    first: tuple[Prose, Attributes] | None = None
    numbers: list[int] = field(default_factory=list)
    prefix: str = ""
    bold: bool = False
    listed: bool = False

    def read(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._inline(token)
            case "heading_open" | "dt_open":
                self.bold = True
            case "fault":
                note_fault(token, self.reader)
            case "fence" | "code_block":
                self.lines += [(Code(line),) for line in token.content.splitlines() if line.strip()]
            case "bullet_list_open":
                self.numbers.append(0)
                self.listed = True
            case "ordered_list_open":
                self.numbers.append(int(token.attrGet("start") or 1))
                self.listed = True
            case "bullet_list_close" | "ordered_list_close":
                self.numbers.pop()
            case "list_item_open":
                self._item()
            case kind:
                if kind not in SILENT:
                    self._refuse(token)

    def _item(self) -> None:
        number = self.numbers[-1]
        self.prefix = f"{number}. " if number else BULLET
        self.numbers[-1] += 1 if number else 0

    def _inline(self, token: Token) -> None:
        found = read_prose(token, self.reader, self.role)
        self.first = self.first or found
        content = found[0].content
        if self.bold:
            content, self.bold = (Strong(content),), False
        self.lines.append((Text(self.prefix), *content) if self.prefix else content)
        self.prefix = ""

    def _refuse(self, token: Token) -> None:
        """Note an error for what cannot stand in a cell, once for each thing that opens."""
        if token.nesting < 0 or token.type in ("tr_open", "th_open", "td_open", "caption_open"):
            return
        what = {"table_open": "a table", "html_block": "HTML", "box_open": "a box"}
        self.reader.faults.error(
            f"{what.get(token.type, 'this')} cannot stand in a table cell",
            self.reader.span(token if token.map else self.opening),
            "move it out of the table",
            code="table-cell",
        )
