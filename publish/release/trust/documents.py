"""The two documents of TUF (specification 1.0) that a release has.

`N.root.json` lists the keys of a publisher and how many of them must sign.  `timestamp.json` says
the number of a release, until when it counts as the newest, and the digest of its `SHA256SUMS`,
which stands where TUF has `snapshot.json`.  TUF's roles `snapshot` and `targets` have no keys here:
nobody can sign for them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from publish.errors import PublishError
from publish.release.trust.canonical import Value, write_canonical

__all__ = [
    "PENDING",
    "TIMESTAMP",
    "Document",
    "Root",
    "Signature",
    "Timestamp",
    "is_same_chain",
    "make_fingerprint",
    "make_key_id",
    "name_root",
    "read_root",
    "read_timestamp",
    "write_document",
    "write_expiry",
    "write_signed_part",
]

TIMESTAMP = "timestamp.json"
SPECIFICATION = "1.0.31"
LARGEST = 1 << 16
"""The most bytes that a document may have."""
HEX = {size: re.compile(f"[0-9a-f]{{{size}}}") for size in (64, 128)}


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature (64 bytes) of a document, by the key with this id."""

    key_id: str
    data: bytes


PENDING = Signature("0" * 64, bytes(64))
"""Stands in a timestamp for a signature that is still to be made, and is as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The keys of a publisher (32 bytes each), sorted, and how many of them must sign.

    `expires` is a time such as `2031-01-01T00:00:00Z`.
    """

    version: int
    expires: str
    keys: tuple[bytes, ...]
    threshold: int
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """The number of a release, when it stops to count as the newest, and its list of checksums."""

    version: int
    expires: str
    length: int
    sha256: str
    signatures: tuple[Signature, ...] = ()


Document = Root | Timestamp


def name_root(version: int) -> str:
    """Return the file name of a root."""
    return f"{version}.root.json"


def make_fingerprint(root: Root) -> str:
    """Return the SHA-256 of what a root says, whoever has signed it so far."""
    return hashlib.sha256(write_signed_part(root)).hexdigest()


def is_same_chain(one: Sequence[Root], other: Sequence[Root]) -> bool:
    """Return whether two chains of roots say the same as far as the shorter one goes.

    Signatures may differ: a third person can sign where two are enough.
    """
    bare = [[replace(root, signatures=()) for root in roots] for roots in (one, other)]
    return all(root == twin for root, twin in zip(*bare, strict=False))


def make_key_id(key: bytes) -> str:
    """Return the id of a public key, as TUF computes it."""
    return hashlib.sha256(write_canonical(_key(key))).hexdigest()


def _key(key: bytes) -> dict[str, Value]:
    return {"keytype": "ed25519", "keyval": {"public": key.hex()}, "scheme": "ed25519"}


def write_expiry(day: date) -> str:
    """Return the beginning of a day as an expiry."""
    return f"{day.isoformat()}T00:00:00Z"


# --------------------------------------------------------------------------- writing


def write_document(document: Document) -> bytes:
    """Return the bytes of a document's file.  Law: a document is written in one way only."""
    signatures: list[Value] = [
        {"keyid": one.key_id, "sig": one.data.hex()}
        for one in sorted(document.signatures, key=lambda one: one.key_id)
    ]
    return write_canonical({"signatures": signatures, "signed": _signed_part(document)}) + b"\n"


def write_signed_part(document: Document) -> bytes:
    """Return the bytes that the signatures of a document cover."""
    return write_canonical(_signed_part(document))


def _signed_part(document: Document) -> dict[str, Value]:
    shared: dict[str, Value] = {
        "expires": document.expires,
        "spec_version": SPECIFICATION,
        "version": document.version,
    }
    if isinstance(document, Timestamp):
        listed: dict[str, Value] = {
            "hashes": {"sha256": document.sha256},
            "length": document.length,
            "version": document.version,
        }
        return {"_type": "timestamp", "meta": {"snapshot.json": listed}, **shared}
    keys = {make_key_id(key): _key(key) for key in document.keys}
    own: dict[str, Value] = {"keyids": sorted(keys), "threshold": document.threshold}
    nobody: dict[str, Value] = {"keyids": [], "threshold": 1}
    roles = {"root": own, "snapshot": nobody, "targets": nobody, "timestamp": own}
    return {"_type": "root", "consistent_snapshot": False, "keys": keys, "roles": roles, **shared}


# --------------------------------------------------------------------------- reading


def read_root(data: bytes, version: int) -> Root:
    """Return a root from its file; raises PublishError (code `release-roots`) for any other bytes.

    Only the exact form that `write_document` writes is accepted.
    """
    try:
        signed, signatures = _parsed(data)
        keys = sorted(_hex(one["keyval"]["public"], 64) for one in signed["keys"].values())
        root = Root(
            version=signed["version"],
            expires=_expiry(signed["expires"]),
            keys=tuple(keys),
            threshold=signed["roles"]["root"]["threshold"],
            signatures=signatures,
        )
        if write_document(root) != data or root.version != version:
            raise ValueError(version)
        if not 1 <= root.threshold <= len(set(keys)) == len(keys):
            raise ValueError(root.threshold)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(name_root(version), "release-roots") from error
    return root


def read_timestamp(data: bytes) -> Timestamp:
    """Return a timestamp from its file; raises PublishError (code `release-timestamp`).

    Only the exact form that `write_document` writes is accepted.
    """
    try:
        signed, signatures = _parsed(data)
        listed = signed["meta"]["snapshot.json"]
        found = Timestamp(
            version=signed["version"],
            expires=_expiry(signed["expires"]),
            length=listed["length"],
            sha256=_hex(listed["hashes"]["sha256"], 64).hex(),
            signatures=signatures,
        )
        if write_document(found) != data or found.version < 1:
            raise ValueError(found.version)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(TIMESTAMP, "release-timestamp") from error
    return found


def _parsed(data: bytes) -> tuple[dict[str, Any], tuple[Signature, ...]]:
    """Return the signed part of a document and its signatures, each by another key."""
    if len(data) > LARGEST:
        raise ValueError(len(data))
    content = json.loads(data)
    found = tuple(
        Signature(_hex(one["keyid"], 64).hex(), _hex(one["sig"], 128))
        for one in content["signatures"]
    )
    if len({one.key_id for one in found}) != len(found):
        raise ValueError(found)
    signed = content["signed"]
    if type(signed["version"]) is not int:
        raise TypeError(signed)
    return signed, found


def _hex(text: str, size: int) -> bytes:
    if not HEX[size].fullmatch(text):
        raise ValueError(text)
    return bytes.fromhex(text)


def _expiry(text: str) -> str:
    day = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).date()
    if write_expiry(day) != text:
        raise ValueError(text)
    return text


def _damaged(name: str, code: str) -> PublishError:
    return PublishError(
        f"{name} is damaged or was not written by publish",
        hint="do not use this copy or pass it on; get it again",
        code=code,
    )
