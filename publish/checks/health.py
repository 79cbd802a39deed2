"""Rules of a catalog's health: its header, its age against the source, what is left fuzzy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py

from publish.catalogs.kinds import typographic
from publish.checks.findings import LONGEST, report_at_entry, report_at_top
from publish.checks.rule import DOCUMENT_KINDS, EVERY_KIND, CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.languages.language import Language
from publish.model import Finding, Level
from publish.visible import shorten

__all__ = ["HEALTH_RULES"]

CHARSET = re.compile(r"charset\s*=\s*([^\s;]+)", re.IGNORECASE)
PLURAL = re.compile(r"\s*nplurals\s*=\s*(\d{1,3})\s*;\s*plural\s*=([^;]+);?\s*")
COUNTED = (*range(201), 1000, 1_000_000)
"""The numbers two plural rules are compared by; no rule of CLDR looks beyond the hundreds."""


def check_header(view: CatalogView) -> Iterator[Finding]:
    """Yield findings on what the header of a catalog says wrongly, or does not say.

    Codes: `header-language`, `header-plural-forms` (warnings), `header-charset` (advice).
    """
    catalog, language = view.catalog, view.language
    told = catalog.header_field("Language").strip()
    if not _names(told, language):
        said = f"the header names the language {told}" if told else "the header names no language"
        hint = f"write it so: Language: {language.folder}"
        yield report_at_top(catalog, "header-language", said, hint, Level.WARNING)
    yield from _plural_findings(view)
    charset = CHARSET.search(catalog.header_field("Content-Type"))
    if not charset or charset[1].lower() not in {"utf-8", "utf8"}:
        named = f"the encoding {charset[1]}" if charset else "no encoding"
        hint = "save it as UTF-8 and write: Content-Type: text/plain; charset=UTF-8"
        said = f"the header names {named}"
        yield report_at_top(catalog, "header-charset", said, hint, Level.ADVICE)


def _names(told: str, language: Language) -> bool:
    """Return whether a Language field names it; a territory matters only where the tag has one."""
    name = told.replace("_", "-").lower()
    known = {language.tag.lower(), language.folder.replace("_", "-").lower()}
    return name in known or name.partition("-")[0] == language.tag


def _plural_findings(view: CatalogView) -> Iterator[Finding]:
    told = view.catalog.header_field("Plural-Forms")
    wanted = view.language.plural_forms
    if not wanted or (told and _forms(told) == _forms(wanted)):
        return
    said = "the header's plural forms are not the language's" if told.strip() else ""
    yield report_at_top(
        view.catalog,
        "header-plural-forms",
        said or "the header has no plural forms",
        f"write it so: Plural-Forms: {wanted}",
        Level.WARNING,
    )


def _forms(rule: str) -> tuple[int, ...]:
    """Return how many forms there are, then the form of each number; empty if unreadable.

    Rules that choose alike are alike, however they are written.
    """
    found = PLURAL.fullmatch(rule)
    if not found:
        return ()
    try:
        chosen = c2py(found[2].strip())
        return (int(found[1]), *(int(chosen(number)) for number in COUNTED))
    except (ValueError, ArithmeticError, RecursionError):
        return ()


# --------------------------------------------------------------------------- age


def check_stale(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning where the catalog lacks sentences of the source: `catalog-stale`."""
    if view.source and (lacking := view.source.keys - view.active.keys()):
        yield report_at_top(
            view.catalog,
            "catalog-stale",
            f"the catalog is older than its source and lacks {len(lacking)} of its sentences",
            "run publish update",
            Level.WARNING,
        )


