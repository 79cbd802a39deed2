"""Chooses the line breaks of a paragraph that have the least demerits together.

This is the method of Knuth and Plass.  A line costs more the more its spaces differ from the
usual, and more if it ends with a hyphen.  Three lines in a row never end with one, and the last
line is never one short word.  Lengths may be in any unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Measure", "Stop", "choose_breaks", "line_demerits"]

TWO_HYPHENS, HYPHEN_BEFORE_LAST = 30000.0, 20000.0
"""Demerits of a second hyphen in a row, and of a hyphen in the last line but one."""


class Stop(NamedTuple):
    """A place where a line may end, or the end of the paragraph.  Thousands are made for a report.

    `end` is the width of the text before it, `start` that of the text before the next line, which
    leaves out a space between them; `spaces` and `start_spaces` count the spaces in these texts.
    `hyphen` is the width of a hyphen that is added if a line ends here.  `hyphened` says whether it
    ends with a hyphen then, added or the text's own.  `penalty` is that of a line that ends here.
    """

    end: float
    start: float
    spaces: int
    start_spaces: int
    hyphen: float = 0.0
    hyphened: bool = False
    penalty: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What makes a line of a paragraph good or bad.

    `first` and `width` are the widths of the first line and of the others.  A space of a justified
    line can shrink by `shrink`; it is bad if it grows by `stretch`, and in no line grows by more
    than `limit`.  In a text that is not justified these are about the end of the line.  A last line
    that starts at `last_start` or later would be too short.  Every line costs `line`
    demerits more.
    """

    first: float
    width: float
    justified: bool
    shrink: float
    stretch: float
    limit: float
    last_start: float
    line: float = 0.0


class _Node(NamedTuple):
    """A chosen end of a line, with the best way to it; `hyphens` lines in a row end with one.

    `reach` is the width of the text up to the right edge of the next line, with spaces as usual.
    """

    start: float
    reach: float
    spaces: int
    hyphens: int
    demerits: float
    stop: int
    before: _Node | None


def choose_breaks(stops: Sequence[Stop], measure: Measure) -> tuple[int, ...] | None:
    """Return the numbers of the stops at which lines end, without the end of the paragraph.

    Returns None if no lines keep to the measure.
    """
    active = [_Node(0.0, measure.first, 0, 0, 0.0, -1, None)]
    for number, stop in enumerate(stops[:-1]):
        ways = _best_ways(active, number, stop, measure)
        while active and not _can_go_on(active[0], stop, measure):
            del active[0]
        active += ways
        if not active:
            return None
    ends = [node for node in active if _is_last_line(node, stops[-1], measure)]
    if not ends:
        return None
    best = min(ends, key=lambda node: node.demerits + HYPHEN_BEFORE_LAST * (node.hyphens > 0))
    return tuple(reversed([node.stop for node in _way(best)]))


def _best_ways(active: Sequence[_Node], number: int, stop: Stop, measure: Measure) -> list[_Node]:
    """Return the best way to a stop for each number of hyphens in a row.

    The active nodes are in the order of their starts, so that lines get looser.
    """
    ways: list[_Node | None] = [None, None, None]
    end, spaces = stop.end + stop.hyphen, stop.spaces
    shrink, limit, justified = measure.shrink, measure.limit, measure.justified
    for node in active:
        slack, count = node.reach - end, spaces - node.spaces
        if slack < -shrink * count:
            continue
        if slack > (limit * count if justified and count else limit):
            if node.before is None:
                continue  # the first line may be longer than the others
            break
        hyphens = node.hyphens + 1 if stop.hyphened else 0
        if hyphens > 2:
            continue
        total = node.demerits + line_demerits(slack, count, stop.penalty, measure)
        total += TWO_HYPHENS if hyphens > 1 else 0.0
        best = ways[hyphens]
        if best is None or total < best.demerits:
            reach = stop.start + measure.width
            ways[hyphens] = _Node(
                stop.start, reach, stop.start_spaces, hyphens, total, number, node
            )
    return [node for node in ways if node is not None]


def line_demerits(slack: float, spaces: int, penalty: float, measure: Measure) -> float:
    """Return the demerits of a line that leaves some width free, or needs more if this is negative.

    The line must fit the measure.
    """
    if measure.justified and spaces:
        slack /= spaces
        shrink = measure.shrink
    else:
        shrink = measure.shrink * spaces
    ratio = slack / measure.stretch if slack >= 0 else -slack / shrink
    badness = 1 + 100 * ratio * ratio * ratio + penalty
    return badness * badness + measure.line


def _can_go_on(node: _Node, stop: Stop, measure: Measure) -> bool:
    """Return whether a line from a node can still reach a stop."""
    return stop.end - (stop.spaces - node.spaces) * measure.shrink <= node.reach


def _is_last_line(node: _Node, end: Stop, measure: Measure) -> bool:
    """Return whether the rest of a paragraph fits one line that is not too short."""
    is_short = node.before is not None and node.start >= measure.last_start
    return not is_short and _can_go_on(node, end, measure)


def _way(node: _Node) -> Iterator[_Node]:
    """Yield the nodes of the way to a node, last first, without the start of the paragraph."""
    while node.before is not None:
        yield node
        node = node.before
