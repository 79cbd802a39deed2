"""`publish update`: update the catalogs after a change of the source."""

from __future__ import annotations

import argparse

from publish.actions.update import update_catalogs
from publish.cli.options import (
    add_documents,
    add_dry_run,
    add_language,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_findings, print_note
from publish.pages.updatetext import render_update_text
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    parser.add_argument(
        "--typo",
        action="store_true",
        help="the source was only corrected: keep translations confirmed, unless numbers or"
        " negations changed",
    )
    add_dry_run(parser)
    add_workspace(parser, limited=True)


def run(arguments: argparse.Namespace) -> int:
    """Return 0; raises PublishError where a source or a catalog cannot be read."""
    loader = Loader(open_given_workspace(arguments, writing=True))
    print_findings(loader.workspace.unread())
    result = update_catalogs(
        loader,
        arguments.documents,
        arguments.languages,
        vouched=arguments.typo,
        dry_run=arguments.dry_run,
        limits=read_limits(arguments),
    )
    print_findings(result.warnings)
    for catalog in result.catalogs:
        if catalog.merged:
            print_note(f"{catalog.file}: another program saved it meanwhile; both were merged")
        if not arguments.quiet:
            print_note(render_update_text(catalog.file, catalog.summary, catalog.origin))
    if not arguments.quiet:
        print_note("next: translate the .po files, then publish build")
    return 0
