"""`publish build`: PDF and EPUB in every language, only what changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, get_args

from publish.building.growth import page_lines
from publish.building.limits import LIMITS, Limits
from publish.building.running import Outcome, build
from publish.building.states import STATES
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note, print_error, print_findings
from publish.model import Finding, Format, Level, Page
from publish.settings import State
from publish.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_arguments", "run"]

LONGEST = 7 * 24 * 60 * 60
LEAST_MEMORY, MOST_MEMORY = 256, 1 << 24
"""MiB: below the first the program itself has no room, above the second no machine has it."""


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
        "--bilingual",
        dest="pairs",
        action="append",
        default=[],
        metavar="PAIR",
        help="two languages side by side, as en+ru; only these unless -l is given too",
    )
    parser.add_argument(
        "--use-fuzzy", action="store_true", help="show unconfirmed translations, marked"
    )
    parser.add_argument(
        "--require",
        choices=STATES,
        metavar="STATE",
        help="fail where a translation is not yet: draft, reviewed or approved",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes at once (default: one for each core)",
    )
    parser.add_argument(
        "--time-limit",
        type=_seconds,
        default=int(LIMITS.seconds),
        metavar="SECONDS",
        help=f"what one edition may take (default: {LIMITS.seconds:g})",
    )
    parser.add_argument(
        "--memory-limit",
        type=_mebibytes,
        default=LIMITS.memory >> 20,
        metavar="MIB",
        help=f"what one edition may take, on Linux (default: {LIMITS.memory >> 20})",
    )
    add_workspace(parser)


def _seconds(word: str) -> int:
    return _between(word, 1, LONGEST, "whole seconds")


def _mebibytes(word: str) -> int:
    return _between(word, LEAST_MEMORY, MOST_MEMORY, "whole MiB")


def _between(word: str, least: int, most: int, what: str) -> int:
    """The number a word is; raises ArgumentTypeError, which argparse tells as a usage error."""
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 20 else -1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of {what}, {least} to {most}")
    return number


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    editions = workspace.editions(
        arguments.languages,
        arguments.documents,
        arguments.formats,
        arguments.pages,
        arguments.pairs,
    )
    outcomes: list[Outcome] = []
    with _progress(len(editions), quiet=arguments.quiet) as tell:
        for outcome in build(
            workspace,
            editions,
            workers=arguments.workers,
            use_fuzzy=arguments.use_fuzzy,
            limits=Limits(arguments.time_limit, arguments.memory_limit << 20),
        ):
            outcomes.append(outcome)
            tell(_line(workspace, outcome))
    code = _report(outcomes, quiet=arguments.quiet)
    if code == 0 and not arguments.quiet and any(outcome.done == "built" for outcome in outcomes):
        for line in page_lines(workspace, editions):
            note(line)
        note("next: look at the editions in build/; publish status shows how far they are")
    low = _too_low(workspace, outcomes, arguments.require or STATES[0])
    return code or low


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


def _report(outcomes: list[Outcome], *, quiet: bool) -> int:
    """What is to be said at the end, each thing once, and the exit code."""
    warnings: dict[Finding, None] = {}
    for outcome in outcomes:
        warnings |= dict.fromkeys(outcome.warnings)
    shown = (one for one in warnings if not (quiet and one.level is Level.ADVICE))
    print_findings(shown)
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


def _too_low(workspace: Workspace, outcomes: list[Outcome], required: State) -> int:
    """1 where a translation has not reached the state that is required; tells which."""
    low = [
        outcome
        for outcome in outcomes
        if outcome.state is not None and STATES.index(outcome.state) < STATES.index(required)
    ]
    for outcome in low:
        note(f"{outcome.state:<9}  {workspace.shown(workspace.output(outcome.edition))}")
    if low:
        note(f"error: {len(low)} of {len(outcomes)} editions are not {required}")
    return int(bool(low))
