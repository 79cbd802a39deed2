"""The sentences that are aligned, each with its text and its place, and groups of them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Group", "Piece"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of one of two texts.

    `text` is what a reader sees of it.  `block` is the number of its block in the text, `kind`
    the kind of that block (`heading`, `cell`, …) and `level` how deep it is.  `opens` and `ends`
    say that it is the first and the last sentence of its block.  `spot` is where the block stands
    among its like: the row and the column of a cell, the number of an item.
    """

    text: str
    block: int = 0
    kind: str = ""
    level: int = 0
    opens: bool = False
    ends: bool = False
    spot: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of two texts that say the same, by number; one side is empty for those left over.

    `sureness` is how likely the group is right, from 0 to 1.
    """

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    sureness: float = 1.0
