"""Text that is not quite Markdown is refused with its line, never printed as it is typed."""

from __future__ import annotations

import pytest

from publish.errors import PublishError
from publish.model import Document, plain, proses
from publish.reading.markdown import SourceFile, read_document


def read(text: str) -> Document:
    return read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n\n{text}\n")])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("![A map](my map.doc)", 5),
        ("One.\nTwo [there](my file.html).", 6),
        ("[x](https://a b)", 5),
        ("[*A* law](my file.html)", 5),
        ("[good](https://a.org) and [bad](a b)", 5),
        ("`[x](y)` and [bad](a b)", 5),
        ("\\[x\\](y) and [bad](a b)", 5),
        ("![A map] (map.png)", 5),
        ("# A [law](a b)", 5),
        ("- One\n- [x](a b)", 6),
        ("| A |\n|---|\n| [x](a b) |", 7),
        ("| A | B |\n|---|\n| 1 | 2 |", 6),
        ("| A | B |\n|-–-|---|\n| 1 | 2 |", 6),
        ("| A | B |\n| 1 | 2 |", 5),
        ("Text.\n| A | B |\n|---|", 7),
    ],
)
def test_what_is_not_quite_markdown_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(PublishError) as caught:
        read(text)
    assert (caught.value.code, str(caught.value.span)) == (
        "markdown-literal",
        f"source/x.md:{line}",
    )
    assert "to show the" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![A map](<my map.png>)", ["A map"]),
        ("[x](https://a.org/%20b)", ["x"]),
        ("\\[x\\](a b)", ["[x](a b)"]),
        ("`[x](a b)` and `![x]`", ["[x](a b) and ![x]"]),
        (
            "He wrote [sic] (in 2024) and wow!\n\nYes!",
            ["He wrote [sic] (in 2024) and wow!", "Yes!"],
        ),
        ("Wow\\![sic]", ["Wow![sic]"]),
        ("| A | B |\n|---|---|\n| 1 | 2 |", ["A", "B", "1", "2"]),
        ("a \\| b\nc \\| d", ["a | b c | d"]),
        ("`a | b`\n`c | d`", ["a | b c | d"]),
        ("One | two", ["One | two"]),
        ("[one]\n\n[one]: https://a.org", ["one"]),
        ("Said![^1]\n\n[^1]: Note.", ["Said!", "Note."]),
    ],
)
def test_markdown_and_escaped_characters_are_read(text: str, shown: list[str]) -> None:
    assert [plain(prose.content) for prose in proses(read(text))][1:] == shown


def test_code_blocks_may_hold_anything() -> None:
    (block,) = read("```\n[x](a b)\n| a |\n| b |\n```").body
    assert "[x](a b)\n| a |\n| b |" in repr(block).replace("\\n", "\n")
