"""A long PDF is laid out in parts and joined: nobody can tell, whatever is in it."""

from __future__ import annotations

import gc
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bookparts import (
    Counting,
    compare_files,
    drop_signs,
    make_input,
    read_held,
    reason_for_whole,
    render_joined,
    render_whole,
    short_parts,
    write_book,
    write_chapters,
)

from publish.building import parts
from publish.building.cache import Cache
from publish.building.partcache import make_part_store
from publish.building.parts import make_part_runner
from publish.editions.pagination import WrittenEdition, read_text_order
from publish.editions.pdf.document import parse_document
from publish.editions.pdf.objects import serialising
from publish.editions.pdf.objects.fileobjects import PackedStream, StructureElement
from publish.editions.pdf.parts import joining, pagewriting
from publish.editions.pdf.parts.keeping import make_part_key
from publish.editions.pdf.parts.laying import Setting, list_elements
from publish.editions.pdf.parts.recording import FontFacts, PageHead
from publish.editions.pdf.parts.splitting import make_part, split_document
from publish.editions.pdf.rendering import PdfInput, render
from publish.errors import BuildError, PublishError
from publish.model import PageSize

SMALL = f"""---
title: A small book
author: A
published: 2024-01-31
---

# First {{#first}}

The office found **no bold** [effects](#second) at all.[^1]

| Year | Cases |
|------|------:|
| 2024 | 1,200 |

# Second {{#second}}

![A picture of dots](dots.png)

# Third {{#third}}

- See [above](#first).

![A drawing of bars](bars.svg)

The words of the ombudsman.

**{" ".join(["8" * 60] * 3)}**

[^1]: Nor [later](#third).
"""
"""What can lead from one chapter to another, on as few pages as can be."""
PARTS = 5
"""The cover and contents, three chapters, and the notes."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PdfInput:
    return make_input(write_book(tmp_path_factory.mktemp("book"), SMALL))


@pytest.fixture(scope="module")
def joined(book: PdfInput) -> WrittenEdition:
    return render_joined(book)


def test_a_small_joined_file_is_the_whole_one(
    book: PdfInput, joined: WrittenEdition, tmp_path: Path
) -> None:
    """A quick look at what the next test looks for."""
    compare_files(joined, render_whole(book), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("page", ["a4", "large", "phone"])
@pytest.mark.parametrize("seed", range(1, 5))
def test_a_joined_file_is_the_whole_one_to_ear_and_eye(
    tmp_path: Path, seed: int, page: PageSize
) -> None:
    """Text, tags, links, outline, metadata, fonts, the picture of each page and its start."""
    text = write_chapters(random.Random(seed), 5)
    source = make_input(write_book(tmp_path / "book", text), page=page)
    compare_files(render_joined(source), render_whole(source), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("language", ["fa", "ar"])
def test_right_to_left(tmp_path: Path, language: str) -> None:
    words = (Path("tests/cases/right-to-left") / f"{language}.md").read_text("utf-8").split()
    words = [word for word in words if word.isalpha() or word.isdecimal()]
    text = write_chapters(random.Random(2), 3, words)
    settings = f'source-language = "{language}"\nlanguages = ["{language}"]\n'
    settings += f'fonts.{language} = ["Noto Sans Arabic"]'
    source = make_input(write_book(tmp_path, text, settings), language)
    joined, whole = render_joined(source), render_whole(source)
    assert (joined.pages, joined.lost) == (whole.pages, whole.lost)
    ours, theirs = read_held(joined.data), read_held(whole.data)
    assert ours.pictures == theirs.pictures
    for name in ("outline", "places", "links", "metadata", "fonts"):
        assert getattr(ours, name) == getattr(theirs, name), name
    # A line that is named, not written anew, has no signs; which is, hangs on the lines before.
    assert drop_signs(ours.tags) == drop_signs(theirs.tags)


@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.full), 2])
def test_the_bytes_do_not_depend_on_who_does_the_work(
    book: PdfInput, joined: WrittenEdition, workers: int
) -> None:
    assert render_joined(book, make_part_runner(workers)) == joined


@pytest.mark.full
def test_the_bytes_do_not_depend_on_where_chapters_are_cut(
    book: PdfInput, joined: WrittenEdition
) -> None:
    """So a chapter that grows and becomes a part of its own changes nothing else."""
    assert render_joined(book, least=60) == joined


def test_what_is_written_is_let_go_of_and_what_is_known_of_a_part_opened_in_its_turn(
    book: PdfInput, joined: WrittenEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither pages nor tags are held until the end, but for what is around all chapters.

    When pages are written, no heads are held but those of one part, and no fonts of any.
    """

    def note_heads(*given: Any) -> None:
        heads.append([type(one) for one in gc.get_objects() if type(one) in (PageHead, FontFacts)])
        write_page(*given)

    def note(pdf: Any, *rest: Any) -> None:
        held.extend(one for one in pdf.objects if hasattr(one, "number"))
        write(pdf, *rest)

    held: list[Any] = []
    write = serialising._write_packed
    monkeypatch.setattr(serialising, "_write_packed", note)
    heads: list[list[type]] = []
    write_page = pagewriting.write_page
    monkeypatch.setattr(joining, "write_page", note_heads)
    assert render_joined(book) == joined
    pages = [one for one in held if isinstance(one, dict) and one.get("Type") == "/Page"]
    streams = [one for one in held if isinstance(one, PackedStream)]
    assert len(pages) == len(streams) == 1, "only the page with a drawing gets more"
    tags = [one.tag for one in held if isinstance(one, StructureElement)]
    assert tags == ["Document", "Part"]
    assert max(map(len, heads)) == 3, "the pages of the front matter"
    assert {kind for kinds in heads for kind in kinds} == {PageHead}


