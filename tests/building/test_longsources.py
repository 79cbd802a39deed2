"""Chunks of a long source are kept in the cache of editions and at the desk."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import publish.editions.page.chapters
from publish.actions.desk.opened import OpenDesk
from publish.building import tasks
from publish.building.cachefolder import Cache
from publish.building.draftpages import Drafts
from publish.building.readingahead import read_ahead
from publish.building.spareworkers import sharing_workers
from publish.building.tasks import FinishedEdition, Task, make_editions
from publish.model import Edition, Format
from publish.project.workspace import open_workspace
from publish.reading import chunkparsing, chunkreading, chunks
from publish.translation.loading import Loader

EDITION = Edition(document="a", language="en", format="html")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often lines were parsed, with short texts read as if they were long."""
    monkeypatch.setattr(chunkreading, "LONG", 400)
    monkeypatch.setattr(chunkreading, "SHORT_FILE", 0)
    monkeypatch.setattr(chunks, "USUAL", 30)
    counts: Counter[str] = Counter()
    honest: Any = getattr(chunkparsing, "parse_blocks")  # noqa: B009

    def counted(*given: Any) -> Any:
        counts["parsed"] += 1
        return honest(*given)

    monkeypatch.setattr(chunkparsing, "parse_blocks", counted)
    return counts


def write(root: Path, chapters: int, word: str = "word") -> None:
    lines = ["---", "title: T", "---", ""]
    for number in range(chapters):
        lines += [f"# Chapter {number}", "", f"The {word if number == 2 else 'word'} here.", ""]
    (root / "source").mkdir(parents=True, exist_ok=True)
    (root / "source/a.md").write_text("\n".join([*lines, "## End", "", "x" * 300]), "utf-8")
    (root / "publish.toml").write_text('source-language = "en"\n', "utf-8")


def make(root: Path, cache: Cache | None) -> bytes:
    """Return a page of HTML, made from the files as a new build makes it."""
    task = Task(Loader(open_workspace(root)), (EDITION,), cache=cache)
    (made,) = make_editions(task, task.editions, {})
    assert isinstance(made, FinishedEdition), made
    return made.data


def test_a_build_parses_the_chunk_that_changed(tmp_path: Path, parsed: Counter[str]) -> None:
    cache = Cache(tmp_path / "cache", 10**8)
    for word, count in (("word", 7), ("word", 0), ("other", 1), ("word", 0)):
        write(tmp_path, 6, word)
        parsed.clear()
        made = make(tmp_path, cache)
        assert parsed["parsed"] == count
        assert made == make(tmp_path, None)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are lent to forks only")
@pytest.mark.parametrize(
    ("formats", "beside"),
    [
        (("epub", "html"), {"html"}),
        (("html", "epub", "docx"), {"epub"}),
        (("pdf", "epub", "html"), {"html"}),
        (("pdf", "html"), set()),
        (("epub",), set()),
    ],
)
def test_a_long_text_is_written_in_two_formats_at_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    formats: tuple[Format, ...],
    beside: set[Format],
) -> None:
    """Another process makes the next format, with the same bytes, but none beside a PDF."""
    write(tmp_path, 6)
    editions = tuple(replace(EDITION, format=one) for one in formats)
    task = Task(Loader(open_workspace(tmp_path)), editions)
    alone = list(make_editions(task, editions, {}))
    monkeypatch.setattr(publish.editions.page.chapters, "LEAST_BLOCKS", 0)
    own, honest = set[Format](), tasks._made

    def note(edition: Edition, *given: Any) -> Any:
        own.add(edition.format)
        return honest(edition, *given)

    monkeypatch.setattr(tasks, "_made", note)
    with sharing_workers() as spare:
        assert spare is not None
        spare.give()
        assert list(make_editions(replace(task, spare=spare), editions, {})) == alone
        assert spare.take()
    assert {*formats} - own == beside


def test_what_tasks_share_is_read_by_chunks(tmp_path: Path, parsed: Counter[str]) -> None:
    cache = Cache(tmp_path / "cache", 10**8)
    for word, count in (("word", 7), ("other", 1)):
        write(tmp_path, 6, word)
        parsed.clear()
        loader = Loader(open_workspace(tmp_path))
        read_ahead(loader, [Task(loader, (EDITION,))] * 2, cache)
        loader.source("a")
        assert parsed["parsed"] == count


@pytest.mark.skipif(sys.platform != "linux", reason="workers are lent to forks only")
def test_what_tasks_share_is_read_by_as_many_as_may_work(
    tmp_path: Path, parsed: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunkreading, "MUCH", 0)
    write(tmp_path, 6)
    whole = Loader(open_workspace(tmp_path)).source("a")
    for workers, here in ((1, 7), (2, 6)):  # The last chunk is half of the text.
        parsed.clear()
        loader = Loader(open_workspace(tmp_path))
        cache = Cache(tmp_path / f"cache{workers}", 10**8)
        read_ahead(loader, [Task(loader, (EDITION,))] * 2, cache, workers)
        assert loader.source("a") == whole
        assert parsed["parsed"] == here


def test_what_others_wrote_into_the_cache_is_not_read(tmp_path: Path, parsed: Counter[str]) -> None:
    cache = Cache(tmp_path / "cache", 10**8)
    write(tmp_path, 6)
    made = make(tmp_path, cache)
    for entry in cache.folder.glob("??/*"):
        entry.write_bytes(entry.read_bytes().replace(b"here", b"nope"))
    parsed.clear()
    assert make(tmp_path, cache) == made
    assert parsed["parsed"] == 7


def test_a_short_source_adds_nothing_to_the_cache(tmp_path: Path, parsed: Counter[str]) -> None:
    write(tmp_path, 1)
    make(tmp_path, Cache(tmp_path / "cache", 10**8))
    assert not (tmp_path / "cache").exists()
    assert parsed == {}


def test_the_desk_parses_the_chunk_that_changed(tmp_path: Path, parsed: Counter[str]) -> None:
    write(tmp_path, 6)
    desk = OpenDesk(tmp_path)
    assert [row.source for row in desk.text("a", "en").rows].count("The word here.") == 6
    write(tmp_path, 6, "other")
    parsed.clear()
    desk.look()
    assert "The other here." in [row.source for row in desk.text("a", "en").rows]
    assert parsed["parsed"] == 1
    desk.close()


@pytest.mark.full
def test_pages_at_the_desk_parse_the_chunk_that_changed(
    tmp_path: Path, parsed: Counter[str]
) -> None:
    write(tmp_path, 6)
    drafts = Drafts(tmp_path, "a", "en")
    first = drafts.lay_out()
    write(tmp_path, 6, "other")
    parsed.clear()
    assert drafts.lay_out().digests != first.digests
    assert parsed["parsed"] == 1
