"""The one way in: every file read once, and read anew where it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from checkcases import PO, RU, catalog, loader, make_workspace

from publish.errors import PublishError
from publish.languages.registry import find
from publish.po.pofile import PoFile, replace_entry
from publish.project.workspace import open_workspace
from publish.reading.msgstr import read_msgstr
from publish.translation.loading import Loader

EN = find("en")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace whose source has corrections of its own, too."""
    root = make_workspace(tmp_path)
    catalog(root, "en").parent.mkdir(parents=True)
    catalog(root, "en").write_text(PO.replace("Language: ru", "Language: en"), encoding="utf-8")
    return root


def retitled(po: PoFile | None, title: str) -> PoFile:
    """The catalog with another translation of the title."""
    assert po is not None
    first, *rest = po.records
    return replace(
        po, records=(replace_entry(first, replace(first.entry, msgstrs=(title,))), *rest)
    )


def test_a_file_is_read_once_and_its_error_is_kept(small: Path) -> None:
    one = loader(small)
    before = one.translation("r", RU)
    catalog(small).write_text('msgid "a\n', encoding="utf-8")
    assert one.translation("r", RU) is before
    other = loader(small)
    for _ in range(2):
        with pytest.raises(PublishError) as caught:
            other.translation("r", RU)
        assert caught.value.code == "po-syntax"
        catalog(small).write_text(PO, encoding="utf-8")


def test_what_was_saved_is_what_the_loader_has_from_then_on(small: Path) -> None:
    one = loader(small)
    before = one.translation("r", RU)
    after = one.save(before, retitled(before.po, "Отчёт"))
    assert after.entries[None, "Report"].msgstr == "Отчёт"
    assert one.translation("r", RU) is after
    assert 'msgstr "Отчёт"' in catalog(small).read_text(encoding="utf-8")
    assert before.entries[None, "Report"].msgstr == "Доклад"


def test_a_correction_that_was_saved_is_known_to_every_language(small: Path) -> None:
    one = loader(small)
    one.translation("r", RU)
    original = one.translation("r", EN)
    one.save(original, retitled(original.po, "The report"))
    assert one.translation("r", RU).corrected[None, "Report"].msgstr == "The report"


def test_another_state_of_a_catalog_need_not_be_saved(small: Path) -> None:
    one = loader(small)
    russian, original = one.translation("r", RU), one.translation("r", EN)
    unsaved = russian.with_catalog(retitled(russian.po, "Отчёт"))
    assert unsaved.texts[None, "Report"].shown == "Отчёт"
    assert unsaved.corrections == russian.corrections
    corrected = original.with_catalog(retitled(original.po, "The report"))
    assert corrected.corrected[None, "Report"].msgstr == "The report"
    assert corrected.correction_texts[None, "Report"].shown == "The report"
    assert catalog(small).read_text(encoding="utf-8") == PO


def test_what_a_loader_adopts_is_not_read_again(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a source that is as it was nor the texts of entries that are; settings count."""
    before = Loader(open_workspace(small))
    before.adopt(before, "r")  # So it has the digests of the files.
    first = before.translation("r", RU)
    assert first.texts
    catalog(small).write_text(PO.replace("Доклад", "Отчёт"), encoding="utf-8")
    fresh = loader(small).translation("r", RU)
    assert fresh.texts
    read: list[str] = []

    def note(msgstr: str, *given: Any) -> Any:
        read.append(msgstr)
        return read_msgstr(msgstr, *given)

    monkeypatch.setattr("publish.translation.translation.read_msgstr", note)
    after = Loader(open_workspace(small))
    after.adopt(before, "r")
    found = after.translation("r", RU)
    assert (found.source is first.source, found.texts, found) == (True, fresh.texts, fresh)
    assert read == ["Отчёт"]
    settings = small / "publish.toml"
    settings.write_text(f'typography = "as-typed"\n{settings.read_text("utf-8")}', "utf-8")
    other = Loader(open_workspace(small))
    other.adopt(after, "r")
    assert other.translation("r", RU).source is not first.source
