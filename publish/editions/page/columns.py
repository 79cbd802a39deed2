"""Aligns columns of numbers at the decimal mark: `align_figures`.

The digits of the typefaces have one width, so a number on the right edge needs room for the digits
that it has fewer than the longest fraction.  Style sheets give the room to its class; the text
stays as it is.
"""

from __future__ import annotations

from publish.editions.page.typesetting import typeset
from publish.languages.figures import Figure, read_figure
from publish.languages.language import Language
from publish.model import Prose, Table, plain

__all__ = ["align_figures"]

MOST = 6
"""The longest fraction that other numbers are aligned with."""

BLANKS = frozenset({"", "-", "\u2013", "\u2014", "\u2026", "\u2212"})
"""What stands for a number that is missing."""


def align_figures(table: Table, language: Language) -> dict[tuple[int, int], str]:
    """Return the classes of the cells in columns of numbers, by row and column.

    Such a column has only numbers of one unit, at least two, and is aligned to the right or has
    fractions.  Columns from right to left, in which numbers still run from left to right, and
    tables with merged cells are left as they are.
    """
    if language.direction == "rtl" or table.merged:
        return {}
    found: dict[tuple[int, int], str] = {}
    first = table.more_header + 1 if table.header else 1
    rows = list(enumerate(table.rows[table.more_header :], first))
    for column, alignment in enumerate(table.alignments):
        cells = {number: row[column] for number, row in rows if column < len(row)}
        classes = _align(cells, language) if alignment in ("", "right") else {}
        if alignment or any(" " in name for name in classes.values()):
            found |= {(number, column): name for number, name in classes.items()}
            if classes:
                found |= {(number, column): "right" for number in range(first)}
    return found


def _align(cells: dict[int, Prose], language: Language) -> dict[int, str]:
    """Return the class of each cell of a column; empty if not all are numbers of one unit."""
    texts = {number: plain(typeset(cell.content, language)) for number, cell in cells.items()}
    figures: dict[int, Figure] = {}
    for number, text in texts.items():
        if text.strip() not in BLANKS:
            figure = read_figure(text, language)
            if figure is None:
                return {}
            figures[number] = figure
    units = {(figure.share, figure.money, figure.after) for figure in figures.values()}
    most = max((len(figure.fraction) for figure in figures.values()), default=0)
    if len(figures) < 2 or len(units) > 1 or most > MOST:
        return {}
    return {
        number: _name(figures[number], most) if number in figures else "right" for number in texts
    }


def _name(figure: Figure, most: int) -> str:
    if not most or len(figure.fraction) == most:
        return "right"
    kind = "short" if figure.fraction else "whole"
    return f"right {kind}-{most - len(figure.fraction)}"
