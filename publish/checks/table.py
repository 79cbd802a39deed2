"""The table of checks: what is run over a catalog before an edition is made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publish.checks.joining import check_joined, check_unjoined
from publish.checks.structure import check_blank_line, check_placeholders, check_structure
from publish.languages.language import Language
from publish.model import Catalog, Document, Entry, Finding

__all__ = ["check_catalog", "check_corrections", "check_interface"]

EntryCheck = Callable[[Entry], Iterator[Finding]]

CATALOG: tuple[EntryCheck, ...] = (check_structure, check_blank_line)
INTERFACE: tuple[EntryCheck, ...] = (check_placeholders,)


def check_catalog(
    source: Document, language: Language, catalog: Catalog, *, use_fuzzy: bool = False
) -> Iterator[Finding]:
    """Findings on the translations an edition would show; `language` is the source's."""
    active = catalog.active()
    shown = [entry for entry in active.values() if use_fuzzy or not entry.fuzzy]
    for entry in shown:
        for check in CATALOG:
            yield from check(entry)
    yield from check_joined(source, language, active)


def check_corrections(source: Document, language: Language, catalog: Catalog) -> Iterator[Finding]:
    """Findings on the catalog of the source's own language."""
    yield from check_catalog(source, language, catalog)
    yield from check_unjoined(catalog.active())


def check_interface(catalog: Catalog) -> Iterator[Finding]:
    """Findings on an interface catalog."""
    for entry in catalog.active().values():
        for check in INTERFACE:
            yield from check(entry)
