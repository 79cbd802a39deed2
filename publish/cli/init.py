"""`publish init`: create settings and a first source in a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.actions.init import start_workspace
from publish.cli.printing import print_note

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "languages",
        nargs="*",
        default=["en"],
        metavar="TAG",
        help="the source's language, then the others, such as en ru tk (default: en)",
    )
    parser.add_argument(
        "-C",
        dest="folder",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="create it in this folder instead of here",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print only problems")


def run(arguments: argparse.Namespace) -> int:
    started = start_workspace(arguments.folder, arguments.languages)
    if not arguments.quiet:
        print_note(f"created {started.settings} and {started.source}")
        print_note("next: write the report, then publish update and publish build")
    return 0
