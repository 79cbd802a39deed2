"""Limits of time and memory for work in this process: reading a document, checking a translation.

Editions are made in processes of their own (`limits.py`).  Checks run here, so a document that
takes too long or too much memory stops with an error of its own, and the others go on.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.building.editionlimits import EditionLimits
from publish.errors import PublishError

__all__ = ["limit_work"]


class _TimeUp(BaseException):
    """The alarm; no Exception, so that nothing on the way takes it for a mistake in a text."""


@contextmanager
def limit_work(what: str, limits: EditionLimits) -> Iterator[None]:
    """Raise PublishError (code `work-limit`) if what is done inside goes beyond the limits.

    `what` names it in the message.  Time is limited in the main thread of systems with alarms,
    memory on Linux; elsewhere there is no limit.
    """
    try:
        with _memory(limits.memory), _alarm(limits.seconds):
            yield
    except _TimeUp:
        message = f"{what} took longer than {limits.seconds:g} seconds"
        raise _too_much(message, "--time-limit") from None
    except MemoryError:
        message = f"{what} took more than {limits.memory >> 20} MiB of memory"
        raise _too_much(message, "--memory-limit") from None


def _too_much(message: str, option: str) -> PublishError:
    return PublishError(
        message,
        hint=f"look for a huge paragraph or table, or raise the limit with {option}",
        code="work-limit",
    )


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(limit: int) -> Iterator[None]:
    """Limit the address space to what is in use and so many bytes more."""
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    bounds = [used + limit, *(one for one in (soft, hard) if one != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
