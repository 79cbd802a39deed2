"""Long files read by their chunks: one that was read before, with the same around it, is not again.

Law: what comes out is what reading the files as a whole gives.  A chunk depends on the rest of its
document by the labels of links that other chunks define, by the labels of footnotes that are
taken, and by the section that it begins in; these are part of its key.  Where the parser has
something open at the end of a chunk, it is read with the chunk below it.  Files with errors are not
read in chunks, so that what is told of them never depends on it.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple, Protocol

from markdown_it.token import Token
from markdown_it.utils import EnvType

from publish.model import Block, Finding, Footnote, Heading, Prose, Span, proses
from publish.reading.blocks.parsenotes import (
    NOTES,
    UNCLOSED,
    ParseNotes,
    Reference,
    add_references,
    list_references,
)
from publish.reading.blocks.parser import parse_blocks
from publish.reading.chunks import Chunk, join_chunks, split_chunks
from publish.reading.faults import Faults
from publish.reading.filereading import (
    Found,
    Place,
    find_labels,
    find_levels,
    read_file,
    read_tokens,
)
from publish.reading.segmenting import ContentCut, Cuttable
from publish.reading.source import Source
from publish.reading.sourcefile import SourceFile
from publish.reading.targets import Anchor
from publish.reading.titles import make_chapter_heading

__all__ = [
    "ChunkFacts",
    "ChunkReader",
    "ChunkStore",
    "ChunkText",
    "KeptChunk",
    "NotInChunksError",
    "is_long",
]

LONG = 150_000
"""Documents of so many characters are read by chunks: shorter ones are read in less time than is
saved."""
SHORT_FILE = 4000
"""Files of fewer characters are read as a whole."""
MOST_JOINED = 4
"""So many chunks are read with the one below them; then the file is read as a whole."""
END = "\u2042"
"""The heading that stands below a chunk while it is parsed."""

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


class ChunkStore(Protocol):
    """What keeps chunks by their keys; `above` are the lines above a chunk in its file now."""

    def load(self, key: str, above: int) -> KeptChunk | None:
        """Return what is kept under a key, with the lines that it has now, or None."""

    def keep(self, key: str, above: int, chunk: KeptChunk) -> None:
        """Keep a chunk under a key."""

    def settle(self, document: str, keys: frozenset[str]) -> None:
        """Take note that these are the keys that a document needs now."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A chunk of a file with what is known of it: its facts, and its text or its tokens."""

    file: str
    chunk: Chunk
    key: str
    kept: KeptChunk
    tokens: list[Token] | None = None
    references: References = ()


