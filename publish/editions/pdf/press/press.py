"""Makes a PDF ready for a printing house, before the file is written: `prepare_press`.

PDF/X-4 (ISO 15930-7) wants the colours to be known: an output intent with the profile of a printing
condition, and a profile for all colours that are those of a screen.  Text and lines without hue are
written as grey, so that they are printed with black ink alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from publish.editions.pdf.press.pressprofile import PressProfile

__all__ = ["BLEED", "SLUG", "mark_corners", "prepare_press", "write_grey"]

_MILLIMETRE = 72 / 25.4
BLEED = 3 * _MILLIMETRE
"""How far what runs over the edge goes on, in points."""

SLUG = 10 * _MILLIMETRE
"""How much larger the sheet is on each side, in points; `print.css` has the same."""

_MARK_START = 4 * _MILLIMETRE
"""How far the marks are from the page that is left after trimming: outside what runs over."""

_GREY = re.compile(rb"(-?[\d.]+) \1 \1 (rg|RG)")
_SHORT = {b"rg": b"g", b"RG": b"G"}


def prepare_press(pdf: Any, profile: PressProfile) -> None:
    """Write boxes, marks for trimming and colours of a printing condition into a PDF."""
    import pydyf  # type: ignore[import-untyped]

    _grey_colours(pdf)
    known = next(one for one in pdf.objects if isinstance(one, dict) and "srgb" in one)
    known["DefaultRGB"] = known["srgb"]
    known["All"] = pydyf.Array(["/Separation", "/All", "/DeviceGray", _make_tint()])
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        left, top, right, bottom = page["TrimBox"]
        page["BleedBox"] = pydyf.Array([left - BLEED, top - BLEED, right + BLEED, bottom + BLEED])
        marks = pydyf.Stream([mark_corners(right - left, bottom - top)], compress=True)
        pdf.add_object(marks)
        page["Contents"] = pydyf.Array([page["Contents"], marks.reference])
    stream = pydyf.Stream([profile.data], {"N": profile.inks}, compress=True)
    pdf.add_object(stream)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": pydyf.String(profile.name),
        "Info": pydyf.String(profile.name),
        "DestOutputProfile": stream.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def _make_tint() -> Any:
    """Return the function of the colour of all inks: its full tint is black."""
    import pydyf

    ends = {"C0": pydyf.Array([1]), "C1": pydyf.Array([0])}
    return pydyf.Dictionary({"FunctionType": 2, "Domain": pydyf.Array([0, 1]), **ends, "N": 1})


def _grey_colours(pdf: Any) -> None:
    """Write each colour that has no hue as grey."""
    for one in pdf.objects:
        stream = getattr(one, "stream", None)
        if isinstance(stream, list):
            write_grey(stream)


def write_grey(items: list[Any]) -> None:
    """Write each colour that has no hue as grey, among the items of a stream."""
    for at, item in enumerate(items):
        if isinstance(item, bytes) and (found := _GREY.fullmatch(item)):
            items[at] = found[1] + b" " + _SHORT[found[2]]


def mark_corners(width: float, height: float) -> bytes:
    """Return the drawing of the marks for trimming a page of this size, in the ink of all plates.

    It is the same upside down, as WeasyPrint's pages are when their content ends.
    """
    lines = "\n".join(_draw_marks(width, height))
    return f"/Artifact BMC\nq /All CS 1 SCN 0.25 w\n{lines}\nQ EMC".encode()


def _draw_marks(width: float, height: float) -> Iterator[str]:
    for x, out in ((0.0, -1), (width, 1)):
        for y, away in ((0.0, -1), (height, 1)):
            near_x, far_x = x + out * _MARK_START, x + out * SLUG
            near_y, far_y = y + away * _MARK_START, y + away * SLUG
            yield f"{near_x:.3f} {y:.3f} m {far_x:.3f} {y:.3f} l S"
            yield f"{x:.3f} {near_y:.3f} m {x:.3f} {far_y:.3f} l S"
