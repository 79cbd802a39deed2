"""Rules of repeated sentences: one source with two translations, or two sources with one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from publish.checks.findings import LONGEST, report_at_entry
from publish.checks.rule import CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.model import Catalog, Entry, Finding, Key, Level

__all__ = ["REPETITION_RULES", "find_first_translations"]

FOUR_WORDS = re.compile(r"[\W\d_]*(?:[^\W\d_]+[\W\d_]+){3}[^\W\d_]")


def check_repetition(view: CatalogView) -> Iterator[Finding]:
    """Yield findings on entries that share one side with another entry, but not the other side.

    Codes: `same-source` (advice, since contexts may need it), `same-translation` (a warning, for
    translations of four or more words).
    """
    shown = [entry for entry in view.catalog.entries if _is_confirmed(entry)]
    yield from _differing(
        ((entry, entry.msgid) for entry in shown),
        lambda entry: entry.msgstr,
        "same-source",
        "the same source is translated differently",
        Level.ADVICE,
    )
    yield from _differing(
        ((entry, fold) for entry, fold in _repeated(shown) if FOUR_WORDS.match(entry.msgstr)),
        lambda entry: _fold(entry.msgid),
        "same-translation",
        "another source has the same translation",
        Level.WARNING,
    )
    yield from _elsewhere(view, shown)


def find_first_translations(catalogs: Iterable[Catalog]) -> dict[Key, Entry]:
    """Return the first entry of these catalogs that translates each sentence, by key."""
    first: dict[Key, Entry] = {}
    for catalog in catalogs:
        for entry in filter(_is_confirmed, catalog.entries):
            first.setdefault(entry.key, entry)
    return first


def _elsewhere(view: CatalogView, shown: Iterable[Entry]) -> Iterator[Finding]:
    """Yield advice at sentences that another document translates differently."""
    for entry in shown if view.elsewhere else ():
        known = view.elsewhere.get(entry.key, entry)
        if known.span.file != entry.span.file and known.msgstr != entry.msgstr:
            where = f"{known.span.file}:{known.msgstr_line}"
            message = f"the same source is translated differently: see {where}"
            hint = f"the translation there: {known.msgstr[:LONGEST]}"
            yield report_at_entry(entry, "same-source", message, hint, Level.ADVICE)


def _is_confirmed(entry: Entry) -> bool:
    return not (entry.obsolete or entry.fuzzy or entry.joined or not entry.msgstr.strip())


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _repeated(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """Return the entries whose translation occurs more than once, each with that text folded."""
    folded = [(entry, _fold(entry.msgstr)) for entry in entries]
    counts = Counter([fold for _, fold in folded])
    return [(entry, fold) for entry, fold in folded if counts[fold] > 1]


def _differing(
    entries: Iterable[tuple[Entry, str]],
    other: Callable[[Entry], str],
    code: str,
    message: str,
    level: Level,
) -> Iterator[Finding]:
    """Yield findings at entries that share one side with an earlier one, but not the other."""
    first: dict[str, Entry] = {}
    for entry, same in entries:
        known = first.setdefault(same, entry)
        if known is not entry and other(known) != other(entry):
            line = known.msgstr_line
            yield report_at_entry(
                entry, code, f"{message}: see line {line}", "compare the two entries", level
            )


REPETITION = CatalogRunner(check_repetition)

REPETITION_RULES: tuple[Rule, ...] = (
    Rule(
        code="same-source",
        family="repetition",
        level=Level.ADVICE,
        title="One source, two translations",
        why="A sentence that occurs in two contexts may need two translations; usually one of "
        "them was corrected and the other forgotten.",
        remedy="Compare the two entries and correct the wrong one.",
        language="ru",
        right=("He was released.", "Его освободили."),
        wrong=("He was released.", "Его отпустили."),
        runner=REPETITION,
    ),
    Rule(
        code="same-translation",
        family="repetition",
        level=Level.WARNING,
        title="Two sources, one translation",
        why="Different sentences of four or more words seldom have the same translation; usually "
        "one was pasted into the wrong entry.",
        remedy="Compare the two entries and correct the wrong one.",
        language="ru",
        right=("The court released him.", "Суд освободил его."),
        wrong=("The court arrested him.", "Суд освободил его."),
        runner=REPETITION,
    ),
)
