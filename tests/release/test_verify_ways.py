"""The ways to verify that the pages name, files of operating systems, and what is not proved."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from releasecases import Released, contents, key_in, release

from publish.cli.main import main
from publish.containers.bundle import read_bundle, write_bundle
from publish.model import Level
from publish.release.outcome import describe_outcome
from publish.release.sums import SIGNATURE, SUMS, write_sums
from publish.release.verifying import verify_release
from publish.signatures.keyfiles import open_key, read_given_key
from publish.signatures.minisign import PublicKey, generate_key, sign, write_public_text

DRAFT = "alpha.ru.draft"


@pytest.fixture
def copy(released: Released, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released.folder, tmp_path / "copy"))


@pytest.fixture
def public(released: Released) -> PublicKey:
    return read_given_key(str(released.key.with_suffix(".pub")))


def errors(path: Path, key: PublicKey | None) -> list[str]:
    return [finding.code for finding in verify_release(path, key).errors]


# --------------------------------------------------------------------------- signed elsewhere


@pytest.fixture
def signed_later(released: Released, tmp_path: Path) -> Path:
    """A release without a signature, and its list signed as `minisign -Sm SHA256SUMS` does."""
    into = tmp_path / "unsigned"
    where = ["-C", str(released.workspace), "--into", str(into)]
    assert main(["release", "-q", "--unsigned", *where]) == 0
    key = open_key(released.key, "a passphrase for the tests")
    comment = "timestamp:1719230000\tfile:SHA256SUMS\thashed"
    (into / SIGNATURE).write_text(sign((into / SUMS).read_bytes(), key, comment), "utf-8")
    return into


def test_a_list_signed_elsewhere_vouches_for_archives_without_signature(
    signed_later: Path, released: Released, public: PublicKey
) -> None:
    assert errors(signed_later, public) == []
    public_file = str(released.key.with_suffix(".pub"))
    assert main(["verify", "-q", str(signed_later), "--key", public_file]) == 0
    archive = signed_later / f"{DRAFT}.zip"
    archive.write_bytes(archive.read_bytes()[:-1])
    assert "release-changed" in errors(signed_later, public)


def test_a_signature_without_a_key_proves_nothing(
    signed_later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(signed_later)]) == 5
    assert "there is no key to verify the signature with" in capsys.readouterr().err
    assert errors(signed_later, generate_key().public) == ["release-signature"]


def test_an_archive_alone_without_signature_is_not_proved(
    signed_later: Path, public: PublicKey
) -> None:
    archive = signed_later / f"{DRAFT}.zip"
    assert main(["verify", "-q", str(archive)]) == 5
    assert errors(archive, public) == ["release-signature"]


# --------------------------------------------------------------------------- unpacked


def unpacked(copy: Path, into: Path) -> Path:
    with zipfile.ZipFile(copy / f"{DRAFT}.zip") as archive:
        archive.extractall(into)
    return into / DRAFT


def test_an_archive_unpacked_into_a_folder_is_verified(
    copy: Path, public: PublicKey, tmp_path: Path
) -> None:
    folder = unpacked(copy, tmp_path / "here")
    for path in (folder, folder.parent):
        found = verify_release(path, public)
        assert (found.findings, found.key, found.manifest) == ((), public, None)
    renamed = folder.rename(tmp_path / "as I like")
    assert errors(renamed, public) == []


@pytest.mark.parametrize("name", sorted(["minisign.pub", "HOW-TO-VERIFY.html", SUMS, SIGNATURE]))
def test_every_file_of_an_unpacked_archive_counts(
    copy: Path, public: PublicKey, tmp_path: Path, name: str
) -> None:
    folder = unpacked(copy, tmp_path / "here")
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data + b"\n")
    assert errors(folder, public)
    (folder / name).unlink()
    assert errors(folder, public)
    (folder / name).write_bytes(data)
    (folder / "more.pdf").write_bytes(b"")
    assert errors(folder, public) == ["release-stray"]


def test_a_release_does_not_become_an_archive_by_losing_its_manifest(
    copy: Path, public: PublicKey
) -> None:
    (copy / "manifest.json").unlink()
    assert {"release-missing", "release-manifest"} <= set(errors(copy, public))


# --------------------------------------------------------------------------- renamed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (f"{DRAFT}.zip", []),
        (f"{DRAFT} (1).zip", []),
        (f"{DRAFT}(12).zip", []),
        ("alpha.tk.approved.zip", ["release-renamed"]),
        ("alpha.ru.approved.zip", ["release-renamed"]),
        ("alpha.ru.zip", ["release-renamed"]),
        ("beta.ru.draft.zip", ["release-renamed"]),
        (f"{DRAFT}.old.zip", ["release-renamed"]),
    ],
)
def test_a_renamed_archive_is_found(
    copy: Path, public: PublicKey, tmp_path: Path, name: str, code: list[str]
) -> None:
    path = Path(shutil.copy(copy / f"{DRAFT}.zip", tmp_path / name))
    assert errors(path, public) == code


def test_an_archive_whose_folder_was_renamed_too_is_found(
    copy: Path, public: PublicKey, tmp_path: Path
) -> None:
    """The signature does not cover the name of the folder, but those of the files in it."""
    path = tmp_path / "alpha.tk.approved.zip"
    _, files = read_bundle((copy / f"{DRAFT}.zip").read_bytes())
    path.write_bytes(write_bundle("alpha.tk.approved", files))
    (found,) = verify_release(path, public).errors
    assert found.code == "release-renamed"
    assert f"it holds {DRAFT}.epub" in found.message


def test_exchanged_archives_in_a_folder_are_found(copy: Path) -> None:
    """Even if everything else was made to fit, by somebody with a key of their own."""
    one, other = copy / f"{DRAFT}.zip", copy / "alpha.en.original.zip"
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    forger = generate_key()
    files = {name: data for name, data in contents(copy).items() if name not in (SUMS, SIGNATURE)}
    files["minisign.pub"] = write_public_text(forger.public).encode()
    (copy / "minisign.pub").write_bytes(files["minisign.pub"])
    (copy / SUMS).write_bytes(write_sums(files))
    (copy / SIGNATURE).write_text(sign(write_sums(files), forger), "utf-8")
    assert errors(copy, None).count("release-renamed") == 2


# --------------------------------------------------------------------------- operating systems


def macos(folder: Path) -> set[str]:
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "._SHA256SUMS").write_bytes(b"\0\5\x16\7")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX/._SHA256SUMS").write_bytes(b"\0\5\x16\7")
    return {".DS_Store", "._SHA256SUMS", "__MACOSX"}


def windows(folder: Path) -> set[str]:
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "Desktop.ini").write_bytes(b"[.ShellClassInfo]")
    return {"Thumbs.db", "Desktop.ini"}


@pytest.mark.parametrize("adds", [macos, windows])
def test_files_of_operating_systems_are_named_without_alarm(
    copy: Path,
    released: Released,
    public: PublicKey,
    adds: Callable[[Path], set[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for folder in (copy, unpacked(copy, tmp_path / "here")):
        added = adds(folder)
        found = verify_release(folder, public)
        assert {(one.code, one.level) for one in found.findings} == {
            ("release-system-file", Level.ADVICE)
        }
        assert {one.message.partition(" is not")[0] for one in found.findings} == added
        assert "CHANGED" not in describe_outcome(found, "x", named=True)
        assert main(["verify", str(folder), "--key", str(released.key.with_suffix(".pub"))]) == 0
        told = capsys.readouterr().out
        assert all(name in told for name in added)


def test_what_only_looks_like_a_file_of_a_system_is_strange(copy: Path, public: PublicKey) -> None:
    (copy / "._setup.exe").write_bytes(b"MZ")
    (copy / "desktop.ini.exe").write_bytes(b"MZ")
    (copy / ".DS_Store").symlink_to("/etc/passwd")
    assert errors(copy, public).count("release-stray") == 3


# --------------------------------------------------------------------------- the release before


@pytest.mark.full
def test_the_previous_release_is_signed_with_the_same_key(
    released: Released, copy: Path, signed_later: Path, tmp_path: Path
) -> None:
    other, _ = key_in(tmp_path / "other")
    root = released.workspace
    with pytest.raises(AssertionError, match="or not signed with the key"):
        release(root, other, tmp_path / "out", "--previous", str(copy))
    assert not (tmp_path / "out").exists()
    release(root, released.key, tmp_path / "one", "--previous", str(copy))
    release(root, released.key, tmp_path / "two", "--previous", str(signed_later))
    (signed_later / SIGNATURE).unlink()
    with pytest.raises(AssertionError, match="or not signed with the key"):
        release(root, released.key, tmp_path / "three", "--previous", str(signed_later))


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_minisign_itself_signs_a_release(
    signed_later: Path, released: Released, public: PublicKey
) -> None:
    (signed_later / SIGNATURE).unlink()
    command = ["minisign", "-S", "-s", str(released.key), "-m", str(signed_later / SUMS)]
    subprocess.run(command, input="a passphrase for the tests\n", text=True, check=True)
    assert errors(signed_later, public) == []
