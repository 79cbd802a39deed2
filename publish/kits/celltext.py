"""Text as a spreadsheet's cell holds it: `_xHHHH_` for what XML cannot carry.

The rule is that of ST_Xstring (ECMA-376 part 1, 22.9.2.19): a character by its code in four
hexadecimal digits between `_x` and `_`, and `_x005F_` for a lone `_` that would begin one.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST", "escaped", "fits", "unescaped"]

LONGEST = 32_767
"""UTF-16 code units of a cell; every program for spreadsheets has this limit."""

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """The text for a cell.  Law: `unescaped(escaped(text)) == text`."""
    safe = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", safe)


def unescaped(cell: str) -> str:
    """The text of a cell; a code that is half of a character beyond the plane stays as it is."""
    return _ESCAPE.sub(_character, cell)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found.group() if 0xD800 <= code <= 0xDFFF else chr(code)


def fits(text: str) -> bool:
    return len(escaped(text).encode("utf-16-le")) // 2 <= LONGEST
