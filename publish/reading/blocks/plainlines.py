"""A rule for paragraphs that can be nothing else, which spares them all other rules.

Most lines of a source begin with a letter.  No other block begins so, and so the rules for tables,
lists, boxes and the rest, which each look at every line, need not be asked.  What comes out is the
same as without this rule.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

__all__ = ["add_plain_paragraphs"]

PLAIN = re.compile(
    r"(?![A-Za-z]{1,9}[.)](?:[ \t]|$))[^\W\d_]"
    r"|\*{1,2}[^\W\d_]|_{1,2}[^\W\d_]|`{1,2}[^`\s]|[“‘«„\"']",
    re.MULTILINE,
)
"""The beginning of a line that begins no block: letters that are no mark of a list, emphasis, code,
quotation marks."""

ENDING = re.compile(r"[-+*][ \t]+[^\s|:+=~*_-]|[^-+*=|:~\s]")
"""The beginning of a line that may end a paragraph, but makes no table, heading or definition of
the lines above it."""

AFTER = re.compile(r"[:~]")
"""The beginning of a definition, which may follow its term after an empty line."""


def add_plain_paragraphs(parser: MarkdownIt) -> None:
    """Add the rule to a parser that has all others."""
    first = parser.block.ruler.get_all_rules()[0]
    parser.block.ruler.before(first, "plain_paragraph", _plain_paragraph)


def _plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    src, begins, shifts, counts = state.src, state.bMarks, state.tShift, state.sCount
    if counts[start] - state.blkIndent > 3 or not PLAIN.match(src, begins[start] + shifts[start]):
        return False
    line, last = start + 1, state.lineMax
    while line < last:
        at = begins[line] + shifts[line]
        if at >= state.eMarks[line]:
            break
        if not PLAIN.match(src, at):
            if not ENDING.match(src, at, state.eMarks[line]):
                return False
            if _is_end(state, line, end):
                break
        line += 1
    alone = line == start + 1 and line + 1 < end and state.isEmpty(line)
    if alone and AFTER.match(src, begins[line + 1] + shifts[line + 1]):
        return False
    _push(state, start, line)
    return True


def _is_end(state: StateBlock, line: int, end: int) -> bool:
    """Return whether a block that begins in a line ends the paragraph above it."""
    if state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0:
        return False
    before, state.parentType = state.parentType, "paragraph"
    rules = state.md.block.ruler.getRules("paragraph")
    found = any(rule(state, line, state.lineMax, True) for rule in rules)
    state.parentType = before
    return found


def _push(state: StateBlock, start: int, line: int) -> None:
    content = state.getLines(start, line, state.blkIndent, False)
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = mdTrim(content), [start, line], []
    state.push("paragraph_close", "p", -1)
