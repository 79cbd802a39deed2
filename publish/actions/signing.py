"""Sign what is there: a release that needs two signatures, the next root, or a statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish.errors import FindingsError, UsageError
from publish.files import write_atomic
from publish.release.assembling import PUBLIC
from publish.release.attesting import (
    ENDING,
    read_attestation,
    sign_attestation,
    write_attestation,
)
from publish.release.releasefolder import MANIFEST, exchange_folder
from publish.release.sums import SIGNATURE, SUMS
from publish.release.trust.changing import sign_last
from publish.release.trust.cosigning import cosign_files
from publish.release.trust.documents import (
    TIMESTAMP,
    Root,
    make_fingerprint,
    make_key_id,
    name_root,
)
from publish.release.trust.publisher import (
    UsedNumber,
    adopt_roots,
    find_roots_folder,
    list_missing,
    read_roots,
    record_number,
    save_roots,
)
from publish.release.verifying import verify_release
from publish.signatures.minisign import SecretKey

__all__ = ["sign_folder"]

WAITING = frozenset({"release-threshold", "release-signature"})
"""What is wrong with a release that only lacks signatures."""


def sign_folder(folder: Path, key: SecretKey, key_file: Path) -> Iterator[str]:
    """Sign a release, a folder of roots, or a statement on a release; yield what was done.

    The roots beside `key_file` become those that the other person sent.  Raises FindingsError (code
    `release-changed`) for a release with anything wrong but a signature that is missing, and the
    errors of `adopt_roots`.
    """
    own = find_roots_folder(key_file)
    if folder.is_file():
        yield _sign_statement(folder, key)
    elif (folder / SUMS).is_file():
        yield from _sign_release(folder, key, own)
    else:
        yield from _sign_roots(folder, key, own)


def _sign_statement(path: Path, key: SecretKey) -> str:
    """Write a statement signed with a key beside the one without a signature."""
    signed = sign_attestation(read_attestation(path.read_bytes()), key)
    stem = path.name.removesuffix(ENDING)
    target = path.with_name(f"{stem}.{make_key_id(key.data)[:16]}{ENDING}")
    write_atomic(target, write_attestation(signed))
    return f"{target}: signed; whoever has the release can put it in its folder"


def _sign_roots(folder: Path, key: SecretKey, own: Path) -> Iterator[str]:
    roots = read_roots(folder)
    if not roots:
        raise UsageError(
            f"{folder} is no release, and no folder of a publisher's keys",
            hint="name the folder that the other person sent: publish release sign DIR",
        )
    known = read_roots(own)
    signed = adopt_roots(own, sign_last(roots, key))
    save_roots(folder, signed)
    yield f"{folder / name_root(signed[-1].version)}: signed with the key {key.public.id}"
    if not known:
        yield _advise_comparing(signed[-1])
    if missing := list_missing(signed):
        yield f"still missing: {', '.join(missing)}"
    else:
        yield "it has all signatures that it needs: give it to all who hold a key"


def _advise_comparing(root: Root) -> str:
    return (
        "These keys were not known here. Before you send anything back, compare this fingerprint"
        f" with the others,\nin person or by telephone: {make_fingerprint(root)}"
    )


def _sign_release(folder: Path, key: SecretKey, own: Path) -> Iterator[str]:
    found = verify_release(folder, None)
    wrong = [one for one in found.errors if one.code not in WAITING]
    if wrong or found.trust is None or found.manifest is None:
        raise FindingsError(
            f"{folder} is not as it was released, or has no number",
            wrong,
            "sign nothing; have it made and sent again",
            code="release-changed",
        )
    root = found.trust.root
    _refuse_stranger(root, key)
    known = read_roots(own)
    adopt_roots(own, found.trust.roots)
    names = {*found.sums, SUMS, SIGNATURE, TIMESTAMP}
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name in names}
    signed = cosign_files(files, key, root, public=PUBLIC, manifest=MANIFEST)
    number = found.trust.timestamp.version
    record_number(own, UsedNumber(number, "", found.trust.timestamp.expires))
    stated = {path.name: path.read_bytes() for path in folder.glob(f"*{ENDING}")}
    exchange_folder(folder, signed | stated)
    yield f"{folder}: release {number} is signed with the key {key.public.id}"
    if not known:
        yield _advise_comparing(root)
    if verify_release(folder, None).errors:
        yield "send it back: the archives changed, so the other person signs once more"
    else:
        yield "it has all signatures that it needs"


def _refuse_stranger(root: Root, key: SecretKey) -> None:
    if key.data not in root.keys:
        raise UsageError(
            f"the key {key.public.id} is not one of the publisher's",
            hint="sign with another key: --key FILE; publish release key show lists them",
            code="release-key-withdrawn",
        )
