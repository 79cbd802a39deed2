"""How far a catalog is translated, as `msgfmt --statistics` counts it, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.model import Catalog, Entry

__all__ = ["Count", "Statistics", "statistics"]


@dataclass(frozen=True, slots=True)
class Count:
    """Entries, and the words of their msgids."""

    entries: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Entries of a catalog by state; obsolete ones and the header do not count."""

    translated: Count = Count()
    fuzzy: Count = Count()
    untranslated: Count = Count()


def statistics(catalog: Catalog) -> Statistics:
    """The catalog's figures; those in entries are those of `msgfmt --statistics`."""
    active = catalog.active().values()
    return Statistics(
        _count(entry for entry in active if entry.msgstr and not entry.fuzzy),
        _count(entry for entry in active if entry.msgstr and entry.fuzzy),
        _count(entry for entry in active if not entry.msgstr),
    )


def _count(entries: Iterable[Entry]) -> Count:
    found = [len(entry.msgid.split()) for entry in entries]
    return Count(len(found), sum(found))
