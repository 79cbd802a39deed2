"""`publish glossary`: list terms that nobody verified, or export the glossary."""

from __future__ import annotations

import argparse
from typing import get_args

from publish.actions.glossary import GlossaryFormat, export_glossary, find_unverified_terms
from publish.cli.options import (
    add_json,
    add_language,
    add_output,
    add_workspace,
    open_given_workspace,
)
from publish.cli.printing import write_data
from publish.errors import UsageError
from publish.kits.termfiles import render_unverified_json
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", choices=["export"], help="write the glossary for other programs"
    )
    parser.add_argument(
        "--format",
        choices=get_args(GlossaryFormat),
        help="export as TBX-Basic (the default) or as a table",
    )
    add_output(parser)
    add_language(parser)
    add_json(parser)
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.action is None and (arguments.format or arguments.output):
        raise UsageError("--format and -o go with export", hint="publish glossary export")
    loader = Loader(open_given_workspace(arguments))
    if arguments.action:
        exported = export_glossary(loader, arguments.languages, arguments.format or "tbx")
        write_data(arguments, exported.data, f"{exported.terms} terms")
        return 0
    report = find_unverified_terms(loader, arguments.languages)
    if arguments.json:
        print(render_unverified_json(report.glossary, report.unverified))
    else:
        print("\n".join(report.describe()))
    return 0
