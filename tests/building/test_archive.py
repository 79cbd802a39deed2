"""An archive: what commands do grows with its documents, not with their square; nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

import publish.leftovers
from publish.actions.build import BuildOptions, BuildResult, build_editions
from publish.actions.status import read_status
from publish.actions.update import update_catalogs
from publish.building.builds import build
from publish.building.records import load_edition, store_edition
from publish.building.tasks import FinishedEdition, Task, make_editions
from publish.errors import PublishError
from publish.files import read_inside, write_atomic
from publish.model import Edition
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

SOURCE = "---\ntitle: Report {0}\npublished: 2024-06-24\n---\n\n# One\n\nThis is text {0}.\n"
SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\nformats = [{}]\n'


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here is about a disk that fails."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def make(root: Path, documents: int, formats: str = '"html"') -> Workspace:
    """A workspace with so many short documents, and catalogs without translations."""
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(SETTINGS.format(formats), "utf-8")
    for number in range(documents):
        text = SOURCE.format(number)
        (root / f"source/report-{number:02}.md").write_text(text, "utf-8")
    opened = open_workspace(root)
    update_catalogs(Loader(opened))
    return opened


def here(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
    """Tasks in this process, where what they do can be counted."""
    for task in tasks:
        yield from zip(task.editions, make_editions(task, task.editions, {}), strict=True)


# --------------------------------------------------------------------------- counted

_counting: Counter[str] | None = None


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _counting is not None and event in {"open", "os.scandir", "os.listdir", "os.rename"}:
        _counting[event] += 1


@pytest.fixture(scope="module")
def heard() -> None:
    sys.addaudithook(_hear)  # A hook stays as long as the process.


def count(work: Callable[[], object]) -> Counter[str]:
    """How often files were opened or replaced and folders read while something was done."""
    global _counting
    _counting = Counter()
    try:
        work()
        return _counting
    finally:
        _counting = None


def rebuild(opened: Workspace) -> BuildResult:
    return build_editions(Loader(opened), opened.editions(), BuildOptions(cached=False))


COMMANDS: dict[str, Callable[[Workspace], object]] = {
    "build": rebuild,
    "status": lambda opened: read_status(Loader(opened)),
    "update": lambda opened: update_catalogs(Loader(opened)),
}


@pytest.mark.usefixtures("heard")
def test_what_a_command_does_grows_with_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time: nothing changed.  From 3 to 6 documents it grows half as much as to 12."""
    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: here)
    counts: dict[str, list[Counter[str]]] = {name: [] for name in COMMANDS}
    for documents in (3, 6, 12):
        opened = make(tmp_path / str(documents), documents)
        for name, command in COMMANDS.items():
            command(opened)
            counts[name].append(count(partial(command, opened)))
    for name, (few, more, most) in counts.items():
        assert more["open"] > few["open"] > 0, name
        for event in most:
            grown, again = more[event] - few[event], most[event] - more[event]
            assert again <= 2 * grown, (name, event, few, more, most)
    few, more, _ = counts["build"]
    # An edition reads its record, its file and its catalog; a document its source, twice.
    assert more["open"] - few["open"] <= 3 * 3 * 3 + 3 * 2


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
@pytest.mark.usefixtures("heard")
def test_other_processes_look_at_a_large_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is told as one process tells it, which then opens only what they did not find."""
    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: here)
    monkeypatch.setattr("publish.building.looking.MANY", 1)
    rebuild(make(tmp_path / "one", 9))
    _change(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    told: list[BuildResult] = []
    opened = []
    for name, workers in (("one", 1), ("two", 2)):
        workspace = open_workspace(tmp_path / name)
        options = BuildOptions(cached=False, workers=workers)

        def work(workspace: Workspace = workspace, options: BuildOptions = options) -> None:
            told.append(build_editions(Loader(workspace), workspace.editions(), options))

        opened.append(count(work)["open"])
    one, two = told
    assert one == two
    done = {outcome.edition: outcome.done for outcome in two.outcomes}
    built = {(one.document, one.language) for one in done if done[one] == "built"}
    changed = {("report-03", tag) for tag in ("en", "ru", "tk")}
    assert built == {*changed, ("report-05", "ru"), ("report-07", "tk")}
    assert files(tmp_path / "one") == files(tmp_path / "two")
    # Of 27 editions they find those of eight documents, less two; the first is looked at here.
    assert opened[0] - opened[1] >= 2 * (7 * 3 - 2)


def test_a_file_of_the_build_is_not_read_through_a_link(tmp_path: Path) -> None:
    """The folders that were plain before are not asked about again, the file is."""
    root, plain = tmp_path / "work", set[str]()
    (root / "build/en").mkdir(parents=True)
    (root / "build/en/a.pdf").write_bytes(b"a")
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.pdf").write_bytes(b"secret")
    (root / "build/en/b.pdf").symlink_to(tmp_path / "secret")
    (root / "build/en/c.pdf").symlink_to("a.pdf")
    (root / "build/ru").symlink_to(tmp_path / "outside")
    assert read_inside(root, "build/en/a.pdf", plain) == b"a"
    assert plain == {"build/en"}
    assert read_inside(root, "build/en/c.pdf", plain) == b"a"
    for place in ("build/en/b.pdf", "build/ru/a.pdf", "build/../../secret"):
        with pytest.raises(PublishError, match="leads out of the workspace"):
            read_inside(root, place, plain)
    assert plain == {"build/en"}


def _change(root: Path) -> None:
    """Change a source, damage an edition, and delete the record of another."""
    with (root / "source/report-03.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more sentence.\n")
    (root / "build/ru/report-05.html").write_bytes(b"<html></html>")
    (root / "build/.editions/report-07.tk.a4.html.json").unlink()


def test_what_others_made_is_made_anew_for_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if other processes looked at it: they find only what this machine made."""
    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: here)
    monkeypatch.setattr("publish.building.looking.MANY", 1)
    opened = make(tmp_path / "work", 3)
    keys = {one.edition: one.key for one in rebuild(opened).outcomes}
    edition = opened.editions(documents=["report-02"])[0]
    found = load_edition(opened, edition, keys[edition])
    assert found is not None
    store_edition(opened, edition, keys[edition], *found, own=False)
    done = {one.edition: one.done for one in build(Loader(opened), list(keys), workers=2)}
    assert set(done.values()) == {"unchanged"}
    anew = build(Loader(opened), list(keys), workers=2, own=True)
    assert [one.edition for one in anew if one.done == "built"] == [edition]


