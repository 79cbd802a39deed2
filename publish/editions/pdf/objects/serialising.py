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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from hashlib import md5
from io import BytesIO
from itertools import chain, islice
from typing import IO, Any

from publish.editions.pdf.objects.fileobjects import StoredArray, cut_pieces, serialise
from publish.editions.pdf.objects.objectfiles import ObjectTable, SettledBytes
from publish.editions.privateparts import replacing

__all__ = ["RESERVED", "serialising_once", "settle", "settle_reserved"]

IN_MEMORY = 1 << 18
"""How many bytes of a scratch file are held in memory before it becomes one."""

PIECE = 1 << 16
"""How many bytes are read from a scratch file at once."""

TOGETHER = 1000
"""How many objects or numbers of an index are written at once."""

STREAMS_SINCE = b"1.5"
"""The version of PDF that brought streams of objects (ISO 32000-1 §7.5.7)."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """An object whose bytes are written; `pdf.objects` has it at the place of its number.

    Those that were reserved are in a file of their own.
    """

    compressible: bool
    reserved: bool = False
    generation: int = 0
    free: str = "n"


_SETTLED = {compressible: _Settled(compressible) for compressible in (True, False)}
_SETTLED_LATER = _Settled(True, reserved=True)

RESERVED = object()
"""What `pdf.objects` has at the number of an object that is to be made later."""


def settle(pdf: Any, first: int, kept: Iterable[int] = ()) -> None:
    """Make bytes of the objects of a file from a number on and let them go, but for those `kept`.

    Each call must be for numbers after those of the last.
    """
    spared = frozenset(kept)
    settled: SettledBytes = pdf.settled
    if first < settled.last:
        raise ValueError("objects are settled in the order of their numbers")
    settled.last = len(pdf.objects)
    numbers = [
        number
        for number in range(first, len(pdf.objects))
        if number not in spared and pdf.objects[number] is not RESERVED
    ]
    settled.add([serialise(pdf.objects[number]) for number in numbers])
    for number in numbers:
        pdf.objects[number] = _SETTLED[pdf.objects[number].compressible]


def settle_reserved(pdf: Any, numbers: Sequence[int]) -> None:
    """Settle objects that were reserved and are made now: all, in the order of their numbers."""
    pdf.settled_later.add([serialise(pdf.objects[number]) for number in numbers])
    for number in numbers:
        pdf.objects[number] = _SETTLED_LATER


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
            self.settled = SettledBytes(open_scratch())
            self.settled_later = SettledBytes(open_scratch())
            self.long: set[int] = set()

        def open_array(self) -> StoredArray:
            """Return an array for an object whose number is to be among the `long` ones."""
            return StoredArray(self.open_scratch())

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
            if not compress or version < STREAMS_SINCE:
                super().write(output, version, identifier, compress)
            elif isinstance(output, BytesIO):
                scratch = self.open_scratch()
                _write_packed(self, scratch, version, identifier)
                _hand_over(scratch, output)
            else:
                _write_packed(self, output, version, identifier)

    return File


def _write_packed(pdf: Any, output: Any, version: bytes, identifier: Any) -> None:
    """Write a file with a stream of objects, and let go of each object when it is written.

    Streams stand by themselves, in their order; all others are in one stream after them.
    """
    if pdf.info:
        pdf.add_object(pdf.info)
    table, inner = ObjectTable(pdf.open_scratch()), pdf.open_scratch()
    settled, later = pdf.settled.read(), pdf.settled_later.read()
    waiting: list[bytes] = []
    digest = md5(usedforsecurity=False)
    at = output.write(b"%%PDF-%b\n%%\xf0\x9f\x96\xa4\n" % version)
    for number, made in enumerate(pdf.objects):
        if made.free == "f":
            table.odd[number] = int(bool(number)), made.offset, made.generation
            continue
        pdf.objects[number] = None
        if number in pdf.long:
            inner.write(b"\n".join((*waiting, b"")))
            waiting.clear()
            table.add_packed(number, _write_long(inner, made, digest))
            continue
        if type(made) is _Settled:
            data = next(later if made.reserved else settled)
        else:
            data = serialise(made)
        digest.update(data)
        if made.compressible:
            table.add_packed(number, len(data))
            waiting.append(data)
            if len(waiting) == TOGETHER:
                inner.write(b"\n".join((*waiting, b"")))
                waiting.clear()
        else:
            table.add(number, at, made.generation)
            at += _write_object(output, number, made.generation, data)
    inner.write(b"\n".join((*waiting, b"")))
    count = len(pdf.objects)
    about = {"Type": "/ObjStm", "N": table.packed, "First": table.flush(b"\n")}
    table.add(count, at)
    content = _join(table.index, inner)
    at += _write_stream(pdf, output, count, about, content, digest)
    table.add(count + 1, at)
    rows, about = _describe_table(pdf, table, _identify(identifier, digest.hexdigest()))
    _write_stream(pdf, output, count + 1, about, rows)
    output.write(b"startxref\n%d\n%%%%EOF\n" % at)


def _write_long(inner: IO[bytes], made: Any, digest: Any) -> int:
    """Write an object with long arrays piece by piece; return how many bytes it has."""
    size = 0
    for piece in cut_pieces(made):
        digest.update(piece)
        size += inner.write(piece)
    inner.write(b"\n")
    return size


def _hand_over(scratch: IO[bytes], output: IO[bytes]) -> None:
    """Write what is in a scratch file to one in memory.

    It is made as large as it will be: what grows in memory is copied, and there twice meanwhile.
    """
    begin, size = output.tell(), scratch.tell()
    output.seek(begin + size - 1)
    output.write(b"\0")
    output.seek(begin)
    for piece in _read(scratch):
        output.write(piece)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in a scratch file, in pieces."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _write_object(output: Any, number: int, generation: int, data: bytes) -> int:
    """Write the bytes of an object, without a copy of them; return how many there are in all."""
    size: int = output.write(b"%d %d obj\n" % (number, generation))
    size += output.write(data)
    return size + int(output.write(b"\nendobj\n"))


def _join(index: IO[bytes], inner: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a stream of objects: their index, then each, with lines between them."""
    yield from _read(index)
    inner.truncate(max(inner.tell() - 1, 0))
    yield from _read(inner)


