"""A book with parts: its chapters begin pages, and each is laid out by itself."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from bookparts import (
    Counting,
    compare_files,
    compare_held,
    drop_signs,
    keep,
    make_input,
    read_held,
    render_joined,
    render_whole,
    short_parts,
    write_book,
)
from pypdf import PdfReader

from publish.building.parts import make_part_runner
from publish.building.preparing import prepare
from publish.editions.epub.book import make_book
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.lengths import has_short_chapters
from publish.editions.pagination import WrittenEdition, read_text_order
from publish.editions.pdf.document import parse_document
from publish.editions.pdf.parts.splitting import split_document
from publish.editions.pdf.rendering import PdfInput, render
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.model import Form, PageSize

TEXT = """---
title: A book with parts
author: A
published: 2024-01-31
---

# Preface {#preface}

See [the end](#third).

# Part one {#one}

## First {#first}

The office found **no** effects.[^1]

### Deeper {#deeper}

[Above](#one).

## Second {#second}

![A picture of dots](dots.png)

# Part two {#two}

An introduction.[^1]

## Third {#third}

The words of the ombudsman.

[^1]: Nor [later](#third).
"""
PARTS = 'top-level-division.text = "part"\n'
SETTINGS = f'source-language = "en"\n{PARTS}notes = "end"\n'
SECTIONS = ["preface", "one", "first", "second", "two", "third", "edition-notes"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PdfInput:
    root = tmp_path_factory.mktemp("book")
    return make_input(write_book(root, TEXT, SETTINGS), page="phone")


@pytest.fixture(scope="module")
def joined(book: PdfInput) -> WrittenEdition:
    return render_joined(book)


def count_pages(made: WrittenEdition) -> int:
    return len(PdfReader(BytesIO(made.data)).pages)


def list_cuts(source: PdfInput) -> list[list[str | None]]:
    """The ids of the sections of each piece after the front matter."""
    root = parse_document(source.xhtml)
    split = split_document(root, read_text_order(root), source)
    assert split is not None
    return [[one.get("id") for one in group] for group in split.groups]


def test_titles_of_parts_and_chapters_are_pieces(
    book: PdfInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_parts(monkeypatch)
    assert list_cuts(book) == [[name] for name in SECTIONS]


def test_a_book_without_parts_is_cut_at_its_highest_headings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing says that they are parts."""
    settings = SETTINGS.replace(PARTS, "")
    short_parts(monkeypatch)
    source = make_input(write_book(tmp_path, TEXT, settings), page="phone")
    assert list_cuts(source) == [["preface"], ["one"], ["two"], ["edition-notes"]]


def test_a_part_of_short_chapters_is_not_a_long_chapter(tmp_path: Path) -> None:
    """Whether chapters run on is said by those that would begin pages."""
    text = "# Part one\n\n" + "".join(f"## Chapter {at}\n\n{'word ' * 180}\n\n" for at in range(9))
    for top_level, expected in ((PARTS, True), ("", False)):
        loader = write_book(tmp_path / str(expected), text + "# Last\n\nword\n", top_level)
        assert has_short_chapters(loader.source("text").document) == expected


def test_a_chapter_of_a_part_is_a_file_of_an_epub(tmp_path: Path) -> None:
    """Contents have chapters below their part, as in any format."""
    loader = write_book(tmp_path, TEXT, SETTINGS)
    own = prepare(loader, "text", find("en"), use_fuzzy=False)
    made = make_book(own.text, make_edition_tree(own.text, own.materials), own.materials)
    texts = [page for page in made.pages if page.name.startswith("text-")]
    assert [page.title for page in texts] == [
        "Preface", "Part one", "First", "Second", "Part two", "Third", "Notes",
    ]  # fmt: skip
    levels = {point.label: [one.label for one in point.children] for point in made.navpoints}
    assert levels == {"Preface": [], "Part one": ["First", "Second"], "Part two": ["Third"]}


@pytest.mark.full
def test_a_joined_book_with_parts_is_the_whole_one(
    book: PdfInput, joined: WrittenEdition, tmp_path: Path
) -> None:
    """A title of a part is alone on its page, or with what introduces the part."""
    compare_files(joined, render_whole(book), tmp_path)
    pages = [page.extract_text() for page in PdfReader(BytesIO(joined.data)).pages]
    found = read_held(joined.data).outline
    assert [(level, title, page - 3) for level, title, page, _, _ in found[2:]] == [
        (0, "Preface", 0), (0, "Part one", 1), (1, "First", 2), (2, "Deeper", 2), (1, "Second", 3),
        (0, "Part two", 4), (1, "Third", 5), (0, "Notes", 6),
    ]  # fmt: skip
    assert "First" not in pages[4]
    assert "An introduction" in pages[7]


@pytest.mark.full
@pytest.mark.parametrize("page", ["a4", "booklet", "print", "large"])
@pytest.mark.parametrize("form", ["report", "book"])
def test_with_left_and_right_pages(tmp_path: Path, page: PageSize, form: Form) -> None:
    loader = write_book(tmp_path / "book", TEXT, f"{SETTINGS}two-sided = true\n", form)
    source = make_input(loader, page=page)
    made = render_joined(source)
    compare_files(made, render_whole(source), tmp_path, page)
    if form == "book" and page != "booklet":
        wanted = {name: place for name, (place, _, _) in read_held(made.data).places.items()}
        assert all(wanted[name] % 2 == 0 for name in SECTIONS)


@pytest.mark.full
@pytest.mark.parametrize("page", ["a4", "phone", "booklet"])
def test_from_right_to_left(tmp_path: Path, page: PageSize) -> None:
    words = Path("tests/cases/right-to-left/fa.md").read_text("utf-8").split()
    words = [word for word in words if word.isalpha()][:60]
    text = f"---\ntitle: {words[0]}\nauthor: {words[1]}\n---\n\n"
    for number in range(4):
        text += f"# {words[number]}\n\n" if number % 2 else ""
        text += f"## {' '.join(words[number : number + 3])}\n\n{' '.join(words)}.\n\n"
    settings = 'source-language = "fa"\nlanguages = ["fa"]\nfonts.fa = ["Noto Sans Arabic"]\n'
    source = make_input(write_book(tmp_path, text, f"{settings}{PARTS}"), "fa", page)
    made, whole = render_joined(source), render_whole(source)
    assert (made.pages, made.lost) == (whole.pages, whole.lost)
    ours, theirs = read_held(made.data), read_held(whole.data)
    for name in ("pictures", "outline", "places", "links", "metadata", "fonts"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert drop_signs(ours.tags) == drop_signs(theirs.tags)


@pytest.mark.full
def test_in_two_languages(tmp_path: Path) -> None:
    loader = write_book(tmp_path / "book", TEXT, SETTINGS)
    own = prepare(loader, "text", find("en"), use_fuzzy=False)
    text = replace(own.text, second=replace(own.text, language=find("ru"), original=False))
    tree = make_edition_tree(text, own.materials)
    source = make_pdf_input(text, tree, own.materials)
    compare_files(render_joined(source), render_whole(source), tmp_path)


@pytest.mark.full
def test_chapters_that_run_on_are_laid_out_whole(book: PdfInput, joined: WrittenEdition) -> None:
    layout = replace(book.layout, run_on=True)
    rule = "main > section { break-before: auto }"
    source = replace(book, layout=layout, css=f"{book.css}{rule}")
    assert count_pages(render(source)) < count_pages(joined)


@pytest.mark.full
def test_the_bytes_do_not_depend_on_workers_or_cuts(book: PdfInput, joined: WrittenEdition) -> None:
    assert render_joined(book, make_part_runner(2)) == joined
    assert render_joined(book, least=60) == joined


@pytest.mark.full
def test_a_changed_sentence_costs_its_chapter(
    book: PdfInput, joined: WrittenEdition, tmp_path: Path
) -> None:
    """Not its part."""
    store = keep(tmp_path)
    first, changed = Counting(), Counting()
    assert render_joined(book, first, store) == joined
    edited = replace(book, xhtml=book.xhtml.replace(b"The office", b"An office"))
    made = render_joined(edited, changed, store)
    assert made == render_joined(edited)
    compare_held(made, render_whole(edited))
    assert first.counts[1] == len(SECTIONS)
    assert changed.counts[1] == 1
