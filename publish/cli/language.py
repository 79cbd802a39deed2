"""`publish language add TAG`: add a language to the settings and create its catalogs."""

from __future__ import annotations

import argparse

from publish.actions.language import add_languages
from publish.cli.options import add_workspace, open_given_workspace
from publish.cli.printing import print_note
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["add"], help="add languages to the workspace")
    parser.add_argument(
        "tags", nargs="+", metavar="TAG", help="BCP 47 tags, such as fa, pt-BR or sr-Latn"
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    loader = Loader(open_given_workspace(arguments, writing=True))
    added = add_languages(loader, arguments.tags)
    for catalog in added.catalogs:
        print_note(f"{catalog.file}: {len(catalog.after.records)} sentences")
    if added.changed:
        print_note(f"{added.settings}: {added.line}")
    else:
        tags = ", ".join(added.tags)
        print_note(f"add {tags} to the languages in {added.settings} yourself: {added.line}")
    asked = " ".join(f"-l {tag}" for tag in added.tags)
    print_note(f"next: translate the .po files, then publish build {asked}")
    return 0
