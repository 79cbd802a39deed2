"""Writes the tag tree of a joined file part by part, as it would have grown from all pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.objects.serialising import settle, settle_reserved
from publish.editions.pdf.parts.pagewriting import (
    POINTS,
    JoinedPart,
    PageWriting,
    make_links,
    measure_page,
)
from publish.editions.pdf.parts.recording import PageHead
from publish.editions.pdf.parts.splitting import Split
from publish.editions.pdf.tags.tagfile import PaintedMarks, begin_tags, end_tags, write_tags
from publish.editions.pdf.tags.tagtree import ShownPiece, TagTree, open_tag_tree, take_step

__all__ = ["write_part_tags"]


@dataclass(eq=False, slots=True)
class _Piece:
    """An image or the area of a link, with its annotation if it has any."""

    element: Element
    place: tuple[float, float, float, float] | None
    link_annotation: Any = None

    def content_box_x(self) -> float:
        """Return where an image begins, from the left of the page."""
        return self.place[0] if self.place else 0.0

    def content_box_y(self) -> float:
        """Return where an image begins, from the top of the page."""
        return self.place[1] if self.place else 0.0

    @property
    def width(self) -> float:
        """The width of an image."""
        return self.place[2] if self.place else 0.0

    @property
    def height(self) -> float:
        """The height of an image."""
        return self.place[3] if self.place else 0.0


def write_part_tags(writing: PageWriting, split: Split, parts: Sequence[JoinedPart]) -> None:
    """Write the tag tree after all pages; what is written of a part is let go of."""
    parents: dict[Element, Element] = {}
    tree = open_tag_tree(split.root, parents, split.headings)
    tags = begin_tags(writing.pdf, tree, stored=writing.final)
    around = split.around
    page = 0
    for part in parts:
        first = len(writing.pdf.objects)
        tops = split.open(part.number)
        elements = [one for top in tops for one in top.iter()]
        parents.clear()
        parents.update(zip(around[1:], around[:-1], strict=True))
        parents.update(dict.fromkeys(tops, around[-1] if part.number else around[1]))
        parents.update((child, one) for one in elements for child in one)
        find = partial(_find, elements, around)
        painted: dict[int, PaintedMarks] = {}
        for number, head in enumerate(part.open_heads(), page):
            painted[number] = _grow(tree, writing, head, number, find)
        page += len(painted)
        write_tags(tags, painted, around)
        if writing.final:
            settle(writing.pdf, first, (one.number for one in tags.opened.values()))
            settle_reserved(writing.pdf, writing.made)
            writing.made.clear()
        known = {one: tree.nodes[one] for one in around if one in tree.nodes}
        tree.nodes.clear()
        tree.nodes.update(known)
    end_tags(tags)


def _find(elements: Sequence[Element], around: Sequence[Element], at: int) -> Element:
    """Return the element of a part, or of those around it, with a number."""
    return elements[at] if at >= 0 else around[-1 - at]


def _grow(
    tree: TagTree,
    writing: PageWriting,
    head: PageHead,
    number: int,
    find: Callable[[int], Element],
) -> PaintedMarks:
    """Let the tag tree grow as it would have from the boxes of a page; return its marks.

    A text is nothing but its number on the page.
    """
    links = make_links(writing, number, head)
    pieces = {
        at: _Piece(find(one.element), one.place, links.get(at)) for at, one in head.pieces.items()
    }
    for kind, element, at in head.steps:
        piece = ShownPiece(number, pieces.get(at, at), kind == "link") if at >= 0 else None
        take_step(tree, (kind, find(element), piece))
    numbers = {pieces.get(at, at): mark for mark, at in enumerate(head.marks)}
    (_, top, _, bottom), *_ = measure_page(head)
    return PaintedMarks(numbers, (bottom - top) / POINTS)
