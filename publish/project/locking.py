"""Let one command at a time write in a workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.files import lock_handle

__all__ = ["hold_workspace"]


@contextmanager
def hold_workspace(root: Path, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep other commands from writing in a workspace for a while.

    If another one is writing, call `tell` and wait for its end.  The folder itself is locked, so
    that no file is left behind; a lock ends with its process.
    """
    try:
        handle = os.open(root, os.O_RDONLY)
    except OSError:  # A folder cannot be opened on Windows.
        yield
        return
    try:
        if not lock_handle(handle, wait=False):
            tell()
            lock_handle(handle, wait=True)
        yield
    finally:
        os.close(handle)
