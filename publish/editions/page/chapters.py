"""Writes the body of an edition chapter by chapter; what is kept of one is not written again.

A key has all that the XHTML of a chapter is made from: its blocks without their lines in a file,
the numbers of the notes that it mentions, the pictures, and the languages and words of the edition.
Whoever keeps the results adds code and libraries.  Paragraphs are counted from the first of the
chapter: what is kept gets their numbers when it is loaded.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any

from publish.editions.images.collecting import Picture
from publish.editions.page.blocks import (
    NOTES,
    cut_chapters,
    name_chapter,
    write_chapter,
    write_notes,
)
from publish.editions.page.inlines import MarkupContext
from publish.editions.page.pictures import place_images
from publish.editions.page.xhtml import Element, serialise_xhtml
from publish.languages.language import Language
from publish.model import (
    Block,
    Document,
    Footnote,
    FootnoteMark,
    Prose,
    ResultStore,
    Text,
    block_proses,
)
from publish.reading.locations import order_notes

__all__ = ["LEAST_BLOCKS", "WrittenSection", "write_body"]

LEAST_BLOCKS = 300
"""So many blocks has a document at least whose chapters are kept: about fifty pages."""

_NUMBER = re.compile(r"""(<(?:p|li)) id="p([0-9]+)" data-number="[^"]*\"""")
"""A paragraph with its number as it is written; in a text, `<` is written in another way."""


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """The XHTML of a chapter or of the notes, and the id of its section."""

    id: str
    xhtml: str


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """The id and the blocks of a chapter or of the notes, and the function that writes them."""

    id: str
    blocks: Sequence[Block]
    write: Callable[[MarkupContext], Element]


def write_body(
    document: Document,
    context: MarkupContext,
    pictures: Mapping[str, Picture],
    store: ResultStore | None = None,
) -> list[WrittenSection]:
    """Return the chapters of a document and its notes as sections of an edition.

    They are the same whatever the `store` keeps.  Notes get their marks in the order of the text.
    """
    parts = list(_list_parts(document))
    if store is None or len(document.body) < LEAST_BLOCKS:
        return [WrittenSection(part.id, _write(part, context, pictures)) for part in parts]
    shared = _describe_context(context, pictures)
    return [
        WrittenSection(part.id, _write_or_load(part, context, pictures, shared, store))
        for part in parts
    ]


def _list_parts(document: Document) -> Iterator[_Unwritten]:
    for chapter in cut_chapters(document):
        yield _Unwritten(name_chapter(chapter), chapter, partial(write_chapter, chapter))
    if notes := order_notes(document):
        yield _Unwritten(NOTES, notes, partial(write_notes, notes))


def _write(part: _Unwritten, context: MarkupContext, pictures: Mapping[str, Picture]) -> str:
    section = part.write(context)
    place_images([section], pictures, context.interface)
    return serialise_xhtml(section)


def _write_or_load(
    part: _Unwritten,
    context: MarkupContext,
    pictures: Mapping[str, Picture],
    shared: str,
    store: ResultStore,
) -> str:
    """Return the XHTML of a part, which the store has then; marks its notes in any case."""
    proses = (prose for block in part.blocks for prose in block_proses(block))
    first = next((prose.number for prose in proses if prose.number), 0)
    key = _make_key(shared, part, context, first)
    if kept := store.load(key):
        xhtml, marked, its_first = json.loads(zlib.decompress(kept))
        context.marked.extend(marked)
        return _renumber(xhtml, first - its_first, context.language)
    before = len(context.marked)
    xhtml = _write(part, context, pictures)
    data = json.dumps((xhtml, context.marked[before:], first), ensure_ascii=False)
    store.keep(key, zlib.compress(data.encode(), 1))
    return xhtml


def _renumber(xhtml: str, more: int, language: Language) -> str:
    """Return XHTML whose paragraphs have numbers that are larger by so much."""

    def write(found: re.Match[str]) -> str:
        number = int(found[2]) + more
        return f'{found[1]} id="p{number}" data-number="{language.numeral(number)}"'

    return _NUMBER.sub(write, xhtml) if more else xhtml


# --------------------------------------------------------------------------- keys


def _make_key(shared: str, part: _Unwritten, context: MarkupContext, first: int) -> str:
    """Return the key of a part whose first paragraph has a number."""
    labels: list[str] = []
    described = _describe(tuple(part.blocks), first, labels)
    met = [label for label in dict.fromkeys(labels) if label in context.notes]
    marks = [(label, context.notes[label], label in context.marked) for label in met]
    own = [context.notes.get(one.label, 0) for one in part.blocks if isinstance(one, Footnote)]
    return hashlib.sha256(repr((shared, part.id, described, marks, own)).encode()).hexdigest()


def _describe_context(context: MarkupContext, pictures: Mapping[str, Picture]) -> str:
    """Return what all chapters are written with, but for the notes."""
    about = (
        context.language.tag,
        context.source.tag,
        context.interface.language.tag,
        sorted(context.interface.strings.items()),
        sorted(context.captions.items()),
        sorted(pictures.items()),
    )
    return hashlib.sha256(repr(about).encode()).hexdigest()


def _describe(value: Any, first: int, labels: list[str]) -> Any:
    """Return blocks and texts as lists of all that is in them, but for their spans.

    Numbers of paragraphs are counted from the `first`; `labels` gets those of the marks of notes.
    """
    kind: Any = type(value)
    if kind is tuple:
        return [_describe(one, first, labels) for one in value]
    if kind is Text:
        return value.text  # Among blocks or nodes, no other text is a bare string.
    if kind is Prose:
        number = value.number - first if value.number else None
        return number, _describe(value.content, first, labels), *_read_prose(value)
    if kind is FootnoteMark:
        labels.append(value.label)
    read = _find_reader(kind)
    return value if read is None else (kind.__name__, *_describe(read(value), first, labels))


@cache
def _find_reader(kind: Hashable) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return the function that reads the fields of a block or node; None for other values."""
    if not is_dataclass(kind):
        return None
    names = [one.name for one in fields(kind) if one.name != "span"]
    if len(names) < 2:
        return lambda value: tuple([getattr(value, name) for name in names])
    return attrgetter(*names)


_read_prose = attrgetter(
    "role.value",
    *(one.name for one in fields(Prose) if one.name not in ("content", "number", "role", "span")),
)
