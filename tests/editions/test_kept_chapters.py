"""Chapters of a text that are kept are those that would be written: whatever changes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from bookparts import write_book, write_chapters
from examples import some
from livecases import change, fill, open_rich, write_rich
from lxml import etree

from publish.building import draftpages, tasks
from publish.building.cache import Cache
from publish.building.draftpages import Drafts
from publish.building.preparing import draft_text
from publish.building.tasks import Task
from publish.editions.images.collecting import Picture
from publish.editions.page import chapters
from publish.editions.page.blocks import Chapter, name_chapter, write_chapter
from publish.editions.page.edition import Manuscript, make_language_tree
from publish.editions.page.inlines import MarkupContext
from publish.editions.pdf.parts.viewing import PageView
from publish.editions.pdf.rendering import PdfInput
from publish.editions.pdf.shown.unitboxes import UnitBoxes
from publish.editions.pdf.shown.unittexts import UnitTexts
from publish.languages.registry import find
from publish.model import (
    Block,
    Edition,
    FootnoteMark,
    Format,
    Inline,
    Role,
    Span,
    block_proses,
    walk_inlines,
)
from publish.project.workspace import open_workspace
from publish.resources import find_template_folder
from publish.translation.loading import Loader

TEMPLATES = [find_template_folder()]


class Shelf:
    """What keeps chapters, and counts those it was given and those it gave."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.found = 0

    def load(self, key: str) -> bytes | None:
        self.found += key in self.kept
        return self.kept.get(key)

    def keep(self, key: str, data: bytes) -> None:
        assert key not in self.kept
        self.kept[key] = data


@pytest.fixture(autouse=True)
def _keep_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapters, "LEAST_BLOCKS", 0)


def check_same(text: Manuscript, shelf: Shelf) -> int:
    """Compare the tree from the shelf with that made anew; return how many chapters were new."""
    before = len(shelf.kept)
    made = make_language_tree(text, TEMPLATES, store=shelf)
    whole = make_language_tree(text, TEMPLATES)
    assert etree.tostring(made) == etree.tostring(whole)
    assert list(map(_facts, made.iter())) == list(map(_facts, whole.iter()))
    return len(shelf.kept) - before


def _facts(element: Any) -> tuple[Any, ...]:
    return element.tag, element.text, element.tail, dict(element.attrib), element.nsmap


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich") / "work")


@pytest.mark.parametrize("tag", ["ru", "ar"])
def test_after_any_changes_of_a_translation(rich: Path, tag: str) -> None:
    """Missing, fuzzy, held and joined sentences, corrections, hostile texts; also right to left."""
    loader, translation = open_rich(rich, tag)
    chance = random.Random(tag)
    shelf = Shelf()
    for _ in range(some(4)):
        translation, _ = change(translation, chance)
        fuzzy, marked = chance.random() < 0.5, chance.random() < 0.5
        check_same(draft_text(loader, translation, use_fuzzy=fuzzy, marked=marked).text, shelf)
    assert shelf.found


def _edit_source(text: str, chance: random.Random) -> str:
    """Return a source with a paragraph lost, moved, doubled or changed."""
    parts = text.split("\n\n")
    at, there = (chance.randrange(2, len(parts)) for _ in range(2))
    match chance.randrange(4):
        case 0 if not parts[at].startswith("#"):
            del parts[at]
        case 1 if not parts[at].startswith(("#", "[^")):
            parts.insert(there, parts.pop(at))
        case 2 if not parts[at].startswith(("#", "[^")):
            parts.insert(there, parts[at])
        case _:
            parts[at] = parts[at].replace(" of ", " off ", 1).replace(" the ", " no ", 1)
    return "\n\n".join(parts)


def _edit(root: Path, text: str, chance: random.Random, times: int) -> Iterator[Manuscript]:
    for _ in range(times):
        text = _edit_source(text, chance)
        (root / "source/text.md").write_text(text, encoding="utf-8")
        loader = Loader(open_workspace(root))
        yield draft_text(loader, loader.translation("text", find("en"))).text


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_of_the_source(tmp_path: Path, seed: int) -> None:
    """Numbers of notes and paragraphs before a chapter change with what precedes it."""
    chance = random.Random(seed)
    text = write_chapters(chance, 5)
    write_book(tmp_path, text)
    shelf = Shelf()
    for made in _edit(tmp_path, text, chance, some(5)):
        check_same(made, shelf)
    assert shelf.found


