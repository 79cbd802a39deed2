"""Booklets, folded in thought: the leaves of the sheets, turned one by one, give the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from publish.building.sheetcounts import tell_sheets
from publish.editions.pagination import Pagination
from publish.editions.pdf.press.sheets import (
    SHEET,
    Folding,
    Side,
    arrange_sides,
    find_creep,
    paint_side,
    place_page,
)
from publish.model import Edition

COUNTS = range(1, 41)
BOOKLET = Edition(document="a", language="en", format="pdf", page="booklet")


def folded(sides: tuple[Side, ...], *, leftward: bool) -> Iterator[int | None]:
    """The pages in the order in which a reader turns them.

    The sheets of a gathering lie in one another, the first one outside.  A reader meets the first
    leaf of each sheet from the outer to the inner one, then the second leaves the other way.
    """
    for number in dict.fromkeys(side.gathering for side in sides):
        own = [side for side in sides if side.gathering == number]
        sheets = list(zip(own[::2], own[1::2], strict=True))
        for front, back in sheets:
            assert (front.front, back.front) == (True, False)
            assert front.sheet == back.sheet
            yield front.left if leftward else front.right
            yield back.right if leftward else back.left
        for front, back in reversed(sheets):
            yield back.left if leftward else back.right
            yield front.right if leftward else front.left


@pytest.mark.parametrize("leftward", [False, True])
@pytest.mark.parametrize("most", [0, 1, 2, 3, 7])
def test_turned_leaf_by_leaf_the_sheets_give_the_pages_in_order(most: int, leftward: bool) -> None:
    for count in COUNTS:
        sides = arrange_sides(count, Folding(most=most, leftward=leftward))
        pages = list(folded(sides, leftward=leftward))
        assert pages[:count] == list(range(count)), count
        assert set(pages[count:]) <= {None}, "the empty pages are the last ones"
        assert len(pages) == 4 * -(-count // 4)


def test_gatherings_are_as_thick_as_one_another() -> None:
    for count in COUNTS:
        for most in (1, 2, 3, 7):
            sides = arrange_sides(count, Folding(most=most))
            thick = [
                max(side.sheet for side in sides if side.gathering == number)
                for number in range(1, sides[-1].gathering + 1)
            ]
            assert max(thick) <= most
            assert max(thick) - min(thick) <= 1
            assert len(thick) == -(-len(sides) // 2 // most)


def test_a_page_is_in_its_half_of_the_sheet_and_a_wide_one_is_turned() -> None:
    wide, high = SHEET
    for name, half in (("L", (0.0, wide / 2)), ("R", (wide / 2, wide))):
        for width, height in ((419.53, 595.28), (595.28, 419.53)):
            a, b, c, d, e, f = place_page(name, width, height)
            corners = [
                (a * x + c * y + e, b * x + d * y + f) for x in (0, width) for y in (0, height)
            ]
            assert half[0] - 0.01 <= min(x for x, _ in corners)
            assert max(x for x, _ in corners) <= half[1] + 0.01
            assert all(-0.01 <= y <= high + 0.01 for _, y in corners)


def test_each_side_has_its_own_mark_but_the_cover_has_none() -> None:
    sides = arrange_sides(40, Folding(most=3))
    marks = [paint_side(side, {"L": (1, 0, 0, 1, 0, 0), "R": (1, 0, 0, 1, 0, 0)}) for side in sides]
    assert b"Artifact" not in marks[0]
    assert len(set(marks)) == len(sides)
    assert all(b"Artifact" in mark for mark in marks[1:])


@pytest.mark.parametrize(
    ("pages", "most", "sheets", "creep", "more"),
    [
        (1, 0, "1 sheet of A4", "1 sheet of A4", []),
        (5, 0, "2 sheets of A4; ", "stand out by 0.1 mm", []),
        (62, 0, "16 sheets of A4; ", "stand out by 1.5 mm", []),
        (65, 0, "17 sheets of A4; ", "stand out by 1.6 mm", ["booklet-thick"]),
        (65, 8, "17 sheets of A4, in 3 gatherings of up to 6; ", "stand out by 0.5 mm", []),
    ],
)
def test_it_is_said_how_many_sheets_there_are_and_how_far_the_inner_ones_stand_out(
    pages: int, most: int, sheets: str, creep: str, more: list[str]
) -> None:
    first, *others = tell_sheets(BOOKLET, Pagination(((0, 0),) * pages, ""), most)
    assert f"booklet in en: {sheets}" in first.message
    assert first.message.endswith(creep)
    assert [one.code for one in others] == more
    assert find_creep(1) == 0


def test_nothing_is_said_of_other_pages() -> None:
    other = Edition(document="a", language="en", format="pdf", page="large")
    assert not list(tell_sheets(other, Pagination(((0, 0),) * 90, ""), 0))
