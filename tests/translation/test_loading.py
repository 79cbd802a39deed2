"""The one way in: every file read once, and read anew where it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from checkcases import PO, RU, catalog, loader, make_workspace

from publish.errors import PublishError
from publish.languages.registry import find
from publish.po.pofile import PoFile, replace_entry

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
