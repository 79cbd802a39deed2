"""Blocks of Markdown's dialects: definition lists, tasks, boxes, lists with letters, HTML."""

from __future__ import annotations

import contextlib
import re

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.errors import FindingsError, PublishError
from publish.model import (
    Block,
    Box,
    CodeBlock,
    DefinitionList,
    Document,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    plain,
    proses,
)
from publish.reading.markdown import SourceFile, read_document


def read(text: str) -> Document:
    return read_document("x", "en", [SourceFile("x.md", f"---\ntitle: T\n---\n{text}\n")])


def shape(text: str) -> list[object]:
    return [outline(block) for block in read(text).body]


def outline(block: Block) -> object:
    """A block in the fewest words that tell its kind and its texts."""
    match block:
        case Paragraph(prose):
            return plain(prose.content)
        case Heading(level, name, prose):
            return (f"h{level}", name, plain(prose.content))
        case ListBlock(items, start):
            kind = "ul" if start is None else f"ol {block.numbering}{start}"
            marks = {None: "", True: "[x]", False: "[ ]"}
            return (kind, *((marks[one.done], *map(outline, one.children)) for one in items))
        case DefinitionList(items):
            return (
                "dl",
                *(
                    (plain(one.term.content), *([*map(outline, m)] for m in one.meanings))
                    for one in items
                ),
            )
        case Box(kind, title, children):
            return (kind, title and plain(title.content), *map(outline, children))
        case Quote(children) | Footnote(_, children):
            return ("quote", *map(outline, children))
        case Figure():
            return ("img", block.src, plain(block.alt.content), block.caption and "caption")
        case CodeBlock(code):
            return ("code", code)
        case _:
            return type(block).__name__


def faults(text: str) -> list[tuple[str, int]]:
    """The codes and lines of the errors; the text begins at line 4."""
    try:
        read(text)
    except FindingsError as error:
        return [(one.code, one.span.first) for one in error.findings if one.span]
    except PublishError as error:
        return [(error.listed_code, error.span.first if error.span else 0)]
    return []


