"""`publish verify`: check that a release is complete, unchanged, and its publisher's."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from publish.actions.release import attest_release, compare_release
from publish.actions.verify import parse_today, verify_and_remember
from publish.cli.options import add_json, add_workspace, open_given_workspace
from publish.cli.printing import print_note, show_findings
from publish.pages.findingsdata import render_findings_json
from publish.release.verifying import VerifiedRelease

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "release", type=Path, metavar="DIR", help="the folder of a release, or one of its archives"
    )
    parser.add_argument(
        "--key",
        metavar="PUBKEY",
        help="the publisher's public key or its file, or the fingerprint of the publisher's keys,"
        " from a source you trust; a publisher who is known here need not be named again",
    )
    parser.add_argument(
        "--offline-date", metavar="DAY", help="today, on a machine whose clock is wrong"
    )
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="build the editions again from this workspace and compare",
    )
    add_json(parser)
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    today = parse_today(arguments.offline_date)
    found = verify_and_remember(arguments.release, arguments.key, today, os.environ)
    if arguments.json:
        print(render_findings_json(found.findings, ()))
    else:
        show_findings(found.findings)
        for line in () if arguments.quiet else found.lines:
            print_note(line)
    broken = found.release.errors
    same = broken or not arguments.rebuild or _rebuild(found.release, arguments)
    return found.exit_code if same else 1


def _rebuild(found: VerifiedRelease, arguments: argparse.Namespace) -> bool:
    """Build the editions again; return whether all are the same, and then write a statement."""
    same, workspace = True, open_given_workspace(arguments)
    for one in compare_release(workspace, found, os.cpu_count() or 1):
        same = same and one.answer == "same"
        print_note(f"{one.answer:<14}  {one.name}{f': {one.why}' if one.why else ''}")
    if same:
        print_note(f"{attest_release(arguments.release, workspace, found)}: a statement to sign")
    return same
