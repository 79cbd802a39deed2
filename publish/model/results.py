"""The results of the program: findings, editions, and how much of an edition is translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from publish.model.formats import Format
from publish.model.location import Location
from publish.model.pagesizes import PageSize
from publish.model.span import Span

Family = Literal[
    "structure",
    "numbers",
    "meaning",
    "terms",
    "letters",
    "typography",
    "morphology",
    "length",
    "repetition",
    "leftovers",
    "catalog health",
    "document",
]
"""The subject of a check; the table of checks gives each check one."""


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A sentence and its translation, both without marks, and the translation's language.

    `spot` is the range (offsets in code points) of the mistake in the translation.  `about` are
    the words of the source that a finding is about, and `say` is how to translate them.
    """

    source: str
    translation: str
    language: str
    spot: tuple[int, int] | None = None
    about: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem: a stable code, its level, a message, its place, and how to fix it.

    `key` is the key of its catalog entry, `location` the place of its sentence in the document,
    and `cell` its cell in a returned workbook (`D14`).  `covers` are the keys of all the entries
    that it speaks for, if it is about several.
    """

    code: str
    level: Level
    message: str
    span: Span | None = None
    hint: str = ""
    excerpt: str = ""
    location: Location | None = None
    quoted: Quoted | None = None
    cell: str = ""
    key: tuple[str | None, str] | None = None
    covers: tuple[tuple[str | None, str], ...] = ()


_SEVERAL = "mul"
"""The tag of texts in several languages (ISO 639-2)."""

NotePlace = Literal["page", "end"]
Form = Literal["length", "brief", "report", "book"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an edition is translated, counted in words of the source as shown."""

    words: int
    translated: int

    @property
    def percent(self) -> int:
        """Return the translated part in whole percent, rounded down, so that 100 means all."""
        return 100 * self.translated // self.words if self.words else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One document in one format: in one language, in two side by side, or in all in one file.

    `page` is the page size of a PDF; formats without pages keep `a4`.
    `second` is the second language of a bilingual edition, empty for all others.  `further` are
    the other languages of one that has all.
    """

    document: str
    language: str
    format: Format
    page: PageSize = "a4"
    second: str = ""
    further: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the tags of its languages, in the order in which they are shown."""
        return (self.language, *filter(None, (self.second,)), *self.further)

    @property
    def languages(self) -> str:
        """Return the name of its folder: `ru`, `en+ru` for two languages side by side, or `mul`."""
        if self.further:
            return _SEVERAL
        return f"{self.language}+{self.second}" if self.second else self.language

    @property
    def file(self) -> str:
        """Return the path of its file in a workspace; the name has the page size, except for A4."""
        page = "" if self.page == "a4" else f".{self.page}"
        return f"build/{self.languages}/{self.document}{page}.{self.format}"