@pytest.mark.full
def test_a_changed_sentence_costs_its_chapter(
    book: PdfInput, joined: WrittenEdition, tmp_path: Path
) -> None:
    """The chapter, and no other work: no head or foot, no finished page of another part."""
    store = make_part_store(Cache(tmp_path, 10**8), lambda: "code")
    first, again, changed = Counting(), Counting(), Counting()
    assert render_joined(book, first, store) == joined
    assert render_joined(book, again, store) == joined
    before, _, after = book.xhtml.rpartition(b"ombudsman")
    edited = replace(book, xhtml=before + b"ombudsmen" + after)
    assert render_joined(edited, changed, store) == render_joined(edited)
    chapters, parts = first.counts[1], first.counts[1] + 1
    assert first.counts == [1, chapters, 1, 1, parts, 0, parts], "at first all is read"
    assert again.counts == [1, 0, 0, 0, 0, 0, 0]
    assert changed.counts == [1, 1, 0, 0, 0, 0, 1]


@pytest.mark.full
def test_lines_that_need_other_codes_are_looked_for_once(tmp_path: Path) -> None:
    """Where most hyphens are soft ones, a line with a plain hyphen is written anew."""
    words = ["characteristically", "internationalisation", "misunderstandings", "of"] * 9
    text = write_chapters(random.Random(6), 3, [*words, "well-known"])
    book = make_input(write_book(tmp_path / "book", text))
    store = make_part_store(Cache(tmp_path / "cache", 10**8), lambda: "code")
    first, changed = Counting(), Counting()
    render_joined(book, first, store)
    before, _, after = book.xhtml.rpartition(b"misunderstandings")
    edited = replace(book, xhtml=before + b"misunderstanding" + after)
    assert render_joined(edited, changed, store) == render_joined(edited)
    assert first.counts[5] > 1
    assert changed.counts[5] == 1


@pytest.mark.full
def test_what_pages_show_is_loaded_for_their_streams_only(
    book: PdfInput, joined: WrittenEdition
) -> None:
    """It is most of what is kept.  If it was deleted meanwhile, its part is laid out again."""

    class Shelf(dict[str, bytes]):
        def load(self, key: str) -> bytes | None:
            loaded.add(key)
            return self.get(key)

        def keep(self, key: str, data: bytes) -> None:
            self[key] = data

    loaded: set[str] = set()
    shelf = Shelf()
    assert render_joined(book, store=shelf) == joined
    loaded.clear()
    assert render_joined(book, store=shelf) == joined
    inks = shelf.keys() - loaded
    pages = [key for key, data in shelf.items() if b"FinishedPage" in zlib.decompress(data)]
    assert len(inks) > len(pages) > 1, "text and furniture of each part, then its streams"
    for gone in (pages, [*pages, *inks]):
        for key in gone:
            del shelf[key]
        assert render_joined(book, store=shelf) == joined
    assert inks <= shelf.keys(), "all that was deleted is kept again"


