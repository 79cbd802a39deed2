"""The sentences of a document in parts: by names that do not depend on other parts, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publish.editions.pdf.parts.keeping import make_places_key, run_kept
from publish.editions.pdf.parts.placing import Making, PlacedPart
from publish.editions.pdf.parts.recording import unpack
from publish.editions.pdf.parts.splitting import Split
from publish.editions.pdf.unitboxes import UnitPlaces, read_unit_places
from publish.editions.pdf.unittexts import Ids, UnitPiece, UnitTexts

__all__ = ["find_places"]


def find_places(making: Making, parts: Sequence[PlacedPart]) -> UnitPlaces | None:
    """Return the places of sentences on all pages, if they are wanted; those of parts are kept."""
    setting = making.setting
    if setting.texts is None:
        return None
    own: dict[int, UnitTexts] = {}
    names: dict[int, Mapping[Ids, Ids]] = {}
    for at, part in enumerate(parts):
        if part.lines_key:  # A blank page has none.
            own[at], names[at] = _split_texts(setting.texts, setting.split, part.number)
    keys = {at: make_places_key(parts[at].lines_key, texts) for at, texts in own.items()}

    def work(at: int) -> UnitPlaces:
        return read_unit_places(unpack(parts[at].open_lines()), own[at], setting.styles.fonts)

    made = dict(zip(keys, run_kept(making.run, making.store, work, keys), strict=True))
    found: list[UnitPlaces] = []
    page = 0
    for at, part in enumerate(parts):
        if at in made:
            first = setting.split.number_first(part.number)
            found.append(made[at].renumber(first, page, names[at]))
        page += len(part.laid.pages)
    shown = {number: one for places in reversed(found) for number, one in places.shown.items()}
    return UnitPlaces([one for places in found for one in places.parts], shown)


def _split_texts(texts: UnitTexts, split: Split, number: int) -> tuple[UnitTexts, dict[Ids, Ids]]:
    """Return the texts of a part, by the numbers of its elements, and the ids of their names.

    The names are numbers, in the order in which sentences begin in the part.
    """
    first = split.number_first(number)
    names: dict[Ids, Ids] = {(): ()}
    pieces: dict[int, tuple[UnitPiece, ...]] = {}
    listed = []
    for _, at in split.list_numbers(number):
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
