"""`publish import`: make a source of a file, or fill a catalog from an existing translation."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.actions.import_document import import_document
from publish.actions.import_translation import import_translation
from publish.actions.review import find_subject
from publish.cli.options import (
    add_document,
    add_dry_run,
    add_json,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_note
from publish.errors import UsageError
from publish.importing.foreign import ForeignOptions
from publish.pages.importtext import render_import_json, render_import_text
from publish.pages.losstext import render_source_json, render_source_text
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a file, or a folder with a saved page"
    )
    parser.add_argument("--as", dest="name", default="", metavar="NAME", help="make source/NAME.md")
    parser.add_argument(
        "--replace", action="store_true", help="replace that source: ids and notes stay"
    )
    parser.add_argument(
        "--select", default="", metavar="CSS", help="the part of a web page, such as article"
    )
    for option, choices, words in (
        ("--changes", ("accepted", "rejected"), "tracked changes of a Word file"),
        ("--comments", ("dropped", "notes"), "comments of a Word file; notes are for translators"),
    ):
        told = f"{words} (default: {choices[0]})"
        parser.add_argument(option, choices=choices, default=choices[0], help=told)
    parser.add_argument("--translation", metavar="TAG", help="fill the catalog of this language")
    add_document(parser)
    add_json(parser)
    add_dry_run(parser)
    add_workspace(parser, limited=True)


def run(arguments: argparse.Namespace) -> int:
    workspace = open_given_workspace(arguments, writing=True)
    options = ForeignOptions(
        name=arguments.name,
        select=arguments.select,
        changes=arguments.changes,
        comments=arguments.comments,
    )
    if arguments.translation:
        return _take_translation(Loader(workspace), arguments, options)
    if arguments.documents:
        raise UsageError("--document goes with --translation", hint="name a source with --as NAME")
    how = {"replace_source": arguments.replace, "dry_run": arguments.dry_run}
    made = import_document(workspace, arguments.file, options, **how, limits=read_limits(arguments))
    if arguments.json:
        print(render_source_json(made))
    elif not arguments.quiet:
        print(render_source_text(made))
        print_note("next: read the source and its list of losses, then publish update and build")
    return 0


def _take_translation(
    loader: Loader, arguments: argparse.Namespace, options: ForeignOptions
) -> int:
    name, tag = find_subject(loader.workspace, arguments.documents, [arguments.translation])
    how = {"dry_run": arguments.dry_run, "limits": read_limits(arguments)}
    found = import_translation(loader, name, tag, arguments.file, options, **how)
    if found.merged:
        print_note(f"{found.file}: another program saved it meanwhile; both were merged")
    if arguments.json:
        print(render_import_json(found))
    elif not arguments.quiet:
        print(render_import_text(found))
        which = f"-l {tag}" + f" --document {name}" * (len(loader.workspace.names) > 1)
        print_note(f"next: publish review {which}, then publish review accept SECTION {which}")
    return 0
