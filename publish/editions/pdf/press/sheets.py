"""The order of the pages of a booklet on sheets of A4, and what each side of a sheet shows.

Two A5 pages stand on each side.  The sheets lie in one another and are folded in the middle, or in
several gatherings, one behind the other.  The check of finished files uses the same functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = [
    "MOST_SHEETS",
    "PAPER",
    "SHEET",
    "Folding",
    "Side",
    "arrange_sides",
    "find_creep",
    "paint_side",
    "place_page",
]

Matrix = tuple[float, float, float, float, float, float]

SHEET = (841.89, 595.276)
"""The width and height of a sheet in points: A4 on its side."""

MOST_SHEETS = 16
"""More sheets than this do not stay folded in one another, and long staples do not reach."""

PAPER = 0.1
"""How thick paper of 80 grams is, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """How sheets are folded: `most` in one another, all if 0; `leftward` is from right to left."""

    most: int = 0
    leftward: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet with the numbers of its pages, from 0; None for an empty one.

    `gathering` and `sheet` count from 1, `sheet` within the gathering.  `last` says that there is
    one gathering only.
    """

    gathering: int
    sheet: int
    front: bool
    left: int | None
    right: int | None
    alone: bool

    @property
    def pages(self) -> Iterator[tuple[str, int]]:
        """The pages of this side with their names."""
        if self.left is not None:
            yield "L", self.left
        if self.right is not None:
            yield "R", self.right


def arrange_sides(count: int, folding: Folding) -> tuple[Side, ...]:
    """Return the sides of the sheets of `count` pages in the order in which they are printed."""
    gatherings = list(_split(-(-count // 4), folding.most))
    sides: list[Side] = []
    first = 0
    for number, sheets in enumerate(gatherings, 1):
        last = first + 4 * sheets - 1
        for sheet in range(sheets):
            outer, inner = first + 2 * sheet, last - 2 * sheet
            for front, one, two in ((True, inner, outer), (False, outer + 1, inner - 1)):
                left, right = (two, one) if folding.leftward else (one, two)
                left_page = left if left < count else None
                right_page = right if right < count else None
                alone = len(gatherings) == 1
                sides.append(Side(number, sheet + 1, front, left_page, right_page, alone))
        first = last + 1
    return tuple(sides)


def _split(sheets: int, most: int) -> Iterator[int]:
    """Yield how many sheets each gathering has; they differ by one at most."""
    parts = -(-sheets // most) if most else 1
    for part in range(parts):
        yield sheets * (part + 1) // parts - sheets * part // parts


def find_creep(sheets: int) -> float:
    """Return by how many millimetres the innermost of folded sheets stands out."""
    return (sheets - 1) * PAPER


def place_page(name: str, width: float, height: float) -> Matrix:
    """Return the matrix that puts a page left (`L`) or right (`R`) of the fold.

    A page for a wide table is turned: its head is at the left.
    """
    wide, high = SHEET
    turned = width > height
    across, up = (height, width) if turned else (width, height)
    left = wide / 2 - (across if name == "L" else 0)
    foot = (high - up) / 2
    return (0, 1, -1, 0, left + across, foot) if turned else (1, 0, 0, 1, left, foot)


def paint_side(side: Side, matrices: Mapping[str, Matrix]) -> bytes:
    """Return the content of one side: its pages, and the number of the sheet in the fold.

    The side that is the cover has no number.
    """
    parts = [
        f"q {' '.join(_number(one) for one in matrices[name])} cm /{name} Do Q"
        for name, _ in side.pages
    ]
    if (side.gathering, side.sheet, side.front) != (1, 1, True):
        parts.append("/Artifact BMC")
        parts.append("q 0.4 G 0.5 w")
        parts += _lines(side)
        parts.append("Q EMC")
    return "\n".join(parts).encode()


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


# --------------------------------------------------------------------------- marks in the fold

_SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abdeg",
    "3": "abcdg",
    "4": "bcfg",
    "5": "acdfg",
    "6": "acdefg",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
    "A": "abcefg",
    "b": "cdefg",
    "-": "g",
}
"""The strokes of each sign, as on a clock with seven of them; a font would be text of the file."""

_STROKES = {
    "a": (0, 2, 1, 2),
    "b": (1, 1, 1, 2),
    "c": (1, 0, 1, 1),
    "d": (0, 0, 1, 0),
    "e": (0, 0, 0, 1),
    "f": (0, 1, 0, 2),
    "g": (0, 1, 1, 1),
}
_WIDE, _APART, _MARK_FOOT = 2.4, 4.2, 36.0


def _lines(side: Side) -> Iterator[str]:
    """Yield the drawing of the fold and, right of it, of the sheet's number and side."""
    middle, high = SHEET[0] / 2, SHEET[1]
    for low, top in ((14.0, 30.0), (high - 30, high - 14)):
        yield _line(middle, low, middle, top)
    gathering = "" if side.alone else f"{side.gathering}-"
    label = f"{gathering}{side.sheet}{'A' if side.front else 'b'}"
    for place, sign in enumerate(label):
        at = middle + 4 + place * _APART
        for name in _SEGMENTS[sign]:
            x, y, right, top = (_WIDE * one for one in _STROKES[name])
            yield _line(at + x, _MARK_FOOT + y, at + right, _MARK_FOOT + top)


def _line(x: float, y: float, right: float, top: float) -> str:
    return f"{_number(x)} {_number(y)} m {_number(right)} {_number(top)} l S"
