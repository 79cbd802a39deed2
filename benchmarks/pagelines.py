"""Read the lines of a PDF's pages with Poppler, and measure how well they are set."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from lxml import etree

HTML = "{http://www.w3.org/1999/xhtml}"
START, END = 119.0, 511.3
TOP, BOTTOM = 75.0, 755.0
"""The text block of an A4 page, in points from the upper left corner."""


@dataclass(frozen=True, slots=True)
class Word:
    left: float
    right: float
    top: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its page (from 1), its words in order, and the number beside it, if any."""

    page: int
    words: tuple[Word, ...]
    number: str = ""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def space(self) -> float:
        """Return the mean space between words, in points; 0 for a line of one word."""
        gaps = [after.left - before.right for before, after in pairwise(self.words)]
        return sum(gaps) / len(gaps) if gaps else 0.0

    @property
    def hyphenated(self) -> bool:
        return self.text.endswith(("-", "\u00ad"))


def words_of(pdf: Path) -> Iterator[tuple[int, list[Word]]]:
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    written = subprocess.run(command, check=True, capture_output=True).stdout
    for number, page in enumerate(etree.fromstring(written).iter(f"{HTML}page"), 1):
        yield number, [_word(element) for element in page.iter(f"{HTML}word")]


def _word(element: etree._Element) -> Word:
    left, right, top, bottom = (
        float(element.get(name) or 0) for name in ("xMin", "xMax", "yMin", "yMax")
    )
    return Word(left, right, top, bottom, element.text or "")


def lines_of(pdf: Path) -> list[Line]:
    """Return the lines between running head and foot; numbers in the margin are separate."""
    return [line for page, words in words_of(pdf) for line in _lines(page, words)]


def _lines(page: int, words: list[Word]) -> Iterator[Line]:
    inside = sorted((w for w in words if TOP < w.middle < BOTTOM), key=lambda w: w.middle)
    rows: list[list[Word]] = []
    for word in inside:
        if rows and word.middle - rows[-1][0].middle < 6:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.left)
        text = tuple(word for word in row if word.right > START + 1)
        if text:
            yield Line(page, text, "".join(w.text for w in row if w.right <= START + 1))


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each numbered paragraph; larger type or more space ends one."""
    found: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        if line.number:
            found.append([line])
        elif found and before is found[-1][-1] and _follows(before, line):
            found[-1].append(line)
        before = line
    return found


def _follows(before: Line, line: Line) -> bool:
    if line.page != before.page:
        return _size(line) < 16
    return _size(line) < 16 and line.words[0].middle - before.words[0].middle < 18


def _size(line: Line) -> float:
    return max(word.bottom - word.top for word in line.words)


@dataclass(frozen=True, slots=True)
class Figures:
    """Measures of how even and how loose justified text is; lengths are in points.

    `spread` is the distance from the 2nd to the 98th percentile of line ends.  `loosest` is the
    widest mean word space.  `loose` and `hyphenated` are shares of the lines.  `ladders` counts
    runs of more than two hyphenated lines, `stranded` last lines of less than seven letters.
    """

    lines: int
    spread: float
    hyphenated: float
    ladders: int
    longest_ladder: int
    loosest: float
    loose: float
    stranded: int


LOOSE = 7.0
"""The mean word space, in points, from which a line of 11 pt type looks loose."""


def figures_of(paragraphs: Sequence[Sequence[Line]]) -> Figures:
    full = [line for paragraph in paragraphs for line in paragraph[:-1]]
    ends = sorted(line.right for line in full)
    runs = [
        len(list(run))
        for paragraph in paragraphs
        for broken, run in groupby(paragraph, key=lambda line: line.hyphenated)
        if broken
    ]
    spaces = [line.space for line in full]
    return Figures(
        lines=len(full),
        spread=ends[len(ends) * 98 // 100] - ends[len(ends) * 2 // 100],
        hyphenated=sum(line.hyphenated for line in full) / len(full),
        ladders=sum(run > 2 for run in runs),
        longest_ladder=max(runs, default=0),
        loosest=max(spaces),
        loose=sum(space > LOOSE for space in spaces) / len(full),
        stranded=sum(
            len(paragraph) > 1 and sum(map(str.isalnum, paragraph[-1].text)) < 7
            for paragraph in paragraphs
        ),
    )
