"""What comes out: findings, editions, and how much of one is translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from publish.model.places import Span


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: a stable code, how bad, what in words, where, and the way out."""

    code: str
    level: Level
    message: str
    span: Span | None = None
    hint: str = ""
    excerpt: str = ""


Format = Literal["pdf", "epub"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an edition is in its own language, in words of the source as shown."""

    words: int
    translated: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return 100 * self.translated // self.words if self.words else 100


@dataclass(frozen=True, slots=True)
class Edition:
    """One document in one language in one format, and the file it is written to."""

    document: str
    language: str
    format: Format
