"""Paints a line of text: takes the place of a step of WeasyPrint, which it calls for unusual lines.

WeasyPrint asks C for every glyph of every line, and finds out for each how far to move after it.
Here the glyphs of a line are read at once, and each is written once for a font and a width.  What
is written is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any

from publish.editions.pdf.letters.glyphs import GlyphRun, measure_glyph, read_runs
from publish.editions.pdf.letters.wordshapes import (
    KnownLine,
    WordShapes,
    find_line,
    is_plain,
    learn_words,
)

__all__ = ["STEP", "make_painter"]

STEP = ("stream", "textbox", "text_overflow", "block_ellipsis", "matrix")
"""The parameters of WeasyPrint's step."""

UNUSUAL = ("png", "svg", "colr", "bitmap")
"""What a font has whose glyphs are pictures."""

STEADY = 14802
"""The version of Pango since which the size of a font is the one it was asked for."""

Pieces = dict[tuple[int, int, int], str]
"""What is written for a glyph, its width and how far it is moved."""

WrittenRuns = dict[int, tuple[list[int], str]]
"""What is written for a run of a known word, by the list of its widths."""


def make_painter(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return what paints a line; it calls WeasyPrint's `step` where a line is not plain.

    What the fonts of a document need is kept as long as the painter, which serves one document.
    """
    known: dict[tuple[Any, float], Pieces] = {}
    written: dict[tuple[Any, float], WrittenRuns] = {}
    shapes = WordShapes()

    def paint(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        whole = text_overflow != "ellipsis" and block_ellipsis == "none" and _is_seen(textbox)
        line = _find_line(textbox, shapes) if whole else None
        runs = line.runs if line else _read_plain_runs(textbox, shapes) if whole else []
        fonts = _find_fonts(stream, textbox, runs[:1] if line else runs)
        if not fonts:
            return step(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.shown_runs = runs
        stream.set_text_matrix(*matrix.values)
        shown, last, layout = "", None, textbox.pango_layout
        if line:
            font, size = fonts[0]
            stream.shown_plainly = line.make_plain(font.hash)
            stream.set_font_size(font.hash, size)
            pieces = known.setdefault(fonts[0], {})
            shown = _write_line(runs, font, size, pieces, written.setdefault(fonts[0], {}), layout)
        else:
            for run, (font, size) in zip(runs, fonts, strict=True):
                if run.font != last:
                    if shown:
                        stream.show_text(shown)
                    shown, last = "", run.font
                    stream.set_font_size(font.hash, size)
                pieces = known.setdefault((font, size), {})
                shown += _write_run(run, font, size, pieces, layout)
        stream.show_text(shown)
        return []

    return paint


def _is_seen(textbox: Any) -> bool:
    """Return whether a text has a size and more than spaces."""
    return bool(textbox.text.strip()) and textbox.style["font_size"] >= 1e-6


def _find_line(textbox: Any, shapes: WordShapes) -> KnownLine | None:
    """Return a line with widened spaces if its words are known."""
    layout = textbox.pango_layout
    spacing = layout.justification_spacing
    return find_line(shapes, layout.text, textbox.style, spacing) if spacing else None


def _read_plain_runs(textbox: Any, shapes: WordShapes) -> list[GlyphRun]:
    """Return the runs of a line if all run to the right, with the fonts' own glyphs on the line."""
    from weasyprint.text.ffi import pango  # type: ignore[import-untyped]

    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    layout.get_first_line()
    runs = read_runs(layout)
    if layout.justification_spacing:
        learn_words(shapes, layout.text, textbox.style, runs, layout)
    return runs if all(map(is_plain, runs)) else []


def _find_fonts(stream: Any, textbox: Any, runs: list[GlyphRun]) -> list[tuple[Any, float]]:
    """Return the font and size of each run in the file; none if one has pictures, or no size."""
    from weasyprint.text.ffi import pango

    found: list[tuple[Any, float]] = []
    last = None
    for run in runs:
        if run.font != last:
            last = run.font
            font, size = stream.add_font(run.font)
            if any(getattr(font, name) for name in UNUSUAL):
                return []
            if pango.pango_version() < STEADY:
                size = textbox.style["font_size"]
            if not size:
                return []  # Pango has no font of a size beyond all bounds.
        found.append((font, size))
    return found


def _write_line(
    runs: list[GlyphRun],
    font: Any,
    size: float,
    pieces: Pieces,
    written: WrittenRuns,
    layout: Any,
) -> str:
    """Return the runs of known words as they are written; a word is written once for a font."""
    found: list[str] = []
    for run in runs:
        held = written.get(id(run.widths))
        if held is None:
            text = _write_run(run, font, size, pieces, layout)
            held = written[id(run.widths)] = run.widths, text
        found.append(held[1])
    return "".join(found)


def _write_run(run: GlyphRun, font: Any, size: float, pieces: Pieces, layout: Any) -> str:
    """Return the glyphs of a run as they are written within an array."""
    keys = list(zip(run.glyphs, run.widths, run.shifts or repeat(0), strict=False))
    try:
        text = "".join([pieces[key] for key in keys])
    except KeyError:
        _learn(run, keys, font, size, pieces, layout)
        text = "".join([pieces[key] for key in keys])
    text = f"<{text}"
    return text[:-1] if text[-1] == "<" else f"{text}>"


def _learn(
    run: GlyphRun,
    keys: list[tuple[int, int, int]],
    font: Any,
    size: float,
    pieces: Pieces,
    layout: Any,
) -> None:
    """Add the new glyphs of a run to those that are known of a font, with their letters."""
    from weasyprint.text.ffi import FROM_UNITS

    for at, key in enumerate(keys):
        if key in pieces:
            continue
        glyph, width, shift = key
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = _read_letters(run, at, layout.text.encode())
        if glyph not in font.widths:
            font.widths[glyph] = measure_glyph(run.font, glyph, size)
        offset = shift / size
        move = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        before = f">{-offset}<" if offset else ""
        after = f">{int(move)}<" if move else ""
        pieces[key] = f"{before}{glyph:04x}{after}"


def _read_letters(run: GlyphRun, at: int, text: bytes) -> str:
    """Return the letters of a glyph of a run; `text` is that of the line."""
    end = run.starts[at + 1] if at + 1 < len(run.starts) else run.length
    return text[run.offset + run.starts[at] : run.offset + end].decode()
