"""Reads a table as a list, row by row, since few tables fit the forty cells of a line.

A row is one paragraph: its first cell, then each other one after the head of its column.  The head
of the table stands above, once; where it is repeated it is not text of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.editions.braille.runs import HTML, Run, read_added, read_inline
from publish.editions.page.xhtml import Element

__all__ = ["read_rows"]

Runs = tuple[Run, ...]
EMPTY = "--"
"""What stands for a cell without text."""


@dataclass(frozen=True, slots=True)
class _Cell:
    runs: Runs
    own: bool
    """Whether it begins here; a cell over several rows is repeated in those below."""


def read_rows(table: Element, language: str) -> Iterator[tuple[Runs, bool]]:
    """Yield the rows of a table as texts, each with whether it is of the head."""
    rows = list(table.iter(f"{HTML}tr"))
    heads = [row for row in rows if _is_head(row)]
    grid = _place(rows, language)
    columns = max((column for _, column in grid), default=-1) + 1
    named = [_name_column(grid, len(heads), column) for column in range(columns)]
    for number, row in enumerate(rows):
        cells = [grid[number, column] for column in range(columns) if (number, column) in grid]
        if row in heads:
            yield _join([cell.runs for cell in cells if cell.own], "; ", language), True
        else:
            texts = [
                _say(cell, named[column] if column or not any(named[:1]) else (), language)
                for column, cell in enumerate(cells)
            ]
            yield _join(texts, "; ", language), False


def _is_head(row: Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == f"{HTML}thead"


def _place(rows: Sequence[Element], language: str) -> dict[tuple[int, int], _Cell]:
    """Return the cells of a table by row and column; one that covers several is in all of them."""
    grid: dict[tuple[int, int], _Cell] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iter(f"{HTML}td", f"{HTML}th"):
            while (number, column) in grid:
                column += 1
            runs = tuple(read_inline(cell, language))
            wide, high = (int(cell.get(name) or 1) for name in ("colspan", "rowspan"))
            for down in range(min(high, len(rows) - number)):
                for right in range(wide):
                    first = not down and not right
                    shown = runs if first else read_added(runs)
                    grid[number + down, column + right] = _Cell(shown, first)
            column += wide
    return grid


def _name_column(grid: dict[tuple[int, int], _Cell], heads: int, column: int) -> Runs:
    """Return the words at the head of a column, those of several rows of heads after another."""
    texts = []
    for row in range(heads):
        cell = grid.get((row, column))
        if cell and _has_words(cell.runs) and read_added(cell.runs) not in texts:
            texts.append(read_added(cell.runs))
    return _join(texts, ", ", texts[0][0].language) if texts else ()


def _say(cell: _Cell, head: Runs, language: str) -> Runs:
    shown = cell.runs if _has_words(cell.runs) else (Run(EMPTY, language, added=True),)
    return (*head, Run(": ", language, added=True), *shown) if head else shown


def _has_words(runs: Runs) -> bool:
    return any(run.text.strip() for run in runs)


def _join(texts: Sequence[Runs], between: str, language: str) -> Runs:
    joined: list[Run] = []
    for text in filter(None, texts):
        if joined:
            joined.append(Run(between, language, added=True))
        joined.extend(text)
    return tuple(joined)
