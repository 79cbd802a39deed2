"""Find the line of a setting in the text of a TOML file, and the line where TOML goes wrong."""

from __future__ import annotations

import re
import tomllib

__all__ = ["find_first_wrong", "find_setting_line"]

MOST_TRIED = 500


def find_first_wrong(text: str) -> int:
    """Return the number of the first line after the most lines that together are valid TOML.

    Each try reads all lines before, so in a file with too many lines the last is named.
    """
    lines = text.splitlines()
    if len(lines) > MOST_TRIED:
        return len(lines)
    for count in range(len(lines) - 1, 0, -1):
        try:
            tomllib.loads("\n".join(lines[:count]))
        except (RecursionError, ValueError):
            continue
        return count + 1
    return 1


_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_SETTING = re.compile(rf"\s*({_DOTTED})\s*=")


def find_setting_line(text: str, wanted: tuple[str, ...]) -> int:
    """Return the line that sets the value of this path, or that of the nearest table, or 1."""
    table: tuple[str, ...] = ()
    best, found = 0, 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = path = _split(header[1])
        elif setting := _SETTING.match(line):
            path = (*table, *_split(setting[1]))
        else:
            continue
        if len(path) > len(wanted):
            path = path[: len(wanted)]
        if path == wanted[: len(path)] and len(path) > best:
            best, found = len(path), number
    return found


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))
