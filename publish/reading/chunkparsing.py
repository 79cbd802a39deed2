"""One chunk of a file parsed and read: apart from the others, or with what is around it."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from markdown_it.token import Token
from markdown_it.utils import EnvType

from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import Block, Finding, Footnote, Span, block_proses
from publish.reading.blocks.parsenotes import (
    NOTES,
    UNCLOSED,
    ParseNotes,
    Reference,
    add_references,
    list_references,
)
from publish.reading.blocks.parser import parse_blocks
from publish.reading.chunks import Chunk
from publish.reading.faults import Faults
from publish.reading.filereading import Found, Place, find_labels, find_levels, read_tokens
from publish.reading.marks.typedmarks import set_typed_marks
from publish.reading.segmenting import ContentCut, Cuttable, cut_prose
from publish.reading.targets import Anchor

__all__ = [
    "Around",
    "ChunkFacts",
    "ChunkText",
    "Cuts",
    "KeptChunk",
    "NotInChunksError",
    "References",
    "defines_links",
    "parse_alone",
    "parse_within",
    "read_alone",
    "read_text",
]

END = "\u2042"
"""The heading that stands below a chunk while it is parsed."""
DEFINITION = re.compile(r"^[ \t>]*\[(?!\^)[^\n]*\]:", re.MULTILINE)
"""A line that may say what the label of a link stands for."""

References = tuple[tuple[str, Reference], ...]
Cuts = MutableMapping[Cuttable, ContentCut]


class NotInChunksError(Exception):
    """A file cannot be read by its chunks, or has errors."""


@dataclass(frozen=True, slots=True)
class ChunkFacts:
    """What a chunk has that concerns the others of its file; it is not `closed` before them."""

    references: References = ()
    used: frozenset[str] = frozenset()
    headings: tuple[tuple[str, str], ...] = ()
    labels: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    closed: bool = True


class Around(NamedTuple):
    """What a chunk needs to know of the rest: labels of links and of notes, and its section.

    A chunk without links needs no labels of links: then they are None.
    """

    references: References | None
    labels: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class ChunkText:
    """The blocks of a chunk, what else reading adds to a document, and how its texts are cut."""

    blocks: tuple[Block, ...]
    notes: tuple[Footnote, ...]
    remarks: tuple[Finding, ...]
    given_ids: tuple[Span, ...]
    anchors: tuple[Anchor, ...]
    cuts: Cuts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptChunk:
    """What is kept of a chunk: its facts, and its text as it is with these things around it."""

    facts: ChunkFacts
    around: Around | None = None
    text: ChunkText | None = None


def defines_links(text: str) -> bool:
    """Return whether a file may say what labels of links stand for."""
    return DEFINITION.search(text) is not None


def parse_alone(chunk: Chunk) -> tuple[list[Token], ChunkFacts, References]:
    """Return the tokens of a chunk, its facts, and what its labels stand for without the others."""
    notes = ParseNotes()
    env: EnvType = {NOTES: notes}
    tokens, closed = _parse(chunk, env)
    if not closed:
        return tokens, ChunkFacts(closed=False), ()
    facts = ChunkFacts(
        references=tuple(notes.references.items()),
        used=frozenset(notes.used),
        headings=tuple(notes.headings if chunk.last else notes.headings[:-1]),
        labels=frozenset(find_labels(tokens)),
        levels=frozenset(find_levels(tokens)),
    )
    return tokens, facts, tuple(sorted(list_references(env).items()))


def parse_within(chunk: Chunk, references: References) -> list[Token]:
    """Return the tokens of a chunk in a file whose labels of links are known."""
    env: EnvType = {}
    add_references(env, dict(references))
    return _parse(chunk, env)[0]


def _parse(chunk: Chunk, env: EnvType) -> tuple[list[Token], bool]:
    """Return the tokens of a chunk, and whether no block of it can go on below.

    A heading is put below it: if that is one, and takes no anchor, nothing above is open.
    """
    if chunk.last:
        return parse_blocks(chunk.text, env), True
    end = END
    while end in chunk.text:
        end += END
    tokens = parse_blocks(f"{chunk.text}\n# {end}", env)
    opening, inline = tokens[-3:-1] if len(tokens) > 2 else (None, None)
    if opening is None or inline is None:
        return tokens, False
    line = chunk.text.count("\n") + 1
    closed = (
        opening.type == "heading_open" and opening.level == 0 and opening.map == [line, line + 1]
    )
    closed = closed and inline.content == end and not inline.meta
    return tokens[:-3], closed and UNCLOSED not in env


def read_text(tokens: list[Token], place: Place, found: Found) -> ChunkText:
    """Return the text of tokens; raises NotInChunksError for one with errors."""
    own = replace(found, faults=Faults(), blocks=[], notes=[], given_ids=set(), anchors=[])
    read_tokens(tokens, place, own)
    if own.faults.errors:
        raise NotInChunksError
    return ChunkText(
        tuple(own.blocks),
        tuple(own.notes),
        tuple(own.faults.remarks),
        tuple(own.given_ids),
        tuple(own.anchors),
    )


def read_alone(
    file: str, chunk: Chunk, found: Found, known: Cuts, *, linked: bool, typed: bool
) -> KeptChunk:
    """Return a chunk as it is if nothing is around it; without its text if that cannot be known.

    `linked` says that its file says what labels stand for, `typed` that marks are exchanged as by
    `set_typed_document`.  How its texts are cut is known then, but where the document changes them;
    `known` are texts that have been cut, and get those that are cut now.
    """
    tokens, facts, references = parse_alone(chunk)
    asks = "[" in chunk.text
    if not facts.closed or "^[" in chunk.text or (asks and (linked or references)):
        return KeptChunk(facts)
    try:
        text = read_text(tokens, Place(file, chunk.above, "", set()), found)
    except NotInChunksError:
        return KeptChunk(facts)
    language = find(found.language)
    for prose in (one for block in (*text.blocks, *text.notes) for one in block_proses(block)):
        content = prose.content
        if typed and not prose.figure:
            content = set_typed_marks(content, language.tag)
        with suppress(PublishError):  # What no Markdown says is told when the document is cut.
            cut = cut_prose(replace(prose, content=content), language, known)
            text.cuts[content, prose.whole] = cut
    return KeptChunk(facts, Around(() if asks else None, (), ""), text)