def check_superseded(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning at each translation of a sentence that the source's own catalog corrects.

    Code `source-superseded`; a correction of typography alone leaves translations as they are.
    """
    for key, correction in view.corrections.active().items() if view.corrections else ():
        entry = view.active.get(key)
        if entry is None or not entry.translated or not correction.translated:
            continue
        old, new = correction.msgid, correction.msgstr
        if new.strip() and new != old and not correction.joined and not typographic(old, new):
            yield report_at_entry(
                entry,
                "source-superseded",
                "this translates a wording that was corrected: "
                f"{shorten(' '.join(new.split()), LONGEST)}",
                "translate the new wording; where the translation says that already, accept it "
                "with a comment: # ok: source-superseded",
                Level.WARNING,
            )


def check_fuzzy(view: CatalogView) -> Iterator[Finding]:
    """Yield advice on a catalog that has fuzzy entries: `fuzzy-left`."""
    count = sum(entry.fuzzy for entry in view.active.values())
    if count:
        said = "1 entry is fuzzy" if count == 1 else f"{count} entries are fuzzy"
        hint = "compare each with its source, correct it and take the flag off"
        yield report_at_top(view.catalog, "fuzzy-left", said, hint, Level.ADVICE)


# --------------------------------------------------------------------------- rows of the table


HEADER = CatalogRunner(check_header)
"""Serves the three rows of headers."""

HEALTH_RULES: tuple[Rule, ...] = (
    Rule(
        code="header-language",
        family="catalog health",
        level=Level.WARNING,
        title="The header names no language or another one",
        why="Editors of catalogs choose dictionaries and plural forms by the field Language; a "
        "catalog that was copied from another language keeps that one's.",
        remedy="Correct the header of the file: your editor has a page for the properties of the "
        "catalog.",
        language="ru",
        right=("Language: ru", "Language: ru"),
        wrong=("Language: ru", "Language: tk"),
        kinds=EVERY_KIND,
        runner=HEADER,
    ),
    Rule(
        code="header-plural-forms",
        family="catalog health",
        level=Level.WARNING,
        title="The header's plural forms are missing or not the language's",
        why="They say how many translations a string with a number has and which is for what "
        "number; rules that choose alike may be written differently.",
        remedy="Correct the header of the file: your editor has a page for the properties of the "
        "catalog.",
        language="tk",
        right=("nplurals=2; plural=(n != 1);", "nplurals=2; plural=n!=1;"),
        wrong=("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;"),
        kinds=EVERY_KIND,
        runner=HEADER,
    ),
    Rule(
        code="header-charset",
        family="catalog health",
        level=Level.ADVICE,
        title="The header does not name UTF-8",
        why="Other encodings lack letters that every translation may need, and few tools still "
        "read them.",
        remedy="Correct the header of the file: your editor has a page for the properties of the "
        "catalog.",
        language="ru",
        right=("charset=UTF-8", "charset=UTF-8"),
        wrong=("charset=UTF-8", "charset=KOI8-R"),
        kinds=EVERY_KIND,
        runner=HEADER,
    ),
    Rule(
        code="catalog-stale",
        family="catalog health",
        level=Level.WARNING,
        title="The catalog lacks sentences of the source",
        why="The source changed and the catalog was not brought up to it; what it lacks shows in "
        "the source language. publish update adds it.",
        remedy="Ask the publisher for the new file: publish update makes it.",
        language="ru",
        right=("A new sentence.", "Новое предложение."),
        wrong=("A new sentence.", "(no entry)"),
        runner=CatalogRunner(check_stale),
    ),
    Rule(
        code="source-superseded",
        family="catalog health",
        level=Level.WARNING,
        title="The source was corrected",
        why="The catalog of the source's own language corrects this sentence by more than its "
        "typography, and the text was translated from the wording before.",
        remedy="Translate the corrected wording of the source.",
        language="ru",
        right=("It was closed in May (before: in March).", "Его закрыли в мае."),
        wrong=("It was closed in May (before: in March).", "Его закрыли в марте."),
        runner=CatalogRunner(check_superseded),
    ),
    Rule(
        code="fuzzy-left",
        family="catalog health",
        level=Level.ADVICE,
        title="Fuzzy entries are left",
        why="A fuzzy translation was made for a similar sentence; editions show the source "
        "instead until someone has read it.",
        remedy="Compare each of them with its source, correct it and take the mark off.",
        language="ru",
        right=("It was closed.", "Его закрыли."),
        wrong=("It was closed.", "(fuzzy) Её открыли."),
        kinds=DOCUMENT_KINDS,
        runner=CatalogRunner(check_fuzzy),
    ),
)
"""Of their findings only those of `source-superseded` stand at entries."""
