"""Reads and cuts fonts with HarfBuzz, many times faster than fontTools.

Fonts are cut to some letters, or to one weight.

Only libraries of version 6.0 and newer have all that is called here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

__all__ = ["cut_letters", "find_glyph", "list_letters", "open_face", "pin_axes"]

LIBRARIES = ("libharfbuzz.so.0", "libharfbuzz-subset.so.0")

RETAIN_GIDS, PASSTHROUGH_UNRECOGNIZED = 0x02, 0x20
"""Flags of `hb_subset_flags_t`: glyphs keep their numbers, tables HarfBuzz does not know stay."""

DUPLICATE, READONLY = 0, 1
"""The modes of `hb_blob_create` in which it copies the data, and in which it only reads them."""

NO_VALUE = 0xFFFFFFFF
"""HB_SET_VALUE_INVALID: what comes before the first number of a set."""

_POINTERS = (
    "hb_blob_create",
    "hb_face_create",
    "hb_font_create",
    "hb_set_create",
    "hb_face_reference_blob",
    "hb_blob_get_data",
    "hb_subset_input_create_or_fail",
    "hb_subset_input_glyph_set",
    "hb_subset_input_unicode_set",
    "hb_subset_or_fail",
)
"""Functions that return a pointer, which ctypes would cut to an int of 32 bits."""


def cut_letters(data: bytes, number: int, letters: Iterable[str]) -> bytes | None:
    """Return the font of a number in a file, with the glyphs of these letters only.

    Returns None if HarfBuzz is missing, older than 6.0, or fails.
    """
    library = _library()
    if library is None:
        return None
    with _subsetting(library, data, number) as (face, wanted):
        kept = library.hb_subset_input_unicode_set(wanted)
        for letter in letters:
            library.hb_set_add(kept, ord(letter))
        return _subset(library, face, wanted)


def pin_axes(data: bytes, location: Mapping[str, float]) -> bytes | None:
    """Return the static TrueType font at a location on all axes of a variable one.

    Returns None if HarfBuzz is missing, older than 6.0, or fails.
    """
    library = _library()
    if library is None:
        return None
    with _subsetting(library, data, 0) as (face, wanted):
        library.hb_set_invert(library.hb_subset_input_glyph_set(wanted))
        library.hb_subset_input_set_flags(wanted, RETAIN_GIDS | PASSTHROUGH_UNRECOGNIZED)
        for tag, value in sorted(location.items()):
            axis = int.from_bytes(tag.encode("ascii"), "big")
            if not library.hb_subset_input_pin_axis_location(
                wanted, face, axis, ctypes.c_float(value)
            ):
                return None
        return _subset(library, face, wanted)


def open_face(data: bytes, number: int) -> int | None:
    """Return the address of HarfBuzz's face of a font; the caller destroys it.

    Returns None if HarfBuzz is missing or older than 6.0.
    """
    library = _library()
    if library is None:
        return None
    blob = library.hb_blob_create(data, len(data), DUPLICATE, None, None)
    face: int = library.hb_face_create(blob, number)
    library.hb_blob_destroy(blob)
    return face


def find_glyph(data: bytes, number: int, letter: str) -> int | None:
    """Return the number of the glyph that a font has for a letter.

    Returns None if it has none, and if HarfBuzz is missing or older than 6.0.
    """
    library = _library()
    if library is None:
        return None
    blob = library.hb_blob_create(data, len(data), READONLY, None, None)
    face = library.hb_face_create(blob, number)
    font = library.hb_font_create(face)
    try:
        glyph = ctypes.c_uint()
        found = library.hb_font_get_nominal_glyph(font, ord(letter), ctypes.byref(glyph))
        return glyph.value if found else None
    finally:
        library.hb_font_destroy(font)
        library.hb_face_destroy(face)
        library.hb_blob_destroy(blob)


def list_letters(data: bytes) -> str | None:
    """Return the characters that the one font of a file has a glyph for, each once, in order.

    Of its tables only `cmap` and `maxp` are read.  Returns None if it has none, and if HarfBuzz is
    missing or older than 6.0.
    """
    library = _library()
    if library is None:
        return None
    blob = library.hb_blob_create(data, len(data), READONLY, None, None)
    face, found = library.hb_face_create(blob, 0), library.hb_set_create()
    try:
        library.hb_face_collect_unicodes(face, found)
        codes = (ctypes.c_uint * library.hb_set_get_population(found))()
        library.hb_set_next_many(found, NO_VALUE, codes, len(codes))
        return "".join(map(chr, codes)) or None
    finally:
        library.hb_set_destroy(found)
        library.hb_face_destroy(face)
        library.hb_blob_destroy(blob)


@contextmanager
def _subsetting(library: Any, data: bytes, number: int) -> Iterator[tuple[Any, Any]]:
    """Make a face of a font, which is not copied, and an empty wish for a part of it; free both."""
    blob = library.hb_blob_create(data, len(data), READONLY, None, None)
    face = library.hb_face_create(blob, number)
    wanted = library.hb_subset_input_create_or_fail()
    try:
        yield face, wanted
    finally:
        library.hb_subset_input_destroy(wanted)
        library.hb_face_destroy(face)
        library.hb_blob_destroy(blob)


def _subset(library: Any, face: Any, wanted: Any) -> bytes | None:
    made = library.hb_subset_or_fail(face, wanted)
    try:
        return _bytes(library, made) if made else None
    finally:
        library.hb_face_destroy(made)


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
    "hb_face_collect_unicodes": (_P, _P),
    "hb_face_create": (_P, _U),
    "hb_face_destroy": (_P,),
    "hb_face_reference_blob": (_P,),
    "hb_font_create": (_P,),
    "hb_font_destroy": (_P,),
    "hb_font_get_nominal_glyph": (_P, _U, _P),
    "hb_set_add": (_P, _U),
    "hb_set_create": (),
    "hb_set_destroy": (_P,),
    "hb_set_get_population": (_P,),
    "hb_set_invert": (_P,),
    "hb_set_next_many": (_P, _U, _P, _U),
    "hb_subset_input_create_or_fail": (),
    "hb_subset_input_destroy": (_P,),
    "hb_subset_input_glyph_set": (_P,),
    "hb_subset_input_pin_axis_location": (_P, _P, _U, ctypes.c_float),
    "hb_subset_input_set_flags": (_P, _U),
    "hb_subset_input_unicode_set": (_P,),
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
