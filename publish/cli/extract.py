"""`publish extract`: write the catalog templates that translation programs start from."""

from __future__ import annotations

import argparse

from publish.actions.extract import extract_interface, extract_templates
from publish.cli.options import add_documents, add_workspace, open_given_workspace
from publish.cli.printing import print_note
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    parser.add_argument(
        "--interface",
        action="store_true",
        help="update the catalogs of the editions' own words instead, such as headings",
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    loader = Loader(open_given_workspace(arguments, writing=True))
    if arguments.interface:
        lines = [
            f"{one.file}: {one.summary.kept} kept, {one.summary.added} new"
            for one in extract_interface(loader)
        ]
    else:
        written = extract_templates(loader, arguments.documents)
        lines = [f"{one.file}: {one.entries} sentences" for one in written]
    if not arguments.quiet:
        print_note("\n".join(lines))
    return 0
