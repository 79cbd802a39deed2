"""Numbers of figures and tables are put into the parts of a long PDF: a new one costs its chapter.

They are in captions, and in texts that mention them.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bookedits import hold_edited, make_two, note_laid, show_edited
from bookparts import (
    compare_files,
    compare_held,
    keep,
    make_input,
    render_joined,
    render_whole,
    write_book,
)
from examples import some

from publish.editions.pdf.parts import laying
from publish.editions.pdf.parts.masking import (
    PartNumbers,
    Zeros,
    find_masks,
    find_numbers,
    find_zeros,
)
from publish.editions.pdf.rendering import laying_out
from publish.model import PageSize

NUMBERED = 'numbered = ["figures", "tables"]\n'
ABOUT = f'source-language = "en"\n{NUMBERED}'
PAIR = f'source-language = "en"\nlanguages = ["en", "ru"]\n{NUMBERED}'

TABLE = "| A | B |\n|---|--:|\n| x | 10 |"
BOOK = f"""---
title: A small book
author: A
---

# First {{#first}}

![A drawing](bars.svg){{#bars}}
Bars of 2010.

{"A line of words. " * 30}

# Second {{#second}}

See [](#bars), [](#dots) and [](#rows), or [table {{number}} below](#rows)[^1]. {"Words. " * 50}

![Some dots](dots.png){{#dots}}
Dots, as in [](#bars).

Table: Rows of 1990. {{#rows}}

{TABLE}

# Third {{#third}}

## More

![More dots](dots.png){{#more}}
Dots again.

[^1]: As in [](#more).
"""

NEW = BOOK.replace("![A drawing]", "![A new one](dots.png){#new}\nNew dots.\n\n![A drawing]")
NEW_TABLE = BOOK.replace("![A drawing]", f"Table: New rows. {{#new}}\n\n{TABLE}\n\n![A drawing]")


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that are laid out."""
    return note_laid(monkeypatch)


@pytest.mark.full
@pytest.mark.parametrize(
    ("new", "settings", "again"),
    [
        (NEW, ABOUT, [1]),
        (NEW_TABLE, ABOUT, [1]),
        (NEW, f'{ABOUT}captions = {{ figures = "above", tables = "below" }}\n', [1]),
        (NEW, f'{ABOUT}lists = ["figures", "tables"]\n', [0, 1]),
    ],
)
def test_a_new_figure_or_table_costs_its_chapter(
    tmp_path: Path, laid: list[int], new: str, settings: str, again: list[int]
) -> None:
    one, other = make_two(tmp_path, BOOK, new, settings)
    store = keep(tmp_path / "cache")
    render_joined(one, store=store)
    laid.clear()
    made = render_joined(other, store=store)
    assert sorted(set(laid)) == again
    assert made == render_joined(other)
    compare_files(made, render_whole(other), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize(
    "rule",
    [
        "figcaption strong { font-variant-numeric: proportional-nums }",
        "main a { font-variant-numeric: proportional-nums }",
        "figcaption strong { text-transform: uppercase }",
        "figcaption strong { font-variant-caps: all-small-caps }",
        "main a::first-letter { font-size: 30pt }",
        "figcaption strong::after { content: '0' }",
        "main p { text-align: justify; hyphens: auto; letter-spacing: 0.3pt }",
        "main a { overflow-wrap: anywhere; display: inline-block; width: 1pt }",
    ],
)
def test_whatever_rules_say_the_file_is_the_whole_one(tmp_path: Path, rule: str) -> None:
    one, other = make_two(tmp_path, BOOK, NEW, ABOUT, rule)
    ours, theirs = hold_edited(one, other, tmp_path)
    assert ours.pictures == theirs.pictures
    assert ours.links == theirs.links
    assert ours.shown == theirs.shown
    assert ours.tags == theirs.tags


@pytest.mark.full
@pytest.mark.parametrize(
    "rule",
    [
        "",
        "sup a { font-variant-numeric: proportional-nums }",
        "figcaption strong { font-variant-numeric: proportional-nums }",
        "main a { font-variant-numeric: proportional-nums }",
        "figcaption strong { text-transform: uppercase }",
    ],
)
def test_no_part_is_laid_out_twice_for_its_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    """What they look like is known before."""
    tried: list[int] = []
    lay_out = laying._lay_out_part

    def note(*given: Any) -> Any:
        tried.append(given[-1])
        return lay_out(*given)

    monkeypatch.setattr(laying, "_lay_out_part", note)
    one, _ = make_two(tmp_path, BOOK, BOOK, ABOUT, rule)
    render_joined(one)
    assert sorted(tried) == [0, 1, 2, 3] or sorted(tried) == [0, 0, 1, 2, 3]


def _edit(text: str, chance: random.Random, at: int) -> str:
    """Return a book with a figure or table more or less, and a text that mentions one."""
    parts = text.split("\n\n")
    plain = [number for number, one in enumerate(parts) if one.startswith("A line")]
    place = chance.choice(plain)
    match chance.randrange(4):
        case 0:
            parts.insert(place, f"![A new one](dots.png){{#new{at}}}\nNew dots.")
        case 1:
            parts[place:place] = [f"Table: New rows. {{#new{at}}}", TABLE]
        case 2:
            known = [one for one in ("bars", "dots", "rows", "more") if f"{{#{one}}}" in text]
            parts[place] += f" See [](#{chance.choice(known)})."
        case _:
            gone = [one for one in parts if "{#new" in one and "![" in one]
            parts = [one for one in parts if one not in gone[:1]]
    return "\n\n".join(parts)


@pytest.mark.full
@pytest.mark.parametrize(
    ("page", "settings"),
    [("a4", ""), ("a4", 'lists = ["figures", "tables"]\n'), ("phone", ""), ("booklet", "")],
)
def test_after_any_edits_what_is_joined_is_what_is_made_from_nothing(
    tmp_path: Path, page: PageSize, settings: str
) -> None:
    chance = random.Random(f"{page}{settings}")
    text = BOOK.replace("A line", "A line.\n\nA line").replace("## More", "A line.\n\n## More")
    store = keep(tmp_path / "cache")
    for at in range(some(5)):
        source = make_input(write_book(tmp_path / str(at), text, ABOUT + settings), page=page)
        assert render_joined(source, store=store) == render_joined(source)
        text = _edit(text, chance, at)
    compare_held(render_joined(source), render_whole(source))


@pytest.mark.full
@pytest.mark.parametrize("tag", ["en", "en+ru"])
def test_the_desk_lays_out_the_chapter_of_a_new_figure(tmp_path: Path, tag: str) -> None:
    write_book(tmp_path, BOOK, PAIR)
    assert set(show_edited(tmp_path, tag, NEW_TABLE)) == {1}


# --------------------------------------------------------------------------- by themselves


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("<figcaption><strong>Figure 12.</strong> In 2010.</figcaption>", "Figure 00. In 2010."),
        ("<caption><strong><span>Table 7.</span></strong> A</caption>", "Table 0. A"),
        ("<figcaption>In <strong>2010</strong></figcaption>", "In 2010"),
        ('<p>In 10, see <a href="#rows">table 7 there</a>.</p>', "In 10, see table 0 there."),
        ('<p><a href="#rows">Tables 7 to 9</a></p>', "Tables 7 to 9"),
        ('<p><a href="#rows">Table <em>7</em></a></p>', "Table 7"),
        ('<p><a href="#rows"><span>Table 7</span></a></p>', "Table 0"),
        ('<p><a href="#others">Part 7</a></p>', "Part 7"),
        ('<nav><a href="#rows">Table 7. In 2010</a></nav>', "Table 7. In 2010"),
        ('<p>A<sup><a role="doc-noteref" href="#note-12">12</a></sup></p>', "A00"),
        ('<p><a role="doc-backlink" href="#mark-12">12</a></p>', "00"),
    ],
)
def test_zeros_stand_for_numbers_in_texts(written: str, masked: str) -> None:
    root = ElementTree.fromstring(f'<main>{written}<div id="rows"/></main>')
    zeros = find_zeros(root, "", ["rows"])
    for one, mask in find_masks(root.iter(), zeros, ["rows"]).items():
        mask.put_on(one)
    assert "".join(root.itertext()) == masked


def test_ids_with_numbers_have_names_in_a_part() -> None:
    """A note and its call have the same number; what an author leads to stays."""
    written = (
        '<main><p id="p7"><a role="doc-noteref" id="mark-12" href="#note-12">12</a>'
        '<a role="doc-noteref" href="#note-3">3</a><a href="#p7">7</a></p>'
        '<div id="note-12.ru"/><figure id="edition-figure-5"/></main>'
    )
    root = ElementTree.fromstring(written)
    zeros: Zeros = frozenset({("call", "0"), ("caption", "0")})
    masks = find_masks(root.iter(), zeros, ())
    for one, mask in masks.items():
        mask.put_on(one)
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert names == ["p#0", "mark-#1", "note-#1.ru", "edition-figure-#3"]
    assert [one.get("href") for one in root.iter("a")] == ["#note-#1", "#note-#2", "#p7"]
    assert find_numbers(ElementTree.fromstring(written).iter(), zeros) == PartNumbers(
        ("12", "3"),
        {
            "p#0": "p7",
            "mark-#1": "mark-12",
            "note-#1": "note-12",
            "note-#2": "note-3",
            "note-#1.ru": "note-12.ru",
            "edition-figure-#3": "edition-figure-5",
        },
    )


def test_a_list_that_begins_a_page_begins_at_its_top(tmp_path: Path) -> None:
    """The space above it is that of the list before, which ends with its page."""
    chapters = "".join(f"# Part {at}\n\nText.\n\n" for at in range(8))
    figures = (
        "![A drawing](bars.svg)\nThe bars.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Counted\n"
    )
    about = f'{ABOUT}lists = ["figures", "tables"]'
    text = f"---\ntitle: T\nauthor: A\n---\n\n{chapters}{figures}"
    source = make_input(write_book(tmp_path / "book", text, about), page="phone")
    with laying_out(source) as laid:
        (high,) = find_heading(laid.boxes[2], "Contents")
        (low,) = find_heading(laid.boxes[2], "List of figures")
        (top,) = find_heading(laid.boxes[3], "List of tables")
    assert high == top < low


def find_heading(box: Any, text: str) -> list[float]:
    """Where the text of a heading begins on a page that is laid out, if it is there."""
    if type(box).__name__ == "TextBox" and box.text == text:
        return [box.position_y]
    return [at for one in getattr(box, "children", ()) for at in find_heading(one, text)]
