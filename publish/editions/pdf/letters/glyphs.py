"""Reads from a painted line which glyphs it shows, and what each of them says.

The runs of glyphs are Pango's, private parts of WeasyPrint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat
from operator import lt
from typing import Any, ClassVar, NamedTuple

__all__ = [
    "MOST_LETTERS",
    "SIGNS",
    "Cluster",
    "EvenWidths",
    "GlyphRun",
    "PlainRun",
    "Run",
    "guard",
    "join_numbers",
    "list_clusters",
    "measure_glyph",
    "read_clusters",
    "read_plainly",
    "read_runs",
    "soften_end",
]

_SPACES = (" ", "\u00a0")
_JOINERS = ("\u200c", "\u200d")
"""Signs without a glyph that are part of a word."""

_SILENT = re.compile("[\u00ad\u200b\u2060]")
"""Signs that only say where a line may break."""

_LEFT, _RIGHT = "\u200e", "\u200f"
"""Signs without a glyph that run to the right, and to the left."""

MOST_LETTERS = 8
"""So many letters of a glyph MuPDF takes; of more it takes none."""

_NUMBER = ("AN", "EN", "CS", "ES", "ET")
"""The classes of Unicode of what numbers are written with."""

SIGNS = (_LEFT, _RIGHT)
"""Signs of direction, which `guard` puts into texts."""

_ELLIPSIS = 2 << 16
"""Pango's flag of the glyphs that stand for what was cut.

WeasyPrint declares the four bytes of level, gravity, flags and script as one number, the level.
"""


@dataclass(slots=True)
class Cluster:
    """The glyphs that together show a text: mostly one glyph and one letter.

    `font` is the name of the font in the file, `start` where the text begins in that of the line.
    `base` is the place of the glyph that stands for the text; the others are parts of it.  A hyphen
    of the layout is `soft`.
    """

    font: str
    glyphs: tuple[int, ...]
    text: str
    start: int = 0
    base: int = 0
    turned: bool = False
    soft: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what a copy in another process is made of, quicker than field by field."""
        values = (self.font, self.glyphs, self.text, self.start, self.base, self.turned, self.soft)
        return Cluster, values


@dataclass(frozen=True, slots=True)
class PlainRun:
    """Clusters of one font that run to the right, one glyph each, that were not made one by one.

    Nearly all text is such.  The texts begin at `starts` in that of the line, in its order.
    """

    font: str
    glyphs: list[int]
    texts: list[str]
    starts: list[int]
    turned: ClassVar[bool] = False

    def list_clusters(self) -> Iterator[Cluster]:
        return map(Cluster, repeat(self.font), zip(self.glyphs), self.texts, self.starts)


Run = Cluster | PlainRun


def list_clusters(runs: Iterable[Run]) -> list[Cluster]:
    """Return the clusters of a line one by one."""
    found: list[Cluster] = []
    for run in runs:
        if isinstance(run, Cluster):
            found.append(run)
        else:
            found += run.list_clusters()
    return found


