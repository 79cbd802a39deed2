"""Replace the release folder in one step, so that an interrupted run leaves the old or the new."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from publish.errors import UsageError
from publish.files import write_atomic

__all__ = ["MANIFEST", "exchange_folder"]

MANIFEST = "manifest.json"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Constants of renameat2(2) on Linux: paths relative to the working folder; exchange two paths."""


def exchange_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder with one that has exactly these files.

    They are first written to a folder beside it and synced to disk.  On Linux the two folders are
    then exchanged in one step.  Elsewhere the old one is renamed first; if the run is interrupted
    there, the next run renames it back.  Raises UsageError for a folder that is not a release.
    """
    folder = folder.resolve()
    beside = folder.with_name(f".{folder.name}.new")
    before = folder.with_name(f".{folder.name}.old")
    if before.is_dir() and not folder.exists():
        before.rename(folder)
    _refuse_others(folder)
    for left in (beside, before):
        shutil.rmtree(left, ignore_errors=True)
    for name, data in files.items():
        write_atomic(beside / name, data)
    if not folder.exists():
        beside.rename(folder)
    elif not _exchanged(beside, folder):
        folder.rename(before)
        beside.rename(folder)
    for left in (beside, before):
        shutil.rmtree(left, ignore_errors=True)


def _refuse_others(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MANIFEST).is_file()):
        raise UsageError(
            f"{folder} is not a release, so it is not overwritten",
            hint="give an empty folder or a new one: --into DIR",
        )


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return whether the system could."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        names = os.fsencode(one), os.fsencode(other)
        return bool(rename(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)
    return False
