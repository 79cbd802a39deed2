"""Measures text with the renderer's own shaping, so that widths are those of the page.

Pango shapes a text once; its glyphs give the width of every letter, kerning included, and its
break table every place where the renderer would end a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = [
    "MeasuredText",
    "delay_layout",
    "find_font",
    "hyphen_width",
    "lay_out_line",
    "measure_font",
    "measure_text",
    "outer_width",
    "painted_width",
    "place_letters",
    "round_widening",
    "set_widened",
    "text_width",
    "widen_spaces",
]

BREAK = 1
"""The bit of a character in Pango's table that says that a line may break before it."""

CONTINUED, CONTINUATION = 0xC0, 0x80
"""The bits that tell the bytes of UTF-8 within a character."""


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """The width of each character of a text in CSS px, and those before which a line may break."""

    widths: tuple[float, ...]
    breaks: tuple[int, ...]


def measure_text(text: str, style: Any) -> MeasuredText:
    """Return the widths and breaks of a text on one line in a style of the renderer."""
    layout, line = _shape(text, style)
    widths = _cluster_widths(text, line)
    table = _break_table(layout, len(text))
    layout.deactivate()
    return MeasuredText(widths, table)


def text_width(text: str, style: Any) -> float:
    """Return the width of a text on one line in CSS px."""
    return sum(measure_text(text, style).widths)


def find_font(style: Any) -> object:
    """Return what the widths of letters depend on: equal for styles with the same font."""
    return (
        *(style[f"font_{name}"] for name in ("family", "size", "style", "weight", "stretch")),
        *(style[name] for name in ("letter_spacing", "lang", "hyphenate_character")),
    )


def hyphen_width(letter: str, style: Any, font: object, known: dict[Any, float]) -> float:
    """Return the width of a letter and a hyphen, which are kerned; `known` keeps those found."""
    key = (letter, font)
    if key not in known:
        known[key] = text_width(letter + style["hyphenate_character"], style)
    return known[key]


def outer_width(context: Any, box: Any) -> float:
    """Return the width of an image or another box that no line can break, margins included."""
    from weasyprint.layout.preferred import max_content_width  # type: ignore[import-untyped]

    return float(max_content_width(context, box))


def _shape(text: str, style: Any) -> tuple[Any, Any]:
    from weasyprint.text.line_break import Layout  # type: ignore[import-untyped]

    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    return layout, line


