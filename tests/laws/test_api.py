"""The Python API: some fifteen names, typed, and one way from a source to approved editions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import publish

SOURCE = """---
title: A report
revised: 2024-06-24
---

First sentence.[^1] Second sentence.

[^1]: A note.
"""

EMPTY = 'msgstr ""'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    settings = 'documents = ["r"]\nlanguages = ["en", "ru"]\n'
    (tmp_path / "publish.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/r.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def po(root: Path) -> Path:
    return root / "locales/ru/LC_MESSAGES/r.po"


def translate(root: Path, texts: dict[str, str]) -> None:
    text = po(root).read_text(encoding="utf-8")
    for start, written in texts.items():
        at = text.index(f'msgid "{start}')
        empty = text.index(EMPTY, at)
        text = f'{text[:empty]}msgstr "{written}"{text[empty + len(EMPTY) :]}'
    po(root).write_text(text, encoding="utf-8")


def test_from_a_source_to_an_approved_translation(root: Path) -> None:
    workspace = publish.open_workspace(root / "source")
    assert workspace.root == root
    updated = publish.update(workspace)
    assert "locales/ru/LC_MESSAGES/r.po" in {one.file for one in updated.catalogs}
    texts = {"First": "Первое предложение.[^1]", "Second": "*Второе.*", "A note": "Примечание."}
    translate(root, texts)
    found = publish.check(workspace, languages=["ru"])
    assert "marks-differ" in {one.code for one in found.findings}
    page = publish.compose_page(workspace, "r", "ru")
    assert [one.code for one in page.held] == ["marks-differ"]
    assert len(page.sentences) == 4
    assert "Первое предложение." in page.xhtml
    built = publish.build(workspace, languages=["ru"], formats=["epub"], workers=1)
    assert [(one.done, one.state) for one in built.outcomes] == [("built", "draft")]
    assert built.exit_code == 1
    with pytest.raises(publish.FindingsError):
        publish.approve(workspace, "r", "ru", ["sentence 2"], reviewer="editor")
    decided = publish.approve(workspace, "r", "ru", ["p2"], reviewer="editor")
    assert [one.subject.source for one in decided.taken] == ["A note."]
    refused = publish.reject(
        workspace, "r", "ru", ["sentence 1"], reviewer="editor", reason="too free"
    )
    assert [one.subject.source for one in refused.taken] == ["First sentence.[^1]"]
    (row,) = publish.status(workspace, languages=["ru"])
    assert row.standing is not None
    assert row.standing.review is not None
    assert (row.standing.review.approved, row.standing.review.rejected) == (1, 1)


def test_a_kit_goes_out_and_comes_back(root: Path, tmp_path: Path) -> None:
    workspace = publish.open_workspace(root)
    publish.update(workspace)
    out = publish.export_kit(workspace, "r", "ru", output=tmp_path / "kit.zip")
    assert out.sentences == 4
    before = po(root).read_bytes()
    back = publish.import_kit(workspace, tmp_path / "kit.zip")
    assert back.rejected == ()
    assert po(root).read_bytes() == before


def test_an_existing_translation_is_taken_and_accepted(root: Path, tmp_path: Path) -> None:
    workspace = publish.open_workspace(root)
    (tmp_path / "old.md").write_text("# Отчёт\n\nПервое предложение. Второе.\n", "utf-8")
    found = publish.import_translation(workspace, "r", "ru", tmp_path / "old.md")
    assert "Второе." in [entry.msgstr for entry in found.filled]
    assert publish.accept(workspace, "r", "ru", ["Second"], least=100).taken == ()
    done = publish.accept(workspace, "r", "ru", ["Second"])
    assert [one.subject.head.msgstr for one in done.taken] == ["Второе."]


def test_an_unsaved_translation_is_shown_in_the_place_of_the_file(root: Path) -> None:
    workspace = publish.open_workspace(root)
    publish.update(workspace)
    saved = publish.load_translation(workspace, "r", "ru")
    translate(root, {"Second": "Второе."})
    newer = publish.load_translation(workspace, "r", "ru")
    assert "Второе." not in publish.compose_page(workspace, "r", "ru", translation=saved).xhtml
    assert "Второе." in publish.compose_page(workspace, "r", "ru", translation=newer).xhtml


def test_the_names_are_there_and_no_others() -> None:
    assert len(publish.__all__) == 17
    assert set(publish.__all__) <= set(dir(publish))
    for name in publish.__all__:
        assert getattr(publish, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = publish.nothing
    assert (Path(publish.__file__).parent / "py.typed").is_file()


def test_the_package_itself_loads_nothing_until_it_is_asked() -> None:
    code = "import sys, publish; print(sum(name.startswith('publish.') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
