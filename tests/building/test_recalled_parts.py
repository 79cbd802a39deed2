"""What the desk recalls of parts from one look to the next changes nothing on its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bookparts import short_parts, write_book

from publish.building import draftpages
from publish.building.draftpages import Drafts
from publish.editions.pdf.parts.layering import LayeredPart
from publish.editions.pdf.parts.recalling import Recalled, recall
from publish.editions.pdf.shown.unitboxes import UnitPlaces

TWICE = "Said twice. Said twice."
NOTE = "A note.[^{0}]\n\n[^{0}]: About {0}."


def _chapter(name: str) -> str:
    return f"# Chapter {name}\n\n{TWICE} Only here {name}. {NOTE.format(name)}\n\n" + "Else. " * 400


def _write(root: Path, chapters: list[str]) -> None:
    text = "---\ntitle: A book\n---\n" + "\n\n".join(chapters)
    (root / "source/text.md").write_text(text, encoding="utf-8")


def _edits() -> dict[str, list[str]]:
    """The chapters after each of some edits."""
    a, b, c = map(_chapter, "abc")
    longer = a.replace("# Chapter a\n", "# Chapter a\n\nA line more.\n")
    return {
        "other ids of sentences elsewhere": [a.replace(TWICE, "Said once."), b, c],
        "a word": [a, b.replace("Only here", "Only there"), c],
        "a paragraph more, so that others have other numbers": [longer, b, c],
        "a page more": [longer.replace("A line more.", "More. " * 700), b, c],
        "another order": [c, a, b],
        "a note less": [a.replace("[^a]: About a.", "").replace("[^a]", ""), b, c],
        "a chapter less": [a, c],
        "all as it was": [a, b, c],
    }


@pytest.mark.full
def test_every_look_shows_what_one_from_nothing_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", None)
    write_book(tmp_path, "A text.", 'source-language = "en"')
    drafts = Drafts(tmp_path, "text", "en")
    _write(tmp_path, list(map(_chapter, "abc")))
    drafts.lay_out()
    for edit, chapters in _edits().items():
        _write(tmp_path, chapters)
        look, fresh = drafts.lay_out(), Drafts(tmp_path, "text", "en").lay_out()
        assert look == fresh, edit


@pytest.mark.full
def test_after_an_edit_only_what_is_known_of_its_chapter_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_parts(monkeypatch)
    write_book(tmp_path, "A text.", 'source-language = "en"')
    drafts = Drafts(tmp_path, "text", "en")
    chapters = list(map(_chapter, "abc"))
    _write(tmp_path, chapters)
    drafts.lay_out()
    opened: list[str] = []
    numbered: list[Any] = []
    open_letters, renumber = LayeredPart._open_letters, UnitPlaces.renumber

    def note_opened(self: Any, *, bare: bool) -> Any:
        opened.append(self.key)
        return open_letters(self, bare=bare)

    def note_numbered(self: Any, *given: Any) -> Any:
        numbered.append(given)
        return renumber(self, *given)

    monkeypatch.setattr(LayeredPart, "_open_letters", note_opened)
    monkeypatch.setattr(UnitPlaces, "renumber", note_numbered)
    chapters[1] = chapters[1].replace("Only here", "Only there")
    _write(tmp_path, chapters)
    drafts.lay_out()
    assert len(set(opened)) == 1
    assert len(numbered) == 1
    opened.clear()
    numbered.clear()
    drafts.lay_out()
    assert not opened
    assert not numbered


def test_what_a_run_does_not_take_is_forgotten() -> None:
    recalled = Recalled()
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [recall(recalled, ("a",), make), recall(recalled, ("a",), make)] == [0, 0]
    recalled.end_run()
    assert recall(recalled, ("a",), make) == 0
    recalled.end_run()
    recalled.end_run()
    assert recall(recalled, ("a",), make) == 1
    assert recall(recalled, ("b",), make) == 2
    assert [recall(None, ("a",), make), recall(None, ("a",), make)] == [3, 4]
