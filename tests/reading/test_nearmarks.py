"""Text that looks like Markdown: a remark with its line where it was probably meant, else none."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import PublishError
from publish.model import CodeBlock, Document, Level
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.nearmarks import NEAR_MARKS

FRONT = "---\ntitle: T\n---\n"

NEAR = {
    "heading": [
        "#Heading\nText here.",
        "#Заголовок раздела\nТекст здесь.",
        "#عنوان\nمتن.",
        "#Why did it happen?",
        "#1 Heading",
        "One.\n#Sözbaşy iki söz",
    ],
    "list": [
        "-One\n-Two",
        "*One\n*Two",
        "Text:\n-Один\n-Два",
        "• One\n• Two",
        "– One\n– Two",
        "1.One\n2.Two",
        "1)One\n2)Two",
        "Text:\n2. one\n3. two",
    ],
    "emphasis": ["This is *bold * text.", "a * bold* b", "a _word _ b", "not *closed here."],
    "link": ["See [text] (chapter.md#part).", "See (text)[https://example.org/]."],
    "task": ["- [] todo", "- [X ] done"],
    "code": ["the `word is", "\tThis paragraph begins with a tab, as typists have always done it."],
    "rule": ["Heading\n———", "====", "One\n= = =\nTwo"],
    "entity": ["a&nbsp b"],
}

ORDINARY = [
    "#peace #freedom #Türkmenistan",
    "#MeToo is a movement.",
    "#MeToo is\na movement.",
    "One.\n#peace #freedom",
    "#Türkmenistan\\\nMany joined.",
    "- #1 priority",
    "• One\\\n• Two",
    "It rose by\n1.5 million and\n2.5 million.",
    "He came in\n1991. Then he went in\n1993. No more.",
    "5 * 3 and length * width, see below*.",
    "*Note: a star before the first word.",
    "snake_case and _private_ and ._img/a.png",
    "See [1] (and the annex).",
    "See [1] (https://example.org/).",
    "Qur`an, o`zbek, ``quoted'' and `quoted'",
    "AT&T and R&D; &nbsp;x",
    "- [x] done\n- [ ] to do",
    "\tx = f(y)\n\treturn x",
    "– Yes.",
    "-5\n-3",
]


def read(text: str, *kept: str) -> Document:
    return read_document("x", "en", [SourceFile("source/x.md", FRONT + text + "\n")], as_text=kept)


def doubtful(document: Document) -> list[tuple[str, str]]:
    found = [one for one in document.remarks if one.code == "markdown-doubtful"]
    return [(str(one.span), one.hint) for one in found]


def test_every_kind_is_tried() -> None:
    assert set(NEAR) == {mark.name for mark in NEAR_MARKS}


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in NEAR for text in NEAR[n]])
def test_what_looks_like_a_mark_is_said_and_can_be_kept(name: str, text: str) -> None:
    ((_, hint),) = doubtful(read(text))
    assert f'"{name}" to the setting as-text' in hint
    assert doubtful(read(text, name)) == []


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_has_no_remark(text: str) -> None:
    assert doubtful(read(text)) == []


def test_a_remark_names_its_line_and_is_a_warning_where_it_is_nearly_sure() -> None:
    document = read("Text.\n\nA line,\nand [text] (chapter.md)\n\nnot *closed here.")
    assert [(str(one.span), one.level) for one in document.remarks] == [
        ("source/x.md:7", Level.WARNING),
        ("source/x.md:9", Level.ADVICE),
    ]


@pytest.mark.parametrize(
    "text", ["\\#Heading\nText here.", "\\-One\n\\-Two", "1\\.One\n2\\.Two", "a \\*b * c"]
)
def test_a_backslash_keeps_it_as_text(text: str) -> None:
    assert doubtful(read(text)) == []


def test_an_indented_paragraph_is_still_code() -> None:
    (block,) = read(NEAR["code"][1]).body
    assert isinstance(block, CodeBlock)


@pytest.mark.parametrize(
    "text",
    ["#\u00a0Heading", "##2. Heading", "One.\n##Two", "####### Seven", "＃ 見出し", "##Why?"],
)
def test_what_can_only_be_a_heading_is_an_error(text: str) -> None:
    with pytest.raises(PublishError, match="looks like a heading") as caught:
        read(text)
    assert "one space after the #" in caught.value.hint


def test_the_settings_know_all_names(tmp_path: Path) -> None:
    names = ", ".join(f'"{name}"' for name in NEAR)
    (tmp_path / "publish.toml").write_text(f'languages = ["en"]\nas-text = [{names}]\n')
    open_workspace(tmp_path)
