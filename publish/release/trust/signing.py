"""Sign the documents of TUF, count their signatures, and follow a chain of roots.

A document is signed by the keys that releases are signed with.  What minisign signs is a digest of
64 bytes, or a signature with a comment; what is signed here is JSON.  So no signature of the one
kind can be taken for one of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from publish.errors import PublishError
from publish.release.trust.documents import (
    PENDING,
    Root,
    Signature,
    Timestamp,
    make_key_id,
    name_root,
    write_signed_part,
)
from publish.signatures.minisign import SecretKey, sign_bytes, verify_bytes

__all__ = [
    "count_missing",
    "find_signers",
    "prepare_timestamp",
    "sign_document",
    "verify_chain",
    "verify_signatures",
]

Signable = TypeVar("Signable", Root, Timestamp)


def sign_document(document: Signable, key: SecretKey) -> Signable:
    """Return a document with the signature of a key, in place of one that is pending."""
    own = Signature(make_key_id(key.data), sign_bytes(write_signed_part(document), key))
    if own in document.signatures:
        return document
    gone = {own.key_id, PENDING.key_id}
    others: list[Signature] = [one for one in document.signatures if one.key_id not in gone]
    return replace(document, signatures=tuple(sorted((*others, own), key=lambda one: one.key_id)))


def prepare_timestamp(timestamp: Timestamp, root: Root, keys: Iterable[SecretKey]) -> Timestamp:
    """Return a timestamp signed by these keys, with a place for the signature that is missing.

    The place is as long as a signature, so no size changes when it is filled.
    """
    bare = replace(timestamp, signatures=())
    for key in keys:
        bare = sign_document(bare, key)
    pending = (PENDING,) if len(bare.signatures) < root.threshold else ()
    return replace(bare, signatures=(*pending, *bare.signatures))


def find_signers(document: Root | Timestamp, keys: Iterable[bytes]) -> frozenset[bytes]:
    """Return those of the keys that have signed a document."""
    message = write_signed_part(document)
    given = {one.key_id: one.data for one in document.signatures}
    named = {make_key_id(key): key for key in keys}
    return frozenset(
        key
        for key_id, key in named.items()
        if key_id in given and verify_bytes(given[key_id], message, key)
    )


def count_missing(document: Root | Timestamp, root: Root) -> int:
    """Return how many signatures a document lacks of those that a root demands."""
    return max(root.threshold - len(find_signers(document, root.keys)), 0)


def verify_signatures(timestamp: Timestamp, roots: Sequence[Root]) -> None:
    """Raise PublishError unless all signatures are by keys of the last root.

    The code is `release-key-withdrawn` for a key that an earlier root had, else
    `release-timestamp`.  Signatures that are still pending are no signatures.
    """
    made = [one for one in timestamp.signatures if one != PENDING]
    if len(find_signers(timestamp, roots[-1].keys)) == len(made):
        return
    ever = {key for root in roots for key in root.keys}
    if len(find_signers(timestamp, ever)) == len(made):
        raise PublishError(
            "timestamp.json is signed with a key that the publisher has withdrawn",
            hint="do not use this copy or pass it on; ask the publisher",
            code="release-key-withdrawn",
        )
    raise PublishError(
        "timestamp.json was changed, or signed with a key that is not the publisher's",
        hint="do not use this copy or pass it on; get it again",
        code="release-timestamp",
    )


def verify_chain(roots: Sequence[Root]) -> None:
    """Raise PublishError (code `release-roots`) unless each root follows from the one before.

    Law: they are numbered from 1, and each has the signatures that it demands itself, those that
    the one before demands, and no others.
    """
    for number, root in enumerate(roots, 1):
        before = roots[number - 2] if number > 1 else root
        signers = find_signers(root, {*root.keys, *before.keys})
        whole = not count_missing(root, root) and not count_missing(root, before)
        if root.version != number or not whole or len(signers) != len(root.signatures):
            raise PublishError(
                f"{name_root(number)} is not signed as the keys before it demand",
                hint="do not use this copy or pass it on; get it again",
                code="release-roots",
            )
