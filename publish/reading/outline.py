"""The outline of a document: the level and the id of every heading."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.model import Document, Heading, Prose, Span, rebuild
from publish.reading.faults import Faults

__all__ = ["Placed", "place_headings", "set_outline"]

DEEPEST = 6
"""XHTML has six levels of headings."""

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading with its final level and id; `typed` is the id it has by its own text alone."""

    heading: Heading
    typed: str

    @property
    def id(self) -> str:
        return self.heading.id

    @property
    def file(self) -> str:
        return self.heading.prose.span.file


def place_headings(
    headings: Sequence[Heading],
    given: Collection[Span],
    depths: Mapping[str, int],
    faults: Faults,
) -> tuple[Placed, ...]:
    """Return the headings with their final levels and ids.

    Skipped levels are closed up, and the highest level in use is 1.  A heading whose text occurs
    again gets the id of its section before its own, so that its id stays when sections are
    inserted or moved.  `given` are the places of headings whose author wrote the id.  `depths` is
    how deep the summary of a book has a file, from 1.
    """
    levels = _shifted(headings, depths)
    parents, final = _close_up(levels)
    ids = _ids(headings, given, parents)
    placed = tuple(
        Placed(replace(heading, level=min(level, DEEPEST), id=id_), heading.id)
        for heading, level, id_ in zip(headings, final, ids, strict=True)
    )
    _tell(tuple(one for one in placed if one.id != one.typed), faults)
    return placed


def set_outline(document: Document, placed: Sequence[Placed]) -> Document:
    """Return the document with these headings in place of its own, and its texts in sections."""
    new = iter(placed)
    body = tuple(next(new).heading if isinstance(b, Heading) else b for b in document.body)
    document = replace(document, body=body)
    if all(one.id == one.typed for one in placed):
        return document
    starts: dict[str, tuple[list[int], list[str]]] = {}
    for one in placed:
        lines, ids = starts.setdefault(one.file, ([], []))
        lines.append(one.heading.prose.span.first)
        ids.append(one.id)
    return rebuild(document, lambda prose: _within(prose, starts))


def _within(prose: Prose, starts: Mapping[str, tuple[list[int], list[str]]]) -> Prose:
    """Return a text with the final id of its section: that of the last heading above it."""
    if not prose.section:
        return prose
    lines, ids = starts.get(prose.span.file, ([], []))
    at = bisect_right(lines, prose.span.first)
    return replace(prose, section=ids[at - 1]) if at else prose


def _shifted(headings: Iterable[Heading], depths: Mapping[str, int]) -> list[int]:
    """Return the levels, those of a chapter in a summary moved down to its depth there."""
    headings = tuple(headings)
    highest: dict[str, int] = {}
    for heading in headings:
        file = heading.prose.span.file
        highest[file] = min(highest.get(file, heading.level), heading.level)
    return [
        heading.level + (depth - highest[file] if (depth := depths.get(file, 0)) else 0)
        for heading in headings
        for file in (heading.prose.span.file,)
    ]


def _close_up(levels: Iterable[int]) -> tuple[list[int | None], list[int]]:
    """Return for each level the index of the heading above it, and the level without gaps."""
    parents: list[int | None] = []
    final: list[int] = []
    stack: list[tuple[int, int]] = []
    for at, level in enumerate(levels):
        while stack and stack[-1][0] >= level:
            stack.pop()
        parents.append(stack[-1][1] if stack else None)
        stack.append((level, at))
        final.append(len(stack))
    return parents, final


def _ids(
    headings: Sequence[Heading], given: Collection[Span], parents: Sequence[int | None]
) -> list[str]:
    counted = Counter(heading.id for heading in headings)
    written = {heading.id for heading in headings if heading.prose.span in given}
    taken = written | {name for name, count in counted.items() if count == 1}
    found: list[str] = []
    for heading, parent in zip(headings, parents, strict=True):
        if heading.prose.span in given or counted[heading.id] == 1:
            found.append(heading.id)
            continue
        name = heading.id if parent is None else f"{found[parent]}-{heading.id}"
        found.append(_free(name, taken))
        taken.add(found[-1])
    return found


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _tell(renamed: Sequence[Placed], faults: Faults) -> None:
    if not renamed:
        return
    shown = ", ".join(f"#{one.id}" for one in renamed[:SHOWN])
    more = ", …" if len(renamed) > SHOWN else ""
    count = len(renamed)
    faults.remark(
        f"{count} heading{'s' * (count != 1)} with the text of another: the id of each begins with "
        f"that of its section, or ends with a number ({shown}{more})",
        renamed[0].heading.prose.span,
        "to link to one, give it an id of its own: ## Heading {#other-id}",
        code="heading-repeated",
    )
