"""Pandoc's simple and multiline tables, whose columns are drawn with dashes.

The rules are those of https://pandoc.org/MANUAL.html#tables: the dashes give the columns, and how
the text of the header (or of the first row) stands above them gives the alignments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock

from publish.model import Alignment
from publish.reading.blocks.drawntables import (
    DrawnCell,
    DrawnTable,
    cut_columns,
    dedent_cell,
    draw_line,
    is_caption_line,
    push_fault,
    push_table,
)
from publish.reading.blocks.parsenotes import note_unclosed

__all__ = ["dashed_table"]

DASHES = re.compile(r" {0,3}-{2,}(?: +-+)+")
ONE_LINE = re.compile(r" {0,3}-{3,}")
MOST_CELLS = 0x10000


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines that a table can have, read once."""

    state: StateBlock
    end: int
    read: dict[int, str] = field(default_factory=dict)

    def __getitem__(self, line: int) -> str:
        if line not in self.read:
            inside = line < self.end and (
                self.state.sCount[line] >= self.state.blkIndent or self.state.isEmpty(line)
            )
            self.read[line] = draw_line(self.state, line) if inside else FENCE
        return self.read[line]

    def is_open(self, line: int) -> bool:
        """Return whether a line is there and has text."""
        return self[line] not in ("", FENCE)


FENCE = "\1"
"""Stands for a line after the end of the list or quotation that the table is in."""


