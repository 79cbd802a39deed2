"""Rules of a style sheet that concern the first page, or count on, leave a book in parts."""

from __future__ import annotations

import random
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from bookparts import (
    Counting,
    compare_files,
    compare_held,
    make_input,
    reason_for_whole,
    render_joined,
    render_whole,
    short_parts,
    write_book,
    write_chapters,
)
from carriedrules import COUNTERS, FIRST, HEADINGS, NUMBERS

from publish.building.cache import Cache
from publish.building.partcache import make_part_store
from publish.editions.pagination import read_text_order
from publish.editions.pdf.document import parse_document
from publish.editions.pdf.engine import load_weasyprint
from publish.editions.pdf.parts.counters import carrying
from publish.editions.pdf.parts.furniture import without_furniture
from publish.editions.pdf.parts.splitting import split_document
from publish.editions.pdf.rendering import PdfInput
from publish.errors import BuildError
from publish.model import Form, PageSize

BOOK = """---
title: A small book
author: A
---

# First {#first}

The office found [effects](#third).[^1]

## Within

> A quotation.

![A drawing of bars](bars.svg)

## Within again

1. One
2. Two

# Second {#second}

![A drawing of bars](bars.svg)

Nothing.[^2]

# Third {#third}

## Within the third

![A drawing of bars](bars.svg)

> Another one.

# Fourth {#fourth}

Nothing more.

## Within the fourth

[^1]: Nor later.
[^2]: Nor here.
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PdfInput:
    return make_input(write_book(tmp_path_factory.mktemp("book"), BOOK))


@pytest.mark.full
def test_common_rules_of_a_small_book(book: PdfInput) -> None:
    """A quick look at what the next tests look for."""
    source = replace(book, css=book.css + FIRST + HEADINGS)
    compare_held(render_joined(source), render_whole(source))


@pytest.mark.full
@pytest.mark.parametrize("form", ["report", "book"])
@pytest.mark.parametrize("page", ["a4", "phone", "large", "booklet", "print"])
def test_the_first_page_is_that_of_the_whole(tmp_path: Path, page: PageSize, form: Form) -> None:
    text = write_chapters(random.Random(4), 4)
    source = make_input(write_book(tmp_path / "book", text, form=form), page=page)
    source = replace(source, css=source.css + FIRST)
    compare_files(render_joined(source), render_whole(source), tmp_path, page)


@pytest.mark.full
@pytest.mark.parametrize("name", COUNTERS)
@pytest.mark.parametrize("least", [1, 60])
def test_counters_are_those_of_the_whole(book: PdfInput, name: str, least: int) -> None:
    source = replace(book, css=book.css + COUNTERS[name])
    compare_held(render_joined(source, least=least), render_whole(source))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 4))
def test_counters_of_a_longer_book(tmp_path: Path, seed: int) -> None:
    """Its notes and tables may change where a part ends."""
    text = write_chapters(random.Random(seed), 5)
    source = make_input(write_book(tmp_path / "book", text))
    source = replace(source, css=source.css + HEADINGS + COUNTERS["figures"] + COUNTERS["items"])
    compare_held(render_joined(source), render_whole(source))


@pytest.mark.full
@pytest.mark.parametrize("how", ["first", "last", "first-except", "all-once"])
def test_running_heads_are_those_of_the_whole(book: PdfInput, how: str) -> None:
    rules = f"@page {{ @top-center {{ content: string(section, {how}) }} }}"
    source = replace(book, css=book.css + rules)
    compare_held(render_joined(source), render_whole(source))


@pytest.mark.full
@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("page", ["a4", "print"])
def test_numbers_of_pages_are_those_of_the_whole(tmp_path: Path, name: str, page: PageSize) -> None:
    """In heads, feet and contents."""
    source = make_input(write_book(tmp_path / "book", BOOK, form="book"), page=page)
    source = replace(source, css=source.css + NUMBERS[name])
    compare_held(render_joined(source), render_whole(source))


@pytest.mark.full
def test_a_counter_that_begins_late_is_laid_out_whole(book: PdfInput) -> None:
    rules = "#second { counter-reset: late } h2 { counter-increment: late }"
    rules += "h2::before { content: counter(late) }"
    found = reason_for_whole(replace(book, css=book.css + rules))
    assert found == "a part that counts otherwise when it is laid out"


@pytest.mark.full
def test_a_changed_sentence_of_a_book_that_counts_costs_its_part(
    book: PdfInput, tmp_path: Path
) -> None:
    """Its chapter is counted again, and laid out."""
    store = make_part_store(Cache(tmp_path, 10**8), lambda: "code")
    source = replace(book, css=book.css + HEADINGS)
    first, again, changed = Counting(), Counting(), Counting()
    joined = render_joined(source, first, store)
    assert render_joined(source, again, store) == joined
    edited = replace(source, xhtml=source.xhtml.replace(b"Nothing.", b"Nothing here."))
    assert render_joined(edited, changed, store) == render_joined(edited)
    assert first.counts == [1, 1, 1, 3, 4, 1, 1, 5, 0, 5]
    assert sum(again.counts) == 1, "the document is read"
    assert changed.counts == [1, 0, 0, 1, 1, 0, 0, 0, 0, 1]


@pytest.mark.full
def test_a_figure_more_changes_the_numbers_after_it(tmp_path: Path) -> None:
    """Though the text of those chapters, which is kept, stays the same."""
    store = make_part_store(Cache(tmp_path / "cache", 10**8), lambda: "code")
    longer = BOOK.replace("## Within again", "![A drawing](bars.svg)\n\n## Within again")
    for name, text in (("one", BOOK), ("two", longer)):
        source = make_input(write_book(tmp_path / name, text))
        source = replace(source, css=source.css + COUNTERS["figures"])
        assert render_joined(source, store=store) == render_joined(source)


@pytest.mark.parametrize(
    "rule",
    [
        "@PAGE :NTH(2) { margin: 0 }",
        "@page /* { */ :nth(2) { margin: 0 }",
        "@page { counter-increment: sheet 2 }",
        "@page { counter-increment: page sheet }",
        "@page { counter-reset: pages 9 }",
        "@page { counter-increment: page var(--step) }",
        "main { counter-reset: page }",
        "h1::after { Content: COUNTER( pages ) }",
        "h1 { content: '/*' } @page :nth(2) { margin: 0 } h2 { content: '*/' }",
        "h1 { background: url(/*) } @page :nth(2) { margin: 0 } /**/",
        "h1 { p\\osition: fixed }",
        "h1 { margin-break: discard }",
        "h1 { margin-top: 10vw }",
        "@page { @top-left { content: string(section, start) } }",
    ],
)
def test_however_they_are_written_rules_that_see_all_pages_keep_a_document_whole(
    book: PdfInput, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    short_parts(monkeypatch)
    root = parse_document(book.xhtml)
    order = read_text_order(root)
    assert split_document(root, order, replace(book, css=book.css + rule)) is None
    hidden = f"/* {rule.replace('*/', '')} */"
    assert split_document(root, order, replace(book, css=book.css + hidden)) is not None


def test_a_template_of_yours_may_count_too(book: PdfInput, monkeypatch: pytest.MonkeyPatch) -> None:
    short_parts(monkeypatch)
    for style, whole in (("counter-reset: list-item 4", False), ("counter-reset: x", True)):
        root = parse_document(book.xhtml)
        next(root.iter("main")).set("style", style)
        found = split_document(root, read_text_order(root), book)
        assert (found is None) == whole


def test_another_version_of_the_renderer_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    load_weasyprint()
    monkeypatch.setattr("weasyprint.formatting_structure.build.element_to_box", lambda box: box)
    monkeypatch.setattr("weasyprint.layout.page.PageType", namedtuple("PageType", "side"))
    for steps in (carrying({}, Element("p")), without_furniture(later=True)):
        with pytest.raises(BuildError) as caught, steps:
            pass
        assert caught.value.code == "renderer-unknown"