def remarks(text: str) -> list[str]:
    return [one.code for one in read(text).remarks if one.code != "undated"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Term\n:   Meaning.", ("dl", ("Term", ["Meaning."]))),
        (
            "A\n: x\n: y\n\n  z\n\nB\n: - q",
            ("dl", ("A", ["x"], ["y", "z"]), ("B", [("ul", ("", "q"))])),
        ),
        ("- [x] a\n- [ ] b\n- c", ("ul", ("[x]", "a"), ("[ ]", "b"), ("", "c"))),
        ("1. [X] a", ("ol 11", ("[x]", "a"))),
        ("> [!WARNING]\n> a", ("warning", None, "a")),
        ("> [!tip]- *My* title\n>\n> a", ("tip", "My title", "a")),
        ("> [!note]\n> a\n> > b", ("note", None, "a", ("quote", "b"))),
        ("> [!note] T\n> A\n> : b", ("note", "T", ("dl", ("A", ["b"])))),
        ("> [!note] T", ("note", "T")),
        ('!!! note "My title"\n    a\n\n    b', ("note", "My title", "a", "b")),
        ("??? danger\n    a", ("caution", None, "a")),
        ("!!! example\n    a", ("note", "Example", "a")),
        ("!!! info inline end\n    a", ("note", None, "a")),
        ("::: warning\na\n:::", ("warning", None, "a")),
        ("::: {.note}\na\n:::", ("note", None, "a")),
        (":::tip Some title\na\n:::", ("tip", "Some title", "a")),
        (":::danger[Some title]\na\n:::", ("caution", "Some title", "a")),
        (
            ':::: {.callout-note title="T"}\n::: tip\na\n:::\n::::',
            ("note", "T", ("tip", None, "a")),
        ),
        ("::: {.callout-tip}\n## Head\n\na\n:::", ("tip", "Head", "a")),
        ("```{note} Head\n```", ("code", "")),
        (":::{note} Head\n:class: dropdown\na\n:::", ("note", "Head", "a")),
        (
            "<details><summary>More <b>x</b></summary>\n\n*a*\n\n</details>",
            ("details", "More x", "a"),
        ),
        ("<details>\na\n</details>", ("details", None, "a")),
    ],
)
def test_lists_of_terms_tasks_and_boxes(text: str, wanted: object) -> None:
    assert shape(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a. x\nb. y", [("ol a1", ("", "x"), ("", "y"))]),
        ("A)  x\nB)  y", [("ol A1", ("", "x"), ("", "y"))]),
        ("(iv) x\n(v) y", [("ol i4", ("", "x"), ("", "y"))]),
        ("h. x\ni. y\nj. z", [("ol a8", ("", "x"), ("", "y"), ("", "z"))]),
        ("i. x\nii. y", [("ol i1", ("", "x"), ("", "y"))]),
        ("#. x\n#. y", [("ol 11", ("", "x"), ("", "y"))]),
        ("(1) x\n(2) y", [("ol 11", ("", "x"), ("", "y"))]),
        ("7. x\n8. y", [("ol 17", ("", "x"), ("", "y"))]),
        (
            "1. x\n   a. y\n   b. z\n2. q",
            [("ol 11", ("", "x", ("ol a1", ("", "y"), ("", "z"))), ("", "q"))],
        ),
        ("a. x\nb. y\n1. z", [("ol a1", ("", "x"), ("", "y")), ("ol 11", ("", "z"))]),
        ("A.  x\nB.  y", [("ol A1", ("", "x"), ("", "y"))]),
        ("A. Smith\n\nB. Jones", ["A. Smith", "B. Jones"]),
        ("I. Newton wrote.", ["I. Newton wrote."]),
        ("(a) alone", ["(a) alone"]),
        ("i. e. this\n\nz. B. das", ["i. e. this", "z. B. das"]),
        ("p. 34\n\np. 35", ["p. 34", "p. 35"]),
    ],
)
def test_lists_count_with_letters_only_where_a_second_item_counts_on(
    text: str, wanted: list[object]
) -> None:
    assert shape(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '<div align="center">\n\n# Title\n\n*a*\n\n</div>\n\nb',
            [("h1", "title", "Title"), "a", "b"],
        ),
        ("<div><p>a <em>b</em></p>c</div>", ["a b", "c"]),
        ('<h1 id="here">A</h1>', [("h1", "here", "A")]),
        (
            "<ul><li>a<li>b<ol start=3 type=i><li>c</ol></ul>",
            [("ul", ("", "a"), ("", "b", ("ol i3", ("", "c"))))],
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [("dl", ("a", ["b"]))]),
        ("<blockquote>a</blockquote>\n<hr>", [("quote", "a"), "ThematicBreak"]),
        ("<pre>\na < b\n</pre>", [("code", "a < b\n")]),
        (
            '<figure><img src="a.png" alt="A"><figcaption>b</figcaption></figure>',
            [("img", "a.png", "A", "caption")],
        ),
        ('<p align="center">\n  <img src="a.png" alt="A">\n</p>', [("img", "a.png", "A", None)]),
        ("<p>\n\n**a**\n\n</p>", ["a"]),
        ("<!-- a\n\n# b -->\n\nc", ["c"]),
        ("- a\n  <!-- x -->\n- b", [("ul", ("", "a"), ("", "b"))]),
        ("<center>\n\na\n\n</center>", ["a"]),
    ],
)
def test_html_blocks_become_the_blocks_of_markdown(text: str, wanted: list[object]) -> None:
    assert shape(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("::: note\na", [("box-open", 4)]),
        ("a\n\n:::", [("box-open", 6)]),
        ("!!! note\na", [("box-empty", 4)]),
        ("<div>\n\na", [("raw-html", 4)]),
        ("a\n\n<!-- b", [("raw-html", 6)]),
        ("<script>\nx\n</script>\n\n<iframe src=x></iframe>", [("raw-html", 4), ("raw-html", 8)]),
        ("<form>a</form>\n\n<foo>", [("raw-html", 4), ("raw-html", 6)]),
        ("<div>\n**a** b\n</div>", [("markdown-literal", 4)]),
        ("<dl><dd>a</dd></dl>", [("raw-html", 4)]),
        ("<ul>a<li>b</ul>", [("raw-html", 4)]),
        ("<div>&#1;a</div>", [("control-character", 4)]),
        ("<div", [("raw-html", 4)]),
        ("a\n\n<!-- @include: b.md -->", [("raw-html", 6)]),
        ("a\n\n: b\n\n::: c", [("box-open", 8)]),
        ("# A\n\n: b", [("markdown-literal", 6)]),
    ],
)
def test_what_is_wrong_has_its_line_and_the_rest_is_read(
    text: str, wanted: list[tuple[str, int]]
) -> None:
    assert faults(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "code"),
    [
        ("::: columns\na\n:::", ["a"], "class-unknown"),
        ("::: chapter Title\na\n:::", ["Title", "a"], "class-unknown"),
        ("a[^1]\n\n[^1]: b\n\n[^2]: c", ["a"], "footnote-unused"),
        ("[TOC]\n\na", ["a"], "layout-mark"),
        ("\\newpage\n\na", ["a"], "layout-mark"),
        ("a\n\n</div>", ["a"], "raw-html"),
    ],
)
def test_what_has_no_effect_is_told(text: str, wanted: list[str], code: str) -> None:
    assert shape(text) == wanted
    assert remarks(text) == [code]


