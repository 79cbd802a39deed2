"""Paints a line of text: takes the place of a step of WeasyPrint, which it calls for unusual lines.

WeasyPrint asks C for every glyph of every line, and finds out for each how far to move after it.
Here the glyphs of a line are read at once, and each is written once for a font and a width.  What
is written is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any

from publish.editions.pdf.glyphs import GlyphRun, measure_glyph, read_runs
from publish.editions.pdf.wordshapes import WordShapes, find_runs, is_plain, learn_words

__all__ = ["STEP", "make_painter"]

STEP = ("stream", "textbox", "text_overflow", "block_ellipsis", "matrix")
"""The parameters of WeasyPrint's step."""

UNUSUAL = ("png", "svg", "colr", "bitmap")
"""What a font has whose glyphs are pictures."""

STEADY = 14802
"""The version of Pango since which the size of a font is the one it was asked for."""

Pieces = dict[tuple[int, int, int], str]
"""What is written for a glyph, its width and how far it is moved."""


def make_painter(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return what paints a line; it calls WeasyPrint's `step` where a line is not plain.

    What the fonts of a document need is kept as long as the painter, which serves one document.
    """
    known: dict[tuple[Any, float], Pieces] = {}
    shapes = WordShapes()

    def paint(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        runs = _read_plain_runs(textbox, shapes) if whole else []
        fonts = _find_fonts(stream, textbox, runs)
        if not fonts:
            return step(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.shown_runs = runs
        stream.set_text_matrix(*matrix.values)
        shown, last = "", None
        for run, (font, size) in zip(runs, fonts, strict=True):
            if run.font != last:
                if shown:
                    stream.show_text(shown)
                shown, last = "", run.font
                stream.set_font_size(font.hash, size)
            pieces = known.setdefault((font, size), {})
            shown += f"<{_write_run(run, font, size, pieces, textbox.pango_layout)}"
            shown = shown[:-1] if shown[-1] == "<" else f"{shown}>"
        stream.show_text(shown)
        return []

    return paint


def _read_plain_runs(textbox: Any, shapes: WordShapes) -> list[GlyphRun]:
    """Return the runs of a line if all run to the right, with the fonts' own glyphs on the line."""
    from weasyprint.text.ffi import pango  # type: ignore[import-untyped]

    style = textbox.style
    if not textbox.text.strip() or style["font_size"] < 1e-6:
        return []
    layout = textbox.pango_layout
    spacing = layout.justification_spacing
    if spacing and (runs := find_runs(shapes, layout.text, style, spacing)):
        return runs
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    layout.get_first_line()
    runs = read_runs(layout)
    if spacing:
        learn_words(shapes, layout.text, style, runs, layout)
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


def _write_run(run: GlyphRun, font: Any, size: float, pieces: Pieces, layout: Any) -> str:
    """Return the glyphs of a run as they are written, within the signs of an array."""
    shifts = run.shifts or repeat(0)
    keys = list(zip(run.glyphs, run.widths, shifts, strict=False))
    try:
        return "".join([pieces[key] for key in keys])
    except KeyError:
        _learn(run, keys, font, size, pieces, layout)
    return "".join([pieces[key] for key in keys])


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
