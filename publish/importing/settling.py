"""A text as a source has it: its lines without spaces at their ends, its addresses as links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publish.model import (
    Break,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Link,
    Strong,
    Styled,
    Text,
    walk_inlines,
)
from publish.reading.marks.bareaddresses import (
    find_web_addresses,
    link_addresses,
    read_bare_addresses,
)
from publish.reading.marks.inline import is_blank, normalise

__all__ = ["settle_text"]


def settle_text(tree: Inlines) -> Inlines:
    """Return a text as reading a source would give it; nothing for one that shows nothing."""
    tree = read_bare_addresses(_link_typed(_trim_lines(normalise(tree))))
    shows = any(isinstance(node, Image) for node in walk_inlines(tree)) or not is_blank(tree)
    return tree if shows else ()


def _trim_lines(tree: Inlines) -> Inlines:
    """Return a tree without spaces at the ends of its lines, those within marks, too."""
    return normalise(tuple(_trimmed(_lifted(tree), first=True, last=True)))


def _trimmed(tree: Inlines, *, first: bool, last: bool) -> Iterator[Inline]:
    """Yield nodes without spaces beside line breaks, and at the ends if they are ends of lines."""
    for at, node in enumerate(tree):
        begins = isinstance(tree[at - 1], Break) if at else first
        ends = isinstance(tree[at + 1], Break) if at + 1 < len(tree) else last
        if isinstance(node, Text):
            text = node.text.lstrip() if begins else node.text
            text = text.rstrip() if ends else text
            if text:
                yield Text(text)
        elif isinstance(node, Emphasis | Strong | Styled | Link):
            yield replace(node, children=tuple(_trimmed(node.children, first=begins, last=ends)))
        else:
            yield node


def _lifted(tree: Inlines) -> Inlines:
    """Return a tree whose links begin and end with no line break, but stand beside it."""
    made: list[Inline] = []
    for node in tree:
        if isinstance(node, Link):
            inner = list(_lifted(node.children))
            while inner and isinstance(inner[0], Break):
                made.append(inner.pop(0))
            after: list[Inline] = []
            while inner and isinstance(inner[-1], Break):
                after.append(inner.pop())
            made += [*([replace(node, children=tuple(inner))] if inner else []), *after]
        else:
            made.append(node)
    return tuple(made)


def _link_typed(tree: Inlines) -> Inlines:
    """Return a tree with the web addresses that are typed in it as links, as sources have them."""
    texts = (node.text for node in walk_inlines(tree) if isinstance(node, Text))
    typed = [address for text in texts if "://" in text for address in find_web_addresses(text)]
    return link_addresses(tree, typed)
