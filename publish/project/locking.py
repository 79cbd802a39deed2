"""Let one command at a time write in a workspace or a folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from publish.errors import PublishError
from publish.files import lock_handle, refuse_links, remove_leftovers

__all__ = [
    "clear_leftovers",
    "hold_briefly",
    "hold_builds",
    "hold_folder",
    "hold_workspace",
]

BUILDS = Path("build/.editions")
"""The folder of the records of editions: a release holds the one above it by itself."""
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
def hold_workspace(root: Path, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold a workspace as `hold_folder` does, from the builds of a desk too.

    What killed runs left beside its catalogs is deleted.
    """
    with ExitStack() as stack:
        if (root / BUILDS).is_dir():
            stack.enter_context(hold_folder(root / BUILDS, tell))
        stack.enter_context(hold_folder(root, tell))
        clear_leftovers(root)
        yield


def clear_leftovers(root: Path) -> None:
    """Delete the temporary files that killed runs left beside the catalogs of a workspace.

    A command that has nothing to write deletes them too, since git shows them.  Folders that are
    links are left alone, and so is what a running process uses.
    """
    for folder in (root, root / "locales", *root.glob("locales/*/LC_MESSAGES")):
        with suppress(PublishError):
            refuse_links(folder)
            remove_leftovers(folder)


@contextmanager
def hold_builds(root: Path, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep out all who call `hold_workspace`, but nobody who holds the root for a moment.

    So a text can be saved while editions are built.  Both hold the folder of records before the
    root: neither waits for the other with what that one needs.
    """
    builds = root / BUILDS
    builds.mkdir(parents=True, exist_ok=True)
    with hold_folder(builds, tell):
        with hold_folder(root, tell):
            pass  # Whoever began before the folder was there holds the root only.
        yield


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
