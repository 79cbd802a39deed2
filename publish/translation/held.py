"""Which sentences cannot stand as they are translated: their marks, links or joins are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from publish.checks.table import check_catalog, check_corrections
from publish.model import Finding, Key, Level
from publish.translation.translation import Translation

__all__ = ["NOTHING_HELD", "UNSAFE", "Held", "find_held"]

UNSAFE = frozenset(("bidi-control", "control-character", "placeholders-differ"))
"""Codes of errors that would make a whole edition unsafe: with these none is built."""


@dataclass(frozen=True, slots=True)
class Held:
    """The errors for which sentences are held back, by the key of their entry.

    `entries` are those of the translation, `corrections` those of the source's own catalog.
    """

    entries: Mapping[Key, tuple[Finding, ...]] = field(default_factory=dict)
    corrections: Mapping[Key, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every error, those of the translation first."""
        every = (*self.entries.values(), *self.corrections.values())
        return tuple(one for found in every for one in found)


NOTHING_HELD = Held()


def find_held(translation: Translation, *, use_fuzzy: bool = False) -> Held:
    """Return the sentences of a translation that must be held back; it never raises."""
    entries: Mapping[Key, tuple[Finding, ...]] = {}
    corrections: Mapping[Key, tuple[Finding, ...]] = {}
    if translation.catalog is not None and not translation.original:
        found = check_catalog(
            translation.source,
            translation.catalog,
            use_fuzzy=use_fuzzy,
            direction=translation.language.direction,
            texts=translation.texts,
        )
        entries = _by_entry(found)
    if translation.corrections is not None:
        found = check_corrections(
            translation.source, translation.corrections, translation.correction_texts
        )
        corrections = _by_entry(found)
    return Held(entries, corrections)


def _by_entry(findings: Iterable[Finding]) -> dict[Key, tuple[Finding, ...]]:
    """The errors among some findings, by the entry they stand at."""
    found: dict[Key, tuple[Finding, ...]] = {}
    for one in findings:
        if one.level is Level.ERROR and one.key is not None:
            found[one.key] = (*found.get(one.key, ()), one)
    return found
