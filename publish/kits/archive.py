"""Zip archives: written with the same bytes for the same content, read within limits.

What a translator sends back comes from elsewhere.  Names, counts and declared sizes are looked at
before anything is unpacked, and real sizes are counted while it is.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from publish.errors import PublishError
from publish.model import Span

__all__ = ["LIMITS", "Limits", "is_zip", "read_zip", "refused", "write_zip"]

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip entry can have; ours tell no other."""
ENCRYPTED = 0x1
CHUNK = 1 << 16
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for archives that are damaged or made to harm."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Entries of an archive, bytes of one unpacked, bytes of all of them."""

    entries: int = 500
    entry: int = 64 * 2**20
    all: int = 128 * 2**20


LIMITS = Limits()


def is_zip(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """An archive of the files in the order given; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def read_zip(data: bytes, file: str, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The files of an archive by name, folders left out.

    Raises PublishError (code `kit-file`) for an archive that is damaged, encrypted or larger
    than the limits, or that names a file twice or outside of itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
            _check_directory(entries, file, limits)
            return _unpacked(archive, entries, file, limits)
    except BROKEN as error:
        raise refused(f"the archive is damaged: {error}", file) from None


def _check_directory(entries: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise refused(f"{len(entries)} files in one archive", file)
    if sum(info.file_size for info in entries) > limits.all:
        raise refused("the archive is too large when unpacked", file)
    names: set[str] = set()
    for info in entries:
        if info.flag_bits & ENCRYPTED:
            raise refused(f"{info.filename} is encrypted", file, "save it without a password")
        if info.compress_type not in METHODS or info.file_size > limits.entry:
            raise refused(f"{info.filename} is too large, or packed in an unusual way", file)
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in info.filename:
            raise refused(f"the name {info.filename} leads out of the archive", file)
        if info.filename in names:
            raise refused(f"{info.filename} is there twice", file)
        names.add(info.filename)


def _unpacked(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], file: str, limits: Limits
) -> dict[str, bytes]:
    """What the entries really hold; what the directory says of their sizes is not believed."""
    found: dict[str, bytes] = {}
    left = limits.all
    for info in entries:
        parts: list[bytes] = []
        room = min(limits.entry, left)
        with archive.open(info) as entry:
            while chunk := entry.read(CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise refused(f"{info.filename} is too large when unpacked", file)
                parts.append(chunk)
        found[info.filename] = b"".join(parts)
        left -= len(found[info.filename])
    return found


def refused(message: str, file: str, hint: str = "", line: int = 1) -> PublishError:
    """The error for a file that cannot be taken, with the way out."""
    hint = hint or "ask for the file anew, saved by the program it was edited in"
    return PublishError(message, Span(file, line, line), hint, code="kit-file")
