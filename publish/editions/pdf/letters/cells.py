"""Puts the letters of a painted line where programs that take texts out find them.

WeasyPrint paints the glyphs of a line in the order of the eye.  Programs take letters in the order
of the stream or by their places, and some follow neither where a letter has several glyphs, or a
glyph several letters from right to left.  So such a line is written anew: in the order of reading,
each letter a cell of its own that is beside the one before it.  What a cell shows is a glyph of the
font, or a new one made of several (`fontglyphs.py`).  `cellwriting.py` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from publish.editions.pdf.letters.glyphs import MOST_LETTERS, SIGNS, Cluster

__all__ = ["FONT", "TOKEN", "Cell", "Part", "Shape", "lay_cells", "lay_signs"]

_SHOWN = re.compile(rb"\[(.*)\] TJ", re.S)
TOKEN = re.compile(rb"<([0-9a-f]*)>|([^<>\[\]]+)")
FONT = re.compile(rb"/(\S+) (\S+) Tf")
_RISE = re.compile(rb"(\S+) Ts")

_STEP = 2
"""Glyphs within a cell are placed in steps of so many thousandths of their size."""

_LEAST, _MOST_GAP = 30, 25
"""Letters of a word less apart, or with larger gaps, are set apart evenly; in thousandths."""

_WIDE_SIGN = 125
"""The width of signs that show nothing; Poppler takes nearer ones for the same, printed twice."""

Part = tuple[int, int, int]
"""A glyph and its place within a cell, to the right and up, in thousandths of its size."""

Shape = int | tuple[int, tuple[Part, ...]]
"""What a cell shows: a glyph as it is, or its width and the glyphs in it."""


@dataclass(slots=True)
class Cell:
    """A letter with its place in the line, both in points, and what it shows.

    `parts` are glyphs that no font can have as one: each with its place, height and letters.
    """

    font: str
    size: float
    x: float
    width: float
    shape: Shape
    text: str
    soft: bool = False
    turned: bool = False
    parts: tuple[tuple[int, float, float, str], ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what a copy in another process is made of, quicker than field by field."""
        values = (self.font, self.size, self.x, self.width, self.shape, self.text, self.soft)
        return Cell, (*values, self.turned, self.parts)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A glyph as painted: its font and size, its place, height and width in points."""

    font: str
    size: float
    glyph: int
    x: float
    rise: float
    width: float

    @property
    def end(self) -> float:
        return self.x + self.width


def lay_cells(
    items: Iterable[Any], clusters: list[Cluster], fonts: Mapping[str, Any], spaced: bool
) -> list[Cell] | None:
    """Return the cells of a line in the order of reading, from the items painted.

    A line that is `spaced` gets a space at its end.  Returns None if something else was painted
    than the clusters say.
    """
    items = list(items)
    found = _lay_simply(items, clusters, fonts)
    if found is None:
        found = _lay_one_by_one(items, clusters, fonts)
    if spaced and found and not found[-1].text.endswith(" "):
        found[-1:] = _space(found, fonts)
    return found


def _lay_simply(
    items: Iterable[Any], clusters: list[Cluster], fonts: Mapping[str, Any]
) -> list[Cell] | None:
    """Return the cells of a line of clusters that are each one glyph; None of another line."""
    if not all(map(_is_one_glyph, clusters)):
        return None
    cells: list[Cell] = []
    rest = iter(clusters)
    for name, size, glyph, x, rise, width in _read_glyphs(items, fonts):
        cluster = next(rest, None)
        if cluster is None or cluster.font != name or cluster.glyphs[0] != glyph or rise:
            return None
        cells.append(Cell(name, size, x, width, glyph, cluster.text, cluster.soft))
    if next(rest, None) is not None or any(
        before.start > after.start for before, after in pairwise(clusters)
    ):
        return None
    return cells


def _is_one_glyph(cluster: Cluster) -> bool:
    one = len(cluster.glyphs) == 1 and not cluster.turned
    return one and len(cluster.text) <= MOST_LETTERS


def _lay_one_by_one(
    items: Iterable[Any], clusters: list[Cluster], fonts: Mapping[str, Any]
) -> list[Cell] | None:
    shown = [_Shown(*one) for one in _read_glyphs(items, fonts)]
    if [(one.font, one.glyph) for one in shown] != [
        (cluster.font, glyph) for cluster in clusters for glyph in cluster.glyphs
    ]:
        return None
    rest = iter(shown)
    glyphs = [[next(rest) for _ in cluster.glyphs] for cluster in clusters]
    pairs = [pair for pair in zip(clusters, glyphs, strict=True) if pair[1]]
    cells: list[tuple[int, list[Cell]]] = []
    for word in _words(pairs):
        spread = word[0][0].turned and _spread(word)
        for number, (cluster, own) in enumerate(word):
            if _is_simple(cluster, own):
                cells.append((cluster.start, [_whole(cluster, own[0], cluster.text)]))
                continue
            area = spread[number] if spread else _area(own)
            composed = "glyf" in fonts[cluster.font].tables
            make = _split if composed else _plain
            cells.append((cluster.start, make(cluster, own, area)))
    cells.sort(key=lambda one: one[0])
    return [cell for _, group in cells for cell in group]


def _space(cells: list[Cell], fonts: Mapping[str, Any]) -> list[Cell]:
    """Return the last cell of a line and a space after it, or one cell that says both."""
    last = cells[-1]
    turned = any(cell.turned for cell in cells) and last.x <= min(cell.x for cell in cells)
    width = 250 * last.size / 1000
    x = last.x - width if turned else last.x + last.width
    if "glyf" in fonts[last.font].tables:
        return [last, Cell(last.font, last.size, x, width, (250, ()), " ", turned=turned)]
    for glyph, text in fonts[last.font].to_unicode.items():
        if text == " " and not turned:
            return [last, Cell(last.font, last.size, x, width, glyph, " ")]
    return [replace(last, text=f"{last.text} ")]


def lay_signs(
    cells: list[Cell], count: int, fonts: Mapping[str, Any], rightward: bool
) -> list[Cell]:
    """Return cells after a line that show nothing and say at least so many signs of direction."""
    last, text = cells[-1], SIGNS[0 if rightward else 1] * MOST_LETTERS
    if not count or "glyf" not in fonts[last.font].tables:
        return []
    width, number = _WIDE_SIGN * last.size / 1000, -(-count // MOST_LETTERS)
    left, right = min(cell.x for cell in cells), max(cell.x + cell.width for cell in cells)
    start = right if rightward else left - number * width
    return [
        Cell(last.font, last.size, start + at * width, width, (_WIDE_SIGN, ()), text)
        for at in range(number)
    ]


def _read_glyphs(
    items: Iterable[Any], fonts: Mapping[str, Any]
) -> Iterator[tuple[str, float, int, float, float, float]]:
    """Yield the fields of `_Shown` for each glyph that the items of a stream paint."""
    name, size, rise, x = "", 1.0, 0.0, 0.0
    for item in items:
        if not isinstance(item, bytes):
            continue
        if found := FONT.fullmatch(item):
            name, size = found[1].decode(), float(found[2])
        elif found := _RISE.fullmatch(item):
            rise = float(found[1])
        elif found := _SHOWN.fullmatch(item):
            widths = fonts[name].widths
            for glyphs, number in TOKEN.findall(found[1]):
                if number:
                    x -= float(number) * size / 1000
                for at in range(0, len(glyphs), 4):
                    glyph = int(glyphs[at : at + 4], 16)
                    width = widths[glyph] * size / 1000
                    yield name, size, glyph, x, rise, width
                    x += width


def _words(
    pairs: list[tuple[Cluster, list[_Shown]]],
) -> Iterator[list[tuple[Cluster, list[_Shown]]]]:
    """Yield the clusters of each word from right to left together, all others one by one."""
    word: list[tuple[Cluster, list[_Shown]]] = []
    for pair in pairs:
        joined = pair[0].turned and not pair[0].text.isspace()
        if word and not (joined and word[0][0].turned and pair[0].font == word[0][0].font):
            yield word
            word = []
        word.append(pair)
        if not joined:
            yield word
            word = []
    if word:
        yield word


def _area(shown: list[_Shown]) -> tuple[float, float]:
    """Return where glyphs begin and end."""
    wide = [one for one in shown if one.width > 0] or shown
    return min(one.x for one in wide), max(one.end for one in wide)


def _spread(word: list[tuple[Cluster, list[_Shown]]]) -> list[tuple[float, float]]:
    """Return areas for the clusters of a word that follow each other; empty if they do so.

    Where letters stand over each other, a program that goes by their places would mix them up.
    """
    areas = [_area(shown) for _, shown in word]
    unit = word[0][1][0].size / 1000
    apart = all(
        areas[n][1] - areas[n][0] >= _LEAST * unit * max(1, len(word[n][0].text))
        for n in range(len(areas))
    )
    if apart and all(
        after[0] - before[0] >= _LEAST * unit and after[0] - before[1] <= _MOST_GAP * unit
        for before, after in pairwise(areas)
    ):
        return []
    begin, end = min(area[0] for area in areas), max(area[1] for area in areas)
    counts = [max(1, len(cluster.text)) for cluster, _ in word]
    step, at, spread = (end - begin) / sum(counts), 0, []
    for count in counts:
        spread.append((begin + at * step, begin + (at + count) * step))
        at += count
    return spread


def _split(cluster: Cluster, shown: list[_Shown], area: tuple[float, float]) -> list[Cell]:
    """Return the cells of a cluster in the order of reading.

    From right to left each letter has its own: the first shows what stands for the text, the
    second the parts beside it, such as marks.
    """
    first, unit = shown[0], shown[0].size / 1000
    most = 1 if cluster.turned else MOST_LETTERS
    texts = [cluster.text[at : at + most] for at in range(0, len(cluster.text) or 1, most)]
    width = round((area[1] - area[0]) / unit / len(texts))
    if len(texts) == len(shown) == 1 and not first.rise and _is_near(area, first):
        return [_whole(cluster, first, texts[0])]
    letters = [n for n, text in enumerate(texts) if text not in SIGNS] or [0]
    drawn: list[list[_Shown]] = [[] for _ in texts]
    for number, one in enumerate(shown):
        drawn[letters[0 if number == cluster.base else min(1, len(letters) - 1)]].append(one)
    cells = []
    for number, text in enumerate(texts):
        before = number * width * unit
        x = area[1] - before - width * unit if cluster.turned else area[0] + before
        parts = tuple(
            (one.glyph, _steps((one.x - x) / unit), _steps(one.rise / unit))
            for one in drawn[number]
        )
        cells.append(
            Cell(
                first.font,
                first.size,
                x,
                width * unit,
                (width, parts),
                text,
                cluster.soft,
                cluster.turned,
            )
        )
    return cells


def _is_simple(cluster: Cluster, shown: list[_Shown]) -> bool:
    """Return whether a cluster is one glyph that runs to the right, where a font has it."""
    return len(shown) == 1 and not shown[0].rise and _is_one_glyph(cluster)


def _whole(cluster: Cluster, one: _Shown, text: str) -> Cell:
    """Return a cell that shows a glyph where and as it is."""
    soft, turned = cluster.soft, cluster.turned
    return Cell(one.font, one.size, one.x, one.width, one.glyph, text, soft, turned)


def _is_near(area: tuple[float, float], shown: _Shown) -> bool:
    return abs(area[0] - shown.x) < 0.01 and abs(area[1] - shown.end) < 0.01


def _steps(value: float) -> int:
    return round(value / _STEP) * _STEP


def _plain(cluster: Cluster, shown: list[_Shown], area: tuple[float, float]) -> list[Cell]:
    """Return the one cell of a cluster in a font that can have no new glyphs."""
    one = shown[cluster.base]
    if len(shown) == 1 and not one.rise:
        return [_whole(cluster, one, cluster.text)]
    texts = _share(cluster.text, len(shown), cluster.base)
    parts = tuple((o.glyph, o.x, o.rise, t) for o, t in zip(shown, texts, strict=True))
    return [replace(_whole(cluster, one, cluster.text), parts=parts)]


def _share(text: str, count: int, base: int) -> list[str]:
    """Return the letters of a cluster for each of its glyphs: one for one, or all for the base."""
    if count <= len(text):
        return [*text[: count - 1], text[count - 1 :]]
    return [text if number == base else "" for number in range(count)]
