"""Finishes what pages show: what their fonts must say of each glyph, then their streams.

First it is noted what the letters need.  When the fonts of all parts have their codes, the streams
are written.  Text and furniture of a page are two layers; where letters run from right to left,
the signs of direction depend on both, so they become one.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from publish.editions.pdf.letters.cells import Cell, Shape
from publish.editions.pdf.letters.cellwriting import write_cells
from publish.editions.pdf.letters.codes import (
    Codes,
    LetterCounts,
    PaintedText,
    count_letters,
    find_odd,
    guard_pages,
    is_plain,
    lay_text,
    write_codes,
)
from publish.editions.pdf.letters.glyphs import Cluster
from publish.editions.pdf.parts.digits import count_around
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.recording import FontFacts, PageContent, pack, unpack
from publish.editions.pdf.press.press import write_grey

__all__ = [
    "FinishedPage",
    "Inks",
    "Layer",
    "Need",
    "encode_item",
    "find_needs",
    "finish_layer",
    "finish_pages",
    "has_turned",
    "lay_over",
    "make_inks",
    "open_contents",
    "open_layer",
    "settle",
    "squeeze",
]

Need = tuple[str, Shape, str]
"""A font, what it must show, and the text that this stands for."""

Run = tuple[str, bytes, str]
"""Glyphs of one font that each show a text by themselves: the font, their numbers, their texts."""

PlainLine = tuple[int, int, bool, bool, tuple[Run, ...]]
"""A line that is written as it was painted, unless a glyph mostly shows another text elsewhere:
where it begins and ends in a stream, whether it is spaced and runs to the right, and its glyphs."""

_BETWEEN = "\0"
"""What is between the texts of glyphs; no document has it in a text."""


Inks = tuple[bytes | tuple[PageContent, ...], bytes]
"""What pages show, with the texts that are written anew in any case; then the plain lines of each
page, packed.  It is most of what is known of pages, and needed to write their streams.  What pages
show is packed, too, unless it is about to be used up."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What the letters of pages need; `counts` say how often a glyph shows a text."""

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


def has_turned(contents: Iterable[PageContent]) -> bool:
    """Return whether letters run from right to left on any of these pages."""
    return any(
        part.turned for content in contents for text in content.texts for part in text.clusters
    )


def lay_over(
    contents: Iterable[PageContent], furniture: Iterable[PageContent]
) -> tuple[PageContent, ...]:
    """Return pages with their heads and feet; both begin with the matrix of the page."""
    found = []
    for content, more in zip(contents, furniture, strict=True):
        shift = len(content.items) - 1
        items = [*content.items, *more.items[1:]]
        texts = [replace(text, stream=items) for text in content.texts]
        texts += [
            replace(text, stream=items, begin=text.begin + shift, end=text.end + shift)
            for text in more.texts
        ]
        found.append(_join(content, more, items, texts))
    return tuple(found)


def _join(
    content: PageContent, more: PageContent, items: list[bytes | str], texts: list[PaintedText]
) -> PageContent:
    if more.own is not None:
        raise WholeNeededError("drawings in the head or foot")
    if content.own is not None:
        content.own["ExtGState"].update(more.states)
        content.own["XObject"].update(dict.fromkeys(more.images))
    return PageContent(
        items, texts, content.states | more.states, content.images | more.images, content.own
    )


def settle(contents: Sequence[PageContent], fonts: Iterable[FontFacts]) -> tuple[Layer, Inks]:
    """Return what the letters of pages need, and what they show with signs of direction.

    Zeros that stand for numbers need nothing.
    """
    texts = [text for content in contents for text in content.texts]
    guard_pages(texts)
    counts, faces = count_letters(text for text in texts if text.number < 0), _faces(fonts)
    counts.update(count_around(text for text in texts if text.number >= 0))
    needs: set[Need] = set()
    plain: list[list[PlainLine]] = []
    for content in contents:
        lines: list[PlainLine] = []
        others: list[PaintedText] = []
        for text in content.texts:
            if text.number < 0 and is_plain(text):
                lines.append(_thin(text))
            else:
                others.append(text)
        plain.append(lines)
        content.texts = others
        for text in (one for one in content.texts if one.number < 0):
            text.cells = lay_text(text, faces)
            needs.update(_needs(text.cells))
    return Layer(counts, frozenset(needs)), make_inks(contents, plain)


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