def test_writing_to_a_large_folder_reads_it_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked through for left-overs, as many names in all as files are written, or so."""
    honest, names = publish.leftovers._list_names, []

    def listed(folder: Path) -> list[str]:
        found = honest(folder)
        names.extend(found)
        return found

    for number in range(200):
        (tmp_path / f"old-{number}").touch()
    monkeypatch.setattr(publish.leftovers, "_list_names", listed)
    for number in range(400):
        write_atomic(tmp_path / f"new-{number}", b"new")
    assert 200 <= len(names) <= 6 * 400, len(names)
    left = tmp_path / ".publish-0123456789abcdef.tmp"
    left.write_bytes(b"half")
    for number in range(800):
        write_atomic(tmp_path / f"new-{number % 400}", f"{number}".encode())
    assert not left.exists()


def test_status_forgets_what_it_has_read(tmp_path: Path) -> None:
    opened = make(tmp_path / "work", 3)
    loader = Loader(opened)
    known = loader.source("report-01")
    read_status(loader)
    kept = {key[1] for key in loader._kept if isinstance(key, tuple) and key[0] == "source"}
    assert kept == {"report-01"}
    assert loader.source("report-01") is known
    kept = {path.name for path in (opened.root / "build/.status").iterdir()}
    assert kept == {"report-00.json", "report-01.json", "report-02.json"}


def test_of_a_large_archive_the_first_texts_are_read_before_the_workers_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = make(tmp_path / "work", 4)
    monkeypatch.setattr("publish.building.readingahead.AHEAD", 1)
    held: list[set[object]] = []

    def run(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        kept = tasks[0].loader._kept
        held.append({key[1] for key in kept if isinstance(key, tuple) and key[0] == "source"})
        yield from here(tasks)

    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: run)
    found = rebuild(opened)
    assert held == [{"report-00"}]
    assert {one.done for one in found.outcomes} == {"built"}


def test_what_one_task_needs_is_left_to_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a document in many languages: its source is shared, its catalogs are not."""
    opened = make(tmp_path / "work", 2)
    held: list[set[str]] = []

    def run(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        kept = tasks[0].loader._kept
        found = (str(key[0]) if isinstance(key, tuple) else str(key) for key in kept)
        held.append(set(found) & {"glossary", "source", "interfaces", "catalog", "translation"})
        return iter(())

    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: run)
    one = opened.editions(documents=["report-00"])
    two = opened.editions(pairs=["en+ru"], documents=["report-00"])
    for asked in (one, opened.editions(), one[:1], (*one, *two)):
        build_editions(Loader(opened), asked, BuildOptions(cached=False))
    assert held == [
        {"glossary", "source", "catalog"},
        {"glossary", "source", "catalog", "interfaces"},
        {"glossary"},
        {"glossary", "source", "catalog", "interfaces", "translation"},
    ]


