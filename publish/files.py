"""Write files: in one step, through no link, and without leaving temporary files behind.

Every file that this program writes for a user goes through `write_atomic`, and whatever it needs
only for a while is in `staging_folder` or `temporary_folder`.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from publish.errors import PublishError
from publish.leftovers import (
    DAY,
    HOUR,
    OLDER_ROOM,
    OPENING,
    is_held,
    lock_handle,
    name_temporary,
    remove_leftovers,
    remove_older,
    sweep,
)

__all__ = [
    "Content",
    "FileContent",
    "choose_temporary",
    "cut_content",
    "lock_handle",
    "marks_workspace",
    "put_before",
    "read_inside",
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


PIECE = 1 << 16
"""How many bytes of a file are read at once."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a finished file that nobody changes, read in pieces, after some `before`."""

    path: Path
    size: int
    before: bytes = b""

    def __len__(self) -> int:
        return len(self.before) + self.size


Content = bytes | FileContent
"""The content of a file, in memory or in another file."""


def cut_content(content: Content) -> Iterator[bytes]:
    """Yield content in pieces; what is in memory is one piece."""
    if isinstance(content, bytes):
        yield content
        return
    if content.before:
        yield content.before
    with content.path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            yield piece


def put_before(before: bytes, content: Content) -> Content:
    """Return content after some bytes."""
    if isinstance(content, bytes):
        return before + content
    return replace(content, before=before + content.before)


def write_atomic(path: Path, data: Content, *, sync: bool = True) -> bool:
    """Write `data` to the file and return True, or return False if the file has these bytes.

    Law: atomic.  The bytes are written to a temporary file beside the old one, synced to disk,
    and renamed in one step.  Permissions are kept; missing folders are created; temporary files
    of runs that were killed are removed.  Without `sync`, for what can be made again, the file may
    be empty or an older one after a power cut.  Raises PublishError (code `link-refused`) as
    `refuse_links` does, and OSError that names the file, not the temporary one.
    """
    target = refuse_links(path)
    try:
        return _written(target, data, sync=sync)
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
        sweep(target)
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


def _written(target: Path, data: Content, *, sync: bool) -> bool:
    sweep(target)
    if _has(target, data):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = _mode(target)
    while not _exchanged(target, data, mode, sync=sync):
        pass
    if sync:
        sync_folder(target.parent)
    return True


def _has(target: Path, data: Content) -> bool:
    """Return whether a file is there and has this content."""
    if not target.is_file():
        return False
    if isinstance(data, bytes):
        return target.read_bytes() == data
    if target.stat().st_size != len(data):
        return False
    with target.open("rb") as there:
        return all(there.read(len(piece)) == piece for piece in cut_content(data))


def _exchanged(
    target: Path, data: Content, mode: int, before: bytes | None = None, *, sync: bool = True
) -> bool:
    """Write a temporary file and rename it; return False if another run took it for a left-over.

    Raises _OutrunError if the target has other bytes than `before`, where these are given.
    The file is locked as long as it is open: a file that nobody has locked is a left-over.
    """
    # The name is chosen before the file exists, so that any interruption can remove the file.
    beside = target.parent / f".{name_temporary()}"
    try:
        with open(beside, "xb", opener=_opened_for_us) as file:
            if not is_held(beside, file.fileno()):
                return False
            for piece in cut_content(data):
                file.write(piece)
            file.flush()
            beside.chmod(mode)
            if sync:
                os.fsync(file.fileno())
            if before is not None and (not target.is_file() or target.read_bytes() != before):
                raise _OutrunError
            beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    return True


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
    # This is asked of each folder above each entry of a cache, where a Path takes too long.
    if os.path.isfile(f"{folder}/publish.toml"):  # noqa: PTH113
        return True
    project = f"{folder}/pyproject.toml"
    with suppress(OSError):
        return os.path.isfile(project) and b"[tool.publish" in Path(project).read_bytes()  # noqa: PTH113
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
    place = os.fspath(roots[-1] if roots else whole.parent)
    for part in below:
        place = os.path.join(place, part)  # noqa: PTH118
        if os.path.islink(place):  # noqa: PTH114
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
    whole, base = os.fspath(path), f"{root}{os.sep}"
    parts = whole[len(base) :].split(os.sep)  # noqa: PTH206 - this is asked thousands of times
    if whole.startswith(base) and _is_plain(parts, base):
        return ".git" not in parts
    real, inside = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    return real.is_relative_to(inside) and ".git" not in real.relative_to(inside).parts


def _is_plain(parts: Sequence[str], place: str) -> bool:
    """Return whether a path below a folder is what it seems to be: without links and dots.

    The system is asked once for each part, where `realpath` asks about the folder as well.
    """
    with suppress(OSError):  # What is not there is no link, nor is what would be below it.
        for part in parts:
            place += part
            if part == ".." or stat.S_ISLNK(os.lstat(place).st_mode):
                return False
            place += os.sep
    return ".." not in parts


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


def read_inside(root: Path, place: str, plain: set[str] | None = None) -> bytes:
    """Return the bytes of a file of a workspace; `place` is its path there, with slashes.

    Folders that are `plain`, without links on the way, are not looked at again; those found so are
    added.  A build reads thousands of files of few folders.  Raises PublishError as
    `refuse_outside` does, and OSError for a file that cannot be read.
    """
    plain = set() if plain is None else plain
    folder, _, name = place.rpartition("/")
    base = f"{root}{os.sep}"
    inside = f"{base}{folder}{os.sep}"
    if folder not in plain:
        parts = folder.split("/")
        if ".git" in parts or not _is_plain(parts, base):
            return refuse_outside(root.joinpath(*place.split("/")), root).read_bytes()
        plain.add(folder)
    if _NO_LINKS and name != "..":
        with suppress(OSError):  # It takes less time than to look whether it is a link.
            handle = os.open(inside + name, os.O_RDONLY | os.O_CLOEXEC | _NO_LINKS)
            try:
                size = os.fstat(handle).st_size
                return b"".join(iter(lambda: os.read(handle, size + 1), b""))
            finally:
                os.close(handle)
    return refuse_outside(root.joinpath(*place.split("/")), root).read_bytes()


_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
"""What lets `open` fail for a link, where the system can do that."""


# --------------------------------------------------------------------------- folders


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a new folder for temporary files, which is deleted at the end.

    Folders of runs that were killed are deleted first.
    """
    parent = Path(tempfile.gettempdir())
    remove_older(parent, OLDER_ROOM, DAY)
    with _made(parent, "", 0o700) as folder:
        yield folder


def choose_temporary(ending: str) -> Path:
    """Return a path in the folder for temporary files at which nothing is; its name ends so.

    What is written there stays until it is deleted, so this folder must be a `temporary_folder`.
    """
    return Path(tempfile.gettempdir(), f"{secrets.token_hex(8)}{ending}")


@contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder beside a folder that it will replace, and delete what has its name then.

    Left-overs of runs that were killed are deleted first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_older(target.parent, re.compile(re.escape(f".{target.name}.new")), HOUR)
    with _made(target.parent, ".", 0o777) as folder:
        yield folder


@contextmanager
def _made(parent: Path, prefix: str, mode: int) -> Iterator[Path]:
    remove_leftovers(parent)
    handle = None
    while handle is None:
        folder = parent / f"{prefix}{name_temporary()}"
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
    if is_held(folder, handle):
        return handle
    os.close(handle)
    return None
