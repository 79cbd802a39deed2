"""Writing a file so that a process killed at any moment leaves it whole, old or new."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["write_atomic"]


def write_atomic(path: Path, data: bytes) -> bool:
    """Put `data` into the file and return True, or False if it held these bytes already.

    Law: atomic.  The bytes go into a new file beside the old one, reach the disk, and take its
    place in one step.  Permissions are kept, a symbolic link stays one, missing folders are
    made.  Raises OSError that names the file, and not the new one beside it.
    """
    target = path.resolve()
    try:
        return _written(target, data)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(target)) from error


def _written(target: Path, data: bytes) -> bool:
    if target.is_file() and target.read_bytes() == data:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = _mode(target)
    # Its name is known before it is there: an interruption at any moment can take it away.
    beside = target.parent / f".{target.name}.{os.urandom(4).hex()}.tmp"
    try:
        with open(beside, "xb", opener=_opened_for_us) as file:
            file.write(data)
            file.flush()
            beside.chmod(mode)
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)
    return True


def _opened_for_us(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _mode(path: Path) -> int:
    """The permissions of the file, or those a new one gets here."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the new name reach the disk as well, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
