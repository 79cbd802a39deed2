"""Lays out paragraphs with the best lines: takes the place of two steps of WeasyPrint.

Just before the renderer lays out a paragraph its width is known, whatever page, column, list or
table it is in.  `fitting` chooses the lines then and writes the breaks into the boxes of the
paragraph for as long as it is laid out.  The renderer then ends its lines there and nowhere else,
which costs less than trying.  Both steps are private parts of the library, so a version in which
they differ is an error.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any

from publish.editions.lines.breaking import Measure, Stop, choose_breaks
from publish.editions.lines.measuring import find_font, lay_out_line, text_width, widen_spaces
from publish.editions.lines.paragraphs import (
    LINE_END,
    SOFT_HYPHEN,
    Paragraph,
    Place,
    read_paragraph,
)
from publish.editions.privateparts import make_version_error

__all__ = ["fitting"]

STEPS: dict[str, tuple[str, ...]] = {
    "_linebox_layout": (
        *("context", "box", "index", "child", "new_children", "page_is_empty"),
        *("absolute_boxes", "fixed_boxes", "adjoining_margins", "bottom_space", "position_y"),
        *("skip_stack", "first_letter_style", "first_line_style", "draw_bottom_decoration"),
        "max_lines",
    ),
    "split_first_line": (
        *("text", "style", "context", "max_width", "justification_spacing", "is_line_start"),
        "minimum",
    ),
}
"""The parameters of the steps that lay out a paragraph, and find the end of a line in a text."""

SKIP, LETTER, LINE = (
    STEPS["_linebox_layout"].index(name)
    for name in ("skip_stack", "first_letter_style", "first_line_style")
)

ENDS = re.compile(f"[{LINE_END}{SOFT_HYPHEN}]")

PLANNED = "best-lines"
"""The name of a value that only styles of paragraphs with chosen lines have."""

SHRINK, MOST_SHRINK = 0.055, 0.08
"""How much narrower than usual a space of a justified line may be in em, and if there is need."""

ROUNDING = 1e-6
"""By how many CSS px a line may be too long that has just been widened to its width."""

LOOSE = 0.62
"""The widest space of a justified line in em, if there is any choice: 6.8 pt at 11 pt."""

RAGGED, RAGGED_LINE = 0.05, 1e8
"""How much of its width a line that is not justified may leave free before it looks short, and the
demerits of any such line, which keep their number down."""

RUNNING = frozenset({"p", "li", "dd", "blockquote"})
"""The elements whose lines are chosen if they are not justified."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The chosen lines of a paragraph for one width: the texts of its boxes and all styles."""

    line: Any
    width: float
    paragraph: Paragraph
    texts: tuple[str, ...]
    styles: tuple[Any, ...]

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Write the breaks into the boxes, and take them back."""
        pieces = [piece.box for piece in self.paragraph.pieces]
        boxes = [self.line, *self.paragraph.boxes]
        texts = [box.text for box in pieces]
        before = [(box, box.style, box.trailing_collapsible_space) for box in boxes]
        for box, text in zip(pieces, self.texts, strict=True):
            box.text = text
        for box, style in zip(boxes, self.styles, strict=True):
            box.style, box.trailing_collapsible_space = style, False
        try:
            yield
        finally:
            for box, text in zip(pieces, texts, strict=True):
                box.text = text
            for box, style, trailing in before:
                box.style, box.trailing_collapsible_space = style, trailing


@dataclass(frozen=True, slots=True)
class _Styles:
    """Styles in which no line breaks by itself, widths of spaces and of hyphens, known so far."""

    planned: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    spaces: dict[Any, float] = field(default_factory=dict)
    hyphens: dict[Any, float] = field(default_factory=dict)

    def plan(self, style: Any) -> Any:
        """Return a style in which lines end at chosen breaks only."""
        found = self.planned.get(id(style))
        if found is None:
            changed = style.copy()
            changed["white_space"], changed[PLANNED] = "nowrap", True
            found = self.planned[id(style)] = (style, changed)
        return found[1]

    def space(self, style: Any) -> float:
        """Return the width of a space between two letters."""
        font = find_font(style)
        if font not in self.spaces:
            self.spaces[font] = text_width("n n", style) - text_width("nn", style)
        return self.spaces[font]


@contextmanager
def fitting() -> Iterator[None]:
    """Choose the lines of every paragraph that is laid out.

    Raises BuildError (code `renderer-unknown`) if a step that this replaces differs.
    """
    from weasyprint.layout import block, inline  # type: ignore[import-untyped]

    lay_out, split, styles = block._linebox_layout, inline.split_first_line, _Styles()
    for step in (lay_out, split):
        if tuple(inspect.signature(step).parameters) != STEPS[step.__name__]:
            raise make_version_error(f"{step.__name__} differs")

    def lay_out_best(*given: Any) -> Any:
        return _lay_out(lay_out, given, styles)

    @wraps(split)
    def split_at_end(text: str, style: Any, *given: Any, **named: Any) -> Any:
        if PLANNED in style:
            return _split(text, style, given[2])
        return split(text, style, *given, **named)

    block._linebox_layout, inline.split_first_line = lay_out_best, split_at_end
    try:
        yield
    finally:
        block._linebox_layout, inline.split_first_line = lay_out, split


def _lay_out(step: Any, given: Sequence[Any], styles: _Styles) -> Any:
    """Lay out a paragraph with the renderer's step, with chosen lines if there are any."""
    context, box, _, line, lines = given[:5]
    plan = _find_plan(context, box, line, given, styles)
    if plan is None:
        return step(*given)
    first = len(lines)
    with plan.applied():
        done = step(*given)
    for made in lines[first:]:
        _tighten(context, made, box.width)
    return done