def _identify(identifier: Any, digest: str) -> dict[str, Any]:
    """Return the entry that identifies a file, if it is to have one (ISO 32000-1 §14.4)."""
    import pydyf

    if not identifier:
        return {}
    first = digest if identifier is True else serialise(identifier)
    return {"ID": pydyf.Array((pydyf.String(first), pydyf.String(digest)))}


def _describe_table(
    pdf: Any, table: ObjectTable, more: Mapping[str, Any]
) -> tuple[Iterator[bytes], dict[str, Any]]:
    """Return the rows that say where all objects are (§7.5.8), and what is said of them."""
    import pydyf

    greatest = max(table.packed, *(generation for *_, generation in table.odd.values()))
    _, wide, narrow = widths = 1, _count_bytes(table.places[-1]), _count_bytes(greatest)
    count = len(pdf.objects) + 2

    def write_rows() -> Iterator[bytes]:
        rows = table.list_rows(count)
        while some := list(islice(rows, TOGETHER)):
            yield b"".join(
                b"%c%b%b" % (kind, first.to_bytes(wide, "big"), second.to_bytes(narrow, "big"))
                for kind, first, second in some
            )

    about = {
        "Type": "/XRef",
        "Index": pydyf.Array((0, count)),
        "W": pydyf.Array(widths),
        "Size": count,
        "Root": pdf.catalog.reference,
        **({"Info": pdf.info.reference} if pdf.info else {}),
        **more,
    }
    return write_rows(), about


def _count_bytes(number: int) -> int:
    return max((number.bit_length() + 7) // 8, 1)


def _write_stream(
    pdf: Any,
    output: Any,
    number: int,
    about: Mapping[str, Any],
    content: Iterable[bytes],
    digest: Any = None,
) -> int:
    """Write an object that is a packed stream; return how many bytes it has in all.

    Its content and what is packed of it are never in memory as a whole.
    """
    import pydyf

    packer, packed = zlib.compressobj(level=9), pdf.open_scratch()
    for piece in content:
        packed.write(packer.compress(piece))
    packed.write(packer.flush())
    whole = pydyf.Dictionary({**about, "Filter": "/FlateDecode", "Length": packed.tell()})
    ends = (b"%b\nstream\n" % serialise(whole),), (b"\nendstream",)
    size: int = output.write(b"%d 0 obj\n" % number)
    for piece in chain(ends[0], _read(packed), ends[1]):
        if digest is not None:
            digest.update(piece)
        size += output.write(piece)
    return size + int(output.write(b"\nendobj\n"))


@cache
def _make_matrix() -> Any:
    """Return a subclass of WeasyPrint's matrix that makes no matrix of each point."""
    from weasyprint.matrix import Matrix  # type: ignore[import-untyped]

    class Quick(Matrix):  # type: ignore[misc]
        def transform_point(self, x: float, y: float) -> list[float]:
            return [sum((x * self[0][at], y * self[1][at], 1 * self[2][at])) for at in (0, 1)]

    return Quick
