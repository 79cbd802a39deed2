"""Building on a cluster: the same bytes, and nothing lost when a worker dies."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from publish.building import farm, messenger
from publish.building.answers import read_answer
from publish.building.builds import build
from publish.building.editionlimits import EDITION_LIMITS
from publish.building.farm import make_cluster_runner, make_parcel, pack_tasks, unpack_and_make
from publish.building.tasks import FinishedEdition, group_tasks
from publish.cli.main import main
from publish.errors import BuildError, UsageError
from publish.model import Edition
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed")


def built(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.glob("build/*/*"))
        if path.is_file() and "/." not in path.as_posix().removeprefix(root.as_posix())
    }


class Cluster:
    """Stands in for a cluster: what it is sent is carried out here, one after the other."""

    def __init__(self, work: Callable[[bytes], bytes] | None = None) -> None:
        self.work = work
        self.calls: list[tuple[str, object]] = []

    def client(self, address: str, **options: object) -> Cluster:
        self.calls.append(("client", (address, options)))
        return self

    def get_executor(self, **options: object) -> Cluster:
        self.calls.append(("executor", options))
        return self

    def submit(self, call: Callable[[bytes], bytes], parcel: bytes) -> Future[bytes]:
        self.calls.append(("submit", call))
        future: Future[bytes] = Future()
        try:
            future.set_result((self.work or call)(parcel))
        except Exception as error:
            future.set_exception(error)
        return future

    def nthreads(self) -> dict[str, int]:
        return {"tcp://127.0.0.1:1": 1}

    def get_events(self, topic: str) -> list[tuple[float, dict[str, str]]]:
        assert topic == "all"
        return [(0.0, {"action": "add-worker"}), (0.0, {"action": "remove-worker"})]


def joined(cluster: Cluster, patch: pytest.MonkeyPatch) -> None:
    """Have Dask's place taken by this cluster."""
    patch.setitem(sys.modules, "distributed", SimpleNamespace(Client=cluster.client))


def dialled(address: str, *, allow_remote: bool = False) -> str:
    """The address that Dask is given for one written here."""
    with pytest.MonkeyPatch.context() as patch:
        given: list[str] = []

        def send(address: str, *_: object) -> Iterator[object]:
            given.append(address)
            return iter(())

        patch.setattr(farm, "send_errands", send)
        patch.setattr(farm, "pack_tasks", lambda *_: ())
        list(make_cluster_runner(address, EDITION_LIMITS, allow_remote=allow_remote)([None]))  # type: ignore[list-item]
    (found,) = given
    return found


@pytest.mark.parametrize(
    "address", ["dask://", "http://127.0.0.1:1", "127.0.0.1:8786", "dask://a", "dask://a:x", ""]
)
def test_what_is_no_address_is_a_usage_error(address: str) -> None:
    with pytest.raises(UsageError, match="is not an address of a Dask cluster"):
        make_cluster_runner(address, EDITION_LIMITS, allow_remote=True)


@pytest.mark.parametrize("host", ["192.0.2.1", "build.example.org", "[2001:db8::1]"])
def test_another_machine_needs_a_word(host: str) -> None:
    with pytest.raises(UsageError, match="is another machine") as caught:
        make_cluster_runner(f"dask://{host}:8786", EDITION_LIMITS)
    assert "--allow-remote" in caught.value.hint
    assert dialled(f"dask+tls://{host}:8786", allow_remote=True) == f"tls://{host}:8786"
    assert dialled(f"dask://{host}:8786", allow_remote=True) == f"tcp://{host}:8786"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "[::1]"])
def test_this_machine_needs_none(host: str) -> None:
    assert dialled(f"dask://{host}:8786") == f"tcp://{host}:8786"
    assert dialled(f"dask+tls://{host}:1") == f"tls://{host}:1"


# --------------------------------------------------------------------------- parcels


def epubs(root: Path) -> tuple[Workspace, tuple[Edition, ...]]:
    workspace = open_workspace(root)
    return workspace, workspace.editions(("ru", "tk"), (), ("epub",))


