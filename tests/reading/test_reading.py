"""Reading: sources to documents, the laws of cutting, and what is refused."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path
from unicodedata import category
from urllib.parse import urlsplit

import pytest
from examples import least, some
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from publish.editions.images.collecting import collect_images
from publish.errors import FindingsError, PublishError
from publish.languages.registry import find
from publish.model import (
    Block,
    Document,
    Figure,
    Footnote,
    Heading,
    Inlines,
    Level,
    ListBlock,
    Quote,
    Role,
    Strong,
    Table,
    Text,
    block_proses,
    blocks,
    plain,
    proses,
    rebuild,
)
from publish.reading import frontmatter, references
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks import attributes, canonical, inline
from publish.reading.marks.addresses import is_web_address
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.marks.inline import is_blank, normalise, parse_inline
from publish.reading.msgstr import parse_msgstr
from publish.reading.segmenting import cut_content, cut_prose, cut_sentences, make_units
from publish.reading.source import cut_source

EN = find("en")
PATTERNS = [
    value
    for module in (attributes, canonical, frontmatter, inline, references)
    for value in vars(module).values()
    if isinstance(value, re.Pattern)
]


def read(text: str, *, front: str = "title: T") -> Document:
    return read_document("x", "en", [SourceFile("source/x.md", f"---\n{front}\n---\n{text}")])


def refusal(text: str, *, front: str = "title: T") -> tuple[str, str]:
    with pytest.raises(PublishError) as caught:
        read(text, front=front)
    return f"{caught.value.span}: {caught.value.message}", caught.value.hint


TABLE = "| a | b |\n|---|---|\n"
DEEP = "*a _b " * 400 + "x" + " b_ a*" * 400


def bullets(depth: int) -> str:
    return "".join(f"{'  ' * at}- item {at}\n" for at in range(depth))


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
        "tip", "en", [SourceFile("tip.md", source.read_text(encoding="utf-8"))], as_typed=True
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
    assert [u.msgid for u in cut_source(first, EN).units] == [
        u.msgid for u in cut_source(second, EN).units
    ]


# --------------------------------------------------------------------------- blocks


def test_every_block_of_a_rich_document_is_there(rich: Document) -> None:
    kinds = [type(block).__name__ for block in rich.body]
    assert kinds == [
        "Paragraph", "Heading", "Paragraph", "Paragraph", "ListBlock", "ListBlock", "Quote",
        "Table", "Figure", "Figure", "Paragraph", "CodeBlock", "ThematicBreak", "Heading",
        "Paragraph",
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
        ("a\n\n<form>x</form>\n", "source/x.md:6: raw HTML is not allowed: <form>", "Markdown"),
        ("a\nb <q>c\n", "source/x.md:5: raw HTML is not allowed: <q>", "Markdown"),
        ("[a](javascript:x)\n", "this link address is not allowed: javascript:x", "https:"),
        ("[a]()\n", "a link has no address", "start it with https:"),
        ("a[^x]\n", "the mark [^x] has no footnote", "add the footnote"),
        (
            "# A {#a}\n\n# B {#a}\n",
            "two sections have the id 'a'; the first is at source/x.md:4",
            "own",
        ),
        ('{nota="x"}\na\n', "unknown attribute 'nota'", "did you mean note?"),
        ("![a](https://e.org/a.png)\n", "source/x.md:4: this image is on the web", "curl -L -o"),
        ("![a](data:image/png;base64,AA==)\n", "source/x.md:4: this image is written", "save it"),
        ("# A {#p3}\n", "the section id 'p3' is reserved", "another"),
        (
            "{whole}\n- a\n",
            "source/x.md:4: no paragraph follows the attributes {whole}",
            "list item",
        ),
        (
            "a\n\n{whole}\n",
            "source/x.md:6: no paragraph follows the attributes {whole}",
            "list item",
        ),
        ("{whole}\n\n{ctx=b}\n\nb\n", "source/x.md:4: no paragraph follows the", "list item"),
        ("## {#a}\n\na\n", "source/x.md:4: a heading has no text", "delete the line"),
        ("# *\u200b*\n", "source/x.md:4: a heading has no text", "delete the line"),
        ("a [](https://e.org)\n", "source/x.md:4: a link has no text: https://e.org", "brackets"),
        ("a [*\u200b*](#a)\n", "source/x.md:4: a link has no text: #a", "brackets"),
        (TABLE + "| 1 | 2 | LOST |\n", "source/x.md:6: this row has more cells", "column"),
        (
            TABLE + "| 1 | 2\n1|2|LOST|\n",
            "than the header, so this text would be lost: LOST",
            "column",
        ),
        ("> " + TABLE.replace("\n|", "\n> |") + "> | 1 | 2 || LOST\n", "6: this row has", "column"),
        (
            "> " * 41 + "a\n",
            "source/x.md:4: lists or quotations are nested too deeply",
            "fewer levels: at most 40",
        ),
        (
            bullets(21),
            "source/x.md:24: lists or quotations are nested too deeply",
            "fewer levels: at most 40",
        ),
        ("a\n\n" + DEEP, "source/x.md:6: marks are nested more than 40 levels deep", "delete"),
        ("a \ud800\n", "source/x.md:4: the text contains the control character U+D800", "delete"),
        (
            "{#x}\na\n",
            "only headings can have an id, but this is a paragraph: {#x}",
            "## Heading {#x}",
        ),
        ("a\x07b\n", "source/x.md:4: the text contains the control character U+0007", "delete"),
    ],
)
def test_what_a_source_may_not_hold(text: str, place: str, hint: str) -> None:
    message, found = refusal(text)
    assert place in message
    assert hint in found


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: T\npublished: soon", "source/x.md:3: published is not a date: soon"),
        (
            "title: T\nsource-url: x.org",
            "source/x.md:3: source-url is not a valid web address: x.org",
        ),
        ("title: 'T", "source/x.md:3: the front matter is not valid YAML: found unexpected end"),
        ("lang: fr\ntitle: T", "source/x.md:2: lang is fr, but the sources of this workspace are"),
        ("title: T\nrevised: June 2024", "source/x.md:3: revised has no day: June 2024"),
        ("title: T\ntitle: U", "source/x.md:3: the key 'title' occurs twice"),
        ("title: T\n? [a]\n: b", "source/x.md:3: each key of the front matter must be one word"),
        (
            'title: T\nidentifier: "\\ud800"',
            "source/x.md:3: the text contains the control character U+D800",
        ),
        (
            'title: T\nidentifier: "\\Uffffffff"',
            "source/x.md:1: the front matter is not valid YAML",
        ),
        ("title: T\nkeywords: " + "[" * 9000, "source/x.md:1: the front matter is not valid YAML"),
        ("title: T\nidentifier: a\x90", "source/x.md:3: YAML does not allow the character U+0090"),
        (
            "title: T\nrights: a\ud800",
            "source/x.md:3: the text contains the control character U+D800",
        ),
        ("title: T\npublished: 0001-01-01", "source/x.md:3: published has a year before 1000: 1"),
        ("title: T\nrevised: 0999-12-31", "source/x.md:3: revised has a year before 1000: 999"),
        ("title: T\nrevised: 10000-01-01", "source/x.md:3: revised is not a date: 10000-01-01"),
        ("title: A [^x]", "source/x.md:2: the front matter contains a footnote mark"),
        (
            "title: T\nsource-url: https://[::1/",
            "source/x.md:3: source-url is not a valid web address",
        ),
        (
            "title: T\nrepublished-url: https://e.org/%",
            "source/x.md:3: republished-url is not a valid",
        ),
        (
            "title: T\nrights: A\u2028 B\nsummary: C\nrevised: x",
            "source/x.md:5: revised is not a date",
        ),
    ],
)
def test_what_front_matter_may_not_hold(front: str, message: str) -> None:
    assert refusal("a", front=front)[0].startswith(message)


@pytest.mark.parametrize(
    ("text", "line"),
    [("- # A\n", 4), ("a\n\n> A\n> ===\n", 6), ("a[^a]\n\n[^a]: b\n\n    # A\n", 8)],
)
def test_a_heading_that_no_link_could_reach_is_a_bold_paragraph(text: str, line: int) -> None:
    document = read(text)
    paragraph = next(
        prose for prose in proses(document) if prose.content == (Strong((Text("A"),)),)
    )
    assert paragraph.role in {Role.ITEM, Role.QUOTE, Role.FOOTNOTE}
    assert [(one.code, str(one.span)) for one in document.remarks] == [
        ("heading-place", f"source/x.md:{line}")
    ]


@pytest.mark.parametrize(
    "text",
    ["a[^a]\n\n> [^a]: b\n", "- a[^a]\n\n  [^a]: b\n", "a[^a] b[^b]\n\n[^a]: c\n\n    [^b]: d\n"],
)
def test_a_footnote_may_stand_anywhere(text: str) -> None:
    document = read(text)
    assert {note.label for note in document.notes} >= {"a"}
    assert all(note.children for note in document.notes)


def test_all_faults_are_told_at_once() -> None:
    text = "# A {#x}\n\n## B {#x}\n\n[a](b:c)\n\nc[^d]\n\n{colour=red} e\n\n![f](//e.org/f.png)\n"
    with pytest.raises(FindingsError) as caught:
        read(text)
    assert [(one.code, one.span.first if one.span else 0) for one in caught.value.findings] == [
        ("id-duplicate", 6),
        ("link-scheme", 8),
        ("footnote-missing", 10),
        ("attribute-unknown", 12),
        ("image-remote", 14),
    ]
    assert caught.value.code == "source-faults"


@pytest.mark.parametrize("text", ["# A\n\n##\n\nb\n", "# A\n\n## ##\n\nb\n", "> #\n\nb\n"])
def test_an_empty_heading_is_left_out_with_a_warning(text: str) -> None:
    document = read(text)
    assert [(one.code, one.level) for one in document.remarks] == [("heading-empty", Level.WARNING)]
    assert "b" in [plain(prose.content) for prose in proses(document)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a:\r b\n", "a: b"), ("a\r\r\nb\n", "a b"), ("| a\r<br>b |\n|---|\n| c |\n", "a b")],
)
def test_a_carriage_return_within_a_line_is_a_space(text: str, shown: str) -> None:
    shown_texts = [" ".join(plain(prose.content).split()) for prose in proses(read(text))]
    assert shown in shown_texts


def test_styles_of_a_web_page_are_left_out_with_advice() -> None:
    document = read("a\n\n<style>\n.b { color: red }\n\n.c { top: 0 }\n</style>\n\nd\n")
    assert [one.code for one in document.remarks] == ["mark-ignored"]
    assert [plain(prose.content) for prose in proses(document)][1:] == ["a", "d"]


def test_many_alike_faults_are_one_line() -> None:
    text = "".join(f"[](https://e.org/{at})\n\n" for at in range(30))
    with pytest.raises(FindingsError) as caught:
        read(text)
    (found,) = caught.value.findings
    assert found.message.startswith("a link has no text: https://e.org/0 (and 29 more such, on ")
    assert found.message.endswith("44, …)")


def shown(document: Document) -> list[str]:
    return [plain(prose.content) for prose in proses(document)][1:]


def test_no_depth_loses_text() -> None:
    assert shown(read(bullets(20))) == [f"item {at}" for at in range(20)]
    assert shown(read("> " * 40 + "quoted")) == ["quoted"]


def test_what_is_nested_is_shown_or_refused() -> None:
    """A quotation is one deeper, an item of a list two: the list and the item."""
    counts = {"shown": 0, "refused": 0}

    @given(st.integers(0, 50), st.integers(1, 3), st.data())
    def check(count: int, kinds: int, data: st.DataObject) -> None:
        kind = st.sampled_from(["> ", "- ", "3. "][:kinds])
        marks = data.draw(st.lists(kind, min_size=count, max_size=count))
        depth = sum(1 if mark == "> " else 2 for mark in marks)
        text = f"{''.join(marks)}text\n\nlast\n"
        if depth <= 40:
            counts["shown"] += 1
            assert shown(read(text))[-2:] == ["text", "last"]
        else:
            counts["refused"] += 1
            with pytest.raises(PublishError) as caught:
                read(text)
            assert (caught.value.code, str(caught.value.span)) == (
                "nested-too-deep",
                "source/x.md:4",
            )

    check()
    assert min(counts.values()) >= least(20)


@pytest.mark.parametrize(
    "text", [DEEP, "![" * 400 + "x" + "](1)" * 400, "[" * 400 + "x" + "]" * 400]
)
def test_deep_marks_do_not_exhaust_the_stack(text: str) -> None:
    try:
        assert "x" in plain(parse_inline(text))
    except PublishError as error:
        assert error.code == "nested-too-deep"  # noqa: PT017


def test_a_table_row_may_be_short_and_may_end_in_nothing() -> None:
    document = read(TABLE + "| 1 |\n| 1 | 2 |  |\n| 1 \\| x | 2 |\n")
    assert shown(document) == ["a", "b", "1", "", "1", "2", "1 | x", "2"]


@pytest.mark.parametrize("number", [0, 1, 7])
def test_lists_start_where_the_source_says(number: int) -> None:
    (block,) = read(f"{number}. zero\n").body
    assert isinstance(block, ListBlock)
    assert block.start == number


def test_line_ends_of_other_standards_move_no_line() -> None:
    document = read("a\u2028b\x85c\n\nd\u2029e\n", front="title: 'A\u2028 B\x85 C'")
    assert [(plain(p.content), p.span.first) for p in proses(document)][1:] == [
        ("a b\x85c", 4),
        ("d e", 6),
    ]


def test_every_block_is_walked_parents_first(rich: Document) -> None:
    document = read("> - a\n\nb[^a]\n\n[^a]: c\n\n    > d\n")
    assert [type(block).__name__ for block in blocks(document)] == [
        "Field", "Quote", "ListBlock", "Paragraph", "Paragraph", "Footnote", "Paragraph", "Quote",
        "Paragraph",
    ]  # fmt: skip
    walked = [
        prose for block in blocks(rich) if not children(block) for prose in block_proses(block)
    ]
    assert walked == list(proses(rich))


def children(block: Block) -> bool:
    return isinstance(block, ListBlock | Quote | Footnote)


def test_images_are_found_wherever_they_stand(tmp_path: Path) -> None:
    document = read(
        "a[^a] ![in a line](1.png)\n\n- ![in a list](2.png)\n\n"
        "> ![in a quotation](3.png)\n\n[^a]: note\n\n    ![in a note](4.png)\n"
    )
    for number in range(1, 5):
        Picture.new("L", (number, 1)).save(tmp_path / f"{number}.png")
    assert sorted(collect_images(document, tmp_path).files) == ["1.png", "2.png", "3.png", "4.png"]


# --------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://e.org",
        "HTTP://E.org:8080/a(b)/~c;d=e,f?g=h&i=j/k?#l:m@n",
        "https://e.org?a=b",
        "https://e.org#a",
        "https://e.org/%D0%B0",
        "https://türkmenistan.example/Ýüz?ж=й#ы",
        "https://e.org/हिन्दी",
        "https://192.0.2.1/a_b",
    ],
)
def test_addresses_of_the_web(address: str) -> None:
    assert is_web_address(address)
    assert shown(read(f"[a](<{address}>)\n", front=f"title: T\nsource-url: '{address}'")) == ["a"]


@pytest.mark.parametrize("address", ["mailto:a.b+c@e.org", "mailto:a@e.org?subject=A%20b"])
def test_addresses_of_mail(address: str) -> None:
    assert shown(read(f"[a]({address})\n")) == ["a"]
    assert not is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "https:", "https://", "https:///a", "ftp://e.org", "//e.org", "https://[::1/",
        "https://[::1]/", "https://e.org/%", "https://e.org/%2", "https://e.org/%zz", "http://%",
        "https://%65.org", "https://e.org:99999/", "https://e.org:/", "https://e.org:a/",
        "https://javascript:alert(1)", "https://a..b/", "https://.a", "https://a.", "https://-a.b",
        "https://e.org/a|b", "https://e.org/a b", "https://e.org/a\u00a0b", "https://e.org/\u202ea",
        "https://e.org/\x90", "https://e.org/a\\\\b", "https://e.org/{a}", "https://e.org/a^b",
        "https://e.org/a`b", "https://e.org/a[b]", 'https://e.org/"', "https://e.org/#a#b",
        "https://a@e.org", "https://a:b@e.org/", "https://e／org", "https://" + "a" * 64 + ".org",
        "https://" + "a." * 200 + "org", "https://e.org/\u200b", "mailto:", "mailto:a",
        "mailto:@e.org", "mailto:a b@e.org", "mailto:a@e..org", "mailto:a@e.org?%",
        "mailto:a@b@e.org",
    ],
)  # fmt: skip
def test_what_is_no_address(address: str) -> None:
    assert not is_web_address(address)
    with pytest.raises(PublishError) as caught:
        read(f"[a](<{address}>)\n")
    assert caught.value.code == "link-scheme"
    assert "percent-encode" in caught.value.hint


@given(st.text(max_size=20))
def test_addresses_hold_nothing_unseen(text: str) -> None:
    if is_web_address(f"https://e.org/{text}"):
        assert all(category(character)[0] not in "CZ" for character in text)
        urlsplit(f"https://e.org/{text}")


# --------------------------------------------------------------------------- attacks

ITEMS = st.sampled_from(
    ["{", "}", "{a=", "a", '"', " ", '{a=" b="', "#a ", "[^", "[", "](", "!", "*", "_", "`", "\\",
     "&", "&a", "<", ">", "---", "---\n", "\n", "\t", "|", "|-", ":", "%", "@", ".", "1. ", "~"]
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:30])
@settings(deadline=None, max_examples=some(40))
@given(
    start=st.lists(ITEMS, max_size=2).map("".join),
    again=st.lists(ITEMS, min_size=1, max_size=3).map("".join),
    end=st.sampled_from(["", " of", "!", "\n"]),
)
def test_every_pattern_comes_to_an_end_on_50_kb_of_repetition(
    pattern: re.Pattern[str], start: str, again: str, end: str
) -> None:
    text = start + again * (50_000 // len(again)) + end
    pattern.match(text)
    pattern.fullmatch(text)
    pattern.sub("", text)


def test_words_in_a_brace_are_no_riddle() -> None:
    text = "{internationalizationandlocalization of things"
    assert shown(read(text)) == [text]
    assert shown(read("{" + "a" * 50_000 + " b!")) == ["{" + "a" * 50_000 + " b!"]


def test_a_translation_may_be_mostly_spaces() -> None:
    assert parse_msgstr("a" + " " * 200_000 + "b \n c") == (Text("a b c"),)


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" \u00a0\u3000", True),
        ("\u200b\u200d\u00ad\ufeff\u2060", True),
        ("**\u200b** `\u00a0`", True),
        ("[](1)", True),
        ("![](1)", True),
        ("\u3164\ufe0f\u2800", True),
        ("\\\n\u200b", True),
        ("[^a]", False),
        ("*[^a]*", False),
        ("![map](1)", False),
        (".", False),
        ("\u200bа", False),
    ],
)
def test_what_no_reader_can_see_is_blank(text: str, blank: bool) -> None:
    assert is_blank(parse_inline(text)) is blank


def test_braces_that_are_no_attributes_are_text() -> None:
    document = read("{not attributes, just text} here\n\nset \\{whole} there\n")
    assert [plain(p.content) for p in proses(document)][1:] == [
        "{not attributes, just text} here",
        "set {whole} there",
    ]


# --------------------------------------------------------------------------- laws


def joined(content: Inlines, *, whole: bool = False) -> str:
    parts, gaps = cut_sentences(content, EN, whole=whole)
    written = [serialise_inlines(part) for part in parts]
    between = [serialise_inlines(gap) for gap in gaps]
    assert len(between) == max(len(written) - 1, 0)
    return "".join(a + b for a, b in zip_longest(written, between, fillvalue=""))


def test_partition_of_the_rich_document(rich: Document) -> None:
    for prose in proses(rich):
        assert joined(prose.content, whole=prose.whole) == serialise_inlines(prose.content)


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
    assert joined(content) == serialise_inlines(content)


@given(st.text(max_size=60))
def test_partition_of_text_without_marks(text: str) -> None:
    content = normalise((Text(text),))
    try:
        canonical = serialise_inlines(content)
    except PublishError:
        return
    assert joined(content) == canonical


def test_no_unit_cuts_a_mark(rich: Document) -> None:
    for unit in cut_source(rich, EN).units:
        assert serialise_inlines(parse_inline(unit.msgid)) == unit.msgid


def test_rebuild_without_change_is_the_document(rich: Document) -> None:
    assert rebuild(rich, lambda prose: prose) == rich


def test_links_are_numbered_in_each_unit(rich: Document) -> None:
    first = next(p for p in proses(rich) if p.role is Role.PARAGRAPH)
    found = make_units(first, cut_prose(first, EN)).units
    assert [unit.msgid for unit in found] == [
        "Before any heading.",
        "See [the end](1) and [the *site*](2).",
    ]
    assert found[1].addresses == ("#end", "https://example.org/a(b)")


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_a_source_in_utf_16_without_a_mark_of_its_own_is_called_so(charset: str) -> None:
    text = "---\ntitle: T\n---\n\nText.\n".encode(charset).decode()
    with pytest.raises(PublishError, match="the file is saved as UTF-16") as caught:
        read_document("x", "en", [SourceFile("source/x.md", text)])
    assert caught.value.code == "charset"


def test_a_source_with_the_line_ends_of_old_macs_is_called_so() -> None:
    with pytest.raises(PublishError, match="old Mac line endings") as caught:
        read_document("x", "en", [SourceFile("source/x.md", "---\rtitle: T\r---\r\rText.\r")])
    assert caught.value.hint == "save it with Unix (LF) or Windows (CRLF) line endings"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: T\nauthor: A\n\n# One\n\nText.\n", 3),
        ("---\ntitle: T\n----\n", 3),
        ("---", 1),
    ],
)
def test_front_matter_that_is_not_closed_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(PublishError) as caught:
        read_document("x", "en", [SourceFile("source/x.md", text)])
    error = caught.value
    assert error.message == "the front matter that starts on line 1 is not closed"
    assert error.hint == "add a line with only --- below this line"
    assert (error.code, str(error.span)) == ("front-matter", f"source/x.md:{line}")


@pytest.mark.parametrize("front", ["title: T\n\tauthor: A", "title:\tT\nauthor:\n\t- A"])
def test_a_tab_in_the_front_matter_is_called_a_tab(front: str) -> None:
    with pytest.raises(PublishError) as caught:
        read("Text.", front=front)
    assert caught.value.hint == "use spaces instead of tabs"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1\\. Murder\\\n2\\. Torture\\\n3\\. Theft", ["1. Murder\\\n2. Torture\\\n3. Theft"]),
        ("1\\. It rains.\\\n2\\. It pours.", ["1. It rains.", "2. It pours."]),
        ("They were\\\n12. Then they left.", ["They were\\\n12. Then they left."]),
        ("They left.\\\nThen it rained. It was 12. So it was.",
         ["They left.", "Then it rained.", "It was 12.", "So it was."]),
    ],
)  # fmt: skip
def test_the_number_of_an_item_on_a_line_of_its_own_belongs_to_the_item(
    text: str, units: list[str]
) -> None:
    front = "---\ntitle: T\n---\n\n"
    document = read_document("x", "en", [SourceFile("source/x.md", front + text + "\n")])
    (prose,) = [one for one in proses(document) if one.role is Role.PARAGRAPH]
    cut = cut_content(prose.content, find("en"), whole=False)
    assert [msgid.replace("\\.", ".") for msgid in cut.msgids] == units
