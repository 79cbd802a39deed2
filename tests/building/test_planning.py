"""Plans of builds, and fair shares of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.building.auditing import AUDITS
from publish.building.planning import estimate_cost, plan_build, select_share
from publish.building.tasks import find_pdf_edition, group_tasks
from publish.cli.main import main
from publish.editions.writers import WRITERS
from publish.model import FORMATS, Edition, Format
from publish.project.workspace import Workspace, open_workspace
from publish.settings import Settings
from publish.translation.loading import Loader


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with sources of very different lengths."""
    root = tmp_path_factory.mktemp("series")
    (root / "source").mkdir()
    for number in range(12):
        text = "A sentence. " * (number**3 + 1)
        (root / f"source/d{number}.md").write_text(f"---\ntitle: T\n---\n{text}\n", "utf-8")
    return Workspace(root, Settings(languages=("en", "ru"), pages=("a4", "phone")))


@pytest.mark.full
@given(count=st.integers(1, 60))
def test_shares_are_the_whole_and_keep_a_book_with_its_pages(series: Workspace, count: int) -> None:
    """Law: every edition is in exactly one share, an EPUB in that of its PDF."""
    editions = series.editions()
    shares = [select_share(series, editions, number, count) for number in range(1, count + 1)]
    assert sorted(map(str, editions)) == sorted(str(one) for part in shares for one in part)
    for part in shares:
        assert all(find_pdf_edition(one) in part for one in part)
        assert list(part) == [one for one in editions if one in part]


@pytest.mark.parametrize("count", [2, 3, 5])
def test_shares_are_about_equal(series: Workspace, count: int) -> None:
    """No share is heavier than an even one by more than the heaviest thing that is not cut."""
    editions = series.editions()
    loads = [
        sum(estimate_cost(series, one) for one in select_share(series, editions, number, count))
        for number in range(1, count + 1)
    ]
    heaviest = max(
        sum(estimate_cost(series, one) for one in editions if find_pdf_edition(one) == first)
        for first in map(find_pdf_edition, editions)
    )
    assert max(loads) <= sum(loads) / count + heaviest
    assert min(loads) > 0


def test_tasks_have_each_edition_once_and_pages_first(series: Workspace) -> None:
    editions = series.editions(documents=["d1"])[::-1]
    for least in (1, 9):
        tasks = group_tasks(Loader(series), editions, use_fuzzy=False, pages={}, least=least)
        assert sorted(str(one) for task in tasks for one in task.editions) == sorted(
            map(str, editions)
        )
        assert len(tasks) == (2 if least == 1 else 4)
        for task in tasks:
            books = [one for one in task.editions if one.format == "epub"]
            assert all(task.editions.index(find_pdf_edition(one)) == 0 for one in books)


def test_a_plan_tells_what_stands(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["-f", "epub", "-C", str(workspace)]
    assert main(["build", "-q", "-l", "tk", *words]) == 0
    capsys.readouterr()
    assert main(["plan", *words]) == 0
    told = capsys.readouterr()
    assert [line.split("  ")[0] for line in told.out.splitlines()] == [
        "to make",
        "to make",
        "unchanged",
    ]
    assert "2 of 3 editions to make" in told.err


def test_a_plan_is_for_programs_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for number in (1, 2):
        assert main(["plan", "--json", "--shard", f"{number}/2", "-C", str(workspace)]) == 0
        found += json.loads(capsys.readouterr().out)["jobs"]
    opened = open_workspace(workspace)
    planned = {
        one.edition: one for one in plan_build(Loader(opened), opened.editions(), use_fuzzy=False)
    }
    assert len(found) == len(planned) == 6
    for job in found:
        edition = Edition(
            document=job["document"],
            language=job["language"],
            format=job["format"],
            page=job["page"],
            second=job["second"],
            further=tuple(job["further"]),
        )
        one = planned[edition]
        assert (job["key"], job["unchanged"], job["seconds"]) == (one.key, False, one.seconds)
        assert job["file"] == opened.shown(opened.output(edition))
    assert not (workspace / "build").exists()


@pytest.mark.parametrize("word", ["0/2", "3/2", "1", "a/b", "1/10001", "1/2/3", "-1/2", "²/2"])
def test_a_share_that_is_none_is_a_usage_error(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", f"--shard={word}"]) == 2
    assert "--shard must be a part and the number of parts" in capsys.readouterr().err


def test_shares_built_apart_are_the_whole(workspace: Path) -> None:
    for number in (1, 2, 3):
        words = ["--shard", f"{number}/3", "-f", "epub", "-C", str(workspace)]
        assert main(["build", "-q", *words]) == 0
    opened = open_workspace(workspace)
    for edition in opened.editions((), (), ("epub",)):
        assert opened.output(edition).is_file()


def test_every_format_has_a_writer_and_an_audit() -> None:
    assert set(get_args(Format)) == set(WRITERS) == set(FORMATS) == set(AUDITS)
