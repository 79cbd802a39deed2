"""Write a file so that a process killed at any moment leaves either the old or the new file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["write_atomic"]


def write_atomic(path: Path, data: bytes) -> bool:
    """Write `data` to the file and return True, or return False if the file has these bytes.

    Law: atomic.  The bytes are written to a temporary file beside the old one, synced to disk,
    and renamed in one step.  Permissions and symbolic links are kept; missing folders are
    created.  Raises OSError that names the file, not the temporary one.
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
    # The name is chosen before the file exists, so that any interruption can remove the file.
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
    """Return the permissions of the file, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Sync the folder, so that the new name is on the disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
