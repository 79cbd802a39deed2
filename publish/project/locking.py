"""Let one command at a time write in a workspace or a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.files import lock_handle

__all__ = ["hold_folder"]


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
