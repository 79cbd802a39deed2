"""`publish update`: the catalogs of every language brought up to their sources."""

from __future__ import annotations

import argparse

from publish.catalogs.entries import entries_of
from publish.catalogs.pofile import PoFile, write
from publish.catalogs.updating import Summary
from publish.cli.catalogs import update_catalog, write_template
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note
from publish.reading.segmenting import units

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, write nothing"
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    """Reads everything before it writes anything, so that a broken file changes nothing."""
    workspace = opened(arguments)
    source = workspace.source_language
    plans = []
    for name in workspace.documents(arguments.documents):
        wanted = entries_of(units(workspace.read(name), source))
        for language in workspace.languages(arguments.languages):
            plans.append((name, language, *update_catalog(workspace, language, name, wanted)))
        if not arguments.dry_run:
            write_template(workspace, name, wanted)
    for name, language, po, summary in plans:
        if not arguments.dry_run:
            write(workspace.catalog(language, name), po)
        if not arguments.quiet:
            note(_line(po, summary))
    if not arguments.quiet:
        note("next: translate the .po files, then publish build")
    return 0


def _line(po: PoFile, summary: Summary) -> str:
    if not summary.changed:
        return f"{po.file}: up to date, {summary.kept} sentences"
    return (
        f"{po.file}: {summary.kept} kept, {summary.added} new, {summary.revived} back, "
        f"{summary.retired} obsolete, {summary.dropped} untranslated ones gone"
    )
