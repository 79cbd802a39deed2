"""Remember the publishers that this user has met, and the newest release of each.

One small file, `publishers.json` in the user's data folder.  Each publisher has the roots as they
were received, so that another root under the same number is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.errors import PublishError
from publish.files import write_atomic
from publish.release.trust.documents import Root, is_same_chain, read_root, write_document
from publish.release.trust.files import Trust
from publish.release.trust.signing import verify_chain

__all__ = [
    "FILE",
    "Publisher",
    "find_by_key",
    "find_publisher",
    "read_publishers",
    "remember",
    "write_publishers",
]

FILE = "publishers.json"
FORMAT, VERSION = "publish publishers", 1


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher: all roots, the number of the newest release that was seen, and its expiry."""

    roots: tuple[Root, ...]
    highest: int
    expires: str

    @property
    def keys(self) -> frozenset[bytes]:
        """Return all keys that this publisher ever had."""
        return frozenset(key for root in self.roots for key in root.keys)


def read_publishers(path: Path) -> tuple[Publisher, ...]:
    """Return the publishers in a file, none if it is not there.

    Raises PublishError (code `publishers`) for a damaged file: taken for none, every publisher
    would be met for the first time again.
    """
    try:
        content = json.loads(path.read_bytes())
        if (content["format"], content["version"]) != (FORMAT, VERSION):
            raise ValueError(content["format"])
        return tuple(_publisher(row) for row in content["publishers"])
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, PublishError) as error:
        raise PublishError(
            f"{path} is damaged: it says which publishers you know",
            hint="restore it; or delete it, and name each publisher's key again with --key",
            code="publishers",
        ) from error


def _publisher(row: dict[str, Any]) -> Publisher:
    roots = tuple(
        read_root(text.encode("ascii"), number) for number, text in enumerate(row["roots"], 1)
    )
    if not roots or type(row["highest"]) is not int or not isinstance(row["expires"], str):
        raise ValueError(row)
    verify_chain(roots)
    return Publisher(roots, row["highest"], row["expires"])


def write_publishers(path: Path, publishers: Iterable[Publisher]) -> None:
    """Write publishers to a file, in one step."""
    rows = [
        {
            "roots": [write_document(root).decode("ascii") for root in one.roots],
            "highest": one.highest,
            "expires": one.expires,
        }
        for one in publishers
    ]
    content = {"format": FORMAT, "version": VERSION, "publishers": rows}
    write_atomic(path, (json.dumps(content, indent=1) + "\n").encode())


def find_publisher(publishers: Iterable[Publisher], roots: tuple[Root, ...]) -> Publisher | None:
    """Return the known publisher with the same first root, or else with one of the keys."""
    publishers = tuple(publishers)
    for one in publishers:
        if is_same_chain(one.roots[:1], roots):
            return one
    keys = {key for root in roots for key in root.keys}
    return next((one for one in publishers if not keys.isdisjoint(one.keys)), None)


def find_by_key(publishers: Iterable[Publisher], key: bytes) -> Publisher | None:
    """Return the known publisher that has or had a key."""
    return next((one for one in publishers if key in one.keys), None)


def remember(
    publishers: tuple[Publisher, ...], known: Publisher | None, trust: Trust
) -> tuple[Publisher, ...]:
    """Return the publishers with what a release says of one of them."""
    others = tuple(one for one in publishers if one is not known)
    if known is None:
        return (*others, Publisher(trust.roots, trust.timestamp.version, trust.timestamp.expires))
    newest = max((known.highest, known.expires), (trust.timestamp.version, trust.timestamp.expires))
    return (*others, Publisher(max(known.roots, trust.roots, key=len), *newest))
