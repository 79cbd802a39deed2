"""Numbers of paragraphs are put into the parts of a long PDF: a new one costs its chapter."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bookedits import hold_edited, show_edited
from bookparts import (
    Counting,
    compare_files,
    keep,
    make_input,
    render_joined,
    render_whole,
    write_book,
    write_chapters,
)
from examples import some

from publish.editions.pdf.parts import digits, laying, placing
from publish.editions.pdf.parts.masking import find_numbers, find_zeros
from publish.editions.pdf.rendering import PdfInput
from publish.model import PageSize, ResultStore

LINES = "\n\n".join(f"A line {at}." for at in range(1, 12))
BOOK = f"""---
title: A small book
author: A
---

# First {{#first}}

{LINES}

# Second {{#second}}

- See [paragraph 3](#p3).
- Another.[^1]

# Third {{#third}}

A last one.

[^1]: A note.
"""
"""Its first chapter has the paragraphs from one digit to two."""

NEW = BOOK.replace("A line 4.", "A new line.\n\nA line 4.")

PROPORTIONAL = "main .number::before { font-variant-numeric: proportional-nums }"
"""A rule after which a 1 is not as wide as a 2."""


@pytest.fixture
def sources(tmp_path: Path) -> tuple[PdfInput, PdfInput]:
    one, other = (write_book(tmp_path / name, text) for name, text in (("a", BOOK), ("b", NEW)))
    return make_input(one), make_input(other)


def count_work(one: PdfInput, other: PdfInput, store: ResultStore) -> list[int]:
    """Return how often each kind of work is done for the second of two books after the first."""
    first, second = Counting(), Counting()
    render_joined(one, first, store)
    render_joined(other, second, store)
    assert first.counts == [1, 3, 1, 1, 4, 0, 4], "at first all is read"
    return second.counts


def test_a_new_paragraph_costs_its_chapter(
    sources: tuple[PdfInput, PdfInput], tmp_path: Path
) -> None:
    """And the streams of pages that show other numbers; no head or foot, and no contents."""
    assert count_work(*sources, keep(tmp_path / "cache")) == [1, 1, 0, 0, 0, 0, 3]


@pytest.mark.full
def test_so_does_a_paragraph_less(sources: tuple[PdfInput, PdfInput], tmp_path: Path) -> None:
    one, other = sources
    store = keep(tmp_path / "cache")
    assert count_work(other, one, store) == [1, 1, 0, 0, 0, 0, 3]
    assert render_joined(one, store=store) == render_joined(one)


@pytest.mark.full
def test_a_number_with_a_digit_more_costs_its_chapter_as_well(tmp_path: Path) -> None:
    one, other = (
        make_input(
            write_book(tmp_path / name, text.replace("A line 1.\n\nA line 2.\n\nA line 3.\n\n", ""))
        )
        for name, text in (("a", BOOK), ("b", NEW))
    )
    store = keep(tmp_path / "cache")
    assert count_work(one, other, store) == [1, 2, 0, 0, 0, 0, 3]
    assert render_joined(other, store=store) == render_joined(other)


@pytest.mark.full
def test_numbers_and_places_are_those_of_the_whole(
    sources: tuple[PdfInput, PdfInput], tmp_path: Path
) -> None:
    one, other = sources
    store = keep(tmp_path / "cache")
    render_joined(one, store=store)
    compare_files(render_joined(other, store=store), render_whole(other), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize(
    "rule",
    [
        'p[data-number="12"], li[data-number="12"] { font-size: 30pt }',
        "#p13 { font-size: 30pt }",
        "p::after, li::after { content: attr(id) }",
        "main .number::before { content: attr(data-number) '.' }",
        f"{PROPORTIONAL} main .number::before {{ font-size: 30pt }}",
        f"{PROPORTIONAL} main .number::before {{ position: static }}",
        "main .number::before { letter-spacing: 3pt; position: static }",
        "main .number::after { content: '0'; position: absolute }",
    ],
)
def test_where_a_number_may_move_something_its_part_is_laid_out_again(
    sources: tuple[PdfInput, PdfInput], tmp_path: Path, rule: str
) -> None:
    one, other = (replace(source, css=source.css + rule) for source in sources)
    ours, theirs = hold_edited(one, other, tmp_path)
    assert ours.pictures == theirs.pictures
    assert ours.places == theirs.places
    assert ours.fonts == theirs.fonts


@pytest.mark.full
@pytest.mark.parametrize("rule", ["", PROPORTIONAL])
def test_digits_that_are_put_in_have_one_width(
    sources: tuple[PdfInput, PdfInput], monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    seen: dict[int, laying.LaidPart] = {}

    def note(*given: Any) -> Any:
        found = laying.lay_out_part(*given)
        seen[given[-1]] = found[0]
        return found

    monkeypatch.setattr(placing, "lay_out_part", note)
    render_joined(replace(sources[0], css=sources[0].css + rule))
    assert [len(seen[at].open_letters().digits) for at in (1, 2, 3)] == (
        [0, 2, 0] if rule else [11, 4, 1]
    ), "those of a note, too"


@pytest.mark.full
def test_a_part_with_digits_of_its_own_keeps_its_numbers(
    sources: tuple[PdfInput, PdfInput], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If not all numbers look alike, that is only known when the part is laid out."""
    fixed: dict[int, Any] = {}

    def note(*given: Any) -> Any:
        found = laying.lay_out_part(*given)
        fixed[given[-1]] = found[0].fixed
        return found

    monkeypatch.setattr(placing, "lay_out_part", note)
    rule = PROPORTIONAL.replace(".number", "li .number")
    one, other = (replace(source, css=source.css + rule) for source in sources)
    store = keep(tmp_path / "cache")
    assert count_work(one, other, store) == [1, 1, 1, 0, 0, 0, 0, 3]
    shown = ("13", "14", "1", "1", "16")  # Those of a note and its mark are among them.
    assert [fixed[at] and fixed[at].shown for at in (1, 2, 3)] == [None, shown, None]
    again = Counting()
    assert render_joined(other, again, store) == render_joined(other)
    assert sum(again.counts) == 1
    assert render_joined(one, again, store) == render_joined(one)
    assert sum(again.counts) == 2


def _edit(text: str, chance: random.Random) -> str:
    """Return a book with a paragraph more, less, moved or changed."""
    parts = text.split("\n\n")
    plain = [at for at, one in enumerate(parts) if one[:1].isalpha() and "[^" not in one]
    at = chance.choice(plain)
    match chance.randrange(4):
        case 0:
            parts.insert(at, chance.choice(["Something new.", "- One.\n- Two.", "> Quoted."]))
        case 1 if len(plain) > 9:
            del parts[at]
        case 2:
            parts.insert(chance.choice(plain), parts.pop(at))
        case _:
            parts[at] = parts[at].replace(" of ", " off ", 1).replace(" the ", " no ", 1)
    return "\n\n".join(parts)


@pytest.mark.full
@pytest.mark.parametrize(
    ("page", "sides"),
    [("a4", ""), ("a4", "two-sided = true\n"), ("phone", ""), ("booklet", ""), ("print", "")],
)
def test_after_any_edits_what_is_joined_is_what_is_made_from_nothing(
    tmp_path: Path, page: PageSize, sides: str
) -> None:
    chance = random.Random(f"{page}{sides}")
    text = write_chapters(chance, 4)
    store = keep(tmp_path / "cache")
    for at in range(some(5)):
        loader = write_book(tmp_path / str(at), text, f'source-language = "en"\n{sides}')
        source = make_input(loader, page=page)
        assert render_joined(source, store=store) == render_joined(source)
        text = _edit(text, chance)


OTHER_WORDS = {
    "fa": "حقوق بشر آزادی قانون مردم",
    "ar": "حقوق الإنسان حرية قانون شعب",
    "mr": "माणूस कायदा बातमी हक्क",
}
OTHER_FONTS = {"fa": "Arabic", "ar": "Arabic", "mr": "Devanagari"}


@pytest.mark.full
@pytest.mark.parametrize("language", OTHER_WORDS)
def test_after_edits_with_other_digits(tmp_path: Path, language: str) -> None:
    words = OTHER_WORDS[language].split()
    chance = random.Random(language)
    text = write_chapters(chance, 3, words).replace(" A ", " ").replace(" B ", " ")
    about = f'source-language = "{language}"\nlanguages = ["{language}"]\n'
    about += f'fonts.{language} = ["Noto Sans {OTHER_FONTS[language]}"]'
    store = keep(tmp_path / "cache")
    for at in range(3):
        source = make_input(write_book(tmp_path / str(at), text, about), language)
        assert render_joined(source, store=store) == render_joined(source)
        text = _edit(text, chance)


@pytest.mark.full
@pytest.mark.parametrize("tag", ["en", "en+ru"])
def test_the_desk_lays_out_the_chapter_of_a_new_paragraph(tmp_path: Path, tag: str) -> None:
    write_book(tmp_path, BOOK, 'source-language = "en"\nlanguages = ["en", "ru"]')
    assert show_edited(tmp_path, tag, NEW) == [1]


# --------------------------------------------------------------------------- by themselves


def test_every_digit_stands_before_every_other() -> None:
    assert len({*pairwise(digits._pair_digits())}) == 100


@pytest.mark.parametrize(
    ("css", "numbers", "zeros"),
    [
        ("", ["7", "12"], "0"),
        ("main .number::before { content: attr(data-number); color: red }", ["7"], "0"),
        ("p::before { content: attr(data-number) }", ["7"], ""),
        ("[id^=p1] { color: red }", ["7"], ""),
        ("#p12 { color: red }", ["7"], ""),
        ("#part { color: red }", ["7"], "0"),
        ("#note-7 { color: red }", ["7"], ""),
        ('a[href="#note-7"] { color: red }', ["7"], ""),
        ("a::after { content: attr(href) }", ["7"], ""),
        ('a[href^="https://example.org"] { color: red }', ["7"], "0"),
        ("", ["۷", "۱۲"], ""),
        ("", ["۱۲۳۴۵", "۶۷۸۹۰"], "۰"),
        ("", ["۱۲۳۴۵", "۶۷۸۹۰", "7"], "0۰"),
        ("", ["vii"], ""),
    ],
)
def test_zeros_stand_for_digits(css: str, numbers: list[str], zeros: str) -> None:
    """For those that a font that is cut to the letters of a text surely has."""
    root = ElementTree.Element("html")
    for number in numbers:
        ElementTree.SubElement(root, "span", {"class": "number", "data-number": number})
    known = find_zeros(root, css)
    assert known == {("paragraph", zero) for zero in zeros}
    found = find_numbers(root.iter(), known)
    assert found.shown == (tuple(numbers) if zeros else ())
