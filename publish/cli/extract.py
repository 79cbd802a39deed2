"""`publish extract`: the catalog templates that translators' tools start from."""

from __future__ import annotations

import argparse

from publish.catalogs.entries import entries_of
from publish.catalogs.pofile import write
from publish.catalogs.updating import update_catalog
from publish.cli.catalogs import read_or_new, write_template
from publish.cli.options import add_documents, add_workspace, opened
from publish.cli.printing import note
from publish.reading.segmenting import units
from publish.workspace import INTERFACE, Workspace

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    parser.add_argument(
        "--interface",
        action="store_true",
        help="the words of the editions themselves, from the templates, into every language",
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    if arguments.interface:
        _interface(workspace, quiet=arguments.quiet)
        return 0
    for name in workspace.documents(arguments.documents):
        wanted = entries_of(units(workspace.read(name), workspace.source_language))
        shown = write_template(workspace, name, wanted)
        if not arguments.quiet:
            note(f"{shown}: {len(wanted)} sentences")
    return 0


def _interface(workspace: Workspace, *, quiet: bool) -> None:
    """The interface template and every language's interface catalog."""
    from pathlib import Path

    import publish.editions
    import publish.kits
    import publish.release
    from publish.checks.explaining import explained_strings
    from publish.editions.interface import extract_interface
    from publish.resources import template_folder

    speaking = (publish.editions, publish.kits, publish.release)
    rooms = [Path(str(room.__file__)).parent for room in speaking]
    more = {"publish/checks/explaining.py": explained_strings()}
    wanted = extract_interface(template_folder(), rooms, more)
    write_template(workspace, INTERFACE, wanted)
    for language in workspace.languages():
        po, summary = update_catalog(read_or_new(workspace, language, INTERFACE), wanted)
        write(workspace.catalog(language, INTERFACE), po)
        if not quiet:
            note(f"{po.file}: {summary.kept} kept, {summary.added} new")
