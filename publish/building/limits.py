"""Jobs in processes of their own, within limits of time and memory.

A worker is a process that does job after job, so that fonts, style sheets and dictionaries are
loaded once in each.  What hangs, swells or dies takes nothing with it but its own edition: the
others of its job go on in a new worker.
"""

from __future__ import annotations

import ctypes
import gc
import signal
import sys
import tempfile
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

__all__ = ["EDITION_LIMITS", "EditionLimits", "Job", "peak_memory", "run_limited"]

Work = TypeVar("Work")

JobResults = Mapping[Edition, Work | PublishError]
"""What became of editions that were made before."""


@dataclass(frozen=True)
class Job(Generic[Work]):
    """Editions that are made one after the other, since the later ones need the earlier.

    `work` is called with the editions still to be made and what became of the others, and yields
    the result of each, in order; where there is no fork, it is pickled.  Workers outlive a job, so
    it must leave nothing behind that another one could see.
    """

    editions: tuple[Edition, ...]
    work: Callable[[Sequence[Edition], JobResults[Work]], Iterable[Work | PublishError]]
    done: JobResults[Work] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionLimits:
    """What one edition may take: seconds by the clock and, on Linux, bytes of address space."""

    seconds: float
    memory: int


EDITION_LIMITS = EditionLimits(seconds=300, memory=4 << 30)
"""Far more than a report needs: those of this repository take seconds and some 100 MiB."""

GRACE = 30
"""Seconds of processor time beyond the limit, after which the system stops an orphan."""

JOBS_OF_A_WORKER = 32
"""So many jobs, and a worker makes room for a new one: nothing that leaks leaks for long."""

WORN_AT = 0.25
"""The share of the memory limit that a worker may have taken at most when it takes another job."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process and the pipe to it: jobs go in, the result of each edition comes out."""

    process: BaseProcess
    pipe: Connection


@dataclass(frozen=True, slots=True)
class _Running:
    """A worker with the job it does; the clock is past `deadline` when its edition is too late."""

    worker: _Worker
    number: int
    job: Job[Any]
    deadline: float


def run_limited(
    jobs: Iterable[Job[Work]], workers: int, limits: EditionLimits
) -> Iterator[tuple[Edition, Work | PublishError]]:
    """What each edition of each job gives, as soon as it is known, `workers` jobs at once.

    An edition that exceeds the limits, or whose process dies, gives a BuildError
    `edition-limit`.  When the caller stops early, what is running is killed: it has written no
    file but in a folder for temporary ones, which is gone afterwards.
    """
    every = [job for job in jobs if job.editions]
    waiting = list(enumerate(every))[::-1]
    running: dict[Connection, _Running] = {}
    idle: list[_Worker] = []
    with tempfile.TemporaryDirectory(prefix="publish-") as room:
        crew = _Crew(tuple(job.work for job in every), limits, room)
        try:
            while waiting or running:
                while waiting and len(running) < max(workers, 1):
                    begun = _begin(idle, crew, *waiting.pop())
                    running[begun.worker.pipe] = begun
                for pipe in _ready(running):
                    one = running[pipe]
                    result, goes_on = _answer(one, limits)
                    left = _after(one.job, result)
                    if goes_on and left.editions:
                        deadline = time.monotonic() + limits.seconds
                        running[pipe] = replace(one, job=left, deadline=deadline)
                    elif goes_on:
                        idle.append(running.pop(pipe).worker)
                    else:
                        _stop(crew, running.pop(pipe).worker)
                        waiting += [(one.number, left)] if left.editions else []
                    yield one.job.editions[0], result
                for one in _overdue(running.values()):
                    _stop(crew, running.pop(one.worker.pipe).worker)
                    left = _after(one.job, _too_long(limits))
                    waiting += [(one.number, left)] if left.editions else []
                    yield one.job.editions[0], _too_long(limits)
        finally:
            for worker in tuple(crew.workers):
                _stop(crew, worker)


@dataclass(frozen=True, slots=True)
class _Crew:
    """The workers that live, and what each begins with: the work of all jobs, limits, the folder
    for temporary files."""

    works: tuple[Callable[..., Iterable[Any]], ...]
    limits: EditionLimits
    room: str
    workers: list[_Worker] = field(default_factory=list)


def _after(job: Job[Work], result: Work | PublishError) -> Job[Work]:
    """The job without its first edition, which gave this."""
    first, *rest = job.editions
    return replace(job, editions=tuple(rest), done={**job.done, first: result})


