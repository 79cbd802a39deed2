"""A release looked at by a stranger: signature, checksums, manifest, bundles, stray files.

Every byte of a released folder is looked at: a file of it is listed with its checksum, or it is
the list, whose bytes are signed, or the signature, which can be written in one way only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.containers.bundle import read_bundle
from publish.errors import PublishError, UsageError
from publish.model import Finding, Level
from publish.release.assembling import GUIDE, PUBLIC
from publish.release.manifest import Listed, Manifest, read_manifest
from publish.release.minisign import PublicKey, public_key, verify
from publish.release.placing import MANIFEST
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, read_sums

__all__ = ["Verified", "verify_release"]

AGAIN = "do not use or pass on this copy; get it again, and tell the publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found of a release, or of one bundle.

    `key` is the one that the signature was held against, None where nothing is signed; `files`
    the number of files looked at; `sums` their checksums as listed.  `manifest` is None where
    there is none that can be read.
    """

    findings: tuple[Finding, ...]
    key: PublicKey | None
    files: int
    sums: Mapping[str, str]
    manifest: Manifest | None = None


def verify_release(path: Path, key: PublicKey | None) -> Verified:
    """What is wrong with a folder, or with a bundle on its own, held against a public key.

    Without a key the one that lies beside the files serves, which tells damage but no forgery.
    """
    if path.is_file():
        return _verify_bundle(path, key)
    if not path.is_dir():
        raise UsageError(f"there is no folder {path}", hint="publish verify DIR")
    files, strange = _files(path)
    found = [*strange, *_summed(files, path)]
    own, signed = _signed(files, key)
    found += signed
    manifest, listed = _manifest(files)
    found += listed
    for name in sorted(files):
        if name.endswith(".zip"):
            found += _bundled(name, files, own)
    return Verified(
        findings=tuple(found), key=own, files=len(files), sums=_sums(files), manifest=manifest
    )


def _verify_bundle(path: Path, key: PublicKey | None) -> Verified:
    try:
        files = read_bundle(path.read_bytes())
    except PublishError as error:
        wrong = report_release_fault(error.listed_code, f"{path.name}: {error.message}", error.hint)
        return Verified(findings=(wrong,), key=key, files=1, sums={})
    own, signed = _signed(files, key)
    return Verified(
        findings=(*_summed(files, path), *signed), key=own, files=len(files), sums=_sums(files)
    )


def _files(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """The plain files of a folder; what is none is told."""
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
    """Files that are not as the list of checksums has them, missing or not listed."""
    if SUMS not in files:
        message = f"{path} has no list of checksums ({SUMS})"
        yield report_release_fault(
            "release-sums", message, "name the folder of a release; or it is incomplete"
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
            message = f"{name} is not the file that was released: it was changed, or damaged"
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
    """The key that the signature was held against, and what is wrong with it."""
    if SIGNATURE not in files:
        wanted = key is not None or PUBLIC in files
        message = "nobody has signed these files, or the signature was taken away"
        return None, [report_release_fault("release-signature", message)] if wanted else []
    try:
        own = key or public_key(files.get(PUBLIC, b"").decode("ascii"))
        verify(files.get(SUMS, b""), files[SIGNATURE].decode("utf-8"), own)
    except PublishError as error:
        return key, [report_release_fault("release-signature", error.message, error.hint)]
    except UnicodeDecodeError:
        message = "the signature or the key beside it is damaged"
        return key, [report_release_fault("release-signature", message)]
    return own, []


# --------------------------------------------------------------------------- manifest


def _manifest(files: Mapping[str, bytes]) -> tuple[Manifest | None, list[Finding]]:
    """The manifest, and where it tells something else than the files."""
    try:
        manifest = read_manifest(files.get(MANIFEST, b""))
    except PublishError as error:
        return None, [report_release_fault(error.listed_code, error.message, error.hint)]
    told = {one.name for one in manifest.files}
    there = files.keys() - {MANIFEST, SUMS, SIGNATURE}
    found = [
        report_release_fault(
            "release-manifest", f"{name} is in the folder or in manifest.json, not in both"
        )
        for name in sorted(told ^ there)
    ]
    found += [
        report_release_fault("release-manifest", f"{one.name} is not what manifest.json says of it")
        for one in manifest.files
        if one.name in files and not _as_listed(one, files[one.name])
    ]
    return manifest, found


def _as_listed(one: Listed, data: bytes) -> bool:
    page = "" if one.page == "a4" else f".{one.page}"
    name = f"{one.document}.{one.language}.{one.state}{page}.{one.format}"
    named = one.kind != "edition" or one.name == name
    return named and (one.size, one.sha256) == (len(data), compute_sha256(data))


# --------------------------------------------------------------------------- bundles


def _bundled(name: str, files: Mapping[str, bytes], key: PublicKey | None) -> Iterator[Finding]:
    """What is wrong inside a bundle; its editions must be those beside it."""
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
                "release-bundle", f"{name}: {member} is another than the one beside it"
            )


def _stray(name: str) -> Finding:
    message = f"{name} is no part of the release: somebody put it there"
    return report_release_fault(
        "release-stray", message, "do not open it; take it out, or get the release again"
    )


def report_release_fault(code: str, message: str, hint: str = AGAIN) -> Finding:
    return Finding(code=code, level=Level.ERROR, message=message, hint=hint)
