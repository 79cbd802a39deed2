"""The process that speaks to a cluster for a build, so that nothing of the cluster runs in it.

Dask's peers send each other pickles, and a pickle can run code.  So the client lives in a process
of its own, in which Python refuses every pickle that names anything but a few exceptions (the audit
event `pickle.find_class`), within a limit of memory.  It hands on the bytes of the answers through
a pipe, and whoever waits for it stops waiting at a deadline.  Only this module imports Dask.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from publish.building.answers import MOST_BYTES
from publish.building.editionlimits import EditionLimits
from publish.building.limits import follow_parent, limit_this_process
from publish.errors import BuildError, MissingPartError, PublishError

__all__ = ["CONNECTING", "NO_WORKERS", "SPARE", "Errand", "make_failure", "send_errands"]

CONNECTING = 10
"""Seconds within which the scheduler must answer."""
NO_WORKERS = 30
"""Seconds after which a cluster without a worker is given up."""
SPARE = 60
"""Seconds that an answer may take beyond the time limits of its editions."""
STARTING = 60
"""Seconds that the process may take to import Dask, beyond those for connecting."""

LEAST_MEMORY = 2 << 30
"""What the process may take at least: two answers of the largest size."""

ANSWER, FAILED, STOPPED, MISSING, UNREACHABLE, EMPTY = range(6)
"""What a message through the pipe is; it is the first byte, and the next four are a number."""

HARMLESS = frozenset(
    {
        ("builtins", "bytes"),
        ("distributed.scheduler", "KilledWorker"),
        ("distributed.scheduler", "WorkerState"),
    }
)
"""What a pickle may name: the answers, and the news that workers died, from the scheduler."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A task to be sent: its bytes, and the seconds that a worker may take for it."""

    parcel: bytes
    seconds: float


Answer = tuple[int, bytes | PublishError]


def send_errands(
    address: str, call: Callable[[bytes], bytes], errands: Sequence[Errand], memory: int
) -> Iterator[Answer]:
    """Yield the number and the answer of each errand, or an error, as soon as it is there.

    Each number is yielded once.  When no answer comes for `SPARE` seconds more than the longest
    errand that is still out may take, all that are out get an error.  Raises MissingPartError if
    Dask is missing and BuildError if no scheduler answers.
    """
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    pipe, far_end = context.Pipe(duplex=False)
    parcels = tuple(errand.parcel for errand in errands)
    process = context.Process(
        target=_speak, args=(address, call, parcels, memory, pipe, far_end), daemon=True
    )
    process.start()
    far_end.close()
    try:
        yield from _received(pipe, address, errands)
    finally:
        process.kill()
        process.join()
        pipe.close()


def _received(pipe: Connection, address: str, errands: Sequence[Errand]) -> Iterator[Answer]:
    out = dict(enumerate(errands))
    first = STARTING + CONNECTING
    while out:
        longest = max(errand.seconds for errand in out.values()) + SPARE + first
        first = 0
        kind, number, words = _next(pipe, longest)
        if kind in (MISSING, UNREACHABLE):
            raise _no_cluster(kind, address, words)
        if kind in (ANSWER, FAILED) and number not in out:
            kind, words = STOPPED, b"an answer came that nobody asked for"
        if kind == ANSWER:
            del out[number]
            yield number, words
        elif kind == FAILED:
            del out[number]
            yield number, make_failure(words.decode(errors="replace"))
        else:
            for left in out:
                yield left, _given_up(kind, words)
            return


def _next(pipe: Connection, seconds: float) -> tuple[int, int, bytes]:
    """Return the kind, the number and the bytes of the next message, within so many seconds."""
    if not pipe.poll(seconds):
        return STOPPED, 0, f"no answer came within {seconds:g} seconds".encode()
    try:
        message = pipe.recv_bytes(MOST_BYTES + 5)
    except EOFError:
        return STOPPED, 0, b"the process that speaks to the cluster died"
    except OSError:
        return STOPPED, 0, f"an answer is larger than {MOST_BYTES >> 20} MiB".encode()
    return message[0], int.from_bytes(message[1:5]), message[5:]


# --------------------------------------------------------------------------- errors


def _no_cluster(kind: int, address: str, words: bytes) -> PublishError:
    if kind == MISSING:
        return MissingPartError(
            "Dask is not installed",
            hint='install it: pip install "publish-toolkit[dask]"',
            code="library-missing",
        )
    return BuildError(
        f"no Dask scheduler answers at {address}: {words.decode(errors='replace')}",
        hint=f"start a scheduler and workers: dask scheduler, then dask worker {address}",
        code="cluster-unreachable",
    )


