"""Keep lines in private files, each written by one process, which may be killed at any moment.

A line that was added is on the disk.  What a killed process left of a line is no line, and harms
none before or after it.  A file is locked as long as its process lives, so that the next one can
take over what those before it left, and never what a running one uses.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from publish.files import lock_handle, refuse_links, sync_folder, write_atomic

__all__ = ["LineFile", "take_over"]

NAME = re.compile(r"lines-[0-9a-f]{16}\.jsonl")
"""The names of such files; no other file is ever read or removed."""
LARGEST = 256 * 1024 * 1024
OPENING = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class LineFile:
    """A new file in a folder, of this process alone."""

    def __init__(self, folder: Path) -> None:
        """Create the file, and the folder if need be.

        Raises PublishError (code `link-refused`) for a link on the way.
        """
        make_private_folder(folder)
        self.folder = folder
        self.size = 0
        self.path, self._handle = _create(folder)

    def add(self, lines: Iterable[bytes], *, sync: bool = True) -> None:
        """Add lines; when this returns, they are on the disk.  Raises OSError if they are not.

        Without `sync` they outlive this process, but may not outlive a power cut.
        """
        # A line break before each: what was left of a line that could not be written ends there.
        data = b"".join(b"\n" + line + b"\n" for line in lines)
        left = memoryview(data)
        while left:
            left = left[os.write(self._handle, left) :]
        if sync:
            os.fsync(self._handle)
        self.size += len(data)

    def is_there(self) -> bool:
        """Return whether the file still has its name: somebody may have cleared the folder."""
        with suppress(OSError):
            return os.path.samestat(self.path.lstat(), os.fstat(self._handle))
        return False

    def remove(self) -> None:
        """Delete the file: what it has is elsewhere, or wanted no more."""
        if self.is_there():
            with suppress(OSError):
                self.path.unlink()
        os.close(self._handle)

    def close(self) -> None:
        """Leave the file to the next process."""
        os.close(self._handle)


def make_private_folder(folder: Path) -> None:
    """Create a folder that only this user reads and that git leaves out, in one that exists."""
    refuse_links(folder / "x")
    for path in (*reversed(folder.parents), folder):
        if not path.is_dir():
            path.mkdir(0o700)
            sync_folder(path.parent)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        write_atomic(ignored, b"*\n")


def _create(folder: Path) -> tuple[Path, int]:
    """Return a new file, locked; another process may take one for a left-over before it is."""
    while True:
        path = folder / f"lines-{os.urandom(8).hex()}.jsonl"
        handle = os.open(path, OPENING | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        if _holds(path, handle):
            sync_folder(folder)
            return path, handle
        os.close(handle)


def _holds(path: Path, handle: int) -> bool:
    """Lock an open file; return False if another process has it, or has removed it."""
    if not lock_handle(handle, wait=False):
        return False
    with suppress(OSError):
        return os.path.samestat(path.lstat(), os.fstat(handle))
    return False


def take_over(folder: Path, own: Path | None = None) -> Iterator[list[bytes]]:
    """Yield the lines of each file whose process is gone; it is deleted when the next is asked for.

    So the lines have to be in another file, such as `own`, by then.  Raises PublishError (code
    `link-refused`) for a link on the way.
    """
    if not refuse_links(folder).is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path == own or not NAME.fullmatch(path.name):
            continue
        try:
            handle = os.open(path, OPENING)
        except OSError:
            continue  # A link, or somebody else's.
        try:
            if _is_ours(handle) and _holds(path, handle):
                with open(handle, "rb", closefd=False) as file:
                    yield [line for line in file.read().split(b"\n") if line]
                path.unlink()
        finally:
            os.close(handle)


def _is_ours(handle: int) -> bool:
    """Return whether an open file is a plain one of this user, and not too large to be read."""
    facts = os.fstat(handle)
    mine = sys.platform == "win32" or facts.st_uid == os.getuid()
    return mine and stat.S_ISREG(facts.st_mode) and facts.st_size <= LARGEST
