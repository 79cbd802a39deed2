"""Numbers of notes are put into the parts of a long PDF: a new note costs its chapter."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from bookedits import hold_edited, make_two, note_laid, show_edited
from bookparts import (
    Counting,
    compare_files,
    compare_held,
    keep,
    make_input,
    read_held,
    render_joined,
    render_whole,
    write_book,
    write_chapters,
)
from examples import some

from publish.model import PageSize

PAIR = 'source-language = "en"\nlanguages = ["en", "ru"]\n'
END = 'source-language = "en"\nnotes = "end"\n'

LINES = "\n\n".join(["Some words."] * 9)
BOOK = f"""---
title: A small book
author: A
---

# First {{#first}}

A line.[^one]

{LINES}

# Second[^head] {{#second}}

Words of the *second* chapter[^two] and more of them.

- An item.[^three]

# Third {{#third}}

A last one[^one] and another[^four].

[^one]: A note.

[^head]: A note of a heading.

[^two]: A note, see [the third](#third).

    Its second paragraph.

[^three]: A note with a note.[^five]

[^four]: A note.

[^five]: A note of a note.
"""

NEW = BOOK.replace("A line.[^one]", "A line.[^new] A line.[^one]") + "\n[^new]: A new note.\n"

TEN = BOOK.replace("A line.", "A line.[^a] A line.[^b] A line.[^c] A line.[^d]") + "".join(
    f"\n[^{name}]: A note.\n" for name in "abcd"
)
"""Its notes have one digit each, and one more with another note."""

PROPORTIONAL = "sup a { font-variant-numeric: proportional-nums }"
"""A rule after which a 1 is not as wide as a 2."""


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that are laid out."""
    return note_laid(monkeypatch)


def test_a_new_note_costs_its_chapter(tmp_path: Path, laid: list[int]) -> None:
    """And the streams of pages that show other numbers; no head or foot, and no contents."""
    one, other = make_two(tmp_path, BOOK, NEW)
    store = keep(tmp_path / "cache")
    render_joined(one, store=store)
    assert sorted(set(laid)) == [0, 1, 2, 3]
    laid.clear()
    after = Counting()
    render_joined(other, after, store)
    assert laid == [1]
    assert after.counts == [1, 1, 0, 0, 0, 0, 3]


@pytest.mark.full
@pytest.mark.parametrize("settings", ['source-language = "en"', END])
def test_numbers_and_links_are_those_of_the_whole(
    tmp_path: Path, laid: list[int], settings: str
) -> None:
    one, other = make_two(tmp_path, BOOK, NEW, settings)
    store = keep(tmp_path / "cache")
    render_joined(one, store=store)
    laid.clear()
    made = render_joined(other, store=store)
    assert sorted(laid) == ([1, 4] if settings == END else [1])
    assert made == render_joined(other)
    compare_files(made, render_whole(other), tmp_path)


@pytest.mark.full
def test_a_number_with_a_digit_more_costs_its_chapter_as_well(
    tmp_path: Path, laid: list[int]
) -> None:
    nine = TEN.replace("A line.[^d]", "A line.").replace("\n[^d]: A note.\n", "")
    one, other = make_two(tmp_path, nine, TEN)
    store = keep(tmp_path / "cache")
    render_joined(one, store=store)
    laid.clear()
    assert render_joined(other, store=store) == render_joined(other)
    assert sorted(laid[:2]) == [1, 2], "the note of a note is the last, number 10"


@pytest.mark.full
@pytest.mark.parametrize(
    "rule",
    [
        PROPORTIONAL,
        f"{PROPORTIONAL} li {PROPORTIONAL.replace('proportional', 'tabular')}",
        "li sup a { font-variant-numeric: proportional-nums }",
        ".part .back a { font-variant-numeric: proportional-nums; font-size: 30pt }",
        "a[href='#note-3'] { font-size: 30pt }",
        "#note-3 { font-size: 30pt }",
        "sup a::after { content: attr(href) }",
        "sup a::after { content: '0' }",
        "li sup a::first-letter { font-size: 30pt }",
        "h1 { string-set: section content() !important }",
        "h1 { bookmark-label: content() !important }",
        "sup a { text-transform: uppercase }",
    ],
)
def test_where_a_number_may_move_something_its_part_is_laid_out_again(
    tmp_path: Path, rule: str
) -> None:
    one, other = make_two(tmp_path, BOOK, NEW, css=rule)
    ours, theirs = hold_edited(one, other, tmp_path)
    assert ours.pictures == theirs.pictures
    assert ours.places == theirs.places
    assert ours.links == theirs.links
    assert ours.outline == theirs.outline
    assert ours.tags == theirs.tags


def _edit(text: str, chance: random.Random, at: int) -> str:
    """Return a book with a note more, one less, or one called again."""
    calls: list[str] = re.findall(r"(?<!\n)\[\^\w+\](?!:)", text)
    words = [one.end() for one in re.finditer(r"(?<=[a-z] )office(?= )", text)]
    kind = chance.randrange(3)
    if kind == 0 and len(calls) > 2:
        gone = chance.choice(calls)
        return re.sub(rf"\n{re.escape(gone)}:.*\n", "\n", text).replace(gone, "")
    place = chance.choice(words)
    if kind == 1 and calls:
        return text[:place] + chance.choice(calls) + text[place:]
    return f"{text[:place]}[^new{at}]{text[place:]}\n[^new{at}]: Some words.\n"


@pytest.mark.full
@pytest.mark.parametrize(
    ("page", "settings"),
    [
        ("a4", ""),
        ("a4", 'notes = "end"\n'),
        ("a4", "two-sided = true\n"),
        ("phone", ""),
        ("large", ""),
        ("booklet", ""),
        ("print", ""),
    ],
)
def test_after_any_edits_what_is_joined_is_what_is_made_from_nothing(
    tmp_path: Path, page: PageSize, settings: str
) -> None:
    chance = random.Random(f"{page}{settings}")
    text = write_chapters(chance, 4)
    store = keep(tmp_path / "cache")
    for at in range(some(5)):
        loader = write_book(tmp_path / str(at), text, f'source-language = "en"\n{settings}')
        source = make_input(loader, page=page)
        assert render_joined(source, store=store) == render_joined(source)
        text = _edit(text, chance, at)
    compare_held(render_joined(source), render_whole(source))


DIGITS = {
    "fa": ("حقوق بشر آزادی قانون مردم", "Arabic"),
    "ar": ("حقوق الإنسان حرية قانون شعب", "Arabic"),
    "mr": ("माणूस कायदा बातमी हक्क", "Devanagari"),
}


@pytest.mark.full
@pytest.mark.parametrize("language", DIGITS)
def test_after_a_note_with_other_digits(tmp_path: Path, language: str, laid: list[int]) -> None:
    words, script = DIGITS[language]
    one, *_ = words.split()
    about = f'source-language = "{language}"\nlanguages = ["{language}"]\n'
    about += f'fonts.{language} = ["Noto Sans {script}"]'
    lines = "\n\n".join(f"{words}[^{at}]" for at in range(1, 14))
    notes = "".join(f"\n[^{at}]: {words}\n" for at in range(1, 14))
    lines = lines.replace(f"{words}[^12]", f"# {one} {{#b}}\n\n{words}[^12]")
    text = f"---\ntitle: {one}\nauthor: {one}\n---\n\n# {one} {{#a}}\n\n{words}\n\n{lines}\n{notes}"
    new = text.replace(f"{words}\n\n{words}", f"{words}[^n]\n\n{words}", 1) + f"\n[^n]: {words}\n"
    store = keep(tmp_path / "cache")
    for at, own in enumerate((text, new)):
        laid.clear()
        source = make_input(write_book(tmp_path / str(at), own, about), language)
        made = render_joined(source, store=store)
        assert at == 0 or laid == [1]
        assert made == render_joined(source)
    assert read_held(made.data).pictures == read_held(render_whole(source).data).pictures


@pytest.mark.full
@pytest.mark.parametrize("tag", ["en", "en+ru"])
@pytest.mark.parametrize("settings", [PAIR, PAIR + 'notes = "end"\n'])
def test_the_desk_lays_out_the_chapter_of_a_new_note(
    tmp_path: Path, tag: str, settings: str
) -> None:
    write_book(tmp_path, BOOK, settings)
    assert show_edited(tmp_path, tag, NEW) == ([1, 4] if "end" in settings else [1])
