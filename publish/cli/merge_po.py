"""`publish merge-po`: two versions of a catalog merged by entry, by hand or by git."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from publish.actions.merge_po import install_merge_driver, merge_catalog_files
from publish.cli.printing import note, print_findings
from publish.errors import UsageError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", nargs="?", metavar="BASE", help="the version both come from")
    parser.add_argument("ours", nargs="?", metavar="OURS", help="our version; gets the result")
    parser.add_argument("theirs", nargs="?", metavar="THEIRS", help="their version")
    parser.add_argument("path", nargs="?", metavar="PATH", help="what messages call the file")
    parser.add_argument(
        "--install", action="store_true", help="have git merge the .po files of this repository so"
    )


def run(arguments: argparse.Namespace) -> int:
    """Return 0 if OURS now holds the merged file, with conflicts or without."""
    if arguments.install:
        return _install(arguments)
    if arguments.theirs is None:
        raise UsageError("three files are needed", hint="publish merge-po BASE OURS THEIRS [PATH]")
    print_findings(
        merge_catalog_files(arguments.base, arguments.ours, arguments.theirs, arguments.path)
    )
    return 0


def _install(arguments: argparse.Namespace) -> int:
    if arguments.base is not None:
        raise UsageError("--install takes no files")
    installed = install_merge_driver(Path())
    for name, value in installed.settings.items():
        note(f"git config {name} {shlex.quote(value)}")
    for line in installed.added:
        note(f".gitattributes: {line}")
    for line in installed.present:
        note(f".gitattributes has the line already: {line}")
    note("next: commit .gitattributes; every clone needs publish merge-po --install once")
    return 0
