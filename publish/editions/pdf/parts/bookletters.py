"""The letters of all parts of a document, read once: their fonts, and the codes they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from publish.editions.fontfiles import FontFace
from publish.editions.pdf.letters.codes import Codes, LetterCounts, find_odd
from publish.editions.pdf.parts.keeping import join_keys
from publish.editions.pdf.parts.layering import LayeredPart
from publish.editions.pdf.parts.mergedfonts import make_fonts
from publish.editions.pdf.parts.pagecontents import Layer, Need
from publish.editions.pdf.parts.recording import FontFacts

__all__ = ["BookLetters", "UsedLetters", "name_codes", "read_letters"]


@dataclass(frozen=True, slots=True)
class UsedLetters:
    """The letters that the pages of a part show, and what its lines need besides."""

    letters: tuple[tuple[str, int, str], ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class BookLetters:
    """WeasyPrint's fonts by its keys, how often letters are shown, and those of each part.

    `bare` are those that a part shows without the numbers that are put in.
    """

    fonts: Mapping[int, Any]
    counts: LetterCounts
    used: tuple[UsedLetters, ...]
    bare: tuple[UsedLetters, ...]


def read_letters(parts: Iterable[LayeredPart], faces: Sequence[FontFace]) -> BookLetters:
    """Return the letters of all parts; each part is opened and let go of.

    Raises WholeNeededError if the file of a font is none of the faces.
    """
    counts: LetterCounts = Counter()
    used: list[UsedLetters] = []
    bare: list[UsedLetters] = []
    known: dict[Any, Any] = {}  # What several parts use is one object.

    def note(layers: Iterable[Layer]) -> UsedLetters:
        letters = {known.setdefault(one, one) for layer in layers for one in layer.counts}
        needs = {known.setdefault(one, one) for layer in layers for one in layer.needs}
        return UsedLetters(tuple(letters), tuple(needs))

    def read_fonts() -> Iterator[FontFacts]:
        for part in parts:
            layers, fonts = part.open_letters()
            for layer in layers:
                counts.update(layer.counts)
            used.append(note(layers))
            without = part.open_letters(bare=True)[0] if part.is_numbered else None
            bare.append(used[-1] if without is None else note(without))
            yield from fonts

    fonts = make_fonts(read_fonts(), faces)
    return BookLetters(fonts, counts, tuple(used), tuple(bare))


def name_codes(parts: Iterable[UsedLetters], codes: Codes) -> list[str]:
    """Return a key of the codes that each part uses."""
    found = list(parts)
    odd = find_odd((letter for one in found for letter in one.letters), codes)
    every = [repr((name, one.added, one.others)) for name, one in codes.items()]

    @cache
    def describe(font: str, glyph: int) -> str:
        own = codes[font]
        return repr((font, glyph, own.letters.get(glyph), own.widths.get(glyph)))

    @cache
    def describe_need(need: Need) -> str:
        font, shape, text = need
        return repr((need, codes[font].find(shape, text)))

    return [
        join_keys(
            "codes",
            *sorted({describe(font, glyph) for font, glyph, _ in one.letters}),
            *sorted(map(describe_need, one.needs)),
            *([] if odd.isdisjoint(one.letters) else every),
        )
        for one in found
    ]
