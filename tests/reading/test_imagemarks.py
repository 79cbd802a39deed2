"""Images in sources: sizes, rows, links, captions, and those without a description."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import FindingsError, PublishError
from publish.languages.registry import find
from publish.model import (
    Block,
    Document,
    Figure,
    Image,
    Inline,
    Level,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Text,
    plain,
    proses,
    walk_inlines,
)
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.sizes import parse_size
from publish.reading.msgstr import restore_addresses
from publish.reading.segmenting import number_links
from publish.reading.source import cut_source

HEAD = "---\ntitle: T\npublished: 2024-01-31\n---\n\n"


def read(text: str) -> Document:
    return read_document("x", "en", [SourceFile("source/x.md", HEAD + text)], folder="source")


def figures(text: str) -> list[Figure]:
    return [block for block in read(text).body if isinstance(block, Figure)]


def inline(text: str) -> list[Image]:
    nodes = (node for prose in proses(read(text)) for node in walk_inlines(prose.content))
    return [node for node in nodes if isinstance(node, Image)]


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("50%", "50%"),
        ("33.3333%", "33.3333%"),
        ("140%", "100%"),
        ("3cm", "3cm"),
        ("12.50mm", "12.5mm"),
        ("4.2in", "4.2in"),
        (".5in", "0.5in"),
        ("300", "300px"),
        ("300px", "300px"),
        ('"300 PX"', "300px"),
        ("2rem", "2em"),
        ("0.8\\textwidth", "80%"),
        (".5\\linewidth", "50%"),
        ("auto", ""),
        ("", ""),
        ("0", None),
        ("-3cm", None),
        ("large", None),
        ("3 apples", None),
        ("1e9px", None),
        ("99999", "4000px"),
    ],
)
def test_a_size_is_read_as_css_writes_it(written: str, size: str | None) -> None:
    assert parse_size(written) == size


@pytest.mark.parametrize(
    ("written", "width"),
    [
        ("{width=50%}", "50%"),
        ('{width="4.2in" height="2.8in"}', "4.2in"),
        ("{height=3cm}", "x3cm"),
        ("{height=50%}", ""),
        ("{ width=300 }", "300px"),
        ("{.wide width=3cm}", "3cm"),
        ("{#fig:map width=3cm}", "3cm"),
        ('{: width="50%"}', "50%"),
        ('\n{: style="width:50%"}', "50%"),
        ("{style='max-width: 40%; border: 0'}", "40%"),
        (" {width=2cm}", "2cm"),
        ("", ""),
    ],
)
def test_attributes_after_an_image_give_its_size(written: str, width: str) -> None:
    (figure,) = figures(f"![A map](map.png){written}\n")
    assert (figure.width, plain(figure.alt.content), figure.caption) == (width, "A map", None)


@pytest.mark.parametrize(
    ("written", "src", "width"),
    [
        ("(my map.png)", "my map.png", ""),
        ("(my map (1).png)", "my map (1).png", ""),
        ("(<my map.png>)", "my map.png", ""),
        ("(map.png =300x200)", "map.png", "300px"),
        ("(my map.png =x200)", "my map.png", "x200px"),
        ("(my map.PNG?raw=true)", "my map.PNG?raw=true", ""),
        ("(Карта мира.jpeg)", "Карта мира.jpeg", ""),
    ],
)
def test_addresses_that_commonmark_does_not_have(written: str, src: str, width: str) -> None:
    (figure,) = figures(f"![A map]{written}\n")
    assert (figure.src, figure.width) == (src, width)
    (image,) = inline(f"One ![A map]{written} line.\n")
    assert (image.src, image.width) == (src, width)


@pytest.mark.parametrize("text", ["`![a](my map.png)`", "\\![a](https://e.org/a.png)"])
def test_what_is_code_or_escaped_is_no_image(text: str) -> None:
    assert figures(text) == []
    assert inline(text) == []


def test_unknown_attributes_are_passed_over_with_advice() -> None:
    document = read("![A](map.png){#fig:a .wide loading=lazy}\n\nB ![B](b.png){width=large} c.\n")
    found = [(one.code, one.level, one.span and one.span.first) for one in document.remarks]
    assert found == [
        ("attribute-ignored", Level.ADVICE, 6),
        ("image-width", Level.ADVICE, 8),
    ]
    assert "takes no .wide, loading=lazy" in document.remarks[0].message


def test_an_icon_has_no_id() -> None:
    document = read("Text ![A](a.png){#icon} text.\n")
    assert [one.message for one in document.remarks] == [
        "an image takes no #icon, so it is passed over"
    ]


def test_an_image_alone_is_a_figure_and_one_in_text_an_icon() -> None:
    assert len(figures("![A](a.png)\n")) == 1
    (icon,) = inline("Text ![A](a.png) text.\n")
    assert icon.width == ""
    (head,) = inline("## Head ![A](a.png)\n")
    assert head.width == ""


@pytest.mark.parametrize(
    "text", ["Before\n![A](a.png)\nafter.\n", "| A | B |\n|---|---|\n| ![A](a.png) | b |\n"]
)
def test_a_picture_on_a_line_of_its_own_is_as_large_as_its_file_says(text: str) -> None:
    (picture,) = inline(text)
    assert picture.width == "auto"


def test_images_of_one_paragraph_are_a_row() -> None:
    row = figures("![A](a.png) ![B](b.png)\n[![C](c.png)](https://example.org)\n")
    assert [(one.src, one.beside) for one in row] == [
        ("a.png", False),
        ("b.png", True),
        ("c.png", True),
    ]
    assert row[2].href == "https://example.org"


def test_text_below_a_row_is_a_paragraph() -> None:
    body = read("![A](a.png) ![B](b.png)\nBoth maps.\n").body
    assert [type(block) for block in body] == [Figure, Figure, Paragraph]


@pytest.mark.parametrize("text", ["![A](a.png)\nThe caption.\n", "![A](a.png)\n\n*The caption.*\n"])
def test_a_caption_stands_below(text: str) -> None:
    (figure,) = figures(text)
    assert figure.caption is not None
    assert plain(figure.caption.content) == "The caption."
    assert len(read(text).body) == 1


@pytest.mark.parametrize(
    "text",
    [
        "![A](a.png)\n\nNot *only* italics.\n",
        "![A](a.png)\nCaption.\n\n*Italics.*\n",
        "![A](a.png) ![B](b.png)\n\n*Italics.*\n",
    ],
)
def test_other_paragraphs_are_no_captions(text: str) -> None:
    assert isinstance(read(text).body[-1], Paragraph)


def test_with_alt_the_text_in_brackets_is_the_caption() -> None:
    (figure,) = figures('![A caption.](a.png){alt="What it shows"}\n')
    assert figure.caption is not None
    assert (plain(figure.alt.content), plain(figure.caption.content)) == (
        "What it shows",
        "A caption.",
    )


def test_a_link_to_the_larger_picture_is_passed_over_with_advice() -> None:
    document = read("[![A](small.png)](large.jpg)\n")
    assert [one.code for one in document.remarks] == ["link-picture"]
    (figure,) = document.body
    assert isinstance(figure, Figure)
    assert figure.href == ""


def test_a_wrong_link_of_a_figure_is_an_error() -> None:
    with pytest.raises(PublishError) as caught:
        read("[![A](a.png)](javascript:1)\n")
    assert caught.value.code in {"link-scheme", "link-target"}


@pytest.mark.parametrize(
    "text", ["![](a.png)\n", "![\u200b](a.png)\n", "Text ![\u00ad](a.png).\n", "- ![](a.png)\n"]
)
def test_an_image_without_description_is_a_warning(text: str) -> None:
    document = read(text)
    (remark,) = document.remarks
    assert (remark.code, remark.level, str(remark.span)) == (
        "image-undescribed",
        Level.WARNING,
        "source/x.md:6",
    )
    msgids = [one.unit.msgid for one in cut_source(document, find("en")).sentences]
    assert msgids[1:] in ([], ["Text ![\u00ad](1)."])


def test_what_is_decorative_needs_no_description() -> None:
    document = read("![](line.png){decorative}\n\nText ![](line.png){decorative width=1cm} text.\n")
    assert document.remarks == ()
    (figure, paragraph) = document.body
    assert isinstance(figure, Figure)
    assert figure.decorative
    assert isinstance(paragraph, Paragraph)
    assert Image("line.png", "", "1cm", decorative=True) in paragraph.prose.content


def test_a_description_of_what_is_decorative_is_left_out_with_advice() -> None:
    document = read("![A line](line.png){decorative}\n")
    assert [one.code for one in document.remarks] == ["attribute-ignored"]


def test_pictures_on_the_web_are_told_at_once_with_the_command_that_fetches_them() -> None:
    text = "![A](https://e.org/a%20b.png?x=1)\n\n![B](//e.org/a-b.png)\n\nC ![C](HTTP://e.org/)\n"
    with pytest.raises(FindingsError) as caught:
        read(text)
    assert [(one.code, str(one.span)) for one in caught.value.findings] == [
        ("image-remote", f"source/x.md:{line}") for line in (6, 8, 10)
    ]
    hints = [one.hint for one in caught.value.findings]
    assert "curl -L -o source/a-b.png 'https://e.org/a%20b.png?x=1'" in hints[0]
    assert "curl -L -o source/a-b-2.png https://e.org/a-b.png" in hints[1]
    assert "source/image.png" in hints[2]


def test_figures_stand_in_lists_and_quotations() -> None:
    listed, quoted = read("- a\n\n  ![A](a.png){width=3cm}\n\n> ![B](b.png)\n").body
    assert isinstance(listed, ListBlock)
    assert isinstance(quoted, Quote)
    inner: list[Block] = [listed.items[0].children[1], quoted.children[0]]
    assert [isinstance(block, Figure) for block in inner] == [True, True]


@given(
    src=st.text("ab{}= .png1", min_size=1, max_size=12),
    width=st.sampled_from(("", "auto", "50%", "x3cm")),
    decorative=st.booleans(),
)
def test_sizes_survive_the_numbers_of_a_unit(src: str, width: str, decorative: bool) -> None:
    image = Image(src, "" if decorative else "a map", width, decorative)
    tree: tuple[Inline, ...] = (Text("See "), Link((image,), "https://example.org"), Text("."))
    numbered, addresses = number_links(tree)
    assert restore_addresses(numbered, addresses) == tree
