"""Writes a PDF whose objects become bytes once and then are let go: `serialising_once`.

pydyf makes their bytes twice, since the identifier of a file is a digest of all its objects, so
each stream was compressed twice; it keeps all objects and their bytes until the end; and it lists
all pages again for each entry of the outline.  The bytes of the file are the same.

Objects that nothing changes any more can be settled: their bytes go to a temporary file, so that a
long book takes no more memory than a short one.
"""

from __future__ import annotations

import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import md5
from itertools import islice
from typing import IO, Any

from publish.editions.pdf.fileobjects import serialise
from publish.editions.pdf.tagging import replacing

__all__ = ["serialising_once", "settle"]

IN_MEMORY = 1 << 20
"""How many bytes of settled objects are held in memory before they go to a file."""

PIECE = 1 << 16
"""How many bytes are read from a scratch file at once."""

TOGETHER = 1000
"""How many objects or numbers of an index are written at once."""

STREAMS_SINCE = b"1.5"
"""The version of PDF that brought streams of objects (ISO 32000-1 §7.5.7)."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """An object whose bytes are written; `pdf.objects` has it at the place of its number."""

    compressible: bool
    generation: int = 0
    free: str = "n"


_SETTLED = {compressible: _Settled(compressible) for compressible in (True, False)}


@dataclass(slots=True)
class _Bytes:
    """The bytes of objects, one after another in a scratch file.

    `lengths` are those of each, `counts` how many were added at a time.
    """

    file: IO[bytes]
    lengths: array[int] = field(default_factory=lambda: array("L"))
    counts: array[int] = field(default_factory=lambda: array("L"))
    last: int = 0

    def add(self, several: Sequence[bytes]) -> None:
        """Add those of some objects."""
        self.file.write(b"".join(several))
        self.lengths.extend(map(len, several))
        self.counts.append(len(several))

    def read(self) -> Iterator[bytes]:
        """Yield those of each object."""
        self.file.seek(0)
        lengths = iter(self.lengths)
        for count in self.counts:
            own = list(islice(lengths, count))
            data = self.file.read(sum(own))
            at = 0
            for length in own:
                yield data[at : at + length]
                at += length


@dataclass(slots=True)
class _Table:
    """Where all objects of a file are, in the order of their numbers, as few bytes.

    `places` has where one begins in the file, or below 0, counted from -1, its place in the stream
    of objects; that stream is the last but one, the table the last.  `packed` are the numbers of
    those in the stream, `lengths` how many bytes each has.  `odd` are the rows of those that are
    free, or have a generation.
    """

    places: array[int] = field(default_factory=lambda: array("q"))
    packed: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    odd: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, place: int, generation: int = 0) -> None:
        """Add an object that stands by itself."""
        if generation:
            self.add_odd(1, place, generation)
        else:
            self.places.append(place)

    def add_packed(self, number: int, length: int) -> None:
        """Add an object in the stream of objects."""
        self.places.append(-1 - len(self.packed))
        self.packed.append(number)
        self.lengths.append(length)

    def add_odd(self, kind: int, place: int, generation: int) -> None:
        """Add any other."""
        self.odd[len(self.places)] = kind, place, generation
        self.places.append(place)


def settle(pdf: Any, first: int, kept: Iterable[int] = ()) -> None:
    """Make bytes of the objects of a file from a number on and let them go, but for those `kept`.

    Each call must be for numbers after those of the last.
    """
    spared = frozenset(kept)
    settled: _Bytes = pdf.settled
    if first < settled.last:
        raise ValueError("objects are settled in the order of their numbers")
    settled.last = len(pdf.objects)
    numbers = [number for number in range(first, len(pdf.objects)) if number not in spared]
    settled.add([serialise(pdf.objects[number]) for number in numbers])
    for number in numbers:
        pdf.objects[number] = _SETTLED[pdf.objects[number].compressible]


@contextmanager
def serialising_once() -> Iterator[None]:
    """Let WeasyPrint write a PDF whose objects are serialised once."""
    import pydyf  # type: ignore[import-untyped]
    from weasyprint import pdf as library  # type: ignore[import-untyped]

    with ExitStack() as files:

        def open_scratch() -> IO[bytes]:
            return files.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))

        make_file = partial(_make_file(), open_scratch)
        with replacing(pydyf, PDF=make_file), replacing(library, Matrix=_make_matrix()):
            yield


@cache
def _make_file() -> Any:
    """Return a subclass of pydyf's file."""
    import pydyf

    class File(pydyf.PDF):  # type: ignore[misc]
        """A file that makes bytes of each object once, if it has streams of objects."""

        _pages: tuple[list[int], tuple[bytes, ...]] = ([], ())

        def __init__(self, open_scratch: Callable[[], IO[bytes]]) -> None:
            super().__init__()
            self.open_scratch = open_scratch
            self.settled = _Bytes(open_scratch())

        @property
        def page_references(self) -> tuple[bytes, ...]:
            numbers = self.pages["Kids"][::3]
            if numbers != self._pages[0]:
                self._pages = numbers, super().page_references
            return self._pages[1]

        def write(
            self,
            output: Any,
            version: Any = b"1.7",
            identifier: Any = False,
            compress: bool = False,
        ) -> None:
            version = serialise(version or b"1.7")
            if compress and version >= STREAMS_SINCE:
                scratch = self.open_scratch()
                _write_packed(self, scratch, version, identifier)
                _hand_over(scratch, output)
            else:
                super().write(output, version, identifier, compress)

    return File


