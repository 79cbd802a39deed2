"""Verify a release without its workspace: signature, checksums, manifest, bundles, stray files.

Every byte of a released folder is verified.  Each file is listed with its checksum; the list is
signed; and the signature can be written in one way only.  A folder without a manifest in its list
is one archive, unpacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.containers.bundle import read_bundle
from publish.errors import PublishError, UsageError
from publish.model import Finding, Level
from publish.release.assembling import GUIDE, PUBLIC
from publish.release.attesting import Attestation, is_attestation_file, verify_attestations
from publish.release.faults import report_refusal, report_release_fault
from publish.release.manifest import ListedFile, Manifest, read_manifest
from publish.release.releasefolder import MANIFEST
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, read_sums
from publish.release.trust.documents import TIMESTAMP
from publish.release.trust.files import Trust, is_root_file, is_trust_file, read_trust
from publish.signatures.minisign import (
    PublicKey,
    read_public_key,
    verify_signature,
)

__all__ = ["VerifiedRelease", "verify_release"]

SYSTEM_FILE = re.compile(
    r"\.ds_store|\.localized|\.spotlight-v100|\.trashes|\.fseventsd|__macosx"
    r"|(eh)?thumbs\.db|desktop\.ini|\.directory",
    re.IGNORECASE,
)
"""The names of files that macOS, Windows and file managers write to folders on their own."""

COPIED = re.compile(r" ?\(\d+\)")
"""What browsers put after the name of a second copy of a file: ` (1)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedRelease:
    """The result of verifying a release or one bundle.

    `findings` below the level of an error are about files that an operating system added.  `key`
    is the one the signature was verified with; None if nothing is signed, or if no key is there to
    verify it with.  `files` is the number of files, `sums` their checksums as listed.  `manifest`
    is None if it is missing or damaged, and for a bundle.  `signed` says that a signature is there.
    `trust` are the documents that say which release is the newest; None if there are none.
    `attestations` are the statements of others that they built it again.
    """

    findings: tuple[Finding, ...]
    key: PublicKey | None
    files: int
    sums: Mapping[str, str]
    manifest: Manifest | None = None
    signed: bool = False
    trust: Trust | None = None
    attestations: tuple[Attestation, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that show damage or a change."""
        return tuple(one for one in self.findings if one.level is Level.ERROR)

    def exit_code(self, *, named: bool) -> int:
        """Return 1 for a change, 0 if the key that was given proves who made the files, else 5."""
        if self.errors:
            return 1
        return 0 if named and self.key else 5


def verify_release(path: Path, key: PublicKey | None) -> VerifiedRelease:
    """Verify a release folder, or a bundle on its own, packed or unpacked, with a public key.

    Without a key the one in the folder is used, which shows damage but not forgery.  It does not
    look at the time, or at what this user has seen before.  Raises UsageError if there is no such
    folder or file.
    """
    if path.is_file():
        return _verify_bundle(path, key)
    if not path.is_dir():
        raise UsageError(f"there is no file or folder {path}", hint="usage: publish verify DIR")
    files, strange = _files(_unpacked(path))
    stated = {name: files.pop(name) for name in sorted(filter(is_attestation_file, files))}
    found = [*strange, *_summed(files, path)]
    own, signed = _signed(files, key)
    found += signed
    trust, distrusted = _trusted(files)
    found += distrusted
    manifest = None
    if not _is_unpacked_bundle(files):
        manifest, listed = _manifest(files)
        found += listed
    for name in sorted(files):
        if name.endswith(".zip"):
            found += _bundled(name, files, own, trust)
    attestations, wrong = verify_attestations(stated, manifest)
    found += wrong
    return VerifiedRelease(
        findings=tuple(found),
        key=own,
        files=len(files),
        sums=_sums(files),
        manifest=manifest,
        signed=SIGNATURE in files,
        trust=trust,
        attestations=attestations,
    )


def _verify_bundle(path: Path, key: PublicKey | None) -> VerifiedRelease:
    try:
        stem, files = read_bundle(path.read_bytes())
    except PublishError as error:
        wrong = report_refusal(error, path.name)
        return VerifiedRelease(findings=(wrong,), key=None, files=1, sums={})
    own, signed = _signed(files, key)
    trust, distrusted = _trusted(files)
    found = (*_summed(files, path), *signed, *distrusted, *_misnamed(path.name, stem, files))
    return VerifiedRelease(
        findings=found,
        key=own,
        files=len(files),
        sums=_sums(files),
        signed=SIGNATURE in files,
        trust=trust,
    )


def _unpacked(path: Path) -> Path:
    """Return the folder of an archive in a folder that holds nothing else, or the folder itself.

    Many programs unpack an archive, which has one folder inside, to a folder of its own.
    """
    inside = [one for one in path.iterdir() if not _is_system_file(one)]
    if len(inside) == 1 and not inside[0].is_symlink() and (inside[0] / GUIDE).is_file():
        return inside[0]
    return path


def _is_system_file(path: Path) -> bool:
    """Return whether an operating system adds files of this name; `._NAME` goes with a NAME."""
    name = path.name
    known = SYSTEM_FILE.fullmatch(name) or (
        name.startswith("._") and path.with_name(name[2:] or name).is_file()
    )
    return bool(known) and not path.is_symlink()


def _is_unpacked_bundle(files: Mapping[str, bytes]) -> bool:
    """Return whether the signed list is that of an archive: it has a guide and no manifest."""
    sums = _sums(files)
    return GUIDE in sums and MANIFEST not in sums and MANIFEST not in files


def _files(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the plain files of a folder, and findings for everything else in it."""
    files: dict[str, bytes] = {}
    strange = []
    for path in sorted(folder.iterdir()):
        if _is_system_file(path):
            strange.append(_left_by_system(path.name))
        elif path.is_file() and not path.is_symlink():
            files[path.name] = path.read_bytes()
        else:
            strange.append(_stray(path.name))
    return files, strange


# --------------------------------------------------------------------------- checksums


def _summed(files: Mapping[str, bytes], path: Path) -> Iterator[Finding]:
    """Yield a finding for each file that is changed, missing or not listed."""
    if SUMS not in files:
        message = f"{path} has no list of checksums ({SUMS})"
        yield report_release_fault(
            "release-sums", message, "give the folder of a release; this may be a part of one"
        )
        return
    try:
        sums = read_sums(files[SUMS])
    except PublishError as error:
        yield report_refusal(error)
        return
    for name, wanted in sums.items():
        if name not in files:
            yield report_release_fault(
                "release-missing", f"{name} is missing", "get the release again"
            )
        elif compute_sha256(files[name]) != wanted:
            message = f"{name} is not the file that was released: it was changed or damaged"
            yield report_release_fault("release-changed", message)
    dated = {TIMESTAMP} if any(map(is_root_file, sums)) else set()
    for name in sorted(files.keys() - sums.keys() - {SUMS, SIGNATURE} - dated):
        yield _stray(name)


def _sums(files: Mapping[str, bytes]) -> dict[str, str]:
    try:
        return read_sums(files.get(SUMS, b""))
    except PublishError:
        return {}


# --------------------------------------------------------------------------- signature


def _signed(
    files: Mapping[str, bytes], key: PublicKey | None
) -> tuple[PublicKey | None, list[Finding]]:
    """Return the key the signature was verified with, and what is wrong with the signature.

    A signature without a key, given or beside it, is neither right nor wrong.
    """
    if SIGNATURE not in files:
        wanted = key is not None or PUBLIC in files
        message = "these files are not signed, or the signature was removed"
        return None, [report_release_fault("release-signature", message)] if wanted else []
    if key is None and PUBLIC not in files and PUBLIC not in _sums(files):
        return None, []
    try:
        own = key or read_public_key(files.get(PUBLIC, b"").decode("ascii"))
        verify_signature(files.get(SUMS, b""), files[SIGNATURE].decode("utf-8"), own)
    except PublishError as error:
        return None, [report_release_fault("release-signature", error.message, error.hint)]
    except UnicodeDecodeError:
        message = "the signature or the key beside it is damaged"
        return None, [report_release_fault("release-signature", message)]
    return own, []


def _trusted(files: Mapping[str, bytes]) -> tuple[Trust | None, list[Finding]]:
    """Return what says which release is the newest, and what is wrong with it."""
    try:
        trust = read_trust(files)
    except PublishError as error:
        return None, [report_refusal(error)]
    if trust is None or not trust.missing:
        return trust, []
    message = f"of {trust.root.threshold} signatures that this release needs, one is missing"
    hint = "it is not released yet: the other person runs publish release sign DIR"
    return trust, [report_release_fault("release-threshold", message, hint)]


# --------------------------------------------------------------------------- manifest


def _manifest(files: Mapping[str, bytes]) -> tuple[Manifest | None, list[Finding]]:
    """Return the manifest, and findings where it differs from the files."""
    try:
        manifest = read_manifest(files.get(MANIFEST, b""))
    except PublishError as error:
        return None, [report_refusal(error)]
    named = {one.name for one in manifest.files}
    there = files.keys() - {MANIFEST, SUMS, SIGNATURE, TIMESTAMP}
    found = [
        report_release_fault(
            "release-manifest", f"{name} is either missing from manifest.json or from the folder"
        )
        for name in sorted(named ^ there)
    ]
    found += [
        report_release_fault(
            "release-manifest", f"{one.name} does not match its entry in manifest.json"
        )
        for one in manifest.files
        if one.name in files and not _as_listed(one, files[one.name])
    ]
    return manifest, found


def _as_listed(one: ListedFile, data: bytes) -> bool:
    page = "" if one.page == "a4" else f".{one.page}"
    name = f"{one.document}.{one.language}.{one.state}{page}.{one.format}"
    named = one.kind != "edition" or one.name == name
    return named and (one.size, one.sha256) == (len(data), compute_sha256(data))


# --------------------------------------------------------------------------- bundles


def _bundled(
    name: str, files: Mapping[str, bytes], key: PublicKey | None, trust: Trust | None
) -> Iterator[Finding]:
    """Yield what is wrong inside a bundle; its editions must be those in the folder.

    A bundle need not be signed itself: the list of the folder vouches for it.
    """
    try:
        stem, inside = read_bundle(files[name])
    except PublishError as error:
        yield report_refusal(error, name)
        return
    signed = _signed(inside, key)[1] if {SIGNATURE, PUBLIC} & inside.keys() else []
    own, distrusted = _trusted(inside)
    for one in (*_summed(inside, Path(name)), *signed, *distrusted):
        yield report_release_fault(one.code, f"{name}: {one.message}", one.hint)
    if not distrusted and trust and not _belongs(own, trust):
        yield report_release_fault("release-bundle", f"{name} is of another release")
    yield from _misnamed(name, stem, inside)
    for member in _editions(inside):
        if inside[member] != files.get(member):
            yield report_release_fault(
                "release-bundle", f"{name}: {member} differs from the one in the folder"
            )


def _editions(inside: Mapping[str, bytes]) -> list[str]:
    """Return the names of the editions in a bundle: of all but what vouches for them."""
    others = inside.keys() - {SUMS, SIGNATURE, PUBLIC, GUIDE}
    return sorted(name for name in others if not is_trust_file(name))


def _belongs(own: Trust | None, trust: Trust) -> bool:
    """Return whether a bundle says the same number, time and keys as the release around it."""
    if own is None:
        return False
    one, other = own.timestamp, trust.timestamp
    return own.roots == trust.roots and (one.version, one.expires) == (other.version, other.expires)


def _misnamed(name: str, stem: str, inside: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield a finding for an archive whose name says another text, language or state than it has.

    The signature covers the names of the editions inside, so they say what the archive is.
    """
    others = [one for one in _editions(inside) if not one.startswith(f"{stem}.")]
    own = name.removesuffix(".zip")
    copied = own.startswith(stem) and COPIED.fullmatch(own.removeprefix(stem))
    if others or not (own == stem or copied):
        holds = others[0] if others else f"the files of {stem}"
        yield report_release_fault(
            "release-renamed", f"{name} was renamed: it holds {holds}", "do not go by its name"
        )


def _left_by_system(name: str) -> Finding:
    return Finding(
        code="release-system-file",
        level=Level.ADVICE,
        message=f"{name} is not part of the release: operating systems add files of this name",
        hint="leave it or delete it, but do not open it or pass it on",
    )


def _stray(name: str) -> Finding:
    message = f"{name} is not part of the release: somebody added it"
    return report_release_fault(
        "release-stray", message, "do not open it; delete it, or get the release again"
    )