def test_some_documents_are_made_in_one_language_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that style sheets, hyphenation and fonts of a language are read once for all of them."""
    opened = make(tmp_path / "work", 3)
    monkeypatch.setattr("publish.building.tasks.BLOCK", 2)
    made: list[tuple[str, str]] = []

    def run(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        made.extend((one.document[-1], one.language) for task in tasks for one in task.editions)
        yield from here(tasks)

    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: run)
    rebuild(opened)
    first = [(name, tag) for tag in ("en", "ru", "tk") for name in "01"]
    assert made == [*first, ("2", "en"), ("2", "ru"), ("2", "tk")]


def test_the_languages_with_the_largest_fonts_are_made_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that at the end no worker waits for another that has just begun with one of them."""
    (large, small) = (tmp_path / "large.ttf", tmp_path / "small.ttf")
    large.write_bytes(bytes(200))
    small.write_bytes(bytes(100))
    root = make(tmp_path / "work", 2).root
    fonts = f'[fonts]\nru = ["{small}"]\ntk = ["{large}"]\n'
    (root / "publish.toml").write_text(SETTINGS.format('"html"') + fonts, "utf-8")
    made: list[tuple[str, str]] = []

    def run(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        made.extend((one.language, one.document[-1]) for task in tasks for one in task.editions)
        return iter(())

    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: run)
    rebuild(open_workspace(root))
    assert made == [(tag, name) for tag in ("tk", "ru", "en") for name in "01"]


# --------------------------------------------------------------------------- killed


def records(root: Path) -> int:
    return len(list((root / "build/.editions").glob("*.json")))


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "build").glob("*/*") if not path.parent.name.startswith("."))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


@pytest.mark.full
def test_a_build_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Also when all of its processes are killed at once, as when the power fails."""
    root = make(tmp_path / "work", 8, '"pdf", "epub", "html"').root
    whole = make(tmp_path / "whole", 8, '"pdf", "epub", "html"').root
    words = [sys.executable, "-m", "publish", "build", "--no-cache", "--workers", "2", "-C"]
    with subprocess.Popen(
        [*words, str(root)], stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while records(root) < 20 and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    there = records(root)
    assert 20 <= there < 8 * 3 * 3
    again = subprocess.run([*words, str(root)], capture_output=True, text=True, check=False)
    told = Counter(line.split()[0] for line in again.stderr.splitlines() if "build/" in line)
    assert told["unchanged"] >= there - 1  # The file of the last record may be of before.
    assert told["unchanged"] + told["built"] == 8 * 3 * 3
    assert subprocess.run([*words, str(whole)], capture_output=True, check=False).returncode == 0
    assert files(root) == files(whole)
    assert len(files(whole)) == 8 * 3 * 3