def test_a_parcel_is_all_that_its_editions_need(workspace: Path) -> None:
    """Law: made from the parcel alone, in another process and folder, the bytes are the same."""
    opened, editions = epubs(workspace)
    tasks = group_tasks(Loader(opened), editions, use_fuzzy=False, pages={})
    (parcel,) = pack_tasks(tasks, EDITION_LIMITS)
    assert str(workspace) not in repr(parcel)
    found = read_answer(make_parcel(pickle.dumps(parcel)), parcel.editions, parcel.key)
    list(build(Loader(opened), editions, workers=1))
    assert [edition for edition, _ in found] == list(editions)
    for edition, made in found:
        assert isinstance(made, FinishedEdition)
        assert made.data == opened.output(edition).read_bytes()


def test_other_makers_are_refused(workspace: Path) -> None:
    opened, editions = epubs(workspace)
    (parcel,) = pack_tasks(
        group_tasks(Loader(opened), editions, use_fuzzy=False, pages={}), EDITION_LIMITS
    )
    found = unpack_and_make(replace(parcel, makers="others"))
    assert [edition for edition, _ in found] == list(editions)
    assert {getattr(error, "code", "") for _, error in found} == {"cluster-differs"}


def test_a_parcel_writes_nothing_outside_its_folder(workspace: Path) -> None:
    opened, editions = epubs(workspace)
    (parcel,) = pack_tasks(
        group_tasks(Loader(opened), editions, use_fuzzy=False, pages={}), EDITION_LIMITS
    )
    with pytest.raises(ValueError, match="outside its folder"):
        unpack_and_make(replace(parcel, files=(("../evil", b""),)))


def test_a_parcel_that_cannot_be_read_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"exit code 1: .*Unpickling"):
        make_parcel(b"nothing")


# --------------------------------------------------------------------------- sent and back


ADDRESS = "dask://127.0.0.1:8786"


