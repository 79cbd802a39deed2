"""The Markdown parser of sources: CommonMark with our block rules."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from publish.reading.blocks.anchors import take_anchors
from publish.reading.blocks.boxmarks import add_box_rules
from publish.reading.blocks.captions import find_captions
from publish.reading.blocks.comments import add_comment_rules
from publish.reading.blocks.formulablocks import add_formula_rule
from publish.reading.blocks.headinglinks import define_headings
from publish.reading.blocks.htmlblocks import expand_html
from publish.reading.blocks.letterlists import add_letter_lists
from publish.reading.blocks.plainlines import add_plain_paragraphs
from publish.reading.blocks.tablerules import add_table_rules
from publish.reading.marks.attributes import LEADING, TRAILING
from publish.reading.marks.dialects import add_dialects
from publish.reading.marks.imagemarks import add_image_rules
from publish.reading.marks.inline import NESTING
from publish.reading.marks.inlinerules import add_inline_rules
from publish.reading.marks.quickinline import speed_up_inline
from publish.reading.marks.sourcetext import sift_tokens

__all__ = ["make_parser", "parse_blocks"]

CLOSING = re.compile(r"(?:^|\s+)#+$")
"""The end of a heading such as `## Heading ## {#id}`."""


def parse_blocks(text: str, env: EnvType | None = None) -> list[Token]:
    """Return the tokens of a text without front matter; `env` is the parser's environment."""
    return expand_html(_PARSER.parse(text, env))


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


def make_parser(*, quick: bool = True) -> MarkdownIt:
    """Return the parser; one that is not `quick` gives the same, asking every rule."""
    parser = add_inline_rules(
        MarkdownIt("commonmark", {"maxNesting": NESTING, "tasklists": True}).enable("table")
    )
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    add_formula_rule(parser)
    deflist_plugin(parser)
    add_letter_lists(parser)
    # What is escaped stays a token of its own, so that it is told from marks left as text.
    parser.disable("text_join")
    parser.core.ruler.after("block", "attributes", _split_attributes)
    parser.core.ruler.after("attributes", "heading_links", define_headings)
    add_dialects(parser)
    add_comment_rules(parser)
    parser.core.ruler.after("inline", "sift", sift_tokens)
    add_image_rules(parser)
    parser.core.ruler.after("block", "anchors", take_anchors)
    parser.core.ruler.after("block", "captions", find_captions)
    add_table_rules(parser)
    add_box_rules(parser)
    if not quick:
        return parser
    add_plain_paragraphs(parser)
    return speed_up_inline(parser)


_PARSER = make_parser()
