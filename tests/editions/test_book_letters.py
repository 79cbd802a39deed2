"""The letters of a document in parts: a part is written again if its codes are others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from publish.editions.pdf.letters.cells import Shape
from publish.editions.pdf.letters.codes import Codes, FontCodes
from publish.editions.pdf.parts.bookletters import UsedLetters, name_codes

PARTS = {
    "a": UsedLetters((("F", 1, "a"),), ()),
    "b": UsedLetters((("F", 2, "b"),), ()),
    "odd": UsedLetters((("F", 1, "a"), ("F", 2, "x")), ()),
    "need": UsedLetters((("F", 1, "a"),), (("F", 2, "y"),)),
}


def _make_codes(letter: str = "a", width: float = 500, code: int = 9) -> Codes:
    """The codes of a font: the letter of glyph 1, the width of glyph 2, the code of a need."""
    widths = {1: 400, 2: width, 8: 300, 9: 300}
    font = SimpleNamespace(hash="F")
    added: dict[tuple[Shape, str], int] = {(2, "x"): 8, (2, "y"): code}
    return {"F": FontCodes([font], {1: letter, 2: "b"}, widths, composed=True, added=added)}


@pytest.mark.parametrize(
    ("others", "changed"),
    [
        (_make_codes(), set()),
        (_make_codes(letter="A"), {"a", "odd", "need"}),
        (_make_codes(width=501), {"b", "odd"}),
        (_make_codes(code=8), {"odd", "need"}),
    ],
)
def test_a_key_changes_with_the_codes_that_its_part_uses(others: Codes, changed: set[str]) -> None:
    before, after = (name_codes(PARTS.values(), codes) for codes in (_make_codes(), others))
    pairs = zip(PARTS, before, after, strict=True)
    assert {name for name, one, other in pairs if one != other} == changed
