"""Marks that Markdown lacks: footnote marks, formulas, and five elements of HTML.

The rules are markdown-it's (https://markdown-it-py.readthedocs.io/en/latest/architecture.html).
They belong to the grammar of catalogs; `dialects` adds what only sources may have.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

__all__ = ["STYLE_TAG", "add_inline_rules", "find_end_tag", "push_around"]

FOOTNOTE_MARK = re.compile(r"\[\^([^\s\[\]^]+)\]")
# As GitHub has it (https://docs.github.com/get-started/writing-on-github, "Writing mathematical
# expressions"): a code span between dollar signs.
MATH = re.compile(r"\$(`+)(?!`)(.*?[^`])\1(?!`)\$", re.DOTALL)
STYLE_TAG = re.compile(r"<(?P<end>/?)(?P<style>s|u|sub|sup|kbd)>", re.IGNORECASE)

END_TAG = re.compile(r"</(?P<name>[A-Za-z][A-Za-z0-9]*)\s*>")


def add_inline_rules(parser: MarkdownIt) -> MarkdownIt:
    """Return the parser with our inline rules, and with addresses left unchanged."""
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    parser.inline.ruler.before("backticks", "math", _math)
    parser.inline.ruler.before("html_inline", "style_tag", _style_tag)
    # Addresses are checked where they are used, with a message, not silently dropped here.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = _as_it_stands  # type: ignore[method-assign]
    parser.normalizeLinkText = _as_it_stands  # type: ignore[method-assign,assignment]
    return parser


def _as_it_stands(url: str) -> str:
    return url


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    found = FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.content = found.group(1)
    state.pos = found.end()
    return True


def _math(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("$`", state.pos) or state.html_terminator_last("`$") < state.pos:
        return False
    found = MATH.match(state.src, state.pos, state.posMax)
    if not found or not found[2].strip():
        return False
    if not silent:
        state.push("math", "", 0).content = found[2]
    state.pos = found.end()
    return True


def _style_tag(state: StateInline, silent: bool) -> bool:
    """Read `<sub>…</sub>`; what has no end is left to the rule for HTML, which is an error."""
    found = STYLE_TAG.match(state.src, state.pos, state.posMax)
    if not found or found["end"]:
        return False
    style = found["style"].lower()
    end = find_end_tag(state, found.end(), style)
    if end is None:
        return False
    if silent:
        state.pos = end.end()
    else:
        push_around(state, style, found.end(), end.start(), end.end())
    return True


def find_end_tag(state: StateInline, start: int, name: str) -> re.Match[str] | None:
    """Return the tag that ends an element; marks inside it are passed over whole."""
    if max(state.html_terminator_last(f"</{one}") for one in (name, name.upper())) < start:
        return None
    before, found = state.pos, None
    state.pos = start
    while state.pos < state.posMax and not found:
        tag = END_TAG.match(state.src, state.pos, state.posMax)
        if tag and tag["name"].lower() == name:
            found = tag
        else:
            state.md.inline.skipToken(state)
    state.pos = before
    return found


def push_around(
    state: StateInline,
    style: str,
    start: int,
    end: int,
    after: int,
    kind: str = "style",
    attributes: dict[str, str | int | float] | None = None,
) -> None:
    """Add the tokens of a mark and of the text between `start` and `end`.

    Marks cannot cross it: markdown-it pairs those within a pair of tokens on their own.
    """
    last = state.posMax
    state.pos, state.posMax = start, end
    opening = state.push(f"{kind}_open", "", 1)
    opening.info, opening.attrs = style, attributes or {}
    state.md.inline.tokenize(state)
    state.push(f"{kind}_close", "", -1)
    state.pos, state.posMax = after, last
