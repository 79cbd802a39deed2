"""A rule for ordered lists that count with letters, roman numerals or `#`, or have brackets.

The marks are pandoc's: `a.` `A)` `(iv)` `(1)` `#.`.  A capital letter with a full stop needs two
spaces, since `B. Russell` is a name.  All but `#.` need a second item that counts on, so that a
line that only begins with `(a)` or `i.` stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block

from publish.model import Numbering

__all__ = ["add_letter_lists"]

MARK = re.compile(r"(\(?)(#|\d{1,9}|[A-Za-z]{1,9})([.)])([ \t]+|$)")
ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark of an item: its letters, how it counts, its value, and its length."""

    style: str
    text: str
    numbering: Numbering
    value: int


def add_letter_lists(parser: MarkdownIt) -> None:
    """Add the rule to a parser."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.before("list", "letter_list", _letter_list, ends)


def _letter_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a list by writing marks of digits in place of its own, of the same length."""
    if state.is_code_block(start):
        return False
    kept = _choose(state, start, end)
    if kept is None:
        return False
    if silent:
        return True
    lines, last = _find_items(state, start, end, kept)
    whole = state.src
    state.src = _with_digits(state, lines)
    opening = len(state.tokens)
    found = list_block(state, start, last, False)
    state.src = whole
    if found:
        token = state.tokens[opening]
        token.attrs.pop("start", None)
        token.attrs |= {} if kept.value == 1 else {"start": kept.value}
        token.meta = {"numbering": kept.numbering}
    return found


def _with_digits(state: StateBlock, lines: dict[int, str]) -> str:
    """Return the source with marks of digits, each as long as the mark it stands for."""
    parts: list[str] = []
    done = 0
    for line, text in lines.items():
        at = state.bMarks[line] + state.tShift[line]
        digits = "1".rjust(len(text) - 1, "0") + text[-1]
        parts += (state.src[done:at], digits)
        done = at + len(text)
    return "".join((*parts, state.src[done:]))


def _marks(state: StateBlock, line: int) -> Iterator[_Mark]:
    """Yield the ways to read the mark at the beginning of a line: `i.` is a roman 1 or a 9."""
    at = state.bMarks[line] + state.tShift[line]
    found = MARK.match(state.src, at, state.eMarks[line])
    if not found:
        return
    bracket, text, closer, space = found.groups()
    if (bracket and closer == ".") or (text.isdigit() and not bracket):
        return
    if text[0].isupper() and len(text) == 1 and closer == "." and space == " ":
        return
    style = bracket + closer
    if text == "#" or text.isdigit():
        yield _Mark(style, text, "1", 1 if text == "#" else int(text))
        return
    lowered = text.lower()
    if text not in (lowered, text.upper()):
        return
    upper = text.isupper()
    if ROMAN.fullmatch(lowered):
        yield _Mark(style, text, "I" if upper else "i", _read_roman(lowered))
    if len(text) == 1:
        letter = _Mark(style, text, "A" if upper else "a", ord(lowered) - ord("a") + 1)
        yield letter


def _read_roman(text: str) -> int:
    values = [VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))


def _choose(state: StateBlock, start: int, end: int) -> _Mark | None:
    """Return the mark of the first item as the second counts on from it; None for no list."""
    marks = list(_marks(state, start))
    if not marks or marks[0].text == "#":
        return next(iter(marks), None)
    lines = (line for line in _lines_at(state, start, end) if line != start)
    second = next((found for line in lines if (found := list(_marks(state, line)))), [])
    return next((one for one in marks for two in second if _follows(one, two)), None)


def _follows(one: _Mark, two: _Mark) -> bool:
    return _is_alike(one, two) and two.value == one.value + 1


def _is_alike(one: _Mark, two: _Mark) -> bool:
    kinds = [(mark.style, mark.numbering, mark.text == "#") for mark in (one, two)]
    return kinds[0] == kinds[1]


def _find_items(
    state: StateBlock, start: int, end: int, first: _Mark
) -> tuple[dict[int, str], int]:
    """Return the marks of a list's items by line, and the line where the list must end."""
    found: dict[int, str] = {}
    for line in _lines_at(state, start, end):
        mark = next((one for one in _marks(state, line) if _is_alike(first, one)), None)
        if mark is not None:
            found[line] = first.style[:-1] + mark.text + first.style[-1]
        elif _is_other_list(state, line):
            return found, line
    return found, end


def _is_other_list(state: StateBlock, line: int) -> bool:
    at = state.bMarks[line] + state.tShift[line]
    return bool(MARK.match(state.src, at, state.eMarks[line]))


def _lines_at(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """Yield the lines that begin where the first does, up to the end of its list."""
    column = state.sCount[start]
    yield start
    blank = False
    for line in range(start + 1, end):
        if state.isEmpty(line):
            blank = True
            continue
        if state.sCount[line] < state.blkIndent:
            return
        if state.sCount[line] <= column + 1:
            if blank and not any(_marks(state, line)):
                return
            yield line
        blank = False
