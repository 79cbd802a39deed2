"""Where each sentence of a document stands, in the words that messages use for a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publish.languages.language import Language
from publish.model import Document, Paragraph, Role, Unit, blocks, proses
from publish.reading.segmenting import cut, translatable

__all__ = ["Placed", "placed"]

TEXT = frozenset((Role.PARAGRAPH, Role.ITEM, Role.QUOTE))


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit at one of its places: `protection, sentence 3`, or `protection, heading`.

    `paragraph` is the id that editions give its paragraph or list item (`p12`), empty elsewhere.
    """

    unit: Unit
    place: str
    paragraph: str = ""


def placed(document: Document, language: Language) -> Iterator[Placed]:
    """Every unit of a document in reading order, those without letters included.

    `language` is the document's.  Sentences of running text are numbered within their section;
    those without letters do not count, as no catalog has them.
    """
    paragraphs = _paragraphs(document)
    counted: Counter[str] = Counter()
    for prose in proses(document):
        for unit in cut(prose, language).units:
            running = unit.role in TEXT
            counted[unit.place] += running and translatable(unit)
            words = f"sentence {counted[unit.place]}" if running else str(unit.role)
            place = f"{unit.place}, {words}" if unit.place else words
            yield Placed(unit, place, paragraphs.get(id(prose), ""))


def _paragraphs(document: Document) -> dict[int, str]:
    """The ids of the paragraphs of the body, by the identity of their text."""
    every = blocks(replace(document, notes=()))
    found = [block.prose for block in every if isinstance(block, Paragraph)]
    return {id(prose): f"p{number}" for number, prose in enumerate(found, 1)}
