"""Finished editions by the key of their inputs, as plain files in a folder.

A change that is taken back, another branch or another clone finds its editions here.  Each file
begins with a line that holds its digest and record; the rest are the edition's bytes.  Files are
put into place in one step and never changed, so that two builds at once are safe, and so is
deleting the folder at any moment.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publish.building.records import record_from, record_to
from publish.building.tasks import Made
from publish.files import write_atomic

__all__ = ["Cache", "keep", "prune_cache", "take"]

FULL_TO = 0.9
"""The share of its limit that is left when the oldest files have gone."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Where finished editions are kept, and the most they may take, in bytes."""

    folder: Path
    limit: int


def keep(cache: Cache | None, key: str, made: Made) -> None:
    """Puts an edition into the cache; a folder that cannot be written to keeps nothing."""
    if cache is None or len(made.data) > cache.limit:
        return
    record = json.dumps(record_to(made.record)).encode()
    head = json.dumps({"sha256": _digest(record, made.data), "record": len(record)}).encode()
    with suppress(OSError, RuntimeError):  # the second of a link that leads to itself
        write_atomic(_path(cache, key), b"%s\n%s\n%s" % (head, record, made.data))


def take(cache: Cache | None, key: str) -> Made | None:
    """The edition made with this key, or None; one that was damaged is thrown away."""
    if cache is None:
        return None
    path = _path(cache, key)
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    made = _read(stored)
    with suppress(OSError):
        if made is None:
            path.unlink(missing_ok=True)
        else:
            os.utime(path)
    return made


def prune_cache(cache: Cache | None) -> int:
    """Takes the files that were not used for longest out, if all take more than the limit.

    Returns how many went.
    """
    if cache is None:
        return 0
    files = sorted(_files(cache.folder))
    size = sum(taken for _, _, taken in files)
    gone = 0
    if size > cache.limit:
        for _, path, taken in files:
            if size <= cache.limit * FULL_TO:
                break
            with suppress(OSError):
                path.unlink()
                size, gone = size - taken, gone + 1
    return gone


def _files(folder: Path) -> list[tuple[int, Path, int]]:
    """When each file was last used, in nanoseconds, its path and its size in bytes."""
    found = []
    for path in folder.glob("??/*"):
        with suppress(OSError):
            stat = path.stat()
            found.append((stat.st_mtime_ns, path, stat.st_size))
    return found


def _path(cache: Cache, key: str) -> Path:
    return cache.folder / key[:2] / key


def _read(stored: bytes) -> Made | None:
    head, _, rest = stored.partition(b"\n")
    try:
        told = json.loads(head)
        record, data = rest[: told["record"]], rest[told["record"] + 1 :]
        if told["sha256"] != _digest(record, data):
            return None
        return Made(data, record_from(json.loads(record)))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(record: bytes, data: bytes) -> str:
    return hashlib.sha256(b"%d\n%s%s" % (len(record), record, data)).hexdigest()
