"""A line through two texts along rare numbers, names and known sentences that both have."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from publish.aligning.lattice import Corridor
from publish.aligning.scoring import Scorer

__all__ = ["find_corridor"]

MOST = 4
"""A clue that stands more often in a text is no anchor."""
ENOUGH = 1.2
"""The least weight of the clues of an anchor: two that stand once, or several."""
SURE = 10.0
"""The weight of a pair that is known."""
SIDE = 3
"""How many cells on both sides of the line are always looked at."""

Point = tuple[int, int]


def find_corridor(scorer: Scorer) -> Corridor:
    """Return for each row the cells near the line, from the first of the row to that of the next.

    So there is always a way from the start to the end, even over long gaps.
    """
    rows, columns = scorer.count
    line = _line(_chain(_anchors(scorer)), rows, columns)
    after = [*line[1:], columns]
    return [
        (max(0, at - SIDE), min(columns, next_ + SIDE))
        for at, next_ in zip(line, after, strict=True)
    ]


def _anchors(scorer: Scorer) -> dict[Point, float]:
    """Return pairs of sentences with rare clues in common, and how much these weigh."""
    ours, others = _places(scorer.source_clues), _places(scorer.target_clues)
    found: dict[Point, float] = defaultdict(float, dict.fromkeys(scorer.known, SURE))
    for clue in ours.keys() & others.keys():
        here, there = ours[clue], others[clue]
        if len(here) <= MOST and len(there) <= MOST:
            weight = 1 / (len(here) * len(there))
            for i in here:
                for j in there:
                    found[i, j] += weight
    return {point: weight for point, weight in found.items() if weight >= ENOUGH}


def _places(every: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, clues in enumerate(every):
        for clue in set(clues):
            if len(places[clue]) <= MOST:
                places[clue].append(at)
    return places


def _chain(anchors: dict[Point, float]) -> list[Point]:
    """Return the heaviest of the anchors that keep the order of both texts."""
    ends: list[int] = []
    weights: list[float] = []
    points: list[Point] = []
    before: dict[Point, Point | None] = {}
    for point in sorted(anchors, key=lambda one: (one[0], -one[1])):
        at = bisect_left(ends, point[1])
        weight = anchors[point] + (weights[at - 1] if at else 0.0)
        before[point] = points[at - 1] if at else None
        while at < len(ends) and weights[at] <= weight:
            del ends[at], weights[at], points[at]
        if at == 0 or weight > weights[at - 1]:
            ends.insert(at, point[1])
            weights.insert(at, weight)
            points.insert(at, point)
    chain: list[Point] = []
    last = points[-1] if points else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _line(chain: Sequence[Point], rows: int, columns: int) -> list[int]:
    """Return the column of the line in each row, from corner to corner through the anchors."""
    points = [(0, 0), *((i, j) for i, j in chain if i and j), (rows, columns)]
    line = [0] * (rows + 1)
    for (i, j), (k, m) in pairwise(points):
        for row in range(i, k + 1):
            line[row] = j + (m - j) * (row - i) // max(1, k - i)
    return line
