"""`SHA256SUMS`: the checksums of all files of a folder, in the format of `sha256sum -c`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from publish.errors import PublishError

__all__ = ["SIGNATURE", "SUMS", "compute_sha256", "read_sums", "write_sums"]

SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.minisig"

LINE = re.compile(r"([0-9a-f]{64})  ([^/\\\x00-\x1f\x7f]+)")


def compute_sha256(data: bytes) -> str:
    """Return the SHA-256 digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_sums(files: Mapping[str, bytes]) -> bytes:
    """Return a line for each file, sorted by the code points of the names."""
    return "".join(f"{compute_sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Return the digests by name; raises PublishError (code `release-sums`).

    Only the exact form that `write_sums` writes is accepted.
    """
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise _damaged() from error
    found = [LINE.fullmatch(line) for line in lines[:-1]]
    sums = {one[2]: one[1] for one in found if one}
    names = [one[2] for one in found if one]
    if lines[-1] or not all(found) or names != sorted(set(names)):
        raise _damaged()
    return sums


def _damaged() -> PublishError:
    return PublishError(
        f"the list of checksums ({SUMS}) is damaged or was not written by publish",
        hint="do not use this copy or pass it on; get it again",
        code="release-sums",
    )
