"""A release is what its publisher made, or `publish verify` says so."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from examples import first
from releasecases import contents, environment, key_in, release, series, translate

from publish.cli.main import main
from publish.release.attesting import read_attestation
from publish.release.sums import SIGNATURE, SUMS, write_sums
from publish.release.verifying import verify_release
from publish.signatures.keyfiles import read_given_key
from publish.signatures.minisign import (
    PublicKey,
    generate_key,
    sign,
    write_public_line,
    write_public_text,
)

BITS = 5
"""How many bits of each file are tried, one at a time."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, PublicKey]:
    """A workspace, a signed release of it, and the public key."""
    root = tmp_path_factory.mktemp("made")
    key, public = key_in(root)
    series(root / "work", "alpha")
    release(root / "work", key, root / "out")
    return root / "work", root / "out", public


@pytest.fixture
def copy(made: tuple[Path, Path, PublicKey], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[1], tmp_path / "copy"))


@pytest.fixture
def public(made: tuple[Path, Path, PublicKey]) -> PublicKey:
    return made[2]


def codes(folder: Path, key: PublicKey | None) -> list[str]:
    return [finding.code for finding in verify_release(folder, key).findings]


def test_what_nobody_touched_is_good(copy: Path, public: PublicKey) -> None:
    found = verify_release(copy, public)
    assert found.findings == ()
    assert found.key == public
    assert found.files == len(contents(copy))


@pytest.mark.parametrize("with_key", first([True, False], 1))
def test_no_bit_of_any_file_can_change(copy: Path, public: PublicKey, with_key: bool) -> None:
    """Law: one flipped bit is found, in every file, with the key at hand or not."""
    chance = random.Random(20240624)
    for name, data in contents(copy).items():
        for at in sorted(
            {0, len(data) * 8 - 1, *(chance.randrange(len(data) * 8) for _ in range(BITS))}
        ):
            flipped = bytearray(data)
            flipped[at // 8] ^= 1 << at % 8
            (copy / name).write_bytes(bytes(flipped))
            assert codes(copy, public if with_key else None), f"bit {at} of {name}"
        (copy / name).write_bytes(data)
    assert codes(copy, public) == []


@pytest.mark.full
def test_200_flipped_bits_are_found_and_the_file_is_named(
    copy: Path, public: PublicKey, capsys: pytest.CaptureFixture[str]
) -> None:
    """A seeded table: places all over the files, archives, signature, list and manifest too.

    Where list, signature and key do not belong together, nobody can tell which one changed.
    """
    chance = random.Random(16)
    whole = contents(copy)
    for number in range(200):
        name = sorted(whole)[number % len(whole)]
        at = chance.randrange(len(whole[name]) * 8)
        flipped = bytearray(whole[name])
        flipped[at // 8] ^= 1 << at % 8
        (copy / name).write_bytes(bytes(flipped))
        capsys.readouterr()
        assert main(["verify", str(copy), "--key", write_public_line(public)]) == 1, (name, at)
        said = capsys.readouterr().out
        vouching = name in (SUMS, SIGNATURE, "minisign.pub") and "the signature" in said
        assert name in said or vouching, (name, at, said)
        (copy / name).write_bytes(whole[name])
    assert codes(copy, public) == []
    assert len(whole) >= 20
    assert {SUMS, SIGNATURE, "manifest.json", "minisign.pub"} <= whole.keys()
    assert any(name.endswith(".zip") for name in whole)


@pytest.mark.full
@pytest.mark.parametrize("name", first([SUMS, SIGNATURE, "minisign.pub"], 1))
def test_no_bit_of_list_signature_and_key_can_change(
    copy: Path, public: PublicKey, name: str
) -> None:
    """The files that vouch for the others, bit by bit."""
    files = {one: copy / one for one in (SUMS, SIGNATURE, "minisign.pub")}
    small = copy.with_name("small")
    small.mkdir()
    for one, path in files.items():
        shutil.copy(path, small / one)
    before = set(codes(small, public))
    data = (small / name).read_bytes()
    for at in range(min(len(data) * 8, 4000)):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        (small / name).write_bytes(bytes(flipped))
        more = set(codes(small, public)) - before
        assert more & {"release-signature", "release-changed", "release-sums", "signature"}, at


def removed(folder: Path) -> None:
    (folder / "alpha.ru.draft.pdf").unlink()


def added(folder: Path) -> None:
    (folder / "READ-ME.exe").write_bytes(b"")


def folder_added(folder: Path) -> None:
    (folder / "more").mkdir()


def linked(folder: Path) -> None:
    path = folder / "alpha.ru.draft.pdf"
    path.rename(folder.with_name("elsewhere.pdf"))
    path.symlink_to(folder.with_name("elsewhere.pdf"))


def exchanged(folder: Path) -> None:
    one, other = folder / "alpha.ru.draft.pdf", folder / "alpha.en.original.pdf"
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def unsigned(folder: Path) -> None:
    (folder / SIGNATURE).unlink()


def no_list(folder: Path) -> None:
    (folder / SUMS).unlink()


@pytest.mark.parametrize(
    ("damage", "code", "told"),
    [
        (removed, "release-missing", "alpha.ru.draft.pdf is missing"),
        (added, "release-stray", "READ-ME.exe is not part of the release"),
        (folder_added, "release-stray", "more is not part of the release"),
        (linked, "release-stray", "alpha.ru.draft.pdf is not part of the release"),
        (exchanged, "release-changed", "alpha.en.original.pdf is not the file that was released"),
        (unsigned, "release-signature", "the signature was removed"),
        (no_list, "release-sums", "has no list of checksums"),
    ],
)
def test_damage_is_told_in_plain_words(
    copy: Path,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], None],
    code: str,
    told: str,
) -> None:
    damage(copy)
    assert main(["verify", str(copy)]) == 1
    said = capsys.readouterr()
    assert f"error[{code}]: " in said.out
    assert told in said.out
    assert "CHANGED since its release. Do not use or pass on this copy." in said.err


