"""Builds on a Dask cluster: pack tasks with their inputs, send them, return what was made.

A parcel holds all inputs of its tasks, so a worker needs the same version of this package and
no workspace.  On the worker, a new process unpacks the parcel into a temporary folder and makes
the editions there, within the same limits.  Parcels travel as pickles, to workers; what comes back
is data (`answers.py`), through a process of its own (`messenger.py`).
"""

from __future__ import annotations

import ipaddress
import pickle
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from publish.building.answers import MOST_BYTES, Results, read_answer, write_answer
from publish.building.builds import Runner
from publish.building.editionlimits import EditionLimits
from publish.building.keys import compute_makers_digest, find_input_files
from publish.building.limits import Job, run_limited
from publish.building.messenger import Errand, make_failure, send_errands
from publish.building.tasks import FinishedEdition, Task, load_makers, make_editions
from publish.errors import BuildError, PublishError, UsageError
from publish.files import temporary_folder
from publish.model import Edition
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["TaskParcel", "make_cluster_runner", "make_parcel", "pack_tasks", "unpack_and_make"]

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
"""The schemes of `--executor` addresses, and what Dask calls them."""


@dataclass(frozen=True, slots=True)
class TaskParcel:
    """Tasks of one document with the bytes of all their inputs, by path in the workspace.

    `makers` is the digest of the package and libraries; the worker must have the same.  `key` is
    for this parcel alone, and proves which parcel an answer belongs to.
    """

    tasks: tuple[Task, ...]
    files: tuple[tuple[str, bytes], ...]
    makers: str
    limits: EditionLimits
    key: bytes = field(default_factory=partial(secrets.token_bytes, 32), repr=False)

    @property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(edition for task in self.tasks for edition in task.editions)

    @property
    def time(self) -> float:
        """The seconds that all its editions may take."""
        return self.limits.time * len(self.editions)


def pack_tasks(tasks: Iterable[Task], limits: EditionLimits) -> Iterator[TaskParcel]:
    """Yield the tasks as parcels, one for each document."""
    by_document: dict[str, list[Task]] = {}
    for task in tasks:
        by_document.setdefault(task.editions[0].document, []).append(task)
    for group in by_document.values():
        loader = group[0].loader
        workspace = loader.workspace
        editions = [edition for task in group for edition in task.editions]
        paths = {path for edition in editions for path in find_input_files(loader, edition)}
        inside = sorted(path for path in paths if path.is_relative_to(workspace.root))
        nowhere = Workspace(Path(), workspace.settings)
        yield TaskParcel(
            tuple(replace(task, loader=Loader(nowhere)) for task in group),
            tuple(
                (path.relative_to(workspace.root).as_posix(), path.read_bytes()) for path in inside
            ),
            compute_makers_digest(workspace, editions),
            limits.allow(max(task.measure_text() for task in group)),
        )


# --------------------------------------------------------------------------- here


def make_cluster_runner(
    address: str, limits: EditionLimits, *, allow_remote: bool = False
) -> Runner:
    """Return a runner for the cluster at an address: `dask://HOST:PORT` or `dask+tls://…`.

    Raises UsageError for any other address.  Also raises it for another machine unless
    `allow_remote`, because the texts are sent there.
    """
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES or not parts.hostname or not _port(address):
        raise UsageError(
            f"{address!r} is not an address of a Dask cluster",
            hint="write it like this: --executor dask://127.0.0.1:8786",
        )
    if not allow_remote and not _here(parts.hostname):
        raise UsageError(
            f"{parts.hostname} is another machine, and your texts would be sent to it",
            hint="to allow that, add --allow-remote, and use dask+tls:// instead of dask://",
        )
    return partial(_run, f"{SCHEMES[parts.scheme]}://{parts.netloc}", limits)


def _port(address: str) -> int | None:
    try:
        return urlsplit(address).port
    except ValueError:
        return None


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(
    address: str, limits: EditionLimits, tasks: Sequence[Task]
) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
    """Yield the result of each edition as soon as its parcel is back; Dask retries lost ones."""
    if not tasks:
        return
    parcels = tuple(pack_tasks(tasks, limits))
    errands = [Errand(pickle.dumps(parcel), parcel.time) for parcel in parcels]
    for number, answer in send_errands(address, answer_parcel, errands, limits.memory):
        yield from _read(answer, parcels[number])


def _read(answer: bytes | PublishError, parcel: TaskParcel) -> Results:
    """Return the results of a parcel, or one error for all its editions if it failed."""
    if isinstance(answer, bytes) and answer.startswith(FAILURE):
        words = answer.removeprefix(FAILURE)[:2000].decode(errors="replace")
        answer = make_failure(words)
    if isinstance(answer, bytes):
        try:
            return read_answer(answer, parcel.editions, parcel.key)
        except ValueError as error:
            answer = BuildError(
                f"the cluster gave an answer that is not taken: {error}",
                hint="install the same version of publish on all machines, and use workers that "
                "you trust; or build without --executor",
                code="cluster-answer",
            )
    return [(edition, answer) for edition in parcel.editions]


# --------------------------------------------------------------------------- there


FAILURE = b"publish failure 1\n"
"""What an answer begins with that is only the words of a failure."""


def answer_parcel(parcel: bytes) -> bytes:
    """Return what `make_parcel` returns, or a failure in words; a worker runs this.

    An exception would travel as a pickle, and nothing on the other side reads those.
    """
    try:
        answer = make_parcel(parcel)
        if len(answer) > MOST_BYTES:  # Dask would not get it through, and say nothing.
            raise ValueError(f"the answer is larger than {MOST_BYTES >> 20} MiB")
        return answer
    except Exception as error:  # Any failure here is for the one who asked.
        return FAILURE + f"{type(error).__name__}: {error}"[:2000].encode(errors="replace")


def make_parcel(parcel: bytes) -> bytes:
    """Return the answer to a pickled parcel; a worker runs this, in a new process each.

    Raises RuntimeError, with text only, for a process that fails.
    """
    command = [sys.executable, "-c", f"from {__name__} import main; main()"]
    done = subprocess.run(command, input=parcel, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(
            f"exit code {done.returncode}: {said[-1] if said else 'no error output'}"
        )
    return done.stdout


def main() -> None:
    """Read a parcel from standard input and write its results; only `make_parcel` runs this."""
    parcel = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(write_answer(unpack_and_make(parcel), parcel.key))


def unpack_and_make(parcel: TaskParcel) -> Results:
    """Return the results of a parcel, made in a folder that is deleted afterwards.

    Each is a BuildError (code `cluster-differs`) if this machine has other makers than the sender.
    """
    with temporary_folder() as folder:
        root = folder.resolve()
        for path, data in parcel.files:
            target = root / path
            if not target.resolve().is_relative_to(root):
                raise ValueError(f"the parcel has a path outside its folder: {path}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        tasks = [
            replace(task, loader=Loader(replace(task.loader.workspace, root=root)))
            for task in parcel.tasks
        ]
        if compute_makers_digest(tasks[0].loader.workspace, parcel.editions) != parcel.makers:
            differs = BuildError(
                "a worker of the cluster has another version of publish, a library or a font",
                hint="install the same version of publish and the same lock file on both machines",
                code="cluster-differs",
            )
            return [(edition, differs) for edition in parcel.editions]
        load_makers(parcel.editions, tasks[0].loader.workspace.source_language)
        jobs = [
            Job(task.editions, partial(make_editions, task), size=task.measure_text())
            for task in tasks
        ]
        made = dict(run_limited(jobs, 1, parcel.limits))
        return [(edition, made[edition]) for edition in parcel.editions]
