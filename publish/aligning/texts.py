"""Align two texts: the one function that others call for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from publish.aligning.corridor import find_corridor
from publish.aligning.lattice import find_groups
from publish.aligning.pieces import Group, Piece
from publish.aligning.scoring import Scorer
from publish.aligning.wordtable import WordTable

__all__ = ["align_texts"]

SHARPER = 0.4
"""The power that makes the probabilities of groups what they turn out to be: clues go together, but
are weighed as if each came alone.  Measured with `python -m benchmarks.aligning`."""


def align_texts(
    sources: Sequence[Piece],
    targets: Sequence[Piece],
    table: WordTable | None = None,
    known: Iterable[tuple[int, int]] = (),
) -> tuple[Group, ...]:
    """Return which sentences of two texts translate each other, in their order.

    Law: every sentence of both is in exactly one group.  Sentences without a partner are in a
    group of their own.  `table` has the words that are known, `known` pairs of sentences that are
    known to be translations of each other.
    """
    if not (sources and targets):
        alone = [Group((at,), ()) for at in range(len(sources))]
        return (*alone, *(Group((), (at,)) for at in range(len(targets))))
    scorer = Scorer.of(sources, targets, table, frozenset(known))
    groups = find_groups(scorer, find_corridor(scorer))
    return tuple(replace(one, sureness=one.sureness**SHARPER) for one in groups)
