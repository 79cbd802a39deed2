"""Show how far a build is: a bar with the time left on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from publish.building.builds import BuildOutcome
from publish.building.inorder import tell_in_order
from publish.building.planning import estimate_costs
from publish.cli.printing import print_note
from publish.model import Edition
from publish.project.workspace import Workspace

__all__ = ["describe_outcome", "show_progress"]

Tell = Callable[[BuildOutcome], None]


def describe_outcome(outcome: BuildOutcome) -> str:
    """Return what became of an edition, and its file."""
    return f"{outcome.done:<9}  {outcome.edition.file}"


@contextmanager
def show_progress(
    workspace: Workspace, editions: tuple[Edition, ...], *, quiet: bool
) -> Iterator[Tell]:
    """Yield a function that shows an outcome; it does nothing if `quiet` is set."""
    if quiet:
        yield lambda outcome: None
    elif not sys.stderr.isatty():
        yield tell_in_order(editions, lambda one: print_note(describe_outcome(one)))
    else:
        with _bar(workspace, estimate_costs(workspace, editions)) as tell:
            yield tell


@contextmanager
def _bar(workspace: Workspace, costs: Mapping[Edition, float]) -> Iterator[Tell]:
    """Yield a function that moves the bar; the bar counts estimated seconds, not editions.

    An edition that need not be made shortens the bar instead of filling it, so that the time
    left follows the pace of the editions that were made.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.fields[made]}"), BarColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=console, transient=True, speed_estimate_period=600) as bar:
        left, made = dict(costs), 0
        task = bar.add_task("", total=sum(left.values()), made=f"0 of {len(costs)}")

        def tell(outcome: BuildOutcome) -> None:
            nonlocal made
            console.print(describe_outcome(outcome), highlight=False, markup=False)
            seconds = left.pop(outcome.edition, 0.0)
            made += 1
            count = f"{made} of {len(costs)}"
            if outcome.done in {"built", "refused"}:
                bar.update(task, advance=seconds, made=count)
            else:
                total = bar.tasks[task].total or 0
                bar.update(task, total=total - seconds, made=count)

        yield tell
