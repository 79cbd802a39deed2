"""Lists, also those within one line, tables with tabs, and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["Entry", "cut_run", "find_note", "read_entries", "read_rows"]

RUN = re.compile(r"\s+[*•·‣▪●■]\s+(?=[^\W_])")
BULLET = re.compile(r"([-*•–—·‣▪◦●■o])[ \t]+(?=\S)")
NUMBER = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)][ \t]+(?=\S)", re.IGNORECASE)
NOTE = re.compile(r"\[(\d{1,3})\][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list: its text, how deep it is, its number if it has one, and its mark."""

    text: str
    indent: int
    number: int | None = None
    style: str = ""
    mark: str = ""


def cut_run(text: str) -> list[str]:
    """Return the items of a list that is written in one line; empty if there are none.

    `One. * Two. * Three.` has three, as pages have it whose list was pasted as text.
    """
    parts = RUN.split(text.strip().lstrip("*•·‣▪●■ "))
    if len(parts) < 3 and not (len(parts) == 2 and text.lstrip()[:1] in "*•·‣▪●■"):
        return []
    ends = sum(part.rstrip()[-1:] in ".;!?,:" for part in parts[:-1])
    begins = sum(part[:1].isupper() for part in parts)
    return parts if ends * 2 >= len(parts) - 1 or begins == len(parts) else []


def read_entries(lines: Sequence[str]) -> list[Entry]:
    """Return the items of the lines of a chunk; empty if they are no list.

    A line without a mark goes on with the item above it.
    """
    entries: list[Entry] = []
    for line in lines:
        stripped = line.expandtabs(4).lstrip()
        indent = len(line.expandtabs(4)) - len(stripped)
        if found := BULLET.match(stripped):
            sign = found[1] if found[1].isalpha() else ""
            entries.append(Entry(stripped[found.end() :].strip(), indent, mark=sign))
        elif found := NUMBER.match(stripped):
            number, style = _value(found[1])
            text = stripped[found.end() :].strip()
            entries.append(Entry(text, indent, number, style, found[1]))
        elif not entries:
            return []
        else:
            last = entries[-1]
            text = f"{last.text} {stripped.strip()}"
            entries[-1] = replace(last, text=text)
    return entries if _counts(entries) else []


def _value(mark: str) -> tuple[int, str]:
    if mark.isdigit():
        return int(mark), "1"
    lower = "a" if mark[0].islower() else "A"
    return (ord(mark.lower()) - ord("a") + 1, lower) if len(mark) == 1 else (0, "")


def _counts(entries: Sequence[Entry]) -> bool:
    """Return whether numbers count on, so that they are no numbers of headings or years."""
    numbered = [one for one in entries if one.number is not None]
    if not numbered:
        return bool(entries)
    if len(numbered) != len(entries) or any(not one.style for one in entries):
        return False
    first = entries[0].number or 0
    steps = [one.number == first + at for at, one in enumerate(entries)]
    return all(steps) and len({one.style for one in entries}) == 1


def read_rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table whose cells have tabs between them; empty if there is none."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    width = len(rows[0])
    if len(rows) < 2 or width < 2 or any(len(row) != width for row in rows):
        return []
    return rows


def find_note(text: str) -> tuple[str, str] | None:
    """Return the number and the text of a note `[1] …`; None for what is none."""
    found = NOTE.match(text)
    return (found[1], text[found.end() :]) if found else None
