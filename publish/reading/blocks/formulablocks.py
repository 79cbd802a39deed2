"""Formulas that are blocks of their own.

`$$ … $$`, `\\[ … \\]`, `\\begin{equation} … \\end{equation}` and its like, and fenced code whose
language is `math` or `latex-math`, as pandoc, GitHub and GitLab have them.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from publish.errors import PublishError
from publish.model import Formula
from publish.reading.blocks.blockreader import BlockReader
from publish.reading.blocks.parsenotes import note_unclosed
from publish.reading.marks.formulas import check_formula

__all__ = ["MATH_FENCES", "add_formula_rule", "read_formula"]

MATH_FENCES = frozenset({"math", "latex-math", "{math}", "{.math}"})
"""Languages of fenced code that is a formula."""
ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>(?:equation|align|aligned|gather|gathered|multline|eqnarray|split|alignat)"
    r"\*?)\}"
)
NUMBER = re.compile(r"\s*(?:\{[#.][^{}]*\}|\(\d+(?:\.\d+)*\))\s*$")
"""The id or number of a formula, written behind it."""


def add_formula_rule(parser: MarkdownIt) -> None:
    """Teach a parser formulas that are blocks; their tokens are called `formula`."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "formula", _formula, {"alt": interrupts})


def read_formula(token: Token, reader: BlockReader) -> Formula | None:
    """Return the formula of a token; of one that is wrong, None."""
    span = reader.span(token)
    tex = token.content.strip()
    try:
        check_formula(tex, span)
    except PublishError as error:
        reader.faults.errors.append(error)
        return None
    return Formula(tex, span)


def _formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    if state.is_code_block(first):
        return False
    line = _line(state, first)
    opened = ENVIRONMENT.match(line)
    if opened:
        opener, closer = "", f"\\end{{{opened['name']}}}"
    elif line.startswith("$$"):
        opener, closer = "$$", "$$"
    elif line.startswith("\\["):
        opener, closer = "\\[", "\\]"
    else:
        return False
    lines: list[str] = []
    for at in range(first, end):
        if at > first and state.sCount[at] < state.blkIndent:
            return False
        text = _line(state, at).removeprefix(opener if at == first else "")
        bare = NUMBER.sub("", text)
        if closer in text and (at > first or text.strip()):
            if not bare.rstrip().endswith(closer):
                return False
            body = bare.rstrip()
            lines.append(body if opened else body.removesuffix(closer))
            if not silent:
                token = state.push("formula", "", 0)
                token.block = True
                token.content = "\n".join(lines)
                token.map = [first, at + 1]
                state.line = at + 1
            return True
        lines.append(text)
    note_unclosed(state)
    return False


def _line(state: StateBlock, at: int) -> str:
    return state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]]
