"""Checks of a catalog's health: its header, its age against the source, what is left fuzzy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py

from publish.catalogs.kinds import typographic
from publish.checks.check import Check
from publish.checks.joining import seen_in_whole
from publish.checks.structure import finding
from publish.languages.language import Language
from publish.model import Catalog, Finding, Level, Span
from publish.reading.source import Source
from publish.visible import shorten

__all__ = [
    "HEALTH",
    "check_fuzzy",
    "check_header",
    "check_stale",
    "check_superseded",
]

CHARSET = re.compile(r"charset\s*=\s*([^\s;]+)", re.IGNORECASE)
PLURAL = re.compile(r"\s*nplurals\s*=\s*(\d{1,3})\s*;\s*plural\s*=([^;]+);?\s*")
COUNTED = (*range(201), 1000, 1_000_000)
"""The numbers two plural rules are compared by; no rule of CLDR looks beyond the hundreds."""


def check_header(catalog: Catalog, language: Language) -> Iterator[Finding]:
    """What the header says wrongly of the catalog, or does not say.

    Codes: `header-language`, `header-plural-forms` (warnings), `header-charset` (advice).
    """
    told = catalog.header_field("Language").strip()
    if not _names(told, language):
        said = f"the header names the language {told}" if told else "the header names no language"
        hint = f"write it so: Language: {language.folder}"
        yield _at_top(catalog, "header-language", Level.WARNING, said, hint)
    yield from _plural_findings(catalog, language)
    charset = CHARSET.search(catalog.header_field("Content-Type"))
    if not charset or charset[1].lower() not in {"utf-8", "utf8"}:
        named = f"the encoding {charset[1]}" if charset else "no encoding"
        hint = "save it as UTF-8 and write: Content-Type: text/plain; charset=UTF-8"
        yield _at_top(catalog, "header-charset", Level.ADVICE, f"the header names {named}", hint)


def _names(told: str, language: Language) -> bool:
    """Whether a Language field names it; a territory does not matter where the tag has none."""
    name = told.replace("_", "-").lower()
    known = {language.tag.lower(), language.folder.replace("_", "-").lower()}
    return name in known or name.partition("-")[0] == language.tag


def _plural_findings(catalog: Catalog, language: Language) -> Iterator[Finding]:
    told = catalog.header_field("Plural-Forms")
    wanted = language.plural_forms
    if not wanted or (told and _forms(told) == _forms(wanted)):
        return
    said = "the header's plural forms are not the language's" if told.strip() else ""
    yield _at_top(
        catalog,
        "header-plural-forms",
        Level.WARNING,
        said or "the header has no plural forms",
        f"write it so: Plural-Forms: {wanted}",
    )


def _forms(rule: str) -> tuple[int, ...]:
    """How many forms there are, then the form of each number; empty where that cannot be read.

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


def check_stale(catalog: Catalog, source: Source) -> Iterator[Finding]:
    """Yield a warning where the catalog lacks sentences of the source: `catalog-stale`."""
    if lacking := source.keys - catalog.active().keys():
        yield _at_top(
            catalog,
            "catalog-stale",
            Level.WARNING,
            f"the catalog is older than its source and lacks {len(lacking)} of its sentences",
            "run publish update",
        )


def check_superseded(catalog: Catalog, corrections: Catalog) -> Iterator[Finding]:
    """A warning at each translation of a sentence that the source's own catalog corrects.

    Code `source-superseded`; a correction of typography alone leaves translations as they are.
    """
    entries = catalog.active()
    for key, correction in corrections.active().items():
        entry = entries.get(key)
        if entry is None or not entry.translated or not correction.translated:
            continue
        old, new = correction.msgid, correction.msgstr
        if new.strip() and new != old and not correction.joined and not typographic(old, new):
            yield finding(
                entry,
                "source-superseded",
                f"this translates a wording that was corrected: {_start(new)}",
                "translate the new wording; where the translation says that already, accept it "
                "with a comment: # ok: source-superseded",
                Level.WARNING,
            )


def check_fuzzy(catalog: Catalog) -> Iterator[Finding]:
    """Advice on a catalog that has fuzzy entries: `fuzzy-left`."""
    count = sum(entry.fuzzy for entry in catalog.active().values())
    if count:
        said = "1 entry is fuzzy" if count == 1 else f"{count} entries are fuzzy"
        hint = "compare each with its source, correct it and take the flag off"
        yield _at_top(catalog, "fuzzy-left", Level.ADVICE, said, hint)


def _start(text: str) -> str:
    return shorten(" ".join(text.split()), 76)


def _at_top(catalog: Catalog, code: str, level: Level, message: str, hint: str) -> Finding:
    return Finding(code, level, message, Span(catalog.file, 1, 1), hint)


# --------------------------------------------------------------------------- rows of the table


HEALTH: tuple[Check, ...] = (
    Check(
        code="header-language",
        family="catalog health",
        level=Level.WARNING,
        title="The header names no language or another one",
        why="Editors of catalogs choose dictionaries and plural forms by the field Language; a "
        "catalog that was copied from another language keeps that one's.",
        language="ru",
        right=("Language: ru", "Language: ru"),
        wrong=("Language: ru", "Language: tk"),
        run=seen_in_whole,
    ),
    Check(
        code="header-plural-forms",
        family="catalog health",
        level=Level.WARNING,
        title="The header's plural forms are missing or not the language's",
        why="They say how many translations a string with a number has and which is for what "
        "number; rules that choose alike may be written differently.",
        language="tk",
        right=("nplurals=2; plural=(n != 1);", "nplurals=2; plural=n!=1;"),
        wrong=("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;"),
        run=seen_in_whole,
    ),
    Check(
        code="header-charset",
        family="catalog health",
        level=Level.ADVICE,
        title="The header does not name UTF-8",
        why="Other encodings lack letters that every translation may need, and few tools still "
        "read them.",
        language="ru",
        right=("charset=UTF-8", "charset=UTF-8"),
        wrong=("charset=UTF-8", "charset=KOI8-R"),
        run=seen_in_whole,
    ),
    Check(
        code="catalog-stale",
        family="catalog health",
        level=Level.WARNING,
        title="The catalog lacks sentences of the source",
        why="The source changed and the catalog was not brought up to it; what it lacks shows in "
        "the source language. publish update adds it.",
        language="ru",
        right=("A new sentence.", "Новое предложение."),
        wrong=("A new sentence.", "(no entry)"),
        run=seen_in_whole,
    ),
    Check(
        code="source-superseded",
        family="catalog health",
        level=Level.WARNING,
        title="The source was corrected",
        why="The catalog of the source's own language corrects this sentence by more than its "
        "typography, and the text was translated from the wording before.",
        language="ru",
        right=("It was closed in May (before: in March).", "Его закрыли в мае."),
        wrong=("It was closed in May (before: in March).", "Его закрыли в марте."),
        run=seen_in_whole,
    ),
    Check(
        code="fuzzy-left",
        family="catalog health",
        level=Level.ADVICE,
        title="Fuzzy entries are left",
        why="A fuzzy translation was made for a similar sentence; editions show the source "
        "instead until someone has read it.",
        language="ru",
        right=("It was closed.", "Его закрыли."),
        wrong=("It was closed.", "(fuzzy) Её открыли."),
        run=seen_in_whole,
    ),
)
"""Rows of what is seen in a catalog as a whole; only `source-superseded` stands at entries."""
