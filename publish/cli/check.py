"""`publish check`: what is wrong in the translations, and repairs of what is safe to repair."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from publish.building.checking import Checked, checked, checked_corrections, checked_interface
from publish.building.preparing import interfaces, load_catalog
from publish.catalogs.pofile import PoFile, read
from publish.checks.accepting import Corrected, corrected_by, stamped_file
from publish.checks.fixing import fixed_file
from publish.checks.gates import counted_level
from publish.checks.measure import first_translations
from publish.checks.table import ACCEPTABLE
from publish.checks.wholes import check_front_matter
from publish.cli.catalogs import save
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note, show_findings
from publish.cli.reports import findings_html, findings_json, findings_sarif
from publish.editions.interface import interface_of
from publish.errors import FindingsError, PublishError
from publish.files import write_atomic
from publish.languages.language import Language
from publish.model import Catalog, Document, Entry, Finding, Key, Level
from publish.resources import template_folder
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]

ORDER = tuple(Level)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for other programs")
    form.add_argument("--sarif", action="store_true", help="for code hosts (SARIF 2.1.0)")
    form.add_argument("--html", type=Path, metavar="FILE", help="a page for a browser")
    parser.add_argument(
        "--fix",
        action="store_true",
        help="repair composed letters, spaces and quotation marks in the translations",
    )
    parser.add_argument(
        "--built",
        action="store_true",
        help="look at the finished files in build/ instead of the catalogs",
    )
    parser.add_argument(
        "--show-accepted", action="store_true", help="also list what # ok: CODE accepts"
    )
    parser.add_argument(
        "--level",
        type=Level,
        default=Level.WARNING,
        choices=ORDER,
        metavar="LEVEL",
        help="show this level and worse: error, warning (the default) or advice",
    )
    add_workspace(parser)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be said of one language; `unread` documents were not looked at."""

    language: Language
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    unread: int = 0


def run(arguments: argparse.Namespace) -> int:
    """The findings in the form asked for; 1 where one is an error, shown or not."""
    workspace = opened(arguments)
    if arguments.built:
        return _built(workspace, arguments)
    documents, of_sources = _documents(workspace, arguments.documents)
    unread = len(workspace.documents(arguments.documents)) - len(documents)
    of_sources += (
        found for document in documents.values() for found in check_front_matter(document)
    )
    told = [
        replace(_language(workspace, documents, language, arguments), unread=unread)
        for language in workspace.languages(arguments.languages)
    ]
    _tell(workspace, of_sources, told, arguments)
    every = [*of_sources, *(finding for one in told for finding in one.findings)]
    return int(any(finding.level is Level.ERROR for finding in every))


