"""Files that people send to the desk: each in a folder of its own in `build/received/`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePath

from publish.errors import PublishError, UsageError
from publish.files import refuse_links, write_atomic
from publish.idsigns import replace_runs
from publish.project.workspace import Workspace

__all__ = ["RECEIVED", "find_received", "receive_file"]

RECEIVED = "build/received"
KEPT = 20
"""So many received files are kept; the oldest go."""
LONGEST = 120
"""Most bytes of a name, so that pages beside the file can have longer ones."""

_ODD = re.compile(r"[^\w.() -]+")
_TOKEN = re.compile(r"(\d{1,9})/([^/\\]+)")


def receive_file(workspace: Workspace, name: str, data: bytes) -> str:
    """Keep a file that somebody sent; return the name by which a job finds it.

    Nothing of its own name leads elsewhere.  Raises PublishError for a link that is in the way, and
    where the workspace is not there any more.
    """
    if not workspace.root.is_dir():
        hint = "close the desk, and open it in the folder where the workspace is now"
        raise PublishError("the folder of this workspace is gone or has another name", hint=hint)
    folder = workspace.confined(workspace.root / RECEIVED)
    refuse_links(folder)
    numbers = _numbers(folder)
    number = max(numbers, default=0) + 1
    while not _make_folder(folder / str(number)):  # Another one came at the same moment.
        number += 1
    kept = _clean(name)
    write_atomic(workspace.confined(folder / str(number) / kept), data)
    for old in sorted(numbers)[: max(0, len(numbers) + 1 - KEPT)]:
        path = folder / str(old)
        if not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
    return f"{number}/{kept}"


def _make_folder(folder: Path) -> bool:
    """Make a folder; return False if there is one already."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return False
    return True


def find_received(workspace: Workspace, name: str) -> Path:
    """Return the file that was received under a name; raises UsageError where there is none."""
    found = _TOKEN.fullmatch(name)
    if found and _clean(found[2]) == found[2]:
        path = workspace.confined(workspace.root / RECEIVED / found[1] / found[2])
        if path.is_file() and not path.is_symlink():
            return path
    raise UsageError("the file is not here", hint="send it again")


def _clean(name: str) -> str:
    """Return a name of one file, from whatever somebody's browser calls it."""
    last = PurePath(name.replace("\\", "/")).name
    plain = replace_runs(_ODD, last).strip(" .")
    short = plain.encode()[-LONGEST:].decode(errors="ignore").strip(" .")
    return short or "file"


def _numbers(folder: Path) -> list[int]:
    if not folder.is_dir():
        return []
    names = (path.name for path in folder.iterdir())
    return [int(name) for name in names if name.isascii() and name.isdecimal() and len(name) < 10]
