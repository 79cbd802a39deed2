"""Does the work for parts of an edition in processes of its own, within its limits.

A process lays out one part after another until it has grown; what it found comes back as data.  So
no process keeps what it laid out before, and a long book takes no more memory than a short one.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar, cast

from publish.building.editionlimits import make_death_error
from publish.building.limits import follow_parent, measure_own_peak
from publish.building.spareworkers import SpareWorkers
from publish.editions.runners import Runner, run_here

__all__ = ["begin_beside", "make_part_runner"]

Result = TypeVar("Result")

RECYCLE_AT = 200 << 20
"""The memory in bytes beyond which a process gets no other part."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process, its pipe, and the place of the number it works on."""

    process: int
    pipe: Connection
    place: int


def make_part_runner(workers: int, spare: SpareWorkers | None = None) -> Runner:
    """Return what does work in up to so many processes at once; here where there is no fork.

    It takes `spare` workers, too, while work waits, and gives them back.
    """
    if sys.platform != "linux":
        return run_here

    def run(work: Callable[[int], Result], numbers: Sequence[int], /) -> Iterator[Result]:
        return _run(work, numbers, max(workers, 1), spare)

    return run


def _run(
    work: Callable[[int], Result],
    numbers: Sequence[int],
    workers: int,
    spare: SpareWorkers | None,
) -> Iterator[Result]:
    """Yield the results for these numbers in their order, as soon as each is known."""
    waiting = deque(range(len(numbers)))
    busy: dict[Connection, _Worker] = {}
    idle: list[_Worker] = []
    done: dict[int, Result] = {}
    at = taken = 0
    try:
        while at < len(numbers):
            while waiting:
                if len(busy) >= workers + taken:
                    if spare is None or not spare.take():
                        break
                    taken += 1
                worker = _assign(work, numbers, waiting.popleft(), idle)
                busy[worker.pipe] = worker
            for pipe in wait(list(busy)):
                worker = busy.pop(cast(Connection, pipe))
                done[worker.place], goes_on = _receive(worker)
                if goes_on:
                    idle.append(worker)
                else:
                    _stop(worker)
            if not waiting:
                taken = _give_back(spare, taken, len(busy) - workers)
            while at in done:
                yield done.pop(at)
                at += 1
    finally:
        for worker in (*busy.values(), *idle):
            _stop(worker)
        _give_back(spare, taken, 0)


def begin_beside(
    spare: SpareWorkers | None, work: Callable[[], Result]
) -> Callable[[], Result | None] | None:
    """Begin work in a process of its own; None if there is no worker to spare.

    What is returned waits for the result, must be called, and gives back the worker.  It returns
    None if the work failed: then do it here, which tells why.
    """
    if spare is None or not spare.take():
        return None
    pipe, far_end = Pipe()
    process = os.fork()
    if not process:
        try:
            pipe.close()
            follow_parent()
            gc.freeze()
            with suppress(Exception):
                far_end.send(work())
        finally:
            os._exit(0)
    far_end.close()

    def wait() -> Result | None:
        try:
            return cast(Result, pipe.recv())
        except (EOFError, OSError):
            return None
        finally:
            _stop(_Worker(process, pipe, 0))
            spare.give()

    return wait


def _give_back(spare: SpareWorkers | None, taken: int, needed: int) -> int:
    """Give back the spare workers that are not needed; return how many stay taken."""
    while spare is not None and taken > max(needed, 0):
        spare.give()
        taken -= 1
    return taken


def _assign(
    work: Callable[[int], Any], numbers: Sequence[int], place: int, idle: list[_Worker]
) -> _Worker:
    """Let an idle process, or a new one, work for the number at a place."""
    if idle:
        worker = idle.pop()
        worker.pipe.send(place)
        return _Worker(worker.process, worker.pipe, place)
    pipe, far_end = Pipe()
    process = os.fork()
    if not process:
        try:
            pipe.close()
            _work(work, numbers, place, far_end)
        finally:
            os._exit(0)
    far_end.close()
    return _Worker(process, pipe, place)


def _work(work: Callable[[int], Any], numbers: Sequence[int], place: int, pipe: Connection) -> None:
    """Send the result for one number after another; runs in a process of its own."""
    follow_parent()
    gc.freeze()
    with suppress(OSError, EOFError):
        while True:
            try:
                result, failure = work(numbers[place]), None
            except Exception as error:
                result, failure = None, error
            goes_on = failure is None and measure_own_peak() < RECYCLE_AT
            pipe.send((result, failure, goes_on))
            if not goes_on:
                return
            result = None
            place = pipe.recv()


def _receive(worker: _Worker) -> tuple[Any, bool]:
    """Return what a process found, and whether it can go on; raise what it met."""
    try:
        result, failure, goes_on = worker.pipe.recv()
    except (EOFError, OSError):
        code = os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1])
        raise make_death_error(code) from None
    if failure is not None:
        _stop(worker)
        raise failure
    return result, bool(goes_on)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    with suppress(OSError):
        os.kill(worker.process, signal.SIGKILL)
        os.waitpid(worker.process, 0)
