"""Documents written as sources: reading gives them back, whatever they hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from examples import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.importing.markup.pagemarks import can_write
from publish.importing.settling import settle_text
from publish.model import (
    Block,
    Box,
    Break,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Facts,
    Field,
    Figure,
    Footnote,
    FootnoteMark,
    Formula,
    Heading,
    Image,
    Inline,
    Inlines,
    Link,
    ListBlock,
    ListItem,
    Math,
    Merged,
    Numbering,
    Paragraph,
    Prose,
    Quote,
    Role,
    Span,
    Strong,
    Styled,
    Table,
    Text,
    ThematicBreak,
    block_proses,
    walk_inlines,
)
from publish.reading.faults import Faults
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import normalise
from publish.reading.outline import place_headings
from publish.reading.writing.document import write_document

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = Span("", 0, 0)


def bare(value: Any) -> Any:
    """A value without what depends on the place alone: lines, sections, numbers."""
    if isinstance(value, Span):
        return NOWHERE
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made = replace(value, **{f.name: bare(getattr(value, f.name)) for f in fields(value)})
    if isinstance(made, Prose):
        return replace(made, section="", number=0)
    if isinstance(made, Footnote):
        return replace(made, number=0)
    return replace(made, remarks=()) if isinstance(made, Document) else made


def read(text: str, *, as_typed: bool = True) -> Document:
    return read_document("d", "en", [SourceFile("source/d.md", text)], as_typed=as_typed)


# --------------------------------------------------------------------------- texts

PIECES = st.sampled_from(
    [
        *"ab1 б。*_`[]()!<>&\\#-+.|$~^={}:@'\"?%/;,",
        "**", "__", "](1)", "[^n]", "[x]: y", "&amp;", "&#42;", "- ", "1. ", "a. ", "A.  ", "(1) ",
        "# ", "> ", ": ", "Table: x", "~~~", "```", "---", "===", ":::", "!!! note", "[!NOTE]",
        "$x$", "$$", "\\(x\\)", "\\[", "H~2~O", "m^2^", "==x==", "{.a}", "{#b}", "{{x}}", "^[n]",
        "[TOC]", "\\newpage", "<b>", "</b>", "<div>", "<!-- x -->", "www.example.org",
        "https://example.org/a_b", "name@example.org", "[a][b]", "| a | b |", "|---|", "+---+",
        "[ ] ", "[x] ", "\u00a0", "x y", "word ", "Слово ", "5 %", "[@key]", ":smile:", "%TAG",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)
HREFS = st.sampled_from(["https://example.org/", "https://e.org/a(b)_c?d=1&e=2", "mailto:a@b.org"])
SOURCES = st.sampled_from(["map.png", "a b.png", "x_(1).svg"])
LEAVES = st.one_of(
    TEXTS.map(Text),
    TEXTS.map(Text),
    TEXTS.map(Text),
    st.sampled_from(["x", "a|b", "`", "a  b", "<b>", "\\|"]).map(Code),
    st.sampled_from(["x^2", "\\frac{a}{b}"]).map(Math),
    st.sampled_from(["n1", "n2"]).map(FootnoteMark),
    st.builds(Image, SOURCES, TEXTS.map(lambda text: " ".join(text.split()))),
    st.just(Break()),
)


def marked(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    several = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        several.map(Emphasis),
        several.map(Strong),
        st.builds(Styled, several, st.sampled_from(["s", "u", "sub", "sup", "kbd"])),
        st.builds(Link, st.tuples(TEXTS.map(Text)), HREFS),
    )


INLINES = st.lists(st.recursive(LEAVES, marked, max_leaves=3), min_size=1, max_size=4)


def settled(nodes: list[Inline]) -> Inlines:
    return settle_text(normalise(tuple(nodes)))


def is_text(tree: Inlines) -> bool:
    """Whether a tree is what a paragraph has, and not a row of pictures or a caption."""
    pictures = any(isinstance(node, Image) for node in walk_inlines(tree))
    links = (node for node in walk_inlines(tree) if isinstance(node, Link))
    empty = any(not settle_text(node.children) for node in links)
    only = len(tree) == 1 and isinstance(tree[0], Emphasis)
    return bool(tree) and not pictures and not empty and not only and can_write(tree)


TREES = INLINES.map(settled).filter(is_text)
NOTED = st.sampled_from(["", "", "", "Do not translate: a ship."])


def prose(
    role: Role, trees: st.SearchStrategy[Inlines] = TREES, *, given: bool = True
) -> st.SearchStrategy[Prose]:
    extra = {"note": NOTED, "context": st.sampled_from([None, None, None, "ship"])}
    return st.builds(
        Prose, content=trees, role=st.just(role), span=st.just(NOWHERE), **(extra if given else {})
    )


SHOWN = TREES.filter(lambda tree: not any(isinstance(n, Break) for n in walk_inlines(tree)))


# --------------------------------------------------------------------------- blocks


def paragraphs(role: Role) -> st.SearchStrategy[Block]:
    return prose(role).map(Paragraph)


NAMES = st.one_of(st.just(""), st.uuids().map("thing-{}".format))
"""Ids of figures and tables; two of the same would be an error."""


def figures() -> st.SearchStrategy[Block]:
    words = TEXTS.map(lambda text: settled([Text(text)])).map(
        lambda tree: tuple(node for node in tree if isinstance(node, Text))[:1]
    )
    alt = prose(Role.ALT, words.map(normalise), given=False)
    return st.builds(
        Figure,
        src=SOURCES,
        alt=alt,
        caption=st.one_of(st.none(), prose(Role.CAPTION, given=False)),
        span=st.just(NOWHERE),
        width=st.sampled_from(["", "50%", "3cm", "x4cm"]),
        href=st.sampled_from(["", "https://example.org/"]),
        id=NAMES,
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width, height = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    cells = prose(Role.CELL, st.one_of(TREES, st.just(())), given=False)
    heads = prose(Role.HEADER_CELL, given=False)
    header = tuple(draw(heads) for _ in range(width)) if draw(st.booleans()) else ()
    rows = [tuple(draw(cells) for _ in range(width)) for _ in range(height)]
    merged: tuple[Merged, ...] = ()
    if draw(st.booleans()) and height > 1 and header:
        rows[1] = (replace(rows[1][0], content=()), *rows[1][1:])
        merged = (Merged(1, 0, rows=2),)
    first = rows[0][0]
    if not first.content:
        rows[0] = (replace(first, content=(Text("x"),)), *rows[0][1:])
    return Table(
        header=header,
        rows=tuple(rows),
        alignments=tuple(draw(st.sampled_from(["", "left", "center", "right"]))
                         for _ in range(width)),
        span=NOWHERE,
        caption=draw(st.one_of(st.none(), prose(Role.CAPTION, SHOWN, given=False))),
        merged=merged,
        id=draw(NAMES),
    )  # fmt: skip


def simple(role: Role) -> st.SearchStrategy[Block]:
    return st.one_of(
        paragraphs(role),
        paragraphs(role),
        paragraphs(role),
        st.sampled_from(["x\n", "a\n\n  b\n", "```\n", "~~~\n# x\n"]).map(
            lambda text: CodeBlock(text, NOWHERE)
        ),
        st.just(Formula("x^2 + 1", NOWHERE)),
        st.just(ThematicBreak(NOWHERE)),
        figures(),
        tables(),
    )


def several(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(inner, min_size=1, max_size=3).map(tuple)


@st.composite
def lists(draw: st.DrawFn, depth: int) -> ListBlock:
    inside = several(st.one_of(simple(Role.ITEM), *nested(Role.ITEM, depth)))
    items = [ListItem(draw(inside)) for _ in range(draw(st.integers(1, 3)))]
    start = draw(st.sampled_from([None, None, 1, 3]))
    letters: st.SearchStrategy[Numbering] = st.sampled_from(["1", "1", "a", "i", "A"])
    numbering = draw(letters) if start else "1"
    if start is None and draw(st.booleans()):
        task = draw(prose(Role.ITEM, given=False))
        items[0] = ListItem((Paragraph(task),), done=draw(st.booleans()))
    return ListBlock(tuple(items), start, NOWHERE, numbering)


@st.composite
def terms(draw: st.DrawFn, depth: int) -> DefinitionList:
    inside = several(st.one_of(simple(Role.DEFINITION), *nested(Role.DEFINITION, depth)))
    items = [
        Definition(draw(prose(Role.TERM, SHOWN, given=False)), (draw(inside),))
        for _ in range(draw(st.integers(1, 2)))
    ]
    return DefinitionList(tuple(items), NOWHERE)


def nested(role: Role, depth: int) -> list[st.SearchStrategy[Block]]:
    if not depth:
        return []
    quoted = st.one_of(simple(Role.QUOTE), *nested(Role.QUOTE, depth - 1))
    boxed = st.one_of(simple(role), *nested(role, depth - 1))
    kinds = st.sampled_from(["note", "tip", "important", "warning", "caution", "details"])
    title = st.one_of(st.none(), prose(Role.BOX_TITLE, SHOWN, given=False))
    return [
        lists(depth - 1),
        terms(depth - 1),
        several(quoted).map(lambda children: Quote(children, NOWHERE)),
        st.builds(Box, kinds, title, several(boxed), st.just(NOWHERE)),
    ]


def headings() -> st.SearchStrategy[Block]:
    return st.builds(
        Heading, st.integers(1, 6), st.just("x"), prose(Role.HEADING, SHOWN, given=True)
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    block = st.one_of(simple(Role.PARAGRAPH), *nested(Role.PARAGRAPH, 2), headings())
    body = draw(st.lists(block, min_size=1, max_size=5))
    tops = [one for one in body if isinstance(one, Heading)]
    placed = iter(place_headings(tops, (), {}, Faults()))
    body = [next(placed).heading if isinstance(one, Heading) else one for one in body]
    used = {n.label for b in body for p in block_proses(b) for n in walk_inlines(p.content)
            if isinstance(n, FootnoteMark)}  # fmt: skip
    inner = simple(Role.FOOTNOTE).filter(lambda b: not _marks(b))
    notes = tuple(Footnote(one, draw(several(inner)), NOWHERE) for one in sorted(used))
    title = Prose(content=draw(SHOWN.filter(is_plain)), role=Role.TITLE, span=NOWHERE, whole=True)
    return Document(
        name="d", language="en", facts=Facts(), front=(Field(title),), body=tuple(body), notes=notes
    )


def _marks(block: Block) -> bool:
    return any(isinstance(n, FootnoteMark) for p in block_proses(block) for n in
               walk_inlines(p.content))  # fmt: skip


def is_plain(tree: Inlines) -> bool:
    return all(isinstance(node, Text) for node in tree)


# --------------------------------------------------------------------------- laws


@pytest.mark.full
@settings(max_examples=some(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_reading_what_was_written_gives_the_document(document: Document) -> None:
    written = write_document(document)
    found = read(written)
    assert _unfigured(bare(found)) == bare(document), written


def _unfigured(value: Any) -> Any:
    """A document whose numbers in tables are not marked: reading a table marks them."""
    if isinstance(value, tuple):
        return tuple(map(_unfigured, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made = replace(value, **{f.name: _unfigured(getattr(value, f.name)) for f in fields(value)})
    return replace(made, figure="") if isinstance(made, Prose) else made


def read_twice(text: str) -> tuple[Document, Document]:
    """A source as it is read, and as it is read after it was written anew."""
    first = read(text, as_typed=False)
    return bare(first), bare(read(write_document(first), as_typed=False))


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("tests/cases/*/*.md"), *ROOT.glob("tests/cases/*/source/*.md")]),
    ids=lambda path: path.name,
)
def test_our_own_sources_are_the_same_when_they_are_written(path: Path) -> None:
    first, second = read_twice(path.read_text("utf-8"))
    assert second == first


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1\\. no list", "1\\. no list"),
        ("a \\[sic\\] b", "a [sic] b"),
        ("It costs \\$5\\$ and H\\~2\\~O.", "It costs \\$5\\$ and H\\~2\\~O."),
        ("- a\n- b\n\n* c", "- a\n- b\n\n* c"),
        ("i) one\nii) two", "i. one\nii. two"),
        ("![x](a.png){width=30%}\nBelow it.", "![x](a.png){width=30%}\nBelow it."),
        ("See https://example.org/a.", "See https://example.org/a."),
        ('{note="A ship."}\nFreedom', '{note="A ship."} Freedom'),
        (
            "| A | B |\n|---|--:|\n| a \\| b | 1 |",
            "| A      |   B |\n|--------|----:|\n| a \\| b |   1 |",
        ),
    ],
)
def test_what_is_written_is_plain(text: str, written: str) -> None:
    document = read(f"---\ntitle: T\n---\n\n{text}\n")
    assert write_document(document) == f'---\ntitle: "T"\n---\n\n{written}\n'
