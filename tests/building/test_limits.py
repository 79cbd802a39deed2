"""One edition that hangs, swells or dies is refused; the others are made."""

from __future__ import annotations

import mmap
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from examples import first

from publish.building import limits
from publish.building.builds import BuildOutcome, build
from publish.building.editionlimits import EDITION_LIMITS, LONG, EditionLimits, explain_time
from publish.building.limits import Job, run_limited
from publish.cli.main import main
from publish.editions import writers
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.xhtml import Element
from publish.editions.pagination import WrittenEdition
from publish.errors import BuildError, PublishError
from publish.model import Edition, Format
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="jobs of tests are forked")

SMALL = EditionLimits(seconds=1, memory=2 << 30)


@pytest.mark.parametrize(
    "words",
    [
        ("--time-limit", "0"),
        ("--time-limit", "1.5"),
        ("--time-limit", "nan"),
        ("--time-limit", "9" * 30),
        ("--memory-limit", "255"),
        ("--memory-limit", "-1"),
        ("--memory-limit", "4G"),
    ],
)
def test_a_limit_that_is_none_is_a_usage_error(
    words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", *words]) == 2
    assert f"error: {words[0]} must be a whole number from" in capsys.readouterr().err


def test_the_limits_of_the_command_line_reach_the_jobs(
    monkeypatch: pytest.MonkeyPatch, workspace: Path
) -> None:
    seen: list[EditionLimits] = []

    def spy(*_: object, limits: EditionLimits, **__: object) -> Iterator[BuildOutcome]:
        seen.append(limits)
        return iter(())

    monkeypatch.setattr("publish.actions.build.build", spy)
    assert main(["build", "-C", str(workspace)]) == 0
    words = ["--time-limit", "7", "--memory-limit", "512"]
    assert main(["build", *words, "-C", str(workspace)]) == 0
    assert seen == [EDITION_LIMITS, EditionLimits(7, 512 << 20)]


def sleeps() -> bytes:
    time.sleep(60)
    return b""


def loops_in_c() -> bytes:
    """Nothing in Python gets a turn before this ends, not even the handler of a signal."""
    return b"%d" % sum(range(10**12))


def swells() -> bytes:
    return bytes(3 << 30)


def killed(number: int) -> bytes:
    os.kill(os.getpid(), number)
    return b""


def leaves() -> bytes:
    os._exit(7)


def answers(data: bytes) -> bytes:
    return data


Work = Callable[[], bytes | PublishError]


def jobs(works: Mapping[Edition, Work]) -> list[Job[bytes | PublishError]]:
    """A job for each of these, with one edition."""
    return [Job((edition,), partial(single, work)) for edition, work in works.items()]


def single(work: Work, *_: object) -> Iterator[bytes | PublishError]:
    yield work()


BAD: dict[str, tuple[Work, str]] = {
    "sleeps": (sleeps, "this edition took longer than 1 seconds"),
    "loops": (loops_in_c, "this edition took longer than 1 seconds"),
    "swells": (swells, "this edition took more than 2048 MiB of memory"),
    "processor time": (
        partial(killed, signal.SIGXCPU),
        "this edition took longer than 1 seconds",
    ),
    "killed": (
        partial(killed, signal.SIGKILL),
        "the process that wrote this edition died (exit code -9)",
    ),
    "leaves": (leaves, "the process that wrote this edition died (exit code 7)"),
}


def edition(name: str) -> Edition:
    return Edition(document=name, language="en", format="epub")


@pytest.mark.parametrize("workers", first([1, 0, 3], 1))
@pytest.mark.parametrize("case", BAD)
def test_a_bad_job_is_refused_and_the_others_are_done(case: str, workers: int) -> None:
    bad, message = BAD[case]
    good: dict[Edition, Work] = {
        edition(f"good{number}"): partial(answers, b"%d" % number) for number in range(4)
    }
    found = dict(run_limited(jobs({edition("bad"): bad, **good}), workers, SMALL))
    error = found.pop(edition("bad"))
    assert isinstance(error, BuildError)
    assert (error.message, error.code) == (message, "edition-limit")
    assert ("--time-limit 3;" in error.hint) == ("seconds" in message)
    assert error.hint
    assert found == {edition(f"good{number}"): b"%d" % number for number in range(4)}


def test_an_answer_may_be_larger_than_a_pipe() -> None:
    data = bytes(range(256)) * 100_000
    assert dict(run_limited(jobs({edition("a"): partial(answers, data)}), 1, EDITION_LIMITS)) == {
        edition("a"): data
    }


def test_a_refusal_comes_back_as_it_was() -> None:
    def refuses() -> PublishError:
        return PublishError("no", hint="way out", code="gate")

    (error,) = dict(run_limited(jobs({edition("a"): refuses}), 1, EDITION_LIMITS)).values()
    assert isinstance(error, PublishError)
    assert (error.message, error.hint, error.code) == ("no", "way out", "gate")


def test_a_caller_who_stops_leaves_no_process(tmp_path: Path) -> None:
    note = tmp_path / "id"

    def tells() -> bytes:
        note.write_text(str(os.getpid()))
        return sleeps()

    works: dict[Edition, Work] = {edition("a"): tells, edition("b"): partial(answers, b"b")}
    results = run_limited(jobs(works), 2, EDITION_LIMITS)
    assert next(results) == (edition("b"), b"b")
    while not (note.exists() and note.read_text()):
        time.sleep(0.01)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.parametrize("case", BAD)
def test_the_other_editions_of_a_job_go_on_in_a_new_process(case: str) -> None:
    """They are told what became of those before."""
    bad, message = BAD[case]
    series = tuple(map(edition, "abc"))

    def work(
        left: Sequence[Edition], done: Mapping[Edition, bytes | PublishError]
    ) -> Iterator[bytes | PublishError]:
        before = len(done)
        for number, one in enumerate(left, before):
            told = ",".join(sorted(other.document for other in done)).encode()
            yield bad() if one.document == "b" else b"%d after %s" % (number, told)

    found = dict(run_limited([Job(series, work)], 1, SMALL))
    assert list(found) == list(series)
    assert (found[edition("a")], found[edition("c")]) == (b"0 after ", b"2 after a,b")
    assert isinstance(error := found[edition("b")], BuildError)
    assert error.message == message


def memory_error() -> bytes:
    raise MemoryError


@pytest.mark.full
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("bad", [sleeps, memory_error, swells])
def test_a_build_refuses_only_the_edition_that_takes_too_much(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, workers: int, bad: Callable[[], bytes]
) -> None:
    honest = writers.write_edition

    def write(
        kind: Format, text: Manuscript, tree: Element, materials: Materials, *rest: Any
    ) -> WrittenEdition:
        if text.language.tag == "ru":
            return WrittenEdition(bad())
        return honest(kind, text, tree, materials, *rest)

    monkeypatch.setattr(writers, "write_edition", write)
    opened = open_workspace(workspace)
    limits = EditionLimits(seconds=4, memory=2 << 30)
    editions = opened.editions((), (), ("epub",))
    found: list[BuildOutcome] = list(
        build(Loader(opened), editions, workers=workers, limits=limits)
    )
    assert {one.edition.language: one.done for one in found} == {
        "en": "built",
        "ru": "refused",
        "tk": "built",
    }
    (error,) = (one.error for one in found if one.error)
    assert error.code == "edition-limit"


def test_a_long_text_may_take_longer() -> None:
    limits = EditionLimits(seconds=0.4, memory=2 << 30)
    works: dict[Edition, Work] = {edition("long"): sleeps_a_little, edition("short"): sleeps}
    sizes = {edition("long"): 50 * LONG, edition("short"): LONG}
    found = dict(
        run_limited([replace(one, size=sizes[one.editions[0]]) for one in jobs(works)], 2, limits)
    )
    assert found.pop(edition("long")) == b"done"
    (error,) = found.values()
    assert isinstance(error, BuildError)
    assert error.message == "this edition took longer than 0.4 seconds"
    assert limits.allow(3 * LONG).time == pytest.approx(1.2)
    assert explain_time(limits.allow(5 * LONG)).message.endswith("longer than 2 seconds")
    assert "--time-limit 1.2;" in explain_time(limits.allow(5 * LONG)).hint


def sleeps_a_little() -> bytes:
    time.sleep(1)
    return b"done"


def test_a_build_says_how_long_its_texts_are(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: dict[tuple[str, ...], int] = {}

    def spy(jobs: Sequence[Job[Any]], *_: object) -> Iterator[Any]:
        sizes.update((job.editions[0].tags, job.size) for job in jobs)
        return iter(())

    monkeypatch.setattr("publish.building.builds.run_limited", spy)
    opened = open_workspace(workspace)
    name = opened.documents()[0]
    languages = [("en",), ("en", "ru")]
    editions = [replace(edition(name), second="".join(tags[1:])) for tags in languages]
    list(build(Loader(opened), editions, workers=1))
    size = sum(path.stat().st_size for path in opened.source_files(name))
    assert sizes == {("en",): size, ("en", "ru"): 2 * size}


# --------------------------------------------------------------------------- workers


def who(*_: object) -> Iterator[bytes]:
    yield b"%d" % os.getpid()


def alike(count: int, work: Callable[..., Iterator[bytes]]) -> list[Job[bytes | PublishError]]:
    return [Job((edition(str(number)),), work) for number in range(count)]


def test_a_worker_does_job_after_job_until_it_is_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    many = alike(7, who)
    assert len(set(dict(run_limited(many, 1, EDITION_LIMITS)).values())) == 1
    monkeypatch.setattr("publish.building.limits.JOBS_OF_A_WORKER", 3)
    assert len(set(dict(run_limited(many, 1, EDITION_LIMITS)).values())) == 3
    assert len(set(dict(run_limited(many, 7, EDITION_LIMITS)).values())) == 7


def test_a_worker_that_has_swollen_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    def takes(*_: object) -> Iterator[bytes]:
        assert len(bytearray(b"x") * (200 << 20)) > 0
        yield b"%d" % os.getpid()

    many = alike(3, takes)
    room = room_for(400)
    share = (read_own_memory("RssAnon") + (100 << 20)) / room.memory
    monkeypatch.setattr(limits, "RECYCLE_AT", share)
    found = set(dict(run_limited(many, 1, room)).values())
    assert len(found) == 3
    assert all(isinstance(one, bytes) for one in found)


def test_what_a_library_makes_of_too_little_memory_is_told_as_such() -> None:
    """Not every library raises MemoryError: Python itself may say SystemError."""

    def fails(*_: object) -> Iterator[bytes | PublishError]:
        filled = []
        with suppress(OSError, MemoryError):
            while True:
                filled.append(mmap.mmap(-1, 1 << 20))
        yield BuildError("a bug stopped this edition: SystemError", code="fault")

    (error,) = dict(run_limited([Job((edition("a"),), fails)], 1, room_for(200))).values()
    assert isinstance(error, BuildError)
    assert re.fullmatch(r"this edition took more than \d+ MiB of memory", error.message)


def test_an_error_with_memory_left_is_told_as_it_is() -> None:
    def fails(*_: object) -> Iterator[bytes | PublishError]:
        yield BuildError("a bug stopped this edition: SystemError", code="fault")

    (error,) = dict(run_limited([Job((edition("a"),), fails)], 1, room_for(200))).values()
    assert isinstance(error, BuildError)
    assert error.code == "fault"


def room_for(mebibytes: int) -> EditionLimits:
    """Return limits that leave a process forked from this one so much address space."""
    return EditionLimits(seconds=60, memory=read_own_memory("VmPeak") + (mebibytes << 20))


def read_own_memory(name: str) -> int:
    """Return what Linux says of this process under a name, in bytes."""
    found = re.search(rf"^{name}:\s*(\d+) kB$", Path("/proc/self/status").read_text(), re.M)
    assert found
    return int(found[1]) << 10


def test_a_worker_that_died_while_it_had_no_job_costs_no_edition(tmp_path: Path) -> None:
    """As where the system, short of memory, chose a process that had nothing to do."""

    def falls(editions: Sequence[Edition], done: Mapping[Edition, object]) -> Iterator[bytes]:
        while not (tmp_path / "go").exists():
            time.sleep(0.01)
        if not done:
            os._exit(1)
        yield from (str(os.getpid()).encode() for _ in editions)

    alone, pair = Job((edition("a"),), who), Job((edition("b"), edition("c")), falls)
    results = run_limited([alone, pair], 2, EDITION_LIMITS)
    first = next(results)[1]
    assert isinstance(first, bytes)
    os.kill(int(first), signal.SIGKILL)
    time.sleep(0.1)
    (tmp_path / "go").touch()
    (_, fallen), (_, made) = results
    assert isinstance(fallen, BuildError)
    assert isinstance(made, bytes)
    assert made != first


def test_a_caller_who_stops_among_answers_leaves_no_process() -> None:
    """Both have answered when the caller stops at the first answer."""
    both = [Job((edition(name), edition(f"{name}-2")), two) for name in "ab"]
    results = run_limited(both, 2, EDITION_LIMITS)
    next(results)
    time.sleep(0.5)
    next(results)
    assert multiprocessing.active_children()
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def two(*_: object) -> Iterator[bytes | PublishError]:
    yield b"1"
    time.sleep(0.2)
    yield b"2"


@pytest.mark.full
def test_the_time_limit_is_that_of_an_edition_not_of_a_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the clock and in processor time: all together take more than one may.

    The limit is far above what one takes, so that a busy machine changes nothing.
    """

    def spins(*_: object) -> Iterator[bytes]:
        start = time.process_time()
        while time.process_time() - start < 0.25:
            pass
        yield b""

    monkeypatch.setattr(limits, "GRACE", 0)
    found = dict(run_limited(alike(17, spins), 1, EditionLimits(4, 2 << 30)))
    assert set(found.values()) == {b""}


@pytest.mark.parametrize("work", [sleeps, leaves, partial(answers, b"")])
def test_no_temporary_file_outlives_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def litters() -> bytes | PublishError:
        tempfile.mkdtemp(prefix="left-")
        return work()

    dict(run_limited(jobs({edition("a"): litters}), 1, SMALL))
    assert list(tmp_path.iterdir()) == []


def test_a_build_leaves_no_temporary_file(workspace: Path, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    command = [sys.executable, "-m", "publish", "build", "-q", "-l", "en", "-C", str(workspace)]
    subprocess.run(command, check=True, env={**os.environ, "TMPDIR": str(room)})
    assert list(room.iterdir()) == []


def test_a_build_tells_the_memory_of_its_largest_process(workspace: Path) -> None:
    """In a process of its own: address space is limited, and that of the tests is large."""
    words = ["-l", "en", "-f", "epub", "--memory-limit", "2000", "-C", str(workspace)]
    command = [sys.executable, "-m", "publish", "build", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.search(r"^the largest process took \d+ MiB of memory$", done.stderr, re.M)


def test_a_worker_that_dies_before_its_first_job_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = limits._start

    def starts_and_dies(crew: limits._Crew) -> limits._Worker:
        worker = start(crew)
        worker.process.join()
        return worker

    monkeypatch.setattr(limits, "_work", lambda *_: os._exit(3))
    monkeypatch.setattr(limits, "_start", starts_and_dies)
    (error,) = dict(run_limited(alike(1, who), 1, EDITION_LIMITS)).values()
    assert isinstance(error, BuildError)
    assert error.message == "the process that wrote this edition died (exit code 3)"


def test_a_worker_goes_on_while_the_caller_writes_what_it_made(tmp_path: Path) -> None:
    """The caller writes three files for each edition and waits for the disk."""

    def work(mark: Path, editions: Sequence[Edition], _: object) -> Iterator[str]:
        mark.touch()
        yield from ("made" for _ in editions)

    names = ("a", "b", "c")
    jobs = [Job((edition(name),), partial(work, tmp_path / name)) for name in names]
    results = run_limited(jobs, 1, EDITION_LIMITS)
    for after in names[1:]:
        assert next(results)[1] == "made"
        until = time.monotonic() + 20
        while not (tmp_path / after).exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert (tmp_path / after).exists()
    assert [made for _, made in results] == ["made"]
