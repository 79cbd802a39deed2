"""Rules of a catalog's health: its header, missing or corrected sentences, fuzzy entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py

from publish.catalogs.comparing import is_typographic_change
from publish.catalogs.othertexts import find_other_texts
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
"""The numbers by which two plural rules are compared; no rule of CLDR needs other ones."""


def check_header(view: CatalogView) -> Iterator[Finding]:
    """Yield findings on what is wrong or missing in the header of a catalog.

    Codes: `header-language`, `header-plural-forms` (warnings), `header-charset` (advice).
    """
    catalog, language = view.catalog, view.language
    name = catalog.header_field("Language").strip()
    if not _names(name, language):
        said = f"the header names the language {name}" if name else "the header names no language"
        hint = f"write: Language: {language.folder}"
        yield report_at_top(catalog, "header-language", said, hint, Level.WARNING)
    yield from _plural_findings(view)
    charset = CHARSET.search(catalog.header_field("Content-Type"))
    if not charset or charset[1].lower() not in {"utf-8", "utf8"}:
        named = f"the encoding {charset[1]}" if charset else "no encoding"
        hint = "save it as UTF-8 and write: Content-Type: text/plain; charset=UTF-8"
        said = f"the header names {named}"
        yield report_at_top(catalog, "header-charset", said, hint, Level.ADVICE)


def _names(field: str, language: Language) -> bool:
    """Return whether a Language field names a language.

    A territory in the field matters only if the tag of the language has one.
    """
    name = field.replace("_", "-").lower()
    known = {language.tag.lower(), language.folder.replace("_", "-").lower()}
    return name in known or name.partition("-")[0] == language.tag


def _plural_findings(view: CatalogView) -> Iterator[Finding]:
    field = view.catalog.header_field("Plural-Forms")
    wanted = view.language.plural_forms
    if not wanted or (field and _forms(field) == _forms(wanted)):
        return
    said = "the header has the plural forms of another language" if field.strip() else ""
    yield report_at_top(
        view.catalog,
        "header-plural-forms",
        said or "the header has no plural forms",
        f"write: Plural-Forms: {wanted}",
        Level.WARNING,
    )


def _forms(rule: str) -> tuple[int, ...]:
    """Return the number of forms, then the form of each counted number; empty if unreadable.

    Two rules with the same result are equal here, however they are written.
    """
    found = PLURAL.fullmatch(rule)
    if not found:
        return ()
    try:
        chosen = c2py(found[2].strip())
        return (int(found[1]), *(int(chosen(number)) for number in COUNTED))
    except (ValueError, ArithmeticError, RecursionError):
        return ()


def check_stale(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning if the catalog lacks sentences of the source: `catalog-stale`."""
    if view.source and (lacking := view.source.keys - view.active.keys()):
        yield report_at_top(
            view.catalog,
            "catalog-stale",
            f"the catalog is older than its source and lacks {len(lacking)} of its sentences",
            "run publish update",
            Level.WARNING,
        )


