"""How large the images of a document are printed, so that none has more pixels than can be seen."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.model import Document, Figure, Image, Role, blocks, proses, walk_marks

__all__ = ["PrintedSize", "find_printed_sizes"]

DENSITY = 300
"""Pixels per inch: more of them cannot be seen on paper."""
TEXT = (392.0, 450.0)
"""Width of a line and height of the largest image on an A4 page, in points (`pdf.css`)."""
LINE, HEADING = 12.0, 22.0
"""The most points that an icon is high, in text and in a heading."""
_POINTS = {"px": 0.75, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6, "in": 72.0, "pt": 1.0}
_LENGTH = re.compile(r"(?P<high>x?)(?P<number>[\d.]+)(?P<unit>%|[a-z]+)")


@dataclass(frozen=True, slots=True)
class PrintedSize:
    """The box, in points, that an image fills as far as its shape allows."""

    width: float
    height: float

    def find_share(self, width: int, height: int) -> float:
        """Return the share of the pixels of a side that the print shows, at most 1."""
        dots = DENSITY / 72
        return min(1.0, self.width * dots / width, self.height * dots / height)


def find_printed_sizes(document: Document) -> dict[str, tuple[PrintedSize, ...]]:
    """Return the sizes of each image of a document, by its path in the source."""
    found: dict[str, set[PrintedSize]] = {}
    for src, size in _sizes(document):
        found.setdefault(src, set()).add(size)
    return {src: tuple(sorted(sizes, key=_area)) for src, sizes in found.items()}


def _area(size: PrintedSize) -> tuple[float, float]:
    return size.width, size.height


def _sizes(document: Document) -> Iterator[tuple[str, PrintedSize]]:
    for block in blocks(document):
        if isinstance(block, Figure):
            yield block.src, _sized(block.width)
    for prose in proses(document):
        for node in walk_marks(prose.content):
            if isinstance(node, Image):
                icon = PrintedSize(TEXT[0], HEADING if prose.role is Role.HEADING else LINE)
                yield node.src, _sized(node.width) if node.width else icon


def _sized(width: str) -> PrintedSize:
    """Return the box for a width as the model has it: `50%`, `3cm`, `x3cm`, `auto`."""
    found = _LENGTH.fullmatch(width)
    if not found:
        return PrintedSize(*TEXT)
    number, unit = float(found["number"]), found["unit"]
    if unit == "%":
        return PrintedSize(TEXT[0] * number / 100, math.inf)
    points = number * _POINTS.get(unit, 12.0)
    if found["high"]:
        return PrintedSize(TEXT[0], min(points, TEXT[1]))
    return PrintedSize(min(points, TEXT[0]), math.inf)
