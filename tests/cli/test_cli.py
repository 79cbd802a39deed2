"""The command line: exit codes, errors as people read them, data as programs read it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import untranslate

from publish.cli.commands import COMMANDS
from publish.cli.main import main
from publish.project.workspace import open_workspace

NAME = "tip-2024-turkmenistan"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "--help")
    assert code == 0
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, name, "--help")
    assert code == 0
    assert f"usage: publish {name}" in out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("buld",), "error: there is no command 'buld'\n  help: did you mean build?\n"),
        (
            ("build", "-l", "turkmen"),
            "error: this workspace has no language 'turkmen'\n  help: did you mean tk?\n",
        ),
        (
            ("build", "-l", "fa"),
            "error: this workspace has no language 'fa'\n"
            "  help: add it with publish language add fa (known: en, ru, tk)\n",
        ),
        (
            ("build", "tip-2024"),
            f"error: there is no document 'tip-2024'\n  help: did you mean {NAME}?\n",
        ),
        (("language", "add", "ru"), "error: this workspace already has ru\n"),
    ],
)
def test_usage_errors(
    workspace: Path, words: tuple[str, ...], error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, *words, *(("-C", str(workspace)) if words[0] != "buld" else ()))
    assert (code, err) == (2, error)


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("source-language", "sorce-language", "unknown setting 'sorce-language'"),
        (
            'formats = ["pdf", "epub"]',
            'formats = ["pdf", "mobi"]',
            "'mobi' is not a valid value for formats",
        ),
        ('languages = ["en", "ru", "tk"]', "languages = 3", "languages must be a list of strings"),
        ('languages = ["en", "ru", "tk"]', "languages = []", "languages is empty"),
        (
            'languages = ["en", "ru", "tk"]',
            'languages = ["en", "en"]',
            "languages lists 'en' twice",
        ),
        ("[tool.publish]", "[tool.publish", "not valid TOML"),
    ],
)
def test_settings_errors(
    workspace: Path, before: str, after: str, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    code, _, err = said(capsys, "status", "-C", str(workspace))
    assert code == 2
    assert f"error: {error}" in err
    assert f"  --> pyproject.toml:{line}\n" in err


def test_names_within_settings_must_be_known(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "pyproject.toml"
    path.write_text(
        '[tool.publish]\nlanguages = ["en", "ru"]\n\n[tool.publish.fallback]\nRU = "fail"\n'
    )
    code, _, err = said(capsys, "status", "-C", str(workspace))
    assert (code, err) == (
        2,
        "error: unknown name 'RU' in fallback\n  --> pyproject.toml:5\n  help: did you mean ru?\n",
    )


@pytest.mark.parametrize(
    ("data", "line", "error"),
    [
        (b'languages = ["\xe9"]', 1, "the file is not UTF-8"),
        (b'cache = "x"\n\nlanguages = ["\xe9"]\n\n', 3, "the file is not UTF-8"),
        (b"segmentation = { other = 'paragraph' }", 0, "segmentation names 'other'"),
        (b"top-level-division = { other = 'part' }", 1, "top-level-division names 'other'"),
    ],
)
def test_other_settings_errors(
    tmp_path: Path, data: bytes, line: int, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "en", "-C", str(tmp_path)])
    (tmp_path / "publish.toml").write_bytes(data)
    code, _, err = said(capsys, "status", "-C", str(tmp_path))
    assert code == 2
    assert error in err
    assert (f"  --> publish.toml:{line}\n" in err) == bool(line)


@pytest.mark.parametrize(
    ("data", "line", "error"),
    [
        (b"One.\n\n\xff\n\n", 3, "the file is not UTF-8, but WINDOWS-125"),
        (b"\xff", 1, "the file is not UTF-8, but WINDOWS-125"),
        ("One.\n".encode("utf-16"), 1, "the file is saved as UTF-16"),
        (b"\xfe\xff" + "One.\n".encode("utf-16-be"), 1, "the file is saved as UTF-16"),
        ("O\u04ff\n".encode("utf-16-be"), 1, "the file is saved as UTF-16"),
        ("O\u04ff\n".encode("utf-16-le"), 1, "the file is saved as UTF-16"),
    ],
)
def test_a_source_that_is_not_utf_8_is_told_with_its_line(
    tmp_path: Path, data: bytes, line: int, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "en", "-C", str(tmp_path)])
    (tmp_path / "source/report.md").write_bytes(data)
    capsys.readouterr()
    code, _, err = said(capsys, "update", "-C", str(tmp_path))
    assert code == 1
    place = f"\n  --> source/report.md:{line}\n  help: save it as UTF-8: iconv -f "
    assert err.startswith(f"error[charset]: {error}")
    assert place in err


def test_a_source_may_have_the_marks_of_windows(tmp_path: Path) -> None:
    main(["init", "en", "-C", str(tmp_path)])
    path = tmp_path / "source/report.md"
    text = path.read_bytes()
    plain = open_workspace(tmp_path).read("report")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert open_workspace(tmp_path).read("report") == plain


def test_names_that_documents_may_not_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "en", "-C", str(tmp_path)])
    (tmp_path / "source/report").mkdir()
    (tmp_path / "source/report/one.md").write_text("Text.\n")
    assert (
        "is both source/report.md and the folder" in said(capsys, "status", "-C", str(tmp_path))[2]
    )
    (tmp_path / "source/report.md").rename(tmp_path / "source/publish.md")
    assert "a document cannot be called publish" in said(capsys, "update", "-C", str(tmp_path))[2]


def test_what_the_system_refuses_is_said_in_a_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "build").write_text("in the way")
    code, _, err = said(capsys, "build", "-f", "epub", "-l", "en", "-C", str(workspace))
    assert code == 3
    assert f"error[not-written]: build/en/{NAME}.epub cannot be written: " in err
    assert "\n  help: build must be a folder: move that file away\n" in err
    assert "removed" not in err


def test_a_language_is_known_in_any_case(workspace: Path) -> None:
    assert main(["build", "-q", "-f", "epub", "-l", "RU", "-C", str(workspace)]) == 0


def test_an_emptied_catalog_is_refused_and_stays(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / f"locales/tk/LC_MESSAGES/{NAME}.po"
    path.write_bytes(b"")
    for command in ("update", "build", "status"):
        code, _, err = said(capsys, command, "-l", "tk", "-C", str(workspace))
        assert (code, "po-empty" in err) == (1, True), command
    assert path.read_bytes() == b""


def test_outside_a_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "status", "-C", str(tmp_path))
    assert code == 2
    assert "is not in a workspace" in err


def test_status_for_programs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untranslate(workspace, "ru")
    code, out, _ = said(capsys, "status", "--json", "-C", str(workspace))
    assert code == 0
    rows = json.loads(out)["editions"]
    assert [row["language"] for row in rows] == ["en", "ru", "tk"]
    russian = rows[1]
    assert set(russian["catalog"]) == {"translated", "fuzzy", "untranslated"}
    assert set(russian["catalog"]["fuzzy"]) == {"entries", "words"}
    assert russian["stale"] is None
    assert 0 < russian["coverage"]["translated"] < russian["coverage"]["words"]
    assert rows[0]["coverage"]["words"] == rows[0]["coverage"]["translated"]


def test_a_new_language_by_one_command(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "language", "add", "fa", "-C", str(workspace))
    assert code == 0
    assert main(["build", "-l", "fa", "-f", "epub", "-q", "-C", str(workspace)]) == 0
    lines = err.splitlines()
    assert lines[0] == f"locales/fa/LC_MESSAGES/{NAME}.po: 111 sentences"
    assert lines[-2:] == [
        'pyproject.toml: languages = ["en", "ru", "tk", "fa"]',
        "next: translate the .po files, then publish build -l fa",
    ]


def test_update_says_what_it_would_do_when_dry(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = workspace / f"source/{NAME}.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(f"{text}\nMore.\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in workspace.rglob("*.po*")}
    code, out, err = said(capsys, "update", "--dry-run", "-l", "ru", "-C", str(workspace))
    assert (code, out) == (0, "")
    assert err.startswith(f"locales/ru/LC_MESSAGES/{NAME}.po: 111 kept, 1 new\n")
    assert {path: path.read_bytes() for path in workspace.rglob("*.po*")} == before
    assert said(capsys, "update", "--dry-run", "-q", "-C", str(workspace)) == (0, "", "")


def test_update_says_which_numbers_changed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = workspace / f"source/{NAME}.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("2023", "2022", 1), encoding="utf-8")
    err = said(capsys, "update", "-l", "tk", "-C", str(workspace))[2]
    assert "1 reworded (fuzzy)" in err
    assert "\n  check: 2023 → 2022 in: " in err


def test_a_broken_catalog_is_an_error_of_an_update(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / f"locales/tk/LC_MESSAGES/{NAME}.po"
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "x\n', encoding="utf-8")
    code, _, err = said(capsys, "update", "-C", str(workspace))
    assert code == 1
    assert "error[po-syntax]" in err


def test_extract_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "init", "en", "fr", "-C", str(tmp_path))
    place = ("-C", str(tmp_path))
    assert said(capsys, "extract", *place) == (0, "", "locales/report.pot: 7 sentences\n")
    assert said(capsys, "extract", "-q", *place) == (0, "", "")
    code, _, err = said(capsys, "extract", "--interface", *place)
    assert code == 0
    assert re.search(r"^locales/fr/LC_MESSAGES/publish\.po:.* 0 kept, \d+ new$", err, re.MULTILINE)


def test_a_workspace_from_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "init", "en", "tk", "-C", str(tmp_path))
    assert (code, out) == (0, "")
    assert err.startswith(f"created {tmp_path}/publish.toml and {tmp_path}/source/report.md\n")
    assert said(capsys, "update", "-q", "-C", str(tmp_path))[0] == 0
    assert not (tmp_path / "locales/tk/LC_MESSAGES/publish.po").exists()
    assert said(capsys, "build", "-q", "-f", "epub", "-C", str(tmp_path))[0] == 0
    assert (tmp_path / "build/tk/report.epub").is_file()
    code, _, err = said(capsys, "init", "-C", str(tmp_path))
    assert code == 2
    assert "publish.toml already exists" in err


@pytest.mark.full
def test_a_workspace_elsewhere(tmp_path: Path, repository: Path) -> None:
    """Its own folders only: templates and interface come with the package."""
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text('languages = ["en", "tk"]\n', encoding="utf-8")
    text = "---\ntitle: Brief\npublished: 2024-06-24\n---\n\nOne sentence. Two.\n"
    (tmp_path / "source/brief.md").write_text(text, encoding="utf-8")
    for words in (["update"], ["build", "-q"]):
        command = [sys.executable, "-m", "publish", *words]
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("build/*/*")}
    assert made >= {
        f"build/{language}/brief.{kind}" for language in ("en", "tk") for kind in ("pdf", "epub")
    }
