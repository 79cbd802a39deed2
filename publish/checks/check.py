"""What a check is: one row of the table, run on one sentence and its translation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publish.languages.language import Language
from publish.model import Entry, Family, Level

__all__ = ["Check", "Pair", "Problem"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation as checks see them: plain text, marks taken off.

    `language` is the translation's.
    """

    entry: Entry
    source: str
    target: str
    language: Language


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a translation; `spot` are offsets (code points) in the target.

    `about` are the words of the source that it is about, `say` is what to write for them.
    """

    message: str
    hint: str = ""
    spot: tuple[int, int] | None = None
    about: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the table.

    `why` explains the rule and its source in a sentence or two; `language` is the tag of the
    examples; `right` and `wrong` are pairs of source and translation.
    """

    code: str
    family: Family
    level: Level
    title: str
    why: str
    language: str
    right: tuple[str, str]
    wrong: tuple[str, str]
    run: Callable[[Pair], Iterator[Problem]]
