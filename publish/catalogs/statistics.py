"""How far a catalog is translated, as `msgfmt --statistics` counts it."""

from __future__ import annotations

from dataclasses import dataclass

from publish.model import Catalog

__all__ = ["Statistics", "statistics"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Entries of a catalog by state; obsolete ones and the header do not count."""

    translated: int
    fuzzy: int
    untranslated: int

    @property
    def total(self) -> int:
        return self.translated + self.fuzzy + self.untranslated


def statistics(catalog: Catalog) -> Statistics:
    """The catalog's figures, equal to those of `msgfmt --statistics`."""
    filled = [entry for entry in catalog.active().values() if entry.msgstr]
    fuzzy = sum(entry.fuzzy for entry in filled)
    return Statistics(len(filled) - fuzzy, fuzzy, len(catalog.active()) - len(filled))
