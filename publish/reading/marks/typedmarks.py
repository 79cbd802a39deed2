"""Sets quotation marks, dashes and ellipses that are typed as keyboards have them.

It is done once, at reading, so that a msgid has the marks of its language and does not change
when somebody types them in the source later.  Code, formulas, addresses and descriptions of
images in a line stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.languages.keyboard import OBJECT, Exchange, find_exchanges
from publish.model import (
    Break,
    Document,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Prose,
    Strong,
    Styled,
    Text,
    plain,
    rebuild,
)
from publish.reading.marks.inline import normalise

__all__ = ["set_typed_document", "set_typed_marks"]

TYPED = ('"', "'", "-", "...", "«", "»")
"""What may be exchanged in some language."""


def set_typed_document(document: Document) -> Document:
    """Return a document with the marks of its language, but in numbers and codes of tables."""

    def change(prose: Prose) -> Prose:
        if prose.figure:
            return prose
        content = set_typed_marks(prose.content, document.language)
        return prose if content is prose.content else replace(prose, content=content)

    return rebuild(document, change)


def set_typed_marks(tree: Inlines, tag: str) -> Inlines:
    """Return a tree with the marks of a language; rules see the whole text across its marks."""
    text = tree[0].text if len(tree) == 1 and isinstance(tree[0], Text) else "".join(_flat(tree))
    if not any(map(text.__contains__, TYPED)):
        return tree
    exchanges = find_exchanges(text, tag)
    if not exchanges:
        return tree
    nodes, _ = _exchanged(tree, exchanges, 0)
    return normalise(nodes)


def _apply(exchanges: Sequence[Exchange], text: str, start: int) -> str:
    """Return a text that starts at an offset with the exchanges that are wholly within it."""
    parts: list[str] = []
    done = 0
    at = bisect_left(exchanges, start, key=lambda one: one.start)
    while at < len(exchanges) and exchanges[at].end <= start + len(text):
        one = exchanges[at]
        at += 1
        parts += [text[done : one.start - start], one.new]
        done = one.end - start
    return "".join((*parts, text[done:]))


def _children(node: Inline) -> Inlines | None:
    """Return the nodes within a mark; None for one whose text stays as it is."""
    match node:
        case Emphasis(children) | Strong(children) | Styled(children):
            return children
        case Link(children, href) if not _is_address(plain(children), href):
            return children
        case _:
            return None


def _is_address(text: str, href: str) -> bool:
    return text == href or "://" in text or text.startswith("www.") or f"mailto:{text}" == href


def _flat(tree: Inlines) -> Iterator[str]:
    for node in tree:
        if isinstance(node, Text):
            yield node.text
        elif (children := _children(node)) is not None:
            yield from _flat(children)
        else:
            yield "\n" if isinstance(node, Break) else OBJECT


def _exchanged(tree: Inlines, exchanges: Sequence[Exchange], at: int) -> tuple[Inlines, int]:
    """Return the nodes whose text begins at an offset, and the offset after them."""
    nodes: list[Inline] = []
    for node in tree:
        if isinstance(node, Text):
            nodes.append(Text(_apply(exchanges, node.text, at)))
            at += len(node.text)
        elif (children := _children(node)) is not None:
            inner, at = _exchanged(children, exchanges, at)
            nodes.append(_with(node, inner))
        else:
            nodes.append(node)
            at += 1
    return tuple(nodes), at


def _with(node: Inline, children: Inlines) -> Inline:
    if isinstance(node, Emphasis | Strong | Styled | Link):
        return replace(node, children=children)
    raise AssertionError(f"{node} has no children")
