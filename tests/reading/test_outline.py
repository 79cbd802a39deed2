"""Headings: their levels and ids, and links to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import PublishError
from publish.model import (
    Document,
    Figure,
    Heading,
    Level,
    Link,
    Table,
    blocks,
    plain,
    proses,
    walk_inlines,
)
from publish.reading.markdown import SourceFile, read_document


def read(text: str, *more: str) -> Document:
    texts = (f"---\ntitle: T\n---\n{text}", *more)
    files = [SourceFile(f"source/x/{at}.md", one) for at, one in enumerate(texts, 1)]
    return read_document("x", "en", files, folder="source/x")


def outline(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.id) for block in document.body if isinstance(block, Heading)]


def links(document: Document) -> list[str]:
    nodes = (node for prose in proses(document) for node in walk_inlines(prose.content))
    return [node.href for node in nodes if isinstance(node, Link)]


@pytest.mark.parametrize(
    ("marks", "levels"),
    [
        ("## ## ##", [1, 1, 1]),
        ("## ### ## # ##", [1, 2, 1, 1, 2]),
        ("# ### ##", [1, 2, 2]),
        ("# #### ## ######", [1, 2, 2, 3]),
        ("###### #", [1, 1]),
        ("# ## ### #### ##### ######", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_levels_are_closed_up_below_the_highest_in_use(marks: str, levels: list[int]) -> None:
    text = "".join(f"{mark} H{at}\n\na\n\n" for at, mark in enumerate(marks.split()))
    assert [level for level, _ in outline(read(text))] == levels


COUNTRIES = ["# Turkmenistan\n\n## Advice\n\na\n\n", "# Uzbekistan\n\n## Advice\n\nb\n\n"]


def test_a_repeated_heading_has_the_id_of_its_section_before_its_own() -> None:
    document = read("# A\n\n" + "".join(COUNTRIES))
    ids = [name for _, name in outline(document)]
    assert ids == ["a", "turkmenistan", "turkmenistan-advice", "uzbekistan", "uzbekistan-advice"]
    assert [prose.section for prose in proses(document)][-1] == "uzbekistan-advice"
    assert [one.code for one in document.remarks] == ["heading-repeated"]


@given(st.permutations(["Iran", "Iraq", "Oman"]), st.booleans())
def test_ids_stay_when_sections_move_or_come(names: list[str], more: bool) -> None:
    if more:
        names = [names[0], "Chad", *names[1:]]
    text = "".join(f"# {name}\n\n## Advice\n\n### Who\n\na\n\n" for name in names)
    expected = {(2, f"{name.lower()}-advice") for name in names}
    assert expected <= set(outline(read(text)))


def test_only_equal_headings_of_one_section_are_numbered() -> None:
    ids = outline(read("# A\n\n## B\n\na\n\n## B\n\nb\n\n# A\n\n## B\n\nc\n"))
    assert ids == [(1, "a"), (2, "a-b"), (2, "a-b-2"), (1, "a-2"), (2, "a-2-b")]


def test_an_id_that_somebody_wrote_stays_and_two_are_an_error() -> None:
    assert outline(read("# A {#b}\n\n## B\n\na\n")) == [(1, "b"), (2, "b-b")]
    with pytest.raises(PublishError, match="two sections have the id 'x'"):
        read("# A {#x}\n\n## B {#x}\n\na\n")


def test_a_heading_never_has_an_id_that_editions_use() -> None:
    assert outline(read("# P1\n\na\n\n# Edition notes\n\nb\n")) == [
        (1, "section-p1"),
        (1, "section-edition-notes"),
    ]


@pytest.mark.parametrize(
    ("heading", "name", "left"),
    [
        ("Methods {.unnumbered}", "methods", ".unnumbered"),
        ("Methods {-}", "methods", "-"),
        ("Methods {#m .x data-a='b c' w=50%}", "m", ".x data-a='b c' w=50%"),
        ("Methods {: #m .x}", "m", ".x"),
        ("Methods {#sec:m}", "sec-m", ""),
        ("Methods ## {#m}", "m", ""),
        ("Methods ##", "methods", ""),
    ],
)
def test_attributes_of_other_programs_are_passed_over(heading: str, name: str, left: str) -> None:
    document = read(f"## {heading}\n\na\n")
    assert outline(document) == [(1, name)]
    told = [one.message for one in document.remarks]
    assert told == ([f"{left} means nothing here and is left out"] if left else [])


def test_a_word_in_braces_that_is_not_known_is_an_error() -> None:
    with pytest.raises(PublishError, match="unknown attribute 'draft'"):
        read("## Results {draft}\n\na\n")


@pytest.mark.parametrize(
    "name",
    ["what-s-new-1-1", "whats-new-11", "whats-new--1.1", "What's%20new:%201.1", "here", "there"],
)
def test_ids_as_other_programs_make_them_are_understood(name: str) -> None:
    text = f'<a id="here"></a>\n\n# What’s new: 1.1\n\n<a name=there></a>a [b](#{name})\n'
    document = read(text.replace("’", "'"))
    assert links(document) == ["#what-s-new-1-1"]


MARKED = "दिन"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        (f"## {MARKED}", MARKED),
        ("## A {#" + MARKED + "}", MARKED),
        ("## A {.x #" + MARKED + " .y}", MARKED),
        ("## A {#sec:" + MARKED + "}", f"sec-{MARKED}"),
        (f'<h2 id="{MARKED}">A</h2>', MARKED),
        ("## B\n\nTable: C {#" + MARKED + "}\n\n| a | b |\n|---|---|\n| c | d |", "b"),
        ("## B\n\n![c](c.png){#" + MARKED + "}", "b"),
    ],
)
def test_ids_with_marks_of_letters_are_read_where_ids_are(heading: str, name: str) -> None:
    target = MARKED if name == "b" else name
    document = read(f"{heading}\n\n[a](#{target})\n")
    assert outline(document) == [(1, name)]
    assert links(document) == [f"#{target}"]
    others = [one.id for one in blocks(document) if isinstance(one, Figure | Table)]
    assert others == [MARKED] * (name == "b")


@pytest.mark.parametrize("anchor", ["[]{#दि}", "[a]{#दि}", "<a id=दि></a>", '<a id="दि"></a>'])
def test_anchors_with_marks_of_letters_are_read(anchor: str) -> None:
    assert links(read(f"# A\n\n{anchor} b\n\n# C\n\n[c](#दि)\n")) == ["#a"]


def test_a_link_without_the_marks_leads_to_the_heading_with_them_and_no_other_marks_do() -> None:
    document = read("# दान\n\na\n\n# दिन\n\n[b](#द-न) [c](#दिन) [d](#दीन)\n")
    assert links(document) == ["#दान", "#दिन"]


def test_a_numbered_link_leads_to_a_later_heading() -> None:
    text = "".join(COUNTRIES) + "[a](#advice) [b](#advice-1)\n"
    assert links(read(text)) == ["#turkmenistan-advice", "#uzbekistan-advice"]


@pytest.mark.parametrize("mark", ['<a id="x"></a>', "<a name='x'/>", "[]{#x}", "[]{#x .y}"])
def test_an_anchor_in_a_heading_is_no_text(mark: str) -> None:
    document = read(f"## {mark}Methods\n\n[a](#x)\n")
    assert (outline(document), links(document)) == ([(1, "methods")], ["#methods"])


def test_an_anchor_alone_is_no_paragraph() -> None:
    document = read("# A\n\na\n\n[]{#x}\n\n# B\n\n[c](#x)\n")
    assert (len(document.body), links(document)) == (4, ["#b"])


@pytest.mark.parametrize(
    "written",
    [
        "[words]{#x}",
        "[words]{#x .y}",
        "[`words`]{#x}",
        '<span id="x">words</span>',
        "[*words*]{#x}",
    ],
)
def test_a_text_with_an_id_is_an_anchor_and_stays(written: str) -> None:
    document = read(f"# A\n\nSome {written} here.\n\n# B\n\n[c](#x)\n")
    assert links(document) == ["#a"]
    assert "Some words here." in [plain(prose.content) for prose in proses(document)]


def test_code_that_looks_like_an_anchor_stays() -> None:
    assert outline(read('# `<a id="x"></a>` B\n\na\n')) == [(1, "a-id-x-a-b")]


@pytest.mark.parametrize(
    "href",
    ["2.md", "./2.md", "../x/2.md", "2.html", "2", "2/", "2.md#", "/2.md", "2.md#two", "2.md#Two"],
)
def test_links_between_chapters_lead_to_their_sections(href: str) -> None:
    assert links(read(f"# One\n\n[a]({href})\n", "# Two\n\nb\n")) == ["#two"]


def test_a_link_finds_the_section_of_its_own_chapter_first() -> None:
    document = read(
        "# One\n\n## Intro\n\n[a](#intro)\n", "# Two\n\n## Intro\n\n[b](#intro) [c](1.md#intro)\n"
    )
    assert links(document) == ["#one-intro", "#two-intro", "#one-intro"]


def test_a_link_to_no_place_is_told_with_the_three_nearest() -> None:
    text = "".join(f"# Part {at}\n\na\n\n" for at in range(9))
    document = read(f"{text}[a](#part-22)\n\n[b](3.md)\n\n[c](2.md#nope)\n", "# Two\n\nc\n")
    first, second, third = (one for one in document.remarks if one.code == "link-target")
    assert first.hint.count("#part-") == 3
    assert first.level is Level.WARNING
    assert second.message.startswith("this leads to no chapter: 3.md; editions have the text")
    assert second.hint == "did you mean 2.md?"
    assert third.message.startswith("there is no section #nope in 2.md; ")
    assert links(document) == []


def test_footnotes_of_two_chapters_may_have_the_same_label() -> None:
    document = read("a[^1] b[^x]\n\n[^1]: one\n\n[^x]: x\n", "c[^1]\n\n[^1]: two\n")
    assert [note.label for note in document.notes] == ["1-1", "x", "2-1"]
