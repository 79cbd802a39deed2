"""What would be refused, put right: titles, levels, ids, links, empty sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from publish.importing.markup.reading import PageReading
from publish.model import (
    Block,
    Break,
    Document,
    Emphasis,
    Figure,
    Footnote,
    FootnoteMark,
    Heading,
    Inline,
    Inlines,
    Link,
    Prose,
    Strong,
    Styled,
    Text,
    ThematicBreak,
    block_proses,
    map_inlines,
    plain,
    rebuild,
    walk_inlines,
)
from publish.reading.blocks.figurelinks import map_figures
from publish.reading.blocks.headings import make_slug
from publish.reading.faults import Faults
from publish.reading.marks.inline import normalise
from publish.reading.numbering import list_shown
from publish.reading.outline import place_headings, set_outline

__all__ = [
    "connect",
    "drop_ends",
    "drop_marks",
    "labels_in",
    "make_section_id",
    "take_title",
    "used_notes",
]

LONGEST_ID = 48
NOTES = re.compile(
    r"(?:foot|end)?notes?|footnotes? and references|references|сноски|примечания|bellikler|"
    r"(?:fuß|end)noten|anmerkungen|notes de bas de page|notas|dipnotlar",
    re.IGNORECASE,
)
"""Headings of notes at the end of a page."""
BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class TakenTitle:
    """The text of the heading that is the title, and the blocks without it; None if none is."""

    content: Inlines | None
    blocks: tuple[Block, ...]


def take_title(blocks: Sequence[Block], other: str) -> TakenTitle:
    """Return the title that a text begins with: its only top heading, before all other text.

    Where the page has another title, a first heading that says the same is the title, too.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    first = next((at for at, block in enumerate(blocks) if not isinstance(block, Figure)), 0)
    if not headings or blocks[first] is not headings[0]:
        return TakenTitle(None, tuple(blocks))
    top = min(heading.level for heading in headings)
    levels = [heading.level for heading in headings]
    alone = levels.count(top) == 1 and headings[0].level == top == 1
    says = " ".join(plain(headings[0].prose.content).split()).casefold()
    if not alone and says not in other.casefold():
        return TakenTitle(None, tuple(blocks))
    if len(headings) == len(blocks) == 1:
        return TakenTitle(None, tuple(blocks))
    rest = tuple(block for block in blocks if block is not headings[0])
    return TakenTitle(headings[0].prose.content, rest)


def connect(document: Document, reading: PageReading, first: int) -> Document:
    """Return a document with ids, levels without gaps, and links that lead somewhere.

    `first` is how many headings of the page the document begins after: one if it is the title.
    """
    headings = [block for block in document.body if isinstance(block, Heading)]
    named = [replace(one, id=make_section_id(plain(one.prose.content))) for one in headings]
    spans = {id(one): at for at, one in enumerate(headings)}
    document = replace(
        document,
        body=tuple(
            named[spans[id(one)]] if isinstance(one, Heading) else one for one in document.body
        ),
    )
    placed = place_headings(named, (), {}, Faults())
    document = set_outline(document, placed)
    ids = [one.id for one in placed]
    shown = {one.id for one in list_shown(document) if one.id}

    def target(href: str) -> str:
        if href[1:] in shown:
            return href
        number = reading.anchors.get(href[1:], -1) - first
        return f"#{ids[number]}" if 0 <= number < len(ids) else ""

    return _linked(document, target, reading)


def make_section_id(text: str) -> str:
    """Return the id of a section, without what is in brackets, and cut where it is long."""
    slug = make_slug(BRACKETS.sub("", text) or text)
    if len(slug) <= LONGEST_ID:
        return slug
    return slug[: LONGEST_ID + 1].rpartition("-")[0] or slug[:LONGEST_ID]


def _linked(document: Document, target: Callable[[str], str], reading: PageReading) -> Document:
    def change(prose: Prose) -> Prose:
        if not any(isinstance(n, Link) and n.href[:1] == "#" for n in walk_inlines(prose.content)):
            return prose
        return replace(prose, content=normalise(_targeted(prose, target, reading)))

    def change_figure(figure: Figure) -> Figure:
        if figure.href.startswith("#"):
            return replace(figure, href=target(figure.href))
        return figure

    return map_figures(rebuild(document, change), change_figure)


def _targeted(prose: Prose, target: Callable[[str], str], reading: PageReading) -> Inlines:
    """Return a text whose links within the page lead to sections; dead ones are text."""
    made: list[Inline] = []

    def change(node: Inline) -> Inline:
        if isinstance(node, Link) and node.href.startswith("#"):
            return replace(node, href=target(node.href) or f"\0{node.href}")
        return node

    for node in map_inlines(change, prose.content):
        made += _unlinked(node, reading)
    return tuple(made)


def _unlinked(node: Inline, reading: PageReading) -> Inlines:
    if isinstance(node, Link) and node.href.startswith("\0"):
        shown = " ".join(plain(node.children).split())[:60]
        if node.href not in ("\0#", "\0#top"):
            reading.lose_text("", "link", "in the text", f"“{shown}” to {node.href[1:]}")
        return node.children
    if isinstance(node, Emphasis | Strong | Styled | Link):
        children = tuple(one for child in node.children for one in _unlinked(child, reading))
        return (replace(node, children=children),)
    return (node,)


def drop_ends(
    blocks: Sequence[Block], notes: Sequence[Footnote], reading: PageReading
) -> list[Block]:
    """Return blocks without what only stood above the notes: a line at the end, a heading."""
    kept = _without_lines(list(blocks))
    last = kept[-1] if len(kept) > 1 else None
    if notes and isinstance(last, Heading):
        text = " ".join(plain(last.prose.content).split())
        if NOTES.fullmatch(text):
            why = "editions set notes by themselves"
            reading.lose_text(text, "heading", "above the notes", why)
            kept.pop()
    return _without_lines(kept)


def _without_lines(blocks: list[Block]) -> list[Block]:
    while len(blocks) > 1 and isinstance(blocks[-1], ThematicBreak):
        blocks.pop()
    return blocks


def drop_marks(tree: Inlines) -> Inlines:
    """Return a text without marks of notes and line breaks, as titles have to be."""
    return normalise(tuple(_without_marks(tree)))


def _without_marks(tree: Inlines) -> Inlines:
    def change(node: Inline) -> Inline:
        match node:
            case FootnoteMark():
                return Text("")
            case Break():
                return Text(" ")
            case _:
                return node

    return map_inlines(change, tree)


def labels_in(tree: Inlines) -> list[str]:
    """Return the labels of the notes whose marks are in a text."""
    return [node.label for node in walk_inlines(tree) if isinstance(node, FootnoteMark)]


def used_notes(body: Sequence[Block], notes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """Return the notes whose marks are in the text or in a note that is used."""
    by_label = {note.label: note for note in notes}
    waiting = [
        label
        for block in body
        for prose in block_proses(block)
        for label in labels_in(prose.content)
    ]
    used: dict[str, Footnote] = {}
    while waiting:
        label = waiting.pop(0)
        if label in by_label and label not in used:
            used[label] = by_label[label]
            waiting += [
                one for prose in block_proses(by_label[label]) for one in labels_in(prose.content)
            ]
    return tuple(note for note in notes if note.label in used)
