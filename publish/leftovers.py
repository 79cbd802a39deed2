"""Delete what runs that were killed left: temporary files and folders that nobody has locked.

`files.py` calls this before it writes, so left-overs of one run are gone after the next.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = [
    "DAY",
    "HOUR",
    "LEFTOVER",
    "OLDER_ROOM",
    "OPENING",
    "is_held",
    "lock_handle",
    "name_temporary",
    "remove_leftovers",
    "remove_older",
    "sweep",
]

LEFTOVER = re.compile(r"\.?publish-[0-9a-f]{16}\.tmp")
"""The names of temporary files and folders; no other name is ever removed as a left-over."""

OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""How a left-over is opened: a link is not followed, and a pipe does not block."""


def name_temporary() -> str:
    """Return a new name for a temporary file or folder."""
    return f"publish-{os.urandom(8).hex()}.tmp"


def _list_names(folder: Path) -> list[str]:
    with os.scandir(folder) as found:
        return [one.name for one in found]


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files and folders in a folder that runs which were killed left.

    Those of running processes are locked and stay, and so do those of other users.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for name in filter(LEFTOVER.fullmatch, _list_names(folder)):
            _remove_leftover(folder / name)


SMALL = 50
"""A folder of so many files is looked through before each write."""
_unswept: dict[Path, int] = {}
"""How many files may be written to a large folder before it is looked through again."""


def sweep(target: Path) -> None:
    """Delete what killed runs left in the folder of a file that is to be written.

    A folder of many files is looked through only after so many writes, so that writing to it takes
    no longer than writing to a small one.
    """
    folder = target.parent
    if (left := _unswept.get(folder, 0)) > 0:
        _unswept[folder] = left - 1
        return
    remove_leftovers(folder)
    with suppress(OSError):
        names = _list_names(folder)
        if any(name.startswith(".") and name.endswith(".tmp") for name in names):
            remove_older(folder, _older_files(target), HOUR)  # Python takes 1 ms for each pattern.
        _unswept[folder] = len(names) - SMALL


def _remove_leftover(path: Path) -> None:
    handle = _opened(path)
    if handle is None:
        return
    try:
        facts = os.fstat(handle)
        if facts.st_uid == os.getuid() and lock_handle(handle, wait=False):
            if stat.S_ISDIR(facts.st_mode):
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
    finally:
        os.close(handle)


# Earlier versions locked nothing and had other names.  What has such a name is removed only when
# it is this user's, is like what they wrote, and has not changed for longer than they ever took.

HOUR, DAY = 60 * 60, 24 * 60 * 60
OLDER_ROOM = re.compile(r"publish-(?=[a-z0-9_]*[0-9_])[a-z0-9_]{8}")
"""Folders in TMPDIR; a name of letters only could be anybody's."""
RELEASED = re.compile(r"SHA256SUMS(\.minisig)?|.+\.(epub|html|json|pdf|png|pub|xml|zip)")


def _older_files(target: Path) -> re.Pattern[str]:
    """Return the form of the names that a file was written under before, or a catalog beside it."""
    return re.compile(rf"\.({re.escape(target.name)}|[^/]+\.pot?)\.[a-z0-9_]{{8}}\.tmp")


def remove_older(folder: Path, form: re.Pattern[str], age: float) -> None:
    """Delete what earlier versions left in a folder under names of this form."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for path in (folder / name for name in filter(form.fullmatch, _list_names(folder))):
            if _is_older(path, time.time() - age):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


def _is_older(path: Path, before: float) -> bool:
    """Return whether earlier versions wrote a file or folder, which no process can still use."""
    if sys.platform == "win32":
        return False
    facts = path.lstat()
    inside = list(path.rglob("*")) if stat.S_ISDIR(facts.st_mode) else []
    if stat.S_ISREG(facts.st_mode):
        alike = facts.st_nlink == 1
    elif not stat.S_ISDIR(facts.st_mode):
        alike = False
    elif path.name.endswith(".new"):  # A release has no folders.
        alike = all(RELEASED.fullmatch(one.name) and not one.is_dir() for one in inside)
    else:
        alike = stat.S_IMODE(facts.st_mode) == 0o700
    every = [facts, *(one.lstat() for one in inside)]
    return alike and all(one.st_uid == os.getuid() and one.st_mtime < before for one in every)


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, OPENING)
    except OSError:  # A folder cannot be opened on Windows.
        return None


def is_held(path: Path, handle: int) -> bool:
    """Lock what was just made; return False if another run has it, or has deleted it."""
    if sys.platform == "win32":
        return True
    if not lock_handle(handle, wait=False):
        return False
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def lock_handle(handle: int, *, wait: bool) -> bool:
    """Lock an open file or folder; return False if another process has it and `wait` is not set.

    The lock ends with the process.  Where the system cannot lock, this does nothing.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # Some network drives have no locks.
        return True
    return True