def make_failure(words: str) -> BuildError:
    """Return the error (code `cluster-failed`) for a task that was not carried out."""
    return BuildError(
        f"the cluster did not make this edition: {words}",
        hint="read the logs of the workers, or build without --executor",
        code="cluster-failed",
    )


def _given_up(kind: int, words: bytes) -> BuildError:
    if kind == EMPTY:
        return BuildError(
            f"the cluster has had no worker for {NO_WORKERS} seconds",
            hint="start one: dask worker ADDRESS, or build without --executor",
            code="cluster-empty",
        )
    return make_failure(words.decode(errors="replace"))


# --------------------------------------------------------------------------- in the process


def _speak(
    address: str,
    call: Callable[[bytes], bytes],
    parcels: Sequence[bytes],
    memory: int,
    near_end: Connection,
    pipe: Connection,
) -> None:
    """Send the parcels, and put each answer into the pipe until all are there."""
    follow_parent()
    near_end.close()
    limit_this_process(EditionLimits(0, max(memory, LEAST_MEMORY)))
    refused: list[str] = []
    with suppress(OSError):
        try:
            client = _client(address, refused)
        except ImportError:
            _tell(pipe, MISSING)
            return
        except Exception as error:
            _tell(pipe, UNREACHABLE, words=str(error))
            return
        try:
            _collect(client, call, parcels, pipe, refused)
        except BaseException as error:  # Any failure there; the message quotes it.
            _tell(pipe, STOPPED, words=_spell(error))


def _client(address: str, refused: list[str]) -> Any:
    from distributed import Client  # type: ignore[import-untyped,import-not-found,unused-ignore]

    logging.disable()  # Dask logs what it cannot read; the pipe tells it in words.
    sys.addaudithook(partial(_refuse_pickles, refused))
    made: Any = Client
    return made(address, timeout=CONNECTING, set_as_default=False)


def _refuse_pickles(refused: list[str], event: str, given: tuple[Any, ...]) -> None:
    """Refuse what a pickle names before it is looked up; there is no way to remove this again."""
    if event == "pickle.find_class" and given[:2] not in HARMLESS:
        refused.append(f"{given[0]}.{given[1]}")
        raise PermissionError(f"a pickle of the cluster names {refused[0]}")


def _collect(
    client: Any,
    call: Callable[[bytes], bytes],
    parcels: Sequence[bytes],
    pipe: Connection,
    refused: Sequence[str],
) -> None:
    lost = _count_lost(client)
    executor = client.get_executor(pure=False)
    numbers: Mapping[Future[Any], int] = {
        executor.submit(call, parcel): number for number, parcel in enumerate(parcels)
    }
    out = set(numbers)
    seen = time.monotonic()
    while out:
        done, out = wait(out, timeout=1, return_when=FIRST_COMPLETED)
        for future in done:
            _hand_on(future, numbers[future], pipe)
        if refused and out:  # Dask goes on as if nothing had come.
            raise PermissionError(f"a pickle of the cluster names {refused[0]}")
        seen = time.monotonic() if done or client.nthreads() else seen
        if out and time.monotonic() - seen > NO_WORKERS:
            died = _count_lost(client) - lost
            words = f"{died} of its workers ended without an answer, the last"
            words += f" more than {NO_WORKERS} seconds ago, and no other came"
            _tell(pipe, STOPPED if died else EMPTY, words=words)
            return


def _count_lost(client: Any) -> int:
    """Return how many workers the scheduler has lost so far, 0 if it does not say."""
    try:
        events = client.get_events("all")
        return sum(event.get("action") == "remove-worker" for _, event in events)
    except Exception:  # An older scheduler, or events that are not read.
        return 0


def _hand_on(future: Future[Any], number: int, pipe: Connection) -> None:
    try:
        _hand_on_answer(future.result(), number, pipe)
    except MemoryError:
        _tell(pipe, FAILED, number, "its answer took more memory than --memory-limit")
    except BaseException as error:  # Also CancelledError, which is no Exception.
        _tell(pipe, FAILED, number, _spell(error))


def _hand_on_answer(answer: object, number: int, pipe: Connection) -> None:
    if not isinstance(answer, bytes):
        _tell(pipe, FAILED, number, f"a worker answered with {type(answer).__name__}")
    elif len(answer) > MOST_BYTES:
        _tell(pipe, FAILED, number, f"the answer is larger than {MOST_BYTES >> 20} MiB")
    else:
        _tell(pipe, ANSWER, number, answer)


def _spell(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def _tell(pipe: Connection, kind: int, number: int = 0, words: str | bytes = b"") -> None:
    said = words.encode(errors="replace") if isinstance(words, str) else words
    pipe.send_bytes(bytes([kind]) + number.to_bytes(4) + said)
