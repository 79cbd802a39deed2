"""Takes the pages of a booklet off their sheets, in their order: `unfold`.

A sheet may hold its two pages and the marks in its fold, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from publish.editions.audit.pdfvalues import get_value, list_named
from publish.editions.pdf.press.sheets import SHEET, Folding, arrange_sides, paint_side, place_page
from publish.errors import PublishError

__all__ = ["FormPage", "find_half", "unfold"]

_SHEET_KEYS = {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Tabs"}
_FORM_KEYS = {"/Type", "/Subtype", "/BBox", "/Resources", "/StructParents", "/Length", "/Filter"}


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page on a sheet, with what pypdf's pages have and the audit reads."""

    form: Any
    number: int
    key: tuple[int, bool]

    @property
    def mediabox(self) -> list[float]:
        return [float(corner) for corner in self.form["/BBox"]]

    cropbox = trimbox = bleedbox = mediabox

    def get(self, key: str, default: Any = None) -> Any:
        """Return an entry of the page; those that only sheets have are the same on all."""
        return "/S" if key == "/Tabs" else self.form.get(key, default)

    def get_contents(self) -> Any:
        """Return the stream of the page."""
        return self.form


def find_half(place: Sequence[Any]) -> bool:
    """Return whether a place on a sheet is right of its fold."""
    return len(place) > 2 and float(place[2]) >= SHEET[0] / 2


def unfold(sheets: Sequence[Any], folding: Folding) -> list[FormPage]:
    """Return the pages of folded sheets in their order.

    `number` is that of the object, and `key` says on which half of which sheet it is.  Raises
    PublishError if the sheets do not hold their pages in the right places, or hold something else.
    """
    forms = [dict(list_named(get_value(sheet, "/Resources") or {}, "/XObject")) for sheet in sheets]
    numbers = [getattr(sheet.indirect_reference, "idnum", 0) for sheet in sheets]
    sides = arrange_sides(sum(map(len, forms)), folding)
    if len(sides) != len(sheets):
        raise PublishError("the pages are not on as many sheets as a booklet has")
    pages: dict[int, FormPage] = {}
    for at, (side, sheet, there) in enumerate(zip(sides, sheets, forms, strict=True), 1):
        matrices = {}
        for name, number in side.pages:
            reference = there.get(f"/{name}")
            if reference is None:
                raise PublishError(f"side {at} of the sheets lacks page {number + 1}")
            form = reference.get_object()
            if not set(form) <= _FORM_KEYS or form["/BBox"][:2] != [0, 0]:
                raise PublishError(f"side {at} of the sheets has a page of another kind")
            pages[number] = FormPage(form, reference.idnum, (numbers[at - 1], name == "R"))
            matrices[name] = place_page(name, *pages[number].mediabox[2:])
        shown = sheet.get_contents()
        if (
            set(sheet) != _SHEET_KEYS
            or set(get_value(sheet, "/Resources")) != {"/XObject"}
            or [round(float(corner), 3) for corner in sheet.mediabox] != [0, 0, *SHEET]
            or len(there) != len(matrices)
            or shown is None
            or shown.get_data().strip() != paint_side(side, matrices)
        ):
            raise PublishError(f"side {at} of the sheets holds something besides its pages")
    return [pages[number] for number in sorted(pages)]
