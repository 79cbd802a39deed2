"""Give a release its number, and look at the release before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from publish.errors import FindingsError, PublishError, UsageError
from publish.project.locking import hold_folder
from publish.release.assembling import PUBLIC, Numbering, ReleasePlan, assemble_files
from publish.release.gathering import ReleasedVersion
from publish.release.manifest import Manifest
from publish.release.sums import SUMS, compute_sha256, read_sums
from publish.release.trust.documents import Root, name_root, write_expiry
from publish.release.trust.files import Trust, write_chain
from publish.release.trust.publisher import (
    adopt_roots,
    choose_number,
    end_of_term,
    list_missing,
    make_first_root,
    read_roots,
    record_number,
    save_roots,
)
from publish.release.verifying import verify_release
from publish.signatures.minisign import PublicKey, SecretKey, read_public_key

__all__ = ["NO_PREVIOUS", "PreviousRelease", "find_today", "number_release", "open_roots"]
__all__ += ["read_previous"]


@dataclass(frozen=True, slots=True)
class PreviousRelease:
    """The manifest of the previous release, the digest of its checksums, and its documents."""

    manifest: Manifest | None = None
    sums: str = ""
    trust: Trust | None = None


NO_PREVIOUS = PreviousRelease()


def find_today() -> date:
    """Return the day in UTC, as the clock of this machine has it."""
    return datetime.now(UTC).date()


def read_previous(
    path: Path | None, folder: Path, key: SecretKey | None = None, roots: Path | None = None
) -> PreviousRelease:
    """Return what the next release takes from the previous one, the folder `path`.

    Raises FindingsError (code `release-changed`) if it was changed since, or is not signed with
    the key that signs this one or an earlier key of the same roots; and UsageError if it is the
    folder to be written.
    """
    if path is None:
        return NO_PREVIOUS
    if path.resolve() == folder.resolve():
        raise UsageError(
            "the previous release would be overwritten", hint="name another folder with --into"
        )
    found = verify_release(path, _key_of(path, key, roots) if key else None)
    if found.errors or found.manifest is None:
        by = f", or not signed with the key {key.public.id}" if key else ""
        raise FindingsError(
            f"{path} is not as it was released{by}",
            found.errors,
            "name your own previous release, or release without --previous",
            code="release-changed",
        )
    sums = compute_sha256((path / SUMS).read_bytes())
    return PreviousRelease(found.manifest, sums, found.trust)


def _key_of(path: Path, key: SecretKey, roots: Path | None) -> PublicKey:
    """Return the key beside a release if it was ever one of the publisher's, else the own one."""
    try:
        beside = read_public_key((path / PUBLIC).read_text("ascii"))
    except (OSError, ValueError, PublishError):
        return key.public
    known = {one for root in read_roots(roots) for one in root.keys} if roots else set()
    return beside if beside.data in known else key.public


def open_roots(
    folder: Path, key: SecretKey, today: date, before: Trust | None = None
) -> tuple[Root, ...]:
    """Return the roots that a key signs for: its own, newer ones of `before`, or new ones.

    Raises UsageError if the key is none of theirs, or the last one still lacks a signature or has
    expired.
    """
    sent = before.roots if before else ()
    roots = max(read_roots(folder), sent, key=len) or (make_first_root(key, today),)
    name = folder / name_root(roots[-1].version)
    if missing := list_missing(roots):
        raise UsageError(
            f"{name} still lacks signatures: {', '.join(missing)}",
            hint=f"whoever has another key runs publish release sign {folder}",
            code="release-threshold",
        )
    if key.data not in roots[-1].keys:
        raise UsageError(
            f"the key {key.public.id} was withdrawn, or is not yet one of the publisher's",
            hint="sign with another key: --key FILE; publish release key show lists them",
            code="release-key-withdrawn",
        )
    if roots[-1].expires <= write_expiry(today):
        raise UsageError(
            f"{name} has expired, so readers no longer trust its keys",
            hint="make a new list of keys: publish release key rotate",
            code="release-expired",
        )
    return roots


def number_release(
    versions: tuple[ReleasedVersion, ...],
    plan: ReleasePlan,
    folder: Path,
    before: Trust | None,
    today: date | None,
) -> ReleasePlan:
    """Return the plan of a signed release with its number, which is written down as used."""
    if plan.key is None:
        return plan
    today = today or find_today()
    roots = open_roots(folder, plan.key, today, before)
    expires = end_of_term(today)
    content = read_sums(assemble_files(versions, plan)[SUMS])
    content |= {name: compute_sha256(data) for name, data in write_chain(roots).items()}
    save_roots(folder, adopt_roots(folder, roots))
    with hold_folder(folder):  # Another workspace may release with the same key.
        number = choose_number(folder, content, expires, before)
        record_number(folder, number)
    return replace(plan, numbering=Numbering(number.number, expires, roots))
