"""The Markdown parser of sources: CommonMark with our block rules."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from publish.reading.anchors import take_anchors
from publish.reading.attributes import LEADING, TRAILING
from publish.reading.boxmarks import add_box_rules
from publish.reading.formulablocks import add_formula_rule
from publish.reading.htmlblocks import expand_html
from publish.reading.imagemarks import add_image_rules
from publish.reading.inline import NESTING
from publish.reading.inlinerules import add_inline_rules
from publish.reading.letterlists import add_letter_lists

__all__ = ["parse_blocks"]

CLOSING = re.compile(r"(?:^|\s+)#+$")
"""The end of a heading such as `## Heading ## {#id}`."""


def parse_blocks(text: str) -> list[Token]:
    """Return the tokens of a text without front matter."""
    return expand_html(_PARSER.parse(text))


def _split_attributes(state: StateCore) -> None:
    """Move attribute lists from inline content to the token's meta, before it is parsed."""
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "inline":
            continue
        rule = TRAILING if before.type == "heading_open" else LEADING
        found = rule.search(token.content) if rule is TRAILING else rule.match(token.content)
        if found:
            token.meta = {**(token.meta or {}), "attributes": found.group()}
            token.content = (token.content[: found.start()] + token.content[found.end() :]).strip()
            if rule is TRAILING:
                token.content = CLOSING.sub("", token.content)


def _table_rows(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a table, and keep the text of surplus cells, which GFM drops, in the row's meta."""
    before = len(state.tokens)
    if not table(state, first, end, silent):
        return False
    tokens = state.tokens[before:]
    columns = sum(token.type == "th_open" for token in tokens)
    for token in tokens:
        if token.type == "tr_open" and token.map:
            line = getLine(state, token.map[0]).strip().removeprefix("|")
            token.meta = {"surplus": "".join(escapedSplit(line)[columns:]).strip()}
    return True


def _parser() -> MarkdownIt:
    parser = add_inline_rules(
        MarkdownIt("commonmark", {"maxNesting": NESTING, "tasklists": True}).enable("table")
    )
    parser.block.ruler.at("table", _table_rows, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    add_formula_rule(parser)
    deflist_plugin(parser)
    add_letter_lists(parser)
    # What is escaped stays a token of its own, so that it is told from marks left as text.
    parser.disable("text_join")
    parser.core.ruler.after("block", "attributes", _split_attributes)
    add_image_rules(parser)
    parser.core.ruler.after("block", "anchors", take_anchors)
    add_box_rules(parser)
    return parser


_PARSER = _parser()
