"""Jobs in processes of their own, within limits of time and memory.

One process for each job: what hangs, swells or dies takes nothing with it but its own edition.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from publish.errors import BuildError, PublishError
from publish.model import Edition

__all__ = ["LIMITS", "Job", "Limits", "run_limited"]

Job = Callable[[], bytes | PublishError]
"""What makes an edition's bytes, or tells why there are none; where there is no fork, pickled."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one edition may take: seconds by the clock and, on Linux, bytes of address space."""

    seconds: float
    memory: int


LIMITS = Limits(seconds=300, memory=4 << 30)
"""Far more than a report needs: those of this repository take seconds and some 100 MiB."""

GRACE = 30
"""Seconds of processor time beyond the limit, after which the system stops an orphan."""


@dataclass(frozen=True, slots=True)
class _Running:
    edition: Edition
    process: BaseProcess
    receiver: Connection
    deadline: float


def run_limited(
    jobs: Mapping[Edition, Job], workers: int, limits: Limits
) -> Iterator[tuple[Edition, bytes | PublishError]]:
    """What each job gives, as soon as it is known, `workers` of them at once.

    A job that exceeds its limits, or whose process dies, gives a BuildError `edition-limit`.
    When the caller stops early, what is running is killed: it has written no file.
    """
    waiting = list(jobs.items())[::-1]
    running: dict[Connection, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(workers, 1):
                edition, work = waiting.pop()
                started = _start(edition, work, limits)
                running[started.receiver] = started
            for receiver in _ready(running.values()):
                job = running.pop(receiver)
                yield job.edition, _answer(job, limits)
            for job in _overdue(running.values()):
                del running[job.receiver]
                _stop(job)
                yield job.edition, _too_long(limits)
    finally:
        for job in running.values():
            _stop(job)


def _start(edition: Edition, job: Job, limits: Limits) -> _Running:
    """A process that shares what is imported; spawned where forking is unsafe."""
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, limits, receiver, sender), daemon=True)
    process.start()
    sender.close()
    return _Running(edition, process, receiver, time.monotonic() + limits.seconds)


def _ready(running: Iterable[_Running]) -> list[Connection]:
    """The pipes with an answer, or whose process is gone, waited for until the next deadline."""
    first = min(job.deadline for job in running)
    found = wait([job.receiver for job in running], max(0, first - time.monotonic()))
    return [one for one in found if isinstance(one, Connection)]


def _overdue(running: Iterable[_Running]) -> list[_Running]:
    now = time.monotonic()
    return [job for job in running if job.deadline <= now and not job.receiver.poll()]


def _answer(job: _Running, limits: Limits) -> bytes | PublishError:
    try:
        answer: bytes | PublishError = job.receiver.recv()
    except (EOFError, OSError):
        job.process.join(GRACE)
        answer = _died(job.process.exitcode, limits)
    _stop(job)
    return answer


def _stop(job: _Running) -> None:
    job.process.kill()
    job.process.join()
    job.process.close()
    job.receiver.close()


# --------------------------------------------------------------------------- in the process


def _work(job: Job, limits: Limits, receiver: Connection, sender: Connection) -> None:
    """Sends what the job gives.  Ctrl-C is for the parent, and so is a pipe without a reader."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    receiver.close()
    if sys.platform == "linux":
        _set_limits(limits)
    with suppress(OSError):
        try:
            sender.send(job())
        except MemoryError:
            sender.send(_too_large(limits))


def _set_limits(limits: Limits) -> None:
    """Address space, processor time should the parent be gone, and no dump of what was read."""
    import resource

    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: int(limits.seconds) + GRACE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        within = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (within, hard))


# --------------------------------------------------------------------------- what is said


def _too_long(limits: Limits) -> BuildError:
    return BuildError(
        f"this edition took longer than {limits.seconds:g} seconds",
        hint="look for a huge table or image, or lists and quotations deep within one another; "
        "--time-limit allows more",
        code="edition-limit",
    )


def _too_large(limits: Limits) -> BuildError:
    return BuildError(
        f"this edition took more than {limits.memory >> 20} MiB of memory",
        hint="look for a huge image or table, and make it smaller; --memory-limit allows more",
        code="edition-limit",
    )


def _died(exit_code: int | None, limits: Limits) -> BuildError:
    """The words for an end without an answer; a negative code is that of a signal."""
    if exit_code == -signal.SIGXCPU:
        return _too_long(limits)
    return BuildError(
        f"the process that wrote this edition died (exit code {exit_code})",
        hint="the machine may be short of memory: build again with --workers 1",
        code="edition-limit",
    )
