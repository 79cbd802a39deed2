"""The checks run: every translation that an edition would show, against the whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from publish.checks.accepting import Corrected, accepted_codes, judge
from publish.checks.check import Check, Pair, Problem
from publish.checks.joining import seen_in_whole
from publish.checks.structure import excerpt, place
from publish.checks.table import STRUCTURAL, check_catalog
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import (
    Catalog,
    Entry,
    Finding,
    Key,
    Level,
    Location,
    Quoted,
)
from publish.reading.inline import shown_text
from publish.reading.source import Source
from publish.reading.translation import ReadText, read_text

__all__ = [
    "Checking",
    "Judged",
    "errors_of_structure",
    "judged",
    "pairs",
    "run_checks",
]


@dataclass(frozen=True, slots=True)
class Checking:
    """What is checked: a source, a catalog with its language, and by which rows.

    `texts` are the translations as they were read; `corrected` are the wordings of the source
    that its own catalog corrects.
    """

    source: Source
    catalog: Catalog
    language: Language
    checks: tuple[Check, ...]
    use_fuzzy: bool = False
    whole: tuple[Callable[[Catalog], Iterator[Finding]], ...] = ()
    corrected: Corrected = field(default_factory=dict)
    texts: Mapping[Key, ReadText] = field(default_factory=dict)


Judged = tuple[Finding, bool]
"""A finding and whether a translator accepted it, for the text as it stands, with `# ok: CODE`."""


def judged(work: Checking) -> Iterator[Judged]:
    """Findings of structure, of the table, and advice on acceptances that hold no longer.

    Errors of structure cannot be accepted.
    """
    structure = check_catalog(
        work.source,
        work.catalog,
        use_fuzzy=work.use_fuzzy,
        direction=work.language.direction,
        texts=work.texts,
    )
    yield from _placed(work, _refused(structure))
    yield from _placed(work, _judged_whole(work))
    yield from _judged_pairs(work)
    known = {check.code for check in work.checks} - STRUCTURAL
    advice = (one for entry in _shown(work) for one in judge(entry, known, work.corrected))
    yield from _placed(work, _refused(advice))


def run_checks(work: Checking) -> Iterator[Finding]:
    """The findings that nobody accepted."""
    return (found for found, accepted in judged(work) if not accepted)


def pairs(work: Checking) -> Iterator[Pair]:
    """Every translated sentence with its translation, as plain text.

    Sentences that are told in the translation of the one before (`{joined}`) stand with it.
    Text that cannot be read as marks is left out: that is an error of structure.
    """
    followers = _followers(work)
    for entry in _shown(work):
        if not entry.joined:
            sources = [entry.msgid, *(key[1] for key in followers.get(entry.key, ()))]
            read = work.texts.get(entry.key) or read_text(entry.msgstr)
            try:
                source = " ".join(map(shown_text, sources))
            except PublishError:
                continue
            if read.error is None:
                yield Pair(entry, source, read.shown, work.language)


def _shown(work: Checking) -> list[Entry]:
    return [
        entry
        for entry in work.catalog.active().values()
        if entry.msgstr.strip()
        and entry.msgid
        and all(entry.msgstrs)
        and (work.use_fuzzy or not entry.fuzzy)
    ]


def _followers(work: Checking) -> dict[Key, tuple[Key, ...]]:
    """By the key of a head: the sentences that its translation tells too."""
    active = work.catalog.active()
    joined = {key for key, entry in active.items() if entry.joined}
    found: dict[Key, tuple[Key, ...]] = {}
    if joined:
        for text in work.source.texts:
            head: Key | None = None
            for sentence in text.sentences:
                key = sentence.key
                if key not in joined:
                    head = key
                elif head is not None and key not in found.get(head, ()):
                    found[head] = (*found.get(head, ()), key)
    return found


# --------------------------------------------------------------------------- findings


def _refused(findings: Iterable[Finding]) -> Iterator[Judged]:
    """Findings that nobody can accept."""
    return ((found, False) for found in findings)


def _judged_pairs(work: Checking) -> Iterator[Judged]:
    """What the rows of the table find in sentences."""
    rows = [
        check
        for check in work.checks
        if check.code not in STRUCTURAL and check.run is not seen_in_whole
    ]
    if not rows:
        return
    for pair in pairs(work):
        for check in rows:
            for problem in check.run(pair):
                found = _finding(pair, check, problem, work.source.places.get(pair.entry.key))
                yield found, check.code in accepted_codes(pair.entry, work.corrected)


def _judged_whole(work: Checking) -> Iterator[Judged]:
    """Findings on the whole catalog; not those at entries that an edition would not show.

    One that stands at no entry, such as a finding on the header, cannot be accepted.
    """
    every = {_line(entry) for entry in work.catalog.active().values()}
    shown = {_line(entry): entry for entry in _shown(work)}
    for check_whole in work.whole:
        for found in check_whole(work.catalog):
            line = found.span.first if found.span else None
            if line in shown:
                yield found, found.code in accepted_codes(shown[line], work.corrected)
            elif line not in every or (found.span and found.span.file != work.catalog.file):
                yield found, False


def _finding(pair: Pair, check: Check, problem: Problem, stands: Location | None) -> Finding:
    spot = _within(problem.spot, pair)
    return Finding(
        check.code,
        check.level,
        problem.message,
        place(pair.entry),
        problem.hint or f"correct it, or accept this text with a comment: # ok: {check.code}",
        excerpt(pair.entry),
        stands,
        Quoted(pair.source, pair.target, pair.language.tag, spot, problem.about, problem.say),
        key=pair.entry.key,
    )


def _within(spot: tuple[int, int] | None, pair: Pair) -> tuple[int, int] | None:
    """A spot that lies in the target, None for one that does not."""
    return spot if spot and 0 <= spot[0] < spot[1] <= len(pair.target) else None


def _placed(work: Checking, findings: Iterable[Judged]) -> Iterator[Judged]:
    """The findings with place and text, which are looked for only where there is a finding."""
    entries: Mapping[int, Entry] = {}
    for found, accepted in findings:
        entries = entries or {_line(entry): entry for entry in work.catalog.active().values()}
        entry = entries.get(found.span.first if found.span else 0)
        if entry is not None:
            quoted = found.quoted or Quoted(entry.msgid, entry.msgstr, work.language.tag)
            found = replace(found, location=work.source.places.get(entry.key), quoted=quoted)
        yield found, accepted


def _line(entry: Entry) -> int:
    return entry.msgstr_line or entry.span.first


def errors_of_structure(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the findings that hold every edition back."""
    return [found for found in findings if found.level is Level.ERROR and found.code in STRUCTURAL]
