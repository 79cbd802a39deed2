"""Idle workers are lent to jobs that lay out long books, and come back."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing import Barrier

import pytest

from publish.building.editionlimits import EDITION_LIMITS
from publish.building.limits import Job, run_limited
from publish.building.parts import begin_beside, make_part_runner
from publish.building.spareworkers import SpareWorkers, sharing_workers
from publish.model import Edition

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are lent to forks only")


@pytest.fixture
def spare() -> Iterator[SpareWorkers]:
    with sharing_workers() as spare:
        assert spare is not None
        yield spare


def _edition(name: str) -> Edition:
    return Edition(document=name, language="en", format="pdf")


def test_a_worker_without_a_job_is_lent_to_the_others(spare: SpareWorkers) -> None:
    """Of two workers the second has nothing more to do, so the first job may take it."""

    def takes(*_: object) -> Iterator[bytes]:
        end = time.monotonic() + 30
        while not (taken := spare.take()) and time.monotonic() < end:
            time.sleep(0.01)
        yield b"taken" if taken else b"never"

    def ends(*_: object) -> Iterator[bytes]:
        yield b""

    works = {"long": takes, "short": ends, "last": ends}
    jobs = [Job((_edition(name),), partial(work)) for name, work in works.items()]
    found = dict(run_limited(jobs, 2, EDITION_LIMITS, spare))
    assert found[_edition("long")] == b"taken"


def test_no_worker_is_lent_while_a_job_waits(spare: SpareWorkers) -> None:
    def tries(*_: object) -> Iterator[bytes]:
        yield b"taken" if spare.take() else b""

    jobs = [Job((_edition(str(number)),), tries) for number in range(5)]
    assert {made for _, made in run_limited(jobs, 1, EDITION_LIMITS, spare)} == {b""}


def test_spare_workers_are_taken_and_given_back(spare: SpareWorkers) -> None:
    """Two parts that wait for each other are worked on at once, though one process is its own."""
    both = Barrier(2, timeout=30)

    def meet(number: int) -> int:
        both.wait()
        return number

    spare.give()
    assert list(make_part_runner(1, spare)(meet, [1, 2, 3, 4])) == [1, 2, 3, 4]
    assert spare.take()
    assert not spare.take()


def test_spare_workers_come_back_after_an_error(spare: SpareWorkers) -> None:
    def fail(number: int) -> int:
        raise ValueError(number)

    spare.give()
    with pytest.raises(ValueError, match="1"):
        list(make_part_runner(1, spare)(fail, [1, 2, 3]))
    assert spare.take()


def test_work_beside_is_done_by_a_spare_worker_which_is_given_back(spare: SpareWorkers) -> None:
    assert begin_beside(spare, os.getpid) is None
    assert begin_beside(None, os.getpid) is None
    spare.give()
    wait = begin_beside(spare, os.getpid)
    assert wait is not None
    assert begin_beside(spare, os.getpid) is None
    assert wait() not in (None, os.getpid())
    assert spare.take()


def test_work_beside_that_fails_or_dies_has_no_result(spare: SpareWorkers) -> None:
    def fails() -> bytes:
        raise ValueError("no")

    def dies() -> bytes:
        os._exit(9)

    for work in (fails, dies):
        spare.give()
        wait = begin_beside(spare, work)
        assert wait is not None
        assert wait() is None
        assert spare.take()
