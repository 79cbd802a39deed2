"""Plain texts and pasted pages as documents."""

from __future__ import annotations

import textwrap
from collections import Counter

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.errors import PublishError
from publish.importing.plaintext.textreader import read_text
from publish.importing.results import Imported
from publish.importing.words import list_document_words, list_words
from publish.reading.markdown import SourceFile, read_document
from publish.reading.writing.document import write_document


def written(imported: Imported) -> str:
    return write_document(imported.document).split("---\n", 2)[2].strip("\n")


def read(text: str) -> Imported:
    return read_text(text, "x.txt", name="x")


PASTED = """\
River Watch logo

River Watch

Turania

River Watch: The Water Report: Turania

River Watch: The Water Report: Turania

TURANIA (Class B)

The dam at Sefid holds less water each year, the ministry (MOW) says; farmers in Turania wait.

PRIORITIZED STEPS:

Open the gates in spring, when the fields need it. * Publish the levels each month. * Ask farmers.

WORK OF THE MOW

In 2023, the MOW met with farmers.
One meeting was in Sefid. It was a long one, with many words that nobody wrote down afterwards.

Latest News

Something else: “entirely”
Something else: “entirely”
"""
SOURCE = """\
# Turania (Class B) {#turania}

The dam at Sefid holds less water each year, the ministry (MOW) says; farmers in Turania wait.

## Prioritized steps {#prioritized-steps}

- Open the gates in spring, when the fields need it.
- Publish the levels each month.
- Ask farmers.

## Work of the MOW {#work-of-the-mow}

In 2023, the MOW met with farmers.\\
One meeting was in Sefid. It was a long one, with many words that nobody wrote down afterwards."""


def test_a_pasted_page_becomes_its_text() -> None:
    imported = read(PASTED)
    assert written(imported) == SOURCE
    title = imported.document.front[0].prose.content[0]
    assert getattr(title, "text", "") == "River Watch: The Water Report: Turania"
    assert [(one.kind, one.place) for one in imported.losses] == [
        ("page header", "line 1"),
        ("page header", "line 3"),
        ("page header", "line 5"),
        ("repeated title", "line 9"),
        ("related links", "lines 24 to 27"),
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A line that was broken by its\nwidth and goes on here as one\nparagraph.",
         "A line that was broken by its width and goes on here as one paragraph."),
        ("Roses are red\nViolets are blue", "Roses are red\\\nViolets are blue"),
        ("- one\n- two\n  goes on\n    - three", "- one\n- two goes on\n  - three"),
        ("1) one\n2) two\n\n3) three", "1. one\n2. two\n3. three"),
        ("2024 was dry.\n\n1. No list", "2024 was dry.\n\n1\\. No list"),
        ("1.1 Background\n\nIt rained.", "# 1.1 Background {#1-1-background}\n\nIt rained."),
        ("Two words\n=========\n\nIt rained.", "# Two words {#two-words}\n\nIt rained."),
        ("It says so.[1]\n\n[1] The source.", "It says so.[^1]\n\n[^1]: The source."),
        ("a\tb\nx\t1", "| a   | b   |\n|-----|-----|\n| x   | 1   |"),
        ("Do these:  * Go. * Stay.  * Wait.", "Do these:\n\n- Go.\n- Stay.\n- Wait."),
        ("See www.example.org or https://e.org/a_b.", "See www.example.org or https://e.org/a_b."),
    ],
)  # fmt: skip
def test_blocks_of_a_text(text: str, source: str) -> None:
    assert written(read(f"The title of it\n\n{text}\n\nThe last line of it all.")) == (
        f"{source}\n\nThe last line of it all."
        if "[^1]:" not in source
        else source.replace("\n\n[^1]", "\n\nThe last line of it all.\n\n[^1]")
    )


LONG = (
    "Yesterday we went to the three villages and spoke with people about what they knew of the "
    "law. The district had sent nobody, although it had said it would do so in the plan for May. "
    "Nobody there had seen the register, and the school was closed when we came by at ten or so. "
    "They asked us to come again, and to bring the text of the act with us when we do."
)


@pytest.mark.parametrize("width", range(48, 90))
def test_lines_of_any_width_are_joined(width: int) -> None:
    assert written(read(f"{textwrap.fill(LONG, width)}\n\nThe end of the letter.\n")) == (
        f"{LONG}\n\nThe end of the letter."
    )


def test_numbers_of_pages_and_running_heads_are_named() -> None:
    pages = [f"The Report of 2024\n\n{'Words of the page. ' * 12}\n\n{n}" for n in range(1, 5)]
    imported = read("\f".join(pages))
    kinds = Counter(one.kind for one in imported.losses)
    assert kinds["page number"] == 4
    assert "The Report of 2024" not in written(imported)


def test_old_encodings_are_read() -> None:
    text = "Заголовок\n\nПервый абзац этого текста."
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1251"):
        found = read_text(text.encode(encoding), "x.txt", name="x", language="ru")
        assert written(found) == "Первый абзац этого текста."


def test_a_text_without_text_is_refused() -> None:
    with pytest.raises(PublishError, match="no text"):
        read("  \n\n")
    with pytest.raises(PublishError, match="larger than 64 MiB"):
        read_text(b"x" * (64 * 2**20 + 1), "x.txt")


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "", "HEADING HERE", "* item", "- item", "1. one", "2. two", "a\tb",
                         "=====", "[1] note", "12", "Share", "Latest News", "© 2024 Me", "| a |"]),
        st.text(alphabet="abc XYZ.:*_[]()#<>$~^{}\\|-1", max_size=60),
        st.text(max_size=20),
    ),
    max_size=14,
).map("\n".join)  # fmt: skip


MAIL = """\
Dear colleagues,

> On Monday you wrote that the gate was open,
> and that the water was low.
>
> > Who has seen it?

It was closed. We saw it on Tuesday, and wrote down the hour.

--
Anna
River Watch
"""


def test_what_an_e_mail_answers_to_is_a_quotation_and_its_signature_is_listed() -> None:
    imported = read(MAIL)
    made = written(imported)
    assert "> On Monday you wrote that the gate was open, and that the water was low." in made
    assert "> Who has seen it?" in made
    assert made.endswith("It was closed. We saw it on Tuesday, and wrote down the hour.")
    assert [(one.kind, one.text) for one in imported.losses] == [
        ("signature", "--\nAnna\nRiver Watch")
    ]


def test_two_hyphens_above_a_long_text_are_no_signature() -> None:
    long = "\n".join(f"Line {at} of the text that goes on." for at in range(12))
    assert not read(f"Title\n\nText.\n\n--\n{long}\n").losses


@settings(max_examples=some(200), deadline=None)
@given(LINES)
def test_every_word_of_a_text_is_in_the_source_or_in_the_list(text: str) -> None:
    imported = read(f"Some title\n\nwords here\n\n{text}\n\nwords at the end")
    assert [one.text for one in imported.losses if one.kind == "words"] == []
    document = read_document("x", "en", [SourceFile("x.md", write_document(imported.document))])
    have = Counter(w.casefold() for w in list_document_words(document))
    have.update(w.casefold() for one in imported.losses for w in list_words(one.text))
    # Numbers of items and notes are no words.
    words = Counter(w.casefold() for w in list_words(text) if w.isalpha() and len(w) > 1)
    assert words - have == Counter()
