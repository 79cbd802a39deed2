"""Keeps what was found for parts as it is, from one look at the desk to the next: `Recalled`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from publish.editions.recentresults import RecentResults

__all__ = ["Recalled", "recall"]

Result = TypeVar("Result")

Recalled: TypeAlias = RecentResults
"""Results under what they are and all that they depend on.

They are not packed: opening those of all parts takes longer than the layout of a chapter.
"""


def recall(recalled: Recalled | None, key: tuple[str, ...], make: Callable[[], Result]) -> Result:
    """Return what is known under a key, or make it and keep it if results are kept at all."""
    return make() if recalled is None else recalled.recall(key, make)
