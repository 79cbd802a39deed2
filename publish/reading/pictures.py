"""Images that are blocks of their own."""

from __future__ import annotations

from dataclasses import replace

from markdown_it.token import Token

from publish.model import Figure, Role, Text, plain
from publish.reading.attributes import Attributes
from publish.reading.blockreader import BlockReader, read_prose
from publish.reading.inline import build_inline_tree, normalise

__all__ = ["is_figure", "read_figure"]


def is_figure(inline: Token) -> bool:
    """Return whether a paragraph is an image alone, or an image with a caption below it."""
    children = inline.children or []
    stands_alone = len(children) == 1 or (
        len(children) > 1 and children[1].type in {"softbreak", "hardbreak"}
    )
    return stands_alone and children[0].type == "image"


def read_figure(inline: Token, reader: BlockReader, given: Attributes | None) -> Figure:
    """Return an image with its description and its caption."""
    image, *rest = inline.children or []
    prose, _ = read_prose(_with_children(inline, rest[1:]), reader, Role.CAPTION, given)
    described = ""
    with reader.faults.collecting():
        described = plain(build_inline_tree([image], prose.span))
    alt = normalise((Text(described),))
    return Figure(
        src=str(image.attrGet("src") or ""),
        alt=replace(prose, content=alt, role=Role.ALT),
        caption=prose if prose.content else None,
        span=prose.span,
    )


def _with_children(token: Token, children: list[Token]) -> Token:
    copy = token.copy()
    copy.children = children
    return copy
