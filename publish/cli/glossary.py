"""`publish glossary`: list terms that nobody verified, or export the glossary."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import get_args

from publish.actions.glossary import (
    GlossaryFormat,
    GlossaryReport,
    export_glossary,
    find_unverified_terms,
)
from publish.cli.options import (
    add_json,
    add_language,
    add_output,
    add_workspace,
    open_given_workspace,
)
from publish.cli.printing import write_data
from publish.errors import UsageError
from publish.kits.termfiles import UnverifiedTerm, render_unverified_json
from publish.translation.loading import Loader
from publish.visible import make_visible

__all__ = ["add_arguments", "run"]

SHOWN = 5
"""How many places of a term are listed for people; `--json` has them all."""


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
        print("\n".join(_lines(report)))
    return 0


def _lines(report: GlossaryReport) -> Iterator[str]:
    yield f"{report.glossary.file}: {len(report.glossary.terms)} terms"
    for tag, terms in report.unverified.items():
        used = [one for one in terms if one.places]
        yield f"{tag}: {len(terms)} not verified, {len(used)} of them used in the source"
        yield from map(_line, used)


def _line(one: UnverifiedTerm) -> str:
    more = len(one.places) - SHOWN
    where = "; ".join(one.places[:SHOWN]) + (f"; {more} more" if more > 0 else "")
    term = make_visible(f"{one.term.source} → {one.rendering.text}")
    return f"  {one.term.span.first}: {term} ({one.rendering.status}): {where}"
