"""Run jobs in worker processes, within limits of time and memory.

A worker does one job after another, so that it loads fonts, style sheets and dictionaries once.
If an edition hangs, takes too much memory or crashes, only that edition is lost: the others of
its job continue in a new worker.
"""

from __future__ import annotations

import ctypes
import gc
import re
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
from pathlib import Path
from typing import Any, Generic, TypeVar

from publish.building.editionlimits import (
    EditionLimits,
    explain_death,
    explain_memory,
    explain_time,
)
from publish.building.spareworkers import SpareWorkers
from publish.errors import BuildError, PublishError
from publish.files import temporary_folder
from publish.model import Edition

__all__ = [
    "Job",
    "follow_parent",
    "limit_this_process",
    "measure_own_peak",
    "measure_peak_memory",
    "run_limited",
]

Work = TypeVar("Work")

JobResults = Mapping[Edition, Work | PublishError]
"""The results of the editions of a job that were made before."""


@dataclass(frozen=True)
class Job(Generic[Work]):
    """Editions that are made one after another, because later ones need the earlier ones.

    `work` is called with the editions still to be made and the results of the others, and yields
    the result of each, in order.  It is pickled on systems without fork.  A worker does several
    jobs, so `work` must not change anything that another job could see.  The source of its
    editions has `size` bytes.
    """

    editions: tuple[Edition, ...]
    work: Callable[[Sequence[Edition], JobResults[Work]], Iterable[Work | PublishError]]
    done: JobResults[Work] = field(default_factory=dict)
    size: int = 0


GRACE = 30
"""Seconds of processor time beyond the limit; then the system kills a worker without a parent."""

JOBS_OF_A_WORKER = 32
"""The number of jobs after which a worker is replaced, so that memory leaks stay small."""

RECYCLE_AT = 0.25
"""The share of the memory limit beyond which a worker gets no other job."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process and the pipe to it, for jobs and the result of each edition."""

    process: BaseProcess
    pipe: Connection


@dataclass(frozen=True, slots=True)
class _Running:
    """A worker and its job; `deadline` is that of the current edition, by `time.monotonic()`."""

    worker: _Worker
    number: int
    job: Job[Any]
    deadline: float
    limits: EditionLimits


def run_limited(
    jobs: Iterable[Job[Work]],
    workers: int,
    limits: EditionLimits,
    spare: SpareWorkers | None = None,
) -> Iterator[tuple[Edition, Work | PublishError]]:
    """Yield the result of each edition as soon as it is ready, with `workers` jobs at once.

    The result of an edition that exceeds the limits, or whose process dies, is a BuildError
    (code `edition-limit`).  If the caller stops early, running workers are killed; they have
    written only to a temporary folder, which is deleted.  Jobs may take `spare` workers: those that
    are left when no job waits.
    """
    lent = 0
    every = [job for job in jobs if job.editions]
    waiting = list(enumerate(every))[::-1]
    running: dict[Connection, _Running] = {}
    idle: list[_Worker] = []
    with temporary_folder() as room:
        crew = _Crew(tuple(job.work for job in every), limits, str(room))
        try:
            while waiting or running:
                _hand_out(waiting, running, idle, crew, workers)
                lent = _lend(spare, workers - len(running), lent)
                for pipe in _ready(running):
                    one = running[pipe]
                    result, goes_on = _answer(one)
                    left = _after(one.job, result)
                    if goes_on and left.editions:
                        deadline = time.monotonic() + one.limits.time
                        running[pipe] = replace(one, job=left, deadline=deadline)
                    elif goes_on:
                        idle.append(running.pop(pipe).worker)
                    else:
                        _stop(crew, running.pop(pipe).worker)
                        waiting += [(one.number, left)] if left.editions else []
                    # A worker goes on while the caller writes what it made.
                    _hand_out(waiting, running, idle, crew, workers)
                    yield one.job.editions[0], result
                for one in _overdue(running.values()):
                    _stop(crew, running.pop(one.worker.pipe).worker)
                    error = explain_time(one.limits)
                    left = _after(one.job, error)
                    waiting += [(one.number, left)] if left.editions else []
                    yield one.job.editions[0], error
        finally:
            for worker in tuple(crew.workers):
                _stop(crew, worker)


def _hand_out(
    waiting: list[tuple[int, Job[Any]]],
    running: dict[Connection, _Running],
    idle: list[_Worker],
    crew: _Crew,
    workers: int,
) -> None:
    """Begin jobs that wait, until so many workers have one."""
    while waiting and len(running) < max(workers, 1):
        begun = _begin(idle, crew, *waiting.pop())
        running[begun.worker.pipe] = begun


def _lend(spare: SpareWorkers | None, idle: int, lent: int) -> int:
    """Lend the idle workers, or take some back if nobody has them; return how many are lent."""
    if spare is None:
        return lent
    while lent < idle:
        spare.give()
        lent += 1
    while lent > max(idle, 0) and spare.take():
        lent -= 1
    return lent


