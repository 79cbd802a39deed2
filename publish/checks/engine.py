"""The engine: runs the rules and gives each finding its place in the document.

The table of rules is loaded when something is checked: a book without translations needs none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import assert_never

from publish.checks.accepting import (
    Corrections,
    corrected_by,
    judge_acceptances,
    list_accepted_codes,
)
from publish.checks.findings import find_span, quote_source
from publish.checks.rule import (
    CatalogRunner,
    DocumentRunner,
    Pair,
    Problem,
    Rule,
    SentenceRunner,
)
from publish.checks.views import CatalogView, DocumentView, Kind
from publish.garbage import collecting_no_garbage
from publish.languages.language import Language
from publish.model import Entry, Finding, Key, Level, Quoted

__all__ = [
    "JudgedEntry",
    "JudgedFinding",
    "check_catalog",
    "check_structure",
    "find_covered",
    "is_covered",
    "judge_catalog",
    "judge_document",
    "judge_entries",
    "judge_together",
    "pair_sentences",
    "select_structural_errors",
]

JudgedFinding = tuple[Finding, bool]
"""A finding, and whether a translator accepted it for the present text with `# ok: CODE`."""

JudgedEntry = tuple[JudgedFinding, bool]
"""A finding on an entry alone, and whether a rule of sentences found it."""

COVERED = ("meaning", "repetition")
"""Families of rules that say nothing new where a finding on a catalog covers several entries."""


def judge_catalog(
    view: CatalogView, rules: Iterable[Rule] | None = None
) -> Iterator[JudgedFinding]:
    """Yield the findings on a catalog, and advice on acceptances that no longer count.

    Findings of structure cannot be accepted.  Findings on entries that no edition shows are left
    out, and so are those that an open finding `covers`, such as that of a shifted run.  `rules`
    are by default all, and must contain all rows of a runner or none.
    """
    with collecting_no_garbage():
        judged = list(_judge_catalog(view, _choose_rules(rules)))
    yield from judged


def _judge_catalog(view: CatalogView, every: tuple[Rule, ...]) -> Iterator[JudgedFinding]:
    work = _sort(every, view.kind, view.language)
    corrected = corrected_by(view.corrections)
    whole = list(_judge_whole(view, work, corrected))
    covered = find_covered(whole)
    yield from (one for one in whole if not is_covered(one[0], covered))
    yield from _judge_sentences(view, work, corrected, covered)
    yield from _judge_acceptances(view, every, corrected)


def _choose_rules(rules: Iterable[Rule] | None) -> tuple[Rule, ...]:
    """Return these rules, by default all."""
    if rules is not None:
        return tuple(rules)
    from publish.checks.table import RULES

    return RULES


def judge_entries(view: CatalogView, rules: Iterable[Rule] | None = None) -> Iterator[JudgedEntry]:
    """Yield what can be found of entries without the rest of their catalog.

    Of a whole catalog it is what `judge_catalog` yields less what `judge_together` returns, except
    that findings of sentences are not left out where another one covers them.
    """
    every = _choose_rules(rules)
    work, corrected = _sort(every, view.kind, view.language), corrected_by(view.corrections)
    yield from ((one, False) for one in _judge_whole(view, work, corrected, alone=True))
    yield from ((one, True) for one in _judge_sentences(view, work, corrected, frozenset()))
    yield from ((one, False) for one in _judge_acceptances(view, every, corrected))


def judge_together(
    view: CatalogView, rules: Iterable[Rule] | None = None
) -> tuple[JudgedFinding, ...]:
    """Return what can be found only by comparing the entries of a catalog."""
    work = _sort(_choose_rules(rules), view.kind, view.language)
    corrected = corrected_by(view.corrections)
    with collecting_no_garbage():
        whole = tuple(_judge_whole(view, work, corrected, alone=False))
    covered = find_covered(whole)
    return tuple(one for one in whole if not is_covered(one[0], covered))


def find_covered(whole: Iterable[JudgedFinding]) -> frozenset[Key]:
    """Return the keys of entries of which an open finding says what others would say of each."""
    return frozenset(key for found, accepted in whole if not accepted for key in found.covers)


def is_covered(found: Finding, covered: frozenset[Key]) -> bool:
    """Return whether a finding would only say what another one says for several entries."""
    if found.covers or found.key not in covered:
        return False
    return any(rule.code == found.code and rule.family in COVERED for rule in _choose_rules(None))


def _judge_acceptances(
    view: CatalogView, every: tuple[Rule, ...], corrected: Corrections
) -> Iterator[JudgedFinding]:
    known = {rule.code for rule in every if not rule.structural}
    for entry in view.shown if view.kind == "translation" else ():
        if not entry.comments:
            continue
        for found in judge_acceptances(entry, known, corrected):
            yield _complete(view, entry, found), False


def judge_document(view: DocumentView, rules: Iterable[Rule] | None = None) -> Iterator[Finding]:
    """Yield the findings on a whole document."""
    for runner, rows in _sort(_choose_rules(rules), view.kind, view.language).documents.items():
        for found in runner.run(view):
            _assert_own(found, rows)
            yield found


def check_catalog(view: CatalogView, rules: Iterable[Rule] | None = None) -> Iterator[Finding]:
    """Yield the findings on a catalog without those that were accepted."""
    return (found for found, accepted in judge_catalog(view, rules) if not accepted)


def check_structure(view: CatalogView) -> Iterator[Finding]:
    """Yield the findings of structure on the translations that an edition would show."""
    structure = tuple(rule for rule in _choose_rules(None) if rule.structural)
    for entry, _, found in _run_whole(view, _sort(structure, view.kind, view.language)):
        yield _complete(view, entry, found)


def select_structural_errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that hold a sentence back from every edition."""
    from publish.checks.table import STRUCTURAL

    return [found for found in findings if found.level is Level.ERROR and found.code in STRUCTURAL]


