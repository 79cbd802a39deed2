"""Number the glyphs of a CID-keyed font by their places, in the bytes of its table `CFF `.

A font of Chinese characters calls each glyph by a number of a character collection.  One that was
cut keeps these numbers, and a PDF takes them to be places.  To write the table anew, every outline
would be read, which takes a second for the characters of a page.  Here its list of numbers alone
is replaced: numbers without gaps take fewer bytes.  Source: Adobe Technical Note 5176.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

__all__ = ["number_glyphs"]

CHARSET, OUTLINES, COLLECTION = (15,), (17,), (12, 30)
"""Operators of a top DICT: `charset`, `CharStrings` and `ROS`, which CID-keyed fonts have."""

PREDEFINED = 2
"""Up to here `charset` is no offset but one of the lists that every program knows."""


def number_glyphs(table: bytes) -> bytes:
    """Return a table `CFF ` whose glyphs have their places as numbers; the same if it has names.

    Raises ValueError or IndexError for a table that is damaged or made otherwise.
    """
    _, after = _read_index(table, table[2])
    fonts, _ = _read_index(table, after)
    facts = dict(_read_dict(table, *fonts[0]))
    if COLLECTION not in facts:
        return table
    (place,), (outlines,) = facts[CHARSET], facts[OUTLINES]
    glyphs = int.from_bytes(table[outlines : outlines + 2])
    if place <= PREDEFINED:
        raise ValueError("its list of numbers is one of those that every program knows")
    numbers = _number_without_gaps(glyphs)
    if len(numbers) > _measure_charset(table, place, glyphs):
        raise ValueError("its list of numbers is cut short")
    return table[:place] + numbers + table[place + len(numbers) :]


def _number_without_gaps(glyphs: int) -> bytes:
    """Return a charset that numbers the glyphs after the first from 1, in its shortest form."""
    if glyphs <= 2:  # Format 0: a number for each glyph.
        return bytes([0, 0, 1])[: 2 * glyphs - 1]
    if glyphs - 2 <= 255:  # Formats 1 and 2: the first number, and how many follow it.
        return bytes([1, 0, 1, glyphs - 2])
    return bytes([2, 0, 1]) + (glyphs - 2).to_bytes(2)


def _measure_charset(table: bytes, place: int, glyphs: int) -> int:
    """Return the bytes of the list of numbers at a place."""
    form, numbered, at = table[place], 1, place + 1
    if form == 0:
        return 2 * glyphs - 1
    if form not in (1, 2):
        raise ValueError(f"its list of numbers has format {form}")
    while numbered < glyphs:
        if at + 2 + form > len(table):
            raise ValueError("its list of numbers is cut short")
        numbered += int.from_bytes(table[at + 2 : at + 2 + form]) + 1
        at += 2 + form
    return at - place


def _read_index(table: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Return where each object of an INDEX begins and ends, and where the INDEX ends."""
    count = int.from_bytes(table[at : at + 2])
    if count == 0:
        return [], at + 2
    size, first = table[at + 2], at + 3
    before = first + (count + 1) * size - 1  # Offsets count from the byte before the data.
    ends = [
        before + int.from_bytes(table[place : place + size])
        for place in range(first, before + 1, size)
    ]
    return list(pairwise(ends)), ends[-1]


def _read_dict(table: bytes, at: int, end: int) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """Yield each operator of a DICT with its operands; a real number, no offset, is 0."""
    operands: list[int] = []
    while at < end:
        first = table[at]
        at += 1
        if first <= 21:
            operator = (first, table[at]) if first == 12 else (first,)
            at += len(operator) - 1
            yield operator, operands
            operands = []
        elif first in (28, 29):
            size = 2 if first == 28 else 4
            operands.append(int.from_bytes(table[at : at + size], signed=True))
            at += size
        elif first == 30:
            while table[at] & 15 != 15:
                at += 1
            at += 1
            operands.append(0)
        elif first <= 246:
            operands.append(first - 139)
        else:
            sign, base = (1, 247) if first <= 250 else (-1, 251)
            operands.append(sign * ((first - base) * 256 + table[at] + 108))
            at += 1
