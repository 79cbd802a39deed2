"""Functions that walk through a document, and that make another one with changed texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_
from typing import assert_never

from publish.model.document import (
    Block,
    Box,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Field,
    Figure,
    Footnote,
    Formula,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Prose,
    Quote,
    Table,
    ThematicBreak,
)
from publish.model.inline import Image, walk_marks
from publish.model.span import Span

__all__ = ["block_proses", "blocks", "find_images", "proses", "rebuild"]


def blocks(document: Document) -> Iterator[Block]:
    """Return every block of a document, at any depth, parents first."""
    found: list[Block] = []
    for block in (*document.front, *document.body, *document.notes):
        _add_blocks(block, found)
    return iter(found)


def _add_blocks(block: Block, found: list[Block]) -> None:
    """Add a block and all within it to a list, which takes half the time of yielding them."""
    found.append(block)
    match block:
        case Paragraph() | Heading() | Table():
            return
        case ListBlock(items):
            inner = tuple([child for item in items for child in item.children])
        case DefinitionList(definitions):
            inner = tuple(
                child for one in definitions for meaning in one.meanings for child in meaning
            )
        case Quote(children) | Footnote(_, children) | Box(_, _, children):
            inner = children
        case _:
            return
    for child in inner:
        _add_blocks(child, found)


def proses(document: Document) -> Iterator[Prose]:
    """Return every piece of text of a document, in reading order."""
    found: list[Prose] = []
    for block in (*document.front, *document.body, *document.notes):
        _add_proses(block, found)
    return iter(found)


def block_proses(block: Block) -> Iterator[Prose]:
    """Return every piece of text of one block, in reading order."""
    found: list[Prose] = []
    _add_proses(block, found)
    return iter(found)


def _add_proses(block: Block, found: list[Prose]) -> None:
    match block:
        case Paragraph(prose) | Field(prose) | Heading(_, _, prose):
            found.append(prose)
        case ListBlock(items):
            for item in items:
                for child in item.children:
                    _add_proses(child, found)
        case DefinitionList(definitions):
            for one in definitions:
                found.append(one.term)
                for child in (child for meaning in one.meanings for child in meaning):
                    _add_proses(child, found)
        case Quote(children) | Footnote(_, children):
            for child in children:
                _add_proses(child, found)
        case Box(_, title, children):
            found += [title] if title else []
            for child in children:
                _add_proses(child, found)
        case Table():
            found += [block.caption] if block.caption else []
            found += block.header
            for row in block.rows:
                found += row
        case Figure():
            found += [block.alt, *([block.caption] if block.caption else [])]
        case CodeBlock() | ThematicBreak() | Formula():
            return
        case _:
            assert_never(block)


def find_images(document: Document) -> dict[str, Span]:
    """Return the first place of each image of a document, by the path in the source."""
    found: dict[str, Span] = {}
    for block in blocks(document):
        if isinstance(block, Figure):
            found.setdefault(block.src, block.span)
    for prose in proses(document):
        for node in walk_marks(prose.content):
            if isinstance(node, Image):
                found.setdefault(node.src, prose.span)
    return found


def rebuild(
    document: Document, change: Callable[[Prose], Prose], language: str | None = None
) -> Document:
    """Return the document with `change` applied to every piece of text, in the order of `proses`.

    Blocks, ids and spans stay the same.  `language` is the language of the result, if it differs.
    """
    return replace(
        document,
        language=language or document.language,
        front=tuple(Field(change(f.prose)) for f in document.front),
        body=_rebuild_all(document.body, change),
        notes=tuple([_rebuild_note(note, change) for note in document.notes]),
    )


def _rebuild_all(blocks: tuple[Block, ...], change: Callable[[Prose], Prose]) -> tuple[Block, ...]:
    """Return changed blocks; the same tuple if none changes, as for most texts in most changes."""
    made = tuple([_rebuild_block(block, change) for block in blocks])
    return blocks if all(map(is_, made, blocks)) else made


def _rebuild_block(block: Block, change: Callable[[Prose], Prose]) -> Block:
    match block:
        case Paragraph(prose):
            made = change(prose)
            return block if made is prose else Paragraph(made)
        case Field(prose) | Heading(_, _, prose):
            made = change(prose)
            return block if made is prose else replace(block, prose=made)
        case ListBlock(items):
            return replace(block, items=tuple([_rebuild_item(item, change) for item in items]))
        case DefinitionList(definitions):
            return replace(block, items=tuple(_rebuild_definition(d, change) for d in definitions))
        case Box(_, title, children):
            return replace(
                block,
                title=change(title) if title else None,
                children=_rebuild_all(children, change),
            )
        case Quote(children) | Footnote(_, children):
            inner = _rebuild_all(children, change)
            return block if inner is children else replace(block, children=inner)
        case Table():
            return _rebuild_table(block, change)
        case Figure():
            return replace(
                block,
                alt=change(block.alt),
                caption=change(block.caption) if block.caption else None,
            )
        case CodeBlock() | ThematicBreak() | Formula():
            return block
        case _:
            assert_never(block)


def _rebuild_note(note: Footnote, change: Callable[[Prose], Prose]) -> Footnote:
    children = _rebuild_all(note.children, change)
    return note if children is note.children else replace(note, children=children)


def _rebuild_item(item: ListItem, change: Callable[[Prose], Prose]) -> ListItem:
    children = _rebuild_all(item.children, change)
    return item if children is item.children else replace(item, children=children)


def _rebuild_table(table: Table, change: Callable[[Prose], Prose]) -> Table:
    caption = change(table.caption) if table.caption else None
    header = _rebuild_row(table.header, change)
    rows = tuple([_rebuild_row(row, change) for row in table.rows])
    same = caption is table.caption and header is table.header and all(map(is_, rows, table.rows))
    return table if same else replace(table, caption=caption, header=header, rows=rows)


def _rebuild_row(row: tuple[Prose, ...], change: Callable[[Prose], Prose]) -> tuple[Prose, ...]:
    made = tuple([change(cell) for cell in row])
    return row if all(map(is_, made, row)) else made


def _rebuild_definition(definition: Definition, change: Callable[[Prose], Prose]) -> Definition:
    return Definition(
        change(definition.term),
        tuple(_rebuild_all(meaning, change) for meaning in definition.meanings),
    )
