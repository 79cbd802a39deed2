"""Lists and terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from publish.importing.markup.flattening import flatten_blocks
from publish.importing.markup.pagetree import HtmlElement, list_parts, name_of
from publish.importing.markup.reading import PageReading, ReadParts, note_anchor
from publish.model import (
    Block,
    Break,
    Definition,
    DefinitionList,
    Inlines,
    ListBlock,
    ListItem,
    Numbering,
    Paragraph,
    Prose,
    Role,
    Strong,
)
from publish.reading.marks.inline import normalise

__all__ = ["read_list", "read_terms"]

STYLED: dict[str, Numbering] = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I", "a": "a", "A": "A", "i": "i", "I": "I",
}  # fmt: skip
STYLE = re.compile(r"list-style(?:-type)?:([\w-]+)")


@dataclass(frozen=True, slots=True)
class _Run:
    """Items of a list that count on from a first number; None for bullets."""

    start: int | None
    items: list[ListItem] = field(default_factory=list)


def read_list(
    element: HtmlElement, reading: PageReading, read_parts: ReadParts
) -> tuple[Block, ...]:
    """Return the lists of an element: one, or several where its numbers begin anew."""
    ordered = name_of(element) == "ol"
    runs: list[_Run] = []
    number = _number(element.get("start"), 1)
    for item, blocks in _items(element, reading.within(Role.ITEM), read_parts):
        if item is None and runs:
            last = runs[-1].items[-1]
            runs[-1].items[-1] = replace(last, children=(*last.children, *blocks))
            continue
        number = _number(item.get("value") if item is not None else None, number)
        if blocks:
            if not runs or (ordered and number != (runs[-1].start or 0) + len(runs[-1].items)):
                runs.append(_Run(number if ordered else None))
            runs[-1].items.append(ListItem(blocks, None if item is None else _done(item)))
        number += 1
    numbering = _numbering(element) if ordered else "1"
    return tuple(
        ListBlock(tuple(run.items), run.start, reading.span(element), numbering) for run in runs
    )


def _items(
    element: HtmlElement, inner: PageReading, read_parts: ReadParts
) -> Iterator[tuple[HtmlElement | None, tuple[Block, ...]]]:
    """Yield the items with their blocks.

    What stands right in a list has no item, and belongs to the one before it.
    """
    for part in list_parts(element):
        if isinstance(part, str) or name_of(part) != "li":
            if blocks := read_parts([part], element, inner):
                yield None, blocks
        elif part not in inner.skipped:
            note_anchor(part, inner)
            yield part, read_parts(list_parts(part), part, inner)


def _number(written: str | None, otherwise: int) -> int:
    """Return a number that Markdown can count from."""
    given = (written or "").strip()
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else otherwise


def _numbering(element: HtmlElement) -> Numbering:
    style = STYLE.search((element.get("style") or "").replace(" ", "").lower())
    return STYLED.get(style[1] if style else element.get("type") or "", "1")


def _done(item: HtmlElement) -> bool | None:
    """Return whether a task is done; None for an item that is none."""
    for one in item.iter():
        if name_of(one) == "input" and (one.get("type") or "").lower() == "checkbox":
            return one.get("checked") is not None
        if name_of(one) in ("ul", "ol"):
            break
    return None


# --------------------------------------------------------------------------- terms


def read_terms(
    element: HtmlElement, reading: PageReading, read_parts: ReadParts
) -> tuple[Block, ...]:
    """Return the terms of a `dl` with their meanings; terms that share a meaning are one of lines.

    A term without a meaning is a bold paragraph, a meaning without a term stands for itself.
    """
    found: list[Block] = []
    terms: list[Prose] = []
    entries: list[Definition] = []

    def close() -> None:
        nonlocal terms
        found.extend(_lone_term(one) for one in terms)
        terms = []

    def flush() -> None:
        if entries:
            found.append(DefinitionList(tuple(entries), reading.span(element)))
            entries.clear()

    for part in _entries(element):
        if not isinstance(part, str) and name_of(part) == "dt":
            note_anchor(part, reading)
            content = flatten_blocks(read_parts(list_parts(part), part, reading.within(Role.TERM)))
            if content:
                terms.append(
                    replace(reading.prose(content, part, Role.TERM), note="", context=None)
                )
            continue
        if isinstance(part, str) or name_of(part) != "dd":
            if blocks := read_parts([part], element, reading):
                flush()
                close()
                found += blocks
            continue
        note_anchor(part, reading)
        meaning = read_parts(list_parts(part), part, reading.within(Role.DEFINITION))
        if terms and meaning:
            entries.append(Definition(_one_term(terms), (meaning,)))
            terms = []
        elif entries and meaning:
            entries[-1] = replace(entries[-1], meanings=(*entries[-1].meanings, meaning))
        elif meaning:
            found += meaning
    flush()
    close()
    return tuple(found)


def _entries(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Yield the parts of a `dl`, those in a `div` around entries, too."""
    for part in list_parts(element):
        if not isinstance(part, str) and name_of(part) == "div":
            yield from _entries(part)
        else:
            yield part


def _one_term(terms: Sequence[Prose]) -> Prose:
    content: Inlines = ()
    for one in terms:
        content = (*content, *((Break(),) if content else ()), *one.content)
    return replace(terms[0], content=normalise(content))


def _lone_term(term: Prose) -> Paragraph:
    return Paragraph(replace(term, content=normalise((Strong(term.content),)), role=Role.PARAGRAPH))
