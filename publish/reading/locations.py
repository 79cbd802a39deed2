"""Paragraph numbers, note numbers and the location of every sentence.

Nothing else counts them: editions, kits, findings, reviews and lists of changes all use these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from publish.model import (
    Block,
    Box,
    DefinitionList,
    Document,
    Footnote,
    FootnoteMark,
    ListBlock,
    Location,
    Paragraph,
    Prose,
    Quote,
    Role,
    Unit,
    block_proses,
    proses,
    rebuild,
    walk_marks,
)

__all__ = ["LocationCounter", "number_notes", "number_paragraphs", "order_notes"]


def number_notes(document: Document) -> dict[str, int]:
    """Return the number of each footnote label, in the order of the marks in the source.

    A translation may have its marks in another order; its notes keep their numbers.
    """
    labels: dict[str, int] = {note.label: note.number for note in document.notes if note.number}
    if labels:
        return labels
    for prose in proses(document):
        for node in walk_marks(prose.content):
            if isinstance(node, FootnoteMark):
                labels.setdefault(node.label, len(labels) + 1)
    return labels


def order_notes(document: Document) -> tuple[Footnote, ...]:
    """Return the notes in the order of editions; notes without a mark come first."""
    labels = number_notes(document)
    return tuple(sorted(document.notes, key=lambda note: labels.get(note.label, 0)))


def number_paragraphs(document: Document) -> Document:
    """Return the document with the number of each paragraph in its text, and of each note.

    Paragraphs are numbered through the body and then through the notes, as editions print them;
    so are those within lists, quotations and notes.
    """
    labels = number_notes(document)
    kept = (replace(note, number=labels.get(note.label, 0)) for note in document.notes)
    document = replace(document, notes=tuple(kept))
    counter = count(1)
    body = _numbers(document.body, counter)
    notes = {note.label: _numbers(note.children, counter) for note in order_notes(document)}
    every = iter(
        (
            *(0 for _ in document.front),
            *body,
            *(number for note in document.notes for number in notes[note.label]),
        )
    )
    return rebuild(document, lambda prose: _numbered(prose, next(every)))


def _numbered(prose: Prose, number: int) -> Prose:
    return prose if prose.number == number else replace(prose, number=number)


def _numbers(blocks: Iterable[Block], counter: Iterator[int]) -> list[int]:
    """Return the numbers of the blocks' texts, in reading order; 0 for a text that has none."""
    found: list[int] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(next(counter))
            case ListBlock(items):
                for item in items:
                    found += _numbers(item.children, counter)
            case Quote(children):
                found += _numbers(children, counter)
            case DefinitionList(definitions):
                for one in definitions:
                    found.append(0)
                    for meaning in one.meanings:
                        found += _numbers(meaning, counter)
            case Box(_, title, children):
                found += [0] if title else []
                found += _numbers(children, counter)
            case _:
                found += (0 for _ in block_proses(block))
    return found


@dataclass(frozen=True, slots=True)
class LocationCounter:
    """A counter that knows how many texts of each kind every section has had so far."""

    counted: Counter[tuple[str, Role]] = field(default_factory=Counter)

    def locate(self, prose: Prose, units: Sequence[Unit]) -> list[Location]:
        """Return the location of each unit of the next text.

        Units without letters are not counted, since no catalog has them.
        """
        if prose.role is Role.PARAGRAPH:
            return [self._running(prose, unit) for unit in units]
        number = self._next(prose, bool(units))
        wordy = sum(unit.translatable for unit in units)
        parts = count(1)
        return [
            _location(prose, number, next(parts) if wordy > 1 and unit.translatable else 0)
            for unit in units
        ]

    def _running(self, prose: Prose, unit: Unit) -> Location:
        return _location(prose, self._next(prose, unit.translatable))

    def _next(self, prose: Prose, counts: bool) -> int:
        kind = prose.section, prose.role
        number = self.counted[kind] = self.counted[kind] + counts
        return number


def _location(prose: Prose, number: int, part: int = 0) -> Location:
    return Location(
        section=prose.section,
        kind=prose.role,
        number=number,
        part=part,
        paragraph=prose.number,
    )