def _begin(idle: list[_Worker], crew: _Crew, number: int, job: Job[Any]) -> _Running:
    """A job given to an idle worker, or to a new one where there is none that lives."""
    order = (number, job.editions, job.done)
    while idle:
        worker = idle.pop()
        try:
            worker.pipe.send(order)
        except OSError:
            _stop(crew, worker)
        else:
            break
    else:
        worker = _start(crew)
        with suppress(OSError):  # one that has died already is told of by `_answer`
            worker.pipe.send(order)
    return _Running(worker, number, job, time.monotonic() + crew.limits.seconds)


def _start(crew: _Crew) -> _Worker:
    """A process that shares what is imported; spawned where forking is unsafe."""
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    pipe, far_end = context.Pipe()
    process = context.Process(target=_work, args=(crew, pipe, far_end), daemon=True)
    process.start()
    worker = _Worker(process, pipe)
    crew.workers.append(worker)
    far_end.close()
    return worker


def _ready(running: Mapping[Connection, _Running]) -> list[Connection]:
    """The pipes with an answer, or whose process is gone, waited for until the next deadline."""
    first = min(one.deadline for one in running.values())
    found = wait(running, max(0, first - time.monotonic()))
    return [one for one in found if isinstance(one, Connection)]


def _overdue(running: Iterable[_Running]) -> list[_Running]:
    now = time.monotonic()
    return [one for one in running if one.deadline <= now and not one.worker.pipe.poll()]


def _answer(one: _Running, limits: EditionLimits) -> tuple[Any, bool]:
    """What the worker sent, or a BuildError for one that sent nothing; whether it goes on."""
    try:
        result, goes_on = one.worker.pipe.recv()
    except (EOFError, OSError):
        one.worker.process.join(GRACE)
        return _died(one.worker.process.exitcode, limits), False
    return result, bool(goes_on)


def _stop(crew: _Crew, worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    crew.workers.remove(worker)


# --------------------------------------------------------------------------- in the process


def _work(crew: _Crew, far_end: Connection, pipe: Connection) -> None:
    """Does the jobs that come, and sends what each edition gives, until it is worn.

    Ctrl-C is for the parent, as is a pipe without a reader; what the parent does when it is told
    to end is not for a worker.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    far_end.close()
    tempfile.tempdir = crew.room
    gc.freeze()  # nothing of the parent's is garbage here
    gc.set_threshold(*COLLECTING)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    with suppress(OSError, EOFError):
        for done in range(1, JOBS_OF_A_WORKER + 1):
            number, editions, before = pipe.recv()
            _set_limits(crew.limits, len(editions))
            try:
                for count, result in enumerate(crew.works[number](editions, before), 1):
                    last = count == len(editions)
                    worn = last and (done == JOBS_OF_A_WORKER or _swollen(crew.limits))
                    pipe.send((result, not worn))
            except MemoryError:
                pipe.send((_too_large(crew.limits), False))
                return


COLLECTING = (100_000, 50, 50)
"""How many objects and rounds the collector of garbage waits for.  A layout is millions of objects
that are no garbage yet: looking through them took a seventh of the time of 250 pages."""

DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2): the signal that the end of the parent sends."""


def _set_limits(limits: EditionLimits, editions: int) -> None:
    """Address space, processor time from here on, no dump of what was read; on Linux only."""
    if sys.platform != "linux":
        return
    import resource

    used = time.process_time()
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: int(used + limits.seconds * editions) + GRACE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        within = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (within, hard))


def _swollen(limits: EditionLimits) -> bool:
    """Whether this process has ever taken so much memory that another should follow it."""
    if sys.platform != "linux":
        return False
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return peak > limits.memory * WORN_AT


def peak_memory() -> int:
    """The most bytes that any finished process of this one has taken; 0 where nobody counts."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10


# --------------------------------------------------------------------------- what is said


def _too_long(limits: EditionLimits) -> BuildError:
    return BuildError(
        f"this edition took longer than {limits.seconds:g} seconds",
        hint="look for a huge table or image, or lists and quotations deep within one another; "
        "--time-limit allows more",
        code="edition-limit",
    )


def _too_large(limits: EditionLimits) -> BuildError:
    return BuildError(
        f"this edition took more than {limits.memory >> 20} MiB of memory",
        hint="look for a huge image or table, and make it smaller; --memory-limit allows more",
        code="edition-limit",
    )


def _died(exit_code: int | None, limits: EditionLimits) -> BuildError:
    """The words for an end without an answer; a negative code is that of a signal."""
    if exit_code == -signal.SIGXCPU:
        return _too_long(limits)
    return BuildError(
        f"the process that wrote this edition died (exit code {exit_code})",
        hint="it may have been short of memory: allow more with --memory-limit, or build with "
        "--workers 1",
        code="edition-limit",
    )
