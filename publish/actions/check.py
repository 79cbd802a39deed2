"""Check translations, fix what is safe to fix, and check built editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.checks.accepting import corrected_by, stamp_file
from publish.checks.fixing import FixedText, fix_file
from publish.checks.gates import describe_counts
from publish.checks.repetition import find_first_translations
from publish.checks.table import ACCEPTABLE
from publish.editions.page.interface import make_interface
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Catalog, Entry, Finding, Key, Level, Span
from publish.po.pofile import extract_catalog
from publish.project.orphans import list_catalog_places, tell_orphans
from publish.reading.faults import list_faults
from publish.resources import find_template_folder
from publish.reviews.rowfindings import find_wrong_rows
from publish.translation.inputs import judge_inputs, judge_own_words
from publish.translation.judging import Judgement, judge, judge_front_matter, judge_interface
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "AppliedFix",
    "BuiltCheck",
    "CheckResult",
    "LanguageCheck",
    "check_built",
    "check_translations",
    "make_findings_page",
    "select_level",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedFix:
    """A translation that was fixed: its place in the saved catalog, and what was done, in words."""

    span: Span
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageCheck:
    """The findings in one language: open ones, and those that a translator accepted."""

    language: Language
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()

    def describe(self, unread: int) -> list[str]:
        """Return how many findings there are; `unread` documents were not checked."""
        parts = describe_counts(self.findings)
        if unread:
            skipped = f"{unread} document{'s' * (unread != 1)} not checked"
            parts = [*(parts if self.findings else []), skipped]
        return parts + ([f"{len(self.accepted)} accepted"] if self.accepted else [])


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The findings in sources and translations.

    `unread` are documents that were not checked because their source cannot be read.
    """

    sources: tuple[Finding, ...]
    languages: tuple[LanguageCheck, ...]
    unread: tuple[str, ...] = ()
    fixes: tuple[AppliedFix, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All open findings, those in sources first."""
        return (*self.sources, *(found for one in self.languages for found in one.findings))

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """All findings that a translator accepted."""
        return tuple(found for one in self.languages for found in one.accepted)

    @property
    def has_errors(self) -> bool:
        return any(found.level is Level.ERROR for found in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltCheck:
    """The number of built editions that were checked, and the findings in them."""

    editions: int
    findings: tuple[Finding, ...]


def check_translations(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    fix: bool = False,
    merge_base: str | None = None,
    limits: EditionLimits = EDITION_LIMITS,
) -> CheckResult:
    """Check documents in languages; without names, all of them.

    A file that cannot be read is a finding, and the others are still checked; so is a document
    that goes beyond the `limits`.  With `merge_base`, so is what merges of git after this commit
    lost.

    Catalogs are saved if they change: each new `# ok: CODE` gets the digest of the text that it
    accepts, and with `fix` decomposed letters, spaces and quotation marks are fixed.  Findings
    have the line numbers of the saved catalogs.
    """
    asked = tuple(names)
    wanted = loader.workspace.documents(asked)
    spoken = loader.workspace.languages(languages)
    sources: list[Finding] = list(() if asked else loader.workspace.unread())
    readable: list[str] = []
    for name in wanted:
        try:
            with limit_work(f"reading {name}", limits):
                sources += judge_front_matter(loader.source(name))
                sources += judge_inputs(loader.workspace, loader.source(name).document, spoken)
            readable.append(name)
        except PublishError as error:
            sources += list_faults(error)
    # All catalogs are saved before any is judged: findings name lines of other catalogs, too.
    saved = _save_all(loader, readable, spoken, limits, fix=fix)
    found = [
        _with_own_words(loader, _check_language(loader, readable, one, saved, limits))
        for one in spoken
    ]
    if merge_base is not None:
        found = [_with_losses(loader, merge_base, wanted, one) for one in found]
    return CheckResult(
        sources=tuple(sources),
        languages=tuple(found),
        unread=tuple(name for name in wanted if name not in readable),
        fixes=tuple(saved.fixes),
    )


def _with_own_words(loader: Loader, found: LanguageCheck) -> LanguageCheck:
    """Return what a check found, and what no font has of the words that every edition has."""
    if any(one.code == "letters-uncovered" for one in found.findings):
        return found
    language = found.language
    try:
        own = judge_own_words(loader.workspace, language, loader.interfaces(language))
    except PublishError:  # The check of the language has said which file is damaged.
        return found
    return replace(found, findings=(*own, *found.findings))


def _with_losses(
    loader: Loader, since: str, names: Iterable[str], found: LanguageCheck
) -> LanguageCheck:
    from publish.actions.mergeloss import find_merge_losses

    losses = find_merge_losses(loader, since, names, found.language)
    return replace(found, findings=(*losses, *found.findings))


# --------------------------------------------------------------------------- saving


@dataclass(frozen=True, slots=True)
class _Saved:
    """What was fixed, and the catalogs that cannot be read or saved, by document and tag."""

    fixes: list[AppliedFix]
    refused: Mapping[tuple[str, str], PublishError]


def _save_all(
    loader: Loader,
    names: Iterable[str],
    languages: Sequence[Language],
    limits: EditionLimits,
    *,
    fix: bool,
) -> _Saved:
    fixes: list[AppliedFix] = []
    refused: dict[tuple[str, str], PublishError] = {}
    targets = {one.tag for one in loader.workspace.target_languages()}
    # The source's own catalog is first: its corrections decide what is accepted in the others.
    order = sorted(languages, key=lambda one: one.tag in targets)
    for name in names:
        for language in order:
            try:
                with limit_work(f"reading {name} in {language.tag}", limits):
                    fixes += _fix_and_save(loader, loader.translation(name, language), fix=fix)
            except PublishError as error:
                refused[name, language.tag] = error
    return _Saved(fixes, refused)


def _fix_and_save(loader: Loader, translation: Translation, *, fix: bool) -> list[AppliedFix]:
    """Save a catalog with its fixes and the digests of accepted texts; return the fixes."""
    if translation.po is None:
        return []
    corrected = corrected_by(translation.corrections)
    after, fixes = translation.po, tuple[tuple[Entry, FixedText], ...]()
    if fix:
        after, fixes = fix_file(after, translation.language, corrected)
    after = stamp_file(after, ACCEPTABLE, corrected)
    if after == translation.po:
        return []
    entries = loader.save(translation, after).needed.active()
    return [
        AppliedFix(span=_place(entries.get(entry.key, entry)), done=fixed.done)
        for entry, fixed in fixes
    ]


def _place(entry: Entry) -> Span:
    line = entry.msgstr_line or entry.span.first
    return Span(entry.span.file, line, line)


# --------------------------------------------------------------------------- judging


def _check_language(
    loader: Loader, names: Iterable[str], language: Language, saved: _Saved, limits: EditionLimits
) -> LanguageCheck:
    findings = list(tell_orphans(loader.workspace, language))
    accepted: list[Finding] = []
    first = find_first_translations(_all_catalogs(loader, language, limits))
    for name in names:
        error = saved.refused.get((name, language.tag))
        found = _refused(error) if error else _judge(loader, name, language, first, limits)
        findings += found.findings
        findings += () if error else _judge_ledger(loader, name, language, limits)
        accepted += found.accepted
    try:
        with limit_work(f"checking the interface words in {language.tag}", limits):
            findings += judge_interface(loader, language)
    except PublishError as error:
        findings += list_faults(error)
    return LanguageCheck(language=language, findings=tuple(findings), accepted=tuple(accepted))


def _judge(
    loader: Loader,
    name: str,
    language: Language,
    first: Mapping[Key, Entry],
    limits: EditionLimits,
) -> Judgement:
    try:
        with limit_work(f"checking {name} in {language.tag}", limits):
            return judge(loader, loader.translation(name, language), elsewhere=first)
    except PublishError as error:
        return _refused(error)


def _judge_ledger(
    loader: Loader, name: str, language: Language, limits: EditionLimits
) -> list[Finding]:
    """Return what is wrong with the signatures of a ledger; its other faults are found before."""
    path = loader.workspace.ledger(language, name)
    places = partial(list_catalog_places, loader.workspace)
    try:
        with limit_work(f"checking the reviews of {name} in {language.tag}", limits):
            ledger = loader.translation(name, language).ledger
            if not ledger.trust.listed and not any(row.signature for row in ledger.rows):
                return []
            data = path.read_bytes() if path.is_file() else b""
            return find_wrong_rows(data, ledger.file, ledger.trust, places) if data else []
    except PublishError as error:
        return list(list_faults(error))


def _refused(error: PublishError) -> Judgement:
    return Judgement(findings=tuple(list_faults(error)))


def _all_catalogs(loader: Loader, language: Language, limits: EditionLimits) -> Iterator[Catalog]:
    """Yield the catalogs of all documents that can be read, even of those not asked for."""
    for name in loader.workspace.documents():
        found: list[Catalog] = []
        with suppress(PublishError), limit_work(f"reading {name} in {language.tag}", limits):
            po = loader.catalog(language, name)
            found += [extract_catalog(po)] if po else []
        yield from found


# --------------------------------------------------------------------------- the rest


def check_built(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    validators: bool = False,
) -> BuiltCheck:
    """Compare the files in `build/` with the current sources and catalogs.

    Without names, all editions are checked, bilingual ones too.  With `validators`, the validators
    that are installed look at each file, too.
    """
    from publish.building.auditing import audit_built
    from publish.building.validators import run_validators

    workspace = loader.workspace
    editions = workspace.editions(languages, names)
    findings = list(audit_built(loader, editions))
    for edition in editions if validators else ():
        path = workspace.output(edition)
        if path.is_file():
            findings += run_validators(path, edition, workspace.shown(path))
    return BuiltCheck(editions=len(editions), findings=tuple(findings))


def select_level(findings: Iterable[Finding], level: Level) -> tuple[Finding, ...]:
    """Return the findings of this level and worse."""
    levels = tuple(Level)
    worst = levels[: levels.index(level) + 1]
    return tuple(finding for finding in findings if finding.level in worst)


def make_findings_page(
    loader: Loader, findings: Sequence[Finding], languages: Iterable[str] = ()
) -> str:
    """Return findings as an HTML page, in the one language asked for or in the source's."""
    from publish.pages.findingshtml import render_findings

    workspace = loader.workspace
    spoken = workspace.languages(languages)
    language = spoken[0] if len(spoken) == 1 else workspace.source_language
    folders = workspace.template_folders(find_template_folder())
    words = make_interface(language, loader.interfaces(language))
    return render_findings(findings, folders, words, workspace.source_language)
