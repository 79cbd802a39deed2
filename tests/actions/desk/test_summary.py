"""The figures of all documents: asked for again, they come from what is stored, titles too."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentencecases import make_workspace, po

from publish.actions.desk.summary import DocumentFigures, list_documents
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

DOCUMENTS = 12


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path)
    source = (made / "source/r.md").read_bytes()
    catalog = po(made).read_bytes()
    for number in range(DOCUMENTS - 1):
        (made / f"source/r{number}.md").write_bytes(source)
        po(made).with_name(f"r{number}.po").write_bytes(catalog)
    return made


def measure(root: Path) -> dict[tuple[str, str], DocumentFigures]:
    known: dict[tuple[str, str], DocumentFigures] = {}
    list_documents(open_workspace(root), known, 60)
    return known


def test_figures_that_are_stored_need_no_source(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = measure(root)
    own = [one for (name, tag), one in first.items() if name.startswith("r") and tag == "ru"]
    assert len(own) == DOCUMENTS
    assert all(one.sentences and one.title for one in own)

    def refuse(*_: object) -> None:
        raise AssertionError("a source was read")

    monkeypatch.setattr(Loader, "source", refuse)
    assert measure(root) == first


def test_documents_are_looked_for_once_and_not_for_each(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Workspace] = []
    found = Workspace._found

    def look(workspace: Workspace) -> tuple[str, ...]:
        looked.append(workspace)
        return found(workspace)

    monkeypatch.setattr(Workspace, "_found", look)
    measure(root)
    assert len(looked) < DOCUMENTS / 2
