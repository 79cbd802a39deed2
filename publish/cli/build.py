"""`publish build`: PDF and EPUB in every language, only what changed."""

from __future__ import annotations

import argparse
import os

from publish.actions.build import BuildOptions, BuildResult, build_editions, choose_editions
from publish.building.limits import EDITION_LIMITS, EditionLimits, peak_memory
from publish.cli.options import add_editions, add_workspace, choice_of, opened
from publish.cli.printing import note, print_error, print_findings
from publish.cli.progress import progress
from publish.model import Level
from publish.project.workspace import Workspace
from publish.reviews.states import STATES
from publish.settings import State
from publish.translation.loading import Loader

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
        default=int(EDITION_LIMITS.seconds),
        metavar="SECONDS",
        help=f"what one edition may take (default: {EDITION_LIMITS.seconds:g})",
    )
    parser.add_argument(
        "--memory-limit",
        type=_mebibytes,
        default=EDITION_LIMITS.memory >> 20,
        metavar="MIB",
        help=f"what one edition may take, on Linux (default: {EDITION_LIMITS.memory >> 20})",
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
    editions = choose_editions(workspace, choice_of(arguments))
    options = BuildOptions(
        workers=arguments.workers,
        use_fuzzy=arguments.use_fuzzy,
        limits=EditionLimits(arguments.time_limit, arguments.memory_limit << 20),
        cached=not arguments.no_cache,
        executor=arguments.executor,
        allow_remote=arguments.allow_remote,
    )
    with progress(workspace, editions, quiet=arguments.quiet) as tell:
        result = build_editions(Loader(workspace), editions, options, tell)
    _report(result, quiet=arguments.quiet)
    if not result.exit_code and not arguments.quiet and result.new:
        _tell_more(result, local=arguments.executor is None)
    low = _tell_low(workspace, result, arguments.require or STATES[0])
    return result.exit_code or low


def _report(result: BuildResult, *, quiet: bool) -> None:
    """Prints what is to be said at the end, each thing once."""
    print_findings(one for one in result.findings if not (quiet and one.level is Level.ADVICE))
    for error in result.errors:
        print_error(error)
    if held := len(result.held_back):
        note(
            f"error: {held} translation{'s' * (held != 1)} with errors: the editions show the "
            "source sentence instead and are drafts"
        )
    if result.refused:
        total = len(result.outcomes)
        note(f"{result.refused} of {total} editions were refused; their older files are deleted")


def _tell_more(result: BuildResult, *, local: bool) -> None:
    for line in result.page_lines:
        note(line)
    if local and (taken := peak_memory()):
        note(f"the largest process took {taken >> 20} MiB of memory")
    note("next: look at the editions in build/; publish status shows how far they are")


def _tell_low(workspace: Workspace, result: BuildResult, required: State) -> int:
    """1 where a translation has not reached the state that is required; prints which."""
    low = result.below(required)
    for outcome in low:
        note(f"{outcome.state:<9}  {workspace.shown(workspace.output(outcome.edition))}")
    if low:
        note(f"error: {len(low)} of {len(result.outcomes)} editions are not {required}")
    return int(bool(low))