def soften_end(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of a line with a soft hyphen for its last glyph; none if it is not plain."""
    run = runs[0] if len(runs) == 1 else None
    if not isinstance(run, PlainRun) or len(run.glyphs) < 2:
        return []
    hyphen = Cluster(run.font, (run.glyphs[-1],), "\u00ad", run.starts[-1], soft=True)
    return [PlainRun(run.font, run.glyphs[:-1], run.texts[:-1], run.starts[:-1]), hyphen]


class EvenWidths(dict[int, float]):
    """The widths of a font's glyphs in thousandths of its size, whatever size is shown first.

    They are measured at a size of a thousand, so rounding to the units of a layout changes none.
    """

    def __init__(self, font_map: Any, pango_font: Any) -> None:
        from weasyprint.text.ffi import (  # type: ignore[import-untyped]
            TO_UNITS,
            ffi,
            gobject,
            pango,
        )
        from weasyprint.text.fonts import get_pango_font_key  # type: ignore[import-untyped]

        super().__init__()
        self._size = 1000.0
        _, description, _ = get_pango_font_key(pango_font)
        pango.pango_font_description_set_absolute_size(description, int(self._size * TO_UNITS))
        context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
        self._font = pango.pango_font_map_load_font(font_map, context, description)

    def __contains__(self, glyph: object) -> bool:
        return True

    def __missing__(self, glyph: int) -> float:
        self[glyph] = measure_glyph(self._font, glyph, self._size)
        return self[glyph]


def measure_glyph(pango_font: Any, glyph: int, size: float) -> int:
    """Return the width of a glyph in thousandths of the size of its font, as WeasyPrint does."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    ink, area = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(pango_font, glyph, ink, area)
    width: int = round(area.width * 1000 * FROM_UNITS / size)
    return width


class GlyphRun(NamedTuple):
    """Glyphs of one font that Pango has set in a line, in the order of the eye.  One for each word.

    `font` is Pango's, `offset` and `length` are those of their text in bytes.  Widths, and `shifts`
    to the right if there are any, are in Pango's units.  `raised` says whether a glyph is not on
    the line.  The text of each glyph begins at `starts` within that of the run.
    """

    font: Any
    level: int
    offset: int
    length: int
    glyphs: list[int]
    widths: list[int]
    shifts: list[int]
    raised: bool
    starts: list[int]


def read_runs(layout: Any) -> list[GlyphRun]:
    """Return the runs of the first line of a layout of the renderer."""
    from weasyprint.text.ffi import ffi, pango

    found: list[GlyphRun] = []
    run = pango.pango_layout_get_line_readonly(layout.layout, 0).runs[0]
    while run != ffi.NULL:
        shaped, run = run.data, run.next
        item, string = shaped.item, shaped.glyphs
        count = string.num_glyphs
        size = ffi.sizeof(string.glyphs[0])
        numbers = memoryview(ffi.buffer(string.glyphs, count * size)).cast("i").tolist()
        step = size // 4
        shifts = numbers[2::step]
        found.append(
            GlyphRun(
                item.analysis.font,
                item.analysis.level,
                item.offset,
                item.length,
                numbers[0::step],
                numbers[1::step],
                shifts if any(shifts) else [],
                any(numbers[3::step]),
                ffi.unpack(string.log_clusters, count),
            )
        )
    return found


def read_clusters(
    runs: Iterable[GlyphRun], text: bytes, find_font: Callable[[Any], Any]
) -> list[Run]:
    """Return what a line of text that was just painted shows, in the order of the eye.

    `find_font` returns the font of one of Pango's.
    """
    from weasyprint.text.ffi import pango

    unknown, nothing = pango.PANGO_GLYPH_UNKNOWN_FLAG, pango.PANGO_GLYPH_EMPTY
    found: list[Run] = []
    for run in runs:
        glyphs, starts, level = run.glyphs, run.starts, run.level
        font = find_font(run.font)
        if max(glyphs) > unknown:
            glyphs = [
                font.get_unused_glyph_id(one - unknown) if one > unknown else one for one in glyphs
            ]
        own = text[run.offset : run.offset + run.length]
        if not level & (_ELLIPSIS | 1) and nothing not in glyphs:
            texts = read_plainly(own, *starts)
            if texts:
                _add_plain(found, font.hash, glyphs, texts, map(run.offset.__add__, starts))
                continue
        turned = bool(level % 2)
        groups = list(_groups(glyphs, starts, own, turned, nothing))
        if level & _ELLIPSIS:
            groups = [(shown, "…" if len(glyphs) == 1 else ".", at) for shown, _, at in groups]
        found += _clusters(font, groups, turned, run.offset)
    return found


def _add_plain(
    runs: list[Run], font: str, glyphs: list[int], texts: tuple[str, ...], places: Iterable[int]
) -> None:
    """Add a plain run to those of a line; it goes on with the last one if it can.

    Where spaces are widened, each word and each space is a run of its own for Pango.
    """
    starts, last = list(places), runs[-1] if runs else None
    if isinstance(last, PlainRun) and last.font == font and last.starts[-1] < starts[0]:
        last.glyphs.extend(glyphs)
        last.texts.extend(texts)
        last.starts.extend(starts)
    else:
        runs.append(PlainRun(font, list(glyphs), list(texts), starts))


@lru_cache(maxsize=8192)
def read_plainly(text: bytes, *starts: int) -> tuple[str, ...]:
    """Return the texts of the glyphs of a run to the right, if each glyph has its letter.

    They begin at `starts` within the text of the run.  Returns nothing for another run.
    """
    ends = [*starts[1:], len(text)]
    if not all(map(lt, starts, ends)):
        return ()
    letters = [_fold(text[start:end].decode()) for start, end in zip(starts, ends, strict=True)]
    return () if any(map(_is_mark, letters)) else tuple(letters)


def _groups(
    glyphs: list[int], starts: list[int], text: bytes, turned: bool, nothing: int
) -> Iterator[tuple[tuple[int, ...], str, int]]:
    """Yield the glyphs painted for each part of a run, from left to right, its text and place."""
    at, before = 0, len(text)
    while at < len(glyphs):
        end = at + 1
        while end < len(glyphs) and starts[end] == starts[at]:
            end += 1
        after = before if turned else starts[end] if end < len(glyphs) else len(text)
        before = starts[at]
        shown = tuple(glyphs[at:end])
        if nothing in shown:
            shown = tuple(glyph for glyph in shown if glyph != nothing)
        yield shown, text[starts[at] : after].decode(), starts[at]
        at = end


def _clusters(
    font: Any, groups: Iterable[tuple[tuple[int, ...], str, int]], turned: bool, offset: int
) -> Iterator[Cluster]:
    """Yield the clusters of a run; marks and joiners go to the letter before them."""
    last: Cluster | None = None
    marks: tuple[int, ...] = ()
    waiting = ""
    for glyphs, text, start in groups:
        letters = _fold(text)
        if not glyphs and letters not in _JOINERS:
            continue
        if not glyphs or _is_mark(letters):
            if turned:
                marks, waiting = (*marks, *glyphs), letters + waiting
                continue
            if last is not None:
                last.glyphs, last.text = (*last.glyphs, *glyphs), last.text + letters
                continue
        if last is not None:
            yield last
        glyphs, text = (*marks, *glyphs), letters + waiting
        base = 0
        if len(glyphs) > 1:
            base = max(range(len(glyphs)), key=lambda at: font.widths.get(glyphs[at], 0))
        last = Cluster(font.hash, glyphs, text, offset + start, base, turned)
        marks, waiting = (), ""
    if last is not None:
        yield last
    if marks:
        yield Cluster(font.hash, marks, waiting, offset, 0, turned)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return " " if text in _SPACES else _SILENT.sub("", text)


@lru_cache(maxsize=4096)
def _is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.category(sign)[0] == "M" for sign in text)


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def guard(clusters: list[Cluster], rightward: bool) -> None:
    """Put signs of direction where a program that turns words around would take too many.

    Such a program reads a line by the places of its letters, from its right if the page does not
    run `rightward`: it turns what is between letters, and takes all from a digit to the next letter
    as it is.
    """
    for number, one in enumerate(clusters):
        before = clusters[number - 1] if number else None
        after = clusters[number + 1] if number + 1 < len(clusters) else None
        if rightward:
            if one.turned and not (after and after.turned):
                one.text = _LEFT + one.text
        elif one.turned:
            if not _runs_left(one.text) and not one.text.isspace():
                one.text += _RIGHT
        else:
            if before is None or before.turned:
                one.text = _RIGHT + one.text
            if (after is None or after.turned) and not one.text[-1:].isalnum():
                one.text += _LEFT


def join_numbers(clusters: list[Cluster]) -> list[Cluster]:
    """Return clusters with the signs of each number in one; MuPDF would turn some of them."""
    found: list[Cluster] = []
    for one in clusters:
        last = found[-1] if found else one
        text = last.text + one.text
        if (
            last is not one
            and not (one.turned or last.turned)
            and last.font == one.font
            and len(text) <= MOST_LETTERS - len(SIGNS)
            and all(unicodedata.bidirectional(sign) in _NUMBER for sign in text)
        ):
            found[-1] = replace(last, glyphs=(*last.glyphs, *one.glyphs), text=text)
        else:
            found.append(one)
    return found
