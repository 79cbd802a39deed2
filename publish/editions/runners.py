"""Work that is done for many parts of an edition, here or in other processes, and is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

__all__ = ["PartStore", "Runner", "run_here"]

Result = TypeVar("Result")


class Runner(Protocol):
    """What does the same work for many parts, in this process or in others."""

    def __call__(
        self, work: Callable[[int], Result], numbers: Sequence[int], /
    ) -> Iterable[Result]:
        """Return the results of the work for these numbers, in their order."""


class PartStore(Protocol):
    """What keeps results by their keys; it gives back only what it was given on this machine."""

    def load(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None."""

    def keep(self, key: str, data: bytes) -> None:
        """Keep a result under a key, if there is room."""


def run_here(work: Callable[[int], Result], numbers: Sequence[int], /) -> Iterator[Result]:
    """Do the work for these numbers one after the other."""
    return map(work, numbers)
