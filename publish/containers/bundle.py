"""Bundles: archives with one folder of files and no trace of the machine that wrote them.

The files are stored without compression, since PDF and EPUB are compressed already.  So the bytes
of an archive depend on no compression library, and reading one cannot unpack a zip bomb.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from publish.containers.zipfiles import BROKEN, write_zip
from publish.errors import PublishError

__all__ = ["read_bundle", "write_bundle"]


def write_bundle(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return an archive with one folder and the files in the order given."""
    inside = {f"{folder}/{name}": data for name, data in files.items()}
    return write_zip(inside, zipfile.ZIP_STORED)


def read_bundle(data: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the name of the folder in a bundle, and its files.

    Raises PublishError (code `release-bundle`) for any archive that differs in a byte from what
    `write_bundle` writes for these files.
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
    if len(folders) != 1 or "" in files:
        raise _damaged()
    folder = folders.pop()
    if write_bundle(folder, files) != data:
        raise _damaged()
    return folder, files


def _damaged() -> PublishError:
    return PublishError(
        "the archive is damaged or was not written by publish",
        hint="do not use or pass on this copy; get it again",
        code="release-bundle",
    )
