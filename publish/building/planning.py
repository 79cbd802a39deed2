"""Plan a build: what it would do, what it would cost, and equal shares for several machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from publish.building.builds import find_records
from publish.building.tasks import find_pdf_edition, measure_source
from publish.model import FORMATS, PAGES, Edition
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["Planned", "estimate_cost", "estimate_costs", "plan_build", "select_share"]


@dataclass(frozen=True, slots=True)
class Planned:
    """An edition with its key, whether it is up to date, and its cost in seconds of one core."""

    edition: Edition
    key: str
    unchanged: bool
    seconds: float


def plan_build(loader: Loader, editions: Sequence[Edition], *, use_fuzzy: bool) -> list[Planned]:
    """Return what a build of these editions would do, without building."""
    records = find_records(loader, editions, use_fuzzy=use_fuzzy)
    costs = estimate_costs(loader.workspace, editions)
    return [
        Planned(edition, key, record is not None, costs[edition])
        for edition, (key, record) in zip(editions, records, strict=True)
    ]


def estimate_cost(workspace: Workspace, edition: Edition) -> float:
    """Estimate the seconds of one core that an edition takes, from the size of its source.

    It counts once for each language of an edition; one that a link out of the workspace refuses
    counts the least.
    """
    return estimate_costs(workspace, [edition])[edition]


def estimate_costs(workspace: Workspace, editions: Iterable[Edition]) -> dict[Edition, float]:
    """Return the estimate of each edition; the size of each source is asked for once."""
    measure = cache(partial(measure_source, workspace))
    return {one: _estimate(one, measure(one.document)) for one in editions}


def _estimate(edition: Edition, size: int) -> float:
    facts = FORMATS[edition.format]
    parts = len(edition.tags) * size / 1024
    return round((facts.least + facts.each * parts) * PAGES[edition.page].effort, 3)


def select_share(
    workspace: Workspace, editions: Iterable[Edition], number: int, count: int
) -> tuple[Edition, ...]:
    """Return the editions of share `number` (from 1) of `count`, in their order.

    Every edition is in exactly one share.  The shares are the same on every machine, whatever is
    built there already.  An EPUB is in the share of its PDF, whose pages it lists.
    """
    editions = tuple(editions)
    if count == 1:
        return editions
    weights: dict[Edition, float] = {}
    for edition, cost in estimate_costs(workspace, editions).items():
        first = find_pdf_edition(edition)
        weights[first] = weights.get(first, 0) + cost
    loads = [0.0] * count
    homes: dict[Edition, int] = {}
    for first in sorted(weights, key=lambda one: (-weights[one], one.document, one.language)):
        homes[first] = loads.index(min(loads))
        loads[homes[first]] += weights[first]
    return tuple(one for one in editions if homes[find_pdf_edition(one)] == number - 1)
