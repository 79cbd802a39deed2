"""Quick ways of reading give what the slow ones give: no rule, mark or spelling is passed over."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from publish.model import Code, Emphasis, Inline, Link, Strong, Text
from publish.reading.blocks.parser import make_parser
from publish.reading.marks import canonical
from publish.reading.marks.dialectmarks import DIALECT_MARKS
from publish.reading.marks.inline import normalise
from publish.reading.marks.quickinline import FIRST

QUICK, SLOW = make_parser(), make_parser(quick=False)
LINES = """\
word|Term one|Мир и|A. Name|A.  Two|a. one|b. two|i) r|ii) s|(a) x|(b) y|1. y|2. z|7) n|text:
| a | b ||---|---||---|===|***|_x_|-----  ----|a      b|+---+---+|Table: c|: Caption|~ def|: def
- x|- [ ] do|* a|+ b|  - in|    - deep|-|*|> q|>|> [!NOTE]|> - x|# H {#id}|#no|::: note|:::|!!! note
    code|\ta|```|~~~|$$|\\[|\\]|\\begin{align}|\\end{align}|<div>|</div>|<b>x</b>|<!-- c -->|<!--
[^1]: note|[l]: http://x|[l]|{.class}|{#id}|x{#y}|\u00a0---||a\\|b  |"said"|“said”|'a'|`c`|``|é|١) x
x $a$ ^[n] ~s~ ^s^ ==h== :w:|**b** _e_ `c` [l](u "t") ![i](x.png){width=3cm} <u>i</u>|a[^1]|*a*b __c
&amp; <kbd>k</kbd> https://x.org/ [s]{.c} a@b.org|~~s~~ $`x`$ \\(y\\) \\* <i>x</i> </i>|a ** b*
"""
PIECES = LINES.replace("\n", "|").split("|")
INDENTS = ("", "", "", "", " ", "  ", "    ", "\t", "> ", "- ", "1. ")


def show(tokens: list[Token]) -> list[Any]:
    return [
        {**token.as_dict(children=False), "children": show(token.children or [])}
        for token in tokens
    ]


def check(text: str) -> None:
    assert show(QUICK.parse(text)) == show(SLOW.parse(text)), text


@given(st.lists(st.tuples(st.sampled_from(INDENTS), st.sampled_from(PIECES)), max_size=8))
def test_a_plain_paragraph_is_what_all_rules_make_of_it(lines: list[tuple[str, str]]) -> None:
    check("\n".join(indent + line for indent, line in lines))


def test_two_thousand_texts_are_read_the_same() -> None:
    chance = random.Random(18)
    for _ in range(2000):
        count = chance.randint(1, 8)
        lines = zip(chance.choices(INDENTS, k=count), chance.choices(PIECES, k=count), strict=True)
        check("\n".join(map("".join, lines)))


@given(st.text("ab *_`~^=$\\[]()!<>&;:/{}.\n", max_size=40))
def test_marks_in_any_order_are_read_the_same(text: str) -> None:
    check(text)


def test_every_rule_of_the_parsers_has_its_first_characters() -> None:
    """A rule that is missing would be asked everywhere: right, but slow."""
    assert set(SLOW.inline.ruler.get_active_rules()) == {*FIRST, "text"}


@given(st.text("ab1 {}[]@:#*_~=+<%>!?\\-.^fig\n", max_size=30))
def test_a_text_without_the_signs_of_a_mark_has_no_such_mark(text: str) -> None:
    for mark in DIALECT_MARKS:
        if mark.pattern.search(text):
            assert any(sign in text for sign in mark.signs), (mark.name, text)


@given(
    before=st.sampled_from(["", "a ", "a(", "a"]),
    kind=st.sampled_from([Emphasis, Strong, Link, Code]),
    inner=st.text("aб1 .,-'()*_`$\\&<[]!é\u0301", min_size=1, max_size=6),
    after=st.sampled_from(["", " b", ".", ")", "b", "*"]),
)
def test_a_clear_mark_is_written_as_a_proven_one(
    before: str, kind: Any, inner: str, after: str
) -> None:
    node: Inline = Code(inner) if kind is Code else kind((Text(inner),), *["1"][: kind is Link])
    tree = normalise((Text(before), node, Text(after)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "_write_clear", lambda node: None)
        try:
            proven = canonical.serialise_inlines(tree)
        except Exception as error:
            proven = repr(error)
    try:
        written = canonical.serialise_inlines(tree)
    except Exception as error:
        written = repr(error)
    assert written == proven