# --------------------------------------------------------------------------- rules by runner

Rows = dict[str, Rule]
"""The rows of one runner, by code."""

Look = Callable[[Pair], object]
"""A quick look at a pair, done once for all rules that share it."""

Run = tuple[Rule, Callable[[Pair], Iterator[Problem]]]

Seen = tuple[str, str, tuple[str, ...], str]
"""Source, translation, the extracted comments and the language of the source of a pair: all that
sentence rules look at."""

REMEMBERED = 20_000
"""So many pairs are remembered in a process for each language and table of rules."""


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The rules for one kind of catalog in a language, by what runs them, each runner once.

    Sentence rules that follow each other and share a look are together.  `seen` remembers what
    they found in which pair of texts.
    """

    sentences: list[tuple[Look | None, list[Run]]] = field(default_factory=list)
    catalogs: dict[CatalogRunner, Rows] = field(default_factory=dict)
    documents: dict[DocumentRunner, Rows] = field(default_factory=dict)
    seen: dict[Seen, tuple[tuple[Rule, Problem], ...]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def _sort(rules: tuple[Rule, ...], kind: Kind, language: Language) -> _Sorted:
    """Return the rules sorted; those of one language remember nothing of another's pairs."""
    work = _Sorted()
    for rule in rules:
        if kind not in rule.kinds:
            continue
        match rule.runner:
            case SentenceRunner(run, look, tags):
                if not tags or language.tag in tags:
                    if not work.sentences or work.sentences[-1][0] is not look:
                        work.sentences.append((look, []))
                    work.sentences[-1][1].append((rule, run))
            case CatalogRunner() as runner:
                work.catalogs.setdefault(runner, {})[rule.code] = rule
            case DocumentRunner() as runner:
                work.documents.setdefault(runner, {})[rule.code] = rule
            case _:
                assert_never(rule.runner)
    return work


def _assert_own(found: Finding, rows: Rows) -> None:
    """Raise AssertionError if no row has the code and level of a finding."""
    rule = rows.get(found.code)
    if rule is None or rule.level is not found.level:
        raise AssertionError(f"{found.level} {found.code} has no row with this runner: {set(rows)}")


# --------------------------------------------------------------------------- whole catalogs