def test_one_changed_word_writes_its_chapter(tmp_path: Path) -> None:
    chance = random.Random(1)
    text = write_chapters(chance, 5)
    shelf = Shelf()
    write_book(tmp_path, text)
    loader = Loader(open_workspace(tmp_path))
    first = draft_text(loader, loader.translation("text", find("en"))).text
    assert check_same(first, shelf) == 6
    assert check_same(first, shelf) == 0
    start = text.index("# Part 3")
    edited = text[:start] + text[start:].replace(" officials ", " people ", 1)
    (tmp_path / "source/text.md").write_text(f"{edited}\n", encoding="utf-8")
    loader = Loader(open_workspace(tmp_path))
    assert check_same(draft_text(loader, loader.translation("text", find("en"))).text, shelf) == 1


def test_a_new_paragraph_writes_its_chapter(tmp_path: Path) -> None:
    """Paragraphs after it have other numbers, and so have those of notes; a text looks like one."""
    shelf = Shelf()
    write_book(tmp_path, "")
    looks_so = '<p id="p9" data-number="9">'
    after = f"# Two\n\nY[^a].\n\n- `{looks_so}`\n\n> {looks_so[3:]}\n\n# Three\n\nZ.[^b]\n\n{NOTES}"
    assert check_same(_draft(tmp_path, f"# One\n\nX.\n\n{after}"), shelf) == 4
    assert check_same(_draft(tmp_path, f"# One\n\nX.\n\nNew.\n\n{after}"), shelf) == 1
    assert check_same(_draft(tmp_path, f"# One\n\n{after}"), shelf) == 1


def test_other_lines_write_no_chapter(tmp_path: Path) -> None:
    """A line more before a chapter moves it in its file; its XHTML is the same."""
    text = write_chapters(random.Random(2), 3)
    shelf = Shelf()
    write_book(tmp_path, text)
    for more in ("", "\n\n"):
        (tmp_path / "source/text.md").write_text(text.replace("# Part 1", f"{more}# Part 1"))
        loader = Loader(open_workspace(tmp_path))
        made = draft_text(loader, loader.translation("text", find("en"))).text
        assert check_same(made, shelf) == (0 if more else 4)


def test_whatever_a_chapter_is_written_with_is_in_its_key(rich: Path) -> None:
    loader, translation = open_rich(rich, "ru")
    text = draft_text(loader, fill(translation)).text
    words = text.interface
    others = {message: f"{shown}!" for message, shown in words.strings.items()}
    shelf = Shelf()
    count = check_same(text, shelf)
    for other in (
        replace(text, language=find("tk")),
        replace(text, source=find("de")),
        replace(text, interface=replace(words, strings=others)),
        replace(text, captions={"figures": "above"}),
        replace(text, pictures={"hours.svg": Picture("other.svg", 3, 2)}),
    ):
        assert check_same(other, shelf) == count


def test_notes_in_another_order_are_in_the_key(rich: Path) -> None:
    """Their numbers, and whether a mark is the first of its note, come from other chapters."""
    loader, translation = open_rich(rich, "ru")
    text = draft_text(loader, fill(translation)).text
    document, shelf = text.document, Shelf()
    check_same(text, shelf)
    turned = tuple(
        replace(note, number=len(document.notes) + 1 - note.number) for note in document.notes
    )
    assert check_same(replace(text, document=replace(document, notes=turned)), shelf)
    body = document.body
    for at in range(0, len(body), 5):
        turned_body = (*body[at:], *body[:at])
        check_same(replace(text, document=replace(document, body=turned_body)), shelf)


def _describe(value: object) -> str:
    return repr(chapters._describe(value, 1, []))


def test_every_field_of_a_block_is_in_the_key(rich: Path) -> None:
    """But for spans; so is every field of a text, and of each node in it."""
    assert not any(one.type == "Span" for kind in get_args(Inline) for one in fields(kind))
    loader, translation = open_rich(rich, "ru")
    document = draft_text(loader, translation).text.document
    texts = tuple(prose for block in document.body for prose in block_proses(block))
    nodes = tuple(node for prose in texts for node in walk_inlines(prose.content))
    for value in (*document.body, *texts, *nodes):
        whole = _describe(value)
        for one in fields(value):
            now = getattr(value, one.name)
            others: dict[str, Any] = {"span": Span("x", 1, 1), "number": 99, "role": Role.KEYWORD}
            wrong: Any = {one.name: others.get(one.name, "other")}
            same = _describe(replace(value, **wrong)) == whole
            assert same == isinstance(now, Span), (type(value), one.name)
    assert {type(block) for block in document.body} <= set(get_args(Block))
    assert len({type(node) for node in nodes}) > 5


