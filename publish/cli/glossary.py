"""`publish glossary`: the table of terms looked through, or exported for other programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from publish.building.checking import load_glossary
from publish.catalogs.glossary import Glossary
from publish.cli.options import add_language, add_workspace, opened
from publish.cli.printing import note
from publish.errors import UsageError
from publish.files import write_atomic
from publish.kits.terms import Unverified, glossary_csv, glossary_rows, unverified, write_tbx
from publish.visible import visible
from publish.workspace import Workspace

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
    """0 where the table is in order; a wrong one is an error with its line."""
    workspace = opened(arguments)
    glossary = load_glossary(workspace)
    if glossary is None:
        shown = workspace.shown(workspace.glossary)
        raise UsageError(f"there is no {shown}", hint="its columns: en, ru, status, note")
    known = set(glossary.languages)
    tags = [one.tag for one in workspace.languages(arguments.languages) if one.tag in known]
    if arguments.action == "export":
        _export(glossary, tags, arguments)
    else:
        _look_through(workspace, glossary, tags, arguments)
    return 0


def _export(glossary: Glossary, tags: list[str], arguments: argparse.Namespace) -> None:
    if arguments.format == "tbx":
        data = write_tbx(glossary, tags)
    else:
        data = glossary_csv(glossary_rows(glossary, tags))
    if arguments.output is None:
        sys.stdout.write(data.decode())
        return
    write_atomic(arguments.output, data)
    if not arguments.quiet:
        note(f"{arguments.output}: {len(glossary.terms)} terms")


def _look_through(
    workspace: Workspace, glossary: Glossary, tags: Iterable[str], arguments: argparse.Namespace
) -> None:
    source = workspace.source_language
    documents = [workspace.read(name) for name in workspace.documents()]
    found = {tag: unverified(glossary, tag, documents, source) for tag in tags}
    if arguments.json:
        print(_json(glossary, found))
        return
    print(f"{glossary.file}: {len(glossary.terms)} terms")
    for tag, terms in found.items():
        used = [one for one in terms if one.places]
        print(f"{tag}: {len(terms)} not verified, {len(used)} of them in the source")
        for one in used:
            print(_line(one))


def _line(one: Unverified) -> str:
    more = len(one.places) - SHOWN
    where = "; ".join(one.places[:SHOWN]) + (f"; {more} more" if more > 0 else "")
    term = visible(f"{one.term.source} → {one.rendering.text}")
    return f"  {one.term.span.first}: {term} ({one.rendering.status}): {where}"


def _json(glossary: Glossary, found: dict[str, tuple[Unverified, ...]]) -> str:
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
        for tag, terms in found.items()
        for one in terms
    ]
    listed = {"version": 1, "file": glossary.file, "unverified": rows}
    return json.dumps(listed, indent=2, ensure_ascii=False)
