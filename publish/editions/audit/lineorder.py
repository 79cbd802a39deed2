"""Finds the lines of a page that programs cannot put in order by the places of their letters.

Only pages with letters from right to left are read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from publish.editions.audit.streams import FontLetters
from publish.editions.audit.strings import read_codes
from publish.editions.pdf.letters.textorder import count_rightward, finds_order
from publish.languages.scripts import has_right_to_left

__all__ = ["find_lost_lines"]

_TEXT = re.compile(rb"\bBT\b(.*?)\bET\b", re.S)
_ITEM = re.compile(rb"/(\S+)\s+(\S+)\s+Tf\b|\[([<>0-9a-fA-F.\s+-]*)\]\s*TJ\b")
_TOKEN = re.compile(rb"<([0-9a-fA-F\s]*)>|([-+.\d]+)")

_PART = "\u200b"
"""What a glyph says that shows a part of a letter only."""


def find_lost_lines(data: bytes, fonts: Mapping[str, FontLetters]) -> list[str]:
    """Return the lines of a page whose letters are not found in the order of reading."""
    if not any(font.turned for font in fonts.values()):
        return []
    lines = [list(_place(found[1], fonts)) for found in _TEXT.finditer(data)]
    rightward = count_rightward(text for line in lines for _, text in line) >= 0
    lost = []
    for line in lines:
        text = "".join(text for _, text in line)
        if has_right_to_left(text) and (_PART in text or not finds_order(line, rightward)):
            lost.append(text)
    return lost


def _place(items: bytes, fonts: Mapping[str, FontLetters]) -> Iterator[tuple[float, str]]:
    """Yield the place and the letters of each code of a text."""
    font, size, at = FontLetters(), 1.0, 0.0
    for name, number, shown in _ITEM.findall(items):
        if name:
            font, size = fonts.get(name.decode("latin-1"), FontLetters()), _number(number)
        for codes, moved in _TOKEN.findall(shown):
            if moved:
                at -= _number(moved) * size / 1000
            for code in read_codes([codes]):
                yield at, font.signed.get(code, "\ufffd")
                at += font.widths.get(code, 1000) * size / 1000


def _number(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0
