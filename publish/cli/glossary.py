"""`publish glossary`: the table of terms looked through, or exported for other programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from publish.actions.glossary import GlossaryReport, export_glossary, find_unverified_terms
from publish.cli.options import add_language, add_workspace, opened
from publish.cli.printing import write_data
from publish.kits.termfiles import Unverified
from publish.translation.loading import Loader
from publish.visible import visible

__all__ = ["add_arguments", "run"]

SHOWN = 5
"""Places of a term that are listed for people; `--json` has them all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    parser.add_argument("--json", action="store_true", help="for other programs")
    add_workspace(parser)
    actions = parser.add_subparsers(dest="action", metavar="[export]")
    # What stands before the word export holds for it too, so here nothing has a default.
    export = actions.add_parser(
        "export", help="write the terms for other programs", argument_default=argparse.SUPPRESS
    )
    export.add_argument(
        "--format", choices=["tbx", "csv"], default="tbx", help="TBX-Basic or a table"
    )
    export.add_argument(
        "-o", "--output", type=Path, default=None, metavar="FILE", help="where to (default: stdout)"
    )
    export.add_argument("-l", "--language", dest="languages", action="append", metavar="TAG")
    export.add_argument("-C", dest="folder", type=Path, metavar="DIR")
    export.add_argument("-q", "--quiet", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 where the table is in order; a wrong one is an error with its line."""
    loader = Loader(opened(arguments))
    if arguments.action == "export":
        exported = export_glossary(loader, arguments.languages, arguments.format)
        write_data(arguments, exported.data, f"{exported.terms} terms")
        return 0
    report = find_unverified_terms(loader, arguments.languages)
    print(_json(report) if arguments.json else "\n".join(_lines(report)))
    return 0


def _lines(report: GlossaryReport) -> Iterator[str]:
    yield f"{report.glossary.file}: {len(report.glossary.terms)} terms"
    for tag, terms in report.unverified.items():
        used = [one for one in terms if one.places]
        yield f"{tag}: {len(terms)} not verified, {len(used)} of them in the source"
        yield from map(_line, used)


def _line(one: Unverified) -> str:
    more = len(one.places) - SHOWN
    where = "; ".join(one.places[:SHOWN]) + (f"; {more} more" if more > 0 else "")
    term = visible(f"{one.term.source} → {one.rendering.text}")
    return f"  {one.term.span.first}: {term} ({one.rendering.status}): {where}"


def _json(report: GlossaryReport) -> str:
    """The schema: version 1; a term's line is that in the glossary."""
    rows = [
        {
            "language": tag,
            "term": one.term.source,
            "translation": one.rendering.text,
            "status": one.rendering.status,
            "line": one.term.span.first,
            "places": one.places,
        }
        for tag, terms in report.unverified.items()
        for one in terms
    ]
    listed = {"version": 1, "file": report.glossary.file, "unverified": rows}
    return json.dumps(listed, indent=2, ensure_ascii=False)
