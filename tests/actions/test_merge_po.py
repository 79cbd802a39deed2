"""Three files merged by hand, and git told to do so."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from publish.actions.merge_po import InstalledDriver, install_merge_driver, merge_catalog_files
from publish.errors import PublishError, UsageError
from publish.model import Finding, Level

HEADER = 'msgid ""\nmsgstr ""\n"Language: tk\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
LINES = ("*.po merge=publish-po", "*.pot merge=publish-po", "*.review.csv merge=union")


def catalog(**texts: str) -> str:
    """A catalog with an entry for each word."""
    return HEADER + "".join(f'\nmsgid "{k}"\nmsgstr "{v}"\n' for k, v in texts.items())


@pytest.fixture
def versions(tmp_path: Path) -> list[Path]:
    """The three files git would hand over, both sides with an edit of their own."""
    sides = {
        "base": catalog(a="A", b="", c="C", d=""),
        "ours": catalog(a="A1", b="", c="C", d=""),
        "theirs": catalog(a="A", b="", c="C1", d=""),
    }
    for name, text in sides.items():
        (tmp_path / name).write_bytes(text.encode())
    return [tmp_path / name for name in sides]


def merge(versions: list[Path], path: str | None = None) -> tuple[Finding, ...]:
    base, ours, theirs = map(str, versions)
    return merge_catalog_files(base, ours, theirs, path)


# --------------------------------------------------------------------------- merging


def test_the_result_takes_the_place_of_ours(versions: list[Path]) -> None:
    others = [path.read_bytes() for path in (versions[0], versions[2])]
    assert merge(versions) == ()
    assert versions[1].read_bytes().decode() == catalog(a="A1", b="", c="C1", d="")
    assert [path.read_bytes() for path in (versions[0], versions[2])] == others


def test_a_conflict_is_a_warning_at_its_place_in_the_merged_file(versions: list[Path]) -> None:
    versions[2].write_bytes(catalog(a="A2", b="", c="C", d="").encode())
    (found,) = merge(versions, "locales/x.po")
    assert (found.code, found.level, found.excerpt) == ("merge-conflict", Level.WARNING, "a")
    assert found.span is not None
    assert found.span.file == "locales/x.po"
    lines = versions[1].read_text(encoding="utf-8").splitlines()
    assert 'msgid "a"' in lines[found.span.first - 1 : found.span.last]
    assert "# conflict: A2" in lines
    assert "#, fuzzy" in lines


def test_a_file_that_both_sides_added_has_an_empty_base(versions: list[Path]) -> None:
    for base in ("/dev/null", str(versions[0])):
        if base != "/dev/null":
            versions[0].write_bytes(b"")
        versions[1].write_bytes(catalog(a="", b="B").encode())
        versions[2].write_bytes(catalog(a="A", b="").encode())
        assert merge_catalog_files(base, str(versions[1]), str(versions[2])) == ()
        assert versions[1].read_bytes().decode() == catalog(a="A", b="B")


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_broken_version_is_refused_with_its_line_and_nothing_is_written(
    versions: list[Path], broken: int
) -> None:
    with versions[broken].open("ab") as stream:
        stream.write(b'\nmsgid "e\n')
    before = [path.read_bytes() for path in versions]
    for path, shown in (("x.po", f"{versions[broken].name}:x.po"), (None, str(versions[broken]))):
        with pytest.raises(PublishError) as caught:
            merge(versions, path)
        assert str(caught.value.span) == f"{shown}:18"
    assert [path.read_bytes() for path in versions] == before


def test_a_file_that_is_not_there_is_named(versions: list[Path]) -> None:
    versions[0].unlink()
    with pytest.raises(UsageError) as caught:
        merge(versions)
    assert caught.value.message == f"there is no file {versions[0]}"


# --------------------------------------------------------------------------- setting git up


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new repository in a folder with a space in its name, with no settings but its own."""
    root = tmp_path / "a repository"
    root.mkdir()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    git(root, "init", "-q", "-b", "main")
    return root


def git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_installing_twice_is_installing_once(folder: Path) -> None:
    attributes = folder / ".gitattributes"
    attributes.write_bytes(b"*.po -text")
    deep = folder / "deep"
    deep.mkdir()
    driver = f"{shlex.quote(sys.executable)} -P -m publish merge-po -- %O %A %B %P"
    lines = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    driver += f" || {{ {lines}; false; }}"
    settings = {
        "merge.publish-po.name": "publish: merge catalogs by entry",
        "merge.publish-po.driver": driver,
    }
    assert install_merge_driver(deep) == InstalledDriver(settings, LINES, ())
    before = (folder / ".git" / "config").read_bytes()
    wanted = (
        b"*.po -text\n*.po merge=publish-po\n*.pot merge=publish-po\n*.review.csv merge=union\n"
    )
    assert attributes.read_bytes() == wanted
    assert git(folder, "config", "merge.publish-po.driver") == f"{driver}\n"
    assert install_merge_driver(deep) == InstalledDriver(settings, (), LINES)
    assert attributes.read_bytes() == wanted
    assert (folder / ".git" / "config").read_bytes() == before


def test_a_line_that_is_there_stays_and_the_others_are_added(folder: Path) -> None:
    (folder / ".gitattributes").write_bytes(b"*.review.csv merge=union\r\n")
    installed = install_merge_driver(folder)
    assert (installed.added, installed.present) == (LINES[:2], LINES[2:])
    wanted = b"*.review.csv merge=union\r\n*.po merge=publish-po\n*.pot merge=publish-po\n"
    assert (folder / ".gitattributes").read_bytes() == wanted


def test_a_file_that_has_all_lines_is_not_touched(folder: Path) -> None:
    data = "\n".join(LINES).encode()
    (folder / ".gitattributes").write_bytes(data)
    assert install_merge_driver(folder).present == LINES
    assert (folder / ".gitattributes").read_bytes() == data


def test_the_path_of_python_is_quoted_for_the_shell_and_for_git(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/100% here/python")
    driver = install_merge_driver(folder).settings["merge.publish-po.driver"]
    assert driver.startswith("'/100%% here/python' -P -m publish ")


def test_outside_a_repository_there_is_nothing_to_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UsageError) as caught:
            install_merge_driver(folder)
        assert caught.value.message
    assert not (tmp_path / ".gitattributes").exists()
