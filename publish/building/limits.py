"""Jobs in processes of their own, within limits of time and memory.

One process for the editions of a job, one after the other: what hangs, swells or dies takes
nothing with it but its own edition, and the others of its job go on in a new process.
"""

from __future__ import annotations

import ctypes
import gc
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from publish.errors import BuildError, PublishError
from publish.model import Edition

__all__ = ["LIMITS", "Job", "Limits", "run_limited"]

Work = TypeVar("Work")

Done = Mapping[Edition, Work | PublishError]
"""What became of editions that were made before."""


@dataclass(frozen=True)
class Job(Generic[Work]):
    """Editions that are made one after the other, since the later ones need the earlier.

    `work` is called with the editions still to be made and what became of the others, and yields
    the result of each, in order; where there is no fork, it is pickled.
    """

    editions: tuple[Edition, ...]
    work: Callable[[Sequence[Edition], Done[Work]], Iterable[Work | PublishError]]
    done: Done[Work] = field(default_factory=dict)


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
    job: Job[Any]
    process: BaseProcess
    receiver: Connection
    deadline: float


def run_limited(
    jobs: Iterable[Job[Work]], workers: int, limits: Limits
) -> Iterator[tuple[Edition, Work | PublishError]]:
    """What each edition of each job gives, as soon as it is known, `workers` jobs at once.

    An edition that exceeds the limits, or whose process dies, gives a BuildError
    `edition-limit`.  When the caller stops early, what is running is killed: it has written no
    file.
    """
    waiting = [job for job in jobs if job.editions][::-1]
    running: dict[Connection, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(workers, 1):
                started = _start(waiting.pop(), limits)
                running[started.receiver] = started
            for receiver, one in [(ready, running[ready]) for ready in _ready(running.values())]:
                result, goes_on = _answer(one, limits)
                left = _after(one.job, result)
                del running[receiver]
                if goes_on and left.editions:
                    deadline = time.monotonic() + limits.seconds
                    running[receiver] = replace(one, job=left, deadline=deadline)
                else:
                    _stop(one)
                    waiting += [left] if left.editions else []
                yield one.job.editions[0], result
            for one in _overdue(running.values()):
                del running[one.receiver]
                _stop(one)
                left = _after(one.job, _too_long(limits))
                waiting += [left] if left.editions else []
                yield one.job.editions[0], _too_long(limits)
    finally:
        for one in running.values():
            _stop(one)


def _after(job: Job[Work], result: Work | PublishError) -> Job[Work]:
    """The job without its first edition, which gave this."""
    first, *rest = job.editions
    return replace(job, editions=tuple(rest), done={**job.done, first: result})


def _start(job: Job[Any], limits: Limits) -> _Running:
    """A process that shares what is imported; spawned where forking is unsafe."""
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, limits, receiver, sender), daemon=True)
    process.start()
    sender.close()
    return _Running(job, process, receiver, time.monotonic() + limits.seconds)


def _ready(running: Iterable[_Running]) -> list[Connection]:
    """The pipes with an answer, or whose process is gone, waited for until the next deadline."""
    first = min(one.deadline for one in running)
    found = wait([one.receiver for one in running], max(0, first - time.monotonic()))
    return [one for one in found if isinstance(one, Connection)]


def _overdue(running: Iterable[_Running]) -> list[_Running]:
    now = time.monotonic()
    return [one for one in running if one.deadline <= now and not one.receiver.poll()]


def _answer(one: _Running, limits: Limits) -> tuple[Any, bool]:
    """What the process sent, or a BuildError for one that sent nothing; whether it goes on."""
    try:
        result, goes_on = one.receiver.recv()
    except (EOFError, OSError):
        one.process.join(GRACE)
        return _died(one.process.exitcode, limits), False
    return result, bool(goes_on)


def _stop(one: _Running) -> None:
    one.process.kill()
    one.process.join()
    one.process.close()
    one.receiver.close()


# --------------------------------------------------------------------------- in the process


def _work(job: Job[Any], limits: Limits, receiver: Connection, sender: Connection) -> None:
    """Sends what each edition gives.  Ctrl-C is for the parent, as is a pipe without a reader."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    receiver.close()
    gc.freeze()  # nothing of the parent's is garbage here: a twentieth of the time
    if sys.platform == "linux":
        _set_limits(limits, len(job.editions))
    with suppress(OSError):
        try:
            for result in job.work(job.editions, job.done):
                sender.send((result, True))
        except MemoryError:
            sender.send((_too_large(limits), False))


DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2): the signal that the end of the parent sends."""


def _set_limits(limits: Limits, editions: int) -> None:
    """Address space, processor time, the parent's end as ours, no dump of what was read."""
    import resource

    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: int(limits.seconds) * editions + GRACE,
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
