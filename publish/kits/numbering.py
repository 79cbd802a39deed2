"""Where a text stands, in words that editions show too: the paragraph's number, the section.

Numbers are those of the ids `p1`, `p2`… that every edition gives its paragraphs and list items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from publish.languages.language import Language
from publish.model import (
    Block,
    Document,
    Footnote,
    FootnoteMark,
    Key,
    ListBlock,
    Paragraph,
    Quote,
    block_proses,
    proses,
    walk_inlines,
)
from publish.reading.segmenting import cut, translatable

__all__ = ["numbers", "places"]


def numbers(document: Document) -> tuple[str, ...]:
    """The id of the paragraph of each text, in the order of `proses`; empty where it has none."""
    counter = count(1)
    front = ("" for _ in document.front)
    body = _numbers(document.body, counter)
    notes = {note.label: _numbers(note.children, counter) for note in _in_order(document)}
    return (*front, *body, *(number for note in document.notes for number in notes[note.label]))


def _numbers(blocks: Iterable[Block], counter: Iterator[int]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(f"p{next(counter)}")
            case ListBlock(items):
                for item in items:
                    found += _numbers(item.children, counter)
            case Quote(children):
                found += _numbers(children, counter)
            case _:
                found += ("" for _ in block_proses(block))
    return found


def _in_order(document: Document) -> list[Footnote]:
    """The notes as readers meet their marks; those that no mark refers to come first."""
    labels: dict[str, int] = {}
    for prose in proses(document):
        for node in walk_inlines(prose.content):
            if isinstance(node, FootnoteMark):
                labels.setdefault(node.label, len(labels) + 1)
    return sorted(document.notes, key=lambda note: labels.get(note.label, 0))


def places(document: Document, language: Language) -> dict[Key, str]:
    """Where each sentence stands first: `protection ¶12`, `protection, heading`, `title`.

    `language` is that of the source.
    """
    found: dict[Key, str] = {}
    for number, prose in zip(numbers(document), proses(document), strict=True):
        what = f"¶{number[1:]}" if number else str(prose.role)
        gap = " " if number else ", "
        where = f"{prose.place}{gap}{what}" if prose.place else what
        for unit in filter(translatable, cut(prose, language).units):
            found.setdefault(unit.key, where)
    return found