def test_a_note_that_only_an_unused_note_leads_to_is_left_out_too() -> None:
    document = read("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n\n[^3]: d[^4]\n\n[^4]: e")
    assert [note.label for note in document.notes] == ["1", "2"]


# --------------------------------------------------------------------------- laws

WORD = st.integers(min_value=0, max_value=10**6).map(lambda number: f"word{number}q")


def indented(text: str, by: str = "    ") -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Every kind of block around other blocks."""
    two = st.tuples(WORD, inner)
    return st.one_of(
        st.tuples(inner, inner).map("\n\n".join),
        two.map(lambda p: f"{p[0]}\n:   {p[0]}\n\n{indented(p[1])}"),
        two.map(lambda p: f"- [x] {p[0]}\n\n{indented(p[1], '  ')}"),
        two.map(lambda p: f"a.  {p[0]}\n\n{indented(p[1])}\n\nb.  {p[0]}"),
        two.map(lambda p: quoted(f"[!NOTE]\n{p[0]}\n\n{p[1]}")),
        two.map(lambda p: f'!!! tip "{p[0]}"\n\n{indented(p[1])}'),
        two.map(lambda p: f"::: warning {p[0]}\n\n{p[1]}\n\n:::"),
        two.map(lambda p: f"::: {{.unknown}}\n\n{p[0]}\n\n{p[1]}\n\n:::"),
        two.map(lambda p: f"<details><summary>{p[0]}</summary>\n\n{p[1]}\n\n</details>"),
        two.map(lambda p: f'<div align="center">\n\n{p[1]}\n\n<p>{p[0]}</p>\n\n</div>'),
        two.map(lambda p: f"<!-- hidden -->\n\n{p[1]}\n\n<ul><li>{p[0]}</li></ul>"),
    )


SOURCES = st.recursive(WORD, nested, max_leaves=6)


@settings(max_examples=some(150))
@given(SOURCES)
def test_every_word_is_read_once_in_its_order_and_none_is_added(text: str) -> None:
    found = re.findall(r"word\d+q", " ".join(plain(prose.content) for prose in proses(read(text))))
    words = re.findall(r"word\d+q", text)
    assert sorted(found) == sorted(words)
    assert "hidden" not in found
    html = "<" in text
    assert html or found == words


MARKS = (
    "::: note\n",
    ":::\n",
    "!!! note\n",
    "> [!TIP]\n",
    "> ",
    "    ",
    "- [ ] ",
    "a. ",
    "b. ",
    "(1) ",
    "#. ",
    "T\n: d",
    "<div>",
    "</div>",
    "<details>",
    "<summary>s</summary>",
    "</details>",
    "<p>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl><dt>",
    "<dd>",
    "<!--",
    "-->",
    "<pre>",
    "<b>",
    "</b>",
    "<hr>",
    "<h2>",
    "<figure>",
    "```\n",
    "word",
    "\n",
    "\n\n",
    "[TOC]",
    "&#1;",
    "<script>",
    "<?x",
    "<a ",
    "\t",
)  # fmt: skip


@settings(max_examples=some(300))
@given(st.lists(st.sampled_from(MARKS), max_size=20).map("".join))
def test_any_mix_of_marks_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(PublishError):
        read(text)