@dataclass(frozen=True, slots=True)
class ChunkReader:
    """Reads the files of one document by their chunks, from and into a store; for one run.

    Without a store everything is read as a whole.
    """

    document: str
    store: ChunkStore | None
    _cuts: Cuts = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _fresh: list[tuple[str, str, Chunk, KeptChunk]] = field(default_factory=list)

    def read_file(self, source: SourceFile, title: Prose | None, skip: int, found: Found) -> None:
        """Add what a file has.

        Raises NotInChunksError, and may leave errors, where only reading it as a whole is right.
        """
        if len(source.text) < SHORT_FILE or self.store is None:
            read_file(source, title, skip, found)
            return
        every = self._parse_all(source, skip, found, self.store)
        references = _join_references([one.kept.facts for one in every])
        levels = {level for one in every for level in one.kept.facts.levels}
        heading = make_chapter_heading(source, title, levels)
        found.blocks.extend([heading] if heading else [])
        labels = {note.label for note in found.notes}
        labels |= {label for one in every for label in one.kept.facts.labels}
        for number, one in enumerate(every):
            section = heading.id if heading and not number else ""
            around = Around(
                references if "[" in one.chunk.text else None,
                tuple(sorted(labels)) if "^[" in one.chunk.text else (),
                section,
            )
            text = self._find_text(one, around, found, self.store)
            if number and not (text.blocks and isinstance(text.blocks[0], Heading)):
                raise NotInChunksError
            found.blocks.extend(text.blocks)
            found.notes.extend(text.notes)
            found.faults.remarks.extend(text.remarks)
            found.given_ids.update(text.given_ids)
            found.anchors.extend(text.anchors)
            labels |= {note.label for note in text.notes}
            self._cuts.update(text.cuts)

    def _parse_all(
        self, source: SourceFile, skip: int, found: Found, store: ChunkStore
    ) -> list[_Parsed]:
        """Return the chunks of a file, each closed before the next one."""
        waiting = split_chunks(source.text, skip)[::-1]
        done: list[_Parsed] = []
        joined = 0
        while waiting:
            parsed = self._parse(waiting.pop(), source.file, found, store)
            if parsed.kept.facts.closed:
                done.append(parsed)
                continue
            joined += 1
            if joined > MOST_JOINED:
                raise NotInChunksError
            waiting.append(join_chunks(parsed.chunk, waiting.pop()))
        return done

    def _parse(self, chunk: Chunk, file: str, found: Found, store: ChunkStore) -> _Parsed:
        """Return a chunk as the store has it, else parsed without what is around it."""
        key = _make_key(file, chunk, found)
        self._keys.add(key)
        kept = store.load(key, chunk.above)
        if kept is not None:
            return _Parsed(file, chunk, key, kept)
        tokens, facts, references = _parse_alone(chunk)
        if not facts.closed:
            store.keep(key, chunk.above, KeptChunk(facts))
        return _Parsed(file, chunk, key, KeptChunk(facts), tokens, references)

    def _find_text(
        self, one: _Parsed, around: Around, found: Found, store: ChunkStore
    ) -> ChunkText:
        """Return the text of a chunk with these things around it, from the store or read."""
        if one.kept.text is not None and one.kept.around == around:
            return one.kept.text
        key, tokens = one.key, one.tokens
        if tokens is None or around.references not in (one.references, None):
            key, tokens = f"{one.key}-{_digest(around)}", None
            self._keys.add(key)
            known = store.load(key, one.chunk.above)
            if known is not None and known.text is not None:
                return known.text
            if one.tokens is not None:
                store.keep(one.key, one.chunk.above, one.kept)
            tokens = _parse_within(one.chunk, around.references or ())
        place = Place(one.file, one.chunk.above, around.section, set(around.labels))
        text = _read_text(tokens, place, found)
        self._fresh.append((key, one.file, one.chunk, KeptChunk(one.kept.facts, around, text)))
        return text

    @property
    def cuts(self) -> Cuts | None:
        """How texts of the document are cut, as far as it is known; None for one read whole."""
        return self._cuts if self._keys else None

    def finish(self, source: Source) -> Source:
        """Keep what was read for the first time, with how it is cut, and return the source.

        All of its texts have been cut into `cuts`.
        """
        if self.store is None or not self._keys:
            return source
        begins: dict[str, list[tuple[int, int, Cuts]]] = {}
        for _, file, chunk, kept in self._fresh:
            if kept.text is not None:
                last = chunk.above + chunk.text.count("\n") + 1
                begins.setdefault(file, []).append((chunk.above, last, kept.text.cuts))
        for prose in proses(source.document) if begins else ():
            own = begins.get(prose.span.file, [])
            at = bisect_left(own, prose.span.first, key=itemgetter(0)) - 1
            if at >= 0 and prose.span.first <= own[at][1]:
                cuttable = prose.content, prose.whole
                own[at][2][cuttable] = self._cuts[cuttable]
        for key, _, chunk, kept in self._fresh:
            self.store.keep(key, chunk.above, kept)
        self.store.settle(self.document, frozenset(self._keys))
        return source


def is_long(sources: Iterable[SourceFile]) -> bool:
    """Return whether the files of a document are so long that chunks save time."""
    return sum(len(source.text) for source in sources) >= LONG


def _join_references(every: Sequence[ChunkFacts]) -> References:
    """Return what the labels of links in a file stand for: the first line that defines one counts.

    Labels that no line defines may be those of headings; see `define_headings`.
    """
    found: dict[str, Reference] = {}
    for facts in every:
        for label, reference in facts.references:
            found.setdefault(label, reference)
    if used := frozenset().union(*(facts.used for facts in every)):
        for facts in every:
            for label, address in facts.headings:
                if label in used:
                    found.setdefault(label, (address, ""))
    return tuple(sorted(found.items()))


def _make_key(file: str, chunk: Chunk, found: Found) -> str:
    """Return a digest of all that a chunk is read from without what is around it."""
    as_text = sorted(found.as_text)
    return _digest(
        [file, found.folder, found.language, found.whole, as_text, chunk.last, chunk.text]
    )


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _parse_alone(chunk: Chunk) -> tuple[list[Token], ChunkFacts, References]:
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


def _parse_within(chunk: Chunk, references: References) -> list[Token]:
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


def _read_text(tokens: list[Token], place: Place, found: Found) -> ChunkText:
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
