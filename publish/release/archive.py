"""Bundles: one archive of files side by side, with nothing of the machine in it.

The files are stored as they are, since PDF and EPUB are compressed already: so the bytes of an
archive hang on no library's way of compressing, and reading one can unpack no bomb.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from publish.errors import PublishError

__all__ = ["read_bundle", "write_bundle"]

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip entry can have; ours tell no other."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for archives that are damaged."""


def write_bundle(folder: str, files: Mapping[str, bytes]) -> bytes:
    """An archive with one folder and the files in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(f"{folder}/{name}", MOMENT)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def read_bundle(data: bytes) -> dict[str, bytes]:
    """The files of a bundle without its folder.

    Raises PublishError (code `release-bundle`) for any archive that `write_bundle` would have
    written otherwise, so that every byte of one counts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(one.compress_type or one.flag_bits & 1 for one in entries):
                raise _damaged()
            if sum(one.file_size for one in entries) > len(data):
                raise _damaged()
            named = {one.filename: archive.read(one) for one in entries}
    except BROKEN as error:
        raise _damaged() from error
    folders = {name.partition("/")[0] for name in named}
    files = {name.partition("/")[2]: data for name, data in named.items()}
    if len(folders) != 1 or "" in files or write_bundle(folders.pop(), files) != data:
        raise _damaged()
    return files


def _damaged() -> PublishError:
    return PublishError(
        "the archive is damaged or was not written by publish",
        hint="do not use or pass on this copy; get it again",
        code="release-bundle",
    )