def check_superseded(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning at each translation whose source sentence was corrected.

    Code `source-superseded`; a correction of typography alone does not count.
    """
    for key, correction in view.corrections.active().items() if view.corrections else ():
        entry = view.active.get(key)
        if entry is None or not entry.translated or not correction.translated:
            continue
        old, new = correction.msgid, correction.msgstr
        if (
            new.strip()
            and new != old
            and not correction.joined
            and not is_typographic_change(old, new)
        ):
            yield report_at_entry(
                entry,
                "source-superseded",
                "the source was corrected after this translation was made; it now reads: "
                f"{shorten(' '.join(new.split()), LONGEST)}",
                "translate the new wording; if the translation already says that, accept it "
                "with a comment: # ok: source-superseded",
                Level.WARNING,
            )


def check_fuzzy(view: CatalogView) -> Iterator[Finding]:
    """Yield advice if the catalog has fuzzy entries: `fuzzy-left`."""
    count = sum(entry.fuzzy for entry in view.active.values())
    if count:
        said = "1 entry is fuzzy" if count == 1 else f"{count} entries are fuzzy"
        hint = "compare each with its source, correct it and remove the flag"
        yield report_at_top(view.catalog, "fuzzy-left", said, hint, Level.ADVICE)


def check_other_texts(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning at each fuzzy entry with another text below: `obsolete-differs`."""
    for entry, other in find_other_texts(view.catalog.entries):
        yield report_at_entry(
            entry,
            "obsolete-differs",
            f"line {other.msgstr_line or other.span.first} keeps another translation of the "
            f"earlier wording: {shorten(' '.join(other.msgstr.split()), LONGEST)}",
            "use the better text, then delete the other entry or the fuzzy mark",
            Level.WARNING,
        )


def check_line_ends(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning at each translation with a line break at an end: `line-end`."""
    for entry in view.active.values():
        for text in filter(None, entry.msgstrs):
            ends = text.startswith("\n"), text.endswith("\n")
            if text.strip() and ends != (entry.msgid.startswith("\n"), entry.msgid.endswith("\n")):
                said = "the translation begins or ends with a line break, and the source does not"
                hint = "delete it, or run publish check --fix"
                yield report_at_entry(entry, "line-end", said, hint, Level.WARNING)
                break


HEADER = CatalogRunner(check_header)
"""The runner of the three rows on headers."""

HEALTH_RULES: tuple[Rule, ...] = (
    Rule(
        code="header-language",
        family="catalog health",
        level=Level.WARNING,
        title="The header names no language or another one",
        why="Translation editors choose dictionaries and plural forms by the field Language; a "
        "catalog that was copied from another language still names that language.",
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
        title="The header has no plural forms, or those of another language",
        why="They say how many translations a text with a number has and which one is for which "
        "number; rules with the same result may be written differently.",
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
        why="The source changed and the catalog was not updated; what it lacks is shown in the "
        "source language. publish update adds it.",
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
        why="The catalog of the source's own language corrects more than the typography of this "
        "sentence, and the translation was made from the old wording.",
        remedy="Translate the corrected wording of the source.",
        language="ru",
        right=("It was closed in May (before: in March).", "Его закрыли в мае."),
        wrong=("It was closed in May (before: in March).", "Его закрыли в марте."),
        runner=CatalogRunner(check_superseded, alone=True),
    ),
    Rule(
        code="fuzzy-left",
        family="catalog health",
        level=Level.ADVICE,
        title="Some entries are still fuzzy",
        why="A fuzzy translation was made for a similar sentence; editions show the source "
        "instead until someone has read it.",
        remedy="Compare each of them with its source, correct it and remove the mark.",
        language="ru",
        right=("It was closed.", "Его закрыли."),
        wrong=("It was closed.", "(fuzzy) Её открыли."),
        kinds=DOCUMENT_KINDS,
        runner=CatalogRunner(check_fuzzy),
    ),
    Rule(
        code="line-end",
        family="catalog health",
        level=Level.WARNING,
        title="A line break at an end",
        why="gettext’s own check rejects a catalog in which only one side begins or ends with a "
        "line break; it usually comes from a spreadsheet.",
        remedy="Delete the line break.",
        language="ru",
        right=("It was closed.", "Его закрыли."),
        wrong=("It was closed.", "Его закрыли.\\n"),
        kinds=EVERY_KIND,
        unshown=True,
        runner=CatalogRunner(check_line_ends, alone=True),
    ),
    Rule(
        code="obsolete-differs",
        family="catalog health",
        level=Level.WARNING,
        title="Another translation is kept out of sight",
        why="The entry is fuzzy, and an obsolete entry at the end of the catalog has another "
        "translation of its earlier wording: somebody’s correction may stand where nobody looks.",
        remedy="Compare both texts, use the better one, and remove the mark.",
        language="ru",
        right=("It was closed in May.", "(fuzzy) Его закрыли."),
        wrong=("It was closed in May.", "(fuzzy) Её открыли. (below: Его закрыли.)"),
        kinds=DOCUMENT_KINDS,
        unshown=True,
        runner=CatalogRunner(check_other_texts),
    ),
)
"""The last two and `source-superseded` are reported at an entry, the others at the top."""
