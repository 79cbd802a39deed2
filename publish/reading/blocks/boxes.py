"""Boxes and definition lists."""

from __future__ import annotations

from collections.abc import Callable

from markdown_it.token import Token

from publish.model import Block, Box, Definition, DefinitionList, Level, Role
from publish.reading.blocks.blockreader import BlockReader, read_prose

__all__ = ["note_fault", "read_box", "read_definitions"]

ReadBlocks = Callable[[list[Token], int, str, BlockReader], tuple[tuple[Block, ...], int]]


def read_box(
    tokens: list[Token], at: int, reader: BlockReader, read_blocks: ReadBlocks
) -> tuple[Box, int]:
    """Return the box that begins at a token, and the index after it.

    A heading that a box without a title begins with is its title, as in Quarto.
    """
    title = None
    end = at + 1
    if tokens[end].type in ("box_title_open", "heading_open"):
        title, _ = read_prose(tokens[end + 1], reader, Role.BOX_TITLE)
        end += 3
    children, end = read_blocks(tokens, end, "box_close", reader.within(reader.role))
    return Box(tokens[at].meta["kind"], title, children, reader.span(tokens[at])), end


def read_definitions(
    tokens: list[Token], at: int, reader: BlockReader, read_blocks: ReadBlocks
) -> tuple[DefinitionList, int]:
    """Return the definition list that begins at a token, and the index after it."""
    items: list[Definition] = []
    end = at + 1
    while tokens[end].type != "dl_close":
        if tokens[end].type == "dt_open":
            items.append(Definition(read_prose(tokens[end + 1], reader, Role.TERM)[0], ()))
            end += 3
            continue
        if tokens[end].type == "fault":
            note_fault(tokens[end], reader)
            end += 1
            continue
        if not items:
            reader.faults.error(
                "a definition has no term",
                reader.span(tokens[end]),
                "write the term above it, between <dt> and </dt>",
                code="raw-html",
            )
        meaning, end = read_blocks(tokens, end + 1, "dd_close", reader.within(Role.DEFINITION))
        if items:
            last = items[-1]
            items[-1] = Definition(last.term, (*last.meanings, meaning))
    return DefinitionList(tuple(items), reader.span(tokens[at])), end + 1


def note_fault(token: Token, reader: BlockReader) -> None:
    """Note what a rule of the parser found wrong."""
    found = token.meta
    span = reader.span(token)
    if found["level"] is Level.ERROR:
        reader.faults.error(found["message"], span, found["hint"], code=found["code"])
    else:
        reader.faults.remark(
            found["message"], span, found["hint"], code=found["code"], level=found["level"]
        )
