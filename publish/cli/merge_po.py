"""`publish merge-po`: merge two versions of a catalog entry by entry, by hand or from git."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from publish.actions.merge_po import install_merge_driver, merge_catalog_files
from publish.cli.printing import print_findings, print_note
from publish.errors import UsageError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", nargs="?", metavar="BASE", help="the common ancestor")
    parser.add_argument(
        "ours", nargs="?", metavar="OURS", help="our version; the result is written here"
    )
    parser.add_argument("theirs", nargs="?", metavar="THEIRS", help="their version")
    parser.add_argument("path", nargs="?", metavar="PATH", help="name of the file in messages")
    parser.add_argument(
        "--install",
        action="store_true",
        help="make this the merge driver for .po files in this clone",
    )


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when OURS holds the merged file, even if there are conflicts."""
    if arguments.install:
        return _install(arguments)
    if arguments.theirs is None:
        raise UsageError(
            "merge-po needs three files", hint="publish merge-po BASE OURS THEIRS [PATH]"
        )
    print_findings(
        merge_catalog_files(arguments.base, arguments.ours, arguments.theirs, arguments.path)
    )
    return 0


def _install(arguments: argparse.Namespace) -> int:
    if arguments.base is not None:
        raise UsageError("--install takes no files")
    installed = install_merge_driver(Path())
    for name, value in installed.settings.items():
        print_note(f"git config {name} {shlex.quote(value)}")
    for line in installed.added:
        print_note(f".gitattributes: {line}")
    for line in installed.present:
        print_note(f".gitattributes already has: {line}")
    print_note("next: commit .gitattributes; run publish merge-po --install once in every clone")
    return 0
