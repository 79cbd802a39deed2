"""Cut one sentence of a translation where several of its source end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from publish.aligning.marktexts import Mark, flatten_marks, raise_marks
from publish.model import Inlines, plain

__all__ = ["split_like"]

CLAUSE = re.compile(r"[,;:.!?…–—][\"”»)]{0,3}\s{1,3}")
OFF = 0.2
"""How far from the place that the lengths say a cut can be, as a part of the sentence."""


def split_like(sources: Sequence[Inlines], target: Inlines) -> tuple[Inlines, ...] | None:
    """Return the clauses of a translation that stand for the sentences of its source.

    None if there is no clause that ends about where a sentence of the source does.  Law: the
    words of the parts are those of the whole.
    """
    flat = flatten_marks(target)
    lengths = [len(plain(tree)) for tree in sources]
    ends = [found.end() for found in CLAUSE.finditer(flat.text) if found.end() < len(flat.text)]
    cuts: list[int] = []
    for number in range(1, len(sources)):
        wanted = len(flat.text) * sum(lengths[:number]) / max(1, sum(lengths))
        free = [
            end for end in ends if end > (cuts[-1] if cuts else 0) and _is_free(end, flat.marks)
        ]
        best = min(free, key=lambda end: abs(end - wanted), default=None)
        if best is None or abs(best - wanted) > OFF * len(flat.text):
            return None
        cuts.append(best)
    edges = [0, *cuts, len(flat.text)]
    return tuple(
        raise_marks(flat.text[start:end], _within(flat.marks, start, end, last=end == edges[-1]))
        for start, end in pairwise(edges)
    )


def _is_free(at: int, marks: Sequence[Mark]) -> bool:
    return not any(mark.start < at < mark.end for mark in marks)


def _within(marks: Sequence[Mark], start: int, end: int, *, last: bool) -> list[Mark]:
    """Return the marks of a range, counted from its start."""
    return [
        Mark(mark.start - start, mark.end - start, mark.node)
        for mark in marks
        if start <= mark.start and (mark.end <= end) and (last or mark.start < end)
    ]
