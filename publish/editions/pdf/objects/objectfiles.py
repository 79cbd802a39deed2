"""What is known of the objects of a PDF while it is written: their bytes, and where they are.

A long book has ten thousands of objects, so nearly all of it is in scratch files.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

__all__ = ["ObjectTable", "SettledBytes"]

COUNT = 4
"""How many bytes the number of objects takes that are added together."""

TOGETHER = 1000
"""How many numbers of an index are written at once."""


@dataclass(slots=True)
class SettledBytes:
    """The bytes of objects in a scratch file, those that were added at a time together.

    Their lengths, as an array of 32-bit numbers, are before them, and the number of these.
    """

    file: IO[bytes]
    last: int = 0

    def add(self, several: Sequence[bytes]) -> None:
        """Add those of some objects."""
        lengths = array("I", map(len, several))
        self.file.write(b"".join((_pack_count(len(several)), lengths.tobytes(), *several)))

    def read(self) -> Iterator[bytes]:
        """Yield those of each object."""
        self.file.seek(0)
        while count := self.file.read(COUNT):
            lengths = array("I", self.file.read(array("I").itemsize * _read_count(count)))
            data = self.file.read(sum(lengths))
            at = 0
            for length in lengths:
                yield data[at : at + length]
                at += length


def _pack_count(count: int) -> bytes:
    return count.to_bytes(COUNT, "big")


def _read_count(data: bytes) -> int:
    return int.from_bytes(data, "big")


@dataclass(slots=True)
class ObjectTable:
    """Where all objects of a file are, in the order of their numbers, as few bytes.

    Most are in the stream of objects, which is the last object but one; the table is the last.
    The others are here: their `numbers` and their `places` in the file.  `odd` are the rows of
    those that are free, or have a generation.  `packed` is how many are in the stream, `index` a
    file with their numbers and where each begins there, as text.
    """

    index: IO[bytes]
    numbers: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("q"))
    odd: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    packed: int = 0
    position: int = 0
    waiting: list[str] = field(default_factory=list)

    def add(self, number: int, place: int, generation: int = 0) -> None:
        """Add an object that stands by itself."""
        if generation:
            self.odd[number] = 1, place, generation
        else:
            self.numbers.append(number)
            self.places.append(place)

    def add_packed(self, number: int, length: int) -> None:
        """Add an object in the stream of objects, where a line ends each."""
        self.waiting.append(f"{number} {self.position}")
        self.packed += 1
        self.position += length + 1
        if len(self.waiting) == TOGETHER:
            self.flush(b" ")

    def flush(self, end: bytes) -> int:
        """Write what waits to the index, with what is to follow; return how long that is."""
        if self.waiting:
            self.index.write(" ".join(self.waiting).encode() + end)
            self.waiting.clear()
        return self.index.tell()

    def list_rows(self, count: int) -> Iterator[tuple[int, int, int]]:
        """Yield three numbers for each object of a file that has so many."""
        alone = zip(self.numbers, self.places, strict=True)
        number, place = next(alone, (count, 0))
        packed = 0
        for at in range(count):
            if at == number:
                yield 1, place, 0
                number, place = next(alone, (count, 0))
            elif at in self.odd:
                yield self.odd[at]
            else:
                yield 2, count - 2, packed
                packed += 1
