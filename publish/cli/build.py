"""`publish build`: PDF and EPUB in every language, only what changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, get_args

from publish.building.growth import page_lines
from publish.building.running import Outcome, build
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note, print_error, print_findings
from publish.model import Finding, Format, Page
from publish.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    parser.add_argument(
        "-f",
        "--format",
        dest="formats",
        action="append",
        default=[],
        choices=get_args(Format),
        help="only this format; may be given twice",
    )
    parser.add_argument(
        "--page",
        dest="pages",
        action="append",
        default=[],
        choices=get_args(Page),
        help="PDFs laid out for this page only; may be given twice",
    )
    parser.add_argument(
        "--use-fuzzy", action="store_true", help="show unconfirmed translations, marked"
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes at once (default: one for each core)",
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    editions = workspace.editions(
        arguments.languages, arguments.documents, arguments.formats, arguments.pages
    )
    outcomes: list[Outcome] = []
    with _progress(len(editions), quiet=arguments.quiet) as tell:
        for outcome in build(
            workspace, editions, workers=arguments.workers, use_fuzzy=arguments.use_fuzzy
        ):
            outcomes.append(outcome)
            tell(_line(workspace, outcome))
    code = _report(outcomes)
    if code == 0 and not arguments.quiet and any(outcome.done == "built" for outcome in outcomes):
        for line in page_lines(workspace, editions):
            note(line)
        note("next: look at the editions in build/; publish status shows how far they are")
    return code


def _line(workspace: Workspace, outcome: Outcome) -> str:
    return f"{outcome.done:<9}  {workspace.shown(workspace.output(outcome.edition))}"


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Something to tell finished editions to: a bar on a terminal, lines in a log."""
    if quiet:
        yield lambda line: None
    elif not sys.stderr.isatty():
        yield note
    else:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("editions", total=total)

            def tell(line: str) -> None:
                bar.console.print(line, highlight=False, markup=False)
                bar.advance(task)

            yield tell


def _report(outcomes: list[Outcome]) -> int:
    """What is to be said at the end, each thing once, and the exit code."""
    warnings: dict[Finding, None] = {}
    for outcome in outcomes:
        warnings |= dict.fromkeys(outcome.warnings)
    print_findings(warnings)
    errors = {
        (outcome.error.message, outcome.error.span): outcome.error
        for outcome in outcomes
        if outcome.error
    }
    for error in errors.values():
        print_error(error)
    refused = sum(outcome.done == "refused" for outcome in outcomes)
    if refused:
        note(f"{refused} of {len(outcomes)} editions were refused; older files of theirs are gone")
        return max(error.exit_code for error in errors.values())
    return 0
