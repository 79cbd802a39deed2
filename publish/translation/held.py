"""Find the sentences whose translation cannot be shown: its marks, links or joins are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.checks.engine import check_structure
from publish.checks.views import CatalogView
from publish.model import Finding, Key, Level
from publish.translation.translation import Translation

__all__ = ["NOTHING_HELD", "UNSAFE", "HeldSentences", "find_held"]

UNSAFE = frozenset(("bidi-control", "control-character", "placeholders-differ", "tag-character"))
"""Codes of errors that would make a whole edition unsafe; with one of them, none is built."""


@dataclass(frozen=True, slots=True)
class HeldSentences:
    """The errors that hold sentences back, by the key of their entry.

    `entries` has those of the translation, `corrections` those of the source's own catalog.
    """

    entries: Mapping[Key, tuple[Finding, ...]] = field(default_factory=dict)
    corrections: Mapping[Key, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All errors, those of the translation first."""
        every = (*self.entries.values(), *self.corrections.values())
        return tuple(one for found in every for one in found)


NOTHING_HELD = HeldSentences()


def find_held(translation: Translation, *, use_fuzzy: bool = False) -> HeldSentences:
    """Return the sentences of a translation that must be held back; never raises."""
    entries: Mapping[Key, tuple[Finding, ...]] = {}
    corrections: Mapping[Key, tuple[Finding, ...]] = {}
    if translation.catalog is not None and not translation.original:
        entries = _find_errors(
            CatalogView(
                catalog=translation.catalog,
                language=translation.language,
                source=translation.source,
                texts=translation.texts,
                use_fuzzy=use_fuzzy,
            )
        )
    if translation.corrections is not None:
        corrections = _find_errors(
            CatalogView(
                kind="source",
                catalog=translation.corrections,
                language=translation.source.language,
                source=translation.source,
                texts=translation.correction_texts,
            )
        )
    return HeldSentences(entries, corrections)


def _find_errors(view: CatalogView) -> dict[Key, tuple[Finding, ...]]:
    """Return the errors of structure by the key of their entry."""
    found: dict[Key, tuple[Finding, ...]] = {}
    for one in check_structure(view):
        entry = view.find_entry(one)
        if one.level is Level.ERROR and entry is not None:
            found[entry.key] = (*found.get(entry.key, ()), one)
    return found
