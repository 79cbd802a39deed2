"""Makes the file of a braille edition from the XHTML tree.

Braille Ready Format is ASCII: a letter for each cell, lines that end in CR LF, pages that end in a
form feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.editions.braille.bookparts import list_parts
from publish.editions.braille.cells import Scribe, encode_cells, open_scribe
from publish.editions.braille.louis import open_louis
from publish.editions.braille.pages import Page, Written, end_line, lay_out, make_head
from publish.editions.braille.parts import Part
from publish.editions.braille.runs import Run
from publish.editions.page.edition import Manuscript, find_front_language, read_front_text
from publish.editions.page.interface import plain_text
from publish.editions.page.materials import Materials
from publish.editions.page.xhtml import Element
from publish.model import Role

__all__ = ["BrailleBook", "BrailleLine", "list_book_parts", "make_braille", "set_book"]


@dataclass(frozen=True, slots=True)
class BrailleLine:
    """A line of a finished page in cells of Unicode, and the part of the book that it is of."""

    cells: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class BrailleBook:
    """A braille edition: its parts, and its pages with the heads."""

    parts: tuple[Part, ...]
    pages: tuple[tuple[BrailleLine, ...], ...]

    def encode(self) -> bytes:
        """Return the file."""
        return b"".join(
            b"".join(encode_cells(line.cells) + b"\r\n" for line in page) + b"\f"
            for page in self.pages
        )


def make_braille(text: Manuscript, tree: Element, materials: Materials) -> bytes:
    """Return the file of a braille edition.

    Raises BuildError where liblouis is not installed or has no table for a language.
    """
    return set_book(text, tree, materials).encode()


def set_book(text: Manuscript, tree: Element, materials: Materials) -> BrailleBook:
    """Return a braille edition line by line."""
    braille = materials.braille
    louis = open_louis()
    scribes = [open_scribe(louis, half.language.tag, braille) for half in text.both]
    scribe = scribes[0]
    scribe.tables.update({tag: table for one in scribes for tag, table in one.tables.items()})
    parts = _say_how(list_book_parts(tree, materials), text, scribe)
    written = scribe.write([part.runs for part in parts])
    book = [Written(part, cells) for part, cells in zip(parts, written, strict=True)]
    laid = lay_out(book, braille.cells, braille.lines)
    title = _title(text)
    numerals = [
        (Run(text.language.numeral(number), text.language.tag),)
        for number in range(1, len(laid.pages) + 1)
    ]
    head, *labels = scribe.write([(title,), *numerals])
    ends = {target: labels[number - 1] for target, number in laid.numbers.items()}
    pages = tuple(
        _finish(page, parts, make_head(head, label, braille.cells), ends, braille.cells)
        for page, label in zip(laid.pages, labels, strict=True)
    )
    return BrailleBook(tuple(parts), pages)


def list_book_parts(tree: Element, materials: Materials) -> list[Part]:
    """Return the parts of an edition before its text is written in braille."""
    return list_parts(tree, materials.layout)


def _title(text: Manuscript) -> Run:
    """Return the title for the heads of pages, in its language."""
    language = find_front_language(text.document, Role.TITLE) or text.language.tag
    return Run(read_front_text(text.document, Role.TITLE), language)


def _finish(
    page: Page, parts: Sequence[Part], head: str, ends: dict[str, str], width: int
) -> tuple[BrailleLine, ...]:
    lines = [BrailleLine(head)] if page.headed else []
    for line in page.lines:
        part = parts[line.part] if line.part >= 0 else None
        cells = line.cells
        if line.entry:
            cells = end_line(cells, ends.get(line.entry, ""), width)
        lines.append(BrailleLine(cells, part))
    return tuple(lines)


def _say_how(parts: Sequence[Part], text: Manuscript, scribe: Scribe) -> list[Part]:
    """Return the parts with a note at the end of the imprint: how the braille was made."""
    notes = []
    for half in text.both:
        language, words = half.language.tag, half.interface
        message = "The braille was made by a program; no braille reader has proofread it."
        said = plain_text(
            words, "The braille was made by a program; no braille reader has proofread it."
        )
        named = f" liblouis {scribe.louis.version}, {scribe.table(language)}"
        first = Run(said, language if words.knows(message) else "en", added=True)
        runs = (first, Run(named, "en", added=True))
        notes.append(Part(runs=runs, place="imprint", first=0, rest=0, before=1))
    last = max((at for at, part in enumerate(parts) if part.place == "imprint"), default=-1)
    if last < 0:
        notes[0] = replace(notes[0], new_page=True)
        last = max((at for at, part in enumerate(parts) if part.place == "cover"), default=-1)
    return [*parts[: last + 1], *notes, *parts[last + 1 :]]
