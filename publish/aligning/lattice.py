"""The best way through two texts: which sentences belong together, in their order.

A cell (i, j) says that the first `i` sentences of the source and the first `j` of the translation
are grouped.  All ways to a cell are summed up from the start and from the end, so that each group
has a probability; the way is taken whose groups are most probable together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from publish.aligning.pieces import Group
from publish.aligning.scoring import SHAPES, Scorer

__all__ = ["Corridor", "find_groups"]

MARGIN = 16.0
"""How much worse than the best of its row, in nats, a cell can be that is looked at further."""
NEVER = -1e300
NEGLIGIBLE = 40.0
LEAST = 0.2
"""The least probability of a group; sentences of less likely ones are without a partner."""

Corridor = Sequence[tuple[int, int]]
"""For each row, the first and the last cell that must be looked at, however bad they seem."""

Step = tuple[int, int, float]


@dataclass(slots=True)
class _Row:
    """The cells of a row.

    `grouped` and `alone` have what speaks for the ways to a cell, by whether they end with a group
    or with a sentence without a partner; `steps` the groups that can end at a cell.
    """

    grouped: dict[int, float] = field(default_factory=dict)
    alone: dict[int, float] = field(default_factory=dict)
    steps: dict[int, list[Step]] = field(default_factory=dict)

    def total(self, at: int) -> float:
        return _add(self.grouped.get(at, NEVER), self.alone.get(at, NEVER))


def find_groups(scorer: Scorer, corridor: Corridor) -> tuple[Group, ...]:
    """Return the groups of two texts in order; every sentence is in exactly one."""
    rows = _forward(scorer, corridor)
    chances = _chances(scorer, rows)
    return _decode(scorer.count, rows, chances)


def _add(one: float, other: float) -> float:
    """Return the logarithm of the sum of two numbers, given by their logarithms."""
    if one < other:
        one, other = other, one
    gap = other - one
    return one if gap < -NEGLIGIBLE else one + math.log1p(math.exp(gap))


# --------------------------------------------------------------------------- forward


def _forward(scorer: Scorer, corridor: Corridor) -> list[_Row]:
    """Return all rows, without the cells that are too bad to be on any good way."""
    rows: list[_Row] = []
    for at in range(scorer.count[0] + 1):
        row = _Row()
        if at == 0:
            row.grouped[0] = 0.0
        _fill(scorer, rows, row, at, corridor[at])
        rows.append(row)
    return rows


def _fill(
    scorer: Scorer, rows: Sequence[_Row], row: _Row, at: int, forced: tuple[int, int]
) -> None:
    """Work out the cells of row `at`, from left to right."""
    weights, last = scorer.weights, scorer.count[1]
    wanted = _reachable(scorer, rows, at) | set(range(forced[0], forced[1] + 1))
    queue = sorted(wanted, reverse=True)
    above = rows[-1] if rows else _Row()
    best = NEVER
    while queue:
        j = queue.pop()
        alone = NEVER
        for side in (above, row):
            k = j if side is above else j - 1
            if k in side.grouped:
                alone = _add(alone, side.grouped[k] - weights.alone)
                alone = _add(alone, side.alone.get(k, NEVER) - weights.alone_again)
        steps = _steps(scorer, rows, at, j)
        grouped = row.grouped.get(j, NEVER)
        for p, q, score in steps:
            grouped = _add(grouped, rows[at - p].total(j - q) + score)
        total = _add(grouped, alone)
        if total < best - MARGIN and not forced[0] <= j <= forced[1]:
            row.grouped.pop(j, None)
            continue
        row.grouped[j], row.alone[j], row.steps[j] = grouped, alone, steps
        best = max(best, total)
        if j < last and (not queue or queue[-1] != j + 1):
            queue.append(j + 1)
    for j in [j for j in row.grouped if not forced[0] <= j <= forced[1]]:
        if row.total(j) < best - MARGIN:
            del row.grouped[j], row.alone[j], row.steps[j]


def _reachable(scorer: Scorer, rows: Sequence[_Row], at: int) -> set[int]:
    """Return the cells of a row that a step from an earlier row leads to."""
    last = scorer.count[1]
    found: set[int] = {0} if at == 0 else set(rows[at - 1].grouped)
    for p, q in SHAPES:
        if p <= at and scorer.together(at, p):
            found.update(j + q for j in rows[at - p].grouped if j + q <= last)
    return found


def _steps(scorer: Scorer, rows: Sequence[_Row], at: int, j: int) -> list[Step]:
    return [
        (p, q, scorer.score(at, p, j, q))
        for p, q in SHAPES
        if p <= at and q <= j and j - q in rows[at - p].grouped and scorer.together(at, p)
    ]


# --------------------------------------------------------------------------- backward


def _chances(scorer: Scorer, rows: Sequence[_Row]) -> list[dict[int, list[tuple[int, int, float]]]]:
    """Return for each cell the groups that can end there, with how probable each is."""
    weights = scorer.weights
    grouped: list[dict[int, float]] = [{} for _ in rows]
    alone: list[dict[int, float]] = [{} for _ in rows]
    grouped[-1][scorer.count[1]] = 0.0
    whole = rows[-1].total(scorer.count[1])
    found: list[dict[int, list[Step]]] = [{} for _ in rows]
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        for j in sorted(row.grouped, reverse=True):
            after, lonely = grouped[at].get(j, NEVER), alone[at].get(j, NEVER)
            to_group = _add(after, lonely - weights.alone)
            to_alone = _add(after, lonely - weights.alone_again)
            if at:
                alone[at - 1][j] = _add(alone[at - 1].get(j, NEVER), to_alone)
            alone[at][j - 1] = _add(alone[at].get(j - 1, NEVER), to_alone)
            chances = found[at][j] = []
            for p, q, score in row.steps[j]:
                reach, k = score + to_group, j - q
                grouped[at - p][k] = _add(grouped[at - p].get(k, NEVER), reach)
                chance = rows[at - p].total(k) + reach - whole
                if chance > -NEGLIGIBLE:
                    chances.append((p, q, min(1.0, math.exp(chance))))
    return found


# --------------------------------------------------------------------------- decoding


def _decode(
    count: tuple[int, int], rows: Sequence[_Row], chances: Sequence[dict[int, list[Step]]]
) -> tuple[Group, ...]:
    """Return the way whose groups are most probable in sum; groups below `LEAST` are not made."""
    best: list[dict[int, tuple[float, int, int, float]]] = []
    for at, row in enumerate(rows):
        values: dict[int, tuple[float, int, int, float]] = {}
        best.append(values)
        for j in sorted(row.grouped):
            options = [(0.0, 0, 0, 1.0)] if at == j == 0 else []
            if at and j in best[at - 1]:
                options.append((best[at - 1][j][0], 1, 0, 1.0))
            if j - 1 in values:
                options.append((values[j - 1][0], 0, 1, 1.0))
            for p, q, chance in chances[at][j]:
                if j - q in best[at - p]:
                    options.append((best[at - p][j - q][0] + chance - LEAST, p, q, chance))
            if options:
                values[j] = max(options)
    groups = []
    i, j = count
    while i or j:
        _, p, q, chance = best[i][j]
        groups.append(Group(tuple(range(i - p, i)), tuple(range(j - q, j)), chance))
        i, j = i - p, j - q
    return tuple(reversed(groups))
