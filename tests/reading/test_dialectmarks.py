"""Marks of other dialects: found where a reader would see them, and never in ordinary text."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import FindingsError, PublishError, UsageError
from publish.model import plain, proses
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.dialectmarks import DIALECT_MARKS, find_dialect_marks

MARKS = {
    "template": ["{{ page.title }}", "{% include x.html %}", "{{#include a.rs}}", "<%= x %>"],
    "attributes": ["{: .note}", "{:toc}", "{.python .numberLines}", '{#id .a k="v w"}'],
    "wiki-link": ["[[Page]]", "[[_TOC_]]", "![[a.png]]", "[[Page|words]]"],
    "cross-reference": ["see @fig:map now", "as in -@tbl:one", "\\ref{sec:a}", "\\cite{smith}"],
    "citation": ["[@smith2020, p. 3]", "[see @doe:99]", "[-@smith2020]"],
    "reference-link": ["[text][ref]", "[text][]"],
    "spaced-link": [
        "the [Two Factor Auth] (https://example.org/) project",
        "see [the law]\n(https://example.org/wiki/A_(b))",
        "[“A guide,”]  (www.example.org)",
        "[what we saw] (#seen)",
    ],
    "box": ["::: note", ":::", "!!! note", "??? tip"],
    "emphasis": ["**bold", "bold**", "__bold word", "~~gone"],
    "highlight": ["==mark==", "++ins++", "{++x++}", "{>>remark<<}"],
    "emoji": [":warning: x", ":white_check_mark:", ":material-lock:"],
    "include": ['--8<-- "x"', "[TABLE]", "!include a.md"],
    "abbreviation": ["*[HTML]: Hypertext"],
    "heading": ["#Heading", "##Second heading", "##Closed one##\nand text."],
}

ORDINARY = [
    "a {x} b",
    "See [1] and [sic].",
    "2 * 3 ** 4",
    "from 10:30 to 12:45:10",
    "mail@example.org and @handle",
    "snake_case, __ and ____",
    "a == b, C++ and C++, x != y",
    "#MeToo is a movement.",
    "#MeToo is\na movement",
    "#1 of 3",
    "5:4:3 :: and note::",
    "Art. 5 {joined}",
    "x [a] [b]",
    "[1] (https://example.org/)",
    "He [the minister] (see https://example.org/) said so.",
    "a list [of: these] (a: b) and (note:)",
    "100 % (!) of what?",
    "ratio: 3:2, «а»: б",
]


def test_every_kind_of_mark_is_tried() -> None:
    assert set(MARKS) == {mark.name for mark in DIALECT_MARKS}


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in MARKS for text in MARKS[n]])
def test_a_mark_is_found_and_can_be_kept(name: str, text: str) -> None:
    assert name in {found.mark.name for found in find_dialect_marks(text)}
    assert name not in {found.mark.name for found in find_dialect_marks(text, [name])}


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_has_no_marks(text: str) -> None:
    assert list(find_dialect_marks(text)) == []


def read(text: str) -> list[str]:
    front = "---\ntitle: T\n---\n"
    document = read_document("x", "en", [SourceFile("source/x.md", front + text)])
    return [plain(prose.content) for prose in proses(document)][1:]


def test_what_would_be_printed_as_typed_is_an_error_with_its_line() -> None:
    text = "one\ntwo {{ page }}\n\n- [[Page]] in a list\n\n| a | b |\n|---|---|\n| @fig:x | 2 |\n"
    with pytest.raises(FindingsError) as caught:
        read(text)
    assert [(one.code, str(one.span)) for one in caught.value.findings] == [
        ("markdown-literal", "source/x.md:5"),
        ("markdown-literal", "source/x.md:7"),
        ("markdown-literal", "source/x.md:11"),
    ]
    assert all("as-text" in one.hint for one in caught.value.findings)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a \\{{ page }}", "a {{ page }}"),
        ("a \\[[Page]]", "a [[Page]]"),
        ("a \\**b", "a **b"),
        ("\\#Heading", "#Heading"),
        ("`{{ page }}` and `**`", "{{ page }} and **"),
        ("\\@fig:x", "@fig:x"),
        ("\\==a==", "==a=="),
        ("\\:warning:", ":warning:"),
        ("&#123;{ page }}", "{{ page }}"),
    ],
)
def test_a_backslash_or_code_keeps_a_mark_as_text(text: str, shown: str) -> None:
    assert read(text) == [shown]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("template", "a {{ page }} b"),
        ("emoji", "a :material-lock: b"),
        ("wiki-link", "a [[Page]] b"),
        ("citation", "a [see @doe:99] b"),
        ("reference-link", "[a][b] c"),
        ("spaced-link", "[a] (https://example.org/) c"),
    ],
)
def test_the_setting_as_text_keeps_a_kind_of_mark(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x.md").write_text(f"---\ntitle: T\n---\n{text}\n")
    (tmp_path / "publish.toml").write_text("")
    with pytest.raises(PublishError) as caught:
        open_workspace(tmp_path).read("x")
    assert f'"{name}" to the setting as-text' in caught.value.hint
    (tmp_path / "publish.toml").write_text(f'as-text = ["{name}"]\n')
    document = open_workspace(tmp_path).read("x")
    assert [plain(prose.content) for prose in proses(document)][1:] == [text]


def test_a_name_that_no_mark_has_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('languages = ["en"]\nas-text = ["templates"]\n')
    with pytest.raises(UsageError) as caught:
        open_workspace(tmp_path)
    assert str(caught.value.span) == "publish.toml:2"
    assert "template" in caught.value.hint


def test_marks_are_told_beside_other_faults() -> None:
    with pytest.raises(PublishError) as caught:
        read("a **b and ![](x.png)\n\n[c](d:e)\n")
    assert isinstance(caught.value, FindingsError)
    assert {one.code for one in caught.value.findings} >= {"markdown-literal", "link-scheme"}
