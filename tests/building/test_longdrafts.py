"""The desk's pages of a long document, laid out in parts, are those of the whole one."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import polib
import pytest
from bookparts import make_input, render_joined, short_parts, write_book, write_chapters

from publish.building import draftpages, partcache
from publish.building.cachefolder import Cache, read_entry
from publish.building.draftpages import DraftPages, Drafts, lay_out_draft
from publish.cli.main import main
from publish.editions.pdf.parts import laying, placing
from publish.editions.pdf.parts.splitting import Split
from publish.editions.pdf.shown.pageimages import draw_page, open_pages
from publish.errors import PublishError
from publish.reading.source import cut_source

LANGUAGES = 'source-language = "en"\nlanguages = ["en", "ru"]'


class Shelf:
    """What keeps parts, and counts those it gave."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.new = 0

    def load(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def keep(self, key: str, data: bytes) -> None:
        self.kept[key] = data
        self.new += 1


def draw(pages: DraftPages) -> dict[str, bytes]:
    opened = open_pages(pages.painted)
    return {digest: draw_page(opened, at, 400) for at, digest in enumerate(pages.new)}


def never(*_: object) -> Any:
    raise AssertionError("laid out whole")


@pytest.mark.full
@pytest.mark.parametrize(("tag", "seed"), [("en", 3), ("ru", 4), ("en+ru", 5)])
def test_pages_in_parts_are_those_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str, seed: int
) -> None:
    """The pictures are those of the edition; a whole draft has drawings in colours a step off."""
    loader = write_book(tmp_path, write_chapters(random.Random(seed), 4), LANGUAGES)
    whole = lay_out_draft(tmp_path, "text", tag)
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    parts = lay_out_draft(tmp_path, "text", tag, store=Shelf())
    assert parts.sizes == whole.sizes
    assert parts.unseen == whole.unseen
    assert parts.boxes == whole.boxes
    if tag == "en":
        edition = open_pages(render_joined(make_input(loader)).data)
        shown = [draw_page(edition, at, 400) for at in range(len(whole.sizes))]
        assert list(draw(parts).values()) == shown


@pytest.mark.full
def test_an_edit_lays_out_its_chapter_and_paints_the_pages_that_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentences of other chapters may get other ids; their boxes are kept by their places."""
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    laid: list[int] = []
    lay_out_part = laying.lay_out_part

    def note(setting: Any, pages: Any, sides: Any, number: int) -> Any:
        laid.append(number)
        return lay_out_part(setting, pages, sides, number)

    monkeypatch.setattr(placing, "lay_out_part", note)
    twice = "Said twice. Said twice."
    chapters = [f"# Chapter {n}\n\n{twice} Only here {n}.\n\n" + "Much else. " * 300 for n in "abc"]
    text = "---\ntitle: A book\n---\n" + "\n\n".join(chapters)
    write_book(tmp_path, text, LANGUAGES)
    store = Shelf()
    before = lay_out_draft(tmp_path, "text", "en", store=store)
    assert sorted(set(laid)) == [0, 1, 2, 3]
    laid.clear()
    path = tmp_path / "source/text.md"
    path.write_text(text.replace("Said twice. Said twice. Only here a", "Said once. Only here a"))
    known = set(before.digests)
    after = lay_out_draft(tmp_path, "text", "en", known, store)
    assert laid == [1]
    assert 0 < len(after.new) < len(after.digests)
    assert set(after.new) == set(after.digests) - known
    monkeypatch.undo()
    whole = lay_out_draft(tmp_path, "text", "en")
    assert after.boxes == whole.boxes
    assert after.unseen == whole.unseen
    pictures, shown = draw(before) | draw(after), draw(whole)
    assert [pictures[one] for one in after.digests] == [shown[one] for one in whole.digests]
    assert lay_out_draft(tmp_path, "text", "en", set(whole.digests)).painted == b""


@pytest.mark.full
def test_a_build_takes_the_parts_of_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader = write_book(tmp_path, write_chapters(random.Random(7), 3), LANGUAGES)
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    store = Shelf()
    pages = lay_out_draft(tmp_path, "text", "en", store=store)
    source = make_input(loader)
    edition = render_joined(source)
    store.new = 0
    assert render_joined(source, store=store) == edition
    assert store.new == 0
    assert lay_out_draft(tmp_path, "text", "en", store=store) == pages
    assert store.new == 0


@pytest.mark.full
def test_the_desk_takes_the_parts_of_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build knows nothing of sentences: their places are found from the lines that it kept."""
    loader = write_book(tmp_path, write_chapters(random.Random(9), 3), LANGUAGES)
    whole = lay_out_draft(tmp_path, "text", "en")
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    store = Shelf()
    render_joined(make_input(loader), store=store)
    monkeypatch.setattr(placing, "lay_out_part", never)
    pages = lay_out_draft(tmp_path, "text", "en", store=store)
    assert pages.boxes == whole.boxes
    assert pages.unseen == whole.unseen
    for key in list(store.kept):  # What was kept of the lines may be deleted at any time.
        del store.kept[key]
    monkeypatch.undo()
    short_parts(monkeypatch)
    assert lay_out_draft(tmp_path, "text", "en", store=store) == pages


