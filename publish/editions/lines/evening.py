"""Keeps lines at even distances, indents them at their start, and fills those without spaces.

WeasyPrint takes the height of a line from all of its fonts: one letter of another font, with
higher or lower parts, would move the lines below it off the grid.  It justifies a line at spaces
only, which Chinese, Japanese and Thai hardly have, and indents text from right to left at the left.
These steps are private parts of the library, so a version in which they differ is an error.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from publish.editions.lines.measuring import (
    delay_layout,
    lay_out_line,
    measure_font,
    painted_width,
)
from publish.editions.privateparts import make_version_error
from publish.wideletters import may_have_wide, pattern_later

__all__ = ["evening"]

STEPS = {
    "split_first_line": (
        *("text", "style", "context", "max_width", "justification_spacing", "is_line_start"),
        "minimum",
    ),
    "justify_line": ("context", "line", "extra_width"),
    "add_word_spacing": ("context", "box", "justification_spacing", "x_advance"),
    "remove_last_whitespace": ("context", "line"),
}
"""The parameters of the steps that end a line in a text, fill a line, and widen its spaces, and
that takes the space from its end."""

SPACELESS = pattern_later(
    "[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Letters of scripts that have no spaces between words."""

MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0300-\u036f]")
"""Signs over and under a letter."""

FOREIGN = re.compile("[^\0-\u052f\u1e00-\u1eff\u2000-\u22ff]")
"""Letters that the typefaces of most themes do not have."""

MOST = 0.09
"""How far letters may be set apart, in em; programs that take text out see a space from 0.1."""


@contextmanager
def evening() -> Iterator[None]:
    """Give lines the height of their first font, and fill those without spaces.

    Raises BuildError (code `renderer-unknown`) if a step that this replaces differs.
    """
    from weasyprint.layout import inline  # type: ignore[import-untyped]

    split, justify, widen, trim = before = [getattr(inline, name) for name in STEPS]
    for step in before:
        if tuple(inspect.signature(step).parameters) != STEPS[step.__name__]:
            raise make_version_error(f"{step.__name__} differs")

    heights: dict[Any, tuple[float, float]] = {}

    @wraps(split)
    def split_level(text: str, style: Any, *given: Any, **named: Any) -> Any:
        *found, _, _ = split(text, style, *given, **named)
        return (*found, *measure_font(style, heights))

    @wraps(justify)
    def justify_any(context: Any, line: Any, extra_width: float) -> None:
        if not _spread(line, extra_width):
            justify(context, line, extra_width)

    @wraps(widen)
    def widen_true(context: Any, box: Any, spacing: float, advance: float) -> Any:
        text = getattr(box, "text", "")
        drawn = box.style["text_decoration_line"] != "none"
        if not text or text == " " or "\n" in text or drawn:
            advance = widen(context, box, spacing, advance)
        else:
            advance = _widen_text(box, spacing, advance)
        if " " in text and FOREIGN.search(text):
            _fill(box)
        return advance

    @wraps(trim)
    def trim_start(context: Any, line: Any) -> None:
        before, place = line.width, _find_place(line)
        trim(context, line)
        if line.style["direction"] == "rtl":
            if before > line.width:
                _close_gap(line, before - line.width, _find_place(line) - place)
            if line.text_indent:
                _move_indent(line)

    steps = (split_level, justify_any, widen_true, trim_start)
    vars(inline).update(zip(STEPS, steps, strict=True))
    try:
        yield
    finally:
        vars(inline).update(zip(STEPS, before, strict=True))


def _find_place(line: Any) -> float:
    return float(line.children[0].position_x) if line.children else 0.0


def _close_gap(line: Any, space: float, moved: float) -> None:
    """Move what is before the last text of a line from right to left to where its space was.

    The renderer narrows that text and moves all of the line, or nothing if the text runs from left
    to right, and paints it with its space: laid out anew, it leaves a gap, and the line is longer.
    """
    for child in line.children:
        child.translate(-moved, 0, ignore_floats=True)
    last = line
    while getattr(last, "children", ()):
        if last.style["direction"] == "rtl":
            for child in last.children[:-1]:
                if child.is_in_normal_flow():
                    child.translate(-space, 0, ignore_floats=True)
        last = last.children[-1]
    if last.text:
        last.pango_layout = lay_out_line(last.text, last.style, last.justification_spacing)[0]


def _move_indent(line: Any) -> None:
    """Move the indent of a line from right to left to its start; WeasyPrint has it at the end."""
    for child in line.children:
        if child.is_in_normal_flow():
            child.translate(-line.text_indent, 0, ignore_floats=True)


def _widen_text(box: Any, spacing: float, advance: float) -> float:
    """Widen the spaces of a text, as the renderer does, and leave its layout for later.

    Returns how far what follows the text moves; it has moved by `advance` itself.
    """
    box.justification_spacing = spacing
    box.position_x += advance
    spaces = box.text.count(" ") + box.text.count("\u00a0")
    if spaces:
        extra = spacing * spaces
        box.width += extra
        box.pango_layout = delay_layout(box.text, spacing)
        advance += extra
    return advance


def _fill(box: Any) -> None:
    """Make the spaces of a text so wide that it is painted as wide as it was measured.

    A space is measured in the font of the word before it, but painted in the first font if it is
    widened: where the two differ, words would run into the next text, or leave a gap before it.
    """
    layout = box.pango_layout
    painted = painted_width(box.text, box.style, layout.justification_spacing)
    spaces = box.text.count(" ") + box.text.count("\u00a0")
    layout.justification_spacing += (box.width - painted) / spaces
    box.justification_spacing = layout.justification_spacing


def _spread(line: Any, extra: float) -> bool:
    """Set the letters of a line apart; return whether most of them are of a spaceless script."""
    boxes = list(_texts(line))
    text = "".join(box.text for box in boxes)
    if not may_have_wide(text):
        return False
    if 2 * len(SPACELESS().findall(text)) <= len("".join(text.split())):
        return False
    gaps = [_count_gaps(box.text) for box in boxes]
    _set_apart(line, min(extra / max(1, sum(gaps) - 1), MOST * line.style["font_size"]))
    return True


def _count_gaps(text: str) -> int:
    """Return the number of letters of a text, without marks that stand over or under one."""
    return sum(not MARK.match(letter) for letter in text)


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if hasattr(child, "text"):
            yield child
        elif child.is_in_normal_flow():
            yield from _texts(child)


def _set_apart(box: Any, each: float, moved: float = 0.0) -> float:
    """Widen the texts in a box and move what follows them; return how far that is."""
    for child in box.children:
        child = getattr(child, "_box", child)
        if not child.is_in_normal_flow():
            continue
        if hasattr(child, "text"):
            child.position_x += moved
            moved += _widen(child, each)
        elif hasattr(child, "children") and type(child).__name__ in ("InlineBox", "LineBox"):
            child.position_x += moved
            before = moved
            moved = _set_apart(child, each, moved)
            child.width += moved - before
        else:
            child.translate(moved, 0)
    return moved


def _widen(box: Any, each: float) -> float:
    """Set the letters of a text apart; return by how much it is wider."""
    style = box.style.copy()
    own = style["letter_spacing"]
    style["letter_spacing"] = each + (0.0 if own == "normal" else own)
    layout, _, width, _, _ = lay_out_line(box.text, style, box.justification_spacing)
    wider = width - box.width
    box.style, box.pango_layout, box.width = style, layout, width
    return float(wider)
