"""Find this user's own folders, and keep files in the one for caches that any process can map.

A kept file saves work that would give the same bytes on every run.  It is used only if nobody else
could have written it and its checksum is right; else it is made again.  It may be deleted at any
time.  Where it cannot be written, nothing is kept.
"""

from __future__ import annotations

import mmap
import os
import re
import stat
import sys
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from publish.errors import PublishError
from publish.files import write_atomic

__all__ = ["find_data_folder", "find_user_folder", "keep_file", "map_kept_file"]

FOLDERS = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "data": ("XDG_DATA_HOME", ".local/share"),
}
"""By kind of folder: the variable that names where it is, and where it is without one."""

KEPT = re.compile(r"[a-z]+-[0-9a-f]{64}\.kept")
"""The names of kept files: what they hold, and a digest of what they were made from."""
STEP = 1 << 22
"""So many bytes are looked at at once."""
DAY = 24 * 60 * 60
UNUSED = 30 * DAY
"""A kept file that was not used for so long is deleted when another one is kept."""


def find_user_folder(
    kind: Literal["config", "cache", "data"], environment: Mapping[str, str], home: Path
) -> Path:
    """Return this user's folder for keys, caches or data (XDG Base Directory Specification)."""
    variable, usual = FOLDERS[kind]
    base = environment.get(variable, "")
    return (Path(base) if base.startswith("/") else home / usual) / "publish"


def find_data_folder() -> Path:
    """Return this user's folder for what is to be remembered."""
    return find_user_folder("data", os.environ, _find_home())


def _find_home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # This user has no home folder.
        return Path("/nonexistent")


def keep_file(name: str, data: bytes) -> bool:
    """Write bytes to this user's cache under a name of the form KEPT; return whether it went well.

    Files there that were not used for UNUSED seconds are deleted.
    """
    folder = _find_cache()
    if folder is None or not KEPT.fullmatch(name):
        return False
    head = b"%08x %d\n" % (zlib.crc32(data), len(data))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder):
            return False
        _drop_unused(folder)
        write_atomic(folder / name, head.ljust(mmap.PAGESIZE) + data)
    except (OSError, PublishError):
        return False
    return True


def map_kept_file(name: str) -> memoryview | None:
    """Return the bytes of a kept file, which share memory with other processes that map it.

    Returns None if there is none that is this user's alone and whole.
    """
    folder = _find_cache()
    if folder is None:
        return None
    try:
        if not _is_private(folder):
            return None
        handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        return _map(handle)
    except (OSError, ValueError):  # ValueError: an empty file, or a head that is no numbers
        return None
    finally:
        os.close(handle)


def _find_cache() -> Path | None:
    """Return the folder of kept files; None if this user or system can have none."""
    if sys.platform == "win32":  # Files that a process has mapped cannot be replaced there.
        return None
    folder = find_user_folder("cache", os.environ, _find_home())
    # Nothing is made in the home of somebody else: root may have been given it with sudo.
    with suppress(OSError, StopIteration):  # It may be closed to this user.
        there = next(one for one in folder.parents if one.is_dir())
        return folder if there.stat().st_uid in (os.geteuid(), 0) else None
    return None


def _is_private(folder: Path) -> bool:
    found = folder.lstat()
    ours = found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077
    return ours and stat.S_ISDIR(found.st_mode)


def _map(handle: int) -> memoryview | None:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        return None
    mapped = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
    checksum, _, size = bytes(mapped[: mmap.PAGESIZE]).rstrip().partition(b" ")
    data = memoryview(mapped)[mmap.PAGESIZE :]
    if len(data) != int(size) or _count(mapped) != int(checksum, 16):
        return None
    if found.st_mtime < time.time() - DAY:
        os.utime(handle)
    return data


def _count(mapped: mmap.mmap) -> int:
    """Return the checksum of a mapped file without its head, and give its memory back."""
    checksum = 0
    with memoryview(mapped) as whole:
        for start in range(mmap.PAGESIZE, len(whole), STEP):
            checksum = zlib.crc32(whole[start : start + STEP], checksum)
            if hasattr(mmap, "MADV_DONTNEED"):
                mapped.madvise(mmap.MADV_DONTNEED, start, min(STEP, len(whole) - start))
    return checksum


def _drop_unused(folder: Path) -> None:
    for path in folder.iterdir():
        if KEPT.fullmatch(path.name) and path.lstat().st_mtime < time.time() - UNUSED:
            path.unlink(missing_ok=True)
