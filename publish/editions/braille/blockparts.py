"""Reads blocks of the XHTML tree as parts of a braille book: paragraphs, headings, lists, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publish.editions.braille.parts import Part, Reading, Style
from publish.editions.braille.runs import (
    HTML,
    Run,
    find_language,
    is_cell,
    list_classes,
    read_inline,
    read_picture,
    split_cells,
)
from publish.editions.braille.tableparts import read_rows
from publish.editions.page.lists import count_item
from publish.editions.page.xhtml import Element
from publish.languages.registry import find

__all__ = ["HEADINGS", "name_note", "read_block", "read_blocks", "read_heading"]

HEADINGS = tuple(f"{HTML}h{rank}" for rank in range(1, 7))
HOLDERS = frozenset(
    f"{HTML}{tag}"
    for tag in (
        "section",
        "main",
        "nav",
        "footer",
        "header",
        "div",
        "figure",
        "dd",
        "thead",
        "tbody",
    )
)
BLOCKS = HOLDERS | {
    *HEADINGS,
    *(f"{HTML}{tag}" for tag in ("p", "ul", "ol", "dl", "dt", "li", "blockquote")),
    *(f"{HTML}{tag}" for tag in ("figcaption", "caption", "table", "pre", "hr")),
}
TOP, BOTTOM, LINE = "⠶", "⠛", "⠒"
"""The cells of the lines above and below a box, and of a line between parts."""


def read_blocks(reading: Reading, element: Element, style: Style) -> None:
    """Read what an element holds: runs of text become paragraphs, blocks are read apart."""
    language = find_language(element)
    runs: list[Run] = []

    def flush() -> None:
        reading.add(_paragraph(reading, runs, style))
        runs.clear()

    if element.text:
        runs.append(Run(element.text, language))
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag in BLOCKS or _is_inline_cell(child, element):
            flush()
            read_block(reading, child, style)
        else:
            _note_cited(reading, child)
            runs += read_inline(child, language)
        if child.tail:
            runs.append(Run(child.tail, language))
    flush()


def _is_inline_cell(child: Element, parent: Element) -> bool:
    return is_cell(child) and "pair" in list_classes(parent)


def _note_cited(reading: Reading, element: Element) -> None:
    """Keep the notes that a text leads to, in their order."""
    for link in element.iter(f"{HTML}a"):
        if link.get("role") == "doc-noteref":
            bare = name_note((link.get("href") or "").removeprefix("#"))
            if bare not in reading.cited:
                reading.cited.append(bare)


def _paragraph(reading: Reading, runs: Sequence[Run], style: Style) -> Part:
    if reading.place == "cover":
        return Part(runs=tuple(runs), centred=True, before=1)
    again = style.item and reading.begun
    return Part(runs=tuple(runs), first=style.rest if again else style.first, rest=style.rest)


def read_block(reading: Reading, element: Element, style: Style) -> None:
    """Read a block with the number and the id it has."""
    classes = list_classes(element)
    tag = str(element.tag).removeprefix(HTML)
    if name := element.get("id"):
        reading.targets.append(name)
    if marker := element.get("data-marker"):
        reading.begun = False
        reading.prefix.append(Run(f"{marker} ", find_language(element), added=True))
    if number := element.get("data-number"):
        reading.prefix.append(Run(f"¶{number} ", find_language(element), added=True))
    match tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if reading.place == "cover":
            read_blocks(reading, element, style)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            front = reading.place in ("imprint", "contents")
            read_heading(reading, element, 1 if front else int(tag[1]) - reading.top + 1)
        case "ul" | "ol":
            _list(reading, element, style)
        case "dl":
            _definitions(reading, element, style, facts="facts" in classes)
        case "blockquote":
            _indented(reading, element, replace(style, first=style.rest + 4, rest=style.rest + 2))
        case "div" if "box" in classes:
            _box(reading, element, style)
        case "table":
            _table(reading, element, style)
        case "figure" if "table" not in classes:
            _figure(reading, element, style)
        case "pre":
            _code(reading, element, style)
        case "hr":
            reading.add(Part(fill=LINE, centred=True, before=1))
            reading.gap = 1
        case "figcaption" | "caption" | "dt":
            read_blocks(reading, element, replace(style, first=style.rest, rest=style.rest + 2))
        case _:
            read_blocks(reading, element, style)


def read_heading(reading: Reading, element: Element, level: int) -> None:
    """Read a heading: the first level in the middle, the others at the fifth and seventh cell."""
    for number, cell in enumerate(split_cells(element)):
        _note_cited(reading, cell)
        runs = tuple(_inline_text(cell))
        gap = 0 if number else 1
        if level <= 1:
            reading.add(Part(runs=runs, centred=True, before=gap, keep=True))
        else:
            indent = 4 if level == 2 else 6
            reading.add(Part(runs=runs, first=indent, rest=indent, before=gap, keep=True))
    reading.gap = 1 if level <= 1 else 0


def _inline_text(element: Element) -> list[Run]:
    return list(read_inline(element, find_language(element)))


def _indented(reading: Reading, element: Element, style: Style) -> None:
    reading.gap = max(reading.gap, 1)
    read_blocks(reading, element, style)
    reading.gap = max(reading.gap, 1)


# --------------------------------------------------------------------------- lists


def _list(reading: Reading, element: Element, style: Style) -> None:
    """Read a list: items begin at the edge or two cells within that around them.

    Other lines are two cells within the beginning of the deepest item.
    """
    start = style.first + 2 if style.item else style.rest
    rest = style.rest if style.item else start + 2 * _count_depth(element)
    outer = not style.item
    reading.gap = max(reading.gap, int(outer))
    language = find(find_language(element))
    number = int(element.get("start") or 1)
    for item in element:
        inner = replace(style, first=start, rest=rest, item=True)
        if not list_classes(item) & {"task", "pairs"}:
            marker = "•"
            if element.tag == f"{HTML}ol":
                marker = f"{count_item(number, element.get('type') or '1', language)}."
            reading.prefix.append(Run(f"{marker} ", language.tag, added=True))
        number += 1
        _item(reading, item, inner)
    reading.gap = max(reading.gap, int(outer))


def _item(reading: Reading, item: Element, style: Style) -> None:
    """Read an item; what follows its first paragraph stands within it."""
    reading.begun = False
    if name := item.get("id"):
        reading.targets.append(name)
    if number := item.get("data-number"):
        reading.prefix.append(Run(f"¶{number} ", find_language(item), added=True))
    read_blocks(reading, item, style)
    if reading.prefix:  # An item without words.
        runs, reading.prefix = tuple(reading.prefix), []
        reading.add(Part(runs=runs, first=style.first, rest=style.rest))


def _count_depth(element: Element) -> int:
    inner = [
        one for item in element for one in item.iter(f"{HTML}ul", f"{HTML}ol") if one is not element
    ]
    return 1 + max((_count_depth(one) for one in inner), default=0)


def _definitions(reading: Reading, element: Element, style: Style, *, facts: bool) -> None:
    """Read terms and their meanings; the facts of an imprint are one line each."""
    reading.gap = max(reading.gap, 1)
    for child in element:
        if child.tag == f"{HTML}dt" and facts:
            runs = _inline_text(child)
            reading.prefix += [*runs, Run(": ", runs[-1].language if runs else "en", added=True)]
        elif child.tag == f"{HTML}dt":
            read_block(reading, child, style)
        else:
            indent = style.rest if facts else style.rest + 2
            read_blocks(reading, child, replace(style, first=indent, rest=indent + 2, item=False))
    reading.gap = max(reading.gap, 1)


# --------------------------------------------------------------------------- the others


def _box(reading: Reading, element: Element, style: Style) -> None:
    reading.add(Part(fill=TOP, before=1, keep=True))
    read_blocks(reading, element, replace(style, first=2, rest=0, item=False))
    reading.add(Part(fill=BOTTOM))
    reading.gap = 1


def _table(reading: Reading, element: Element, style: Style) -> None:
    """Read a table as a list; see `tableparts.py`."""
    reading.gap = max(reading.gap, 1)
    for caption in element.iter(f"{HTML}caption"):
        _note_cited(reading, caption)
        read_block(reading, caption, style)
    _note_cited(reading, element)
    for runs, is_head in read_rows(element, find_language(element)):
        reading.add(Part(runs=runs, first=style.rest, rest=style.rest + 4, keep=is_head))
    reading.gap = max(reading.gap, 1)


def _figure(reading: Reading, element: Element, style: Style) -> None:
    """Read a figure: the description of its picture in brackets, and its caption as it stands."""
    reading.gap = max(reading.gap, 1)
    for child in element:
        if child.tag == f"{HTML}figcaption":
            read_block(reading, child, style)
            continue
        for image in child.iter(f"{HTML}img"):
            runs = tuple(read_picture(image, find_language(image)))
            reading.add(Part(runs=runs, first=style.rest, rest=style.rest + 2))
    reading.gap = max(reading.gap, 1)


def _code(reading: Reading, element: Element, style: Style) -> None:
    """Read code line by line, each as far from the edge as it is."""
    reading.gap = max(reading.gap, 1)
    for line in "".join(map(str, element.itertext())).expandtabs(4).splitlines():
        first = style.rest + len(line) - len(line.lstrip(" "))
        run = Run(line, find_language(element))
        reading.add(Part(runs=(run,), first=first, rest=first + 4))
    reading.gap = max(reading.gap, 1)


def name_note(identifier: str) -> str:
    """Return the id of a note without the tag of the second of two languages."""
    return identifier.partition(".")[0]