@pytest.mark.full
def test_a_page_that_is_deleted_before_it_is_written_is_made_again(
    book: PdfInput, joined: WrittenEdition
) -> None:
    class Leaking(dict[str, bytes]):
        def load(self, key: str) -> bytes | None:
            found = self.get(key)
            lost = found is not None and b"FinishedPage" in zlib.decompress(found)
            return None if lost else found

        def keep(self, key: str, data: bytes) -> None:
            self[key] = data

    assert render_joined(book, store=Leaking()) == joined


def test_long_parts_are_begun_first(book: PdfInput, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no worker is left alone with a long one."""
    begun: list[int] = []

    def run(work: Callable[[int], Any], numbers: Sequence[int], /) -> list[Any]:
        if list(numbers) == [0]:
            return [work(0)]  # The whole document is read.
        begun.extend(numbers)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_joined(book, run)
    root = parse_document(book.xhtml)
    short_parts(monkeypatch)
    split = split_document(root, read_text_order(root), book)
    assert split is not None
    sizes = [split.measure(number) for number in begun]
    assert sizes == sorted(sizes, reverse=True)
    assert begun != sorted(begun)


@pytest.mark.full
def test_a_plain_hyphen_among_soft_ones_is_told_as_in_the_whole(tmp_path: Path) -> None:
    words = ["characteristically", "internationalisation", "misunderstandings", "of"] * 9
    text = write_chapters(random.Random(6), 3, [*words, "well-known"])
    book = make_input(write_book(tmp_path, text))
    joined, whole = read_held(render_joined(book).data), read_held(render_whole(book).data)
    assert joined.tags == whole.tags
    assert joined.shown == whole.shown


def test_no_part_is_read_that_others_kept(tmp_path: Path) -> None:
    """Parts are Python objects: who can write to the cache may not choose them."""
    store = make_part_store(Cache(tmp_path, 10**8), lambda: "code")
    assert store is not None
    store.keep("key", b"data")
    assert store.load("key") == b"data"
    (entry,) = tmp_path.glob("??/*")
    whole = entry.read_bytes()
    for damaged in (whole[:-1] + b"A", whole.replace(b'": "', b'": "0', 1), b"{}\n", b"data", b""):
        entry.write_bytes(damaged)
        assert store.load("key") is None
    entry.write_bytes(whole)
    assert store.load("key") == b"data"
    other = make_part_store(Cache(tmp_path, 10**8), lambda: "other code")
    assert other is not None
    assert other.load("key") is None


def test_a_short_document_is_one_part(book: PdfInput, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _count(book) == 0
    short_parts(monkeypatch)
    assert _count(book) == PARTS


@pytest.mark.parametrize(
    "rule",
    [
        "h2::after { content: target-counter(attr(id), page) }",
        "@page text:nth(3) { margin-top: 200pt }",
        "h1 { break-after: right }",
        ".logo { position: running(logo) }",
        "h1::after { content: counter(page) }",
        ".page::after { content: target-counter(attr(data-target url), page, upper-roman) }",
        "li { float: footnote }",
        "main:has(li) { color: red }",
        "section:empty + section { color: red }",
    ],
)
def test_rules_that_see_all_pages_keep_a_document_whole(
    book: PdfInput, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    short_parts(monkeypatch)
    assert _count(replace(book, css=book.css + rule)) == 0
    assert _count(replace(book, css=book.css + "h1 { color: red }")) == PARTS
    foot = "@page { @top-right { content: counter(page) } }"
    assert _count(replace(book, css=book.css + foot)) == PARTS


@pytest.mark.full
@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("main > section { break-before: auto }", "a chapter that begins no page"),
        ("main { padding-top: 20pt }", "padding_top around the chapters"),
        ("main { background-color: red }", "background_color around the chapters"),
        ("main { columns: 2 }", "column_count around the chapters"),
        ("body { transform: rotate(1deg) }", "transform around the chapters"),
        ("html { border-left: 2pt solid red }", "border_left_color around the chapters"),
        ("main::before { content: 'x' }", "a text around the chapters"),
        ("main { padding: 0 9pt; color: red }", ""),
        ("", ""),
    ],
)
def test_chapters_that_begin_no_page_are_laid_out_whole(
    book: PdfInput, rule: str, reason: str
) -> None:
    assert reason_for_whole(replace(book, css=book.css + rule)) == reason


@pytest.mark.full
def test_a_fault_in_a_part_is_told_as_of_the_whole(
    book: PdfInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = "M" * 300
    damaged = replace(
        book,
        xhtml=book.xhtml.replace(b"Third</h1>", f"Third</h1><h2>{wide}</h2>".encode()),
        css=book.css + "h2 { white-space: nowrap; font-size: 40pt; word-break: normal !important }",
    )
    short_parts(monkeypatch)
    with pytest.raises(BuildError) as joined:
        render(damaged, make_part_runner(2))
    with pytest.raises(BuildError) as whole:
        render_whole(damaged)
    assert joined.value.code == "page-overflow"
    assert str(joined.value) == str(whole.value)


def test_a_part_meets_the_rules_of_the_whole(
    book: PdfInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tree has the siblings of its chapters, without what is in them."""
    short_parts(monkeypatch)
    root = parse_document(book.xhtml)
    split = split_document(root, read_text_order(root), book)
    assert split is not None
    part = make_part(split, 2)
    body = part.tree.find("body")
    assert body is not None
    assert [one.tag for one in body] == [one.tag for one in root.find("body") or ()]
    main = body[-1]
    assert [one.get("id") for one in main] == [one.get("id") for one in split.main]
    assert [len(one) > 0 for one in main] == [False, True, False, False]
    elements = list(split.list_elements(2))
    for one, number in part.numbers.items():
        whole = elements[number] if number >= 0 else split.around[-1 - number]
        assert (one.tag, one.get("id"), one.text) == (whole.tag, whole.get("id"), whole.text)


def test_a_key_changes_with_the_tree_of_its_part_alone(
    book: PdfInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever changes in the whole tree, also beside and around a part."""
    short_parts(monkeypatch)
    root = parse_document(book.xhtml)
    order = read_text_order(root)

    def list_both() -> list[tuple[str, str]]:
        split = split_document(root, order, book)
        assert split is not None
        setting = Setting(book, None, split)  # type: ignore[arg-type]
        return [
            (
                make_part_key(split.describe_around(at), list_elements(setting, at, {})),
                ElementTree.tostring(make_part(split, at).tree, "unicode"),
            )
            for at in range(split.count)
        ]

    before, seen = list_both(), set()
    body = root.find("body")
    assert body is not None
    for number, element in enumerate((root, *list(body.iter())[::11])):
        text, tail = element.text, element.tail
        match number % 3:
            case 0:
                element.set("title", "x")
            case 1:
                element.text = f"{text}x"
            case _ if number > 1:
                element.tail = f"{tail or ''}x"
        for (key, tree), (old_key, old_tree) in zip(list_both(), before, strict=True):
            assert (key == old_key) == (tree == old_tree)
            seen.add(key == old_key)
        element.text, element.tail = text, tail
        element.attrib.pop("title", None)
    assert seen == {True, False}


# --------------------------------------------------------------------------- processes


def test_results_come_in_their_order_from_few_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setattr(parts, "RECYCLE_AT", 1 << 60)  # This process may be large already.

    def work(number: int) -> tuple[int, int]:
        return number, os.getpid()

    found = list(make_part_runner(2)(work, range(5, 25)))
    assert [number for number, _ in found] == list(range(5, 25))
    assert 1 <= len({process for _, process in found} - {os.getpid()}) <= 2


def test_a_process_that_has_grown_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setattr(parts, "RECYCLE_AT", 1)
    found = list(make_part_runner(1)(lambda _: os.getpid(), range(3)))
    assert len(set(found)) == 3


def test_a_process_that_dies_is_an_error_of_the_edition() -> None:
    import os
    import signal

    def die(number: int) -> int:
        if number:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(PublishError) as error:
        list(make_part_runner(2)(die, range(4)))
    assert error.value.code == "edition-limit"


def _count(source: PdfInput) -> int:
    root = parse_document(source.xhtml)
    split = split_document(root, read_text_order(root), source)
    return split.count if split else 0
