"""Add the signature of another key to a release that needs two.

The archives in a release have their own signatures, so one more changes their bytes.  Their sizes
stay, because a place for it was kept.  What names their checksums is brought up to date: pages,
manifest, and the list.  So whoever signed the list before signs it once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from publish.containers.bundle import read_bundle, write_bundle
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, write_sums
from publish.release.trust.documents import (
    PENDING,
    TIMESTAMP,
    Root,
    Timestamp,
    read_timestamp,
    write_document,
)
from publish.release.trust.signing import prepare_timestamp, sign_document
from publish.signatures.minisign import SecretKey, sign, write_public_text

__all__ = ["cosign_files"]

NAMING = (".html", ".xml")
"""The ends of the files that can name checksums of archives."""


def cosign_files(
    files: Mapping[str, bytes], key: SecretKey, root: Root, *, public: str, manifest: str
) -> dict[str, bytes]:
    """Return the files of a release with the signature of a key.

    `public` names the file of the key that signs the list with minisign, `manifest` the list of
    all files.  Law: no edition and no size changes; signing twice with a key is signing once.
    """
    found = {
        name: _cosign_archive(data, key) if name.endswith(".zip") else data
        for name, data in files.items()
        if name not in {SUMS, SIGNATURE, TIMESTAMP}
    }
    for ends in (NAMING, (manifest,)):  # pages name archives, and the manifest names both
        changed = _list_changed(files, found)
        found |= {
            name: _rename_digests(data, changed)
            for name, data in found.items()
            if name.endswith(ends)
        }
    sums = write_sums(found)
    stamp = _read_stamp(files)
    if sums != files[SUMS]:
        fresh = replace(stamp, sha256=compute_sha256(sums), length=len(sums))
        stamp = prepare_timestamp(fresh, root, [key])
    found |= {SUMS: sums, TIMESTAMP: write_document(_complete(stamp, key))}
    if files[public] == write_public_text(key.public).encode():
        found[SIGNATURE] = sign(sums, key).encode()
    elif sums == files[SUMS] and SIGNATURE in files:
        found[SIGNATURE] = files[SIGNATURE]
    return found


def _cosign_archive(data: bytes, key: SecretKey) -> bytes:
    stem, inside = read_bundle(data)
    return write_bundle(
        stem, {**inside, TIMESTAMP: write_document(_complete(_read_stamp(inside), key))}
    )


def _read_stamp(files: Mapping[str, bytes]) -> Timestamp:
    return read_timestamp(files[TIMESTAMP])


def _complete(stamp: Timestamp, key: SecretKey) -> Timestamp:
    """Return a timestamp with the signature of a key, if one is still to be made."""
    return sign_document(stamp, key) if PENDING in stamp.signatures else stamp


def _list_changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[bytes, bytes]:
    """Return the new checksums by the old ones, of the files that changed."""
    return {
        compute_sha256(before[name]).encode(): compute_sha256(data).encode()
        for name, data in after.items()
        if data != before[name]
    }


def _rename_digests(data: bytes, changed: Mapping[bytes, bytes]) -> bytes:
    for old, new in changed.items():
        data = data.replace(old, new)
    return data
