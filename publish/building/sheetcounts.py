"""Says how many sheets a booklet has, and when they are too many to be folded together."""

from __future__ import annotations

from collections.abc import Iterator

from publish.editions.pagination import Pagination
from publish.editions.pdf.press.sheets import MOST_SHEETS, PAPER, Folding, arrange_sides, find_creep
from publish.model import PAGES, Edition, Finding, Level

__all__ = ["tell_sheets"]


def tell_sheets(edition: Edition, pages: Pagination | None, most: int) -> Iterator[Finding]:
    """Yield how the sheets of a booklet are printed and folded; `most` as in `Folding`."""
    if not PAGES[edition.page].folded or pages is None:
        return
    sides = arrange_sides(len(pages.starts), Folding(most=most))
    sheets, gatherings = len(sides) // 2, sides[-1].gathering
    thickest = max(side.sheet for side in sides)
    parts = f", in {gatherings} gatherings of up to {thickest}" if gatherings > 1 else ""
    yield Finding(
        code="booklet-sheets",
        level=Level.ADVICE,
        message=f"{edition.document}, booklet in {edition.languages}: {_count(sheets)} of A4{parts}"
        f"{_tell_creep(thickest)}",
        hint="print on both sides, flipped on the short edge, at full size",
    )
    if thickest > MOST_SHEETS:
        several = -(-sheets // (MOST_SHEETS // 2))
        yield Finding(
            code="booklet-thick",
            level=Level.WARNING,
            message=f"{edition.document}, booklet in {edition.languages}: {thickest} sheets are"
            " too many to be folded in one another and stapled",
            hint=f"set booklet-sheets = {MOST_SHEETS // 2}, for {several} gatherings, each of them"
            " folded, and bound one behind the other",
        )


def _count(sheets: int) -> str:
    return f"{sheets} sheet{'s' * (sheets != 1)}"


def _tell_creep(sheets: int) -> str:
    """Say by how much the innermost pages stand out; a single sheet has none within it."""
    if sheets < 2:
        return ""
    creep = f"{find_creep(sheets):.1f} mm"
    return f"; with paper of 80 grams ({PAPER} mm) the innermost pages stand out by {creep}"
