"""`publish check`: find mistakes in the translations, and fix those that are safe to fix."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from publish.actions.check import (
    CheckResult,
    LanguageCheck,
    check_built,
    check_translations,
    make_findings_page,
    select_level,
)
from publish.checks.gates import describe_counts
from publish.cli.options import (
    add_documents,
    add_json,
    add_language,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_note, show_findings
from publish.files import write_atomic
from publish.model import Finding, Level
from publish.pages.findingsdata import render_findings_json, render_findings_sarif
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


FLAGS = (
    ("--fix", "fix decomposed letters, spaces and quotation marks in the catalogs"),
    ("--built", "check the files in build/ instead of the catalogs"),
    ("--validators", "with --built: also run installed validators"),
    ("--show-accepted", "also list findings accepted with # ok: CODE"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--sarif", action="store_true", help="print SARIF 2.1.0, for code hosts")
    form.add_argument("--html", type=Path, metavar="FILE", help="write a page for a browser")
    for option, words in FLAGS:
        parser.add_argument(option, action="store_true", help=words)
    merge = "also look for translations that merges of git after this commit lost"
    parser.add_argument("--merge-base", metavar="COMMIT", help=merge)
    parser.add_argument(
        "--level",
        type=Level,
        default=Level.WARNING,
        choices=tuple(Level),
        metavar="LEVEL",
        help="list findings of this level and worse: error, warning (default) or advice",
    )
    add_workspace(parser, limited=True)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; return 1 if one of them is an error, even if it is not listed."""
    loader = Loader(open_given_workspace(arguments, writing=arguments.fix))
    if arguments.built:
        return _built(loader, arguments)
    given = (loader, arguments.documents, arguments.languages)
    how = {"fix": arguments.fix, "merge_base": arguments.merge_base}
    found = check_translations(*given, **how, limits=read_limits(arguments))
    for fix in found.fixes:
        print_note(f"{fix.span}: {', '.join(fix.done)}")
    if not _print_data(loader, found.findings, found.accepted, arguments):
        _print_lines(found, arguments)
    return int(found.has_errors)


def _built(loader: Loader, arguments: argparse.Namespace) -> int:
    found = check_built(
        loader, arguments.documents, arguments.languages, validators=arguments.validators
    )
    if not _print_data(loader, found.findings, (), arguments):
        show_findings(select_level(found.findings, arguments.level))
    if not found.findings and not arguments.quiet:
        print_note(f"{found.editions} editions checked: no mistakes found")
    return int(bool(found.findings))


def _print_data(
    loader: Loader,
    findings: Sequence[Finding],
    accepted: Sequence[Finding],
    arguments: argparse.Namespace,
) -> bool:
    """Write the findings as JSON, SARIF or HTML; return False if none of these was asked for."""
    shown = select_level(findings, arguments.level)
    if arguments.json:
        print(render_findings_json(shown, accepted if arguments.show_accepted else ()))
    elif arguments.sarif:
        print(render_findings_sarif(shown))
    elif arguments.html:
        page = make_findings_page(loader, shown, arguments.languages)
        write_atomic(arguments.html, page.encode("utf-8", "replace"))
        print_note(f"wrote {arguments.html}")
    else:
        return False
    return True


def _print_lines(found: CheckResult, arguments: argparse.Namespace) -> None:
    show_findings(select_level(found.sources, arguments.level), short=True)
    if not arguments.quiet and found.sources:
        print(f"source: {', '.join(describe_counts(found.sources))}")
    for one in found.languages:
        _print_language(one, len(found.unread), arguments)
    if not arguments.quiet and select_level(found.findings, arguments.level) != found.findings:
        print("publish check --level advice lists all of them")


def _print_language(found: LanguageCheck, unread: int, arguments: argparse.Namespace) -> None:
    show_findings(select_level(found.findings, arguments.level))
    if arguments.show_accepted:
        for finding in found.accepted:
            print(f"accepted[{finding.code}]: {finding.span}: {finding.message}")
    if not arguments.quiet:
        print(f"{found.language.tag}: {', '.join(found.describe(unread))}")
