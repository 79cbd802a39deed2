"""What a build would make, as JSON and as lines of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from publish.building.planning import Planned
from publish.project.workspace import Workspace

__all__ = ["describe_plan", "render_plan_json", "render_plan_lines"]


def render_plan_json(workspace: Workspace, plan: Iterable[Planned]) -> str:
    """Return the editions of a plan with their files and estimated seconds of one core."""
    jobs = [_job(workspace, one) for one in plan]
    return json.dumps({"jobs": jobs}, indent=2, ensure_ascii=False)


def render_plan_lines(workspace: Workspace, plan: Sequence[Planned]) -> list[str]:
    """Return a line for each edition of a plan: what is to do, its seconds and its file."""
    lines = []
    for one in plan:
        word = "unchanged" if one.unchanged else "to make"
        path = workspace.shown(workspace.output(one.edition))
        lines.append(f"{word:<9}  {one.seconds:6.2f} s  {path}")
    return lines


def describe_plan(plan: Sequence[Planned]) -> str:
    """Return how many editions are to make, and how long that takes."""
    due = [one.seconds for one in plan if not one.unchanged]
    total = f"{len(due)} of {len(plan)} editions to make"
    return f"{total}, about {sum(due):.0f} s on one core"


def _job(workspace: Workspace, one: Planned) -> dict[str, object]:
    return {
        "document": one.edition.document,
        "language": one.edition.language,
        "second": one.edition.second,
        "further": one.edition.further,
        "format": one.edition.format,
        "page": one.edition.page,
        "file": workspace.shown(workspace.output(one.edition)),
        "key": one.key,
        "unchanged": one.unchanged,
        "seconds": one.seconds,
    }
