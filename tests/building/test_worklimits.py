"""Work in this process beyond its limits is an error in words, and the rest goes on."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from publish.actions import catalogs, check, diff, kit, review
from publish.actions.check import check_translations
from publish.actions.status import read_status
from publish.building.documentstatus import DocumentStatus, KeptStatus
from publish.building.editionlimits import EditionLimits
from publish.building.worklimits import limit_work
from publish.cli.main import main
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Level
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

ROOMY = EditionLimits(300, 4 << 30)
SHORT = EditionLimits(0.2, 4 << 30)


def never_end() -> None:
    """Go on whatever happens, as code that hides its errors does."""
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            continue


def test_what_takes_too_long_is_stopped_and_told() -> None:
    with pytest.raises(PublishError) as caught, limit_work("reading a", SHORT):
        never_end()
    assert caught.value.message == "reading a took longer than 0.2 seconds"
    assert caught.value.code == "work-limit"
    assert "--time-limit" in caught.value.hint


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux")
def test_what_takes_too_much_memory_is_stopped_and_told() -> None:
    with pytest.raises(PublishError) as caught, limit_work("reading a", EditionLimits(9, 64 << 20)):
        bytearray(256 << 20)
    assert caught.value.message == "reading a took more than 64 MiB of memory"
    assert len(bytearray(256 << 20)) == 256 << 20  # the limit is gone


def test_nothing_is_left_of_a_limit() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limit_work("reading a", ROOMY):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_a_check_stops_at_its_limit_and_checks_the_others(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = check.judge  # type: ignore[attr-defined]

    def slow(loader: Loader, translation: object, **options: object) -> object:
        if translation.language.tag == "ru":  # type: ignore[attr-defined]
            time.sleep(60)
        return real(loader, translation, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "judge", slow)
    found = check_translations(Loader(open_workspace(workspace)), limits=EditionLimits(3, 4 << 30))
    stopped = [one for one in found.findings if one.code == "work-limit"]
    assert [one.level for one in stopped] == [Level.ERROR]
    assert " in ru took longer than 3 seconds" in stopped[0].message
    assert found.has_errors
    assert len(found.languages) == 3


@pytest.mark.full
def test_a_status_stops_at_its_limit_and_tells_the_others(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = KeptStatus.measure

    def slow(kept: KeptStatus, language: Language) -> DocumentStatus:
        if language.tag == "ru":
            time.sleep(60)
        return real(kept, language)

    monkeypatch.setattr(KeptStatus, "measure", slow)
    rows = read_status(Loader(open_workspace(workspace)), limits=EditionLimits(3, 4 << 30))
    assert [row.language for row in rows if row.error] == ["ru"]
    assert sum(row.standing is not None for row in rows) == 2


LIMITED = ("check", "status", "update --dry-run", "diff -l ru", "review -l ru", "kit export -l ru")


@pytest.mark.parametrize("command", LIMITED)
def test_the_limits_are_options(
    command: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*command.split(), "-C", str(workspace)]
    assert main([*words, "--time-limit", "0"]) == 2
    assert "--time-limit must be a whole number" in capsys.readouterr().err
    assert main([*words, "-q", "--time-limit", "99"]) == 0


STOPPED = {
    "update": (catalogs, "update_catalog", "updating tip-2024-turkmenistan in en"),
    "diff -l ru": (diff, "find_changes", "comparing tip-2024-turkmenistan"),
    "kit export -l ru": (kit, "make_kit", "the kit of tip-2024-turkmenistan in ru"),
    "kit import {kit}": (kit, "take_back", "reading kit.zip"),
    "review -l ru": (review, "review_translation", "reading tip-2024-turkmenistan in ru"),
    "review prune -l ru": (review, "review_translation", "reading tip-2024-turkmenistan in ru"),
    "review approve --all -l ru --as editor": (
        review,
        "select_approvable",
        "checking tip-2024-turkmenistan in ru",
    ),
    "review reject p1 -l ru --as editor --reason wrong": (
        review,
        "select_rejectable",
        "checking tip-2024-turkmenistan in ru",
    ),
}
"""What takes too long in each command, and what the message says of it."""


SHORTLY = ("update",)
"""The commands that write; the others wait for their limit in the full run only."""


@pytest.mark.full
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(one, marks=[] if one in SHORTLY else [pytest.mark.full], id=one)
        for one in STOPPED
    ],
)
def test_a_command_that_stops_at_its_limit_changes_nothing(
    command: str,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    back = workspace.with_name("kit.zip")
    if "import" in command:
        assert main(["kit", "export", "-q", "-l", "ru", "-o", str(back), "-C", str(workspace)]) == 0
    if command == "update":
        with next(workspace.glob("source/*.md")).open("a", encoding="utf-8") as file:
            file.write("\nOne more sentence.\n")
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    module, name, told = STOPPED[command]
    real = getattr(module, name)

    def slow(*given: object, **options: object) -> object:
        time.sleep(60)
        return real(*given, **options)

    monkeypatch.setattr(module, name, slow)
    words = command.replace("{kit}", str(back)).split()
    assert main([*words, "--time-limit", "2", "-C", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert f"{told} took longer than 2 seconds" in said
    assert "--time-limit" in said
    after = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    assert after == before
