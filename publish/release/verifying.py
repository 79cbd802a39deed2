"""Verify a release without its workspace: signature, checksums, manifest, bundles, stray files.

Every byte of a released folder is verified.  Each file is listed with its checksum; the list is
signed; and the signature can be written in one way only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.containers.bundle import read_bundle
from publish.errors import PublishError, UsageError
from publish.model import Finding, Level
from publish.release.assembling import GUIDE, PUBLIC
from publish.release.manifest import ListedFile, Manifest, read_manifest
from publish.release.minisign import (
    PublicKey,
    read_public_key,
    verify_signature,
    write_public_line,
)
from publish.release.releasefolder import MANIFEST
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, read_sums

__all__ = ["VerifiedRelease", "describe_outcome", "verify_release"]

AGAIN = "do not use this copy or pass it on; get it again, and tell the publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedRelease:
    """The result of verifying a release or one bundle.

    `key` is the one the signature was verified with, None if nothing is signed.  `files` is the
    number of files, `sums` their checksums as listed.  `manifest` is None if it is missing or
    damaged.
    """

    findings: tuple[Finding, ...]
    key: PublicKey | None
    files: int
    sums: Mapping[str, str]
    manifest: Manifest | None = None


def verify_release(path: Path, key: PublicKey | None) -> VerifiedRelease:
    """Verify a release folder, or a bundle on its own, with a public key.

    Without a key the one in the folder is used, which shows damage but not forgery.  Raises
    UsageError if there is no such folder or file.
    """
    if path.is_file():
        return _verify_bundle(path, key)
    if not path.is_dir():
        raise UsageError(f"there is no file or folder {path}", hint="usage: publish verify DIR")
    files, strange = _files(path)
    found = [*strange, *_summed(files, path)]
    own, signed = _signed(files, key)
    found += signed
    manifest, listed = _manifest(files)
    found += listed
    for name in sorted(files):
        if name.endswith(".zip"):
            found += _bundled(name, files, own)
    return VerifiedRelease(
        findings=tuple(found), key=own, files=len(files), sums=_sums(files), manifest=manifest
    )


def _verify_bundle(path: Path, key: PublicKey | None) -> VerifiedRelease:
    try:
        files = read_bundle(path.read_bytes())
    except PublishError as error:
        wrong = report_release_fault(error.listed_code, f"{path.name}: {error.message}", error.hint)
        return VerifiedRelease(findings=(wrong,), key=key, files=1, sums={})
    own, signed = _signed(files, key)
    return VerifiedRelease(
        findings=(*_summed(files, path), *signed), key=own, files=len(files), sums=_sums(files)
    )


def _files(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the plain files of a folder, and findings for everything else in it."""
    files: dict[str, bytes] = {}
    strange = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink():
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
        yield report_release_fault(error.listed_code, error.message, error.hint)
        return
    for name, wanted in sums.items():
        if name not in files:
            yield report_release_fault(
                "release-missing", f"{name} is missing", "get the release again"
            )
        elif compute_sha256(files[name]) != wanted:
            message = f"{name} is not the file that was released: it was changed or damaged"
            yield report_release_fault("release-changed", message)
    for name in sorted(files.keys() - sums.keys() - {SUMS, SIGNATURE}):
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
    """Return the key the signature was verified with, and what is wrong with the signature."""
    if SIGNATURE not in files:
        wanted = key is not None or PUBLIC in files
        message = "these files are not signed, or the signature was removed"
        return None, [report_release_fault("release-signature", message)] if wanted else []
    try:
        own = key or read_public_key(files.get(PUBLIC, b"").decode("ascii"))
        verify_signature(files.get(SUMS, b""), files[SIGNATURE].decode("utf-8"), own)
    except PublishError as error:
        return key, [report_release_fault("release-signature", error.message, error.hint)]
    except UnicodeDecodeError:
        message = "the signature or the key beside it is damaged"
        return key, [report_release_fault("release-signature", message)]
    return own, []


# --------------------------------------------------------------------------- manifest


def _manifest(files: Mapping[str, bytes]) -> tuple[Manifest | None, list[Finding]]:
    """Return the manifest, and findings where it differs from the files."""
    try:
        manifest = read_manifest(files.get(MANIFEST, b""))
    except PublishError as error:
        return None, [report_release_fault(error.listed_code, error.message, error.hint)]
    named = {one.name for one in manifest.files}
    there = files.keys() - {MANIFEST, SUMS, SIGNATURE}
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


def _bundled(name: str, files: Mapping[str, bytes], key: PublicKey | None) -> Iterator[Finding]:
    """Yield what is wrong inside a bundle; its editions must be those in the folder."""
    try:
        inside = read_bundle(files[name])
    except PublishError as error:
        yield report_release_fault(error.listed_code, f"{name}: {error.message}", error.hint)
        return
    for one in (*_summed(inside, Path(name)), *_signed(inside, key)[1]):
        yield report_release_fault(one.code, f"{name}: {one.message}", one.hint)
    own = {SUMS, SIGNATURE, PUBLIC, GUIDE}
    for member in sorted(inside.keys() - own):
        if inside[member] != files.get(member):
            yield report_release_fault(
                "release-bundle", f"{name}: {member} differs from the one in the folder"
            )


def _stray(name: str) -> Finding:
    message = f"{name} is not part of the release: somebody added it"
    return report_release_fault(
        "release-stray", message, "do not open it; delete it, or get the release again"
    )


def report_release_fault(code: str, message: str, hint: str = AGAIN) -> Finding:
    """Return an error about a release; the hint is to get it again if none is given."""
    return Finding(code=code, level=Level.ERROR, message=message, hint=hint)


def describe_outcome(found: VerifiedRelease, name: str, *, named: bool) -> str:
    """Return in words what was verified of a release and what was not.

    `name` is what it is called; `named` says that the key was given, not found beside the files.
    """
    if found.findings:
        return f"{name}: CHANGED since its release. Do not use or pass on this copy."
    whole = f"{name}: all {found.files} files are as they were released"
    if found.key is None:
        said = "They are not signed: they are undamaged, but anyone can have made them."
    elif named:
        said = f"They are signed with the key you named, {found.key.id}: its owner released them."
    else:
        said = (
            f"They are signed with the key {found.key.id}, which lies beside them. Whoever forges"
            " files can\nalso put another key there. Compare it with the publisher's key from a"
            f" source you trust:\n{write_public_line(found.key)}"
        )
    return f"{whole}\n{said}"