def _write_packed(pdf: Any, output: Any, version: bytes, identifier: Any) -> None:
    """Write a file with a stream of objects, and let go of each object when it is written.

    Streams stand by themselves, in their order; all others are in one stream after them.
    """
    if pdf.info:
        pdf.add_object(pdf.info)
    table, inner = _Table(), pdf.open_scratch()
    settled, waiting = pdf.settled.read(), []
    digest = md5(usedforsecurity=False)
    at = output.write(b"%%PDF-%b\n%%\xf0\x9f\x96\xa4\n" % version)
    for number, made in enumerate(pdf.objects):
        if made.free == "f":
            table.add_odd(bool(number), made.offset, made.generation)
            continue
        data = next(settled) if type(made) is _Settled else serialise(made)
        digest.update(data)
        pdf.objects[number] = None
        if made.compressible:
            table.add_packed(number, len(data))
            waiting.append(data)
            if len(waiting) == TOGETHER:
                inner.write(b"\n".join((*waiting, b"")))
                waiting.clear()
        else:
            table.add(at, made.generation)
            at += _write_object(output, number, made.generation, data)
    inner.write(b"\n".join((*waiting, b"")))
    count = len(pdf.objects)
    first = b"%b\n" % b" ".join(_list_index(table))
    about = {"Type": "/ObjStm", "N": len(table.packed), "First": len(first)}
    data = _pack_stream(about, _join(first, inner))
    digest.update(data)
    table.add(at)
    at += _write_object(output, count, 0, data)
    table.add(at)
    data = _pack_table(pdf, table, _identify(identifier, digest.hexdigest()))
    _write_object(output, count + 1, 0, data)
    output.write(b"startxref\n%d\n%%%%EOF\n" % at)


def _hand_over(scratch: IO[bytes], output: IO[bytes]) -> None:
    """Write what is in a scratch file to another.

    It is made as large as it will be: what grows in memory is copied, and there twice meanwhile.
    """
    begin, size = output.tell(), scratch.tell()
    output.seek(begin + size - 1)
    output.write(b"\0")
    output.seek(begin)
    scratch.seek(0)
    while piece := scratch.read(PIECE):
        output.write(piece)


def _write_object(output: Any, number: int, generation: int, data: bytes) -> int:
    """Write the bytes of an object, without a copy of them; return how many there are in all."""
    size: int = output.write(b"%d %d obj\n" % (number, generation))
    size += output.write(data)
    return size + int(output.write(b"\nendobj\n"))


def _list_index(table: _Table) -> Iterator[bytes]:
    """Yield the numbers of packed objects and where each begins as text, many at a time."""
    position = 0
    for at in range(0, len(table.packed), TOGETHER):
        found = []
        lengths = table.lengths[at : at + TOGETHER]
        for number, length in zip(table.packed[at : at + TOGETHER], lengths, strict=True):
            found.append(f"{number} {position}")
            position += length + 1
        yield " ".join(found).encode()


def _join(first: bytes, inner: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a stream of objects: their index, then each, with lines between them."""
    yield first
    inner.truncate(max(inner.tell() - 1, 0))
    inner.seek(0)
    while piece := inner.read(PIECE):
        yield piece


def _identify(identifier: Any, digest: str) -> dict[str, Any]:
    """Return the entry that identifies a file, if it is to have one (ISO 32000-1 §14.4)."""
    import pydyf

    if not identifier:
        return {}
    first = digest if identifier is True else serialise(identifier)
    return {"ID": pydyf.Array((pydyf.String(first), pydyf.String(digest)))}


def _pack_table(pdf: Any, table: _Table, more: Mapping[str, Any]) -> bytes:
    """Return the stream that says where all objects are (§7.5.8): three numbers for each."""
    import pydyf

    greatest = max(len(table.packed), *(generation for *_, generation in table.odd.values()))
    _, wide, narrow = widths = 1, _count_bytes(table.places[-1]), _count_bytes(greatest)
    rows, inner = bytearray(), len(table.places) - 2
    for number, place in enumerate(table.places):
        plain = (2, inner, -1 - place) if place < 0 else (1, place, 0)
        kind, first, second = table.odd.get(number, plain)
        rows += b"%c%b%b" % (kind, first.to_bytes(wide, "big"), second.to_bytes(narrow, "big"))
    count = len(table.places)
    about = {
        "Type": "/XRef",
        "Index": pydyf.Array((0, count)),
        "W": pydyf.Array(widths),
        "Size": count,
        "Root": pdf.catalog.reference,
        **({"Info": pdf.info.reference} if pdf.info else {}),
        **more,
    }
    return _pack_stream(about, (rows,))


def _count_bytes(number: int) -> int:
    return max((number.bit_length() + 7) // 8, 1)


def _pack_stream(about: Mapping[str, Any], content: Iterable[bytes | bytearray]) -> bytes:
    """Return the bytes of a stream."""
    import pydyf

    packer = zlib.compressobj(level=9)
    data = b"".join((*map(packer.compress, content), packer.flush()))
    whole = pydyf.Dictionary({**about, "Filter": "/FlateDecode", "Length": len(data)})
    return b"%b\nstream\n%b\nendstream" % (serialise(whole), data)


@cache
def _make_matrix() -> Any:
    """Return a subclass of WeasyPrint's matrix that makes no matrix of each point."""
    from weasyprint.matrix import Matrix  # type: ignore[import-untyped]

    class Quick(Matrix):  # type: ignore[misc]
        def transform_point(self, x: float, y: float) -> list[float]:
            return [sum((x * self[0][at], y * self[1][at], 1 * self[2][at])) for at in (0, 1)]

    return Quick
