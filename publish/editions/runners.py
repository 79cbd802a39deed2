"""Work that is done for many parts of an edition, here or in other processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

__all__ = ["Runner", "run_here"]

Result = TypeVar("Result")


class Runner(Protocol):
    """What does the same work for many parts, in this process or in others."""

    def __call__(
        self, work: Callable[[int], Result], numbers: Sequence[int], /
    ) -> Iterable[Result]:
        """Return the results of the work for these numbers, in their order."""


def run_here(work: Callable[[int], Result], numbers: Sequence[int], /) -> Iterator[Result]:
    """Do the work for these numbers one after the other."""
    return map(work, numbers)
