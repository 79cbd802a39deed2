"""Once in a run: sources read and cut, catalogs and texts read, keys made.  Counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import publish.building.documentstatus
import publish.building.keys
import publish.building.looking
import publish.building.preparing
import publish.po.pofile
import publish.reading.source
import publish.translation.loading
import publish.translation.translation
from publish.actions.build import build_editions
from publish.actions.check import check_translations
from publish.actions.release import ReleaseOptions, build_candidates, release_candidates
from publish.actions.status import read_status
from publish.actions.update import update_catalogs
from publish.building.preparing import PreparedText, prepare
from publish.building.tasks import FinishedEdition, Task, make_editions
from publish.errors import PublishError
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import Edition, proses
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"

Counts = Counter[tuple[str, object]]


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """How often each thing was done, by what was done and with what."""
    found: Counts = Counter()

    def count(module: object, name: str, what: Callable[..., object]) -> None:
        honest = getattr(module, name)

        def counted(*args: object, **keywords: object) -> object:
            found[name, what(*args, **keywords)] += 1
            return honest(*args, **keywords)

        monkeypatch.setattr(module, name, counted)

    count(
        publish.reading.source,
        "cut_prose",
        lambda prose, *_: (prose.span, prose.role, prose.content),
    )
    count(publish.translation.loading, "cut_source", lambda document, *_: document.name)
    count(publish.translation.loading, "read_po_file", lambda path, *_: path)
    count(publish.translation.translation, "read_msgstr", lambda text, span: (text, span))
    for module in (publish.building.looking, publish.building.documentstatus):
        count(module, "make_edition_key", lambda _, edition, **__: edition)
    monkeypatch.setattr(Workspace, "read", _counted_read(found, Workspace.read))
    return found


def _counted_read(found: Counts, honest: Callable[..., object]) -> Callable[..., object]:
    def read(workspace: Workspace, name: str, *more: object) -> object:
        found["read", name] += 1
        return honest(workspace, name, *more)

    return read


def once(counts: Counts, *names: str) -> None:
    """Each thing of these kinds was done, and none of them twice."""
    for name in names:
        assert [what for (kind, what) in counts if kind == name], f"{name}: never"
    assert {what: times for what, times in counts.items() if times > 1} == {}


def here(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
    """Tasks in this process, where they can be counted."""
    for task in tasks:
        yield from zip(task.editions, make_editions(task, task.editions, {}), strict=True)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publish.building.builds.make_local_runner", lambda *_: here)


@pytest.mark.usefixtures("in_this_process")
def test_a_build_reads_everything_once(workspace: Path, counts: Counts) -> None:
    opened = open_workspace(workspace)
    editions = opened.editions((), (), ("epub",))
    result = build_editions(Loader(opened), editions)
    assert [one.done for one in result.outcomes] == ["built"] * 3
    once(counts, "read", "cut_source", "cut_prose", "read_msgstr", "make_edition_key")
    cuts = sum(times for (kind, _), times in counts.items() if kind == "cut_prose")
    assert cuts == len(list(proses(opened.read(NAME))))


@pytest.mark.usefixtures("in_this_process")
def test_an_unchanged_build_makes_each_key_once(workspace: Path, counts: Counts) -> None:
    opened = open_workspace(workspace)
    editions = opened.editions((), (), ("epub",))
    build_editions(Loader(opened), editions)
    counts.clear()
    result = build_editions(Loader(opened), editions)
    assert [one.done for one in result.outcomes] == ["unchanged"] * 3
    assert counts == {("make_edition_key", edition): 1 for edition in editions}


def test_status_reads_everything_once(workspace: Path, counts: Counts) -> None:
    for row in read_status(Loader(open_workspace(workspace))):
        assert row.standing is not None
    once(counts, "read", "cut_source", "cut_prose", "read_msgstr")


def test_two_languages_side_by_side_read_the_source_once(workspace: Path, counts: Counts) -> None:
    loader = Loader(open_workspace(workspace))
    for tag in ("en", "ru", "tk"):
        prepare(loader, NAME, find(tag), use_fuzzy=False)
    once(counts, "read", "cut_source", "cut_prose", "read_msgstr")


def test_what_cannot_be_read_is_read_once_too(workspace: Path, counts: Counts) -> None:
    source = workspace / f"source/{NAME}.md"
    source.write_text("---\npublished: soon\n---\na\n", encoding="utf-8")
    loader = Loader(open_workspace(workspace))
    errors = []
    for _ in range(2):
        with pytest.raises(PublishError) as caught:
            loader.source(NAME)
        errors.append(caught.value)
    assert errors[0] is errors[1]
    assert counts["read", NAME] == 1


def test_a_check_reads_everything_once(workspace: Path, counts: Counts) -> None:
    result = check_translations(Loader(open_workspace(workspace)))
    assert [one.language.tag for one in result.languages] == ["en", "ru", "tk"]
    once(counts, "read", "cut_source", "cut_prose", "read_msgstr")


def test_an_update_reads_everything_once(workspace: Path, counts: Counts) -> None:
    result = update_catalogs(Loader(open_workspace(workspace)))
    assert len(result.catalogs) >= 3
    once(counts, "read", "cut_source", "cut_prose")


@pytest.mark.usefixtures("in_this_process")
def test_a_release_prepares_each_text_once(
    workspace: Path, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was built before is not made again; what goes out is prepared once in each language."""
    settings = workspace / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('formats = ["pdf", "epub"]', 'formats = ["epub"]'), "utf-8")
    opened = open_workspace(workspace)
    build_editions(Loader(opened), opened.editions())
    counts.clear()
    prepared: Counter[str] = Counter()
    honest = publish.building.preparing.prepare

    def counted(loader: Loader, name: str, language: Language, **options: bool) -> PreparedText:
        prepared[language.tag] += 1
        return honest(loader, name, language, **options)

    monkeypatch.setattr(publish.building.preparing, "prepare", counted)
    loader = Loader(opened)
    options = ReleaseOptions(folder=workspace / "out")
    candidates = build_candidates(loader, options)
    assert [one.done for one in candidates.taken] == ["unchanged"] * 3
    assert "manifest.json" in release_candidates(loader, candidates, options)
    assert prepared == {"en": 1, "ru": 1, "tk": 1}
    once(counts, "read", "cut_source", "cut_prose", "read_msgstr", "make_edition_key")
