"""Keys of a publisher: one more, one less, another; two that must sign; and a sheet to print."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from releasecases import PASSPHRASE, WEAK, Released, contents
from trustcases import client

from publish.cli.main import main
from publish.errors import PublishError
from publish.release.manifest import read_manifest
from publish.release.trust.documents import (
    PENDING,
    TIMESTAMP,
    read_timestamp,
    write_document,
)
from publish.release.trust.publisher import find_roots_folder, list_missing, read_roots
from publish.release.verifying import verify_release
from publish.signatures.keyfiles import make_key, open_key, read_public_word
from publish.signatures.minisign import read_public_key


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISH_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("publish.signatures.keyfiles.STRENGTH", WEAK)
    monkeypatch.setattr("publish.actions.keys.make_key", _make_weak_key)


def _make_weak_key(path: Path, passphrase: str) -> object:
    return make_key(path, passphrase, WEAK)


def key_of(folder: Path) -> Path:
    """The secret key of somebody who has a machine of their own."""
    path = folder / "release.key"
    assert main(["release", "key", "new", "--key", str(path)]) == 0
    return path


def word_of(key: Path) -> str:
    return read_public_word(key)


def change(key: Path, *words: str) -> int:
    return main(["release", "key", *words, "--key", str(key)])


def sign(key: Path, folder: Path) -> int:
    return main(["release", "sign", str(folder), "--key", str(key)])


def sent(key: Path, to: Path) -> Path:
    """The roots beside a key, on the way to another machine."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(find_roots_folder(key), to))


def roots_of(key: Path) -> tuple[int, int, int, list[str]]:
    """Number, keys and threshold of the last root beside a key, and what it lacks."""
    roots = read_roots(find_roots_folder(key))
    return len(roots), len(roots[-1].keys), roots[-1].threshold, list_missing(roots)


@pytest.fixture
def director(tmp_path: Path) -> Path:
    return key_of(tmp_path / "director")


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    return key_of(tmp_path / "editor")


def agree(director: Path, editor: Path, mail: Path) -> None:
    """From now on both must sign: the director adds the editor, who signs and sends it back."""
    assert change(director, "add", word_of(editor), "--needed", "2") == 0
    assert roots_of(director)[3] == ["1 of its own keys"]
    assert sign(editor, sent(director, mail)) == 0
    assert sign(director, mail) == 0
    assert roots_of(director) == roots_of(editor) == (2, 2, 2, [])


def test_a_second_key_can_sign_alone_if_one_is_needed(director: Path, editor: Path) -> None:
    assert change(director, "add", word_of(editor)) == 0
    assert roots_of(director) == (2, 2, 1, [])
    assert change(director, "add", word_of(editor)) == 2


def test_a_taken_key_is_withdrawn_without_it(director: Path, editor: Path, tmp_path: Path) -> None:
    """The director's laptop is gone: the editor has the roots of the last change."""
    assert change(director, "add", word_of(editor)) == 0
    assert sign(editor, sent(director, tmp_path / "mail")) == 0
    taken = word_of(director)
    shutil.rmtree(director.parent)
    assert change(editor, "withdraw", taken) == 0
    assert roots_of(editor) == (3, 1, 1, [])
    assert change(editor, "withdraw", word_of(editor)) == 2


def test_of_three_keys_two_withdraw_the_third(director: Path, editor: Path, tmp_path: Path) -> None:
    paper, mail = key_of(tmp_path / "paper"), tmp_path / "mail"
    agree(director, editor, mail)
    assert change(director, "add", word_of(paper)) == 0
    assert sign(editor, sent(director, mail)) == 0
    assert sign(paper, mail) == 0
    assert roots_of(editor) == (3, 3, 2, [])
    taken = word_of(director)
    shutil.rmtree(director.parent)
    assert change(editor, "withdraw", taken) == 0
    assert roots_of(editor)[3] == ["1 of the keys before it", "1 of its own keys"]
    assert change(editor, "withdraw", word_of(paper)) == 2
    assert sign(paper, find_roots_folder(editor)) == 0
    assert roots_of(editor) == (4, 2, 2, [])


