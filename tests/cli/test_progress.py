"""The bar of a build on a terminal, the lines of one in a log, and the silence of a quiet one."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.progress import Progress

from publish.building.builds import BuildOutcome, BuildStatus
from publish.building.planning import estimate_cost
from publish.cli.main import main
from publish.cli.progress import show_progress
from publish.model import Edition
from publish.project.workspace import Workspace, open_workspace


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    """Two documents, one ten times as long as the other, in English and Russian."""
    assert main(["init", "en", "ru", "-C", str(tmp_path)]) == 0
    text = "---\ntitle: T\n---\n\nA sentence.\n"
    (tmp_path / "source/report.md").write_text(text, "utf-8")
    (tmp_path / "source/long.md").write_text(text * 1 + "More. " * 4000, "utf-8")
    return open_workspace(tmp_path)


def run(
    opened: Workspace, editions: tuple[Edition, ...], *done: BuildStatus, quiet: bool = False
) -> None:
    with show_progress(opened, editions, quiet=quiet) as tell:
        for edition, what in zip(editions, done, strict=True):
            tell(BuildOutcome(edition=edition, done=what))


def test_a_quiet_build_says_nothing(opened: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    run(opened, opened.editions(("en",), ("report",), ("epub",)), "built", quiet=True)
    assert capsys.readouterr() == ("", "")


def test_a_log_has_a_line_for_each_edition(
    opened: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run(opened, opened.editions(("en", "ru"), ("report",), ("epub",)), "unchanged", "built")
    assert capsys.readouterr() == (
        "",
        "unchanged  build/en/report.epub\nbuilt      build/ru/report.epub\n",
    )


def test_a_bar_is_as_long_as_the_work_that_is_left(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made fills it by its cost; what need not be made shortens it."""
    shown: list[tuple[float, float | None, str]] = []
    update = Progress.update

    def spy(bar: Progress, task: object, **changes: object) -> None:
        update(bar, task, **changes)  # type: ignore[arg-type]
        found = bar.tasks[0]
        shown.append((found.completed, found.total, found.fields["made"]))

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(Progress, "update", spy)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    editions = opened.editions(("en", "ru"), (), ("epub",))
    costs = [estimate_cost(opened, edition) for edition in editions]
    assert len({*costs}) == 2
    run(opened, editions, "built", "unchanged", "refused", "restored")
    total, first, third = sum(costs), costs[0], costs[2]
    assert [made for *_, made in shown] == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert [done for done, *_ in shown] == pytest.approx(
        [first, first, first + third, first + third]
    )
    less = total - costs[1]
    assert [whole for _, whole, _ in shown] == pytest.approx([total, less, less, less - costs[3]])
    assert shown[-1][0] == pytest.approx(shown[-1][1]), "at the end the bar is full"
    text = terminal.getvalue()
    for edition, what in zip(editions, ("built", "unchanged", "refused", "restored"), strict=True):
        assert f"{what:<9}  build/{edition.language}/{edition.document}.epub" in text
    assert "4 of 4" in text


def test_an_edition_told_of_twice_counts_its_cost_once(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[Progress] = []
    start = Progress.start

    def spy(bar: Progress) -> None:
        bars.append(bar)
        start(bar)

    monkeypatch.setattr(Progress, "start", spy)
    monkeypatch.setattr(sys, "stderr", Terminal())
    (edition,) = opened.editions(("en",), ("report",), ("epub",))
    with show_progress(opened, (edition,), quiet=False) as tell:
        for _ in range(2):
            tell(BuildOutcome(edition=edition, done="built"))
        (task,) = bars[0].tasks
        assert task.completed == pytest.approx(estimate_cost(opened, edition))
