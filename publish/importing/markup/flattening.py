"""Blocks as the lines of one text, for what can hold only one: cells, captions, terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from publish.model import (
    Block,
    Box,
    Break,
    Code,
    CodeBlock,
    DefinitionList,
    Field,
    Figure,
    Footnote,
    Formula,
    Heading,
    Image,
    Inline,
    Inlines,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    plain,
)
from publish.reading.marks.inline import normalise

__all__ = ["flatten_blocks"]

BULLET = "– "
"""What begins the line of a list item, as reading a table has it."""


def flatten_blocks(blocks: Sequence[Block]) -> Inlines:
    """Return the texts of blocks as lines of one text."""
    match blocks:
        case (Paragraph(prose),):
            return prose.content
        case _:
            return _join(line for block in blocks for line in _lines(block))


def _join(lines: Iterable[Inlines]) -> Inlines:
    joined: list[Inline] = []
    for line in lines:
        joined += [Break()] if joined and line else []
        joined += line
    return normalise(tuple(joined))


def _lines(block: Block) -> Iterator[Inlines]:
    match block:
        case Paragraph(prose) | Field(prose):
            yield prose.content
        case Heading(_, _, prose):
            yield (Strong(prose.content),)
        case ListBlock(items, start):
            for number, item in enumerate(items, start or 0):
                mark = BULLET if start is None else f"{number}. "
                yield from _marked(mark, (line for one in item.children for line in _lines(one)))
        case DefinitionList(items):
            for one in items:
                yield (Strong(one.term.content),)
                yield from (line for m in one.meanings for child in m for line in _lines(child))
        case Box(_, title, children):
            yield from [(Strong(title.content),)] if title else []
            yield from (line for child in children for line in _lines(child))
        case Quote(children) | Footnote(_, children):
            yield from (line for child in children for line in _lines(child))
        case Table():
            yield from _table(block)
        case Figure():
            image = Image(block.src, plain(block.alt.content), block.width, block.decorative)
            yield (Link((image,), block.href),) if block.href else (image,)
            yield block.caption.content if block.caption else ()
        case CodeBlock(text):
            yield from ((Code(line),) for line in text.splitlines() if line.strip())
        case Formula(tex):
            yield (Math(tex),)
        case ThematicBreak():
            return
        case _:
            assert_never(block)


def _marked(mark: str, lines: Iterable[Inlines]) -> Iterator[Inlines]:
    for number, line in enumerate(lines):
        yield line if number else (Text(mark), *line)


def _table(table: Table) -> Iterator[Inlines]:
    """Yield the rows of a table within a cell, each as a line."""
    yield table.caption.content if table.caption else ()
    for row in (table.header, *table.rows):
        line: list[Inline] = []
        for cell in row:
            line += [Text("; ")] if line and cell.content else []
            line += (Text("; ") if isinstance(n, Break) else n for n in cell.content)
        yield tuple(line)
