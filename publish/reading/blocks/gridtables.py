"""Grid tables, whose cells are drawn with lines and may cover several rows and columns.

The rules are pandoc's (https://pandoc.org/MANUAL.html#extension-grid_tables): a line of `=` ends
the header, and colons in that line, or in the first one without a header, give the alignments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from publish.model import Alignment
from publish.reading.blocks.drawntables import (
    DrawnCell,
    DrawnTable,
    dedent_cell,
    draw_line,
    push_fault,
    push_table,
)

__all__ = ["grid_table"]

BORDER = re.compile(r"\+(?::?[-=]+:?\+)+")
HINT = "end every line of the table at the same place, and draw every corner as +"
MOST_CELLS = 0x10000


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell as it is drawn: its lines and columns of characters."""

    top: int
    left: int
    bottom: int
    right: int


def grid_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a grid table that begins in a line; a rule of markdown-it."""
    if not state.src.startswith("+", state.bMarks[first] + state.tShift[first]):
        return False
    if not 0 <= state.sCount[first] - state.blkIndent < 4:
        return False
    if not BORDER.fullmatch(draw_line(state, first).strip()) or first + 2 >= end:
        return False
    lines = _collect(state, first, end)
    if len(lines) < 3:
        return False
    if silent:
        return True
    after = first + len(lines)
    while len(lines) > 1 and not BORDER.fullmatch(lines[-1]):
        lines.pop()
    if len(lines) < 3:
        push_fault(state, first, after, "this grid table has no closing line", HINT)
        return True
    drawn = _read_grid(lines, first)
    if drawn is None:
        push_fault(
            state, first, first + len(lines), "the lines of this grid table do not meet", HINT
        )
    else:
        push_table(state, first, drawn)
    return True


def _collect(state: StateBlock, first: int, end: int) -> list[str]:
    """Return the lines from `first` on that begin with a corner or a side."""
    lines: list[str] = []
    for line in range(first, end):
        if state.sCount[line] < state.blkIndent:
            break
        text = draw_line(state, line).strip()
        if not text.startswith(("+", "|")):
            break
        lines.append(text)
    return lines


def _read_grid(lines: Sequence[str], first: int) -> DrawnTable | None:
    """Return the table of these lines; None if they are no whole grid."""
    width = len(lines[0])
    if any(len(line) > width for line in lines):
        return None
    ruled = [line.translate(RULES) if BORDER.fullmatch(line) else line for line in lines]
    grid = [line.ljust(width) for line in ruled]
    boxes = list(_find_boxes(grid))
    tops = sorted({box.top for box in boxes} | {len(lines) - 1})
    lefts = sorted({box.left for box in boxes} | {width - 1})
    if sum((b.bottom - b.top) * (b.right - b.left) for b in boxes) != (len(lines) - 1) * (
        width - 1
    ):
        return None
    if len(tops) * len(lefts) > MOST_CELLS:
        return None
    head = _find_header(lines)
    if any(box.top < head < box.bottom for box in boxes):
        return None
    rows: list[list[DrawnCell]] = [[] for _ in tops[1:]]
    for box in sorted(boxes, key=lambda one: (one.top, one.left)):
        row, column = tops.index(box.top), lefts.index(box.left)
        rows[row].append(
            DrawnCell(
                text=_box_text(grid, box),
                line=first + box.top + 1,
                column=column,
                rows=tops.index(box.bottom) - row,
                columns=lefts.index(box.right) - column,
            )
        )  # fmt: skip
    return DrawnTable(
        rows=tuple(map(tuple, rows)),
        lines=tuple(first + top + 1 for top in tops[:-1]),
        header=tops.index(head),
        alignments=_read_alignments(lines[head], lefts),
        end=first + len(lines),
    )


def _box_text(grid: Sequence[str], box: _Box) -> str:
    inside = grid[box.top + 1 : box.bottom]
    return dedent_cell([line[box.left + 1 : box.right] for line in inside])


RULES = str.maketrans("=:", "--")


def _find_header(lines: Sequence[str]) -> int:
    """Return the line that ends the header; 0 without one.

    A last line of `=` ends a foot, which begins with such a line, too.
    """
    last = len(lines) - 1
    double = [at for at, line in enumerate(lines) if "=" in line and BORDER.fullmatch(line)]
    inner = [at for at in double if 0 < at < last]
    if last in double and len(inner) == 1:
        return 0
    return inner[0] if inner else 0


def _read_alignments(line: str, lefts: Sequence[int]) -> tuple[Alignment, ...]:
    found: list[Alignment] = []
    for left, right in pairwise(lefts):
        before, after = line[left + 1] == ":", line[right - 1] == ":"
        found.append(
            "center" if before and after else "left" if before else "right" if after else ""
        )
    return tuple(found)


# --------------------------------------------------------------------------- the cells


def _find_boxes(grid: Sequence[str]) -> Iterator[_Box]:
    """Yield the cells, each found from its upper left corner."""
    seen = {(0, 0)}
    corners = [(0, 0)]
    last, edge = len(grid) - 1, len(grid[0]) - 1
    while corners:
        top, left = corners.pop()
        box = _trace(grid, top, left)
        if box is None:
            continue
        yield box
        for corner in ((box.top, box.right), (box.bottom, box.left)):
            if corner not in seen and corner[0] < last and corner[1] < edge:
                seen.add(corner)
                corners.append(corner)


def _trace(grid: Sequence[str], top: int, left: int) -> _Box | None:
    """Return the smallest cell with an upper left corner, or None."""
    for right in range(left + 1, len(grid[0])):
        sign = grid[top][right]
        if sign == "+":
            for bottom in range(top + 1, len(grid)):
                side = grid[bottom][right]
                if side == "+" and _is_closed(grid, _Box(top, left, bottom, right)):
                    return _Box(top, left, bottom, right)
                if side not in "+|":
                    break
        elif sign != "-":
            return None
    return None


def _is_closed(grid: Sequence[str], box: _Box) -> bool:
    """Return whether the lower and the left side of a cell are drawn."""
    below = grid[box.bottom][box.left : box.right + 1]
    return (
        below[0] == "+"
        and not below.strip("+-")
        and all(grid[line][box.left] in "+|" for line in range(box.top, box.bottom))
    )
