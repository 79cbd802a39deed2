"""Puts the pages of a PDF on sheets to be folded, before the file is written: `impose`.

Each page becomes a form, an object that keeps its content and marks (ISO 32000-1 §8.10), and two
forms stand on one side of a sheet.  The tag tree stays as it is, so text is found and read aloud
in the order of the document, not of the sheets; places and the outline lead to the sheets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from publish.editions.pdf.objects.fileobjects import StructureElement
from publish.editions.pdf.press.sheets import (
    SHEET,
    Folding,
    Matrix,
    Side,
    arrange_sides,
    paint_side,
    place_page,
)

__all__ = ["impose"]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that becomes a form: its content, the side it is on, and its place there."""

    stream: Any
    side: int
    matrix: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class _Imposing:
    """The file, its pages by the references that named them, and the references of the sheets."""

    pdf: Any
    pages: dict[bytes, _Page] = field(default_factory=dict)
    sheets: list[bytes] = field(default_factory=list)


def impose(pdf: Any, folding: Folding) -> None:
    """Replace the pages of a PDF, which have no links, by the sides of the sheets of a booklet."""
    old = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    references = pdf.page_references
    sides = arrange_sides(len(old), folding)
    work = _Imposing(pdf=pdf)
    forms: dict[int, tuple[str, Any, Matrix]] = {}
    for at, side in enumerate(sides):
        for name, number in side.pages:
            stream, width, height = _make_form(pdf, old[number])
            matrix = place_page(name, width, height)
            forms[number] = (name, stream, matrix)
            work.pages[references[number]] = _Page(stream, at, matrix)
    _write_sheets(work, old, sides, forms)
    _move_tags(work)
    _move_places(work)
    preferences = pdf.catalog["ViewerPreferences"]
    preferences["Duplex"], preferences["PrintScaling"] = "/DuplexFlipShortEdge", "/None"
    del pdf.catalog["OutputIntents"]


def _make_form(pdf: Any, page: Any) -> tuple[Any, float, float]:
    """Make a form of the content of a page; return it with the page's width and height."""
    stream = pdf.objects[int(page["Contents"].split()[0])]
    left, top, right, bottom = page["MediaBox"]
    stream.extra = {
        **stream.extra,
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": page["MediaBox"],
        "Resources": page["Resources"],
        "StructParents": page["StructParents"],
    }
    return stream, right - left, bottom - top


def _write_sheets(
    work: _Imposing,
    old: list[Any],
    sides: tuple[Side, ...],
    forms: dict[int, tuple[str, Any, Matrix]],
) -> None:
    """Write the sides over the objects of the pages; those left over hold resources."""
    import pydyf  # type: ignore[import-untyped]

    pdf = work.pdf
    for _ in range(len(sides) - len(old)):
        old.append(pydyf.Dictionary())
        pdf.add_object(old[-1])
    spare = iter(old[len(sides) :])
    for side, sheet in zip(sides, old, strict=False):
        shown = [forms[number] for _, number in side.pages]
        content = pydyf.Stream(
            [paint_side(side, {name: matrix for name, _, matrix in shown})], compress=True
        )
        pdf.add_object(content)
        named = {name: form.reference for name, form, _ in shown}
        resources = pydyf.Dictionary({"XObject": pydyf.Dictionary(named)})
        if (holder := next(spare, None)) is not None:
            holder.clear()
            holder.update(resources)
        sheet.clear()
        sheet.update(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, *SHEET]),
                "Contents": content.reference,
                "Resources": resources if holder is None else holder.reference,
                "Tabs": "/S",
            }
        )
        work.sheets.append(sheet.reference)
    kids = [part for sheet in old[: len(sides)] for part in (sheet.number, 0, "R")]
    pdf.pages["Kids"][:] = kids
    pdf.pages["Count"] = len(sides)


def _move_tags(work: _Imposing) -> None:
    """Let structure elements name the marks of forms (ISO 32000-1 §14.7.4.2)."""
    for element in work.pdf.objects:
        if isinstance(element, StructureElement):
            own, element.page = element.page, None
            element.kids = [_move_kid(work, kid, own) for kid in element.kids]


def _move_kid(work: _Imposing, kid: Any, own: bytes | None) -> Any:
    import pydyf

    if isinstance(kid, int) and own is not None:
        page, mark = work.pages[own], kid
    elif isinstance(kid, dict):
        page, mark = work.pages[kid["Pg"]], kid["MCID"]
    else:
        return kid
    return pydyf.Dictionary(
        {
            "Type": "/MCR",
            "Pg": work.sheets[page.side],
            "Stm": page.stream.reference,
            "MCID": mark,
        }
    )


def _move_places(work: _Imposing) -> None:
    """Let named places and the outline lead to the sheets."""
    names = work.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    outline = [one["Dest"] for one in work.pdf.objects if isinstance(one, dict) and "Title" in one]
    for place in (*names[1::2], *(one for one in outline if isinstance(one, list))):
        page = work.pages[place[0]]
        a, b, c, d, e, f = page.matrix
        x, y = place[2], place[3]
        place[0] = work.sheets[page.side]
        place[2], place[3] = a * x + c * y + e, b * x + d * y + f