@dataclass(frozen=True, slots=True)
class _Crew:
    """The running workers, and what each starts with: the work of all jobs, limits, temp folder."""

    works: tuple[Callable[..., Iterable[Any]], ...]
    limits: EditionLimits
    room: str
    workers: list[_Worker] = field(default_factory=list)


def _after(job: Job[Work], result: Work | PublishError) -> Job[Work]:
    """Return the rest of a job after this result of its first edition."""
    first, *rest = job.editions
    return replace(job, editions=tuple(rest), done={**job.done, first: result})


def _begin(idle: list[_Worker], crew: _Crew, number: int, job: Job[Any]) -> _Running:
    """Send a job to an idle worker, or to a new one if none is alive."""
    limits = crew.limits.allow(job.size)
    order = (number, job.editions, job.done, limits)
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
        with suppress(OSError):  # `_answer` reports a worker that died already.
            worker.pipe.send(order)
    return _Running(worker, number, job, time.monotonic() + limits.time, limits)


def _start(crew: _Crew) -> _Worker:
    """Start a worker: forked on Linux, so that it shares imports; spawned where fork is unsafe."""
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    pipe, far_end = context.Pipe()
    process = context.Process(target=_work, args=(crew, pipe, far_end), daemon=True)
    process.start()
    worker = _Worker(process, pipe)
    crew.workers.append(worker)
    far_end.close()
    return worker


def _ready(running: Mapping[Connection, _Running]) -> list[Connection]:
    """Wait until the next deadline for pipes that have an answer or whose process has ended."""
    first = min(one.deadline for one in running.values())
    found = wait(running, max(0, first - time.monotonic()))
    return [one for one in found if isinstance(one, Connection)]


def _overdue(running: Iterable[_Running]) -> list[_Running]:
    now = time.monotonic()
    return [one for one in running if one.deadline <= now and not one.worker.pipe.poll()]


def _answer(one: _Running) -> tuple[Any, bool]:
    """Return the result a worker sent, or a BuildError if it died, and whether it can go on."""
    try:
        result, goes_on = one.worker.pipe.recv()
    except (EOFError, OSError):
        one.worker.process.join(GRACE)
        return explain_death(one.worker.process.exitcode, one.limits), False
    return result, bool(goes_on)


def _stop(crew: _Crew, worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    crew.workers.remove(worker)


# --------------------------------------------------------------------------- in the process


def _work(crew: _Crew, far_end: Connection, pipe: Connection) -> None:
    """Do jobs from the pipe and send the result of each edition, until the worker is worn out."""
    follow_parent()
    far_end.close()
    tempfile.tempdir = crew.room
    gc.freeze()  # The parent's objects are never garbage here.
    gc.set_threshold(*COLLECTING)
    with suppress(OSError, EOFError):
        for done in range(1, JOBS_OF_A_WORKER + 1):
            number, editions, before, limits = pipe.recv()
            limit_this_process(limits, len(editions))
            try:
                for count, result in enumerate(crew.works[number](editions, before), 1):
                    last = count == len(editions)
                    worn = last and (done == JOBS_OF_A_WORKER or _swollen(crew.limits))
                    if isinstance(result, BuildError) and _is_memory_short():
                        result = explain_memory(crew.limits)
                    pipe.send((result, not worn))
            except MemoryError:
                pipe.send((explain_memory(crew.limits), False))
                return


COLLECTING = (250_000, 50, 50)
"""Thresholds of the garbage collector.  Laying out a PDF creates millions of objects that stay in
use; scanning them at the default thresholds took a seventh of the time of 250 pages."""

DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2): the signal that a worker gets when its parent ends."""


def follow_parent() -> None:
    """Make this process leave Ctrl-C to its parent, and end with it.

    The parent's handlers for termination are not inherited.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def limit_this_process(limits: EditionLimits, editions: int = 0) -> None:
    """Limit address space, and processor time if there are editions; Linux only.

    Core dumps are disabled.
    """
    if sys.platform != "linux":
        return
    import resource

    used = time.process_time()
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CORE: 0,
    }
    if editions:
        wanted[resource.RLIMIT_CPU] = int(used + limits.time * editions) + GRACE
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        within = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (within, hard))


def _swollen(limits: EditionLimits) -> bool:
    """Return whether this process has used so much memory that a new one should replace it."""
    return measure_own_peak() > limits.memory * RECYCLE_AT


MARGIN = 64 << 20
"""Bytes of address space below the limit: what fails with less than these left failed for them."""


def _is_memory_short() -> bool:
    """Return whether this process has come so near its limit that a library may have failed for it.

    Not every library raises MemoryError: some give errors of their own, or Python's SystemError.
    """
    if sys.platform != "linux":
        return False
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    peak = re.search(r"^VmPeak:\s*(\d+) kB$", status, re.M)
    if limit == resource.RLIM_INFINITY or not peak:
        return False
    return int(peak[1]) << 10 > limit - MARGIN


def measure_own_peak() -> int:
    """Return the peak memory of this process, in bytes; 0 where it is not known."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def measure_peak_memory() -> int:
    """Return the peak memory of any finished child process, in bytes; 0 where it is not known."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
