"""The table of checks: every family's rows, and what is run over a whole catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from publish.catalogs.glossary import Glossary
from publish.checks import letters, meaning, measure, numbers, spelling_tk, typography
from publish.checks.check import Check
from publish.checks.health import HEALTH
from publish.checks.joining import JOINING, check_joined, check_unjoined, seen_in_whole
from publish.checks.structure import (
    STRUCTURE,
    check_blank_line,
    check_directions,
    check_placeholders,
    check_structure,
)
from publish.checks.terms import term_checks
from publish.checks.wholes import WHOLES
from publish.model import Catalog, Entry, Finding, Key, Level
from publish.reading.source import Source
from publish.reading.translation import ReadText

__all__ = [
    "ACCEPTABLE",
    "STRUCTURAL",
    "TABLE",
    "WHOLE_CATALOG",
    "check_catalog",
    "check_corrections",
    "check_interface",
    "checks_with",
]

REPETITION: tuple[Check, ...] = (
    Check(
        code="same-source",
        family="repetition",
        level=Level.ADVICE,
        title="One source, two translations",
        why="A sentence that stands in two contexts may need two translations; mostly one of "
        "them was corrected and the other forgotten.",
        language="ru",
        right=("He was released.", "Его освободили."),
        wrong=("He was released.", "Его отпустили."),
        run=seen_in_whole,
    ),
    Check(
        code="same-translation",
        family="repetition",
        level=Level.WARNING,
        title="Two sources, one translation",
        why="Sentences of four words and more that differ in the source seldom read alike in the "
        "translation; mostly one was pasted into the wrong entry.",
        language="ru",
        right=("The court released him.", "Суд освободил его."),
        wrong=("The court arrested him.", "Суд освободил его."),
        run=seen_in_whole,
    ),
)
"""Rows of what `check_repetition` finds; it compares the entries of a catalog."""

FAMILIES: tuple[Check, ...] = (
    *STRUCTURE,
    *JOINING,
    *numbers.CHECKS,
    *meaning.CHECKS,
    *letters.CHECKS,
    *spelling_tk.CHECKS,
    *typography.CHECKS,
    *measure.CHECKS,
    *REPETITION,
    *HEALTH,
    *WHOLES,
)

TABLE: tuple[Check, ...] = (*FAMILIES, *term_checks(Glossary("", (), ())))
"""Every check there is; a row whose rule is not one for a pair's language says nothing of it."""

STRUCTURAL = frozenset(check.code for check in (*STRUCTURE, *JOINING)) | {"bidi-control"}
"""Codes whose errors hold every edition back and cannot be accepted."""

ACCEPTABLE = frozenset(check.code for check in TABLE) - STRUCTURAL
"""Codes that a comment `# ok: CODE` can accept."""

WHOLE_CATALOG: tuple[Callable[[Catalog], Iterator[Finding]], ...] = (measure.check_repetition,)
"""Checks that compare the entries of a catalog with each other."""

EntryCheck = Callable[[Entry], Iterator[Finding]]

INTERFACE: tuple[EntryCheck, ...] = (check_placeholders,)


def check_catalog(
    source: Source,
    catalog: Catalog,
    *,
    use_fuzzy: bool = False,
    direction: str = "ltr",
    texts: Mapping[Key, ReadText] | None = None,
) -> Iterator[Finding]:
    """Yield findings on the translations an edition would show.

    `direction` is that in which the translation is written, `texts` are the translations read.
    """
    active = catalog.active()
    shown = [entry for entry in active.values() if use_fuzzy or not entry.fuzzy]
    for entry in shown:
        read = (texts or {}).get(entry.key)
        yield from check_structure(entry, read, source.trees.get(entry.key))
        yield from check_blank_line(entry)
        yield from check_directions(entry, direction, read)
    yield from check_joined(source, active)


def check_corrections(
    source: Source, catalog: Catalog, texts: Mapping[Key, ReadText] | None = None
) -> Iterator[Finding]:
    """Findings on the catalog of the source's own language."""
    yield from check_catalog(source, catalog, direction=source.language.direction, texts=texts)
    yield from check_unjoined(catalog.active())


def check_interface(catalog: Catalog, direction: str = "ltr") -> Iterator[Finding]:
    """Findings on an interface catalog in a language of this direction."""
    for entry in catalog.active().values():
        for check in INTERFACE:
            yield from check(entry)
        yield from check_directions(entry, direction)


def checks_with(glossary: Glossary | None) -> tuple[Check, ...]:
    """The table with the terms of a glossary, if there is one."""
    return (*FAMILIES, *term_checks(glossary)) if glossary else TABLE
