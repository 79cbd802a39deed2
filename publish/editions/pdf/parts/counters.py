"""What a document counts from chapter to chapter, such as the numbers of headings: `carrying`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.privateparts import make_version_error, replacing

__all__ = ["Counts", "Tally", "carrying", "read_tally", "start_tally"]


@dataclass(frozen=True, slots=True)
class Counts:
    """All counters at a place in a document, and how many quotations are open there.

    A counter has a value for each element around the place that reset it.  `scopes` are the names
    of the counters that began in each of these elements, from the root (CSS Lists 3 §4.3).
    """

    quotes: int
    values: tuple[tuple[str, tuple[int, ...]], ...]
    scopes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a part does to the counters before it: what it adds to each value, or sets it to.

    The first field of a pair says whether it adds.
    """

    quotes: int
    values: tuple[tuple[str, tuple[tuple[bool, int], ...]], ...]
    scopes: tuple[tuple[str, ...], ...]

    def apply(self, before: Counts) -> Counts:
        """Return the counters after the part; those that it adds to are among those before."""
        start = dict(before.values)
        values = tuple(
            (name, tuple(n + start[name][at] if adds else n for at, (adds, n) in enumerate(own)))
            for name, own in self.values
        )
        return Counts(before.quotes + self.quotes, values, self.scopes)


class _Started(int):
    """A value that a counter had before a part, and what is added to it."""

    def __add__(self, other: int) -> _Started:
        return _Started(int(self) + other)


def start_tally(before: Counts) -> Counts:
    """Return what stands for these counters, of any value, in a part whose tally is wanted."""
    values = tuple((name, tuple(_Started() for _ in own)) for name, own in before.values)
    return Counts(0, values, before.scopes)


def read_tally(after: Counts) -> Tally:
    """Return what a part did that began with those counters; these are they after it."""
    values = tuple(
        (name, tuple((isinstance(one, _Started), int(one)) for one in own))
        for name, own in after.values
    )
    return Tally(after.quotes, values, after.scopes)


@contextmanager
def carrying(starts: Mapping[Element, Counts], last: Element) -> Iterator[list[Counts]]:
    """Let WeasyPrint go on from these counters where it comes to an element.

    Yields a list that gets the counters after the element `last`.  Raises BuildError (code
    `renderer-unknown`) if the step that this replaces differs.
    """
    from weasyprint.formatting_structure import build  # type: ignore[import-untyped]

    make = build.element_to_box
    if tuple(inspect.signature(make).parameters)[7:] != ("state",):
        raise make_version_error("element_to_box differs")
    found: list[Counts] = []

    def count(element: Any, *given: Any) -> Any:
        if element in starts:
            _start(given[-1], starts[element])
        boxes = make(element, *given)
        if element is last:
            found[:] = [_read(given[-1])]
        return boxes

    with replacing(build, element_to_box=count):
        yield found


def _start(state: Any, counts: Counts) -> None:
    quotes, values, scopes, _ = state
    quotes[:] = [counts.quotes]
    values.clear()
    values.update((name, list(own)) for name, own in counts.values)
    scopes[:] = map(set, counts.scopes)


def _read(state: Any) -> Counts:
    quotes, values, scopes, _ = state
    kept = tuple((name, tuple(own)) for name, own in sorted(values.items()))
    return Counts(quotes[0], kept, tuple(tuple(sorted(own)) for own in scopes))
