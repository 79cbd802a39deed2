"""Reads the XHTML tree of an edition as the parts of a braille book, in the order of reading.

Title page, imprint, contents, text.  Of two languages each passage of the first is followed by that
of the second.  Notes stand at the end of their chapter, or of the text if the settings say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publish.editions.braille.blockparts import (
    HEADINGS,
    name_note,
    read_block,
    read_blocks,
    read_heading,
)
from publish.editions.braille.parts import Part, Place, Reading, Style
from publish.editions.braille.runs import (
    HTML,
    Run,
    find_language,
    list_classes,
    read_added,
    read_inline,
    split_cells,
)
from publish.editions.page.materials import Layout
from publish.editions.page.xhtml import Element

__all__ = ["list_parts"]


def list_parts(tree: Element, layout: Layout) -> list[Part]:
    """Return the parts of an edition of one language or two."""
    body = tree.find(f"{HTML}body")
    assert body is not None
    parts: list[Part] = []
    for element in body:
        if element.tag == f"{HTML}main":
            parts += _read_text(element, layout)
            continue
        name = element.get("id") or ""
        place: Place = "contents"
        if name in ("edition-cover", "edition-imprint"):
            place = "cover" if name == "edition-cover" else "imprint"
        follows = bool(parts) and parts[-1].place == place  # Lists follow the contents.
        reading = Reading(place, new_page=not follows)
        if element.tag == f"{HTML}nav":
            _read_contents(reading, element, layout.contents_depth)
        else:
            read_blocks(reading, element, Style(0, 0))
        parts += reading.parts
    return parts


# --------------------------------------------------------------------------- text and notes


def _read_text(main: Element, layout: Layout) -> list[Part]:
    """Read the chapters with their notes."""
    ranks = [int(one.tag[-1]) for one in main.iter(*HEADINGS) if not _in_notes(one)]
    top = min(ranks, default=1)
    chapters = [one for one in main if one.get("id") != "edition-notes"]
    heads, notes = _read_notes([one for one in main if one not in chapters], top)
    parts: list[Part] = []
    for number, chapter in enumerate(chapters):
        new_page = not number or not layout.run_on
        reading = Reading("text", top=top, new_page=new_page)
        read_block(reading, chapter, Style())
        parts += reading.parts
        if layout.notes == "page":
            cited = [notes.pop(name) for name in reading.cited if name in notes]
            parts += _head_notes(heads, cited)
    return [*parts, *_head_notes(heads, list(notes.values()), new_page=layout.notes == "end")]


def _in_notes(element: Element) -> bool:
    return any("notes" in list_classes(one) for one in element.iterancestors())


def _read_notes(
    sections: Sequence[Element], top: int
) -> tuple[tuple[Part, ...], dict[str, list[Part]]]:
    """Return the heading of notes, and the parts of each note by its id."""
    heads: list[Part] = []
    notes: dict[str, list[Part]] = {}
    for section in sections:
        for block in section:
            if block.tag in HEADINGS:
                reading = Reading("note", top=top)
                read_heading(reading, block, 2)
                heads += [replace(part, runs=read_added(part.runs)) for part in reading.parts]
            for note in _notes_in(block):
                bare = name_note(str(note.get("id") or ""))
                notes.setdefault(bare, []).extend(_read_note(note, bare, top))
    return tuple(heads), notes


def _notes_in(block: Element) -> list[Element]:
    return [one for one in block.iter(f"{HTML}div") if "note" in list_classes(one)]


def _read_note(note: Element, name: str, top: int) -> list[Part]:
    reading = Reading("note", top=top, targets=[name])
    for child in note:
        if "back" in list_classes(child):
            number = "".join(map(str, child.itertext())).strip()
            reading.prefix = [Run(f"[{number}] ", find_language(child), added=True)]
        else:
            read_block(reading, child, Style())
    return reading.parts


def _head_notes(
    heads: Sequence[Part], notes: Sequence[Sequence[Part]], *, new_page: bool = False
) -> list[Part]:
    """Return notes below their heading; nothing if there are none."""
    if not notes:
        return []
    first = [replace(heads[0], new_page=new_page), *heads[1:]] if heads else []
    return [*first, *(part for note in notes for part in note)]


# --------------------------------------------------------------------------- contents


def _read_contents(reading: Reading, nav: Element, depth: int) -> None:
    for child in nav:
        if child.tag in HEADINGS:
            read_heading(reading, child, 1)
        elif child.tag == f"{HTML}ol":
            _read_entries(reading, child, 0, depth, 2 * _count_levels(child, depth))


def _count_levels(entries: Element, depth: int) -> int:
    inner = [one for item in entries for one in item if one.tag == f"{HTML}ol"]
    if depth == 1 or not inner:
        return 1
    return 1 + max(_count_levels(one, max(depth - 1, 0)) for one in inner)


def _read_entries(reading: Reading, entries: Element, level: int, depth: int, runover: int) -> None:
    for item in entries:
        for child in item:
            if child.tag == f"{HTML}a":
                target = (child.get("href") or "").removeprefix("#")
                runs = _join_cells(child)
                reading.add(Part(runs=runs, first=2 * level, rest=runover, entry=target))
            elif child.tag == f"{HTML}ol" and level + 1 != depth:
                _read_entries(reading, child, level + 1, depth, runover)


def _join_cells(link: Element) -> tuple[Run, ...]:
    """Return the text of a line of contents, with both languages if it has two."""
    runs: list[Run] = []
    for cell in split_cells(link):
        if runs:
            runs.append(Run(" / ", runs[-1].language, added=True))
        runs += read_inline(cell, find_language(cell))
    return tuple(runs)
