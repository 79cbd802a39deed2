"""Files kept in this user's cache folder are used only if they are theirs alone and whole."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from publish.userfolders import DAY, UNUSED, find_user_folder, keep_file, map_kept_file

NAME = f"words-{'0f' * 32}.kept"
OTHER = f"words-{'1e' * 32}.kept"
DATA = bytes(range(256)) * 40


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/publish"


def kept() -> bytes | None:
    found = map_kept_file(NAME)
    return None if found is None else bytes(found)


def test_folders_are_those_of_the_specification() -> None:
    home = Path("/home/a")
    assert find_user_folder("cache", {}, home) == home / ".cache/publish"
    assert find_user_folder("config", {}, home) == home / ".config/publish"
    assert find_user_folder("cache", {"XDG_CACHE_HOME": "/x"}, home) == Path("/x/publish")
    assert find_user_folder("cache", {"XDG_CACHE_HOME": "x"}, home) == home / ".cache/publish"


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_what_is_kept_comes_back_and_nobody_else_can_read_it(folder: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        assert keep_file(NAME, DATA)
    finally:
        os.umask(before)
    assert kept() == DATA
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_a_damaged_file_is_not_used_and_can_be_kept_again(folder: Path) -> None:
    assert keep_file(NAME, DATA)
    whole = (folder / NAME).read_bytes()
    places = (0, 7, 9, len(whole) - len(DATA), len(whole) - 5000, len(whole) - 1)
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in places]
    for wrong in (*flipped, b"", b"\n", whole[:-1], whole[:20], whole + b"\0", b"x" * len(whole)):
        (folder / NAME).write_bytes(wrong)
        assert map_kept_file(NAME) is None, wrong[:20]
    assert keep_file(NAME, DATA)
    assert kept() == DATA


def test_what_others_could_have_written_is_not_used(folder: Path, tmp_path: Path) -> None:
    assert keep_file(NAME, DATA)
    folder.chmod(0o755)
    assert map_kept_file(NAME) is None
    assert not keep_file(OTHER, DATA)
    folder.chmod(0o700)
    assert kept() == DATA
    (folder / NAME).rename(tmp_path / "elsewhere")
    (folder / NAME).symlink_to(tmp_path / "elsewhere")
    assert map_kept_file(NAME) is None
    assert not keep_file(NAME, DATA)
    (folder / NAME).unlink()
    (tmp_path / "elsewhere").rename(folder / NAME)
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    assert map_kept_file(NAME) is None
    assert not keep_file(OTHER, DATA)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_somebody_else_is_neither_used_nor_written(folder: Path) -> None:
    assert keep_file(NAME, DATA)
    os.chown(folder / NAME, 4321, 4321)
    assert map_kept_file(NAME) is None
    os.chown(folder / NAME, 0, 0)
    os.chown(folder, 4321, 4321)
    assert map_kept_file(NAME) is None
    (folder / NAME).unlink()
    folder.rmdir()
    os.chown(folder.parent, 4321, 4321)
    assert not keep_file(NAME, DATA)
    assert list(folder.parent.iterdir()) == []


@pytest.mark.parametrize("name", [os.devnull, "/dev/null/cache"])
def test_where_nothing_can_be_written_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", name)
    assert not keep_file(NAME, DATA)
    assert map_kept_file(NAME) is None


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can be another")
def test_in_a_home_that_is_closed_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home/cache"))
    (tmp_path / "home/cache").mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    os.seteuid(4321)
    try:
        assert not keep_file(NAME, DATA)
        assert map_kept_file(NAME) is None
    finally:
        os.seteuid(0)


def test_only_kept_files_that_were_not_used_for_long_are_deleted(folder: Path) -> None:
    assert keep_file(NAME, DATA)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    long_ago = time.time() - UNUSED - DAY
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    assert kept() == DATA, "which is a use"
    assert keep_file(OTHER, DATA)
    assert {path.name for path in folder.iterdir()} == {NAME, OTHER, "notes.txt"}
    os.utime(folder / NAME, (long_ago, long_ago))
    (folder / OTHER).unlink()
    assert keep_file(OTHER, DATA)
    assert {path.name for path in folder.iterdir()} == {OTHER, "notes.txt"}


@pytest.mark.parametrize("name", ["../x.kept", "words.kept", f"words-{'0F' * 32}.kept"])
def test_other_names_are_refused(folder: Path, name: str) -> None:
    assert not keep_file(name, DATA)
    assert not folder.exists()
