"""Lets high rows of tables break over pages, and high heads stand once: `loosen_rows`.

Rows are kept whole, so that a page ends between two of them.  A row higher than a third of a page
would leave a gap, or no room for the head of its table, which the renderer then drops.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

__all__ = ["loosen_rows"]

HIGH = 1 / 3
"""The share of a page from which a row may break, and a head is shown once."""


def loosen_rows(document: Any, root: Any) -> bool:
    """Give classes to high rows and heads of a laid-out document; return whether any is new.

    A high row becomes `tall` and its table `broken`, in which the first and last rows may stand
    alone.  A table whose head is high, or still finds no room, becomes `once`.
    """
    rows, heads, lost = _measure(document)
    home = {row: table for table in root.iter("table") for row in table.iter("tr")}
    changed = {home[row] for row, share in rows.items() if row in home and share > HIGH}
    changed = {table for table in changed if _loosen(table, rows)}
    for table in lost:
        if table not in changed and (_mark(table, "broken") or _mark(table, "once")):
            changed.add(table)
    for table, share in heads.items():
        if share > HIGH and _mark(table, "once"):
            changed.add(table)
    return bool(changed)


def _loosen(table: Any, rows: dict[Any, float]) -> bool:
    """Let the high rows of a table break; return whether one of them could not before."""
    high = [row for row in table.iter("tr") if rows.get(row, 0) > HIGH]
    new = [row for row in high if _mark(row, "tall")]
    _mark(table, "broken")
    return bool(new)


def _mark(element: Any, name: str) -> bool:
    classes = element.get("class", "").split()
    if name in classes:
        return False
    element.set("class", " ".join((*classes, name)))
    return True


def _measure(document: Any) -> tuple[dict[Any, float], dict[Any, float], list[Any]]:
    """Return the heights of rows and heads as shares of a page, and the tables without a head."""
    rows: defaultdict[Any, float] = defaultdict(float)
    heads: dict[Any, float] = {}
    lost: list[Any] = []
    for page in document.pages:
        height = page._page_box.height
        for box in _tables(page._page_box):
            groups = [group for group in box.children if group.element is not None]
            shown = [group for group in groups if group.is_header]
            for group in shown:
                heads[box.element] = group.height / height
            once = "once" in box.element.get("class", "").split()
            if not shown and not once and box.element.find("thead") is not None:
                lost.append(box.element)
            for group in groups:
                for row in () if group.is_header else group.children:
                    rows[row.element] += row.height / height
    return rows, heads, lost


def _tables(box: Any) -> Iterator[Any]:
    """Yield the boxes of the tables of a page."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "TableBox" and getattr(child.element, "tag", "") == "table":
            yield child
        yield from _tables(child)
