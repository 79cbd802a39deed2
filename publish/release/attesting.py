"""Statements of others that they built a release again and got the same bytes.

A statement is a file `NAME.attestation.json`: an in-toto Statement (version 1) in a DSSE envelope,
signed with Ed25519.  It names editions by their digests, so it holds for every release that has
these editions, and a release can carry several.  It tells nothing about who signed but the key.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from publish.errors import PublishError
from publish.model import Finding
from publish.release.faults import report_refusal
from publish.release.manifest import Manifest
from publish.release.trust.canonical import Value, write_canonical
from publish.release.trust.documents import make_key_id
from publish.signatures.minisign import SecretKey, sign_bytes, verify_bytes

__all__ = [
    "ENDING",
    "Attestation",
    "describe_attestations",
    "is_attestation_file",
    "read_attestation",
    "sign_attestation",
    "verify_attestations",
    "write_attestation",
]

ENDING = ".attestation.json"
PAYLOAD = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:publish-toolkit:built-again:v1"
HEX = {size: re.compile(f"[0-9a-f]{{{size}}}") for size in (40, 64)}
LARGEST = 1 << 20
"""The most bytes that a statement may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A statement that editions were built again: their digests, and what they were built from.

    `commit` is empty if the inputs were not those of a commit.  Without a `signature` it is a
    draft; then `key` is empty, too.
    """

    editions: Mapping[str, str]
    commit: str
    packages: Mapping[str, str]
    key: bytes = b""
    signature: bytes = b""


def is_attestation_file(name: str) -> bool:
    """Return whether a file has the name of a statement."""
    return name.endswith(ENDING) and name != ENDING


def sign_attestation(attestation: Attestation, key: SecretKey) -> Attestation:
    """Return a statement signed with a key, in place of any other."""
    named = replace(attestation, key=key.data)
    return replace(named, signature=sign_bytes(_signed_bytes(_payload(named)), key))


# --------------------------------------------------------------------------- files


def write_attestation(attestation: Attestation) -> bytes:
    """Return the bytes of a statement's file.  Law: a statement is written in one way only."""
    signatures: list[Value] = []
    if attestation.signature:
        written = base64.b64encode(attestation.signature).decode("ascii")
        signatures.append({"keyid": make_key_id(attestation.key), "sig": written})
    envelope: dict[str, Value] = {
        "payload": base64.b64encode(_payload(attestation)).decode("ascii"),
        "payloadType": PAYLOAD,
        "signatures": signatures,
    }
    return write_canonical(envelope) + b"\n"


def _payload(attestation: Attestation) -> bytes:
    subjects: list[Value] = [
        {"digest": {"sha256": attestation.editions[name]}, "name": name}
        for name in sorted(attestation.editions)
    ]
    predicate: dict[str, Value] = {"packages": dict(attestation.packages)}
    if attestation.commit:
        predicate["commit"] = attestation.commit
    if attestation.key:
        predicate["key"] = attestation.key.hex()
    return write_canonical(
        {
            "_type": STATEMENT,
            "predicate": predicate,
            "predicateType": PREDICATE,
            "subject": subjects,
        }
    )


def _signed_bytes(payload: bytes) -> bytes:
    """Return what a signature covers (DSSE: pre-authentication encoding)."""
    return b"DSSEv1 %d %b %d %b" % (len(PAYLOAD), PAYLOAD.encode(), len(payload), payload)


def read_attestation(data: bytes) -> Attestation:
    """Return the statement in a file, signed or not.

    Raises PublishError (code `release-attestation`) for any bytes that `write_attestation` would
    not write, and for a signature that does not hold.
    """
    try:
        found = _parsed(data)
        if len(data) > LARGEST or write_attestation(found) != data:
            raise ValueError(len(data))
        if bool(found.key) != bool(found.signature):
            raise ValueError(found.key)
        if found.key and not verify_bytes(
            found.signature, _signed_bytes(_payload(found)), found.key
        ):
            raise ValueError(found.signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PublishError(
            "the statement is damaged, or its signature does not hold",
            hint="delete it, or get it again from whoever built the release",
            code="release-attestation",
        ) from error
    return found


def _parsed(data: bytes) -> Attestation:
    envelope = json.loads(data)
    statement: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"], validate=True))
    predicate = statement["predicate"]
    editions = {one["name"]: _hex(one["digest"]["sha256"], 64) for one in statement["subject"]}
    packages = {str(name): str(text) for name, text in predicate["packages"].items()}
    commit = _hex(predicate["commit"], 40) if "commit" in predicate else ""
    key = bytes.fromhex(_hex(predicate["key"], 64)) if "key" in predicate else b""
    signed = [base64.b64decode(one["sig"], validate=True) for one in envelope["signatures"]]
    if not editions or len(signed) > 1:
        raise ValueError(len(signed))
    return Attestation(
        editions=editions,
        commit=commit,
        packages=packages,
        key=key,
        signature=signed[0] if signed else b"",
    )


def _hex(text: str, size: int) -> str:
    if not HEX[size].fullmatch(text):
        raise ValueError(text)
    return text


# --------------------------------------------------------------------------- in a release


def verify_attestations(
    files: Mapping[str, bytes], manifest: Manifest | None
) -> tuple[tuple[Attestation, ...], list[Finding]]:
    """Return the statements among the files of a release, and what is wrong with others."""
    good: list[Attestation] = []
    wrong = []
    for name in sorted(filter(is_attestation_file, files)):
        try:
            good.append(_verified(files[name], manifest))
        except PublishError as error:
            wrong.append(report_refusal(error, name))
    return tuple(good), wrong


def _verified(data: bytes, manifest: Manifest | None) -> Attestation:
    found = read_attestation(data)
    listed = {one.name: one.sha256 for one in manifest.editions} if manifest else {}
    if not found.signature:
        why = "nobody has signed this statement"
    elif any(listed.get(name) != digest for name, digest in found.editions.items()):
        why = "this statement is about other editions than these"
    else:
        return found
    raise PublishError(why, hint="delete it: it belongs elsewhere", code="release-attestation")


def describe_attestations(
    attestations: Iterable[Attestation], manifest: Manifest | None
) -> Iterator[str]:
    """Yield in words who built a release again."""
    editions = len(manifest.editions) if manifest else 0
    for one in attestations:
        made = f" from commit {one.commit[:12]}" if one.commit else ""
        yield (
            f"Built again{made} by the holder of the key {make_key_id(one.key)[:16]}: the same"
            f" bytes, {len(one.editions)} of {editions} editions. Ask whose key that is."
        )
