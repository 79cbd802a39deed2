"""Makes bytes of each object of a PDF once: `serialising_once`.

pydyf does it twice, since the identifier of a file is a digest of all its objects, so each stream
was compressed twice; and it lists all pages again for each entry of the outline.  The bytes of the
file are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from publish.editions.pdf.tagging import replacing

__all__ = ["serialise", "serialising_once"]

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\()"})
"""What is escaped in a string (ISO 32000-1 §7.3.4.2)."""


@contextmanager
def serialising_once() -> Iterator[None]:
    """Let WeasyPrint write a PDF whose objects are serialised once."""
    import pydyf  # type: ignore[import-untyped]
    from weasyprint import pdf as library  # type: ignore[import-untyped]

    with replacing(pydyf, PDF=_make_file()), replacing(library, Matrix=_make_matrix()):
        yield


@cache
def _make_file() -> Any:
    """Return a subclass of pydyf's file."""
    import pydyf

    class Kept(pydyf.Object):  # type: ignore[misc]
        """An object of a finished file, with its bytes once they have been asked for."""

        def __init__(self, made: Any) -> None:
            super().__init__()
            self.number, self.generation, self.free = made.number, made.generation, made.free
            self._compressible, self._made = made.compressible, made
            self._data: bytes | None = None

        @property
        def compressible(self) -> bool:
            return bool(self._compressible)

        @property
        def data(self) -> bytes:
            if self._data is None:
                self._data, self._made = serialise(self._made), None
            return self._data

    class KeptStream(pydyf.Stream):  # type: ignore[misc]
        """The stream of all other objects."""

        _data: bytes | None = None

        @property
        def data(self) -> bytes:
            if self._data is None:
                self._data = super().data
                self.stream.clear()
            return self._data

    class File(pydyf.PDF):  # type: ignore[misc]
        """A file that makes bytes of each object once."""

        _pages: tuple[list[int], tuple[bytes, ...]] = ([], ())

        @property
        def page_references(self) -> tuple[bytes, ...]:
            numbers = self.pages["Kids"][::3]
            if numbers != self._pages[0]:
                self._pages = numbers, super().page_references
            return self._pages[1]

        def write(self, *given: Any, **more: Any) -> None:
            self.objects[:] = map(Kept, self.objects)
            with replacing(pydyf, Stream=KeptStream):
                super().write(*given, **more)

    return File


@cache
def _make_matrix() -> Any:
    """Return a subclass of WeasyPrint's matrix that makes no matrix of each point."""
    from weasyprint.matrix import Matrix  # type: ignore[import-untyped]

    class Quick(Matrix):  # type: ignore[misc]
        def transform_point(self, x: float, y: float) -> list[float]:
            return [sum((x * self[0][at], y * self[1][at], 1 * self[2][at])) for at in (0, 1)]

    return Quick


def serialise(value: Any) -> bytes:
    """Return what pydyf makes of a value of a PDF, in half the time for those that are frequent."""
    import pydyf

    kind = type(value)
    if kind is bytes:
        found: bytes = value
        return found
    if kind is str:
        return str(value).encode("ascii")
    if kind is int:
        return b"%d" % value
    if kind is pydyf.Dictionary:
        pairs = [b"/%b %b" % (serialise(key), serialise(one)) for key, one in value.items()]
        return b"<<%b>>" % b"".join(pairs)
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join(map(serialise, value))
    if kind is pydyf.String and type(value.string) is str and value.string.isascii():
        return b"(%b)" % value.string.translate(_SPECIAL).encode("ascii")
    made: bytes = pydyf._to_bytes(value)
    return made
