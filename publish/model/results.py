"""What comes out: findings, editions, and how much of one is translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from publish.model.location import Location
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
"""What a check is about; the table of checks says which one each belongs to."""


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A sentence beside its translation, marks taken off, and the translation's language.

    `spot` are the offsets (code points) of what is wrong in the translation, `about` the words
    of the source that a finding is about, `say` what to write for them.
    """

    source: str
    translation: str
    language: str
    spot: tuple[int, int] | None = None
    about: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong: a stable code, how bad, what in words, where, and how to fix it.

    `key` is that of the entry it stands at, `location` the sentence of the document it is about,
    `cell` the cell of a returned workbook that it stands in (`D14`).
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


Format = Literal["pdf", "epub"]
PageSize = Literal["a4", "phone"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an edition is in its own language, in words of the source as shown."""

    words: int
    translated: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return 100 * self.translated // self.words if self.words else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One document in one language, or in two side by side, in one format.

    `page` is what a PDF is laid out for; an EPUB has no page of its own and keeps `a4`.
    `second` is the second language of a bilingual edition, empty for all others.
    """

    document: str
    language: str
    format: Format
    page: PageSize = "a4"
    second: str = ""

    @property
    def languages(self) -> str:
        """What its folder is called: `ru`, or `en+ru` for both."""
        return f"{self.language}+{self.second}" if self.second else self.language
