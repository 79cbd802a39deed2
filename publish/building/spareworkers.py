"""Workers that no job needs, lent to those that lay out the parts of long books.

There is a byte in a pipe for each, as in the job server of GNU Make: forked processes share it, and
whoever reads the byte has the worker until it is written back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

__all__ = ["SpareWorkers", "sharing_workers"]


@dataclass(frozen=True, slots=True)
class SpareWorkers:
    """The descriptors of the pipe, which are those of all forked processes."""

    taken_from: int
    given_to: int

    def take(self) -> bool:
        """Take a worker, and return whether there was one; does not wait."""
        try:
            return bool(os.read(self.taken_from, 1))
        except BlockingIOError:
            return False

    def give(self) -> None:
        """Let anybody take a worker.

        One that a killed process had is never given back; then books are laid out by fewer.
        """
        os.write(self.given_to, b"w")


@contextmanager
def sharing_workers() -> Iterator[SpareWorkers | None]:
    """Yield a pipe without workers, for processes forked meanwhile; None where there is no fork."""
    if sys.platform != "linux":
        yield None
        return
    ends = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield SpareWorkers(*ends)
    finally:
        for end in ends:
            os.close(end)
