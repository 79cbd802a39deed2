"""The folder of a cache: plain files, entries named by keys, within a limit.

Files are written in one step and never changed, so two builds may run at once, and the folder may
be deleted at any time.  It is marked by a `CACHEDIR.TAG` of ours; nothing is written to a folder
with other files, and no file is deleted but entries, which are known by their names.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publish.errors import PublishError
from publish.files import Content, refuse_links, write_atomic

__all__ = [
    "Cache",
    "find_entry",
    "prune_cache",
    "read_entry",
    "refuse_foreign_cache",
    "write_entry",
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


def write_entry(cache: Cache, key: str, content: Content) -> None:
    """Write an entry; do nothing if its folder cannot be written to.

    It need not be on the disk before the next one is written: who reads one knows by its digest
    that it is whole.  Raises the errors of `refuse_foreign_cache`.
    """
    with suppress(OSError, RuntimeError):  # RuntimeError: a symbolic link to itself
        if not _is_marked(cache.folder):
            refuse_foreign_cache(cache.folder)
            write_atomic(cache.folder / TAG, MARK)
        write_atomic(find_entry(cache, key), content, sync=False)


def read_entry(cache: Cache, key: str) -> bytes | None:
    """Return an entry, which is then the last one used, or None."""
    path = refuse_links(find_entry(cache, key))
    try:
        stored = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return stored


def prune_cache(cache: Cache | None) -> int:
    """Delete the least recently used entries while the cache is over its limit.

    Returns the number of deleted entries.
    """
    if cache is None or not _is_marked(cache.folder):
        return 0
    files = _files(cache.folder)
    size = sum(length for _, _, length in files)
    gone = 0
    if size > cache.limit:
        for _, name, length in sorted(files):
            if size <= cache.limit * FULL_TO:
                break
            with suppress(OSError):
                find_entry(cache, name).unlink()
                size, gone = size - length, gone + 1
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
    return _names_entry(path.name, path.parent.name) and not path.is_symlink()


def _names_entry(name: str, folder: str) -> bool:
    return bool(ENTRY.fullmatch(name)) and folder == name[:2]


def _files(folder: Path) -> list[tuple[int, str, int]]:
    """Return when each entry was last used, in nanoseconds, its name and its size in bytes."""
    found = []
    for group in _list_folder(folder):
        for one in _list_folder(group.path) if group.is_dir(follow_symlinks=False) else ():
            if _names_entry(one.name, group.name) and one.is_file(follow_symlinks=False):
                with suppress(OSError):
                    facts = one.stat(follow_symlinks=False)
                    found.append((facts.st_mtime_ns, one.name, facts.st_size))
    return found


def _list_folder(folder: Path | str) -> list[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as found:
        return list(found)
    return []


def find_entry(cache: Cache, key: str) -> Path:
    """Return the path of an entry."""
    return cache.folder / key[:2] / key
