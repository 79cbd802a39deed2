"""`publish fonts`: say which fonts cover the texts, and which letters none of them has."""

from __future__ import annotations

import argparse

from publish.actions.fonts import describe_own_fonts, list_fonts
from publish.cli.options import add_language, add_workspace, open_given_workspace
from publish.cli.printing import print_note
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the fonts of each language; return 1 if a letter is missing."""
    loader = Loader(open_given_workspace(arguments))
    found = list_fonts(loader, arguments.languages)
    for one in found:
        print("\n".join(one.describe()))
    for line in () if arguments.quiet else describe_own_fonts(loader.workspace):
        print_note(line)
    return int(any(one.missing for one in found))
