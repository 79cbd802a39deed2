"""The rules of translations that say something else than their source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publish.checks.findings import LONGEST, find_span, report_at_entry
from publish.checks.meaning.misplaced import Shift, find_misplaced
from publish.checks.meaning.omissions import find_omissions
from publish.checks.meaning.texts import gather_texts
from publish.checks.meaning.vectors import compare_vectors
from publish.checks.meaning.wordlinks import BagPair, split_stems
from publish.checks.rule import CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.languages.lastwords import find_last_words
from publish.model import Entry, Finding, Level, Span
from publish.reading.locationwords import describe_location
from publish.visible import shorten

__all__ = ["PLACE_RULES"]

FEWEST = 6
"""Translations of the smallest catalog that is judged."""
OTHERS = 1000
"""So many entries are enough to learn words from; fewer learn from other documents, too."""


def check_meaning(view: CatalogView) -> Iterator[Finding]:
    """Yield findings on translations that belong to another sentence, were cut, or hold two.

    Codes: `rows-shifted`, `translation-exchanged`, `translation-elsewhere`, `translation-cut`,
    `translation-double`.
    """
    entries, pairs = _list_rows(view)
    filled = sum(1 for _, target in pairs if target)
    if filled < FEWEST:
        return
    alike = compare_vectors(pairs, view.vectors) if view.vectors else None
    texts = gather_texts(pairs, _list_others(view, OTHERS - filled), alike)
    misplaced = find_misplaced(texts)
    taken: set[int] = set()
    for shift in misplaced.shifts:
        taken.update(shift.numbers)
        yield _report_shift(view, entries, pairs, shift)
    for one, other in misplaced.exchanged:
        taken |= {one, other}
        yield _report_exchanged(view, entries[one], entries[other])
        yield _report_exchanged(view, entries[other], entries[one])
    for number, other in misplaced.moved:
        taken.add(number)
        yield _report_moved(view, entries[number], entries[other])
    omissions = find_omissions(texts, taken, find_last_words(view.language.tag))
    for number in omissions.cut:
        yield _report_cut(entries[number])
    for number, other in omissions.two:
        yield _report_double(view, entries[number], entries[other])


def _list_rows(view: CatalogView) -> tuple[list[Entry], list[tuple[str, str]]]:
    """Return the entries of a catalog as an editor shows them, and their texts.

    Where there is no translation, or none that can be read, the second text is empty.
    """
    known = {entry.key: (source, target) for entry, source, target in view.sentences}
    entries, pairs = [], []
    for key, entry in view.active.items():
        if entry.msgid and not entry.joined:
            found = known.get(key) or (view.find_source_text((key,)) or entry.msgid, "")
            entries.append(entry)
            pairs.append((found[0], found[1].strip()))
    return entries, pairs


def _list_others(view: CatalogView, most: int) -> Iterator[BagPair]:
    """Yield the stems of translations in other documents, at most so many."""
    own = view.catalog.file
    for entry in view.elsewhere.values() if most > 0 else ():
        if entry.span.file != own and entry.msgid:
            yield split_stems(entry.msgid), split_stems(entry.msgstr)
            most -= 1
            if not most:
                return


def _place(view: CatalogView, entry: Entry) -> str:
    """Return where an entry is: its line, and its sentence if the source is known."""
    line = f"line {find_span(entry).first}"
    location = view.find_location(entry)
    return f"{line} ({describe_location(location)})" if location else line


def _report_shift(
    view: CatalogView, entries: list[Entry], pairs: list[tuple[str, str]], shift: Shift
) -> Finding:
    inside = [number for number in shift.numbers if pairs[number][1]]
    first, last = entries[inside[0]], entries[inside[-1]]
    rows = abs(shift.rows)
    far = "one entry" if rows == 1 else f"{rows} entries"
    where, side = ("low", "before") if shift.rows < 0 else ("high", "after")
    found = report_at_entry(
        first,
        "rows-shifted",
        f"the translations from {_place(view, first)} to {_place(view, last)} stand {far} too "
        f"{where}: each belongs to the sentence {far} {side} it",
        f"move these {len(inside)} translations {far} {'up' if shift.rows < 0 else 'down'}; other "
        "findings in them are left out until then",
        Level.ERROR,
    )
    covers = tuple(entries[number].key for number in inside)
    span = Span(first.span.file, find_span(first).first, find_span(last).last)
    return replace(found, span=span, covers=covers)


def _report_exchanged(view: CatalogView, entry: Entry, other: Entry) -> Finding:
    return report_at_entry(
        entry,
        "translation-exchanged",
        f"this translation and that of {_place(view, other)} seem to be exchanged",
        f"compare both; the source there: {_quote(other)}",
        Level.WARNING,
    )


def _report_moved(view: CatalogView, entry: Entry, other: Entry) -> Finding:
    return report_at_entry(
        entry,
        "translation-elsewhere",
        f"this translation fits the sentence of {_place(view, other)} better than its own",
        f"compare both; the source there: {_quote(other)}",
        Level.ADVICE,
    )


def _report_cut(entry: Entry) -> Finding:
    return report_at_entry(
        entry,
        "translation-cut",
        "the end of the sentence may be missing in the translation",
        "compare the ends of both; if all is there, accept it: # ok: translation-cut",
        Level.ADVICE,
    )


def _report_double(view: CatalogView, entry: Entry, other: Entry) -> Finding:
    return report_at_entry(
        entry,
        "translation-double",
        f"the translation may hold a second sentence, such as that of {_place(view, other)}",
        "give each sentence its own translation, or mark the second as {joined}",
        Level.ADVICE,
    )


def _quote(entry: Entry) -> str:
    return shorten(entry.msgid, LONGEST).replace("\n", " ")


RUNNER = CatalogRunner(check_meaning)

PLACE_RULES: tuple[Rule, ...] = (
    Rule(
        code="rows-shifted",
        family="meaning",
        level=Level.ERROR,
        title="A run of translations stands beside the wrong sentences",
        why="After a cell was inserted, deleted or pasted in a list, every translation below it "
        "belongs to another sentence. Two neighbours or more that all fit the sentence so many "
        "entries away, and not their own, were shifted.",
        remedy="Move the translations back beside their own sentences, or take them from an older "
        "version of the file.",
        language="ru",
        right=("(1) He left. (2) She stayed.", "(1) Он ушёл. (2) Она осталась."),
        wrong=("(1) He left. (2) She stayed.", "(1) (empty) (2) Он ушёл."),
        runner=RUNNER,
    ),
    Rule(
        code="translation-exchanged",
        family="meaning",
        level=Level.WARNING,
        title="Two translations seem to be exchanged",
        why="Length, numbers, names, marks and the words that this catalog uses elsewhere fit much "
        "better if the two translations change places.",
        remedy="Compare both entries, and let each have its own translation.",
        language="ru",
        right=("(1) He left. (2) She stayed.", "(1) Он ушёл. (2) Она осталась."),
        wrong=("(1) He left. (2) She stayed.", "(1) Она осталась. (2) Он ушёл."),
        runner=RUNNER,
    ),
    Rule(
        code="translation-elsewhere",
        family="meaning",
        level=Level.ADVICE,
        title="The translation may belong to another sentence",
        why="Length, numbers, names, marks and the words that this catalog uses elsewhere fit a "
        "sentence nearby better than this one.",
        remedy="Compare the translation with both sentences.",
        language="ru",
        right=("(1) He left. (2) She stayed.", "(1) Он ушёл. (2) Она осталась."),
        wrong=("(1) He left. (2) She stayed.", "(1) Она осталась. (2) (empty)"),
        runner=RUNNER,
    ),
    Rule(
        code="translation-cut",
        family="meaning",
        level=Level.ADVICE,
        title="The end of the sentence may be missing",
        why="The translation is short for this catalog, and the last words, numbers or names of "
        "the source are not found, or it ends with a word that sentences seldom end with.",
        remedy="Compare the ends of the source and the translation.",
        language="ru",
        right=(
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в аэропортах.",
        ),
        wrong=(
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв.",
        ),
        runner=RUNNER,
    ),
    Rule(
        code="translation-double",
        family="meaning",
        level=Level.ADVICE,
        title="The translation may hold two sentences",
        why="The translation is long for this catalog, has more sentences than its source, or has "
        "words, names or numbers of the sentence beside it.",
        remedy="Give each sentence its own translation, or mark the other as {joined}.",
        language="ru",
        right=("(1) He left. (2) She stayed.", "(1) Он ушёл. (2) Она осталась."),
        wrong=("(1) He left. (2) She stayed.", "(1) Он ушёл. Она осталась. (2) (empty)"),
        runner=RUNNER,
    ),
)