def test_what_a_cluster_makes_is_what_is_made_at_home(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_workspace(workspace)
    editions = opened.editions(("ru", "tk"), (), ("epub", "html"))
    cluster = Cluster()
    joined(cluster, monkeypatch)
    away = list(
        build(
            Loader(opened), editions, workers=1, runner=make_cluster_runner(ADDRESS, EDITION_LIMITS)
        )
    )
    assert [(one.edition, one.done) for one in away] == [(e, "built") for e in editions]
    made = built(workspace)
    assert len(made) == len(editions) == 4
    for edition in editions:
        opened.output(edition).unlink()
    list(build(Loader(opened), editions, workers=1))
    assert built(workspace) == made


def test_without_tasks_no_cluster_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Cluster()
    joined(cluster, monkeypatch)
    assert list(make_cluster_runner(ADDRESS, EDITION_LIMITS)([])) == []
    assert cluster.calls == []


def told(workspace: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> list[BuildError]:
    """What is said of each edition; each is told of once."""
    joined(cluster, monkeypatch)
    opened, editions = epubs(workspace)
    tasks = group_tasks(Loader(opened), editions, use_fuzzy=False, pages={})
    found = list(make_cluster_runner(ADDRESS, EDITION_LIMITS)(tasks))
    assert [edition for edition, _ in found] == list(editions)
    assert all(isinstance(error, BuildError) for _, error in found)
    return [error for _, error in found if isinstance(error, BuildError)]


def test_a_worker_that_dies_is_told_of_for_each_edition(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: bytes) -> bytes:
        raise RuntimeError("exit code -9: no error output")

    first, second = told(workspace, Cluster(die), monkeypatch)
    assert first is second
    assert (first.code, first.exit_code) == ("cluster-failed", 3)
    assert first.message == (
        "the cluster did not make this edition: RuntimeError: exit code -9: no error output"
    )
    assert first.hint == "read the logs of the workers, or build without --executor"


def test_what_cannot_be_read_is_told_of_for_each_edition(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = told(workspace, Cluster(lambda _: b"nothing"), monkeypatch)
    assert first.code == "cluster-answer"
    assert first.message == (
        "the cluster gave an answer that is not taken: "
        "the answer is not in the form that this version of publish reads"
    )


def test_what_a_worker_refuses_is_told_of_for_each_edition(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farm, "compute_makers_digest", lambda *_: "others")
    first, second = told(workspace, Cluster(), monkeypatch)
    assert (first.code, second.code) == ("cluster-differs", "cluster-differs")
    assert first.message.startswith("a worker of the cluster has another version of publish")
    assert (
        first.hint == "install the same version of publish and the same lock file on both machines"
    )


class Opened:
    """What a pickle of this names is run by whoever reads it; called, it gives itself."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.write_text, (self.file, "run")


@dataclass(frozen=True)
class Giving:
    """Work for a worker: it gives back a value that harms whoever reads it as a pickle.

    It travels as the name of a function of Python's own, which a worker has.
    """

    value: Opened

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return eval, (GIVING.format(str(self.value.file)),)


GIVING = """lambda _: type("Evil", (), {{"__reduce__": lambda self: (
    __import__("pathlib").Path.write_text, (__import__("pathlib").Path({0!r}), "run"))}})()"""


def test_a_pickle_from_a_worker_is_not_run(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"

    def unpickle(_: bytes) -> bytes:
        """Stands in for Dask, which reads what its peers send as pickles."""
        answer: bytes = pickle.loads(pickle.dumps(Opened(mark)))
        return answer

    first, _ = told(workspace, Cluster(unpickle), monkeypatch)
    assert not mark.exists()
    assert first.message.startswith(
        "the cluster did not make this edition: PermissionError: a pickle of the cluster names "
    )


@pytest.mark.full
@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda _: time.sleep(60) or b"", "no answer came within 2 seconds"),  # type: ignore[func-returns-value]
        (lambda _: os.kill(os.getpid(), 9) or b"", "the process that speaks to the cluster died"),  # type: ignore[func-returns-value]
        (lambda _: b"x" * (1 << 16), "the answer is larger than 0 MiB"),
        (lambda _: [b""], "a worker answered with list"),
        (lambda _: sys.exit(1), "SystemExit: 1"),
    ],
)
def test_what_never_comes_or_never_ends_is_told_within_a_stated_time(
    work: Callable[[bytes], bytes], words: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messenger, "STARTING", 0)
    monkeypatch.setattr(messenger, "CONNECTING", 0)
    monkeypatch.setattr(messenger, "SPARE", -598)  # two editions of 300 seconds
    monkeypatch.setattr(messenger, "MOST_BYTES", 1000)
    first, second = told(workspace, Cluster(work), monkeypatch)
    assert first == second or first.message == second.message
    assert first.message == f"the cluster did not make this edition: {words}"
    assert (first.code, first.exit_code) == ("cluster-failed", 3)


def test_a_cluster_without_workers_is_told(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = Cluster()
    monkeypatch.setattr(cluster, "nthreads", dict)
    monkeypatch.setattr(cluster, "submit", lambda *_: Future())
    monkeypatch.setattr(messenger, "NO_WORKERS", 0)
    first, _ = told(workspace, cluster, monkeypatch)
    assert first.code == "cluster-empty"
    assert first.message == "the cluster has had no worker for 0 seconds"


def test_workers_that_died_are_not_told_of_as_none(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One died before this build and is nobody's; three die of its tasks."""
    events = [(0.0, {"action": "remove-worker"})]

    def submit(*_: object) -> Future[bytes]:
        events.extend([(1.0, {"action": "add-worker"}), (1.0, {"action": "remove-worker"})] * 3)
        return Future()

    cluster = Cluster()
    monkeypatch.setattr(cluster, "nthreads", dict)
    monkeypatch.setattr(cluster, "get_events", lambda _: list(events))
    monkeypatch.setattr(cluster, "submit", submit)
    monkeypatch.setattr(messenger, "NO_WORKERS", 0)
    first, _ = told(workspace, cluster, monkeypatch)
    assert first.code == "cluster-failed"
    assert "3 of its workers ended without an answer" in first.message


def some_errands(answer: Callable[[bytes], object], patch: pytest.MonkeyPatch) -> dict[int, str]:
    """What comes of three errands, for the second of which `answer` is called."""

    def work(parcel: bytes) -> bytes:
        return answer(parcel) if parcel == b"1" else parcel  # type: ignore[return-value]

    joined(Cluster(work), patch)
    errands = [messenger.Errand(str(number).encode(), 9) for number in range(3)]
    found = dict(messenger.send_errands(ADDRESS, bytes, errands, 1 << 30))
    return {
        number: one.decode() if isinstance(one, bytes) else one.message
        for number, one in found.items()
    }


def test_an_answer_that_is_too_large_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_: bytes) -> bytes:
        raise MemoryError

    monkeypatch.setattr(messenger, "MOST_BYTES", 1000)
    failed = "the cluster did not make this edition: "
    found = some_errands(lambda _: bytes(1001), monkeypatch)
    assert found == {0: "0", 1: f"{failed}the answer is larger than 0 MiB", 2: "2"}
    found = some_errands(no_room, monkeypatch)
    told = f"{failed}its answer took more memory than --memory-limit"
    assert found == {0: "0", 1: told, 2: "2"}


def test_a_worker_sends_no_answer_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(farm, "MOST_BYTES", 1000)
    monkeypatch.setattr(farm, "make_parcel", lambda _: bytes(1001))
    said = farm.answer_parcel(b"")
    assert said == farm.FAILURE + b"ValueError: the answer is larger than 0 MiB"


@pytest.mark.parametrize("found", [[], [0], [0, 0, 1], [1, 0]])
def test_no_runner_makes_fewer_editions_or_makes_one_twice(
    found: list[int], workspace: Path
) -> None:
    opened, editions = epubs(workspace)
    given = [(editions[number], BuildError("no")) for number in found]
    outcomes = list(build(Loader(opened), editions, workers=1, runner=lambda _: given))
    assert sorted(one.edition.language for one in outcomes) == ["ru", "tk"]
    missing = {one.edition for one in outcomes if one.error and one.error.code == "cluster-answer"}
    assert missing == {edition for n, edition in enumerate(editions) if n not in found}


@pytest.mark.parametrize("error", [OSError("Timed out"), ValueError("Timed out")])
def test_a_cluster_that_does_not_answer_is_told(
    workspace: Path,
    error: Exception,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=refuse))
    words = ["build", "-q", "-f", "epub", "-l", "en", "-C", str(workspace)]
    assert main([*words, "--executor", "dask+tls://127.0.0.1:1"]) == 3
    assert capsys.readouterr().err == (
        "error[cluster-unreachable]: no Dask scheduler answers at tls://127.0.0.1:1: Timed out\n"
        "  help: start a scheduler and workers: dask scheduler, then "
        "dask worker tls://127.0.0.1:1\n"
    )
    assert built(workspace) == {}


def test_without_dask_there_is_no_cluster(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ["build", "-q", "-f", "epub", "-l", "en", "-C", str(workspace)]
    assert main([*words, "--executor", ADDRESS]) == 4
    assert capsys.readouterr().err == (
        "error[library-missing]: Dask is not installed\n"
        '  help: install it: pip install "publish-toolkit[dask]"\n'
    )


def test_a_process_that_says_nothing_is_told_of_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(RuntimeError, match=r"^exit code 1: no error output$"):
        make_parcel(b"")


# --------------------------------------------------------------------------- a cluster


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on loopback, and their processes."""
    place = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place)]
    with ExitStack() as running:
        scheduler = running.enter_context(started([*dask, *words], tmp_path))
        wait_for(place.is_file, scheduler)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny"]
        words = ["--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"]
        command = [*worker, *words, "--scheduler-file", str(place)]
        workers = [running.enter_context(started(command, tmp_path)) for _ in range(2)]
        from distributed import Client  # type: ignore[import-untyped,import-not-found,unused-ignore]

        made: Any = Client
        with made(scheduler_file=str(place), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address.replace("tcp://", "dask://"), workers
        for process in (*workers, scheduler):
            process.kill()


def started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait_for(ready: object, process: subprocess.Popen[bytes]) -> None:
    assert callable(ready)
    while not ready():
        assert process.poll() is None
        time.sleep(0.05)


@pytest.mark.full
@needs_dask
@pytest.mark.filterwarnings("default")
def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(
    workspace: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    source = workspace / "source"
    text = next(source.glob("*.md"))
    for number in range(4):
        name = f"more-{number}"
        (source / f"{name}.md").write_bytes(text.read_bytes())
        for catalog in workspace.glob(f"locales/*/LC_MESSAGES/{text.stem}.po"):
            catalog.with_name(f"{name}.po").write_bytes(catalog.read_bytes())
    settings = workspace / "pyproject.toml"
    settings.write_text(
        settings.read_text("utf-8").replace(f'documents = ["{text.stem}"]', "documents = []"),
        "utf-8",
    )
    opened = open_workspace(workspace)
    editions = opened.editions(("en", "ru"), (), ("pdf", "epub", "html"))
    found = {}
    for outcome in build(
        Loader(opened), editions, workers=1, runner=make_cluster_runner(address, EDITION_LIMITS)
    ):
        found[outcome.edition] = outcome
        if workers[0].poll() is None:
            os.kill(workers[0].pid, signal.SIGKILL)
            workers[0].wait()
    assert {one.done for one in found.values()} == {"built"}
    assert set(found) == set(editions)
    there = built(workspace)
    assert len(there) == 30
    for path in workspace.glob("build/*/*"):
        path.unlink()
    assert {one.done for one in build(Loader(opened), editions, workers=2)} == {"built"}
    assert built(workspace) == there


@pytest.mark.full
@needs_dask
@pytest.mark.filterwarnings("default")
def test_a_real_worker_that_answers_with_a_pickle_runs_nothing_here(
    workspace: Path,
    tmp_path: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Dask itself would read the pickle: what is run in the worker comes back as one."""
    mark = tmp_path / "mark"
    monkeypatch.setattr(farm, "answer_parcel", Giving(Opened(mark)))
    address, _ = cluster
    opened, editions = epubs(workspace)
    tasks = group_tasks(Loader(opened), editions, use_fuzzy=False, pages={})
    monkeypatch.setattr(messenger, "SPARE", -540)
    found = [error for _, error in make_cluster_runner(address, EDITION_LIMITS)(tasks)]
    assert [getattr(error, "code", "") for error in found] == ["cluster-failed"] * 2
    assert not mark.exists(), found


@pytest.mark.full
@needs_dask
@pytest.mark.filterwarnings("default")
def test_a_real_cluster_without_a_worker_is_told(
    workspace: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, workers = cluster
    for worker in workers:
        worker.kill()
        worker.wait()
    opened, editions = epubs(workspace)
    tasks = group_tasks(Loader(opened), editions, use_fuzzy=False, pages={})
    monkeypatch.setattr(messenger, "NO_WORKERS", 3)
    found = [error for _, error in make_cluster_runner(address, EDITION_LIMITS)(tasks)]
    assert [getattr(error, "code", "") for error in found] == ["cluster-empty"] * 2


@pytest.mark.full
@needs_dask
@pytest.mark.filterwarnings("default")
def test_a_real_cluster_whose_workers_die_is_told(
    workspace: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each worker that gets the task dies of it, and no other comes."""
    monkeypatch.setattr(farm, "answer_parcel", Dying())
    monkeypatch.setattr(messenger, "NO_WORKERS", 3)
    address, _ = cluster
    opened, editions = epubs(workspace)
    tasks = group_tasks(Loader(opened), editions, use_fuzzy=False, pages={})
    found = [error for _, error in make_cluster_runner(address, EDITION_LIMITS)(tasks)]
    assert [getattr(error, "code", "") for error in found] == ["cluster-failed"] * 2
    assert "2 of its workers ended without an answer" in str(found[0])


class Dying:
    """Work of which a worker dies."""

    def __call__(self, _: bytes) -> bytes:
        raise AssertionError

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return eval, ("lambda _: __import__('os')._exit(1)",)


@pytest.mark.full
@needs_dask
def test_a_cluster_that_is_not_there_is_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--executor", "dask://127.0.0.1:1", "-C", str(workspace)]
    assert main(["build", "-q", *words]) == BuildError("").exit_code
    said = capsys.readouterr().err
    assert "error[cluster-unreachable]: no Dask scheduler answers at tcp://127.0.0.1:1" in said
