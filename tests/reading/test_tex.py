"""Formulas: TeX read as MathML, blocks of their own, and what is refused."""

from __future__ import annotations

import pytest

from publish.errors import FindingsError, PublishError
from publish.model import CodeBlock, Document, Formula, ListBlock, Paragraph
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.formulas import convert_formula


def read(text: str) -> Document:
    return read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n{text}")])


@pytest.mark.parametrize(
    "tex",
    [
        r"x^2 + \frac{a}{b}",
        r"\sum_{i=1}^{n} \sqrt{x_i}",
        r"\begin{align} a &= b \\ c &= d \label{q} \end{align}",
        r"\text{доля} = \frac{\text{жертвы}}{1{,}000} \times 100\,\%",
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    ],
)
def test_a_formula_becomes_mathml(tex: str) -> None:
    assert convert_formula(tex, display=True).startswith("<math ")


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        ("", "a formula is empty"),
        (r"\frac{a", "not TeX that an edition can have"),
        (r"\left( x", "not TeX that can be read"),
        ("x_x_x", "not TeX that can be read"),
        (r"\foo{x}", r"the unknown command \foo"),
        (r"\href{https://example.org}{y}", "not TeX that an edition can have"),
        (r"\def\x{y}\x", "not TeX that an edition can have"),
        (r"\style{position:fixed}{y}", "not TeX that an edition can have"),
        ("a & b", "not TeX that an edition can have"),
        ("{" * 3000 + "x", "too long or nested too deeply"),
        ("x" * 5000, "too long or nested too deeply"),
    ],
)
def test_what_no_formula_can_be(tex: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        convert_formula(tex, display=False)
    assert message in caught.value.message
    assert caught.value.code == "formula"
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "$$\nx^2\n$$\n",
        "$$ x^2 $$\n",
        "$$x^2$$ {#eq:a}\n",
        "$$x^2$$ (3)\n",
        "\\[\nx^2\n\\]\n",
        "```math\nx^2\n```\n",
        "before\n$$\nx^2\n$$\n",
    ],
)
def test_a_formula_can_be_a_block(text: str) -> None:
    (formula,) = (block for block in read(text).body if isinstance(block, Formula))
    assert formula.tex == "x^2"


def test_an_environment_is_kept_whole() -> None:
    (formula,) = read("\\begin{align}\na &= b\n\\end{align}\n").body
    assert isinstance(formula, Formula)
    assert formula.tex == "\\begin{align}\na &= b\n\\end{align}"


def test_a_formula_may_stand_in_a_list() -> None:
    (block,) = read("- a\n\n  $$\n  x\n  $$\n").body
    assert isinstance(block, ListBlock)
    assert isinstance(block.items[0].children[1], Formula)


@pytest.mark.parametrize("text", ["It costs $$ a lot.\n", "$$ and $$ again and more\n"])
def test_two_dollars_may_be_text(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in read(text).body)


def test_code_is_no_formula() -> None:
    assert [type(block) for block in read("    $$ x $$\n\n```\n$$\nx\n$$\n```\n").body] == [
        CodeBlock,
        CodeBlock,
    ]


def test_wrong_formulas_are_told_together_with_their_lines() -> None:
    with pytest.raises(FindingsError) as caught:
        read("$$ \\foo $$\n\ntext\n\n$$\n\\frac{a\n$$\n")
    assert [(one.code, str(one.span)) for one in caught.value.findings] == [
        ("formula", "source/x.md:4"),
        ("formula", "source/x.md:8"),
    ]
