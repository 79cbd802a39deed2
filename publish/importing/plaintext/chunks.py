"""A text cut into chunks at its blank lines, and lines that were broken by width joined."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish.importing.words import clean_text

__all__ = ["Chunk", "cut_chunks", "decode_text", "is_short", "join_wrapped"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENDS = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
LINE_LIKE = re.compile(r"(?:[-*•–—·‣▪◦●■]|\(?(?:\d{1,2}|[^\W\d_]|[ivxIVX]{2,4})[.)]|\[\d{1,3}\])\s")
"""How an item begins: a bullet, a number, a letter.  A short word that ends a sentence is none."""
LONGEST_LINE = 100
"""Lines that are broken by width have no more letters."""
SHORT_LINE = 0.6
"""The share of the longest line that all lines but the last reach, where width breaks them."""
SHORT_WORDS, SHORT_LETTERS = 14, 110
"""What a heading, a title or an entry of a menu has at most."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines without a blank one between them, and the number of the first, from 1."""

    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())


def decode_text(data: bytes) -> str:
    """Return a text from its bytes: in UTF-8, UTF-16, or else in the old encoding that fits."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(data)


def _decode_old(data: bytes) -> str:
    """Return a text in Windows-1251 if most of its letters are Cyrillic, else in Windows-1252."""
    high = sum(byte >= 0xC0 for byte in data)
    letters = sum(chr(byte).isalpha() for byte in data if byte < 0x80)
    return data.decode("cp1251" if high > letters else "cp1252", "replace")


def cut_chunks(text: str) -> list[Chunk]:
    """Return the chunks of a text.

    A text without blank lines has a paragraph in each line, if its lines are not of one width.
    """
    lines = [line.rstrip() for line in clean_text(text.replace("\f", "\n\n")).split("\n")]
    chunks: list[Chunk] = []
    held: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            held.append(line)
        elif held:
            chunks.append(Chunk(tuple(held), number - len(held)))
            held = []
    return [part for chunk in chunks for part in _divided(chunk)]


def _divided(chunk: Chunk) -> list[Chunk]:
    """Return a chunk, or its lines as chunks where each is a paragraph."""
    lengths = [len(line) for line in chunk.lines]
    long = [length for length in lengths if length > LONGEST_LINE]
    if len(lengths) > 1 and long and not any("\t" in line for line in chunk.lines):
        return [Chunk((line,), chunk.line + at) for at, line in enumerate(chunk.lines)]
    return [chunk]


def join_wrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines of a chunk, those that were broken by width joined to one."""
    if len(lines) < 2 or not _is_wrapped(lines):
        return [line.strip() for line in lines]
    joined = lines[0].strip()
    for line in lines[1:]:
        hyphened = re.search(r"[^\W\d_]-$", joined) and line.strip()[:1].islower()
        joined += line.strip() if hyphened else f" {line.strip()}"
    return [joined]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether lines end where the width ends, and not where their sense does."""
    lengths = [len(line.strip()) for line in lines]
    if max(lengths) > LONGEST_LINE or any(LINE_LIKE.match(line.strip()) for line in lines[1:]):
        return False
    full = all(length >= max(lengths) * SHORT_LINE for length in lengths[:-1])
    goes_on = sum(not ENDS.search(line) for line in lines[:-1])
    lower = sum(line.strip()[:1].islower() for line in lines[1:])
    return (full and max(lengths) > 35) or (lower * 2 > len(lines) and goes_on * 2 > len(lines))


def is_short(text: str) -> bool:
    """Return whether a text may be a heading or an entry of a menu: short, and no sentence."""
    if len(text) > SHORT_LETTERS or len(text.split()) > SHORT_WORDS:
        return False
    return not re.search(r"[.!?;,][\"'”’»)\]]*$", text) or bool(re.search(r"\b\w\.\w\.$", text))
