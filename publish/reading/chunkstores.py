"""Where chunks of long files are kept: in memory, or pickled in a store of results.

The spans of a pickled chunk count from its own first line, and get the lines of its file when they
are loaded.  Pickles are only read from a store that gives back what it was given on this machine.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from publish.model import (
    Emphasis,
    Figuring,
    FootnoteMark,
    Heading,
    Inlines,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Prose,
    ResultStore,
    Role,
    Span,
    Strong,
    Text,
)
from publish.reading.chunkparsing import KeptChunk
from publish.reading.chunkreading import Missing, ReadAlone
from publish.reading.segmenting import ContentCut
from publish.reading.targets import Anchor

__all__ = ["Beside", "HeldChunks", "PickledChunks"]

Beside = Callable[[Callable[[], bytes]], Callable[[], bytes | None] | None]
"""Begins work in another process, and returns what waits for its result, which is None if it
failed; None if there is no process that has nothing to do."""


@dataclass(frozen=True, slots=True)
class PickledChunks:
    """Chunks in a store of results."""

    store: ResultStore
    beside: Beside | None = None

    def load(self, key: str, above: int) -> KeptChunk | None:
        """Return what is kept under a key, with the lines that it has now, or None."""
        data = self.store.load(key)
        return None if data is None else _load(data, above)

    def keep(self, key: str, above: int, chunk: KeptChunk) -> None:
        """Keep a chunk under a key."""
        self.store.keep(key, _dump(chunk, above))

    def settle(self, document: str, keys: frozenset[str]) -> None:
        """Do nothing: the store forgets what is used no longer."""

    def read_beside(
        self, chunks: Sequence[Missing], read: ReadAlone
    ) -> Callable[[], Mapping[str, KeptChunk]] | None:
        """Begin to read chunks in another process; None if there is none that has nothing to do."""

        def work() -> bytes:
            return pickle.dumps([_dump(read(file, one), one.above) for _, file, one in chunks])

        begun = self.beside(work) if self.beside else None
        if begun is None:
            return None

        def wait() -> Mapping[str, KeptChunk]:
            every = pickle.loads(done) if (done := begun()) else []
            pairs = zip(chunks, every, strict=False)
            return {key: _load(data, one.above) for (key, _, one), data in pairs}

        return wait


@dataclass(frozen=True, slots=True)
class HeldChunks:
    """Chunks in memory: those that each document needed when it was last read."""

    _held: dict[str, tuple[int, KeptChunk]] = field(default_factory=dict)
    _needed: dict[str, frozenset[str]] = field(default_factory=dict)

    def load(self, key: str, above: int) -> KeptChunk | None:
        """Return what is kept under a key, with the lines that it has now, or None."""
        if key not in self._held:
            return None
        before, chunk = self._held[key]
        if before != above:
            chunk = _load(_dump(chunk, before), above)
            self._held[key] = above, chunk
        return chunk

    def keep(self, key: str, above: int, chunk: KeptChunk) -> None:
        """Keep a chunk under a key."""
        self._held[key] = above, chunk

    def settle(self, document: str, keys: frozenset[str]) -> None:
        """Forget what a document needs no longer."""
        self._needed[document] = keys
        every = frozenset().union(*self._needed.values())
        for key in [one for one in self._held if one not in every]:
            del self._held[key]

    def read_beside(
        self, chunks: Sequence[Missing], read: ReadAlone
    ) -> Callable[[], Mapping[str, KeptChunk]] | None:
        """Return None: who keeps chunks in memory reads few of them anew."""
        return None


# --------------------------------------------------------------------------- pickles


def _make_prose(
    content: Inlines,
    role: Role,
    span: Span,
    section: str,
    context: str | None,
    note: str,
    whole: bool,
    number: int,
    figure: Figuring,
) -> Prose:
    return Prose(
        content=content,
        role=role,
        span=span,
        section=section,
        context=context,
        note=note,
        whole=whole,
        number=number,
        figure=figure,
    )


def _make_span(file: str, first: int, last: int) -> Span:
    """Stand for the function that makes the spans of a chunk when it is loaded."""
    return Span(file, first, last)


def _make_anchor(file: str, name: str, line: int) -> Anchor:
    """Stand for the function that makes the anchors of a chunk when it is loaded."""
    return Anchor(file, name, line)


Reduced = tuple[Callable[..., Any], tuple[Any, ...]]


def _reduce(kind: type[Any], make: Callable[..., Any]) -> Callable[[Any], Reduced]:
    """Return how an object is pickled: as a call with the values of its fields."""
    names = [one.name for one in fields(kind)]
    if len(names) == 1:
        return lambda one: (make, (getattr(one, names[0]),))
    values = attrgetter(*names)
    return lambda one: (make, values(one))


PLAIN = (ContentCut, Emphasis, FootnoteMark, Heading, Link, ListBlock, ListItem, Paragraph, Strong,
         Text)  # fmt: skip
"""The types of which a chunk has most objects: calling them is faster than what pickle does."""
REDUCED: Mapping[type[Any], Callable[[Any], Reduced]] = {
    **{kind: _reduce(kind, kind) for kind in PLAIN},
    Prose: _reduce(Prose, _make_prose),
    Role: lambda one: (Role, (one.value,)),
}


def _dump(chunk: KeptChunk, above: int) -> bytes:
    """Return a chunk as bytes, with lines that count from its own first."""
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {
        **REDUCED,
        Span: lambda one: (_make_span, (one.file, one.first - above, one.last - above)),
        Anchor: lambda one: (_make_anchor, (one.file, one.name, one.line - above)),
    }
    pickler.dump(chunk)
    return data.getvalue()


class _Unpickler(pickle.Unpickler):
    """Reads chunks whose first line has so many lines above it."""

    def __init__(self, data: bytes, above: int) -> None:
        super().__init__(io.BytesIO(data))
        self._above = above

    def find_class(self, module: str, name: str) -> Any:
        above = self._above
        if module == __name__ and name == _make_span.__name__:
            return lambda file, first, last: Span(file, first + above, last + above)
        if module == __name__ and name == _make_anchor.__name__:
            return lambda file, name, line: Anchor(file, name, line + above)
        return super().find_class(module, name)


def _load(data: bytes, above: int) -> KeptChunk:
    found: KeptChunk = _Unpickler(data, above).load()
    return found
