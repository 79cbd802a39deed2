"""Writes tables as XHTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publish.editions.page.columns import align_figures
from publish.editions.page.inlines import MarkupContext, add_prose
from publish.editions.page.xhtml import Element, add_child
from publish.model import Merged, Prose, Table

__all__ = ["write_table"]

Place = tuple[int, int]


def write_table(parent: Element, table: Table, context: MarkupContext) -> None:
    """Add a table to an element: its caption, its header if it has one, its rows.

    A caption below is that of a figure around the table, so that it comes after the rows for all
    who read or hear them.
    """
    below = table.caption is not None and context.captions.get("tables") == "below"
    outer = add_child(parent, "figure" if below else "div", class_="table")
    if table.id:
        outer.set("id", table.id)
    element = add_child(outer, "table")
    if table.caption is not None:
        place = add_child(outer, "figcaption") if below else add_child(element, "caption")
        add_prose(place, table.caption, context)
    starts = {(one.row, one.column): one for one in table.merged}
    covered = {place for one in table.merged for place in _find_covered(one)}
    head = (table.header, *table.rows[: table.more_header]) if table.header else ()
    classes = align_figures(table, context.language)
    first = 0 if table.header else 1
    numbered = list(enumerate((*head, *table.rows[table.more_header :]), first))
    inside = add_child(element, "thead") if head else element
    for number, row in numbered[: len(head)]:
        _row(inside, number, row, table, starts, covered, classes, context)
    body = numbered[len(head) :]
    inside = add_child(element, "tbody") if body else element
    for number, row in body:
        _row(inside, number, row, table, starts, covered, classes, context)


def _find_covered(merged: Merged) -> set[Place]:
    """Return the places that a merged cell covers besides its own."""
    return {
        (merged.row + down, merged.column + right)
        for down in range(merged.rows)
        for right in range(merged.columns)
    } - {(merged.row, merged.column)}


def _row(
    parent: Element,
    number: int,
    cells: Sequence[Prose],
    table: Table,
    starts: Mapping[Place, Merged],
    covered: set[Place],
    classes: Mapping[Place, str],
    context: MarkupContext,
) -> None:
    row = add_child(parent, "tr")
    in_head = bool(table.header) and number <= table.more_header
    for column, (cell, alignment) in enumerate(zip(cells, table.alignments, strict=False)):
        if (number, column) in covered:
            continue
        named = table.row_headers and column == 0 and bool(cell.content)
        element = add_child(row, "th" if in_head or named else "td")
        if in_head or named:
            element.set("scope", "col" if in_head else "row")
        if name := classes.get((number, column), alignment):
            element.set("class", name)
        if merged := starts.get((number, column)):
            for name, size in (("colspan", merged.columns), ("rowspan", merged.rows)):
                if size > 1:
                    element.set(name, str(size))
        add_prose(element, cell, context)
