"""Puts a release into its folder in one step: a kill leaves the old one whole, or the new one."""

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
"""Linux: names relative to the working folder; two names exchanged at once (renameat2)."""


def exchange_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Makes a folder hold these files and no others.

    They are written beside it and reach the disk first.  On Linux old and new then change
    places in one step; elsewhere there is a moment in which the old one has another name, and
    the next run puts it back.  Raises UsageError for a folder that is no release.
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
            f"{folder} is no release, and is not overwritten",
            hint="name an empty folder, or one that does not exist: --into DIR",
        )


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders changed places in one step, which not every system can do."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        names = os.fsencode(one), os.fsencode(other)
        return bool(rename(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)
    return False
