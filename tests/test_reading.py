"""Reading: sources to documents, the laws of cutting, and what is refused."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import (
    Document,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Role,
    Table,
    Text,
    plain,
    proses,
    rebuild,
)
from publish.reading.canonical import serialise
from publish.reading.inline import normalise, parse_inline
from publish.reading.markdown import SourceFile, read_document
from publish.reading.segmenting import cut, sentences, units

EN = find("en")


def read(text: str, *, front: str = "title: T") -> Document:
    return read_document("x", "en", [SourceFile("source/x.md", f"---\n{front}\n---\n{text}")])


def refusal(text: str, *, front: str = "title: T") -> tuple[str, str]:
    with pytest.raises(PublishError) as caught:
        read(text, front=front)
    return f"{caught.value.span}: {caught.value.message}", caught.value.hint


@pytest.fixture
def rich(repository: Path) -> Document:
    path = repository / "tests/cases/reading/rich.md"
    return read_document("rich", "en", [SourceFile("rich.md", path.read_text(encoding="utf-8"))])


# --------------------------------------------------------------------------- the briefing


def words(text: str) -> list[str]:
    return text.split()


def test_the_briefing_keeps_every_word_of_the_page_it_was_taken_from(repository: Path) -> None:
    kept = (repository / "tests/cases/tip-2024-turkmenistan.txt").read_text(encoding="utf-8")
    source = repository / "source/tip-2024-turkmenistan.md"
    document = read_document(
        "tip", "en", [SourceFile("tip.md", source.read_text(encoding="utf-8"))]
    )
    pieces = []
    for prose in proses(document):
        if prose.role in {Role.HEADING, Role.PARAGRAPH, Role.ITEM}:
            pieces.append((prose.role, plain(prose.content)))
    ours = [
        word.upper() if role is Role.HEADING else word
        for role, text in pieces
        for word in words(text)
    ]
    theirs = [word for word in words(kept) if word != "*"]
    headings = {"TURKMENISTAN (Tier 3)", "PRIORITIZED RECOMMENDATIONS:", "TRAFFICKING PROFILE:"}
    for heading in headings:
        assert heading in kept
    theirs = words(
        " ".join(theirs)
        .replace("(Tier 3)", "(TIER 3)")
        .replace("RECOMMENDATIONS:", "RECOMMENDATIONS")
        .replace("PROFILE:", "PROFILE")
    )
    assert ours == theirs


def test_rewrapping_a_source_changes_no_unit(repository: Path) -> None:
    path = repository / "source/tip-2024-turkmenistan.md"
    text = path.read_text(encoding="utf-8")
    head, body = text.split("\n---\n", 1)
    rewrapped = re.sub(r"(?m)^(?![#-])(.{30,70}?) ", r"\1\n", body)
    assert rewrapped != body
    first = read_document("x", "en", [SourceFile("x", text)])
    second = read_document("x", "en", [SourceFile("x", f"{head}\n---\n{rewrapped}")])
    assert [u.msgid for u in units(first, EN)] == [u.msgid for u in units(second, EN)]


# --------------------------------------------------------------------------- blocks


def test_every_block_of_a_rich_document_is_there(rich: Document) -> None:
    kinds = [type(block).__name__ for block in rich.body]
    assert kinds == [
        "Paragraph", "Heading", "Paragraph", "Paragraph", "ListBlock", "ListBlock", "Quote",
        "Table", "Figure", "Figure", "Paragraph", "CodeBlock", "Rule", "Heading", "Paragraph",
    ]  # fmt: skip
    assert [note.label for note in rich.notes] == ["ilo", "two"]
    assert rich.facts.source_url == "https://example.org/rich/"


def test_attributes_reach_their_blocks(rich: Document) -> None:
    found = list(proses(rich))
    assert [p.note for p in found if p.note] == ["A name, keep it.", "item note"]
    assert [(p.context, p.whole) for p in found if p.context] == [("poem", True)]
    assert [block.id for block in rich.body if isinstance(block, Heading)] == ["first", "end"]


def test_spans_name_the_lines_of_the_source(rich: Document, repository: Path) -> None:
    lines = (repository / "tests/cases/reading/rich.md").read_text(encoding="utf-8").splitlines()
    for prose in proses(rich):
        first = plain(prose.content).split()[0].strip(".")
        here = " ".join(lines[prose.span.first - 1 : prose.span.last])
        assert first.strip("*[]") in here, prose


def test_tables_lists_and_figures_keep_their_parts(rich: Document) -> None:
    table = next(block for block in rich.body if isinstance(block, Table))
    assert table.alignments == ("", "right", "center")
    assert [plain(cell.content) for cell in table.rows[1]] == ["Bob | Co", "2", "First. Second."]
    figure = next(block for block in rich.body if isinstance(block, Figure))
    assert figure.caption is not None
    assert plain(figure.caption.content) == "The caption. It has two sentences."
    numbered = [block for block in rich.body if isinstance(block, ListBlock)][1]
    assert numbered.start == 5


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a\n\n<div>x</div>\n", "source/x.md:6: raw HTML is not allowed: <div>x</div>", "Markdown"),
        ("a\nb <b>c</b>\n", "source/x.md:5: raw HTML is not allowed: <b>", "Markdown"),
        ("[a](javascript:x)\n", "this link address is not allowed: javascript:x", "https:"),
        ("[a](#nowhere)\n", "there is no section #nowhere", "known sections"),
        ("a[^x]\n", "there is no footnote [^x]", "add a line"),
        ("a\n\n[^x]: b\n", "nothing refers to the footnote [^x]", "delete"),
        (
            "# A {#a}\n\n# B {#a}\n",
            "the section id 'a' stands twice, first in source/x.md:4",
            "own",
        ),
        ('{nota="x"}\na\n', "unknown attribute 'nota'", "did you mean note?"),
        ('[a](https://x.org "t")\n', "a title on a link or image is not supported", "words"),
        ("![](a.png)\n", "source/x.md:4: an image has no description", "what it shows"),
        ("# A {#p3}\n", "the section id 'p3' is one that editions use themselves", "another"),
        ("{whole}\n- a\n", "attributes before this block would change nothing", "list item"),
        ("{#x}\na\n", "only headings have ids, this is a paragraph: {#x}", "heading"),
        ("a\x07b\n", "source/x.md:4: control character U+0007", "delete"),
    ],
)
def test_what_a_source_may_not_hold(text: str, place: str, hint: str) -> None:
    message, found = refusal(text)
    assert place in message
    assert hint in found


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("titel: T", "source/x.md:2: unknown key 'titel' in the front matter"),
        ("subtitle: T", "source/x.md:1: the front matter has no title"),
        ("title: T\npublished: soon", "source/x.md:3: published is no date: soon"),
        ("title: T\nsource-url: x.org", "source/x.md:3: source-url is no web address: x.org"),
        ("title: T: U", "source/x.md:2: the front matter is not YAML"),
        ("title: T\ntitle: U", "source/x.md:3: the key 'title' stands twice"),
    ],
)
def test_what_front_matter_may_not_hold(front: str, message: str) -> None:
    assert refusal("a", front=front)[0].startswith(message)


def test_braces_that_are_no_attributes_are_text() -> None:
    document = read("{not attributes, just text} here\n\nset \\{whole} there\n")
    assert [plain(p.content) for p in proses(document)][1:] == [
        "{not attributes, just text} here",
        "set {whole} there",
    ]


# --------------------------------------------------------------------------- laws


def joined(content: Inlines, *, whole: bool = False) -> str:
    parts, gaps = sentences(content, EN, whole=whole)
    written = [serialise(part) for part in parts]
    between = [serialise(gap) for gap in gaps]
    assert len(between) == max(len(written) - 1, 0)
    return "".join(a + b for a, b in zip_longest(written, between, fillvalue=""))


def test_partition_of_the_rich_document(rich: Document) -> None:
    for prose in proses(rich):
        assert joined(prose.content, whole=prose.whole) == serialise(prose.content)


PIECES = st.sampled_from(
    [
        "He left. ",
        "She came! ",
        "U.S. ",
        "*in. side* ",
        "`a. B` ",
        "[x. Y](https://a.b) ",
        "\\\n",
        "One",
        " ",
        "two ",
        "“Quoted.” ",
        "[^n] ",
        "3. ",
        "… ",
        "«Да.» ",
        "end.",
        "。",
        "они. ",
        "(a. B) ",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_partition_of_any_text(text: str) -> None:
    content = parse_inline(text)
    assert joined(content) == serialise(content)


@given(st.text(max_size=60))
def test_partition_of_text_without_marks(text: str) -> None:
    content = normalise((Text(text),))
    try:
        canonical = serialise(content)
    except PublishError:
        return
    assert joined(content) == canonical


def test_no_unit_cuts_a_mark(rich: Document) -> None:
    for unit in units(rich, EN):
        assert serialise(parse_inline(unit.msgid)) == unit.msgid


def test_rebuild_without_change_is_the_document(rich: Document) -> None:
    assert rebuild(rich, lambda prose: prose) == rich


def test_links_are_numbered_in_each_unit(rich: Document) -> None:
    first = next(p for p in proses(rich) if p.role is Role.PARAGRAPH)
    found = cut(first, EN).units
    assert [unit.msgid for unit in found] == [
        "Before any heading.",
        "See [the end](1) and [the *site*](2).",
    ]
    assert found[1].addresses == ("#end", "https://example.org/a(b)")
