"""`publish tm export` and `import`: exchange translation memories (TMX) with other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.actions.tm import export_memory, import_memory
from publish.cli.options import (
    add_action,
    add_dry_run,
    add_language,
    add_output,
    add_workspace,
    open_given_workspace,
)
from publish.cli.printing import print_note, write_data
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="export | import")
    export = add_action(actions, "export", "write the translations of a language as TMX")
    add_output(export)
    back = add_action(
        actions, "import", "fill untranslated sentences from a TMX file and mark them fuzzy"
    )
    back.add_argument("file", type=Path, metavar="FILE", help="a TMX file")
    add_dry_run(back)
    for action in (export, back):
        add_language(action)
        add_workspace(action)


def run(arguments: argparse.Namespace) -> int:
    loader = Loader(open_given_workspace(arguments, writing=arguments.action == "import"))
    if arguments.action == "export":
        memory = export_memory(loader, arguments.languages)
        write_data(arguments, memory.data, f"{memory.pairs} translations")
        return 0
    catalogs = import_memory(loader, arguments.file, arguments.languages, dry_run=arguments.dry_run)
    for one in catalogs:
        if one.merged:
            print_note(f"{one.file}: another program saved it meanwhile; both were merged")
        if not arguments.quiet:
            print_note(f"{one.file}: {one.count} filled in, fuzzy")
    return 0
