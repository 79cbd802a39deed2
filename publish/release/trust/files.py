"""Read and verify the documents of TUF among the files of a release or of one archive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from publish.errors import PublishError
from publish.release.sums import SUMS, compute_sha256
from publish.release.trust.documents import (
    PENDING,
    TIMESTAMP,
    Root,
    Timestamp,
    name_root,
    read_root,
    read_timestamp,
    write_document,
)
from publish.release.trust.signing import count_missing, verify_chain, verify_signatures

__all__ = ["Trust", "is_root_file", "is_trust_file", "read_chain", "read_trust", "write_chain"]

ROOT_FILE = re.compile(r"([1-9][0-9]{0,5})\.root\.json")


@dataclass(frozen=True, slots=True)
class Trust:
    """The roots of a publisher, the first one first, and the timestamp of a release."""

    roots: tuple[Root, ...]
    timestamp: Timestamp

    @property
    def root(self) -> Root:
        """Return the last root."""
        return self.roots[-1]

    @property
    def missing(self) -> int:
        """Return how many signatures of the release are still to be made."""
        return count_missing(self.timestamp, self.root)


def is_root_file(name: str) -> bool:
    """Return whether a file has the name of a root."""
    return bool(ROOT_FILE.fullmatch(name))


def is_trust_file(name: str) -> bool:
    """Return whether a file has the name of a root or of a timestamp."""
    return name == TIMESTAMP or is_root_file(name)


def write_chain(roots: tuple[Root, ...]) -> dict[str, bytes]:
    """Return the files of roots by name."""
    return {name_root(root.version): write_document(root) for root in roots}


def read_chain(files: Mapping[str, bytes]) -> tuple[Root, ...]:
    """Return the roots among files, in order; raises PublishError (code `release-roots`)."""
    numbers = sorted(int(found[1]) for name in files if (found := ROOT_FILE.fullmatch(name)))
    if numbers != list(range(1, len(numbers) + 1)):
        raise PublishError(
            "one of the publisher's lists of keys (N.root.json) is missing",
            hint="get the release again",
            code="release-roots",
        )
    return tuple(read_root(files[name_root(number)], number) for number in numbers)


def read_trust(files: Mapping[str, bytes]) -> Trust | None:
    """Return the documents of a release; None if it has none, as before there were any.

    Raises PublishError (code `release-roots` or `release-timestamp`) if they are damaged, do not
    belong together, or belong to other files.  Signatures that are missing are no error here.
    """
    if not any(map(is_trust_file, files)):
        return None
    roots = read_chain(files)
    if not roots or TIMESTAMP not in files:
        raise _wrong("timestamp.json or 1.root.json is missing: it was removed")
    verify_chain(roots)
    timestamp = read_timestamp(files[TIMESTAMP])
    verify_signatures(timestamp, roots)
    whole = timestamp.signatures.count(PENDING) == count_missing(timestamp, roots[-1])
    if not whole:
        raise _wrong("timestamp.json does not have the signatures that it needs")
    sums = files.get(SUMS, b"")
    if (timestamp.length, timestamp.sha256) != (len(sums), compute_sha256(sums)):
        raise _wrong("timestamp.json belongs to other files than these")
    return Trust(roots, timestamp)


def _wrong(message: str) -> PublishError:
    return PublishError(
        message, hint="do not use this copy or pass it on; get it again", code="release-timestamp"
    )