@pytest.mark.full
def test_parts_are_laid_out_in_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the process of the desk stays small, and a book is seen sooner."""
    write_book(tmp_path, write_chapters(random.Random(8), 3), LANGUAGES)
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    wanted = lay_out_draft(tmp_path, "text", "en", store=Shelf())
    processes = tmp_path / "processes"
    processes.mkdir()
    lay_out_part = laying.lay_out_part

    def note(setting: Any, pages: Any, sides: Any, number: int) -> Any:
        (processes / str(os.getpid())).touch()
        return lay_out_part(setting, pages, sides, number)

    monkeypatch.setattr(placing, "lay_out_part", note)
    assert Drafts(tmp_path, "text", "en").lay_out() == wanted
    assert str(os.getpid()) not in {one.name for one in processes.iterdir()} != set()


@pytest.mark.full
def test_boxes_are_of_the_sentences_as_they_are_cut_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same letters, first of two translations, then of one that is joined."""
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    text = "---\ntitle: T\n---\n\n# One\n\nFirst. Second.\n\n# Two\n\nThird.\n"
    write_book(tmp_path, text, LANGUAGES)
    assert main(["update", "-q", "-C", str(tmp_path)]) == 0
    path = tmp_path / "locales/ru/LC_MESSAGES/text.po"
    store, found = Shelf(), []
    for texts in ({"First.": "А.", "Second.": "Б."}, {"First.": "А. Б.", "Second.": "{joined}"}):
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = texts.get(entry.msgid, "В")
        catalog.save()
        found.append(lay_out_draft(tmp_path, "text", "ru", store=store))
    assert found[0].digests == found[1].digests
    assert found[0].boxes != found[1].boxes
    monkeypatch.undo()
    assert found[1].boxes == lay_out_draft(tmp_path, "text", "ru").boxes


@pytest.mark.full
def test_after_an_edit_only_what_changed_is_read_and_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All else is in memory, and no page of it is opened; what one look made, the next reads."""
    short_parts(monkeypatch)
    monkeypatch.setattr(draftpages, "_lay_out_whole", never)
    read: list[str] = []
    described: list[int] = []
    list_masked = Split.list_masked

    def note(cache: Cache, key: str) -> bytes | None:
        found = read_entry(cache, key)
        read.extend([key] if found else [])
        return found

    def describe(split: Split, number: int) -> Any:
        described.append(number)
        return list_masked(split, number)

    monkeypatch.setattr(partcache, "read_entry", note)
    monkeypatch.setattr(Split, "list_masked", describe)
    text = write_chapters(random.Random(4), 4)
    write_book(tmp_path, text, LANGUAGES)
    drafts = Drafts(tmp_path, "text", "en")
    known = frozenset(drafts.lay_out().digests)
    assert sorted(described) == [1, 2, 3, 4]
    drafts.lay_out(known)
    assert len(read) > 25
    for number in (2, 3):
        read.clear()
        described.clear()
        start = text.index(f"# Part {number}")
        text = text[:start] + text[start:].replace(" the ", " people ", 1)
        (tmp_path / "source/text.md").write_text(text, encoding="utf-8")
        laid = drafts.lay_out(known)
        assert described == [number]
        assert len(read) < 10, "with what the pages of the chapter are finished from"
        assert 0 < len(laid.new) < len(laid.digests)
        known = frozenset(laid.digests)


def test_a_source_is_read_again_if_it_or_the_settings_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def note(*given: Any) -> Any:
        read.append(1)
        return cut_source(*given)

    def lay_out() -> int:
        read.clear()
        drafts.lay_out(known)
        return len(read)

    monkeypatch.setattr("publish.translation.loading.cut_source", note)
    text = "---\ntitle: T\n---\n\nOne. Two.\n"
    write_book(tmp_path, text, LANGUAGES)
    drafts, known = (
        Drafts(tmp_path, "text", "en"),
        set(lay_out_draft(tmp_path, "text", "en").digests),
    )
    assert [lay_out(), lay_out(), lay_out()] == [1, 0, 0]
    (tmp_path / "source/text.md").write_text(text + "\nThree.\n")
    assert [lay_out(), lay_out()] == [1, 0]
    with (tmp_path / "publish.toml").open("a") as settings:
        settings.write('segmentation.text = "paragraph"\n')
    assert [lay_out(), lay_out()] == [1, 0]
    (tmp_path / "source/text.md").unlink()
    with pytest.raises(PublishError):
        drafts.lay_out()
