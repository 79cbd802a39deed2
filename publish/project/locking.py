"""Let one command at a time write in a workspace or a folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.errors import PublishError
from publish.files import lock_handle

__all__ = ["hold_briefly", "hold_folder"]

WAIT = 3.0
"""So many seconds `hold_briefly` waits for others; most commands take less."""
_AGAIN = 0.02


@contextmanager
def hold_folder(folder: Path, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep others who call this from writing in a folder, such as the root of a workspace.

    If somebody is writing there, call `tell` and wait for the end.  The folder itself is locked,
    so that no file is left behind; a lock ends with its process.  A process that holds a folder
    must not wait for it again.
    """
    handle = os.open(os.devnull if sys.platform == "win32" else folder, os.O_RDONLY)
    try:
        if not lock_handle(handle, wait=False):
            tell()
            lock_handle(handle, wait=True)
        yield
    finally:
        os.close(handle)


@contextmanager
def hold_briefly(folder: Path, seconds: float = WAIT) -> Iterator[None]:
    """Hold a folder as `hold_folder` does, for the moment of a write.

    Raises PublishError (code `workspace-busy`) if others still hold it after so many seconds.
    """
    until = time.monotonic() + seconds
    handle = os.open(os.devnull if sys.platform == "win32" else folder, os.O_RDONLY)
    try:
        while not lock_handle(handle, wait=False):
            if time.monotonic() >= until:
                raise PublishError(
                    "another command is writing in this workspace",
                    hint="wait for its end, then save again; nothing was written yet",
                    code="workspace-busy",
                )
            time.sleep(_AGAIN)
        yield
    finally:
        os.close(handle)
