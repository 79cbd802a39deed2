"""What a build would make, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from publish.building.planning import Planned
from publish.project.workspace import Workspace

__all__ = ["render_plan_json"]


def render_plan_json(workspace: Workspace, plan: Iterable[Planned]) -> str:
    """Return the editions of a plan with their files and estimated seconds of one core."""
    jobs = [_job(workspace, one) for one in plan]
    return json.dumps({"jobs": jobs}, indent=2, ensure_ascii=False)


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
