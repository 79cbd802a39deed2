"""A link to a place that is not there becomes text, with a warning; all other links stay."""

from __future__ import annotations

import pytest

from publish.errors import PublishError
from publish.model import Document, Figure, Finding, Level, Link, plain, proses, walk_inlines
from publish.model import blocks as all_blocks
from publish.reading.markdown import SourceFile, read_document


def read(*texts: str) -> Document:
    files = [SourceFile(f"source/x/{at}.md", text) for at, text in enumerate(texts, 1)]
    return read_document("x", "en", files, folder="source/x", title="T")


def dead(document: Document) -> list[Finding]:
    return [one for one in document.remarks if one.code == "link-target"]


def links(document: Document) -> list[str]:
    nodes = (node for prose in proses(document) for node in walk_inlines(prose.content))
    return [node.href for node in nodes if isinstance(node, Link)]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[a](#nowhere)\n", "there is no section, figure or table #nowhere", "give the heading"),
        (
            "# B\n\n# Findings\n\n[a](#finding)\n",
            "figure or table #finding",
            "did you mean #findings?",
        ),
        ("# B\n\n# C\n\n[a](#nowhere)\n", "figure or table #nowhere", "did you mean #b or #c?"),
        ("[a](b.md)\n", "this leads to no chapter: b.md", "link to a #section"),
        ("[a](/docs/b/)\n", "this leads to no chapter: /docs/b/", "link to a #section"),
        ("[a](c.pdf)\n", "this leads to no chapter: c.pdf", "whole address"),
    ],
)
def test_a_dead_link_is_a_warning_that_says_what_was_meant(
    text: str, message: str, hint: str
) -> None:
    document = read(text)
    (found,) = dead(document)
    assert message in found.message
    assert "the text without a link" in found.message
    assert hint in found.hint
    assert found.level is Level.WARNING
    assert links(document) == []
    assert "a" in [plain(prose.content) for prose in proses(document)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One **[two *three*](#x)** [four](#y) five.\n", "One two three four five."),
        ("- One [two](x.md)\n", "One two"),
        ("> One [two](x.md)\n", "One two"),
        ("| [One](x.md) two |\n|---|\n| 1 |\n", "One two"),
        ("One[^a]\n\n[^a]: Two [three](#x)\n", "Two three"),
    ],
)
def test_no_word_of_a_dead_link_is_lost(text: str, shown: str) -> None:
    document = read(text)
    assert shown in [plain(prose.content) for prose in proses(document)]
    assert links(document) == []
    assert dead(document)


def test_links_that_lead_somewhere_stay_beside_dead_ones() -> None:
    document = read("# A\n\n[a](#a) [b](#b) [c](2.md) [d](https://e.org)\n", "# B2\n\nb\n")
    assert links(document) == ["#a", "#b2", "https://e.org"]
    assert len(dead(document)) == 1


def test_a_picture_keeps_its_place_without_its_dead_link() -> None:
    document = read("[![A](a.png)](there)\n\n- [![B](b.png)](2.md)\n", "# Two\n\nb\n")
    figures = [block for block in all_blocks(document) if isinstance(block, Figure)]
    assert [one.href for one in figures] == ["", "#two"]
    assert len(dead(document)) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("[](#nowhere)\n", "reference-target"), ("[a](javascript:1)\n", "link-scheme")],
)
def test_what_is_wrong_in_itself_stays_an_error(text: str, code: str) -> None:
    with pytest.raises(PublishError) as caught:
        read(text)
    assert caught.value.code == code