def _run_whole(
    view: CatalogView, work: _Sorted, alone: bool | None = None
) -> Iterator[tuple[Entry | None, Rule, Finding]]:
    """Yield the findings of the catalog rules, each with its entry and its rule.

    Findings of structure come first, in the order of the file.  `alone` leaves only the rules that
    check each entry alone, or only the others.
    """
    every: list[tuple[Rule, Finding]] = []
    for runner, rows in work.catalogs.items():
        for found in runner.run(view) if alone in (None, runner.alone) else ():
            _assert_own(found, rows)
            every.append((rows[found.code], found))
    for rule, found in sorted(every, key=_file_order):
        yield view.find_entry(found), rule, found


def _file_order(one: tuple[Rule, Finding]) -> int:
    """Return a sort key: findings of structure by line, then the others in their order."""
    rule, found = one
    if not rule.structural:
        return sys.maxsize
    return found.span.first if found.span else 0


def _judge_whole(
    view: CatalogView, work: _Sorted, corrected: Corrections, alone: bool | None = None
) -> Iterator[JudgedFinding]:
    for entry, rule, found in _run_whole(view, work, alone):
        if entry is None or rule.structural:
            yield _complete(view, entry, found), False
        elif view.shows(entry) or rule.unshown:
            accepted = found.code in list_accepted_codes(entry, corrected)
            yield _complete(view, entry, found), accepted


def _complete(view: CatalogView, entry: Entry | None, found: Finding) -> Finding:
    """Return a finding with the location and the two sides of its entry."""
    if entry is None:
        return found
    quoted = found.quoted or Quoted(
        source=entry.msgid, translation=entry.msgstr, language=view.language.tag
    )
    return replace(found, location=view.find_location(entry), quoted=quoted)


# --------------------------------------------------------------------------- sentences


def pair_sentences(view: CatalogView) -> Iterator[Pair]:
    """Yield every translated sentence with its translation, as plain text."""
    own = view.source.language if view.source else None
    origin = own if own and own.tag.partition("-")[0] != "en" else None
    for entry, source, target in view.sentences:
        yield Pair(entry, source, target, view.language, origin)


def _judge_sentences(
    view: CatalogView, work: _Sorted, corrected: Corrections, covered: frozenset[Key]
) -> Iterator[JudgedFinding]:
    for pair in pair_sentences(view) if work.sentences else ():
        if covered and pair.entry.key in covered:
            continue
        for rule, problem in _find_problems(pair, work):
            accepted = rule.code in list_accepted_codes(pair.entry, corrected)
            yield _report(view, pair, rule, problem), accepted and not rule.structural


def _find_problems(pair: Pair, work: _Sorted) -> tuple[tuple[Rule, Problem], ...]:
    """Return what the sentence rules find in a pair; a pair that was seen before is not read again.

    So judging a translation anew costs what changed in it.
    """
    key = (pair.source, pair.target, pair.entry.extracted, pair.origin.tag if pair.origin else "")
    found = work.seen.get(key)
    if found is None:
        found = tuple(_run_rules(pair, work))
        if len(work.seen) >= REMEMBERED:
            work.seen.clear()
        work.seen[key] = found
    return found


def _run_rules(pair: Pair, work: _Sorted) -> Iterator[tuple[Rule, Problem]]:
    for look, rules in work.sentences:
        if look is None or look(pair):
            for rule, run in rules:
                for problem in run(pair):
                    yield rule, problem


def _report(view: CatalogView, pair: Pair, rule: Rule, problem: Problem) -> Finding:
    spot = _within(problem.spot, pair)
    return Finding(
        code=rule.code,
        level=rule.level,
        message=problem.message,
        span=find_span(pair.entry),
        hint=problem.hint or f"correct it, or accept this text with a comment: # ok: {rule.code}",
        excerpt=quote_source(pair.entry),
        key=pair.entry.key,
        location=view.find_location(pair.entry),
        quoted=Quoted(
            source=pair.source,
            translation=pair.target,
            language=pair.language.tag,
            spot=spot,
            about=problem.about,
            say=problem.say,
        ),
    )


def _within(spot: tuple[int, int] | None, pair: Pair) -> tuple[int, int] | None:
    """Return a spot if it lies in the target, else None."""
    return spot if spot and 0 <= spot[0] < spot[1] <= len(pair.target) else None
