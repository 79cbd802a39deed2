"""`publish build`: PDF and EPUB in every language, only what changed."""

from __future__ import annotations

import argparse
import os

from publish.building.growth import page_lines
from publish.building.limits import LIMITS, Limits, peak_memory
from publish.building.running import Outcome, Runner, build, cache_of
from publish.building.states import STATES
from publish.cli.options import add_editions, add_workspace, chosen, opened
from publish.cli.printing import note, print_error, print_findings
from publish.cli.progress import progress
from publish.model import Finding, Level
from publish.settings import State
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]

LONGEST = 7 * 24 * 60 * 60
LEAST_MEMORY, MOST_MEMORY = 256, 1 << 24
"""MiB: below the first the program itself has no room, above the second no machine has it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_editions(parser)
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
    parser.add_argument(
        "--no-cache", action="store_true", help="make everything that does not stand in build/"
    )
    parser.add_argument(
        "--executor",
        metavar="ADDRESS",
        help="make the editions on a Dask cluster, as dask://127.0.0.1:8786",
    )
    parser.add_argument(
        "--allow-remote",
        action="store_true",
        help="let --executor send the texts to another machine",
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
    editions = chosen(workspace, arguments)
    limits = Limits(arguments.time_limit, arguments.memory_limit << 20)
    outcomes: list[Outcome] = []
    with progress(workspace, editions, quiet=arguments.quiet) as tell:
        for outcome in build(
            workspace,
            editions,
            workers=arguments.workers,
            use_fuzzy=arguments.use_fuzzy,
            limits=limits,
            cache=None if arguments.no_cache else cache_of(workspace),
            runner=_runner(arguments, limits),
        ):
            outcomes.append(outcome)
            tell(outcome)
    code = _report(outcomes, quiet=arguments.quiet)
    new = any(outcome.done in {"built", "restored"} for outcome in outcomes)
    if code == 0 and not arguments.quiet and new:
        for line in page_lines(workspace, editions):
            note(line)
        if arguments.executor is None and (taken := peak_memory()):
            note(f"the largest process took {taken >> 20} MiB of memory")
        note("next: look at the editions in build/; publish status shows how far they are")
    low = _too_low(workspace, outcomes, arguments.require or STATES[0])
    return code or low


def _runner(arguments: argparse.Namespace, limits: Limits) -> Runner | None:
    """What carries the tasks out, None for processes of this machine."""
    if arguments.executor is None:
        return None
    from publish.building.farm import run_on

    return run_on(arguments.executor, limits, allow_remote=arguments.allow_remote)


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
