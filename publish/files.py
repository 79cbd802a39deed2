"""Write files: in one step, through no link, and without leaving temporary files behind.

Every file that this program writes for a user goes through `write_atomic`, and whatever it needs
only for a while is in `staging_folder` or `temporary_folder`.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publish.errors import PublishError

if sys.platform != "win32":
    import fcntl

__all__ = [
    "lock_handle",
    "marks_workspace",
    "refuse_links",
    "refuse_outside",
    "remove_leftovers",
    "replace_atomic",
    "staging_folder",
    "stays_inside",
    "sync_folder",
    "temporary_folder",
    "write_atomic",
]

LEFTOVER = re.compile(r"\.?publish-[0-9a-f]{16}\.tmp")
"""The names of temporary files and folders; no other name is ever removed as a left-over."""

OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""How a left-over is opened: a link is not followed, and a pipe does not block."""


def write_atomic(path: Path, data: bytes) -> bool:
    """Write `data` to the file and return True, or return False if the file has these bytes.

    Law: atomic.  The bytes are written to a temporary file beside the old one, synced to disk,
    and renamed in one step.  Permissions are kept; missing folders are created; temporary files
    of runs that were killed are removed.  Raises PublishError (code `link-refused`) as
    `refuse_links` does, and OSError that names the file, not the temporary one.
    """
    target = refuse_links(path)
    try:
        return _written(target, data)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(target)) from error


class _OutrunError(Exception):
    """The file was changed by another program before its new bytes took its place."""


def replace_atomic(path: Path, before: bytes, data: bytes) -> bool:
    """Write a file as `write_atomic` does, but only in place of the bytes that it had before.

    Returns False, and writes nothing, if another program wrote the file meanwhile: it is looked at
    in the moment before the new bytes take its place.
    """
    target = refuse_links(path)
    try:
        remove_leftovers(target.parent)
        mode = _mode(target)
        while not _exchanged(target, data, mode, before):
            pass
        sync_folder(target.parent)
    except _OutrunError:
        return False
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(target)) from error
    return True


def _written(target: Path, data: bytes) -> bool:
    if target.parent.is_dir():
        remove_leftovers(target.parent)
        _remove_older(target.parent, _older_files(target), HOUR)
    if target.is_file() and target.read_bytes() == data:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = _mode(target)
    while not _exchanged(target, data, mode):
        pass
    sync_folder(target.parent)
    return True


def _exchanged(target: Path, data: bytes, mode: int, before: bytes | None = None) -> bool:
    """Write a temporary file and rename it; return False if another run took it for a left-over.

    Raises _OutrunError if the target has other bytes than `before`, where these are given.
    The file is locked as long as it is open: a file that nobody has locked is a left-over.
    """
    # The name is chosen before the file exists, so that any interruption can remove the file.
    beside = target.parent / f".{_new_name()}"
    try:
        with open(beside, "xb", opener=_opened_for_us) as file:
            if not _held(beside, file.fileno()):
                return False
            file.write(data)
            file.flush()
            beside.chmod(mode)
            os.fsync(file.fileno())
            if before is not None and (not target.is_file() or target.read_bytes() != before):
                raise _OutrunError
            beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    return True


def _new_name() -> str:
    return f"publish-{os.urandom(8).hex()}.tmp"


def _opened_for_us(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _mode(path: Path) -> int:
    """Return the permissions of the file, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Sync the folder, so that the new name is on the disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --------------------------------------------------------------------------- links


def marks_workspace(folder: Path) -> bool:
    """Return whether a folder has settings, so that it is the root of a workspace."""
    with suppress(OSError):
        if (folder / "publish.toml").is_file():
            return True
        project = folder / "pyproject.toml"
        return project.is_file() and b"[tool.publish" in project.read_bytes()
    return False


def refuse_links(path: Path) -> Path:
    """Return the whole path of a file or folder to write or delete, which is reached by no link.

    In a workspace no folder on the way may be a link either, since whoever made the workspace
    made its links too; above it, links are the user's own.  Raises PublishError (code
    `link-refused`) that names the link and where it leads.
    """
    whole = _without_dots(path)
    roots = [folder for folder in whole.parents if marks_workspace(folder)]
    below = whole.relative_to(roots[-1]).parts if roots else whole.parts[-1:]
    place = roots[-1] if roots else whole.parent
    for part in below:
        place = place / part
        if place.is_symlink():
            raise PublishError(
                f"{place} is a link to {os.path.realpath(place)}, so it is not written to",
                hint="put a file or folder in its place, or delete the link",
                code="link-refused",
            )
    return whole


def _without_dots(path: Path) -> Path:
    """Return an absolute path without `..`; only what stands before a `..` is resolved."""
    parts = path.absolute().parts
    if ".." not in parts:
        return path.absolute()
    after = len(parts) - parts[::-1].index("..")
    return Path(os.path.realpath(Path(*parts[:after])), *parts[after:])


def stays_inside(path: Path, root: Path) -> bool:
    """Return whether a path leads to a place inside a folder, and not into its `.git`."""
    real, inside = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    return real.is_relative_to(inside) and ".git" not in real.relative_to(inside).parts


def refuse_outside(path: Path, root: Path) -> Path:
    """Return a path that stays inside a workspace, to read or to write.

    Raises PublishError (code `link-refused`) that names the link and where it leads.
    """
    if stays_inside(path, root):
        return path
    links = (one for one in reversed((path, *path.parents)) if one != root and one.is_symlink())
    link = next((one for one in links if one.is_relative_to(root)), path)
    shown = link.relative_to(root).as_posix() if link.is_relative_to(root) else str(link)
    raise PublishError(
        f"{shown} leads out of the workspace, to {os.path.realpath(link)}",
        hint="put a copy of the file or folder in its place, or delete the link",
        code="link-refused",
    )


# --------------------------------------------------------------------------- left-overs


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a new folder for temporary files, which is deleted at the end.

    Folders of runs that were killed are deleted first.
    """
    parent = Path(tempfile.gettempdir())
    _remove_older(parent, OLDER_ROOM, DAY)
    with _made(parent, "", 0o700) as folder:
        yield folder


@contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder beside a folder that it will replace, and delete what has its name then.

    Left-overs of runs that were killed are deleted first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_older(target.parent, re.compile(re.escape(f".{target.name}.new")), HOUR)
    with _made(target.parent, ".", 0o777) as folder:
        yield folder


@contextmanager
def _made(parent: Path, prefix: str, mode: int) -> Iterator[Path]:
    remove_leftovers(parent)
    handle = None
    while handle is None:
        folder = parent / f"{prefix}{_new_name()}"
        folder.mkdir(mode)
        handle = _lock_new(folder)
    try:
        yield folder
    finally:
        os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def _lock_new(folder: Path) -> int | None:
    """Return the handle that locks a new folder, None if another run took it for a left-over."""
    try:
        handle = os.open(os.devnull if sys.platform == "win32" else folder, OPENING)
    except FileNotFoundError:
        return None
    if _held(folder, handle):
        return handle
    os.close(handle)
    return None


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files and folders in a folder that runs which were killed left.

    Those of running processes are locked and stay, and so do those of other users.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for path in folder.iterdir():
            if LEFTOVER.fullmatch(path.name):
                _remove_leftover(path)


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


def _remove_older(folder: Path, form: re.Pattern[str], age: float) -> None:
    """Delete what earlier versions left in a folder under names of this form."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for path in folder.iterdir():
            if form.fullmatch(path.name) and _is_older(path, time.time() - age):
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


def _held(path: Path, handle: int) -> bool:
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
