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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from operator import itemgetter
from typing import Protocol

from markdown_it.token import Token

from publish.model import Heading, Prose, proses
from publish.reading.blocks.parsenotes import Reference
from publish.reading.chunkparsing import (
    Around,
    ChunkFacts,
    ChunkText,
    Cuts,
    KeptChunk,
    NotInChunksError,
    References,
    defines_links,
    parse_alone,
    parse_within,
    read_alone,
    read_text,
)
from publish.reading.chunks import Chunk, join_chunks, split_chunks
from publish.reading.filereading import Found, Place, read_file
from publish.reading.source import Source
from publish.reading.sourcefile import SourceFile
from publish.reading.titles import make_chapter_heading

__all__ = [
    "ChunkFacts",
    "ChunkReader",
    "ChunkStore",
    "ChunkText",
    "KeptChunk",
    "Missing",
    "NotInChunksError",
    "ReadAlone",
    "is_long",
]

LONG = 150_000
"""Documents of so many characters are read by chunks: shorter ones are read in less time than is
saved."""
SHORT_FILE = 4000
"""Files of fewer characters are read as a whole."""
MOST_JOINED = 4
"""So many chunks are read with the one below them; then the file is read as a whole."""
MUCH = 300_000
"""Two processes share the chunks that are read for the first time if they have so many
characters."""
Missing = tuple[str, str, Chunk]
"""A chunk that is to be read: its key and its file."""
ReadAlone = Callable[[str, Chunk], KeptChunk]


class ChunkStore(Protocol):
    """What keeps chunks by their keys; `above` are the lines above a chunk in its file now."""

    def load(self, key: str, above: int) -> KeptChunk | None:
        """Return what is kept under a key, with the lines that it has now, or None."""

    def keep(self, key: str, above: int, chunk: KeptChunk) -> None:
        """Keep a chunk under a key."""

    def settle(self, document: str, keys: frozenset[str]) -> None:
        """Take note that these are the keys that a document needs now."""

    def read_beside(
        self, chunks: Sequence[Missing], read: ReadAlone
    ) -> Callable[[], Mapping[str, KeptChunk]] | None:
        """Begin to read chunks in another process; None if there is none that has nothing to do.

        What is returned waits for them, and returns them by their keys: none if that failed.
        """


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A chunk of a file with what is known of it: its facts, and its text or its tokens.

    One that is `fresh` was not in the store.
    """

    file: str
    chunk: Chunk
    key: str
    kept: KeptChunk
    fresh: bool
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
    _split: dict[str, list[Chunk]] = field(default_factory=dict)
    _loaded: dict[str, KeptChunk] = field(default_factory=dict)
    _known: dict[str, KeptChunk] = field(default_factory=dict)
    """Chunks read ahead, which the store has not."""
    _made: dict[tuple[str, int, int], str] = field(default_factory=dict)
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

    def read_ahead(
        self, files: Sequence[tuple[SourceFile, int]], found: Found, typed: bool
    ) -> None:
        """Read what the store has not, if it is long, in two processes; else do nothing.

        Each file comes with the lines at its top that are not read.
        """
        if self.store is None:
            return
        missing: list[Missing] = []
        long = [(one, skip) for one, skip in files if len(one.text) >= SHORT_FILE]
        for source, skip in long:
            self._split[source.file] = split_chunks(source.text, skip)
            above: KeptChunk | None = None
            for chunk in self._split[source.file]:
                key = self._make_key(source.file, chunk, found)
                kept = self.store.load(key, chunk.above)
                if kept is not None:
                    self._loaded[key] = kept
                elif above is None or above.facts.closed:  # Else it is read with the one above.
                    missing.append((key, source.file, chunk))
                above = kept
        sizes = [*accumulate(len(chunk.text) for _, _, chunk in missing)]
        if len(sizes) < 2 or sizes[-1] < MUCH:
            return
        linked = {source.file: defines_links(source.text) for source, _ in long}
        cuts: Cuts = {}

        def read(file: str, chunk: Chunk) -> KeptChunk:
            return read_alone(file, chunk, found, cuts, linked=linked[file], typed=typed)

        half = bisect_left(sizes, sizes[-1] / 2)
        wait = self.store.read_beside(missing[half:], read)
        if wait is not None:
            try:
                self._known.update((key, read(file, one)) for key, file, one in missing[:half])
            finally:
                self._known.update(wait())

    def _parse_all(
        self, source: SourceFile, skip: int, found: Found, store: ChunkStore
    ) -> list[_Parsed]:
        """Return the chunks of a file, each closed before the next one."""
        waiting = (self._split.get(source.file) or split_chunks(source.text, skip))[::-1]
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
        key = self._make_key(file, chunk, found)
        self._keys.add(key)
        kept = self._known.get(key)
        if kept is None:
            if known := self._loaded.get(key) or store.load(key, chunk.above):
                return _Parsed(file, chunk, key, known, fresh=False)
            tokens, facts, references = parse_alone(chunk)
            one = _Parsed(file, chunk, key, KeptChunk(facts), True, tokens, references)
        else:
            one = _Parsed(file, chunk, key, kept, fresh=True)
        if not one.kept.facts.closed:
            store.keep(key, chunk.above, one.kept)
        return one

    def _make_key(self, file: str, chunk: Chunk, found: Found) -> str:
        """Return a digest of all that a chunk is read from without what is around it."""
        place = file, chunk.above, len(chunk.text)
        if place not in self._made:
            shared = [file, found.folder, found.language, found.whole, sorted(found.as_text)]
            self._made[place] = _digest([*shared, chunk.last, chunk.text])
        return self._made[place]

    def _find_text(
        self, one: _Parsed, around: Around, found: Found, store: ChunkStore
    ) -> ChunkText:
        """Return the text of a chunk with these things around it, from the store or read."""
        if one.kept.text is not None and one.kept.around == around:
            if one.fresh:
                self._note_fresh(one.key, one, around, one.kept.text)
            return one.kept.text
        key, tokens = one.key, one.tokens
        if tokens is None or around.references not in (one.references, None):
            key, tokens = f"{one.key}-{_digest(around)}", None
            self._keys.add(key)
            known = store.load(key, one.chunk.above)
            if known is not None and known.text is not None:
                return known.text
            if one.fresh:
                store.keep(one.key, one.chunk.above, KeptChunk(one.kept.facts))
            tokens = parse_within(one.chunk, around.references or ())
        place = Place(one.file, one.chunk.above, around.section, set(around.labels))
        text = read_text(tokens, place, found)
        self._note_fresh(key, one, around, text)
        return text

    def _note_fresh(self, key: str, one: _Parsed, around: Around, text: ChunkText) -> None:
        """Take note of a text to be kept, which gets the cuts of its texts at the end."""
        kept = KeptChunk(one.kept.facts, around, replace(text, cuts={}))
        self._fresh.append((key, one.file, one.chunk, kept))

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


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
