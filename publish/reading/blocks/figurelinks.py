"""Change the figures of a document, or all blocks that hold no others, at any depth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import is_
from typing import TypeVar

from publish.model import (
    Block,
    Box,
    DefinitionList,
    Document,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
)

__all__ = ["map_figures", "map_leaves"]

Holder = TypeVar("Holder", Box, Footnote, ListItem, Quote)
Change = Callable[[Block], Block]


def map_figures(document: Document, change: Callable[[Figure], Figure]) -> Document:
    """Return the document with `change` applied to every figure."""
    return map_leaves(document, lambda one: change(one) if isinstance(one, Figure) else one)


def map_leaves(document: Document, change: Change) -> Document:
    """Return the document with `change` applied to every block that holds no others."""
    notes = tuple([_with_children(note, change) for note in document.notes])
    return replace(document, body=_all(document.body, change), notes=notes)


def _all(blocks: tuple[Block, ...], change: Change) -> tuple[Block, ...]:
    """Return changed blocks; the same tuple if none changes, as mostly."""
    made = tuple([_one(block, change) for block in blocks])
    return blocks if all(map(is_, made, blocks)) else made


def _with_children(block: Holder, change: Change) -> Holder:
    children = _all(block.children, change)
    return block if children is block.children else replace(block, children=children)


def _one(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Heading():
            return change(block)
        case ListBlock(items):
            made = tuple([_with_children(item, change) for item in items])
            return block if all(map(is_, made, items)) else replace(block, items=made)
        case DefinitionList(items):
            return replace(
                block,
                items=tuple(
                    replace(one, meanings=tuple(_all(inner, change) for inner in one.meanings))
                    for one in items
                ),
            )
        case Quote():
            return _with_children(block, change)
        case Footnote():
            return _with_children(block, change)
        case Box():
            return _with_children(block, change)
        case _:
            return change(block)
