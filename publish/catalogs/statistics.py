"""Count how much of a catalog is translated, in entries (as `msgfmt --statistics`) and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.model import Catalog, Entry

__all__ = ["Count", "Statistics", "count_entries"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of entries, and of the words in their msgids."""

    entries: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """The entries of a catalog counted by state, without obsolete ones and the header."""

    translated: Count = Count()
    fuzzy: Count = Count()
    untranslated: Count = Count()


def count_entries(catalog: Catalog) -> Statistics:
    """Return the counts of a catalog; its entries are counted as `msgfmt --statistics` does."""
    active = catalog.active().values()
    return Statistics(
        _count(entry for entry in active if entry.msgstr and not entry.fuzzy),
        _count(entry for entry in active if entry.msgstr and entry.fuzzy),
        _count(entry for entry in active if not entry.msgstr),
    )


def _count(entries: Iterable[Entry]) -> Count:
    found = [len(entry.msgid.split()) for entry in entries]
    return Count(len(found), sum(found))
