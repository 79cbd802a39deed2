"""The sentences of one part of a document, by names that do not depend on other parts."""

from __future__ import annotations

from publish.editions.pdf.parts.splitting import Split
from publish.editions.pdf.unittexts import Ids, UnitPiece, UnitTexts

__all__ = ["find_first", "split_texts"]


def find_first(split: Split, number: int) -> int:
    """Return the number of the first element of a part, in the order of the whole text."""
    return split.order.numbers[split.begin(number)]


def split_texts(texts: UnitTexts, split: Split, number: int) -> tuple[UnitTexts, dict[Ids, Ids]]:
    """Return the texts of a part, by the numbers of its elements, and the ids of their names.

    The names are numbers, in the order in which sentences begin in the part.
    """
    first = find_first(split, number)
    names: dict[Ids, Ids] = {(): ()}
    pieces: dict[int, tuple[UnitPiece, ...]] = {}
    listed = []
    for at in split.number_texts(number).values():
        if at + first in texts.pieces:
            pieces[at] = tuple(
                UnitPiece(piece.text, names.setdefault(piece.ids, (str(len(names)),)))
                for piece in texts.pieces[at + first]
            )
        if at + first in texts.listed:
            listed.append(at)
    about = None if texts.about is None or number else texts.about - first
    own = UnitTexts(pieces, frozenset(listed), about)
    return own, {name: ids for ids, name in names.items()}
