"""The text of a block as HTML, as sources may have it."""

from __future__ import annotations

from typing import assert_never

from publish.containers.xmlwriting import (
    escape_characters,
    write_element,
    write_empty_element,
)
from publish.model import (
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Joint,
    Link,
    Math,
    Passage,
    Strong,
    Styled,
    Text,
    UnitSpan,
    walk_inlines,
)

__all__ = ["is_html", "write_html_text"]


def is_html(tree: Inlines) -> bool:
    """Return whether HTML has a mark for everything in a tree: not for notes and formulas."""
    return not any(
        isinstance(node, FootnoteMark | Math)
        or (isinstance(node, Image) and (node.decorative or node.width not in ("", "auto")))
        for node in walk_inlines(tree)
    )


def write_html_text(tree: Inlines) -> str:
    """Return a tree as HTML; notes and formulas are left out."""
    return "".join(map(_node, tree))


def _node(node: Inline) -> str:
    match node:
        case Text(text):
            return escape_characters(text)
        case Emphasis(children):
            return write_element("em", write_html_text(children))
        case Strong(children):
            return write_element("strong", write_html_text(children))
        case Styled(children, style):
            return write_element(style, write_html_text(children))
        case Code(text):
            return write_element("code", escape_characters(text))
        case Link(children, _, bare=True):
            return write_html_text(children)
        case Link(children, href):
            return write_element("a", write_html_text(children), href=href)
        case Image(src, alt):
            return write_empty_element("img", src=src, alt=alt)
        case Break():
            return "<br>"
        case FootnoteMark() | Math():
            return ""
        case Passage() | Joint() | UnitSpan():
            raise AssertionError("nodes made by composing are never written")
        case _:
            assert_never(node)
