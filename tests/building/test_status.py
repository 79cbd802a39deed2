"""Status: figures as gettext has them, kept answers, and since when a catalog lags behind."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from publish.building.documentstatus import measure_status
from publish.cli.main import main
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
RU = find("ru")


def git(root: Path, *words: str) -> str:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(root), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def edit(root: Path, old: str, new: str) -> None:
    path = root / f"source/{NAME}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_stale_catalog_says_since_when(workspace: Path) -> None:
    git(workspace, "init", "-q")
    git(workspace, "add", ".")
    git(workspace, "commit", "-qm", "first")
    edit(workspace, "37 victims", "38 victims")
    git(workspace, "commit", "-qam", "second")
    second = git(workspace, "rev-parse", "--short", "HEAD")
    edit(workspace, "All victims were", "All of them were")
    git(workspace, "commit", "-qam", "third")
    found = measure_status(Loader(open_workspace(workspace)), NAME, RU)
    assert found.stale is not None
    assert (found.stale.sentences, found.stale.since) == (2, second)
    edit(workspace, "45 new social", "46 new social")
    assert main(["update", "-q", "-C", str(workspace)]) == 0
    assert measure_status(Loader(open_workspace(workspace)), NAME, RU).stale is None


def test_without_git_the_sentences_are_counted_all_the_same(workspace: Path) -> None:
    edit(workspace, "37 victims", "38 victims")
    found = measure_status(Loader(open_workspace(workspace)), NAME, RU)
    assert found.stale is not None
    assert (found.stale.sentences, found.stale.since) == (1, "")


def test_answers_are_kept_until_something_changes(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_workspace(workspace)
    first = measure_status(Loader(opened), NAME, RU)

    def fail(*_: object) -> None:
        raise AssertionError("measured again")

    with monkeypatch.context() as patch:
        patch.setattr("publish.building.documentstatus._measured", fail)
        assert measure_status(Loader(opened), NAME, RU) == first
    edit(workspace, "37 victims", "38 victims")
    assert measure_status(Loader(opened), NAME, RU) != first
    for kept in (workspace / "build/.status").iterdir():
        kept.write_bytes(b"{broken")
    assert measure_status(Loader(opened), NAME, RU).stale is not None


def test_the_table_for_people(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "-C", str(workspace)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "document"
    assert "stale" not in head
    assert "100%  2" in rows[0]
    assert len(rows) == 3
    edit(workspace, "37 victims", "38 victims")
    assert main(["status", "-l", "tk", "-C", str(workspace)]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[1].endswith("1 sentence")
    assert "publish update" in captured.err


def test_the_schema_for_programs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--json", "-l", "ru", "-C", str(workspace)]) == 0
    (row,) = json.loads(capsys.readouterr().out)["editions"]
    keys = {"document", "language", "catalog", "coverage", "stale", "review", "state"}
    assert set(row) == keys
    assert row["catalog"]["translated"]["entries"] > 20
    assert row["catalog"]["translated"]["words"] <= row["coverage"]["translated"] + 20