def test_a_forger_with_a_key_of_their_own_is_found_by_the_publishers_key(
    copy: Path, public: PublicKey
) -> None:
    """Everything is signed anew, the key beside the files exchanged: only another key tells."""
    forger = generate_key()
    (copy / "alpha.ru.draft.pdf").write_bytes(b"%PDF-1.7 forged")
    (copy / "minisign.pub").write_text(write_public_text(forger.public), "utf-8")
    files = {name: data for name, data in contents(copy).items() if name not in (SUMS, SIGNATURE)}
    sums = write_sums(files)
    (copy / SUMS).write_bytes(sums)
    (copy / SIGNATURE).write_text(sign(sums, forger), "utf-8")
    assert "release-signature" in codes(copy, public)
    told = [one.message for one in verify_release(copy, forger.public).findings]
    assert not [one for one in told if "signature" in one and ".zip" not in one]
    assert {"release-manifest", "release-bundle"} <= set(codes(copy, forger.public))


def test_a_bundle_is_verified_on_its_own(copy: Path, public: PublicKey, tmp_path: Path) -> None:
    bundle = tmp_path / "alpha.ru.draft.zip"
    data = (copy / "alpha.ru.draft.zip").read_bytes()
    bundle.write_bytes(data)
    assert codes(bundle, public) == []
    assert codes(bundle, generate_key().public) == ["release-signature"]
    chance = random.Random(1)
    for _ in range(40):
        at = chance.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        bundle.write_bytes(bytes(flipped))
        assert codes(bundle, public), at


def test_the_words_of_a_good_release(
    copy: Path, public: PublicKey, capsys: pytest.CaptureFixture[str]
) -> None:
    count = len(contents(copy))
    assert main(["verify", str(copy), "--key", write_public_line(public)]) == 0
    assert capsys.readouterr().err == (
        f"{copy}: all {count} files are as they were released\n"
        f"They are signed with the key {public.id}, by the publisher you named: from now on this"
        " one is known here.\nThis is release 1; it counts as the newest until"
        f" {told_day(copy)}.\n"
    )
    assert main(["verify", str(copy), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_the_words_of_a_release_whose_publisher_nobody_knows(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(copy)]) == 5
    told = capsys.readouterr()
    assert "which lies beside them" in told.err
    assert "Not proved: who made them." in told.err
    assert "warning[publisher-unknown]: You meet this publisher for the first time" in told.out
    assert main(["verify", str(copy), "--json"]) == 5
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["code"] == "publisher-unknown"


def told_day(folder: Path) -> str:
    """The day until which a release counts as the newest, as its documents say it."""
    signed = json.loads((folder / "timestamp.json").read_bytes())["signed"]
    return f"{date.fromisoformat(signed['expires'][:10]):%B %-d, %Y}"


@pytest.mark.parametrize("word", ["RW", "nothing", "RWQ" + "A" * 60])
def test_a_key_that_is_none_is_a_slip_of_the_command(
    copy: Path, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(copy), "--key", word]) == 2
    assert "error[key]" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["nowhere/release.pub", "nowhere.pub"])
def test_a_file_of_a_key_that_is_not_there_is_told(
    copy: Path, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(copy), "--key", word]) == 2
    assert f"there is no file {word}\n" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "nowhere"]) == 2
    assert "there is no file or folder nowhere" in capsys.readouterr().err


