"""Makes static fonts from variable ones with HarfBuzz, thirty times faster than fontTools.

WeasyPrint subsets a font with HarfBuzz and then asks fontTools for the one weight and size in use.
This was a third of the time of a short PDF.  `pinning` uses HarfBuzz here too, if it is new enough
(6.0); outlines and widths are exactly the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from publish.editions.harfbuzz import pin_axes

__all__ = ["pinning"]


@contextmanager
def pinning() -> Iterator[None]:
    """Replace fontTools' function in WeasyPrint by `pin_axes` while a PDF is written."""
    from weasyprint.pdf import fonts  # type: ignore[import-untyped]

    slow, ffi = fonts.instantiateVariableFont, fonts.ffi

    def quick(font: Any, location: Mapping[str, float], **options: object) -> Any:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        wanted = axes | {tag: value for tag, value in location.items() if tag in axes}
        made = pin_axes(_data(font), wanted) if "glyf" in font else None
        return slow(font, location, **options) if made is None else _Static(made)

    fonts.instantiateVariableFont, fonts.ffi = quick, _Arrays(ffi)
    try:
        yield
    finally:
        fonts.instantiateVariableFont, fonts.ffi = slow, ffi


@dataclass(frozen=True, slots=True)
class _Arrays:
    """The library of C's types, which reads the type of all arrays of numbers once.

    WeasyPrint names their length, and to read such a name takes three milliseconds each time.
    """

    ffi: Any

    def new(self, kind: str, value: Any = None) -> Any:
        """Return new memory of a type, as long as what is put into it."""
        if isinstance(value, list | tuple) and kind == f"hb_codepoint_t[{len(value)}]":
            kind = "hb_codepoint_t[]"
        return self.ffi.new(kind, value)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ffi, name)


@dataclass(frozen=True, slots=True)
class _Static:
    """A font with the one method that WeasyPrint uses."""

    data: bytes

    def save(self, file: BinaryIO) -> None:
        file.write(self.data)


def _data(font: Any) -> bytes:
    """Return the bytes that a font of fontTools was opened from."""
    file = font.reader.file
    return file.getvalue() if isinstance(file, io.BytesIO) else bytes(file.read())
