"""The parts of a braille book: what they are, and how they are gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from publish.editions.braille.runs import Run

__all__ = ["Part", "Place", "Reading", "Style"]

Place = Literal["cover", "imprint", "contents", "text", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, heading, item, line of contents or rule, and where it stands.

    `first` and `rest` are the blank cells before its first and its other lines, `before` the blank
    lines above it.  A part that is to `keep` is on the page of the next.  `targets` are the ids
    that lead to it; `entry` is the id whose page number ends a line of contents.  A rule is `fill`
    from edge to edge, a `centred` one in the middle.
    """

    runs: tuple[Run, ...] = ()
    place: Place = "text"
    first: int = 0
    rest: int = 0
    before: int = 0
    centred: bool = False
    keep: bool = False
    new_page: bool = False
    targets: tuple[str, ...] = ()
    entry: str = ""
    fill: str = ""


class Reading:
    """What has been read of a part of the book, and what waits for the next paragraph.

    `top` is the rank of the highest headings.  `cited` are the notes that the text leads to, in
    their order.  `begun` says whether the item of a list has a paragraph already.
    """

    def __init__(
        self,
        place: Place,
        *,
        top: int = 1,
        new_page: bool = False,
        targets: Iterable[str] = (),
    ) -> None:
        """Begin at a place of the book; `new_page` and `targets` are for its first paragraph."""
        self.place, self.top = place, top
        self.new_page, self.targets = new_page, list(targets)
        self.gap, self.begun = 0, False
        self.prefix: list[Run] = []
        self.parts: list[Part] = []
        self.cited: list[str] = []

    def add(self, part: Part) -> None:
        """Add a part after the gap that waits, with the ids and the number that wait."""
        if not part.fill and not any(run.text.strip() for run in part.runs):
            return
        runs = (*self.prefix, *part.runs)
        self.parts.append(
            replace(
                part,
                runs=runs,
                place=self.place,
                before=max(part.before, self.gap),
                new_page=self.new_page or part.new_page,
                targets=tuple(self.targets),
            )
        )
        self.gap, self.new_page, self.targets, self.prefix = 0, False, [], []
        self.begun = True


@dataclass(frozen=True, slots=True)
class Style:
    """The indents of paragraphs at a place: of their first lines, of the others."""

    first: int = 2
    rest: int = 0
    item: bool = False
