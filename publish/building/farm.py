"""Tasks on other machines: packed with their inputs, sent to a Dask cluster, made as at home.

A parcel is all that a task is made from, so a worker needs this package in the same version and
nothing of the workspace.  On the worker a new process unpacks it into a folder of its own and
makes the editions there within the same limits.  The only door to Dask.
"""

from __future__ import annotations

import ipaddress
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from publish.building.builds import Runner
from publish.building.keys import input_files, makers_digest
from publish.building.limits import EditionLimits, Job, run_limited
from publish.building.tasks import Made, Task, load_makers, make
from publish.errors import BuildError, MissingPartError, PublishError, UsageError
from publish.model import Edition
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["TaskParcel", "make_parcel", "packed", "run_on", "unpack_and_make"]

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
"""How an address is written here, and in Dask."""

Result = list[tuple[Edition, Made | PublishError]]


@dataclass(frozen=True, slots=True)
class TaskParcel:
    """Tasks of one document with the bytes of all their inputs, by path in the workspace.

    `makers` is the digest of the package and the libraries that must be there too.
    """

    tasks: tuple[Task, ...]
    files: tuple[tuple[str, bytes], ...]
    makers: str
    limits: EditionLimits

    @property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(edition for task in self.tasks for edition in task.editions)


def packed(tasks: Iterable[Task], limits: EditionLimits) -> Iterator[TaskParcel]:
    """The tasks as parcels, one for each document."""
    by_document: dict[str, list[Task]] = {}
    for task in tasks:
        by_document.setdefault(task.editions[0].document, []).append(task)
    for group in by_document.values():
        workspace = group[0].loader.workspace
        editions = [edition for task in group for edition in task.editions]
        paths = {path for edition in editions for path in input_files(workspace, edition)}
        inside = sorted(path for path in paths if path.is_relative_to(workspace.root))
        nowhere = Workspace(Path(), workspace.settings)
        yield TaskParcel(
            tuple(replace(task, loader=Loader(nowhere)) for task in group),
            tuple(
                (path.relative_to(workspace.root).as_posix(), path.read_bytes()) for path in inside
            ),
            makers_digest(workspace, editions),
            limits,
        )


# --------------------------------------------------------------------------- here


def run_on(address: str, limits: EditionLimits, *, allow_remote: bool = False) -> Runner:
    """Tasks on the cluster whose scheduler has this address: `dask://HOST:PORT`, `dask+tls://…`.

    Raises UsageError for what is no such address, and for one of another machine unless that
    is allowed: the texts go there.
    """
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES or not parts.hostname or not _port(address):
        raise UsageError(f"{address!r} is no address of a cluster", hint="dask://127.0.0.1:8786")
    if not allow_remote and not _here(parts.hostname):
        raise UsageError(
            f"{parts.hostname} is another machine, and the texts would go there",
            hint="add --allow-remote if it may have them, with dask+tls:// in place of dask://",
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
) -> Iterator[tuple[Edition, Made | PublishError]]:
    """What each edition gives, as soon as its parcel is back; a lost worker's are made again."""
    if not tasks:
        return
    client = _client(address)
    try:
        executor = client.get_executor(pure=False)
        parcels = {
            executor.submit(make_parcel, pickle.dumps(parcel)): parcel
            for parcel in packed(tasks, limits)
        }
        from concurrent.futures import as_completed

        for future in as_completed(parcels):
            yield from _unpacked(future, parcels[future])
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise MissingPartError(
            "Dask is not installed",
            hint='install it: pip install "publish-toolkit[dask]"',
            code="library-missing",
        ) from None
    try:
        made: Any = Client
        return made(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BuildError(
            f"no cluster answers at {address}: {error}",
            hint="start one with dask scheduler and dask worker: "
            "docs/how-to/build-on-ci-or-a-cluster.md",
            code="cluster-unreachable",
        ) from None


def _unpacked(future: Any, parcel: TaskParcel) -> Result:
    """What came back, or the same error for every edition of a parcel that did not."""
    try:
        found: Result | PublishError = pickle.loads(future.result())
    except Exception as error:  # whatever went wrong there, with the cluster's own words
        found = BuildError(
            f"the cluster did not make this edition: {type(error).__name__}: {error}",
            hint="see the log of the workers, or build without --executor",
            code="cluster-failed",
        )
    if isinstance(found, PublishError):
        return [(edition, found) for edition in parcel.editions]
    return found


# --------------------------------------------------------------------------- there


def make_parcel(parcel: bytes) -> bytes:
    """What a worker does: a process for a parcel, so that nothing of it stays."""
    command = [sys.executable, "-c", f"from {__name__} import main; main()"]
    done = subprocess.run(command, input=parcel, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"exit code {done.returncode}: {said[-1] if said else 'nothing said'}")
    return done.stdout


def main() -> None:
    """Reads a parcel from standard input and writes what it gave; never called by people."""
    parcel = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(unpack_and_make(parcel)))


def unpack_and_make(parcel: TaskParcel) -> Result | PublishError:
    """The editions of a parcel, made in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="publish-") as name:
        root = Path(name).resolve()
        for path, data in parcel.files:
            target = root / path
            if not target.resolve().is_relative_to(root):
                raise ValueError(f"a parcel has a file outside its folder: {path}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        tasks = [
            replace(task, loader=Loader(replace(task.loader.workspace, root=root)))
            for task in parcel.tasks
        ]
        if makers_digest(tasks[0].loader.workspace, parcel.editions) != parcel.makers:
            return BuildError(
                "a worker of the cluster has another publish, library or font than this machine",
                hint="install the same version and the same lock file on both",
                code="cluster-differs",
            )
        load_makers(parcel.editions)
        jobs = [Job(task.editions, partial(make, task)) for task in tasks]
        return list(run_limited(jobs, 1, parcel.limits))
