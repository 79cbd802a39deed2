"""Books with left and right pages are laid out in parts and joined, too."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from bookparts import (
    Counting,
    compare_files,
    drop_signs,
    make_input,
    read_held,
    render_joined,
    render_whole,
    write_book,
    write_chapters,
)

from publish.building.cache import Cache
from publish.building.partcache import make_part_store
from publish.editions.lines.measuring import painted_width
from publish.editions.pdf.rendering import laying_out
from publish.model import Form, PageSize

PERSIAN = 'source-language = "fa"\nlanguages = ["fa"]\nfonts.fa = ["Noto Sans Arabic"]'
TWO_SIDED = 'source-language = "en"\ntwo-sided = true'


WORDY = """---
title: A book
author: A
---

"""


@pytest.mark.full
def test_a_small_joined_file_for_a_press_is_the_whole_one(tmp_path: Path) -> None:
    """Its second chapter begins on a right page, after a blank one."""
    text = f"{WORDY}# One\n\nOffice\\\neffects [two](#two).\n\n# Two {{#two}}\n\nThe end.\n"
    book = make_input(write_book(tmp_path, text, form="book"), page="print")
    compare_files(render_joined(book), render_whole(book), tmp_path, "print")


@pytest.mark.full
@pytest.mark.parametrize("form", ["report", "book"])
@pytest.mark.parametrize("page", ["a4", "large", "booklet", "print"])
@pytest.mark.parametrize("seed", [1, 2])
def test_pages_with_sides_are_those_of_the_whole(
    tmp_path: Path, seed: int, page: PageSize, form: Form
) -> None:
    """Chapters of a report begin on any side, those of a book on right pages."""
    text = write_chapters(random.Random(seed), 5)
    source = make_input(write_book(tmp_path / "book", text, TWO_SIDED, form), page=page)
    compare_files(render_joined(source), render_whole(source), tmp_path, page)


@pytest.mark.full
@pytest.mark.parametrize(
    "rule",
    [
        "@page :left { margin-left: 30pt }",
        "@page :blank { background: #eee; @bottom-left { content: 'empty' } }",
        "@page :left { background: #fee; border-left: 3pt solid }",
        "h1 { break-before: left }",
        "h1 { break-before: right } h2 { break-before: verso }",
        ".contents { break-before: left } main { page: auto } main > section { page: text }",
    ],
)
@pytest.mark.parametrize("form", ["report", "book"])
def test_rules_of_sides_are_those_of_the_whole(tmp_path: Path, rule: str, form: Form) -> None:
    """They may let lines end elsewhere, move chapters, and show something on blank pages."""
    text = write_chapters(random.Random(3), 4)
    source = make_input(write_book(tmp_path / "book", text, TWO_SIDED, form))
    source = replace(source, css=source.css + rule)
    compare_files(render_joined(source), render_whole(source), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("form", ["report", "book"])
@pytest.mark.parametrize("page", ["booklet", "print"])
def test_pages_with_sides_from_right_to_left(tmp_path: Path, page: PageSize, form: Form) -> None:
    """The first page is a left one."""
    words = Path("tests/cases/right-to-left/fa.md").read_text("utf-8").split()
    words = [word for word in words if word.isalpha() or word.isdecimal()]
    text = write_chapters(random.Random(2), 3, words)
    source = make_input(write_book(tmp_path, text, PERSIAN, form), "fa", page)
    joined, whole = render_joined(source), render_whole(source)
    assert (joined.pages, joined.lost) == (whole.pages, whole.lost)
    ours, theirs = read_held(joined.data), read_held(whole.data)
    for name in ("pictures", "outline", "places", "links", "metadata", "fonts", "inks"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert drop_signs(ours.tags) == drop_signs(theirs.tags)


@pytest.mark.full
@pytest.mark.parametrize(("page", "again"), [("a4", ()), ("print", (4,))])
def test_a_chapter_on_the_other_side_is_turned_if_its_text_stays(
    tmp_path: Path, page: PageSize, again: tuple[int, ...]
) -> None:
    """For a press it does not, and these chapters of two pages all begin on left ones."""
    chapters = "".join(
        f"# {at}\n\n{'office effects ' * 300}\n\n![Bars](bars.svg)\n\n" for at in range(1, 5)
    )
    book = make_input(write_book(tmp_path / "book", WORDY + chapters, TWO_SIDED), page=page)
    store = make_part_store(Cache(tmp_path / "cache", 10**8), lambda: "code")
    first, work = Counting(), Counting()
    compare_files(render_joined(book, first, store), render_whole(book), tmp_path, page)
    render_joined(book, work, store)
    assert first.counts == [1, 4, 1, *again, 1, 5, 0, 5], "the front matter twice"
    assert sum(work.counts) == 1, "the document is read"


def test_lines_are_justified_on_both_sides(tmp_path: Path) -> None:
    """Wherever on the sheet a line begins: its width is hardly ever exactly that of its room."""
    text = f"{WORDY}# One\n\n{'office effects of any kind ' * 40}\n"
    book = make_input(write_book(tmp_path, text, form="book"), page="print")
    with laying_out(book) as laid:
        lines = [
            (box.width, painted_width(box.text, box.style, box.justification_spacing))
            for box in laid.boxes[-1].descendants()
            if "effects of any" in getattr(box, "text", "")
        ]
    assert len(lines) > 9
    assert [painted for _, painted in lines] == pytest.approx([width for width, _ in lines], abs=1)
