"""`publish build`: make the editions in every language; only what changed is made."""

from __future__ import annotations

import argparse

from publish.actions.build import BuildOptions, BuildResult, build_editions, choose_editions
from publish.building.limits import measure_peak_memory
from publish.cli.options import (
    add_editions,
    add_limits,
    add_workers,
    add_workspace,
    open_given_workspace,
    read_edition_choice,
    read_limits,
)
from publish.cli.printing import print_errors, print_findings, print_note
from publish.cli.progress import show_progress
from publish.model import Level
from publish.project.workspace import Workspace
from publish.reviews.states import STATES
from publish.settings import State
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_editions(parser)
    parser.add_argument(
        "--require",
        choices=STATES,
        metavar="STATE",
        help="fail if a translation is below this state: draft, reviewed or approved",
    )
    add_workers(parser)
    add_limits(parser, "an edition")
    parser.add_argument("--no-cache", action="store_true", help="take no editions from the cache")
    parser.add_argument(
        "--executor",
        metavar="ADDRESS",
        help="build on a Dask cluster, such as dask://127.0.0.1:8786",
    )
    parser.add_argument(
        "--allow-remote",
        action="store_true",
        help="let --executor send the texts to another machine",
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    choice = read_edition_choice(arguments)
    options = BuildOptions(
        workers=arguments.workers,
        use_fuzzy=arguments.use_fuzzy,
        limits=read_limits(arguments),
        cached=not arguments.no_cache,
        executor=arguments.executor,
        allow_remote=arguments.allow_remote,
    )
    workspace = open_given_workspace(arguments, writing=True)
    editions = choose_editions(workspace, choice)
    with show_progress(workspace, editions, quiet=arguments.quiet) as tell:
        result = build_editions(Loader(workspace), editions, options, tell)
    print_findings(workspace.unread())
    _print_problems(result, quiet=arguments.quiet)
    if not result.exit_code and not arguments.quiet and result.new:
        _print_summary(result, local=arguments.executor is None)
    low = _print_low(workspace, result, arguments.require or STATES[0])
    return result.exit_code or low


def _print_problems(result: BuildResult, *, quiet: bool) -> None:
    print_findings(one for one in result.findings if not (quiet and one.level is Level.ADVICE))
    print_errors(result.errors)
    for line in result.describe_problems():
        print_note(line)


def _print_summary(result: BuildResult, *, local: bool) -> None:
    for line in result.page_lines:
        print_note(line)
    if local and (taken := measure_peak_memory()):
        print_note(f"the largest process took {taken >> 20} MiB of memory")
    print_note("next: look at the editions in build/; publish status shows how far they are")


def _print_low(workspace: Workspace, result: BuildResult, required: State) -> int:
    """Print the editions below the required state; return 1 if there are any."""
    low = result.below(required)
    for outcome in low:
        print_note(f"{outcome.state:<9}  {workspace.shown(workspace.output(outcome.edition))}")
    if low:
        print_note(f"error: {len(low)} of {len(result.outcomes)} editions are not {required}")
    return int(bool(low))
