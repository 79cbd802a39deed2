"""`publish verify`: check that a release is complete, unchanged, and its publisher's."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

from publish.actions.release import compare_release
from publish.cli.options import add_json, add_workspace, open_given_workspace
from publish.cli.printing import print_note, show_findings
from publish.pages.findingsdata import render_findings_json
from publish.release.keyfiles import read_given_key
from publish.release.verifying import VerifiedRelease, describe_outcome, verify_release

__all__ = ["add_arguments", "run"]

NOT_PROVED_EXIT = 5
"""Nothing is wrong, but without the publisher's key nothing shows who made the files."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "release",
        type=Path,
        metavar="DIR",
        help="the folder of a release, or one of its archives, packed or unpacked",
    )
    parser.add_argument(
        "--key",
        metavar="PUBKEY",
        help="the publisher's public key or its file, from a source you trust",
    )
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="build the editions again from this workspace and compare",
    )
    add_json(parser)
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    key = read_given_key(arguments.key) if arguments.key else None
    found = verify_release(arguments.release, key)
    if arguments.json:
        print(render_findings_json(found.findings, ()))
    else:
        show_findings(found.findings)
        if not arguments.quiet:
            print_note(describe_outcome(found, str(arguments.release), named=key is not None))
    if found.errors or (arguments.rebuild and _rebuild(found, arguments)):
        return 1
    return 0 if key and found.key else NOT_PROVED_EXIT


def _rebuild(found: VerifiedRelease, arguments: argparse.Namespace) -> int:
    """Build the editions again; return 1 if one differs or cannot be compared."""
    answers: Counter[str] = Counter()
    for one in compare_release(open_given_workspace(arguments), found, os.cpu_count() or 1):
        answers[one.answer] += 1
        print_note(f"{one.answer:<14}  {one.name}{f': {one.why}' if one.why else ''}")
    return int(answers["differs"] > 0 or answers["cannot compare"] > 0)