def test_an_unsigned_release_says_that_anyone_can_have_made_it(
    made: tuple[Path, Path, PublicKey], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "out"
    command = ["release", "-C", str(made[0]), "--unsigned", "--into", str(into)]
    assert main(command) == 0
    assert "not signed" in capsys.readouterr().err
    assert main(["verify", str(into)]) == 5
    assert "anyone can have made them" in capsys.readouterr().err
    assert main(["verify", str(into), "--key", write_public_line(made[2])]) == 1


# --------------------------------------------------------------------------- made again


def test_the_same_sources_make_the_same_editions_and_others_do_not(
    made: tuple[Path, Path, PublicKey],
    copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = Path(shutil.copytree(made[0], tmp_path / "work"))
    command = ["verify", str(copy), "--rebuild", "-C", str(work)]
    assert main(command) == 5
    capsys.readouterr()
    command += ["--key", write_public_line(made[2])]
    assert main(command) == 0
    answers = [line.partition("  ")[0] for line in capsys.readouterr().err.splitlines()]
    assert answers.count("same") == 4
    statement = copy.with_name("copy.attestation.json")
    assert read_attestation(statement.read_bytes()).editions.keys() == {
        name for name in contents(copy) if name.endswith((".pdf", ".epub"))
    }
    statement.unlink()
    translate(work, "alpha", {"Nobody was asked.": "Никто не был опрошен."})
    assert main(command) == 1
    told = capsys.readouterr().err
    assert "differs         alpha.ru.draft.pdf: source or catalogs differ" in told
    assert "same            alpha.en.original.pdf" in told
    assert not statement.exists()


def test_what_the_workspace_does_not_have_cannot_be_made_again(
    made: tuple[Path, Path, PublicKey],
    copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = Path(shutil.copytree(made[0], tmp_path / "work"))
    (work / "source/alpha.md").rename(work / "source/gamma.md")
    capsys.readouterr()
    assert main(["verify", str(copy), "--rebuild", "-C", str(work)]) == 1
    lines = capsys.readouterr().err.splitlines()
    for tag, state in (("en", "original"), ("ru", "draft")):
        for kind in ("pdf", "epub"):
            why = "this workspace has no such document or language"
            assert f"differs         alpha.{tag}.{state}.{kind}: {why}" in lines
    text = (work / "publish.toml").read_text("utf-8")
    (work / "publish.toml").write_text(text.replace('["en", "ru"]', '["en"]'), "utf-8")
    (work / "source/gamma.md").rename(work / "source/alpha.md")
    assert main(["verify", str(copy), "--rebuild", "-C", str(work)]) == 1
    told = capsys.readouterr().err
    assert "same            alpha.en.original.pdf" in told
    assert f"differs         alpha.ru.draft.pdf: {why}" in told


def test_other_versions_of_the_tools_prove_nothing(
    made: tuple[Path, Path, PublicKey],
    copy: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from publish.actions import release as actions

    work = Path(shutil.copytree(made[0], tmp_path / "work"))
    translate(work, "alpha", {"Nobody was asked.": "Никто не был опрошен."})
    monkeypatch.setattr(actions, "list_toolchain", lambda workspace: {"pango": "0"})
    assert main(["verify", str(copy), "--rebuild", "-C", str(work)]) == 1
    told = capsys.readouterr().err
    assert "cannot compare  alpha.ru.draft.pdf: other versions of " in told
    assert "same            alpha.en.original.pdf" in told


# --------------------------------------------------------------------------- the same bytes

FAR = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7", "USER": "another"}


@pytest.mark.full
def test_two_clones_make_the_same_release(
    made: tuple[Path, Path, PublicKey], tmp_path: Path
) -> None:
    """Law: folder, time zone, locale, hash seed and number of processes leave no trace."""
    work, folder, _ = made
    clone = tmp_path / "another place" / "clone"
    shutil.copytree(work, clone, ignore=shutil.ignore_patterns("build"))
    key = folder.parent / "keys/release.key"
    release(clone, key, tmp_path / "out", "--workers", "1", **FAR)
    assert contents(tmp_path / "out") == contents(folder)


@pytest.mark.full
def test_two_clones_of_the_report_make_the_same_release(workspace: Path, tmp_path: Path) -> None:
    key, public = key_in(tmp_path)
    clone = Path(shutil.copytree(workspace, tmp_path / "b c" / "clone"))
    turkish = {"TZ": "Asia/Ashgabat", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1", "COLUMNS": "40"}
    release(workspace, key, tmp_path / "one", "--workers", "2", **turkish)
    release(clone, key, tmp_path / "two", "--workers", "1", **FAR)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert codes(tmp_path / "two", public) == []


@pytest.mark.full
def test_a_killed_release_leaves_the_old_one_or_the_new_one(
    made: tuple[Path, Path, PublicKey], tmp_path: Path
) -> None:
    """Law (atomic), by killing it at many moments."""
    import signal
    import subprocess
    import time

    work = Path(shutil.copytree(made[0], tmp_path / "work"))
    key = made[1].parent / "keys/release.key"
    into = Path(shutil.copytree(made[1], tmp_path / "out"))
    before = contents(into)
    translate(work, "alpha", {"Nobody was asked.": "Никто не был опрошен."})
    command = [sys.executable, "-m", "publish", "release", "-q", "-C", str(work)]
    command += ["--key", str(key), "--into", str(into)]
    start = time.monotonic()
    subprocess.run([*command[:-1], str(tmp_path / "whole")], env=environment(), check=True)
    whole, after = time.monotonic() - start, contents(tmp_path / "whole")
    for attempt in range(20):
        with subprocess.Popen(command, env=environment(), start_new_session=True) as process:
            time.sleep(whole * (attempt + 1) / 20)
            os.killpg(process.pid, signal.SIGKILL)
        assert contents(into) in (before, after)


def test_a_key_can_be_named_by_its_file(made: tuple[Path, Path, PublicKey]) -> None:
    assert read_given_key(str(made[1] / "minisign.pub")) == made[2]
