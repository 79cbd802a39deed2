"""Make the next root of a publisher: with a key more, a key less, or another key.

The next root has to be signed as the one before demands and as it demands itself.  So a key can be
withdrawn without it, as long as enough of the others sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from publish.errors import UsageError
from publish.release.trust.documents import Root
from publish.release.trust.publisher import end_of_root
from publish.release.trust.signing import sign_document
from publish.signatures.minisign import SecretKey

__all__ = ["add_key", "replace_key", "sign_last", "withdraw_key"]

MOST = 2
"""The most signatures that a root can demand."""


def add_key(root: Root, key: bytes, threshold: int | None, today: date) -> Root:
    """Return the next root, with one more key; raises UsageError if it has the key already."""
    wanted = threshold or root.threshold
    if key in root.keys and wanted == root.threshold:
        raise UsageError("this key is one of the publisher's already", code="key")
    return _next(root, {*root.keys, key}, wanted, today)


def withdraw_key(root: Root, key: bytes, threshold: int | None, today: date) -> Root:
    """Return the next root, without a key; raises UsageError for the last one.

    If fewer keys are left than had to sign, fewer have to sign from now on.
    """
    left = {one for one in root.keys if one != key}
    if not left:
        raise UsageError(
            "this is the only key: without it nobody could sign",
            hint="take another key in its place: publish release key rotate",
            code="key",
        )
    return _next(root, left, threshold or min(root.threshold, len(left)), today)


def replace_key(root: Root, old: bytes, new: bytes, today: date) -> Root:
    """Return the next root, with a key in the place of another."""
    return _next(root, {new if one == old else one for one in root.keys}, root.threshold, today)


def _next(root: Root, keys: Iterable[bytes], threshold: int, today: date) -> Root:
    ordered = tuple(sorted(keys))
    if not 1 <= threshold <= min(MOST, len(ordered)):
        raise UsageError(
            f"{threshold} signatures cannot be demanded of {len(ordered)} keys",
            hint="one or two can, if there are as many keys",
            code="key",
        )
    return replace(
        root,
        version=root.version + 1,
        expires=end_of_root(today),
        keys=ordered,
        threshold=threshold,
        signatures=(),
    )


def sign_last(roots: tuple[Root, ...], key: SecretKey) -> tuple[Root, ...]:
    """Return roots with the signature of a key in the last one.

    Raises UsageError if the key is neither one of the last nor of the one before it.
    """
    if not any(key.data in root.keys for root in roots[-2:]):
        raise UsageError(
            f"the key {key.public.id} is not one of the publisher's",
            hint="sign with another key: --key FILE; publish release key show lists them",
            code="key",
        )
    return (*roots[:-1], sign_document(roots[-1], key))
