"""Escape the text of spreadsheet cells: `_xHHHH_` for characters that XML cannot contain.

This is ST_Xstring (ECMA-376 part 1, 22.9.2.19): the code of a character in four hexadecimal
digits between `_x` and `_`, and `_x005F_` for a `_` that would look like the start of one.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST", "escape_cell_text", "fits_cell", "unescape_cell_text"]

LONGEST = 32_767
"""The most UTF-16 code units a cell can hold, in all spreadsheet programs."""

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escape_cell_text(text: str) -> str:
    """Return the text as a cell stores it.  Law: `unescape_cell_text(escaped(text)) == text`."""
    safe = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", safe)


def unescape_cell_text(cell: str) -> str:
    """Return the text of a cell; escapes of surrogates are left as they are."""
    return _ESCAPE.sub(_character, cell)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found.group() if 0xD800 <= code <= 0xDFFF else chr(code)


def fits_cell(text: str) -> bool:
    """Return whether a cell can hold a text."""
    return len(escape_cell_text(text).encode("utf-16-le")) // 2 <= LONGEST
