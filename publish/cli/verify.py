"""`publish verify`: check that a release is complete, unchanged, and its publisher's."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from publish.actions.release import compare_release
from publish.cli.options import add_json, add_workspace, open_given_workspace
from publish.cli.printing import print_note, show_findings
from publish.pages.findingsdata import render_findings_json
from publish.release.keyfiles import read_given_key
from publish.release.verifying import VerifiedRelease, describe_outcome, verify_release

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "release", type=Path, metavar="DIR", help="the folder of a release, or one of its archives"
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
    same = found.errors or not arguments.rebuild or _rebuild(found, arguments)
    return found.exit_code(named=key is not None) if same else 1


def _rebuild(found: VerifiedRelease, arguments: argparse.Namespace) -> bool:
    """Build the editions again; return whether all are the same."""
    same = True
    for one in compare_release(open_given_workspace(arguments), found, os.cpu_count() or 1):
        same = same and one.answer == "same"
        print_note(f"{one.answer:<14}  {one.name}{f': {one.why}' if one.why else ''}")
    return same