def _built(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """The audit of the finished files, told like any other findings."""
    from publish.building.auditing import audit_built

    editions = workspace.editions(arguments.languages, arguments.documents)
    findings = list(audit_built(workspace, editions))
    _tell(workspace, findings, [], arguments)
    if not findings and not arguments.quiet:
        note(f"{len(editions)} editions looked at: nothing is wrong")
    return int(bool(findings))


def _documents(
    workspace: Workspace, wanted: Sequence[str]
) -> tuple[dict[str, Document], list[Finding]]:
    """The documents that can be read, and errors for those that cannot."""
    documents: dict[str, Document] = {}
    unread: list[Finding] = []
    for name in workspace.documents(wanted):
        try:
            documents[name] = workspace.read(name)
        except PublishError as error:
            unread += _as_findings(error)
    return documents, unread


def _as_findings(error: PublishError) -> Iterator[Finding]:
    if isinstance(error, FindingsError):
        yield from error.findings
    yield Finding(error.listed_code, Level.ERROR, error.message, error.span, error.hint)


# --------------------------------------------------------------------------- one language


def _language(
    workspace: Workspace,
    documents: dict[str, Document],
    language: Language,
    arguments: argparse.Namespace,
) -> _Told:
    findings: list[Finding] = []
    accepted: list[Finding] = []
    first = first_translations(_all_catalogs(workspace, language))
    for name, document in documents.items():
        try:
            found = _document(workspace, name, document, language, first, arguments)
        except PublishError as error:
            found = Checked(tuple(_as_findings(error)))
        findings += found.findings
        accepted += found.accepted
    try:
        for catalog in interfaces(workspace, language):
            findings += checked_interface(catalog, language)
    except PublishError as error:
        findings += _as_findings(error)
    return _Told(language, tuple(findings), tuple(accepted))


def _all_catalogs(workspace: Workspace, language: Language) -> Iterator[Catalog]:
    """The catalogs of all documents, those not asked for too; what cannot be read is left out."""
    for name in workspace.documents():
        with suppress(PublishError):
            catalog = load_catalog(workspace, language, name)
            yield from [catalog] if catalog else []


def _document(
    workspace: Workspace,
    name: str,
    document: Document,
    language: Language,
    first: Mapping[Key, Entry],
    arguments: argparse.Namespace,
) -> Checked:
    """The findings on a catalog; corrections of the source are checked for structure alone."""
    path = workspace.catalog(language, name)
    source = workspace.source_language
    corrections = load_catalog(workspace, source, name)
    if path.is_file():
        before = read(path, workspace.shown(path))
        _settle(path, before, language, corrected_by(corrections), arguments)
    catalog = load_catalog(workspace, language, name)
    if language.tag == source.tag:
        found = checked_corrections(document, source, catalog) if catalog else ()
        return Checked(tuple(found))
    if catalog is None:
        shown = workspace.shown(path)
        return Checked(
            (
                Finding(
                    "catalog-missing",
                    Level.ERROR,
                    f"there is no catalog {shown}",
                    hint="make it with publish update",
                ),
            )
        )
    return checked(workspace, document, language, catalog, corrections=corrections, elsewhere=first)


def _settle(
    path: Path,
    before: PoFile,
    language: Language,
    corrected: Corrected,
    arguments: argparse.Namespace,
) -> None:
    """Repairs what is asked for, and ties each new `# ok:` to the text it was written for."""
    after = before
    if arguments.fix:
        after, done = fixed_file(before, language, corrected)
        for entry, repair in done:
            line = entry.msgstr_line or entry.span.first
            note(f"{before.file}:{line}: {', '.join(repair.done)}")
    after = stamped_file(after, ACCEPTABLE, corrected)
    if after != before:
        save(path, before, after)


# --------------------------------------------------------------------------- telling


def _tell(
    workspace: Workspace,
    of_sources: list[Finding],
    told: list[_Told],
    arguments: argparse.Namespace,
) -> None:
    shown = _loud([*of_sources, *(finding for one in told for finding in one.findings)], arguments)
    accepted = [finding for one in told for finding in one.accepted if arguments.show_accepted]
    if arguments.json:
        print(findings_json(shown, accepted))
    elif arguments.sarif:
        print(findings_sarif(shown))
    elif arguments.html:
        page = _page(workspace, shown, arguments)
        write_atomic(arguments.html, page.encode("utf-8", "replace"))
        note(f"{arguments.html} is written")
    else:
        show_findings(_loud(of_sources, arguments))
        if any(one.unread for one in told) and not arguments.quiet:
            print(f"source: {', '.join(_counts(of_sources))}")
        for one in told:
            _tell_language(one, arguments)


def _loud(findings: Iterable[Finding], arguments: argparse.Namespace) -> list[Finding]:
    """Findings of the level asked for and worse."""
    worst = ORDER[: ORDER.index(arguments.level) + 1]
    return [finding for finding in findings if finding.level in worst]


def _tell_language(told: _Told, arguments: argparse.Namespace) -> None:
    show_findings(_loud(told.findings, arguments))
    if arguments.show_accepted:
        for finding in told.accepted:
            print(f"accepted[{finding.code}]: {finding.span}: {finding.message}")
    parts = _counts(told.findings)
    if told.unread:
        documents = f"{told.unread} document{'s' * (told.unread != 1)} not looked at"
        parts = [*(parts if told.findings else []), documents]
    parts += [f"{len(told.accepted)} accepted"] if told.accepted else []
    if not arguments.quiet:
        print(f"{told.language.tag}: {', '.join(parts)}")


def _counts(findings: Iterable[Finding]) -> list[str]:
    counted = Counter(finding.level for finding in findings)
    return [counted_level(counted[level], level) for level in ORDER]


def _page(workspace: Workspace, shown: list[Finding], arguments: argparse.Namespace) -> str:
    """The page in the one language that was asked for, else in the source's."""
    languages = workspace.languages(arguments.languages)
    language = languages[0] if len(languages) == 1 else workspace.source_language
    folders = (workspace.root / "templates", template_folder())
    words = interface_of(language, interfaces(workspace, language))
    return findings_html(shown, folders, words, workspace.source_language.tag)
