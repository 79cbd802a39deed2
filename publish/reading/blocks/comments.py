"""Rules for blocks that begin with HTML which is no block: comments, and lines of text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph

from publish.reading.blocks.htmlpieces import INCLUDE
from publish.reading.marks.htmlmarks import INLINE_ELEMENTS

__all__ = ["add_comment_rules"]

TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")
COMMENT_END = re.compile(r"-->|(?<=<!)--?>")


def add_comment_rules(parser: MarkdownIt) -> MarkdownIt:
    """Return a parser that drops comments, and reads lines that begin with `<b>` as text."""
    parser.block.ruler.before(
        "html_block", "comment", _comment, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.block.ruler.before("html_block", "html_text", _html_text)
    return parser


def _comment(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Pass over a comment; text behind it on its last line is a paragraph."""
    start = state.bMarks[first] + state.tShift[first]
    if state.is_code_block(first) or not state.src.startswith("<!--", start):
        return False
    found = COMMENT_END.search(state.src, start + 2, state.eMarks[end - 1])
    if not found or INCLUDE.match(state.src, start):
        return False
    if silent:
        return True
    last = next(line for line in range(first, end) if found.end() <= state.eMarks[line])
    rest = state.src[found.end() : state.eMarks[last]]
    if not rest.strip():
        state.line = last + 1
        return True
    state.bMarks[last], state.sCount[last] = found.end(), state.blkIndent
    state.tShift[last] = len(rest) - len(rest.lstrip(" \t"))
    return paragraph(state, last, end, silent)


def _html_text(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a line that begins with an element of running text as a paragraph."""
    tag = TAG.match(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
    if silent or state.is_code_block(first) or not tag or tag[1].lower() not in INLINE_ELEMENTS:
        return False
    return paragraph(state, first, end, silent)
