"""`publish update`: the catalogs of every language brought up to their sources."""

from __future__ import annotations

import argparse

from publish.catalogs.entries import entries_of
from publish.catalogs.pofile import PoFile, new_header, read, write
from publish.catalogs.updating import Summary, updated
from publish.cli.extract import write_template
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note
from publish.languages.language import Language
from publish.model import Entry
from publish.reading.segmenting import units
from publish.workspace import Workspace

__all__ = ["add_arguments", "run", "update_catalog"]


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


def update_catalog(
    workspace: Workspace, language: Language, name: str, wanted: tuple[Entry, ...]
) -> tuple[PoFile, Summary]:
    """A language's catalog as it will be, made anew where there is none."""
    path = workspace.catalog(language, name)
    if path.is_file():
        po = read(path, workspace.shown(path))
    else:
        po = PoFile(workspace.shown(path), new_header(language, name))
    return updated(po, wanted)


def _line(po: PoFile, summary: Summary) -> str:
    if not summary.changed:
        return f"{po.file}: up to date, {summary.kept} sentences"
    return (
        f"{po.file}: {summary.kept} kept, {summary.added} new, {summary.revived} back, "
        f"{summary.retired} obsolete, {summary.dropped} untranslated ones gone"
    )