def _thin(text: PaintedText) -> PlainLine:
    runs = []
    for font, group in groupby(text.clusters, lambda cluster: cluster.font):
        own = list(group)
        numbers = array("H", (cluster.glyphs[0] for cluster in own)).tobytes()
        runs.append((font, numbers, _BETWEEN.join(cluster.text for cluster in own)))
    return text.begin, text.end, text.spaced, text.rightward, tuple(runs)


def _thicken(line: PlainLine, items: list[bytes | str]) -> PaintedText:
    begin, end, spaced, rightward, runs = line
    clusters = [
        Cluster(font, (glyph,), text)
        for font, numbers, texts in runs
        for glyph, text in zip(array("H", numbers), texts.split(_BETWEEN), strict=True)
    ]
    for start, cluster in enumerate(clusters):
        cluster.start = start
    return PaintedText(items, begin, end, clusters, spaced, rightward)


def _has_glyph(line: PlainLine, wanted: Collection[tuple[str, int]]) -> bool:
    """Return whether a line has one of some glyphs, each with its font."""
    *_, runs = line
    for font, numbers, _ in runs:
        glyphs = frozenset(array("H", numbers))
        if any(name == font and glyph in glyphs for name, glyph in wanted):
            return True
    return False


# --------------------------------------------------------------------------- with codes


def find_needs(
    layers: Iterable[tuple[Layer, Inks]], fonts: Iterable[FontFacts], codes: Codes
) -> set[Need]:
    """Return what plain lines need whose glyphs mostly show another text elsewhere."""
    faces = _faces(fonts)
    return {
        need
        for layer in layers
        for content in open_layer(*layer, codes)
        for text in content.texts
        if text.cells is None and not is_plain(text, codes)
        for need in _needs(lay_text(text, faces))
    }


def make_inks(contents: Sequence[PageContent], plain: Sequence[list[PlainLine]] = ()) -> Inks:
    """Return what pages show, packed; `plain` are lines that are not among their texts."""
    return pack(tuple(contents)), pack(plain)


def open_contents(inks: Inks) -> tuple[PageContent, ...]:
    """Return what pages show; whoever takes it may change it."""
    shown, _ = inks
    found: tuple[PageContent, ...] = unpack(shown) if isinstance(shown, bytes) else shown
    return found


def open_layer(layer: Layer, inks: Inks, codes: Codes) -> tuple[PageContent, ...]:
    """Return the pages of a layer with all lines that codes may change.

    A plain line stays as it is unless one of its glyphs shows another text somewhere.
    """
    contents = open_contents(inks)
    if odd := {(font, glyph) for font, glyph, _ in find_odd(layer.counts, codes)}:
        for content, lines in zip(contents, unpack(inks[1]), strict=True):
            changed = (line for line in lines if _has_glyph(line, odd))
            content.texts += [_thicken(line, content.items) for line in changed]
            content.texts.sort(key=lambda text: text.begin)
    return contents


def finish_layer(
    layer: Layer, inks: Inks, codes: Codes
) -> tuple[tuple[PageContent, ...], tuple[str, ...]]:
    """Return the pages of a layer with the codes of their texts, and the lines that are lost."""
    contents = open_layer(layer, inks, codes)
    lost = write_codes([text for content in contents for text in content.texts], codes)
    for content in contents:
        content.texts = []  # Their places in the stream have changed.
    return contents, tuple(lost)


def finish_pages(
    layers: Iterable[tuple[Layer, Inks]], codes: Codes, *, for_press: bool = False
) -> tuple[tuple[FinishedPage, ...], tuple[str, ...]]:
    """Return the packed streams of pages, and the lines that some programs cannot find.

    Pages `for_press` have colours without hue as grey.
    """
    lost: list[str] = []
    pages: tuple[PageContent, ...] = ()
    for layer in layers:
        contents, own = finish_layer(*layer, codes)
        lost += own
        pages = lay_over(pages, contents) if pages else contents
    if for_press:
        for content in pages:
            write_grey(content.items)
    return tuple(
        FinishedPage(squeeze(content.items), content.states, content.images, content.own)
        for content in pages
    ), tuple(lost)


def encode_item(item: bytes | str) -> bytes:
    """Return the bytes of an item of a stream."""
    return item if isinstance(item, bytes) else item.encode("ascii")


def squeeze(items: Iterable[bytes | str]) -> bytes:
    """Return a stream of these items, packed."""
    packer = zlib.compressobj(level=9)
    content = b"\n".join(map(encode_item, items))
    return packer.compress(content) + packer.flush()
