"""Tells what can be seen on a page: the graphics state, places, and what hides a text.

Terms are those of ISO 32000-1 §8.4 and §9.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = [
    "Box",
    "Matrix",
    "State",
    "enclose",
    "find_why_hidden",
    "is_in",
    "is_white",
    "multiply",
    "raise_by",
]

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_WHITE, _LEAST_SIZE, _LEAST_ALPHA = 0.9, 1.0, 0.2
_MOST_APART = 3
"""The most space between letters, in letters."""


class State(NamedTuple):
    """The graphics state, as far as it can hide a text."""

    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    colour: tuple[float, ...] = (0,)
    alpha: float = 1
    font: str = ""
    size: float = 0
    mode: float = 0
    stretch: float = 100
    rise: float = 0
    apart: float = 0
    clip: Box | None = None


def multiply(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def raise_by(height: float, matrix: Matrix) -> Matrix:
    """Return a matrix for what stands so much higher in its own space."""
    a, b, c, d, e, f = matrix
    return a, b, c, d, height * c + e, height * d + f


def is_white(colour: tuple[float, ...]) -> bool:
    if len(colour) == 4:
        return max(colour) < 1 - _WHITE
    return bool(colour) and min(colour) >= _WHITE


def enclose(points: Iterable[tuple[float, float]], matrix: Matrix) -> Box:
    """Return the box around points, in the space of the page."""
    a, b, c, d, e, f = matrix
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def is_in(point: tuple[float, float], box: Box, margin: float = 0) -> bool:
    """Return whether a point is in a box."""
    left, bottom, right, top = box
    x, y = point
    return left - margin <= x <= right + margin and bottom - margin <= y <= top + margin


def find_why_hidden(state: State, whole: Matrix, page: Box, *, dark: bool) -> str:
    """Return why nobody sees a text that is shown now; empty if it can be seen.

    `whole` leads from the text to the page; `dark` says that something dark is drawn on the page.
    """
    height = state.size * (abs(whole[2]) + abs(whole[3]))
    width = state.stretch / 100 * (abs(whole[0]) + abs(whole[1]))
    if state.mode not in (0, 1, 2):
        return "without ink"
    if height < _LEAST_SIZE or width * state.size < _LEAST_SIZE:
        return "too small"
    if state.alpha < _LEAST_ALPHA or (is_white(state.colour) and not dark):
        return "in the colour of the paper"
    if abs(state.apart) > _MOST_APART * state.size:
        return "with its letters far apart"
    if not is_in(whole[4:], page):
        return "off the page"
    if state.clip is not None and not is_in(whole[4:], state.clip, state.size):
        return "cut off"
    return ""
