"""Which sentences cannot stand as they are translated: their marks, links or joins are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from publish.checks.table import check_catalog, check_corrections
from publish.model import Catalog, Entry, Finding, Key, Level
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
        entries = _by_entry(translation.catalog, found)
    if translation.corrections is not None:
        found = check_corrections(
            translation.source, translation.corrections, translation.correction_texts
        )
        corrections = _by_entry(translation.corrections, found)
    return Held(entries, corrections)


def _by_entry(catalog: Catalog, findings: Iterable[Finding]) -> dict[Key, tuple[Finding, ...]]:
    """The errors among some findings, by the entry they stand at."""
    lines: dict[int, Entry] = {}
    found: dict[Key, tuple[Finding, ...]] = {}
    for one in findings:
        if one.level is not Level.ERROR or one.span is None:
            continue
        lines = lines or {_line(entry): entry for entry in catalog.active().values()}
        entry = lines.get(one.span.first)
        if entry is not None:
            found[entry.key] = (*found.get(entry.key, ()), one)
    return found


def _line(entry: Entry) -> int:
    return entry.msgstr_line or entry.span.first
