"""Makes static fonts from variable ones with HarfBuzz, thirty times faster than fontTools.

WeasyPrint subsets a font with HarfBuzz and then asks fontTools for the one weight and size in use.
This was a third of the time of a short PDF.  `pinning` uses HarfBuzz here too, if it is new enough
(6.0); outlines and widths are exactly the same.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, BinaryIO

__all__ = ["pin_axes", "pinning"]

LIBRARIES = ("libharfbuzz.so.0", "libharfbuzz-subset.so.0")

RETAIN_GIDS, PASSTHROUGH_UNRECOGNIZED = 0x02, 0x20
"""Flags of `hb_subset_flags_t`: glyphs keep their numbers, tables HarfBuzz does not know stay."""

_POINTERS = (
    "hb_blob_create",
    "hb_face_create",
    "hb_face_reference_blob",
    "hb_blob_get_data",
    "hb_subset_input_create_or_fail",
    "hb_subset_input_glyph_set",
    "hb_subset_or_fail",
)
"""Functions that return a pointer, which ctypes would cut to an int of 32 bits."""


@contextmanager
def pinning() -> Iterator[None]:
    """Replace fontTools' function in WeasyPrint by `pin_axes` while a PDF is written."""
    from weasyprint.pdf import fonts  # type: ignore[import-untyped]

    slow = fonts.instantiateVariableFont

    def quick(font: Any, location: Mapping[str, float], **options: object) -> Any:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        wanted = axes | {tag: value for tag, value in location.items() if tag in axes}
        made = pin_axes(_data(font), wanted) if "glyf" in font else None
        return slow(font, location, **options) if made is None else _Static(made)

    fonts.instantiateVariableFont = quick
    try:
        yield
    finally:
        fonts.instantiateVariableFont = slow


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


def pin_axes(data: bytes, location: Mapping[str, float]) -> bytes | None:
    """Return the static TrueType font at a location on all axes of a variable one.

    Returns None if HarfBuzz is missing, older than 6.0, or fails.
    """
    library = _library()
    if library is None:
        return None
    blob = library.hb_blob_create(data, len(data), 0, None, None)
    face = library.hb_face_create(blob, 0)
    wanted = library.hb_subset_input_create_or_fail()
    made = None
    try:
        library.hb_set_invert(library.hb_subset_input_glyph_set(wanted))
        library.hb_subset_input_set_flags(wanted, RETAIN_GIDS | PASSTHROUGH_UNRECOGNIZED)
        for tag, value in sorted(location.items()):
            number = int.from_bytes(tag.encode("ascii"), "big")
            if not library.hb_subset_input_pin_axis_location(
                wanted, face, number, ctypes.c_float(value)
            ):
                return None
        made = library.hb_subset_or_fail(face, wanted)
        return _bytes(library, made) if made else None
    finally:
        library.hb_face_destroy(made)
        library.hb_subset_input_destroy(wanted)
        library.hb_face_destroy(face)
        library.hb_blob_destroy(blob)


def _bytes(library: Any, face: ctypes.c_void_p) -> bytes | None:
    blob = library.hb_face_reference_blob(face)
    length = ctypes.c_uint()
    start = library.hb_blob_get_data(blob, ctypes.byref(length))
    data = ctypes.string_at(start, length.value) if start else None
    library.hb_blob_destroy(blob)
    return data or None


_P, _U = ctypes.c_void_p, ctypes.c_uint
FUNCTIONS: Mapping[str, tuple[Any, ...]] = {
    "hb_blob_create": (ctypes.c_char_p, _U, ctypes.c_int, _P, _P),
    "hb_blob_destroy": (_P,),
    "hb_blob_get_data": (_P, _P),
    "hb_face_create": (_P, _U),
    "hb_face_destroy": (_P,),
    "hb_face_reference_blob": (_P,),
    "hb_set_invert": (_P,),
    "hb_subset_input_create_or_fail": (),
    "hb_subset_input_destroy": (_P,),
    "hb_subset_input_glyph_set": (_P,),
    "hb_subset_input_pin_axis_location": (_P, _P, _U, ctypes.c_float),
    "hb_subset_input_set_flags": (_P, _U),
    "hb_subset_or_fail": (_P, _P),
}


@cache
def _library() -> Any:
    """Return the functions of HarfBuzz and of its subsetter; None if one is missing."""
    functions: dict[str, Any] = {}
    try:
        parts = [ctypes.CDLL(name) for name in LIBRARIES]
    except OSError:
        return None
    for name, words in FUNCTIONS.items():
        found = next(filter(None, (getattr(part, name, None) for part in parts)), None)
        if found is None:
            return None
        found.restype = ctypes.c_void_p if name in _POINTERS else ctypes.c_int
        found.argtypes = words
        functions[name] = found
    return SimpleNamespace(**functions)
