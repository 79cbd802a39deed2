"""Counts the lines of Python that a call runs, so that growth can be asserted without a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

Tracer = Callable[[FrameType, str, Any], Any]


def steps(call: Callable[[], object]) -> int:
    """Return how many lines the call runs; a loop on one line counts each turn.

    What a library in C does within a line is one step, whatever it costs.
    """
    count = 0

    def trace(_: FrameType, event: str, __: object) -> Tracer:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def growth(call: Callable[[int], object], size: int) -> float:
    """Return how many times the steps of a size those of twice the size are: 2 is linear."""
    call(size)  # what is made once and kept is made here
    return steps(lambda: call(2 * size)) / steps(lambda: call(size))
