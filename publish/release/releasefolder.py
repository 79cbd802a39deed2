"""Replace the release folder in one step, so that an interrupted run leaves the old or the new."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path

from publish.errors import PublishError, UsageError
from publish.files import refuse_links, staging_folder, write_atomic
from publish.project.locking import hold_folder
from publish.release.attesting import is_attestation_file
from publish.release.manifest import read_manifest
from publish.release.sums import SIGNATURE, SUMS
from publish.release.trust.documents import TIMESTAMP

__all__ = ["MANIFEST", "exchange_folder", "refuse_foreign_folder"]

MANIFEST = "manifest.json"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Constants of renameat2(2) on Linux: paths relative to the working folder; exchange two paths."""


def exchange_folder(folder: Path, files: Mapping[str, bytes], held: Path | None = None) -> None:
    """Replace a folder with one that has exactly these files.

    They are first written to a folder beside it and synced to disk.  On Linux the two folders are
    then exchanged in one step.  Elsewhere the old one is renamed first; if the run is interrupted
    there, the next run renames it back.  Others who do the same wait: the folder around it is
    locked, unless it is the one that this process has `held` already.  Raises the errors of
    `refuse_foreign_folder`.
    """
    folder = refuse_links(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    ours = held is not None and folder.parent.samefile(held)
    with nullcontext() if ours else hold_folder(folder.parent):
        _exchange(folder, files)


def _exchange(folder: Path, files: Mapping[str, bytes]) -> None:
    before = folder.with_name(f".{folder.name}.old")
    if before.is_dir() and not folder.exists():
        before.rename(folder)
    refuse_foreign_folder(folder)
    with staging_folder(folder) as beside:
        for name, data in files.items():
            write_atomic(beside / name, data)
        if not (_moved(beside, folder) or _exchanged(beside, folder)):
            _delete_release(before)
            folder.rename(before)
            beside.rename(folder)
    if before.is_dir():
        _delete_release(before)


def refuse_foreign_folder(folder: Path) -> None:
    """Raise UsageError for a folder with anything that is not of a release, and name it.

    A folder that is empty or not there may be used.  In a release, the manifest lists all files
    but itself, the list of checksums, what signs it, and the statements of others.  Raises
    PublishError (code `link-refused`) for a link.
    """
    folder = refuse_links(folder)
    if not folder.exists():
        return
    if not folder.is_dir():
        raise _foreign(folder, "it is a file")
    found = sorted(folder.iterdir())
    listed = {MANIFEST, SUMS, SIGNATURE, TIMESTAMP, *_listed(folder)} if found else set()
    for path in found:
        known = path.name in listed or is_attestation_file(path.name)
        if not known or path.is_symlink() or not path.is_file():
            raise _foreign(folder, f"{path.name} is not a file of a release")


def _listed(folder: Path) -> list[str]:
    """Return the files that the manifest lists, none if the folder has no manifest of a release."""
    try:
        return [one.name for one in read_manifest((folder / MANIFEST).read_bytes()).files]
    except (OSError, PublishError):
        raise _foreign(folder, f"it has no {MANIFEST} of a release") from None


def _foreign(folder: Path, why: str) -> UsageError:
    return UsageError(
        f"{folder} is not replaced: {why}",
        hint="give an empty folder or a new one: --into DIR",
        code="release-foreign",
    )


def _delete_release(folder: Path) -> None:
    """Delete the folder of a release; raises the errors of `refuse_foreign_folder`."""
    refuse_foreign_folder(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _moved(beside: Path, folder: Path) -> bool:
    """Rename a folder to a name that is free or an empty folder's; return whether it was."""
    if folder.exists() and any(folder.iterdir()):
        return False
    with suppress(OSError):  # Another run was faster.
        beside.rename(folder)
        return True
    return False


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return whether the system could."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        names = os.fsencode(one), os.fsencode(other)
        return bool(rename(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)
    return False
