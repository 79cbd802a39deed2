"""The sentences of one part of a document, by names that do not depend on other parts."""

from __future__ import annotations

from publish.editions.pdf.parts.splitting import Part, Split
from publish.editions.pdf.unittexts import Ids, UnitPiece, UnitTexts

__all__ = ["find_first", "split_texts"]


def find_first(split: Split, number: int) -> int:
    """Return the number of the first element of a part, in the order of the whole text."""
    return split.order.numbers[split.begin(number)]


def split_texts(texts: UnitTexts, split: Split, part: Part) -> tuple[UnitTexts, dict[Ids, Ids]]:
    """Return the texts of a part, by the numbers of its elements, and the ids of their names.

    The names are numbers, in the order in which sentences begin in the part.
    """
    first = find_first(split, part.number)
    names: dict[Ids, Ids] = {(): ()}
    pieces: dict[int, tuple[UnitPiece, ...]] = {}
    listed = []
    for number in part.order.numbers.values():
        if number + first in texts.pieces:
            pieces[number] = tuple(
                UnitPiece(piece.text, names.setdefault(piece.ids, (str(len(names)),)))
                for piece in texts.pieces[number + first]
            )
        if number + first in texts.listed:
            listed.append(number)
    about = None if texts.about is None else texts.about - first
    own = UnitTexts(pieces, frozenset(listed), about)
    return own, {name: ids for ids, name in names.items()}
