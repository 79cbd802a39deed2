"""Zip archives: written with the same bytes for the same content, read within limits.

A received file may be built to do harm.  Names, counts and declared sizes are checked before
anything is unpacked, and real sizes are counted during unpacking.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from publish.containers.refusing import make_file_error

__all__ = [
    "ARCHIVE_LIMITS",
    "BROKEN",
    "MOMENT",
    "ArchiveLimits",
    "is_zip",
    "make_zip_entry",
    "read_entries",
    "read_zip",
    "write_zip",
]

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip entry can have; every entry written here has it."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""The exceptions that the standard library raises for damaged or harmful archives."""
ENCRYPTED = 0x1
CHUNK = 1 << 16
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """The most entries of an archive, and the most unpacked bytes of one and of all entries."""

    entries: int = 500
    entry: int = 64 * 2**20
    all: int = 128 * 2**20


ARCHIVE_LIMITS = ArchiveLimits()


# --------------------------------------------------------------------------- writing


def make_zip_entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a trace of the time and the system of writing."""
    info = zipfile.ZipInfo(name, MOMENT)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def write_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of the files in the order given; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(make_zip_entry(name), data, method)
    return buffer.getvalue()


# --------------------------------------------------------------------------- reading


def is_zip(data: bytes) -> bool:
    """Return whether the bytes begin as those of a zip archive do."""
    return data.startswith(b"PK\x03\x04")


def read_zip(data: bytes, file: str, limits: ArchiveLimits = ARCHIVE_LIMITS) -> dict[str, bytes]:
    """Return the files of an archive by name, without its folders.

    Raises PublishError (code `kit-file`) for an archive that is damaged, encrypted or larger
    than the limits, that contains a name twice, or a name that points outside the archive.
    """
    with _opened(data, file) as archive:
        entries = [info for info in archive.infolist() if not info.is_dir()]
        _check_sizes(entries, file, limits)
        _check_names(entries, file)
        return {info.filename: content for info, content in _unpack(archive, entries, file, limits)}


def read_entries(
    data: bytes, file: str, limits: ArchiveLimits
) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """Return all entries and their bytes, in the order of the archive; names are not checked.

    Raises PublishError (code `kit-file`) for an archive that is damaged, encrypted or larger
    than the limits.
    """
    with _opened(data, file) as archive:
        entries = archive.infolist()
        _check_sizes(entries, file, limits)
        return list(_unpack(archive, entries, file, limits))


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except BROKEN as error:
        raise make_file_error(f"the archive is damaged: {error}", file) from None


def _check_sizes(entries: list[zipfile.ZipInfo], file: str, limits: ArchiveLimits) -> None:
    if len(entries) > limits.entries:
        raise make_file_error(
            f"the archive has {len(entries)} files, more than {limits.entries}", file
        )
    if sum(info.file_size for info in entries) > limits.all:
        raise make_file_error("the archive is too large when unpacked", file)
    for info in entries:
        if info.flag_bits & ENCRYPTED:
            raise make_file_error(
                f"{info.filename} is encrypted", file, "save it without a password"
            )
        if info.compress_type not in METHODS or info.file_size > limits.entry:
            raise make_file_error(
                f"{info.filename} is too large, or compressed by an unsupported method", file
            )


def _check_names(entries: list[zipfile.ZipInfo], file: str) -> None:
    names: set[str] = set()
    for info in entries:
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in info.filename:
            raise make_file_error(f"the name {info.filename} points outside the archive", file)
        if info.filename in names:
            raise make_file_error(f"the archive contains {info.filename} twice", file)
        names.add(info.filename)


def _unpack(
    archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], file: str, limits: ArchiveLimits
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Yield entries with their bytes, which are counted, since declared sizes can be wrong."""
    left = limits.all
    for info in entries:
        parts: list[bytes] = []
        room = min(limits.entry, left)
        with archive.open(info) as entry:
            while chunk := entry.read(CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise make_file_error(f"{info.filename} is too large when unpacked", file)
                parts.append(chunk)
        content = b"".join(parts)
        left -= len(content)
        yield info, content
