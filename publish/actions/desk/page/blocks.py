"""The blocks of a source as pieces of a page, each with the numbers of its texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.editions.html.tidying import find_rank_shift
from publish.editions.page.blocks import START
from publish.editions.page.captions import name_listed
from publish.model import (
    Block,
    Box,
    DefinitionList,
    Document,
    Figure,
    Footnote,
    Heading,
    Link,
    ListBlock,
    Quote,
    Table,
    block_proses,
    walk_inlines,
)
from publish.reading.locations import order_notes
from publish.reading.numbering import Shown
from publish.translation.narrowing import SourceIndex

__all__ = ["BlockPiece", "PageOutline", "Target", "outline_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPiece:
    """A block, or figures in a row, that is written alone; `texts` are the numbers of its texts.

    `section` is the id of the section that it opens, if it is a heading.
    """

    name: str
    blocks: tuple[Block, ...]
    texts: range
    section: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A heading, a figure or a table, which has a name for links and contents."""

    block: Heading | Shown
    texts: range


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOutline:
    """What a page is made of, the same in every language and every way of showing.

    `body` has the pieces and, as text, the starts and ends of the sections around them; `notes`
    has the pieces of the notes in the order of editions.  `front` are the numbers of the texts of
    the front matter, `large` of those in long tables and lists, which are kept once composed.
    `shift` is by how much headings are lowered.  `pieces` are those of body and notes in the order
    in which they are shown, `piece_of` has their places there by the numbers of texts, `led_from`
    those with links by the id that is led to; `target_leads` and `front_leads` are the ids that
    targets and front matter lead to.
    """

    index: SourceIndex
    document: Document
    front: range
    body: tuple[BlockPiece | str, ...]
    notes: tuple[BlockPiece, ...]
    targets: tuple[Target, ...]
    large: frozenset[int]
    shift: int
    pieces: tuple[BlockPiece, ...]
    piece_of: Mapping[int, int]
    led_from: Mapping[str, Sequence[int]]
    target_leads: Mapping[int, frozenset[str]]
    front_leads: frozenset[str]


def outline_page(index: SourceIndex, lists: Collection[str]) -> PageOutline:
    """Return what a page of a source is made of; `lists` are those that the page has."""
    document = name_listed(index.source.document, lists)
    front = range(len(document.front))
    body = list(_number(document.body, front.stop))
    last = body[-1][1].stop if body else front.stop
    notes = dict(zip(document.notes, _number(document.notes, last), strict=True))
    every = [*body, *(notes[note] for note in order_notes(document))]
    levels = [block.level for block, _ in _walk(body) if isinstance(block, Heading)]
    nested = tuple(_nest(body))
    note_pieces = tuple(
        BlockPiece(name=f"note-{number}", blocks=(note,), texts=texts)
        for number, (note, texts) in enumerate(every[len(body) :], 1)
    )
    pieces = (*(one for one in nested if isinstance(one, BlockPiece)), *note_pieces)
    targets = (
        *(Target(block, texts) for block, texts in body if isinstance(block, Heading)),
        *(Target(b, texts) for b, texts in _walk(every) if isinstance(b, Figure | Table)),
    )
    led = ((n, leads) for n, one in enumerate(targets) if (leads := _find_leads([one.block])))
    return PageOutline(
        index=index,
        document=document,
        front=front,
        body=nested,
        notes=note_pieces,
        targets=targets,
        large=frozenset(n for _, texts in every if len(texts) > LARGE for n in texts),
        shift=find_rank_shift(levels),
        pieces=pieces,
        piece_of={n: at for at, piece in enumerate(pieces) for n in piece.texts},
        led_from=_list_led(pieces),
        target_leads=dict(led),
        front_leads=_find_leads(document.front),
    )


def _list_led(pieces: Sequence[BlockPiece]) -> dict[str, list[int]]:
    """Return the places of the pieces with links by the id that is led to."""
    found: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        for lead in _find_leads(piece.blocks):
            found.setdefault(lead, []).append(at)
    return found


def _find_leads(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the ids that the links of some blocks lead to."""
    return frozenset(
        node.href[1:]
        for block in blocks
        for prose in block_proses(block)
        for node in walk_inlines(prose.content)
        if isinstance(node, Link) and node.href.startswith("#")
    )


LARGE = 20
"""The texts of a block that is long: most of them stay as they are when one changes."""

Numbered = tuple[Block, range]


def _number(blocks: Sequence[Block], first: int) -> Iterator[Numbered]:
    """Yield blocks with the numbers of their texts."""
    for block in blocks:
        texts = range(first, first + sum(1 for _ in block_proses(block)))
        first = texts.stop
        yield block, texts


def _walk(every: Sequence[Numbered]) -> Iterator[Numbered]:
    """Yield blocks and all blocks in them, parents first."""
    for block, texts in every:
        yield block, texts
        yield from _walk(list(_number_inner(block, texts.start)))


def _number_inner(block: Block, first: int) -> Iterator[Numbered]:
    match block:
        case ListBlock(items):
            yield from _number([child for item in items for child in item.children], first)
        case Quote(children) | Footnote(_, children):
            yield from _number(children, first)
        case Box(_, title, children):
            yield from _number(children, first + (title is not None))
        case DefinitionList(definitions):
            for one in definitions:
                first += 1
                for inner in _number([c for meaning in one.meanings for c in meaning], first):
                    first = inner[1].stop
                    yield inner
        case _:
            return


def _nest(body: Sequence[Numbered]) -> Iterator[BlockPiece | str]:
    """Yield the pieces of a body within the sections that headings open."""
    open_levels: list[int] = []
    at = 0
    while at < len(body):
        block, texts = body[at]
        if isinstance(block, Heading):
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
                yield "</section>"
            open_levels.append(block.level)
            yield block.id
            yield BlockPiece(name=f"block-{at + 1}", blocks=(block,), texts=texts, section=block.id)
            at += 1
            continue
        if not open_levels:
            open_levels.append(1)
            yield START
        end = at + 1
        while end < len(body) and _stands_beside(body[end][0]):
            end += 1
        row = range(texts.start, body[end - 1][1].stop)
        yield BlockPiece(
            name=f"block-{at + 1}", blocks=tuple(b for b, _ in body[at:end]), texts=row
        )
        at = end
    yield from ("</section>" for _ in open_levels)


def _stands_beside(block: Block) -> bool:
    return isinstance(block, Figure) and block.beside
