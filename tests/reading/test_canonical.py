"""The canonical text law: `parse_inline(serialise_inlines(tree)) == tree`."""

from __future__ import annotations

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.errors import PublishError
from publish.model import Code, Text
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.marks.inline import normalise, parse_inline

PIECES = st.sampled_from(
    [
        "a",
        "б",
        "1",
        " ",
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "[",
        "]",
        "](1)",
        "[^n]",
        "!",
        "<",
        ">",
        "&",
        "&amp;",
        "&#42;",
        "&#97;",
        "\\",
        "\n",
        "\\\n",
        "(",
        ")",
        ".",
        "#",
        "- ",
        "|",
        "x y",
        "。",
        "$",
        "$`",
        "`$",
        "$`x`$",
        "<sub>",
        "</sub>",
        "<kbd>",
        "</kbd>",
        "</s>",
        "<S>",
        "~",
        "^",
        "^[",
        "{.a}",
    ]
)
MARKDOWN = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=some(1500))
@given(MARKDOWN)
def test_what_is_written_reads_back_as_the_tree(text: str) -> None:
    try:
        tree = parse_inline(text)
        written = serialise_inlines(tree)
    except PublishError as error:
        assert error.code in {"raw-html", "unwritable-marks"}  # noqa: PT017
        return
    assert parse_inline(written) == tree
    assert serialise_inlines(parse_inline(written)) == written


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])))
def test_any_text_is_written_so_that_it_reads_back_as_text(text: str) -> None:
    tree = normalise((Text(text),))
    assert parse_inline(serialise_inlines(tree)) == tree


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a *b* c", "a *b* c"),
        ("a _b_ c", "a *b* c"),
        ("5 * 3 and snake_case", "5 * 3 and snake_case"),
        ("*lone star", r"\*lone star"),
        ("[sic] and ![x]", r"[sic] and \![x]"),
        ("two\nlines  and   spaces", "two lines and spaces"),
        ("**bold *and* both**", "**bold _and_ both**"),
        ("***x***", "*__x__*"),
        ("a [link](1).", "a [link](1)."),
        ("<https://x.org>", "[https://x.org](https://x.org)"),
        ("a  \nb", "a\\\nb"),
        ("# no heading", "# no heading"),
        ("H<sub>2</sub>O, m<SUP>2</SUP>", "H<sub>2</sub>O, m<sup>2</sup>"),
        ("<s>a</s><s>b</s><s></s>", "<s>ab</s>"),
        ("<kbd>Ctrl</kbd><kbd>C</kbd>", "<kbd>Ctrl</kbd><kbd>C</kbd>"),
        ("<u>a <u>b</u></u>", "<u>a b</u>"),
        ("*a <sub>b* c</sub>", r"\*a <sub>b\* c</sub>"),
        ("$`` a`b\n``$ and $``$", "$``a`b``$ and $\\`\\`$"),
        ("\\$`x`$", "\\$`x`$"),
        ("~a~ $5 and 2^2", "~a~ $5 and 2^2"),
        ("R&D &amp;amp; x < y", "R&D &amp;amp; x < y"),
    ],
)
def test_canonical_spelling(text: str, canonical: str) -> None:
    assert serialise_inlines(parse_inline(text)) == canonical


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a <sub>b", "<sub> has no </sub> in the same text"),
        ("a</kbd> b", "</kbd> has no <kbd> in the same text"),
        ("`<u>` </u>", "</u> has no <u> in the same text"),
        ("a <b>c</b>", "raw HTML is not allowed: <b>"),
    ],
)
def test_a_tag_alone_is_an_error(text: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        parse_inline(text)
    assert (caught.value.code, caught.value.message) == ("raw-html", message)


def test_many_tags_that_do_not_end_are_read_at_once() -> None:
    with pytest.raises(PublishError, match="more than 2000 marks"):
        parse_inline("<sub>" * 100_000)


@pytest.mark.parametrize("text", [" " + "*" * 50_000, "_" * 50_000, "&a" * 25_000, "![" * 25_000])
def test_long_runs_of_marks_are_written_at_once(text: str) -> None:
    assert len(serialise_inlines((Text("a"), Text(text)))) > 50_000


@given(st.lists(st.sampled_from(["`", "``", "```", "a", " "]), min_size=1).map("".join))
def test_any_code_reads_back(text: str) -> None:
    tree = normalise((Code(text),))
    assert parse_inline(serialise_inlines(tree)) == tree


@pytest.mark.parametrize(
    "text",
    ["$`a`$`y`", "`y`$`a`$", "$`a`$`y`$`b`$", "*$`a`$`y`*", "$``a`b``$`` `y ``", "$`a`$`y`\\$`z`"],
)
def test_a_formula_beside_code_is_written(text: str) -> None:
    tree = parse_inline(text)
    assert serialise_inlines(tree) == text
