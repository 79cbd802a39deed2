"""Read hyphenation patterns as they are needed: a word needs some thirty of eleven thousand.

To parse them all, as Pyphen does, takes as long as to hyphenate a report.
"""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["Patterns", "read_patterns"]

DIGIT = re.compile(r"\d")
BLANK_END = re.compile(r"[ \t]+$", re.M)

OTHER_LINES = re.compile(
    r"^(?:(?:[%#]|(?:COMPOUND)?(?:LEFT|RIGHT)HYPHENMIN).*|NOHYPHEN [^\d\n]*$)", re.M
)
"""Lines of a dictionary that are no patterns."""

UNUSUAL = ("/", "0", "^^", " ", "\t")
"""What a dictionary has if a break may change letters, or if its signs are written otherwise."""


class Patterns:
    """The patterns of a language by their letters; each is parsed when a word first has them."""

    def __init__(self, written: dict[str, str]) -> None:
        self._written = written
        self._parsed: dict[str, tuple[int, ...]] = {}
        self._longest = max(map(len, written), default=0)

    def find_breaks(self, word: str) -> list[int]:
        """Return before which letters of a word a hyphen may stand, by the method of Liang.

        Of all patterns that the word has, the greatest number at a place decides; an odd one
        allows a hyphen.
        """
        dotted = f".{word.lower()}."
        found = [0] * (len(dotted) + 1)
        written, end = self._written, len(dotted)
        for start in range(end - 1):
            for stop in range(start + 1, min(start + self._longest, end) + 1):
                letters = dotted[start:stop]
                if letters in written:
                    for at, number in enumerate(self._parse(letters), start):
                        # Of two digits the second stands one place further on, as in Pyphen.
                        if at <= end and number > found[at]:
                            found[at] = number
        return [at - 1 for at, number in enumerate(found) if number % 2]

    def _parse(self, letters: str) -> tuple[int, ...]:
        """Return the number before each letter of a pattern, and after the last one."""
        numbers = self._parsed.get(letters)
        if numbers is None:
            places = re.findall(r"(\d?)(\D?)", self._written[letters])
            numbers = tuple(int(number or "0") for number, _ in places)
            self._parsed[letters] = numbers
        return numbers


def read_patterns(path: Path) -> Patterns | None:
    """Return the patterns of a dictionary of libhyphen; None if it has other than plain ones."""
    encoding, _, rest = path.read_bytes().partition(b"\n")
    name = encoding.decode().strip().lower()
    text = OTHER_LINES.sub("", rest.decode("cp1251" if name == "microsoft-cp1251" else name))
    text = BLANK_END.sub("", text)
    if any(sign in text for sign in UNUSUAL):
        return None
    patterns = text.split()
    letters = DIGIT.sub("", "\n".join(patterns)).split("\n")
    return Patterns({key: one for key, one in zip(letters, patterns, strict=True) if key != one})
