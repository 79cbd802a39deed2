"""The limits of one edition, and the errors for one that goes beyond them.

`limits.py` runs editions within them, in processes of their own; `worklimits.py` other work.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass, replace

from publish.errors import BuildError

__all__ = [
    "EDITION_LIMITS",
    "EditionLimits",
    "explain_death",
    "explain_memory",
    "explain_time",
    "make_death_error",
]

LONG = 300_000
"""The bytes of a source, some 120 pages, from which on its editions may take longer."""


@dataclass(frozen=True, slots=True)
class EditionLimits:
    """Limits of one edition: seconds of elapsed time and, on Linux, bytes of address space.

    The `seconds` are those of a source of up to LONG bytes; one with a larger `size` has more.
    """

    seconds: float
    memory: int
    size: int = 0

    @property
    def time(self) -> float:
        """The seconds that an edition of this size may take."""
        return self.seconds * max(1, self.size / LONG)

    def allow(self, size: int) -> EditionLimits:
        """Return the same limits for a source of so many bytes."""
        return replace(self, size=size)


EDITION_LIMITS = EditionLimits(seconds=300, memory=4 << 30)
"""The default limits.  The editions of this repository take seconds and about 100 MiB."""


def explain_time(limits: EditionLimits) -> BuildError:
    """Return the error for an edition that takes too long."""
    return BuildError(
        f"this edition took longer than {round(limits.time, 2):g} seconds",
        hint=f"a long book, or a busy machine, needs more: --time-limit {limits.seconds * 3:g}; in "
        "a short text look for a huge table or image, or deeply nested lists and quotations",
        code="edition-limit",
    )


def explain_memory(limits: EditionLimits) -> BuildError:
    """Return the error for an edition that takes too much memory."""
    return BuildError(
        f"this edition took more than {limits.memory >> 20} MiB of memory",
        hint="make huge images and tables smaller, or raise the limit with --memory-limit",
        code="edition-limit",
    )


def explain_death(exit_code: int | None, limits: EditionLimits) -> BuildError:
    """Return the error for a worker that ended without an answer; a negative code is a signal."""
    return explain_time(limits) if exit_code == -signal.SIGXCPU else make_death_error(exit_code)


def make_death_error(exit_code: int | None) -> BuildError:
    """Return the error (code `edition-limit`) for a process that ended without an answer."""
    return BuildError(
        f"the process that wrote this edition died (exit code {exit_code})",
        hint="it may have run out of memory: raise --memory-limit, or build with --workers 1",
        code="edition-limit",
    )
