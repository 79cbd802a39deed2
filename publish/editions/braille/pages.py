"""Breaks the parts of a braille book into lines and pages.

The first line of a page has the running head in the middle and the number of the page at its end;
the title page has neither.  A line never ends within a word that fits a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publish.editions.braille.cells import END
from publish.editions.braille.louis import BLANK
from publish.editions.braille.parts import Part

__all__ = [
    "Line",
    "Numbering",
    "Page",
    "Written",
    "break_lines",
    "end_line",
    "lay_out",
    "make_head",
]

SIGNS = "⠈⠐⠘⠠⠨⠰⠸⠼"
"""Cells that say something of the next one, as that it is a capital or a digit."""
HYPHEN = "⠤"
WORD = re.compile(rf"([ {END}]?)([^ {END}]+)")
LEADER = "⠐"
NUMBER = 7
"""The cells at the end of a line of contents that are kept for a space and the page number."""
LEAST_LEADERS = 3
BESIDE = 3
"""The blank cells at each side of a centred line, at least."""


@dataclass(frozen=True, slots=True)
class Written:
    """A part with its text in cells."""

    part: Part
    cells: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and the number of its part; `entry` is the target whose page ends it."""

    cells: str
    part: int = -1
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page below its head."""

    headed: bool
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The pages of a book, and the number of the page (from 1) that each target is on."""

    pages: tuple[Page, ...]
    numbers: dict[str, int]


def lay_out(book: Sequence[Written], cells: int, lines: int) -> Numbering:
    """Return the pages of a book with so many cells in a line and so many lines on a page."""
    broken = [_break_part(one, cells) for one in book]
    book = _fit_cover(book, broken, lines)
    pages: list[Page] = []
    numbers: dict[str, int] = {}
    for number, (one, own) in enumerate(zip(book, broken, strict=True)):
        part = one.part
        page = pages[-1] if pages else None
        if page is None or (part.new_page and page.lines):
            page = _begin(pages, part)
        gap = _gap(page, part)
        needed = gap + _count_kept(book, broken, number)
        room = lines - int(page.headed) - len(page.lines)
        if page.lines and (needed > room or gap + 1 > room):
            page = _begin(pages, part)
            gap = _gap(page, part)
        page.lines.extend([Line("")] * gap)
        for place, text in enumerate(own):
            if len(page.lines) >= lines - int(page.headed):
                page = _begin(pages, part)
            if not place:
                numbers |= dict.fromkeys(part.targets, len(pages))
            last = place == len(own) - 1
            page.lines.append(Line(text, number, part.entry if last else ""))
    return Numbering(tuple(pages), numbers)


def _fit_cover(
    book: Sequence[Written], broken: Sequence[list[str]], lines: int
) -> Sequence[Written]:
    """Return a book whose title page has no blank lines, if it would be longer than a page."""
    cover = [number for number, one in enumerate(book) if one.part.place == "cover"]
    needed = sum(len(broken[number]) + book[number].part.before for number in cover)
    if needed - 1 <= lines:
        return book
    return [
        replace(one, part=replace(one.part, before=0)) if one.part.place == "cover" else one
        for one in book
    ]


def _begin(pages: list[Page], part: Part) -> Page:
    pages.append(Page(headed=part.place != "cover"))
    return pages[-1]


def _gap(page: Page, part: Part) -> int:
    """Return the blank lines above a part: none at the top, but below a head a heading has one."""
    if page.lines:
        return part.before
    return int(page.headed and part.centred)


def _count_kept(book: Sequence[Written], broken: Sequence[list[str]], number: int) -> int:
    """Return how many lines from a part on have to be on one page.

    A heading stays whole with the first lines of what follows it.
    """
    kept = 0
    while number < len(book) and book[number].part.keep:
        kept += len(broken[number])
        number += 1
        kept += book[number].part.before if number < len(book) else 0
    return kept + (min(2, len(broken[number])) if number < len(book) else 0)


# --------------------------------------------------------------------------- lines


def _break_part(one: Written, width: int) -> list[str]:
    part = one.part
    if part.fill and not part.centred:
        return [part.fill * width]
    if part.centred:
        text = part.fill * 12 if part.fill else one.cells
        room = width if _find_longest(text) > width - 2 * BESIDE else width - 2 * BESIDE
        return [_centre(line, width) for line in break_lines(text, room, 0, 0)]
    longest = _find_longest(one.cells)
    room = width - NUMBER if part.entry else width
    apart = part.entry and longest > room  # Its page number stands on a line of its own.
    room = width if apart else room
    most = min(room // 2, room - longest if longest <= room else room)
    lines = break_lines(one.cells, room, min(part.first, most), min(part.rest, most))
    return [*lines, ""] if apart else lines


def _find_longest(cells: str) -> int:
    """Return the length of the longest word; longer ones than a line are divided in any case."""
    return max((len(word) for _, word in WORD.findall(cells)), default=0)


def _centre(line: str, width: int) -> str:
    return " " * ((width - len(line)) // 2) + line


def break_lines(cells: str, width: int, first: int, rest: int) -> list[str]:
    """Return the lines of a text, with as many words on each as it takes, and their indents."""
    lines: list[str] = []
    line = ""
    for space, word in WORD.findall(cells):
        between = " " if space == " " else ""
        indent = rest if lines else first
        if line and indent + len(line) + len(between) + len(word) <= width:
            line += between + word
            continue
        if line:
            lines.append(" " * indent + line)
            indent = rest
        elif indent + len(word) > width:
            indent = first = min(first, rest)
        while indent + len(word) > width:
            at = _find_cut(word, width - indent)
            lines.append(" " * indent + word[:at])
            word, indent = word[at:], rest
        line = word
    if line:
        lines.append(" " * (rest if lines else first) + line)
    return [one.replace(BLANK, " ").rstrip(" ") for one in lines]


def _find_cut(word: str, room: int) -> int:
    """Return where to cut a word that is longer than a line.

    At a space that should stay one, after a hyphen, or else anywhere but after a sign for the next
    cell.
    """
    for cell, least in ((BLANK, 1), (HYPHEN, room // 2)):
        at = word.rfind(cell, least, room)
        if at > 0:
            return at + 1
    at = room
    while at > 1 and word[at - 1] in SIGNS:
        at -= 1
    return at


def end_line(line: str, number: str, width: int) -> str:
    """Return a line of contents with its page number at the end, after guide dots."""
    free = width - len(line) - len(number) - 2
    if free >= LEAST_LEADERS:
        return f"{line} {LEADER * free} {number}"
    return f"{line}{' ' * (width - len(line) - len(number))}{number}"


def make_head(title: str, number: str, width: int) -> str:
    """Return the first line of a page: as many words of the title as fit, and the number."""
    room = width - 2 * (len(number) + 2)
    (shown, *_) = break_lines(title, room, 0, 0) or [""]
    head = _centre(shown, width) if shown.strip() else ""
    return f"{head}{' ' * (width - len(head) - len(number))}{number}"
