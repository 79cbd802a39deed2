"""Longer work that the desk starts: builds, kits, imports, updates, and a look before a release.

Jobs are done one after another, each in a process of its own that reads everything anew.  So typing
and saving never wait for one, its memory goes with it, and it can be stopped.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import assert_never

from publish.actions.desk.jobs.orders import (
    Ended,
    Found,
    Job,
    JobOrder,
    Line,
    Progress,
    Told,
    Waiting,
)
from publish.actions.desk.jobs.process import run_process
from publish.errors import BuildError, PublishError, UsageError

__all__ = ["DeskJobs"]

KEPT = 20
"""So many jobs are remembered."""
MOST_WAITING = 10
"""So many jobs can wait."""
MOST_LINES = 400
"""So many lines of a job are kept, and as many findings; more are counted."""
GOODBYE = 5.0
"""How many seconds a process has to clear up after itself when it is stopped."""


class DeskJobs:
    """The jobs of a workspace; `tell` is called, in another thread, when one has changed.

    Its methods may be called from any thread.
    """

    def __init__(self, root: Path, tell: Callable[[Job], None] = lambda _: None) -> None:
        self._root = root
        self._tell = tell
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._process: BaseProcess | None = None
        self._runs = 0
        self._closed = False

    def start(self, order: JobOrder) -> Job:
        """Return the job for an order, which begins when those before it have ended.

        Raises UsageError if too many wait already.
        """
        with self._lock:
            if sum(job.state == "waiting" for job in self._jobs.values()) >= MOST_WAITING:
                raise UsageError(
                    "too much is waiting already", hint="wait until some of it is done"
                )
            job = Job(number=max(self._jobs, default=0) + 1, order=order)
            self._jobs[job.number] = job
            ended = [number for number, one in self._jobs.items() if one.ended]
            for number in ended[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[number]
            if not self._closed:
                self._thread.submit(self._run, job.number)
        self._tell(job)
        return job

    def cancel(self, number: int) -> Job:
        """Stop a job, whether it waits or runs; what it has written so far stays.

        Raises UsageError for one that has ended.
        """
        with self._lock:
            job = self._jobs.get(number)
            if job is None or job.ended:
                raise UsageError("this has ended already")
            job = self._jobs[number] = replace(job, state="cancelled", held=False)
            process = self._process if self._runs == number else None
            if process is not None:
                process.terminate()
        self._tell(job)
        return job

    def list(self) -> tuple[Job, ...]:
        """Return the jobs, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def close(self) -> None:
        """Stop the job that runs, and let no other begin."""
        with self._lock:
            self._closed = True
            process = self._process
            if process is not None:
                process.terminate()
        self._thread.shutdown(wait=False, cancel_futures=True)

    # ---- in the thread

    def _run(self, number: int) -> None:
        with self._lock:
            job = self._jobs.get(number)
            if job is None or job.state != "waiting" or self._closed:
                return
            pipe = self._start(job.order)
            self._runs = number
        try:
            self._change(number, state="running")
            self._listen(number, pipe)
        finally:
            self._end(pipe)

    def _start(self, order: JobOrder) -> Connection:
        """Start the process: spawned, since this one has threads."""
        context = get_context("spawn")
        pipe, far_end = context.Pipe(duplex=False)
        given = (far_end, os.getpid(), self._root, order)
        self._process = context.Process(target=run_process, args=given)
        self._process.start()
        far_end.close()
        return pipe

    def _listen(self, number: int, pipe: Connection) -> None:
        """Take what the process tells until it ends, however it ends."""
        ended = False
        while not ended:
            try:
                told: Told = pipe.recv()
            except (EOFError, OSError):
                told = Ended(error=_died())
            ended = isinstance(told, Ended)
            self._take(number, told)

    def _take(self, number: int, told: Told) -> None:
        match told:
            case Waiting():
                self._change(number, held=True)
            case Progress(done, total):
                self._change(number, held=False, done=done, total=total)
            case Line():
                self._add(number, told)
            case Found():
                self._add_found(number, told)
            case Ended(error):
                self._change(number, held=False, error=error, state="failed" if error else "done")
            case _:
                assert_never(told)

    def _add(self, number: int, line: Line) -> None:
        with self._lock:
            job = self._jobs.get(number)
        if job is not None:
            self._change(number, lines=_join(job.lines, line), held=False)

    def _add_found(self, number: int, one: Found) -> None:
        with self._lock:
            job = self._jobs.get(number)
        if job is None:
            return
        if len(job.found) < MOST_LINES:
            self._change(number, found=(*job.found, one))
        else:
            self._change(number, further=job.further + 1)

    def _change(self, number: int, **values: object) -> None:
        with self._lock:
            job = self._jobs.get(number)
            if (
                job is None or job.ended
            ):  # It was stopped; what its process still tells changes nothing.
                return
            job = self._jobs[number] = replace(job, **values)  # type: ignore[arg-type]
        self._tell(job)

    def _end(self, pipe: Connection) -> None:
        pipe.close()
        with self._lock:
            process, self._process, self._runs = self._process, None, 0
        if process is not None:
            process.join(GOODBYE)
            process.kill()
            process.join()


def _join(lines: tuple[Line, ...], line: Line) -> tuple[Line, ...]:
    """Return lines with one more, which is only counted if there are many already."""
    if len(lines) < MOST_LINES:
        return (*lines, line)
    last = lines[-1]
    before = last.counts["lines"] if last.topic == "further" else 0
    kept = lines[:-1] if before else lines
    return (*kept, Line(topic="further", counts={"lines": before + 1}))


def _died() -> PublishError:
    return BuildError(
        "the process that did this died",
        hint="it may have run out of memory: close other programs, and try again",
        code="desk-job",
    )
