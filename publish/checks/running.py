"""The checks run: every translation that an edition would show, against the whole table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from publish.checks.accepting import Corrected, accepted_codes, judge
from publish.checks.check import Check, Pair, Problem
from publish.checks.structure import finding
from publish.checks.table import STRUCTURAL, check_catalog
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import (
    Catalog,
    Document,
    Entry,
    Finding,
    Key,
    Level,
    Quoted,
    Role,
    plain,
    proses,
)
from publish.reading.inline import parse_inline
from publish.reading.segmenting import cut, translatable
from publish.reading.translation import translation_tree

__all__ = ["Checking", "accepted_findings", "errors_of_structure", "pairs", "run_checks"]

TEXT = {Role.PARAGRAPH, Role.ITEM, Role.QUOTE}


@dataclass(frozen=True, slots=True)
class Checking:
    """What is checked: a source with its language, a catalog with its own, and by which rows.

    `corrected` are the wordings of the source that its own catalog corrects.
    """

    source: Document
    source_language: Language
    catalog: Catalog
    language: Language
    checks: tuple[Check, ...]
    use_fuzzy: bool = False
    whole: tuple[Callable[[Catalog], Iterator[Finding]], ...] = ()
    corrected: Corrected = field(default_factory=dict)


def run_checks(work: Checking) -> Iterator[Finding]:
    """Findings of structure, of the table, and advice on acceptances that hold no longer.

    What a translator accepted with `# ok: CODE` is left out; errors of structure cannot be.
    """
    yield from _placed(work, _structural(work))
    known = {check.code for check in work.checks} - STRUCTURAL
    found = (found for found, accepted in _judged(work) if not accepted)
    yield from _placed(work, found)
    entries = _shown(work)
    advice = (one for entry in entries for one in judge(entry, known, work.corrected))
    yield from _placed(work, advice)


def accepted_findings(work: Checking) -> Iterator[Finding]:
    """The findings that are accepted for the text as it stands."""
    yield from _placed(work, (found for found, accepted in _judged(work) if accepted))


def pairs(work: Checking) -> Iterator[Pair]:
    """Every translated sentence with its translation, as plain text.

    Sentences that are told in the translation of the one before (`{joined}`) stand with it.
    Text that cannot be read as marks is left out: that is an error of structure.
    """
    followers = _followers(work)
    for entry in _shown(work):
        if not entry.joined:
            sources = [entry.msgid, *(key[1] for key in followers.get(entry.key, ()))]
            try:
                source = " ".join(plain(parse_inline(text)) for text in sources)
                target = plain(translation_tree(entry.msgstr))
            except PublishError:
                continue
            yield Pair(entry, source, target, work.language)


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
        for prose in proses(work.source):
            head: Key | None = None
            for unit in cut(prose, work.source_language).units:
                if unit.key not in joined:
                    head = unit.key
                elif head is not None and unit.key not in found.get(head, ()):
                    found[head] = (*found.get(head, ()), unit.key)
    return found


# --------------------------------------------------------------------------- findings


def _structural(work: Checking) -> Iterator[Finding]:
    return check_catalog(work.source, work.source_language, work.catalog, use_fuzzy=work.use_fuzzy)


def _judged(work: Checking) -> Iterator[tuple[Finding, bool]]:
    """The findings that can be accepted, each with whether it is."""
    yield from _judged_whole(work)
    rows = [check for check in work.checks if check.code not in STRUCTURAL]
    if not rows:
        return
    for pair in pairs(work):
        for check in rows:
            for problem in check.run(pair):
                yield (
                    _finding(pair, check, problem),
                    check.code in accepted_codes(pair.entry, work.corrected),
                )


def _judged_whole(work: Checking) -> Iterator[tuple[Finding, bool]]:
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


def _finding(pair: Pair, check: Check, problem: Problem) -> Finding:
    hint = problem.hint or f"correct it, or accept this text with a comment: # ok: {check.code}"
    made = finding(pair.entry, check.code, problem.message, hint, check.level)
    spot = _within(problem.spot, pair)
    quoted = Quoted(pair.source, pair.target, pair.language.tag, spot, problem.about, problem.say)
    return replace(made, quoted=quoted)


def _within(spot: tuple[int, int] | None, pair: Pair) -> tuple[int, int] | None:
    """A spot that lies in the target, None for one that does not."""
    return spot if spot and 0 <= spot[0] < spot[1] <= len(pair.target) else None


def _placed(work: Checking, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with place and text, which are looked for only where there is a finding."""
    places: Mapping[Key, str] | None = None
    entries: Mapping[int, Entry] = {}
    for found in findings:
        if places is None:
            places = _places(work)
            entries = {_line(entry): entry for entry in work.catalog.active().values()}
        entry = entries.get(found.span.first if found.span else 0)
        if entry is None:
            yield found
            continue
        quoted = Quoted(entry.msgid, entry.msgstr, work.language.tag)
        yield replace(found, place=places.get(entry.key, ""), quoted=found.quoted or quoted)


def _line(entry: Entry) -> int:
    return entry.msgstr_line or entry.span.first


def _places(work: Checking) -> dict[Key, str]:
    """Where each sentence stands first: its section and its number there, or what it is."""
    words: dict[Key, str] = {}
    counted: Counter[str] = Counter()
    for prose in proses(work.source):
        for unit in filter(translatable, cut(prose, work.source_language).units):
            counted[unit.place] += unit.role in TEXT
            number = f"sentence {counted[unit.place]}" if unit.role in TEXT else str(unit.role)
            words.setdefault(unit.key, f"{unit.place}, {number}" if unit.place else number)
    return words


def errors_of_structure(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the findings that hold every edition back."""
    return [found for found in findings if found.level is Level.ERROR and found.code in STRUCTURAL]
