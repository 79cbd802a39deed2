"""Finishes what pages show: what their fonts must say of each glyph, then their streams.

First heads and feet are added and what the letters need is noted.  When the fonts of all parts have
their codes, the streams are written.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publish.editions.pdf.cells import Cell, Shape, write_cells
from publish.editions.pdf.codes import (
    Codes,
    LetterCounts,
    count_letters,
    guard_pages,
    is_plain,
    lay_text,
    write_codes,
)
from publish.editions.pdf.document import open_images, setting_lines
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.furniture import Folio, paint_furniture
from publish.editions.pdf.parts.laying import Setting, name_images, without_faults
from publish.editions.pdf.parts.recording import FontFacts, Ink, read_fonts, read_inks
from publish.editions.pdf.standards import choose_standard

__all__ = ["FinishedPage", "InkedPart", "Need", "add_furniture", "find_needs", "finish_pages"]

Need = tuple[str, Shape, str]
"""A font, what it must show, and the text that this stands for."""


@dataclass(frozen=True, slots=True)
class InkedPart:
    """The pages of a part with heads and feet; `fonts` are those of the part and of these.

    `counts` say how often a glyph shows a text, `needs` what lines need that are written anew.
    """

    inks: tuple[Ink, ...]
    fonts: tuple[FontFacts, ...]
    counts: LetterCounts
    needs: frozenset[Need]


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """The packed stream of a page, and what it uses."""

    packed: bytes
    states: Mapping[str, Any]
    images: Mapping[str, tuple[bool, frozenset[float]]]
    own: Any = None


@dataclass(frozen=True, slots=True)
class _Face:
    """All that lines written anew ask of a font."""

    widths: dict[int, float]
    to_unicode: dict[int, str]
    tables: Sequence[str]
    bitmap: bool


def add_furniture(
    setting: Setting,
    inks: Sequence[Ink],
    fonts: tuple[FontFacts, ...],
    folios: Sequence[Folio],
    before: Mapping[str, str],
    total: int,
) -> InkedPart:
    """Add heads and feet to the pages of a part, and note what its letters need.

    Raises WholeNeededError if they have a fault.
    """
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    root = setting.split.root
    with without_faults() as refused, setting_lines(source):
        fetcher = open_images(source, refused)
        document, streams, painted = paint_furniture(
            root, setting.styles, standard, fetcher, folios, before, total
        )
        fonts = (*fonts, *read_fonts(document.fonts))
        more = read_inks(streams, painted, name_images(source))
    pages = tuple(_lay_over(ink, one) for ink, one in zip(inks, more, strict=True))
    texts = [text for page in pages for text in page.texts]
    guard_pages(texts)
    faces = _faces(fonts)
    needs: set[Need] = set()
    for text in texts:
        if not is_plain(text):
            text.cells = lay_text(text, faces)
            needs.update(_needs(text.cells))
    return InkedPart(pages, fonts, count_letters(texts), frozenset(needs))


def _lay_over(ink: Ink, furniture: Ink) -> Ink:
    """Return a page with its head and foot; both begin with the matrix of the page."""
    if furniture.own is not None:
        raise WholeNeededError("drawings in the head or foot")
    shift = len(ink.items) - 1
    items = [*ink.items, *furniture.items[1:]]
    texts = [replace(text, stream=items) for text in ink.texts]
    texts += [
        replace(text, stream=items, begin=text.begin + shift, end=text.end + shift)
        for text in furniture.texts
    ]
    own = ink.own
    if own is not None:
        own["ExtGState"].update(furniture.states)
        own["XObject"].update(dict.fromkeys(furniture.images))
    return Ink(items, texts, ink.states | furniture.states, ink.images | furniture.images, own)


def _faces(fonts: Iterable[FontFacts]) -> dict[str, _Face]:
    found: dict[str, _Face] = {}
    for font in fonts:
        face = found.setdefault(font.hash, _Face({}, {}, font.tables, font.bitmap))
        face.widths.update(font.widths)
        for glyph, text in font.to_unicode.items():
            face.to_unicode.setdefault(glyph, text)
    return found


def _needs(cells: list[Cell] | None) -> Iterator[Need]:
    """Return what the cells of a line need, as it is asked for when they are written."""
    found: list[Need] = []

    def find_code(font: str, shape: Shape, text: str) -> tuple[str, int, float]:
        found.append((font, shape, text))
        return font, 0, 0.0

    write_cells(cells or (), find_code)
    return iter(found)


def find_needs(part: InkedPart, codes: Codes) -> frozenset[Need]:
    """Return what the lines of a part need whose glyphs mostly show another text elsewhere."""
    faces = _faces(part.fonts)
    return frozenset(
        need
        for page in part.inks
        for text in page.texts
        if text.cells is None and not is_plain(text, codes)
        for need in _needs(lay_text(text, faces))
    )


def finish_pages(
    inks: Sequence[Ink], codes: Codes
) -> tuple[tuple[FinishedPage, ...], tuple[str, ...]]:
    """Return the packed streams of pages, and the lines that some programs cannot find."""
    lost = write_codes([text for page in inks for text in page.texts], codes)
    pages = tuple(FinishedPage(_pack(ink.items), ink.states, ink.images, ink.own) for ink in inks)
    return pages, tuple(lost)


def _pack(items: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(level=9)
    return packer.compress(b"\n".join(items)) + packer.flush()
