"""Streams of pages are cut before their first numbers, and are the same streams."""

from __future__ import annotations

from io import BytesIO

import pytest
from bookparts import make_input, render_joined, write_book
from pypdf import PdfReader

from publish.editions.pdf.parts import book, pagefronts
from publish.editions.pdf.parts.layering import LayeredPart
from publish.editions.pdf.rendering import PdfInput

TEXT = """---
title: A small book
author: A
---

# First

A line.

## A heading after a number

A line more.

# Second

Another line.
"""
NEW = TEXT.replace("A line more.", "A new line.\n\nA line more.")


class Shelf(dict[str, bytes]):
    """A store in memory that counts what is kept."""

    kept = 0

    def load(self, key: str) -> bytes | None:
        return self.get(key)

    def keep(self, key: str, data: bytes) -> None:
        self[key] = data
        self.kept += 1


def read_streams(data: bytes) -> list[bytes]:
    contents = [page.get_contents() for page in PdfReader(BytesIO(data)).pages]
    return [content.get_data() for content in contents if content is not None]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[PdfInput, PdfInput]:
    folder = tmp_path_factory.mktemp("books")
    one, other = (write_book(folder / name, text) for name, text in (("a", TEXT), ("b", NEW)))
    return make_input(one), make_input(other)


@pytest.mark.full
def test_a_stream_that_is_cut_is_the_same(
    sources: tuple[PdfInput, PdfInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = render_joined(sources[0])
    monkeypatch.setattr(LayeredPart, "is_numbered", False)
    plain = render_joined(sources[0])
    assert made != plain
    assert read_streams(made.data) == read_streams(plain.data)
    assert (made.pages, made.lost) == (plain.pages, plain.lost)


@pytest.mark.full
def test_other_numbers_leave_fronts_as_they_are(
    sources: tuple[PdfInput, PdfInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a chapter that only gets other numbers no front is made or kept again."""

    def cut(*given: object, for_press: bool) -> object:
        made.append(1)
        return before(*given, for_press=for_press)  # type: ignore[arg-type]

    made: list[int] = []
    before = pagefronts.cut_pages
    monkeypatch.setattr(book, "cut_pages", cut)
    one, other = sources
    shelf = Shelf()
    render_joined(one, store=shelf)
    assert len(made) == 2, "both chapters, but not the front matter"
    kept = shelf.kept
    edited = render_joined(other, store=shelf)
    assert len(made) == 3, "the chapter with the new paragraph"
    # Of that: what is known of it, inks, lines, pages, lost lines, fronts and rests.  Of the other
    # chapter: pages and lost lines.  Of both: what keys say of their elements.
    assert shelf.kept - kept == 11
    assert edited == render_joined(other)


@pytest.mark.full
def test_whatever_was_deleted_is_made_again(sources: tuple[PdfInput, PdfInput]) -> None:
    one, _ = sources
    shelf = Shelf()
    made = render_joined(one, store=shelf)
    for key in sorted(shelf):
        gone = shelf.pop(key)
        assert render_joined(one, store=shelf) == made
        if key in shelf:
            assert shelf[key] == gone
