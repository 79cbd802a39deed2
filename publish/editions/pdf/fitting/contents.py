"""Chooses how many levels the contents of a PDF have, and how they are set, to fit two pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from publish.editions.page.lengths import measure_words
from publish.model import PageSize

__all__ = ["find_contents", "fit_contents"]

INDENT = 3
"""By how many letters the lines of each level are shorter than those of the one above."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How entries are set, in points: the room of two pages, the space above an entry, a line.

    `letters` is how many are in a line of the first level.
    """

    room: float
    above: float
    line: float
    letters: int


SETTINGS: Mapping[PageSize, Mapping[str, _Setting]] = {
    "a4": {
        "": _Setting(1230, 7.5, 15, 62),
        "dense": _Setting(1230, 0, 12, 72),
        "dense columns": _Setting(2450, 0, 11, 30),
    },
    "large": {"": _Setting(1300, 12, 24, 48), "dense": _Setting(1300, 0, 19.2, 56)},
    "booklet": {
        "": _Setting(880, 5, 13, 50),
        "dense": _Setting(880, 0, 11, 58),
        "dense columns": _Setting(1760, 0, 10, 24),
    },
    "phone": {"": _Setting(680, 5, 14, 28), "dense": _Setting(680, 0, 12, 32)},
}
"""The settings of contents by their classes, the more open ones first."""

CLOSE: Mapping[PageSize, _Setting] = {
    "a4": _Setting(610, 3.5, 15, 62),
    "booklet": _Setting(440, 2, 13, 50),
}
"""The room of one page, and a closer setting: without it the last few entries have one alone."""


def find_contents(body: Element) -> list[Element]:
    """Return the contents of an edition, of which there are one at most."""
    return [part for part in body if part.tag == "nav" and part.get("id") == "edition-contents"]


def fit_contents(contents: Element, depth: int, page: PageSize) -> None:
    """Leave out the entries below a level, or those for which two pages have no room if it is 0.

    If the entries that are left still need more than two pages, they are set closer; also if a few
    are more than one page has room for.
    """
    size: PageSize = "a4" if page == "print" else page
    settings, close = dict(SETTINGS[size]), CLOSE.get(size)
    if contents.findall("ol/li/a/*[@lang]"):
        settings.pop("dense columns", None)
        close = None
    _cut(contents, depth or _find_depth(contents, settings[""], settings["dense"]))
    if (
        close
        and _fits(contents, close)
        and not _fits(contents, replace(settings[""], room=close.room))
    ):
        settings = {"close": close}
    last = list(settings)[-1]
    for classes, setting in settings.items():
        if _fits(contents, setting) or classes == last:
            contents.set("class", f"{contents.get('class', '')} {classes}".strip())
            return


def _fits(contents: Element, setting: _Setting) -> bool:
    """Return whether a setting has room for the entries of the contents."""
    return sum(_heights(contents, setting).values()) <= setting.room


def _find_depth(contents: Element, setting: _Setting, dense: _Setting) -> int:
    """Return how many levels of the contents fit two pages; at least one.

    Those of less than half a page, such as nine chapters of a book, get one level more if it fits
    when all are set closer.
    """
    found = _count_levels(contents, setting)
    heights = _heights(contents, setting)
    shown = sum(height for depth, height in heights.items() if depth <= found)
    if shown < setting.room / 4 and _count_levels(contents, dense) > found:
        return found + 1
    return found


def _count_levels(contents: Element, setting: _Setting) -> int:
    heights = _heights(contents, setting)
    total, found = 0.0, 0
    for depth in sorted(heights):
        total += heights[depth]
        if total > setting.room:
            break
        found = depth
    return max(found, 1)


def _heights(contents: Element, setting: _Setting) -> dict[int, float]:
    """Return about how high the entries of each level are."""
    heights: dict[int, float] = {}
    for depth, item in _entries(contents, 1):
        heights[depth] = heights.get(depth, 0) + _height(item, depth, setting)
    return heights


def _entries(parent: Element, depth: int) -> Iterator[tuple[int, Element]]:
    """Yield each entry in an element with its level."""
    for entries in parent.findall("ol"):
        for item in entries.findall("li"):
            yield depth, item
            yield from _entries(item, depth + 1)


def _height(item: Element, depth: int, setting: _Setting) -> float:
    """Return about how high an entry is, in points; in two languages the longer text counts."""
    link = item.find("a")
    cells = [] if link is None else ([one for one in link if one.get("lang")] or [link])
    letters = max((measure_words("".join(cell.itertext())) for cell in cells), default=0)
    width = setting.letters - INDENT * (depth - 1)
    lines = -(-letters // (width if len(cells) < 2 else width // 2)) or 1
    return setting.above + lines * setting.line


def _cut(contents: Element, depth: int) -> None:
    """Remove the entries below a level."""
    for level, item in list(_entries(contents, 1)):
        if level == depth:
            for inner in item.findall("ol"):
                item.remove(inner)
