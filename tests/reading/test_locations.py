"""One count of places: every sentence has one, no two share one, editions print the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, target
from hypothesis import strategies as st
from translations import composed

from publish.editions.page.blocks import write_sections
from publish.editions.page.interface import Interface
from publish.languages.registry import find
from publish.model import Document, Location, Role, plain, proses
from publish.reading.locations import number_notes
from publish.reading.locationwords import (
    describe_location,
    describe_paragraph,
    list_location_strings,
)
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import parse_inline
from publish.reading.source import Source, cut_source

EN, RU = find("en"), find("ru")

PARTS = """---
title: A title
keywords: [one, two]
---

Before. Any heading.

## One {#one}

First.[^a] Second.[^b] Third.

- An item. Its second sentence.
- Another item.

> A quotation.

| A | B |
|---|---|
| x | 1 |
| y | z |

![A map](map.png)
A caption.

[^b]: The second note. Two sentences.
[^a]: The first note.

    Its second paragraph.

## Two {#two}

First.
"""


def read(text: str = PARTS) -> Document:
    return read_document("x", "en", [SourceFile("x.md", text)])


def places(text: str = PARTS) -> dict[str, str]:
    return {
        describe_location(one.location): one.unit.msgid
        for one in cut_source(read(text), EN).sentences
    }


def test_every_kind_is_numbered_for_itself() -> None:
    assert places() == {
        "title": "A title",
        "keyword 1": "one",
        "keyword 2": "two",
        "sentence 1": "Before.",
        "sentence 2": "Any heading.",
        "one, heading": "One",
        "one, sentence 1": "First.[^a]",
        "one, sentence 2": "Second.[^b]",
        "one, sentence 3": "Third.",
        "one, list item 1, sentence 1": "An item.",
        "one, list item 1, sentence 2": "Its second sentence.",
        "one, list item 2": "Another item.",
        "one, quotation 1": "A quotation.",
        "one, table header 1": "A",
        "one, table header 2": "B",
        "one, table cell 1": "x",
        "one, table cell 3": "y",
        "one, table cell 4": "z",
        "one, image description 1": "A map",
        "one, caption 1": "A caption.",
        "one, footnote 1, sentence 1": "The second note.",
        "one, footnote 1, sentence 2": "Two sentences.",
        "one, footnote 2": "The first note.",
        "one, footnote 3": "Its second paragraph.",
        "two, heading": "Two",
        "two, sentence 1": "First.",
    }


def test_paragraph_numbers_are_those_that_editions_print() -> None:
    document = read()
    printed: dict[int, str] = {}
    for section in write_sections(document, EN, EN, Interface(EN, {})):
        for element in section.iter():
            name = element.get("id") or ""
            if name[:1] == "p" and name[1:].isdecimal():
                printed[int(name[1:])] = "".join(map(str, element.itertext()))
    counted = {prose.number: plain(prose.content) for prose in proses(document) if prose.number}
    assert list(printed) == list(range(1, len(counted) + 1))
    for number, text in counted.items():
        assert text.split(".")[0] in printed[number]
    # Notes are printed in the order of their marks, whatever their order in the source.
    assert counted[7].startswith("The first note")
    assert counted[9].startswith("The second note")
    assert number_notes(document) == {"a": 1, "b": 2}


def test_numbers_are_the_same_in_a_translation() -> None:
    document = read()
    made = composed(document, RU, {}).document
    assert [prose.number for prose in proses(made)] == [p.number for p in proses(document)]


def test_a_place_in_the_words_of_the_reader() -> None:
    russian = {"sentence {number}": "предложение {number}", "footnote": "сноска"}
    note = Location(section="one", kind=Role.FOOTNOTE, number=2, part=1, paragraph=7)
    text = Location(section="", kind=Role.PARAGRAPH, number=3)

    def translate(message: str) -> str:
        return russian.get(message, message)

    assert describe_location(note, translate) == "one, сноска 2, предложение 1"
    assert describe_location(text, translate) == "предложение 3"
    assert describe_paragraph(note, translate) == "one ¶7"
    assert describe_paragraph(text, translate) == "paragraph"
    assert set(russian) <= set(list_location_strings())


BLOCKS = st.sampled_from(
    [
        "A sentence. Another one. 12.",
        "One.[^{n}]\n\n[^{n}]: A note. With two.\n",
        "One.[^{n}] 1.\n\n[^{n}]: 5\n",
        "- An item\n- 7\n- Two. Three.",
        "> Quoted. Twice.\n>\n> - deep. deeper.",
        "| A{n} | B |\n|---|---|\n| x. y. | 1 |",
        "![Words. More words.](m.png)\nA caption. Two.",
        "## Heading {n}. Another",
        "### 2016 {n}",
    ]
)


@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_no_two_sentences_share_a_place(parts: list[str]) -> None:
    body = "\n\n".join(part.format(n=number) for number, part in enumerate(parts))
    text = f"---\ntitle: T\nkeywords: [a, b]\n---\n\n{body}\n"
    source = cut_source(read(text), EN)
    target(float(len(source.sentences)))
    assert len(source.sentences) >= 3
    words = [describe_location(one.location) for one in source.sentences]
    assert len(set(words)) == len(words)
    ids = [one.id for one in source.every]
    assert len(set(ids)) == len(ids)


@pytest.fixture(scope="module")
def report(repository: Path) -> Source:
    path = repository / "source/tip-2024-turkmenistan.md"
    text = path.read_text(encoding="utf-8")
    return cut_source(read_document("tip", "en", [SourceFile("tip.md", text)]), EN)


@pytest.mark.parametrize("text", [PARTS, "---\ntitle: T\n---\n\n*A. B.* [c](https://d.org/e) `f`."])
def test_the_tree_of_a_sentence_is_what_its_text_is_read_as(text: str) -> None:
    for sentence in cut_source(read(text), EN).every:
        assert parse_inline(sentence.unit.msgid) == sentence.tree


def test_the_trees_of_the_report_are_what_its_texts_are_read_as(report: Source) -> None:
    assert len(report.every) > 100
    for sentence in report.every:
        assert parse_inline(sentence.unit.msgid) == sentence.tree
