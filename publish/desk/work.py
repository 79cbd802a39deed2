"""The one thread that does all work of the workspace, in the order in which it is asked."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

__all__ = ["Busy", "Worker"]

Result = TypeVar("Result")

MOST = 500
"""So many jobs wait at most; more only come from somebody who means harm, or after a fault."""


class Busy(Exception):  # noqa: N818 - it is no error of the program
    """Too many jobs wait already."""


class Worker:
    """A thread, or several, that do one job after the other.

    The process does not wait for them at its end, so that a long job never keeps a desk from being
    closed: what is written is whole at any moment.
    """

    def __init__(self, threads: int = 1) -> None:
        self._jobs: queue.Queue[tuple[Future[Any], Callable[[], Any]] | None] = queue.Queue(MOST)
        self._threads = [
            threading.Thread(target=self._work, name=f"desk-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Callable[[], Result]) -> Future[Result]:
        """Return the future result of a job; raises Busy if too many wait."""
        future: Future[Result] = Future()
        try:
            self._jobs.put_nowait((future, job))
        except queue.Full:
            raise Busy from None
        return future

    async def run(self, job: Callable[[], Result]) -> Result:
        """Return the result of a job, which is done to its end even if nobody waits for it."""
        return await asyncio.shield(asyncio.wrap_future(self.submit(job)))

    def close(self, seconds: float = 0.5) -> bool:
        """Do what waits, if that takes no longer; return whether all was done."""
        try:
            for _ in self._threads:
                self._jobs.put_nowait(None)
        except queue.Full:
            return False
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, run = job
            if future.set_running_or_notify_cancel():
                try:
                    result = run()
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
                del run, job, future  # Nothing of a job is kept until the next one comes.
