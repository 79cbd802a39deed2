"""Bytes that are in a temporary file without a name, so that they take no memory meanwhile."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

__all__ = ["Aside", "AsideBytes"]

PIECE = 1 << 16
"""How many bytes are read at once."""


class _NamelessFile:
    """A temporary file without a name, which is gone with the last that refers to it."""

    def __init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            self.handle = os.dup(file.fileno())

    def __del__(self) -> None:
        with suppress(OSError):
            os.close(self.handle)


@dataclass(frozen=True, slots=True)
class Aside:
    """A temporary file without a name, for bytes that need not be in memory meanwhile.

    It is gone with the last of them, or with the process.  Processes forked from this one share
    it; one of them at a time may add to it.
    """

    file: _NamelessFile = field(default_factory=_NamelessFile)

    def add(self, data: bytes) -> AsideBytes:
        """Set some bytes aside."""
        begin, left = os.lseek(self.file.handle, 0, os.SEEK_END), memoryview(data)
        while left:
            left = left[os.write(self.file.handle, left) :]
        return AsideBytes(self.file, begin, len(data))

    def find(self, begin: int, size: int) -> AsideBytes:
        """Return bytes that another process has set aside here."""
        return AsideBytes(self.file, begin, size)


@dataclass(frozen=True, slots=True)
class AsideBytes:
    """Bytes that were set aside: their file, and where they are in it."""

    file: _NamelessFile
    begin: int
    size: int

    def __len__(self) -> int:
        return self.size

    def read(self) -> bytes:
        """Return them."""
        return b"".join(self.cut(self.size))

    def cut(self, size: int = PIECE) -> Iterator[bytes]:
        """Yield them in pieces of at most such a size."""
        at, end = self.begin, self.begin + self.size
        while at < end and (piece := self._read(at, min(size, end - at))):
            yield piece
            at += len(piece)

    def _read(self, at: int, size: int) -> bytes:
        handle = self.file.handle
        if sys.platform != "win32":
            return os.pread(handle, size, at)  # Forked processes share the place in a file.
        os.lseek(handle, at, os.SEEK_SET)
        return os.read(handle, size)
