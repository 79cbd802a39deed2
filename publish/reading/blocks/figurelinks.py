"""Change the figures of a document, or all blocks that hold no others, at any depth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from publish.model import Block, Box, DefinitionList, Document, Figure, Footnote, ListBlock, Quote

__all__ = ["map_figures", "map_leaves"]

Change = Callable[[Block], Block]


def map_figures(document: Document, change: Callable[[Figure], Figure]) -> Document:
    """Return the document with `change` applied to every figure."""
    return map_leaves(document, lambda one: change(one) if isinstance(one, Figure) else one)


def map_leaves(document: Document, change: Change) -> Document:
    """Return the document with `change` applied to every block that holds no others."""
    return replace(
        document,
        body=_all(document.body, change),
        notes=tuple(replace(note, children=_all(note.children, change)) for note in document.notes),
    )


def _all(blocks: tuple[Block, ...], change: Change) -> tuple[Block, ...]:
    return tuple(_one(block, change) for block in blocks)


def _one(block: Block, change: Change) -> Block:
    match block:
        case ListBlock(items):
            items = tuple(replace(item, children=_all(item.children, change)) for item in items)
            return replace(block, items=items)
        case DefinitionList(items):
            return replace(
                block,
                items=tuple(
                    replace(one, meanings=tuple(_all(inner, change) for inner in one.meanings))
                    for one in items
                ),
            )
        case Quote(children) | Footnote(_, children) | Box(_, _, children):
            return replace(block, children=_all(children, change))
        case _:
            return change(block)
