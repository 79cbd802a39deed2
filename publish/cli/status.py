"""`publish status`: show how far each translation is and what its editions show."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from publish.actions.status import make_status_page, read_status
from publish.cli.options import (
    add_documents,
    add_json,
    add_language,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_errors, print_note
from publish.files import write_atomic
from publish.pages.statusdata import render_status_json
from publish.pages.statustext import render_status_text
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--html", type=Path, metavar="FILE", help="write a page for a browser")
    add_workspace(parser, limited=True)


def run(arguments: argparse.Namespace) -> int:
    """Print a row for each translation; return the exit code of the worst error, or 0."""
    loader = Loader(open_given_workspace(arguments))
    limits = read_limits(arguments)
    rows = read_status(loader, arguments.documents, arguments.languages, limits=limits)
    errors = {(row.error.message, row.error.span): row.error for row in rows if row.error}
    print_errors(tuple(errors.values()))
    if arguments.html:
        write_atomic(arguments.html, make_status_page(loader, rows))
        print_note(f"wrote {arguments.html}")
    elif arguments.json:
        print(render_status_json(rows))
    else:
        print(render_status_text(rows, bars=sys.stdout.isatty()))
    if not arguments.quiet and any(row.standing and row.standing.stale for row in rows):
        print_note("next: publish update brings stale catalogs up to their sources")
    return max((error.exit_code for error in errors.values()), default=0)
