"""The one thread that does all work of the workspace, what is waited for most before all else."""

from __future__ import annotations

import asyncio
import heapq
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from itertools import count
from typing import Any, Literal, TypeVar

__all__ = ["Busy", "Urgency", "Worker"]

Result = TypeVar("Result")

MOST = 500
"""So many jobs wait at most; more only come from somebody who means harm, or after a fault."""

Urgency = Literal["now", "soon", "later"]
"""How much a job is waited for: a save, whose text somebody wants to see; what somebody asked for;
what nobody waits for yet, such as a look at the disk."""

PATIENCE: Mapping[Urgency, float] = {"now": 0.0, "soon": 0.5, "later": 3.0}
"""So many seconds a job lets others go first that came after it and are waited for more, so that
whoever saves again and again keeps nobody else waiting for ever."""
ANSWERED = 0.05
"""So many seconds at most does nothing else begin until the answer of an urgent job is written: one
thread of Python at a time has its turn."""


class Busy(Exception):  # noqa: N818 - it is no error of the program
    """Too many jobs wait already."""


class Worker:
    """A thread, or several, that do one job after the other.

    The process does not wait for them at its end, so that a long job never keeps a desk from being
    closed: what is written is whole at any moment.
    """

    def __init__(self, threads: int = 1) -> None:
        # Jobs by the time until which they let others go first; those of one time as they came.
        self._jobs: list[tuple[float, int, Urgency, Future[Any], Callable[[], Any]]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self._quiet_until = 0.0
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, name=f"desk-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Callable[[], Result], urgency: Urgency = "soon") -> Future[Result]:
        """Return the future result of a job; raises Busy if too many wait."""
        future: Future[Result] = Future()
        due = time.monotonic() + PATIENCE[urgency]
        with self._changed:
            if len(self._jobs) >= MOST or self._closed:
                raise Busy
            heapq.heappush(self._jobs, (due, next(self._numbers), urgency, future, job))
            self._changed.notify()
        return future

    async def run(self, job: Callable[[], Result], urgency: Urgency = "soon") -> Result:
        """Return the result of a job, which is done to its end even if nobody waits for it."""
        return await asyncio.shield(asyncio.wrap_future(self.submit(job, urgency)))

    def go_on(self) -> None:
        """Begin what is less urgent: the answer of the last urgent job is written."""
        with self._changed:
            self._quiet_until = 0.0
            self._changed.notify_all()

    def close(self, seconds: float = 0.5) -> bool:
        """Do what waits, if that takes no longer; return whether all was done."""
        with self._changed:
            self._closed = True
            self._quiet_until = 0.0
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _take(self) -> tuple[Urgency, Future[Any], Callable[[], Any]] | None:
        """Return the next job when there is one, None at the end."""
        with self._changed:
            while True:
                quiet = self._quiet_until - time.monotonic()
                if self._jobs and (self._jobs[0][2] == "now" or quiet <= 0):
                    return heapq.heappop(self._jobs)[2:]
                if self._closed and not self._jobs:
                    return None
                self._changed.wait(quiet if self._jobs else None)

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            urgency, future, run = taken
            if future.set_running_or_notify_cancel():
                try:
                    result = run()
                except BaseException as error:
                    self._keep_quiet(urgency)
                    future.set_exception(error)
                else:
                    self._keep_quiet(urgency)
                    future.set_result(result)
                    del result
            del taken, future, run  # Nothing of a job is kept until the next one comes.

    def _keep_quiet(self, urgency: Urgency) -> None:
        if urgency == "now":
            self._quiet_until = time.monotonic() + ANSWERED
