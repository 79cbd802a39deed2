"""The cache of finished editions: plain files in a folder, named by the key of their inputs.

A change that is undone, another branch or another clone finds its editions here.  Each file
has a line with its digest, a line with its record, and the bytes of the edition.  Files are
written in one step and never changed, so two builds may run at once, and the folder may be
deleted at any time.  It is marked by a `CACHEDIR.TAG` of ours; nothing is written to a folder
with other files, and no file is deleted but entries, which are known by their names.  The digest
tells damage; a code of this user's key (`vouching.py`) tells what this machine made from what
others put there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publish.building.records import record_from_json, record_to_json
from publish.building.tasks import FinishedEdition
from publish.building.vouching import is_vouched_for, vouch_for
from publish.errors import PublishError
from publish.files import refuse_links, write_atomic

__all__ = [
    "Cache",
    "drop_from_cache",
    "load_from_cache",
    "prune_cache",
    "refuse_foreign_cache",
    "store_in_cache",
]

TAG = "CACHEDIR.TAG"
MARK = b"""\
Signature: 8a477f597d28d172789f06886806bc55
# This folder is the cache of finished editions of publish. You may delete it.
# See https://bford.info/cachedir/ for what this file means to backup programs.
"""
ENTRY = re.compile(r"[0-9a-f]{64}")
"""The names of entries: keys of editions."""

FULL_TO = 0.9
"""The share of its limit that a cache keeps when files are deleted."""


@dataclass(frozen=True, slots=True)
class Cache:
    """The folder of a cache, and the most it may hold, in bytes."""

    folder: Path
    limit: int


def store_in_cache(
    cache: Cache | None, key: str, made: FinishedEdition, *, own: bool = True
) -> None:
    """Write an edition to the cache; do nothing if its folder cannot be written to.

    `own` says that this machine made it, and from nothing that others made.
    Raises the errors of `refuse_foreign_cache`.
    """
    if cache is None or len(made.data) > cache.limit:
        return
    record = json.dumps(record_to_json(made.record)).encode()
    code = vouch_for("cache", key, _whole(record, made.data)) if own else ""
    digest = _digest(record, made.data, code)
    head = json.dumps({"sha256": digest, "record": len(record), "made-here": code}).encode()
    with suppress(OSError, RuntimeError):  # RuntimeError: a symbolic link to itself
        refuse_foreign_cache(cache.folder)
        write_atomic(cache.folder / TAG, MARK)
        write_atomic(_path(cache, key), b"%s\n%s\n%s" % (head, record, made.data))


def load_from_cache(cache: Cache | None, key: str, *, own: bool = False) -> FinishedEdition | None:
    """Return the edition of this key, or None.  A damaged file is deleted.

    With `own`, only an edition that this machine made is returned.
    """
    if cache is None:
        return None
    path = refuse_links(_path(cache, key))
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    found = _read(stored, key)
    with suppress(OSError):
        if found is None:
            path.unlink(missing_ok=True)
        else:
            os.utime(path)
    if found is None or (own and not found[1]):
        return None
    return found[0]


def drop_from_cache(cache: Cache | None, key: str) -> None:
    """Delete the edition of this key."""
    if cache is not None:
        with suppress(OSError):
            refuse_links(_path(cache, key)).unlink()


def prune_cache(cache: Cache | None) -> int:
    """Delete the least recently used entries while the cache is over its limit.

    Returns the number of deleted entries.
    """
    if cache is None or not _is_marked(cache.folder):
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


def refuse_foreign_cache(folder: Path) -> None:
    """Raise PublishError (code `cache-foreign`) for a folder with files of somebody else.

    A folder may be used that is not there, is empty, is marked, or has only entries in it.
    Raises PublishError (code `link-refused`) for a link.
    """
    folder = refuse_links(folder)
    if not folder.is_dir() or _is_marked(folder):
        return
    for path in sorted(folder.iterdir()):
        inside = sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else [path]
        strange = next((one for one in inside if not _is_entry(one)), None)
        if strange is not None:
            raise PublishError(
                f"{folder} cannot be the cache: {strange.relative_to(folder)} is not of a cache",
                hint="let the setting cache name a new or an empty folder",
                code="cache-foreign",
            )


def _is_marked(folder: Path) -> bool:
    tag = folder / TAG
    try:
        return not tag.is_symlink() and tag.read_bytes() == MARK
    except OSError:
        return False


def _is_entry(path: Path) -> bool:
    name = path.name
    return bool(ENTRY.fullmatch(name)) and path.parent.name == name[:2] and not path.is_symlink()


def _files(folder: Path) -> list[tuple[int, Path, int]]:
    """Return when each entry was last used, in nanoseconds, its path and its size in bytes."""
    found = []
    for path in folder.glob("??/*"):
        if not _is_entry(path) or path.parent.is_symlink():
            continue
        with suppress(OSError):
            facts = path.lstat()
            if stat.S_ISREG(facts.st_mode):
                found.append((facts.st_mtime_ns, path, facts.st_size))
    return found


def _path(cache: Cache, key: str) -> Path:
    return cache.folder / key[:2] / key


def _read(stored: bytes, key: str) -> tuple[FinishedEdition, bool] | None:
    """Return an edition, and whether this machine made it; None if the entry is damaged."""
    head, _, rest = stored.partition(b"\n")
    try:
        facts = json.loads(head)
        record, data = rest[: facts["record"]], rest[facts["record"] + 1 :]
        code = str(facts["made-here"])
        if facts["sha256"] != _digest(record, data, code):
            return None
        made = FinishedEdition(data, record_from_json(json.loads(record)))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return made, is_vouched_for("cache", key, _whole(record, data), code)


def _whole(record: bytes, data: bytes) -> bytes:
    return b"%d\n%s%s" % (len(record), record, data)


def _digest(record: bytes, data: bytes, code: str) -> str:
    return hashlib.sha256(code.encode() + _whole(record, data)).hexdigest()
