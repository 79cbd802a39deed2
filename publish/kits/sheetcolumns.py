"""The columns of a sheet for a translator: their names, headings and widths, and what is in them.

The names are what a returned sheet is read by.  Columns that only help are left out where no
sentence needs them; nothing that stands in one is read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publish.editions.page.interface import Interface, plain_text
from publish.kits.items import Item

__all__ = [
    "DIFFERENCES",
    "DOUBT",
    "NAMES",
    "QUESTION",
    "SUGGESTION",
    "SheetColumn",
    "count_lines",
    "list_columns",
]

QUESTION, DOUBT = "question", "doubt"
SUGGESTION, DIFFERENCES = "suggestion", "differences"
HELPING = frozenset((SUGGESTION, DIFFERENCES, QUESTION, DOUBT))
NAMES = HELPING | {"id", "where", "source", "translation", "state", "note", "base"}
"""The names in the hidden first row; `base` is the fingerprint of the translation sent."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its name for the program and for people, its width in letters, its style."""

    name: str
    heading: str
    width: int
    style: str = "source"

    @property
    def hidden(self) -> bool:
        return not self.heading


def list_columns(words: Interface, items: Iterable[Item]) -> tuple[SheetColumn, ...]:
    """Return the columns for some items; those for suggestions stand beside the translation."""
    found = list(items)
    helped = any(item.suggestion or item.previous for item in found)
    columns = (
        SheetColumn("id", "", 19),
        SheetColumn("where", plain_text(words, "Where"), 26),
        SheetColumn("source", plain_text(words, "Source"), 62),
        SheetColumn("translation", plain_text(words, "Translation"), 62, "translation"),
        SheetColumn(SUGGESTION, plain_text(words, "Suggestion"), 50, "term"),
        SheetColumn(DIFFERENCES, plain_text(words, "Likeness and differences"), 50),
        SheetColumn("state", plain_text(words, "State"), 16, "state"),
        SheetColumn("note", plain_text(words, "Note"), 40),
        SheetColumn(QUESTION, plain_text(words, "Your question or remark"), 40, "translation"),
        SheetColumn(DOUBT, plain_text(words, "Question"), 40),
        SheetColumn("base", "", 14),
    )
    unneeded = {SUGGESTION, DIFFERENCES} if not helped else set()
    unneeded |= {DOUBT} if not any(item.doubt for item in found) else set()
    return tuple(one for one in columns if one.name not in unneeded)


def count_lines(columns: Sequence[SheetColumn], texts: Sequence[str]) -> int:
    """Return the lines of the highest cell of a row; a line holds a little less than the width."""
    return max(
        sum(1 + len(line) // max(8, column.width - 4) for line in text.split("\n"))
        for column, text in zip(columns, texts, strict=True)
        if not column.hidden
    )