def _draft(root: Path, body: str) -> Manuscript:
    (root / "source/text.md").write_text(f"---\ntitle: T\nauthor: A\n---\n\n{body}")
    loader = Loader(open_workspace(root))
    return draft_text(loader, loader.translation("text", find("en"))).text


def test_only_the_first_mark_of_a_note_has_an_id(tmp_path: Path) -> None:
    """Whether it is the first is known from chapters before, kept or not."""
    write_book(tmp_path, "")
    shelf = Shelf()
    looks_so = repr(FootnoteMark("a"))
    for first in ("X[^a].", "X[^a].", "X.", looks_so, "X[^b].[^a]"):
        check_same(_draft(tmp_path, f"# One\n\n{first}\n\n# Two\n\nY[^a].[^b]\n\n{NOTES}"), shelf)
    assert shelf.found


NOTES = "[^a]: A.\n\n[^b]: B.\n"


def test_a_note_has_the_number_of_its_mark_where_none_was_counted(tmp_path: Path) -> None:
    write_book(tmp_path, "")
    text = _draft(tmp_path, f"# One\n\nX[^a].\n\nY[^b].\n\n{NOTES}")
    document, shelf = text.document, Shelf()
    notes = tuple(replace(note, number=0) for note in document.notes)
    for body in (document.body, document.body[:1], document.body[::2], document.body[:2]):
        made = replace(document, body=body, notes=notes)
        check_same(replace(text, document=made), shelf)


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_a_build_writes_the_changed_chapter_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Format
) -> None:
    text = write_chapters(random.Random(3), 4)
    root, cache = tmp_path / "work", Cache(tmp_path / "cache", 10**8)
    loader = write_book(root, text)
    edition = Edition(document="text", language="en", format=kind)
    written: list[str] = []

    def note(chapter: Chapter, context: MarkupContext) -> Any:
        written.append(name_chapter(chapter))
        return write_chapter(chapter, context)

    monkeypatch.setattr(chapters, "write_chapter", note)

    def make() -> bytes:
        task = Task(Loader(open_workspace(root)), (edition,), cache=cache)
        begun = tasks._begun(task, edition)
        assert isinstance(begun, tasks._Begun)
        return etree.tostring(begun.make_tree(edition))

    first = make()
    assert written == ["c1", "c2", "c3", "c4"]
    assert make() == first
    start = text.index("# Part 3")
    edited = text[:start] + text[start:].replace(" officials ", " people ", 1)
    (loader.workspace.root / "source/text.md").write_text(edited, encoding="utf-8")
    changed = make()
    assert written[4:] == ["c3"]
    shutil.rmtree(cache.folder)
    assert make() == changed != first


@pytest.mark.parametrize("tag", ["en", pytest.param("en+ru", marks=pytest.mark.full)])
def test_the_desk_writes_the_changed_chapter_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    """Once as it is shown, once with marks of its sentences, in each language."""
    text = write_chapters(random.Random(4), 4)
    write_book(tmp_path, text, 'source-language = "en"\nlanguages = ["en", "ru"]')
    written: list[str] = []
    seen: list[tuple[bytes, UnitTexts]] = []

    def note(chapter: Chapter, context: MarkupContext) -> Any:
        written.append(name_chapter(chapter))
        return write_chapter(chapter, context)

    def view(source: PdfInput, texts: UnitTexts, *_: object) -> PageView:
        seen.append((source.xhtml, texts))
        boxes = UnitBoxes({}, frozenset())
        return PageView(sizes=(), digests=(), boxes=boxes, painted=b"", new=())

    def lay_out(drafts: Drafts) -> list[str]:
        written.clear()
        drafts.lay_out()
        return sorted(written)

    monkeypatch.setattr(chapters, "write_chapter", note)
    monkeypatch.setattr(draftpages, "view", view)
    drafts = Drafts(tmp_path, "text", tag)
    each = 2 * len(tag.split("+"))
    assert lay_out(drafts) == sorted(["c1", "c2", "c3", "c4"] * each)
    for number, word in ((2, "people"), (3, "others")):
        start = text.index(f"# Part {number}")
        text = text[:start] + text[start:].replace(" the ", f" {word} ", 1)
        (tmp_path / "source/text.md").write_text(text, encoding="utf-8")
        assert lay_out(drafts) == [f"c{number}"] * each
    assert lay_out(drafts) == []
    lay_out(Drafts(tmp_path, "text", tag))
    assert seen[-1] == seen[-2] == seen[-3] != seen[0]
