"""The sentences of a document as pieces to align, with their places in its structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.aligning.pieces import Piece
from publish.model import (
    Block,
    Box,
    DefinitionList,
    Document,
    Footnote,
    Heading,
    ListBlock,
    Quote,
    Role,
    Sentence,
    Table,
    block_proses,
    plain,
)
from publish.reading.source import Source

__all__ = ["list_pieces"]

KINDS = {
    Role.TITLE: "heading",
    Role.SUBTITLE: "heading",
    Role.HEADING: "heading",
    Role.BOX_TITLE: "heading",
    Role.PARAGRAPH: "running",
    Role.ITEM: "running item",
    Role.QUOTE: "running quote",
    Role.TERM: "running term",
    Role.DEFINITION: "running",
    Role.SUMMARY: "running",
    Role.CELL: "cell",
    Role.HEADER_CELL: "cell",
    Role.CAPTION: "caption",
    Role.ALT: "alt",
    Role.FOOTNOTE: "note",
}
"""Kinds by role."""

Spot = tuple[int, ...]


def list_pieces(source: Source) -> tuple[Piece, ...]:
    """Return a piece for each of the sentences of a document, `source.every`, in their order."""
    spots = _spots(source.document)
    pieces: list[Piece] = []
    for block, (text, (level, spot)) in enumerate(zip(source.texts, spots, strict=True)):
        last = len(text.sentences) - 1
        pieces += (
            _piece(sentence, block, level, spot, (at == 0, at == last))
            for at, sentence in enumerate(text.sentences)
        )
    return tuple(pieces)


def _piece(
    sentence: Sentence, block: int, level: int, spot: Spot, edges: tuple[bool, bool]
) -> Piece:
    return Piece(
        text=" ".join(plain(sentence.tree).split()),
        block=block,
        kind=KINDS.get(sentence.unit.role, "front"),
        level=level,
        opens=edges[0],
        ends=edges[1],
        spot=spot,
    )


def _spots(document: Document) -> Iterator[tuple[int, Spot]]:
    """Yield the level and the spot of each text, in the order of `proses`."""
    for block in (*document.front, *document.body, *document.notes):
        yield from _within(block, ())


def _all_within(blocks: Iterable[Block], spot: Spot) -> Iterator[tuple[int, Spot]]:
    for block in blocks:
        yield from _within(block, spot)


def _within(block: Block, spot: Spot) -> Iterator[tuple[int, Spot]]:
    match block:
        case Heading(level):
            yield level, ()
        case ListBlock(items):
            for number, item in enumerate(items, 1):
                yield from _all_within(item.children, (number,))
        case Table():
            if block.caption:
                yield 0, ()
            rows = ((block.header,) if block.header else ()) + block.rows
            for row, cells in enumerate(rows):
                yield from ((0, (row, column)) for column in range(len(cells)))
        case DefinitionList(definitions):
            for one in definitions:
                yield 0, ()
                for meaning in one.meanings:
                    yield from _all_within(meaning, ())
        case Quote(children) | Footnote(_, children):
            yield from _all_within(children, ())
        case Box(_, title, children):
            if title:
                yield 0, ()
            yield from _all_within(children, ())
        case _:
            yield from ((0, spot) for _ in block_proses(block))
