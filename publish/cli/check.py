"""`publish check`: what is wrong in the translations, and repairs of what is safe to repair."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from publish.actions.check import (
    CheckResult,
    LanguageCheck,
    check_built,
    check_translations,
    findings_page,
    select_level,
)
from publish.checks.gates import counted_level
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note, show_findings
from publish.files import write_atomic
from publish.model import Finding, Level
from publish.pages.findingsdata import findings_json, findings_sarif
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


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
        help="check the finished files in build/ instead of the catalogs",
    )
    parser.add_argument(
        "--show-accepted", action="store_true", help="also list what # ok: CODE accepts"
    )
    parser.add_argument(
        "--level",
        type=Level,
        default=Level.WARNING,
        choices=tuple(Level),
        metavar="LEVEL",
        help="show this level and worse: error, warning (the default) or advice",
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings in the form asked for; 1 where one is an error, shown or not."""
    loader = Loader(opened(arguments))
    if arguments.built:
        return _built(loader, arguments)
    names, languages = arguments.documents, arguments.languages
    found = check_translations(loader, names, languages, fix=arguments.fix)
    for fix in found.fixes:
        note(f"{fix.span}: {', '.join(fix.done)}")
    if not _tell_programs(loader, found.findings, found.accepted, arguments):
        _tell_people(found, arguments)
    return int(found.has_errors)


def _built(loader: Loader, arguments: argparse.Namespace) -> int:
    found = check_built(loader, arguments.documents, arguments.languages)
    if not _tell_programs(loader, found.findings, (), arguments):
        show_findings(select_level(found.findings, arguments.level))
    if not found.findings and not arguments.quiet:
        note(f"{found.editions} editions checked: nothing is wrong")
    return int(bool(found.findings))


def _tell_programs(
    loader: Loader,
    findings: Sequence[Finding],
    accepted: Sequence[Finding],
    arguments: argparse.Namespace,
) -> bool:
    """Whether another form than lines was asked for; then the findings are told in that."""
    shown = select_level(findings, arguments.level)
    if arguments.json:
        print(findings_json(shown, accepted if arguments.show_accepted else ()))
    elif arguments.sarif:
        print(findings_sarif(shown))
    elif arguments.html:
        page = findings_page(loader, shown, arguments.languages)
        write_atomic(arguments.html, page.encode("utf-8", "replace"))
        note(f"wrote {arguments.html}")
    else:
        return False
    return True


def _tell_people(found: CheckResult, arguments: argparse.Namespace) -> None:
    show_findings(select_level(found.sources, arguments.level))
    if found.unread and not arguments.quiet:
        print(f"source: {', '.join(_counts(found.sources))}")
    for one in found.languages:
        _tell_language(one, len(found.unread), arguments)


def _tell_language(found: LanguageCheck, unread: int, arguments: argparse.Namespace) -> None:
    show_findings(select_level(found.findings, arguments.level))
    if arguments.show_accepted:
        for finding in found.accepted:
            print(f"accepted[{finding.code}]: {finding.span}: {finding.message}")
    parts = _counts(found.findings)
    if unread:
        skipped = f"{unread} document{'s' * (unread != 1)} not checked"
        parts = [*(parts if found.findings else []), skipped]
    parts += [f"{len(found.accepted)} accepted"] if found.accepted else []
    if not arguments.quiet:
        print(f"{found.language.tag}: {', '.join(parts)}")


def _counts(findings: Iterable[Finding]) -> list[str]:
    counted = Counter(finding.level for finding in findings)
    return [counted_level(counted[level], level) for level in Level]
