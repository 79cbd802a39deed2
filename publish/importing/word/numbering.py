"""The numbering of a Word file: counts items as Word does, with starts, restarts and levels."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from publish.importing.word.names import Xml, find_value, read_number, w
from publish.model.document import Numbering as ListNumbering

__all__ = ["Counting", "Numbered", "read_numbering"]

LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")
MARKS = re.compile(r"[\s\d.,:;()\[\]{}\-–—/·•]*")
"""What a label has beside its number and is lost without harm, when it becomes a list's number."""

KINDS: dict[str, ListNumbering] = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a numbering; `text` has `%1` where the number of level 1 stands."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    left: int = 0
    style: str = ""
    legal: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of a paragraph: its list, its level from 0, and its value on that level.

    `label` is what Word shows, such as `1.1` or `Article 3.`; empty for bullets.  A `compound`
    label has the numbers of other levels in it, one with `words` has more than a number.
    """

    list: str
    level: int
    value: int
    bullet: bool
    kind: ListNumbering
    label: str
    compound: bool
    words: bool
    left: int


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Counting:
    """The lists of a file, and the counts so far; lists of one definition count on together."""

    lists: dict[str, _List] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def find_level(self, number: str, style: str) -> int | None:
        """Return the level of a list that a paragraph style has, None if it has none."""
        found = self.lists.get(number)
        levels = found.levels.items() if found else ()
        return next((at for at, level in levels if style and level.style == style), None)

    def count(self, number: str, at: int) -> Numbered | None:
        """Return the number of the next paragraph of a list; None if it has no number or bullet."""
        found = self.lists.get(number)
        at = min(max(at, 0), LEVELS - 1)
        if found is None:
            return None
        level = found.levels.get(at, Level())
        value = self._next(found, number, at, level)
        bullet = level.kind == "bullet"
        if level.kind == "none" and not level.text.strip():
            return None
        label = "" if bullet else self._label(found, level)
        bare = PLACEHOLDER.sub("", level.text)
        places = PLACEHOLDER.findall(level.text)
        return Numbered(
            list=found.abstract,
            level=at,
            value=value,
            bullet=bullet or (level.kind != "none" and not places and not bare.strip()),
            kind=KINDS.get(level.kind, "1"),
            label=label,
            compound=len(places) > 1 or any(one.isdigit() for one in bare),
            words=not bullet and MARKS.fullmatch(bare) is None,
            left=level.left,
        )

    def _next(self, found: _List, number: str, at: int, level: Level) -> int:
        counts = self.counts.setdefault(found.abstract, [None] * LEVELS)
        start = found.starts.get(at)
        now = counts[at]
        if start is not None and (number, at) not in self.begun:
            value = start
        else:
            value = level.start if now is None else now + 1
        self.begun.add((number, at))
        counts[at] = value
        for deeper in range(at + 1, LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or (restart > 0 and at < restart):
                counts[deeper] = None
        return value

    def _label(self, found: _List, level: Level) -> str:
        counts = self.counts[found.abstract]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = found.levels.get(at, Level())
            value = counts[at]
            kind = "decimal" if level.legal else own.kind
            return write_number(own.start if value is None else value, kind)

        return PLACEHOLDER.sub(number, level.text).strip()


def read_numbering(root: Xml | None, style_lists: Callable[[str], str]) -> Counting:
    """Return the lists of a part; `style_lists` gives the list that a style of lists belongs to."""
    counting = Counting()
    if root is None:
        return counting
    abstract = {one.get(w("abstractNumId")) or "": one for one in root.iterfind(w("abstractNum"))}
    numbers = {one.get(w("numId")) or "": one for one in root.iterfind(w("num"))}
    for name, one in numbers.items():
        key = find_value(one, "abstractNumId") or ""
        key = _follow(key, abstract, numbers, style_lists)
        levels = _read_levels(abstract.get(key))
        starts: dict[int, int] = {}
        for override in one.iterfind(w("lvlOverride")):
            at = read_number(override.get(w("ilvl")))
            levels |= _read_levels(override)
            start = find_value(override, "startOverride")
            if start is not None:
                starts[at] = read_number(start, 1)
        counting.lists[name] = _List(key, levels, starts)
    return counting


def _follow(
    key: str,
    abstract: dict[str, Xml],
    numbers: dict[str, Xml],
    style_lists: Callable[[str], str],
) -> str:
    """Return the definition that another one refers to by a style, or the same."""
    style = find_value(abstract.get(key), "numStyleLink")
    linked = numbers.get(style_lists(style)) if style else None
    target = find_value(linked, "abstractNumId") if linked is not None else None
    return target if target in abstract else key


def _read_levels(parent: Xml | None) -> dict[int, Level]:
    levels = {}
    for one in parent.iterfind(w("lvl")) if parent is not None else ():
        indent = one.find(f"{w('pPr')}/{w('ind')}")
        left = "0" if indent is None else indent.get(w("left")) or indent.get(w("start"))
        restart = find_value(one, "lvlRestart")
        levels[read_number(one.get(w("ilvl")))] = Level(
            kind=find_value(one, "numFmt") or "decimal",
            text=find_value(one, "lvlText") or "",
            start=read_number(find_value(one, "start"), 1),
            restart=None if restart is None else read_number(restart),
            left=read_number(left),
            style=find_value(one, "pStyle") or "",
            legal=one.find(w("isLgl")) is not None,
        )
    return levels


ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
}
LONGEST_LABEL = 20


def write_number(value: int, kind: str) -> str:
    """Return a number as a label shows it; kinds that are not known are written with digits."""
    small = kind.replace("upper", "lower").replace("Upper", "Lower")
    written = str(value)
    if small in LETTERS and value > 0:
        letters = LETTERS[small]
        times, at = divmod(value - 1, len(letters))
        written = letters[at] * min(times + 1, LONGEST_LABEL)
    elif small == "lowerRoman" and 0 < value < 4000:
        written = ""
        for size, digit in ROMAN:
            written += digit * (value // size)
            value %= size
    elif kind == "decimalZero":
        written = f"{value:02d}"
    elif kind == "none":
        written = ""
    return written.upper() if "pper" in kind else written