def test_two_of_two_cannot_withdraw_one_another(
    director: Path, editor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agree(director, editor, tmp_path / "mail")
    capsys.readouterr()
    assert change(director, "withdraw", word_of(editor)) == 0
    assert "still missing: 1 of the keys before it" in capsys.readouterr().err
    assert roots_of(director)[3] == ["1 of the keys before it"]


def test_a_key_is_put_in_the_place_of_another(
    director: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = word_of(director)
    old = open_key(director, PASSPHRASE).public
    assert change(director, "rotate") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == word_of(director) != before
    assert roots_of(director) == (2, 1, 1, [])
    kept = director.with_name(f"release-{old.id}.key")
    assert open_key(kept, PASSPHRASE).public == old
    assert read_public_word(kept) == before
    roots = read_roots(find_roots_folder(director))
    assert roots[-1].keys == (open_key(director, PASSPHRASE).public.data,)
    assert change(kept, "rotate") == 0  # its own folder of roots: another publisher's


def test_roots_of_a_stranger_are_not_taken(
    director: Path, editor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody sends the editor roots that do not go on from those that the editor has."""
    agree(director, editor, tmp_path / "mail")
    stranger = key_of(tmp_path / "stranger")
    assert change(stranger, "add", word_of(editor)) == 0
    before = contents(find_roots_folder(editor))
    assert sign(editor, sent(stranger, tmp_path / "other")) == 1
    assert "error[release-forked]" in capsys.readouterr().err
    assert contents(find_roots_folder(editor)) == before
    assert sign(stranger, sent(director, tmp_path / "third")) == 2
    assert sign(editor, tmp_path) == 2


def test_the_keys_are_shown_without_a_passphrase(
    director: Path,
    editor: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert change(director, "show") == 2
    assert change(director, "add", word_of(editor)) == 0
    monkeypatch.delenv("PUBLISH_PASSPHRASE")
    capsys.readouterr()
    assert change(director, "show") == 0
    told = capsys.readouterr().err
    known = read_public_key(word_of(director))
    assert told.count(f"  (this one; minisign says {known.id})\n") == 1
    assert "each can sign alone; list number 2 holds until " in told
    assert re.search(r"fingerprint for partners: [0-9a-f]{64}\n", told)
    shown = [line.partition(" ")[0] for line in told.splitlines()[:2]]
    assert {len(one) for one in shown} == {16}


@pytest.mark.parametrize(
    "words",
    [
        ["add"],
        ["add", "RWQ"],
        ["add", "0" * 64],
        ["withdraw", "0123456789abcdef"],
        ["show", "it"],
        ["burn"],
    ],
)
def test_what_cannot_be_done_with_keys_is_told(
    director: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert change(director, *words) == 2
    assert "error" in capsys.readouterr().err
    assert not find_roots_folder(director).exists()


def test_the_sheet_recovers_the_key(director: Path, tmp_path: Path) -> None:
    """What stands on the sheet, written down again by hand, opens with the passphrase."""
    assert change(director, "sheet") == 0
    page: Any = etree.fromstring(director.with_suffix(".recovery.html").read_bytes())
    names = {"x": "http://www.w3.org/1999/xhtml"}
    blocks = page.xpath("//x:dl", namespaces=names)
    codes = page.xpath("//x:p/x:code/text()", namespaces=names)
    assert codes[0] == word_of(director)
    lines = blocks[0].xpath(".//x:dd/x:code/text()", namespaces=names)
    written = tmp_path / "again.key"
    written.write_text(f"{codes[1]}\n{''.join(lines)}\n", "ascii")
    written.chmod(0o600)
    assert open_key(written, PASSPHRASE) == open_key(director, PASSPHRASE)
    assert director.with_suffix(".recovery.html").stat().st_mode & 0o077 == 0
    assert "fingerprint" not in "".join(page.itertext()), "there is no list of keys yet"


# --------------------------------------------------------------------------- two signatures


def test_a_release_that_two_must_sign(
    released: Released,
    director: Path,
    editor: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The director releases, the editor signs on another machine, the director once more."""
    agree(director, editor, tmp_path / "mail")
    work = Path(shutil.copytree(released.workspace, tmp_path / "work"))
    folder = tmp_path / "out"
    command = ["release", "-C", str(work), "--key", str(director), "--into", str(folder)]
    assert main(command) == 0
    assert "one more signature is needed" in capsys.readouterr().err
    first = contents(folder)
    assert PENDING in read_timestamp(first[TIMESTAMP]).signatures
    assert main(["verify", str(folder), "--key", word_of(director)]) == 1
    told = capsys.readouterr()
    assert "error[release-threshold]" in told.out
    assert "NOT SIGNED by all who must sign" in told.err
    assert sign(editor, folder) == 0
    assert "send it back" in capsys.readouterr().err
    assert main(["verify", str(folder), "--key", word_of(director)]) == 1
    assert sign(director, folder) == 0
    assert "it has all signatures that it needs" in capsys.readouterr().err
    last = contents(folder)
    assert main(["verify", str(folder), "--key", word_of(director)]) == 0
    assert main(["verify", str(folder)]) == 0
    assert main(["verify", str(folder), "--key", word_of(editor)]) == 0
    assert {name: len(data) for name, data in first.items()} == {
        name: len(data) for name, data in last.items()
    }
    editions = [one.name for one in read_manifest(last["manifest.json"]).editions]
    assert all(first[name] == last[name] for name in editions)
    for path in folder.glob("*.zip"):
        assert verify_release(path, None).errors == ()
        assert main(["verify", str(path), "-q"]) == 0
    assert sign(editor, folder) == 0
    assert contents(folder) == last
    with client(folder, tmp_path / "memory", last["1.root.json"], None) as judge:
        judge.refresh()
        judge.verify(last["SHA256SUMS"])
    if shutil.which("minisign"):
        whole = ["minisign", "-Vm", "SHA256SUMS", "-P", word_of(director)]
        subprocess.run(whole, cwd=folder, check=True, capture_output=True)
        with zipfile.ZipFile(folder / "alpha.ru.draft.zip") as archive:
            archive.extractall(tmp_path)
        subprocess.run(whole, cwd=tmp_path / "alpha.ru.draft", check=True, capture_output=True)


def test_nothing_is_signed_that_was_changed_or_that_is_a_strangers(
    released: Released, director: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copytree(released.folder, tmp_path / "copy"))
    assert sign(director, copy) == 2
    assert "is not one of the publisher's" in capsys.readouterr().err
    (copy / "alpha.ru.draft.pdf").write_bytes(b"%PDF-1.7 another")
    assert sign(released.key, copy) == 1
    assert "error[release-changed]" in capsys.readouterr().err
    assert contents(copy)["SHA256SUMS"] == released.files["SHA256SUMS"]


@pytest.mark.full
def test_releases_have_numbers_that_grow_and_the_same_files_the_same_number(
    released: Released, director: Path, tmp_path: Path
) -> None:
    work = Path(shutil.copytree(released.workspace, tmp_path / "work"))
    command = ["release", "-q", "-C", str(work), "--key", str(director), "-l", "en", "--into"]
    assert main([*command, str(tmp_path / "one")]) == 0
    assert main([*command, str(tmp_path / "two"), "--document", "alpha"]) == 0
    assert main([*command, str(tmp_path / "three")]) == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "three")
    assert main([*command, str(tmp_path / "four"), "--previous", str(tmp_path / "two")]) == 0
    numbers = [
        read_timestamp((tmp_path / name / TIMESTAMP).read_bytes()).version
        for name in ("one", "two", "four")
    ]
    assert numbers == [1, 2, 3]
    shutil.rmtree(find_roots_folder(director))
    assert main([*command, str(tmp_path / "five"), "--previous", str(tmp_path / "four")]) == 0
    assert read_timestamp((tmp_path / "five" / TIMESTAMP).read_bytes()).version == 4
    root = (tmp_path / "one/1.root.json").read_bytes()
    assert (tmp_path / "five/1.root.json").read_bytes() == root


@pytest.mark.full
def test_a_release_by_a_new_key_goes_on_from_one_by_the_old_key(
    released: Released, director: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = Path(shutil.copytree(released.workspace, tmp_path / "work"))
    old = word_of(director)
    command = ["release", "-q", "-C", str(work), "--key", str(director), "-l", "en", "--into"]
    assert main([*command, str(tmp_path / "one")]) == 0
    assert main(["verify", "-q", str(tmp_path / "one"), "--key", old]) == 0
    assert change(director, "rotate") == 0
    assert main([*command, str(tmp_path / "two"), "--previous", str(tmp_path / "one")]) == 0
    assert main(["verify", "-q", str(tmp_path / "two")]) == 0
    assert main(["verify", "-q", str(tmp_path / "two"), "--key", old]) == 5
    assert "warning[release-key-withdrawn]" in capsys.readouterr().out
    assert main(["verify", "-q", str(tmp_path / "one")]) == 1
    kept = next(director.parent.glob("release-*.key"))
    find_roots_folder(director).rename(find_roots_folder(kept))
    assert main([*command[:5], str(kept), "-l", "en", "--into", str(tmp_path / "three")]) == 2
    assert "error[release-key-withdrawn]" in capsys.readouterr().err


def test_roots_that_nobody_signed_are_not_gone_on_from(director: Path, editor: Path) -> None:
    """Well formed, and in the middle of the chain: somebody put a key of theirs there."""
    assert change(director, "add", word_of(editor)) == 0
    assert change(director, "withdraw", word_of(editor)) == 0
    path = find_roots_folder(director) / "2.root.json"
    forged = replace(read_roots(path.parent)[1], signatures=())
    path.write_bytes(write_document(forged))
    with pytest.raises(PublishError, match=r"2\.root\.json is not signed"):
        read_roots(path.parent)
    assert change(director, "rotate") == 1


def test_damaged_roots_are_not_gone_on_from(director: Path, editor: Path) -> None:
    assert change(director, "add", word_of(editor)) == 0
    path = find_roots_folder(director) / "2.root.json"
    path.write_bytes(path.read_bytes().replace(b'"threshold":1', b'"threshold":2', 1))
    with pytest.raises(PublishError):
        read_roots(find_roots_folder(director))
    assert change(director, "rotate") == 1
