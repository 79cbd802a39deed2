"""Jobs of the desk: one after another, each in a process, beside everything else."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from reviewcases import make_workspace, po

from publish.actions.desk.jobs.orders import Found, Job, JobOrder, Line
from publish.actions.desk.jobs.received import receive_file
from publish.actions.desk.jobs.running import MOST_LINES, MOST_WAITING, DeskJobs
from publish.actions.desk.opened import Happening, OpenDesk, Reopened
from publish.actions.desk.opentext import TextChange
from publish.actions.desk.sentences.saving import Saved
from publish.errors import UsageError
from publish.model import Finding, Level, make_entry_id
from publish.project.locking import hold_builds, hold_folder, hold_workspace
from publish.project.workspace import open_workspace

UPDATE = JobOrder(kind="update")
Value = TypeVar("Value")
SENTENCE = make_entry_id((None, "The court released the man."))


@dataclass(slots=True)
class Watched:
    """Jobs, and everything that was told of them."""

    root: Path
    jobs: DeskJobs
    told: list[Job] = field(default_factory=list)

    def until(self, holds: Callable[[Job], bool], number: int = 1) -> Job:
        """Return a job as soon as something is true of it."""
        return until(lambda: next(filter(holds, self._of(number)), None))

    def _of(self, number: int) -> list[Job]:
        return [job for job in self.jobs.list() if job.number == number]

    def states(self, number: int) -> list[str]:
        """Return the states that were told of a job, each once."""
        return list(dict.fromkeys(job.state for job in self.told if job.number == number))


def until(look: Callable[[], Value | None], seconds: float = 60) -> Value:
    """Return what `look` finds, as soon as it finds it."""
    end = time.monotonic() + seconds
    while (found := look()) is None:
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return make_workspace(folder)


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    told: list[Job] = []
    jobs = DeskJobs(root, told.append)
    yield Watched(root, jobs, told)
    jobs.close()


# --------------------------------------------------------------------------- one after another


@pytest.mark.full
def test_two_jobs_run_one_after_the_other_and_tell_how_far_they_are(watched: Watched) -> None:
    watched.jobs.start(UPDATE)
    watched.jobs.start(JobOrder(kind="build", languages=("xx",)))
    first = watched.until(lambda job: job.ended, 1)
    second = watched.until(lambda job: job.ended, 2)
    assert (first.state, first.error) == ("done", None)
    assert [line.language for line in first.lines if line.document == "r"] == ["en", "ru"]
    assert second.state == "failed"
    assert second.error is not None
    assert "xx" in second.error.message
    assert watched.states(1) == [*watched.states(2)[:2], "done"] == ["waiting", "running", "done"]
    ran = [job.number for job in watched.told if job.state == "running"]
    assert ran == sorted(ran)
    assert [job.number for job in watched.jobs.list()] == [2, 1]


@pytest.mark.full
def test_a_job_waits_for_another_command_and_says_so(watched: Watched) -> None:
    with hold_folder(watched.root):
        watched.jobs.start(UPDATE)
        held = watched.until(lambda job: job.held)
        assert held.state == "running"
    assert watched.until(lambda job: job.ended).state == "done"
    assert not watched.jobs.list()[0].held


@pytest.mark.full
def test_a_job_is_stopped_whether_it_waits_or_runs(watched: Watched) -> None:
    with hold_folder(watched.root):
        watched.jobs.start(UPDATE)
        watched.jobs.start(UPDATE)
        watched.until(lambda job: job.held)
        assert watched.jobs.cancel(2).state == "cancelled"
        assert watched.jobs.cancel(1).state == "cancelled"
        with pytest.raises(UsageError, match="ended already"):
            watched.jobs.cancel(1)
        with pytest.raises(UsageError):
            watched.jobs.cancel(9)
        watched.jobs.start(JobOrder(kind="build", languages=("xx",)))
        watched.until(lambda job: job.held, 3)  # So the process of the first is gone.
    assert watched.until(lambda job: job.ended, 3).state == "failed"
    assert "running" not in watched.states(2)


@pytest.mark.full
def test_a_job_whose_process_dies_has_failed_and_the_next_goes_on(watched: Watched) -> None:
    with hold_folder(watched.root):
        watched.jobs.start(UPDATE)
        watched.until(lambda job: job.held)
        process = watched.jobs._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        dead = watched.until(lambda job: job.ended)
    assert dead.state == "failed"
    assert dead.error is not None
    assert dead.error.code == "desk-job"
    watched.jobs.start(UPDATE)
    assert watched.until(lambda job: job.ended, 2).state == "done"


@pytest.mark.full
def test_closing_ends_the_process_and_begins_no_other(watched: Watched) -> None:
    with hold_folder(watched.root):
        watched.jobs.start(UPDATE)
        watched.jobs.start(UPDATE)
        watched.until(lambda job: job.held)
        process = watched.jobs._process
        assert process is not None
        watched.jobs.close()
        until(lambda: process.exitcode if process.exitcode is not None else None)
    until(lambda: None if watched.jobs._process else True)
    assert "running" not in watched.states(2)


def test_too_many_jobs_are_refused_and_old_ones_forgotten(watched: Watched) -> None:
    with hold_folder(watched.root):
        watched.jobs.start(UPDATE)
        watched.until(lambda job: job.state == "running")
        for _ in range(MOST_WAITING):
            watched.jobs.start(UPDATE)
        with pytest.raises(UsageError, match="too much"):
            watched.jobs.start(UPDATE)
        for number in range(2, 2 + MOST_WAITING):
            watched.jobs.cancel(number)
        for number in range(12, 32):
            watched.jobs.cancel(watched.jobs.start(UPDATE).number)
            assert number == watched.jobs.list()[0].number
        assert len(watched.jobs.list()) == 20
        assert watched.jobs.list()[-1].number == 1  # The one that runs is never forgotten.
        watched.jobs.cancel(1)


@pytest.mark.full
def test_a_job_with_very_much_to_say_is_short(watched: Watched) -> None:
    with hold_folder(watched.root):
        watched.jobs.start(UPDATE)
        watched.until(lambda job: job.held)
        finding = Finding(code="x", level=Level.WARNING, message="m")
        for number in range(MOST_LINES + 30):
            watched.jobs._take(1, Line(topic="edition", document=str(number)))
            watched.jobs._take(1, Found(finding=finding))
        (job,) = watched.jobs.list()
        assert len(job.lines) == MOST_LINES + 1
        assert len(job.found) == MOST_LINES
        assert job.lines[-1].counts == {"lines": 30}
        assert job.further == 30
        watched.jobs.cancel(1)


# --------------------------------------------------------------------------- who waits for whom


@pytest.mark.parametrize("made", [True, False])
def test_a_build_of_the_desk_and_a_command_wait_for_each_other(root: Path, made: bool) -> None:
    """Also where there is no folder of editions yet when the command begins."""
    for first, second in ((hold_workspace, hold_builds), (hold_builds, hold_workspace)):
        if made:
            (root / "build/.editions").mkdir(parents=True, exist_ok=True)
        waits, entered = threading.Event(), threading.Event()

        def enter(hold: object = second, one: object = waits, two: object = entered) -> None:
            with hold(root, one.set):  # type: ignore[operator, attr-defined]
                two.set()  # type: ignore[attr-defined]

        with first(root):
            thread = threading.Thread(target=enter)
            thread.start()
            assert waits.wait(10)
            assert not entered.wait(0.05)
        assert entered.wait(10)
        thread.join()


def test_a_release_holds_the_folder_around_it_meanwhile(root: Path) -> None:
    (root / "build/.editions").mkdir(parents=True)
    for hold in (hold_workspace, hold_builds):
        with hold(root), hold_folder(root / "build", lambda: pytest.fail("it waits for itself")):
            pass


def test_a_text_is_saved_while_a_job_holds_the_workspace(root: Path) -> None:
    desk = OpenDesk(root)
    text = desk.text("r", "ru")
    with hold_builds(root):
        done, _ = desk.save(text, SENTENCE, "Суд его освободил.", base(desk), fuzzy=False)
    assert isinstance(done, Saved)
    assert "Суд его освободил." in po(root).read_text(encoding="utf-8")
    desk.close()


def base(desk: OpenDesk) -> str:
    return desk.text("r", "ru").describe(SENTENCE).digest


# --------------------------------------------------------------------------- open texts


@pytest.mark.full
def test_texts_are_taken_anew_after_a_job_that_changed_them(root: Path) -> None:
    told: list[Happening] = []
    desk = OpenDesk(root, told.append)
    before = desk.text("r", "ru")
    source = root / "source/r.md"
    source.write_text(source.read_text(encoding="utf-8").replace("the man", "a man"), "utf-8")
    new = receive_file(open_workspace(root), "second.txt", b"A heading\n\nA sentence of its own.\n")
    desk.jobs.start(JobOrder(kind="import", file=new))
    desk.jobs.start(UPDATE)
    until(lambda: all(job.ended for job in desk.jobs.list()) or None)
    assert {job.state for job in desk.jobs.list()} == {"done"}
    desk.look()
    changes = [one for one in told if isinstance(one, TextChange)]
    assert [(one.document, one.language, one.whole) for one in changes] == [("r", "ru", True)]
    assert changes[0].version > before.version
    assert any(isinstance(one, Reopened) for one in told)
    assert any("a man" in row.source for row in desk.text("r", "ru").rows)
    assert [row.name for row in desk.documents(9)] == ["r", "second"]
    told.clear()
    desk.look()
    assert not [one for one in told if isinstance(one, Reopened)]
    desk.close()