def dashed_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a simple or multiline table that begins in a line; a rule of markdown-it."""
    if silent or not (_is_ruled(state, first, end) or _is_ruled(state, first + 1, end)):
        return False
    lines = _Lines(state, end)
    if ONE_LINE.fullmatch(lines[first]):
        drawn = _multiline_with_header(lines, first)
    elif DASHES.fullmatch(lines[first]):
        drawn = _simple(lines, first, first, closed=True) or _multiline(lines, first, first)
    elif first + 1 < end and DASHES.fullmatch(lines[first + 1]):
        drawn = _simple(lines, first, first + 1, closed=False)
    else:
        return False
    if drawn is None or len(drawn.rows) * len(drawn.alignments) > MOST_CELLS:
        return False
    cut = _find_cut_row(lines, drawn, _columns(_dash_line(lines, first)))
    if cut is not None and not drawn.header and any(map(state.isEmpty, range(first, drawn.end))):
        return False  # Paragraphs between two lines of dashes.
    if cut is not None:
        push_fault(
            state,
            first,
            drawn.end,
            f"a word of this table stands across two columns: {lines[cut].strip()[:60]}",
            "move the text of each cell below the dashes of its column, or make the dashes longer",
        )
        return True
    push_table(state, first, drawn)
    return True


def _is_ruled(state: StateBlock, line: int, end: int) -> bool:
    """Return whether a line begins with two dashes; most do not, which is seen fast."""
    return (
        line < end
        and state.sCount[line] >= state.blkIndent
        and state.src.startswith("--", state.bMarks[line] + state.tShift[line])
    )


def _dash_line(lines: _Lines, first: int) -> str:
    """Return the line whose dashes give the columns."""
    at = first
    while not DASHES.fullmatch(lines[at]):
        at += 1
    return lines[at]


def _columns(dashes: str) -> list[tuple[int, int]]:
    return [(one.start(), one.end()) for one in re.finditer("-+", dashes)]


def _crosses(line: str, columns: Sequence[tuple[int, int]]) -> bool:
    """Return whether a text stands where a column begins and before it."""
    return any(line[start - 1 : start].strip() and line[start : start + 1].strip()
               for start, _ in columns[1:])  # fmt: skip


def _find_cut_row(
    lines: _Lines, drawn: DrawnTable, columns: Sequence[tuple[int, int]]
) -> int | None:
    body = range(drawn.lines[0], drawn.end)
    return next((at for at in body if lines.is_open(at) and "--" not in lines[at]
                 and _crosses(lines[at], columns)), None)  # fmt: skip


def _cells(
    texts: Sequence[str], line: int, columns: Sequence[tuple[int, int]]
) -> tuple[DrawnCell, ...]:
    starts = [0, *(start for start, _ in columns[1:])]
    parts = [cut_columns(text, starts) for text in texts]
    return tuple(
        DrawnCell(dedent_cell([part[at] for part in parts]), line, at) for at in range(len(starts))
    )


def _alignments(texts: Sequence[str], columns: Sequence[tuple[int, int]]) -> tuple[Alignment, ...]:
    """Return how the shortest line above (or below) the dashes of each column stands to them."""
    found: list[Alignment] = []
    ends = [start for start, _ in columns[1:]] + [None]
    for (start, last), end in zip(columns, ends, strict=True):
        parts = [part for text in texts if (part := text[start:end].rstrip())]
        part = min(parts, key=len, default="x" * (last - start))
        before, after = part.startswith(" "), len(part) < last - start
        found.append("center" if before and after else "right" if before else
                     "left" if after else "")  # fmt: skip
    return tuple(found)


# --------------------------------------------------------------------------- simple tables


def _simple(lines: _Lines, first: int, dashes: int, *, closed: bool) -> DrawnTable | None:
    """Return a table with a line for each row; one without a header must end with dashes."""
    columns = _columns(lines[dashes])
    header = dashes - first
    if header and (not lines.is_open(first) or _crosses(lines[first], columns)):
        return None
    at = dashes + 1
    while lines.is_open(at) and not DASHES.fullmatch(lines[at]) and not (
        header and at > dashes + 1 and is_caption_line(lines[at])
    ):  # fmt: skip
        at += 1
    body = list(range(dashes + 1, at))
    ended = bool(DASHES.fullmatch(lines[at])) and not lines.is_open(at + 1)
    if not body or (closed and not ended):
        return None
    numbers = [*range(first, dashes), *body]
    rows = tuple(_cells([lines[number]], number, columns) for number in numbers)
    if not any(cell.text for row in rows for cell in row[1:]):
        return None
    return DrawnTable(
        rows=rows,
        lines=tuple(numbers),
        header=header,
        alignments=_alignments([lines[first if header else body[0]]], columns),
        end=at + (1 if ended else 0),
    )


# --------------------------------------------------------------------------- multiline tables


def _multiline_with_header(lines: _Lines, first: int) -> DrawnTable | None:
    """Return a table that begins with a whole line of dashes, then has its header."""
    dashes = first + 1
    while lines.is_open(dashes) and not DASHES.fullmatch(lines[dashes]):
        if ONE_LINE.fullmatch(lines[dashes]):
            return None
        dashes += 1
    if dashes == first + 1 or not DASHES.fullmatch(lines[dashes]):
        return None
    return _multiline(lines, first + 1, dashes)


def _multiline(lines: _Lines, first: int, dashes: int) -> DrawnTable | None:
    """Return a table whose rows are separated by blank lines and which ends with dashes."""
    columns = _columns(lines[dashes])
    last = ONE_LINE if first < dashes else DASHES
    rows: list[list[int]] = [[]]
    at = dashes + 1
    while not (last.fullmatch(lines[at]) and not lines.is_open(at + 1)):
        if lines[at] == FENCE or (not lines.is_open(at) and not lines.is_open(at + 1)):
            if at + 1 >= lines.end:
                note_unclosed(lines.state)
            return None
        if lines.is_open(at):
            rows[-1].append(at)
        else:
            rows.append([])
        at += 1
    body = [row for row in rows if row]
    other = slice(columns[1][0], None)
    if not any(lines[number][other].strip() for row in body for number in row):
        return None
    head = [list(range(first, dashes))] if first < dashes else []
    aligned = [lines[number] for number in (head or body)[0]]
    return DrawnTable(
        rows=tuple(
            _cells([lines[number] for number in row], row[0], columns) for row in (*head, *body)
        ),
        lines=tuple(row[0] for row in (*head, *body)),
        header=len(head),
        alignments=_alignments(aligned, columns),
        end=at + 1,
    )