def _cluster_widths(text: str, line: Any) -> tuple[float, ...]:
    """Return the width of each character: that of its glyphs, or 0 inside a group of letters."""
    from weasyprint.text.ffi import FROM_UNITS, ffi  # type: ignore[import-untyped]

    data = text.encode()
    found = [0] * (len(data) + 1)
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count, offset = glyphs.num_glyphs, item.offset
        size = ffi.sizeof(glyphs.glyphs[0])
        numbers = memoryview(ffi.buffer(glyphs.glyphs, count * size)).cast("i")
        for cluster, width in zip(
            ffi.unpack(glyphs.log_clusters, count), numbers[1 :: size // 4], strict=True
        ):
            found[offset + cluster] += width
        run = run.next
    return tuple(
        width * FROM_UNITS
        for width, byte in zip(found, data, strict=False)
        if byte & CONTINUED != CONTINUATION
    )


def _break_table(layout: Any, length: int) -> tuple[int, ...]:
    from weasyprint.text.ffi import ffi, pango

    table = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    flags = memoryview(ffi.buffer(table, 4 * length)).cast("I")
    return tuple(at for at, flag in enumerate(flags) if flag & BREAK)


def lay_out_line(text: str, style: Any, spacing: float) -> tuple[Any, int, float, float, float]:
    """Return the renderer's layout of a text on one line, its bytes, width, height and baseline."""
    from weasyprint.text.line_break import Layout, first_line_metrics

    layout = Layout(style, spacing)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    made, length, _, width, height, baseline = first_line_metrics(
        line, text, layout, None, True, style
    )
    return made, length, width, height, baseline


def round_widening(style: Any, spacing: float) -> int:
    """Return by how many of Pango's units spaces are wider in a layout with this spacing."""
    from weasyprint.text.ffi import TO_UNITS

    return int((style["word_spacing"] + spacing) * TO_UNITS)


def set_widened(text: str, style: Any, spacing: float) -> Any:
    """Return a layout of a text with spaces so much wider, as it is when its line is painted."""
    from weasyprint.text.line_break import Layout

    layout = Layout(style, spacing)
    layout.set_text(text, justify=True)
    layout.get_first_line()
    return layout


def delay_layout(text: str, spacing: float) -> Any:
    """Return a layout of the renderer for a text with widened spaces, made when it is needed.

    It is not needed for a painted line whose glyphs are known.  The text has no lines under, over
    or through it: the renderer asks for their places before it activates a layout.
    """
    return _make_late_layout()(text, spacing)


@cache
def _make_late_layout() -> Any:
    from weasyprint.text.line_break import Layout

    class LateLayout(Layout):  # type: ignore[misc]
        """A layout that is not active, as `deactivate` leaves one, and becomes so when needed."""

        def __init__(self, text: str, spacing: float) -> None:
            self.text, self.justification_spacing = text, spacing
            self.max_width, self.first_line_direction = None, 0

        def reactivate(self, style: Any) -> None:
            self.style = style

        def deactivate(self) -> None:
            for name in ("layout", "language", "style"):
                self.__dict__.pop(name, None)

        def __getattr__(self, name: str) -> Any:
            if name == "layout" and "style" in self.__dict__:
                super().reactivate(self.style)
                return self.__dict__[name]
            raise AttributeError(name)

    return LateLayout


def widen_spaces(context: Any, line: Any, by: float) -> None:
    """Widen every space of a laid-out line by some CSS px, or narrow it."""
    from weasyprint.layout.inline import add_word_spacing  # type: ignore[import-untyped]

    add_word_spacing(context, line, by, 0)


def painted_width(text: str, style: Any, spacing: float) -> float:
    """Return the width of a text as it is painted with widened spaces."""
    from weasyprint.text.line_break import Layout, line_size

    layout = Layout(style, spacing)
    layout.set_text(text, justify=True)
    line, _ = layout.get_first_line()
    width, _ = line_size(line, style)
    layout.deactivate()
    return float(width)


def measure_font(style: Any, known: dict[Any, tuple[float, float]]) -> tuple[float, float]:
    """Return height and baseline of a line in the first font of a style; `known` keeps them."""
    font = find_font(style)
    if font not in known:
        *_, height, baseline = lay_out_line(" ", style, 0)
        known[font] = (height, baseline)
    return known[font]


def place_letters(text: str, style: Any, spacing: float) -> tuple[tuple[int, float, float], ...]:
    """Return each letter of a text as it is painted on one line, in the order of the eye.

    A letter is its place in the text, where it begins in CSS px from the left end of its box, and
    its width.  Letters that share a glyph count as the first of them.
    """
    from weasyprint.text.ffi import FROM_UNITS, ffi
    from weasyprint.text.line_break import Layout

    layout = Layout(style, spacing)
    layout.set_text(text, justify=True)
    line, _ = layout.get_first_line()
    letters = _count_letters(text.encode())
    found: list[tuple[int, float, float]] = []
    at, run = 0, line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        for number, cluster in enumerate(clusters):
            width = glyphs.glyphs[number].geometry.width
            found.append((letters[item.offset + cluster], at * FROM_UNITS, width * FROM_UNITS))
            at += width
        run = run.next
    layout.deactivate()
    return tuple(found)


def _count_letters(data: bytes) -> list[int]:
    """Return how many characters begin before each byte of a text."""
    counts, count = [], -1
    for byte in data:
        count += byte & CONTINUED != CONTINUATION
        counts.append(count)
    return counts
