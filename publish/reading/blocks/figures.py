"""Cells of tables that hold only a number: which each edition writes by its language's rules.

A number is told from a year, code or numbering by the column it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from publish.languages.figures import Figure, read_figure, write_figure
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import (
    Emphasis,
    Figuring,
    FootnoteMark,
    Inline,
    Inlines,
    Prose,
    Strong,
    Table,
    Text,
    map_inlines,
    walk_inlines,
)
from publish.reading.blocks.blockreader import BlockReader

__all__ = ["mark_figures", "rewrite_figure"]

CODE = re.compile(r"0\d+|\d+(?:[-/.]\d+)+|\+?\d[\d ()-]{6,}")
"""Codes, articles, dates and telephone numbers; tried on what is no number."""

NUMBERING = re.compile(r"[1-9]\d*(?:\.[1-9]\d*)*\.?")
YEARS = range(1900, 2101)
Place = tuple[int, int]


def mark_figures(table: Table, verbatim: set[Place], reader: BlockReader) -> Table:
    """Return a table whose cells of only a number are marked so, and note an advice on them.

    `verbatim` are the places of cells that stay as they are typed; row 0 is the header.
    """
    language = find(reader.language)
    cells = {
        (row, column): text
        for row, cells in enumerate((table.header, *table.rows))
        for column, cell in enumerate(cells)
        if (text := _number_text(cell.content))
    }
    marks: dict[Place, Figuring] = dict.fromkeys(verbatim, "kept")
    shown: list[str] = []
    for column in range(len(table.alignments)):
        own = {place: text for place, text in cells.items() if place[1] == column}
        for place, mark, figure in _judge_column(own, language, first=column == 0):
            if place not in verbatim:
                marks[place] = mark
                shown += [cells[place]] if figure and figure.differs else []
    if not marks:
        return table
    if shown:
        _remark(shown, table, reader)
    return replace(
        table,
        header=_marked(table.header, 0, marks),
        rows=tuple(_marked(row, number, marks) for number, row in enumerate(table.rows, 1)),
    )


def _marked(
    row: Sequence[Prose], number: int, marks: Mapping[Place, Figuring]
) -> tuple[Prose, ...]:
    return tuple(
        replace(cell, figure=marks.get((number, column), "")) for column, cell in enumerate(row)
    )


def _remark(shown: list[str], table: Table, reader: BlockReader) -> None:
    few = ", ".join(shown[:3]) + (", …" if len(shown) > 3 else "")
    cells = "1 cell holds" if len(shown) == 1 else f"{len(shown)} cells hold"
    reader.faults.remark(
        f"{cells} only a number, which each edition writes by the rules of its language: {few}",
        table.span,
        "write {verbatim} before a number that must stay as it is typed",
        code="table-numbers",
    )


def _number_text(content: Inlines) -> str:
    """Return the text of a cell that has digits and one text, apart from note marks."""
    leaves = [node for node in walk_inlines(content) if not isinstance(node, Emphasis | Strong)]
    texts = [node for node in leaves if isinstance(node, Text)]
    if len(texts) != 1 or not all(isinstance(node, Text | FootnoteMark) for node in leaves):
        return ""
    text = texts[0].text
    return text if any(letter.isdecimal() for letter in text) else ""


def _judge_column(
    cells: Mapping[Place, str], language: Language, *, first: bool
) -> Iterator[tuple[Place, Figuring, Figure | None]]:
    """Yield the cells of a column that are numbers or codes, and how they are written."""
    read = {place: read_figure(text, language) for place, text in cells.items()}
    body = {place: figure for place, figure in read.items() if place[0]}
    coded = any(
        CODE.fullmatch(cells[place].strip()) and (figure is None or _is_coded(figure))
        for place, figure in body.items()
    )
    coded = coded or (first and _is_numbering([cells[place].strip() for place in body]))
    grouped = any(figure.grouped for figure in body.values() if figure) and not _are_years(body)
    for place, figure in read.items():
        if figure is None or ((coded or not place[0]) and not figure.telling):
            if place[0] and CODE.fullmatch(cells[place].strip()) and not _is_period(cells[place]):
                yield place, "kept", None
            continue
        apart = figure.grouped or (grouped and len(figure.whole) == 4)
        yield place, "grouped" if apart else "plain", figure


def _is_period(text: str) -> bool:
    """Return whether a text is a range of years, whose hyphen is set as a dash."""
    years = text.strip().split("-")
    return all(len(year) == 4 and year.isdigit() and int(year) in YEARS for year in years)


def _is_coded(figure: Figure) -> bool:
    return not figure.telling and len(figure.whole) > 1 and figure.whole.startswith("0")


def _are_years(figures: Mapping[Place, Figure | None]) -> bool:
    """Return whether all numbers of four digits that are not set apart are years."""
    lone = [f for f in figures.values() if f and len(f.whole) == 4 and not f.differs]
    return all(int(figure.whole) in YEARS for figure in lone)


def _is_numbering(texts: Sequence[str]) -> bool:
    """Return whether the texts count like headings: 1.1, 1.2, 2.1 …"""
    if len(texts) < 2 or not all(NUMBERING.fullmatch(text) for text in texts):
        return False
    numbers = [tuple(map(int, text.rstrip(".").split("."))) for text in texts]
    return any("." in text for text in texts) and all(
        later in _successors(one) for one, later in pairwise(numbers)
    )


def _successors(number: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    yield (*number, 1)
    for length in range(len(number), 0, -1):
        up = (*number[: length - 1], number[length - 1] + 1)
        yield up
        yield (*up, 1)


def rewrite_figure(prose: Prose, source: Language, language: Language) -> Inlines:
    """Return the text of a cell marked as a number, written by the rules of another language."""
    figure = read_figure(_number_text(prose.content), source)
    if figure is None:
        return prose.content
    shown = write_figure(figure, language, grouped=prose.figure == "grouped")

    def change(node: Inline) -> Inline:
        return Text(shown) if isinstance(node, Text) else node

    return map_inlines(change, prose.content)