def _split(
    text: str, style: Any, spacing: float
) -> tuple[Any, int, int | None, float, float, float]:
    """Return the part of a text that is before the next chosen break, as WeasyPrint wants it."""
    end = ENDS.search(text)
    if end is None:
        layout, length, *sizes = lay_out_line(text, style, spacing)
        return (layout, length, None, *sizes)
    hyphen = style["hyphenate_character"] if end[0] == SOFT_HYPHEN else ""
    layout, _, *sizes = lay_out_line(text[: end.start()] + hyphen, style, spacing)
    after = len(text[: end.end()].encode())
    return (layout, after, after, *sizes)


def _tighten(context: Any, line: Any, width: float) -> None:
    """Narrow the spaces of a line that was chosen a little too long."""
    over = line.width - width
    spaces = sum(box.text.count(" ") + box.text.count("\u00a0") for box in _texts(line))
    if over > ROUNDING and spaces:
        widen_spaces(context, line, -over / spaces)
        if line.style["direction"] == "rtl":  # it was laid out from its right end
            line.translate(over, 0)


def _texts(box: Any) -> Iterator[Any]:
    """Yield the boxes of text in a line."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if hasattr(child, "text"):
            yield child
        elif child.is_in_normal_flow():
            yield from _texts(child)


# --------------------------------------------------------------------------- choosing


def _find_plan(
    context: Any, box: Any, line: Any, given: Sequence[Any], styles: _Styles
) -> _Plan | None:
    """Return the plan for a paragraph, made now or when its first lines were laid out."""
    known: _Plan | None = getattr(line, "best_lines", None)
    if known and known.line is not line:
        known = None  # the box was copied with the plan of another
    if given[SKIP] is not None or (known and known.width == box.width):
        return known
    line.best_lines = None
    if given[LETTER] or given[LINE] or context.excluded_shapes or not _is_running(box, line):
        return None
    paragraph = read_paragraph(context, line)
    if paragraph is None:
        return None
    line.best_lines = made = _plan(paragraph, box, line, styles)
    return made


def _is_running(box: Any, line: Any) -> bool:
    """Return whether a paragraph is justified, or text that is hyphenated and ends freely."""
    align = line.style["text_align_all"]
    if align == "justify":
        return True
    start = "left" if line.style["direction"] == "ltr" else "right"
    return (
        align in ("start", start)
        and line.style["hyphens"] == "auto"
        and box.element is not None
        and box.element.tag in RUNNING
    )


def _plan(paragraph: Paragraph, box: Any, line: Any, styles: _Styles) -> _Plan | None:
    measures = _measures(paragraph, box, line, styles)
    if paragraph.before[-1] <= measures[0].first:
        return None
    known = styles.hyphens
    stops = [(place, paragraph.stop(place, known)) for place in paragraph.places()]
    for number, measure in enumerate(measures):
        added = [(place, paragraph.stop(place, known)) for place in _added(paragraph, number)]
        stops = sorted(stops + added, key=_offset) if added else stops
        breaks = choose_breaks([*(stop for _, stop in stops), paragraph.end()], measure)
        if breaks is not None:
            boxes = (line, *paragraph.boxes)
            return _Plan(
                line,
                box.width,
                paragraph,
                paragraph.written([stops[at][0] for at in breaks]),
                tuple(styles.plan(one.style) for one in boxes),
            )
    return None


def _offset(stop: tuple[Place, Stop]) -> int:
    return stop[0].at


def _added(paragraph: Paragraph, number: int) -> list[Place]:
    """Return the places that are added when the measure of a number is tried.

    Words of five letters are hyphenated, and tied words parted, only if there is need.
    """
    if number == 1:
        return list(paragraph.hyphens())
    if number == 2:
        known = set(paragraph.hyphens())
        shorter = (place for place in paragraph.hyphens(1) if place not in known)
        return [*shorter, *paragraph.ties()]
    return []


def _measures(paragraph: Paragraph, box: Any, line: Any, styles: _Styles) -> tuple[Measure, ...]:
    """Return the measures to try: without hyphens and strict, with hyphens, and loose."""
    em, width = float(line.style["font_size"]), float(box.width)
    indent = line.style["text_indent"]
    justified = line.style["text_align_all"] == "justify"
    space = styles.space(paragraph.pieces[0].box.style)
    base = Measure(
        first=width - (indent.value if indent.unit == "px" else width * indent.value / 100),
        width=width,
        justified=justified,
        shrink=0.0 if paragraph.has_objects else SHRINK * em,
        stretch=0.75 * space if justified else RAGGED * width,
        limit=0.75 * space if justified else 0.0,
        last_start=paragraph.last_start,
        line=0.0 if justified else RAGGED_LINE,
    )
    loose = LOOSE * em - space if justified else 3 * RAGGED * width
    tight = MOST_SHRINK * em if base.shrink else 0.0
    hyphenated = replace(base, limit=loose)
    tightest = replace(hyphenated, shrink=tight)
    return base, hyphenated, tightest, replace(tightest, limit=width)
