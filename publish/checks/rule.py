"""What a rule is: one row of the table of checks, with all its texts and what runs it.

A rule looks at sentences, at a whole catalog, or at a whole document: `Runner` says which.  One
runner may serve several rows; it is run once, and gives no other codes than those of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publish.checks.views import CatalogView, DocumentView, Kind
from publish.languages.language import Language
from publish.model import Entry, Family, Finding, Level

__all__ = [
    "DOCUMENT_KINDS",
    "EVERY_KIND",
    "CatalogRunner",
    "DocumentRunner",
    "Pair",
    "Problem",
    "Rule",
    "Runner",
    "SentenceRunner",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation as a sentence rule sees them: plain text, marks taken off.

    `language` is the translation's.
    """

    entry: Entry
    source: str
    target: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
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
class SentenceRunner:
    """Looks at each sentence with its translation; one runner for one row."""

    run: Callable[[Pair], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class CatalogRunner:
    """Looks at a whole catalog, once."""

    run: Callable[[CatalogView], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class DocumentRunner:
    """Looks at a whole document, once."""

    run: Callable[[DocumentView], Iterator[Finding]]


Runner = SentenceRunner | CatalogRunner | DocumentRunner

TRANSLATION: frozenset[Kind] = frozenset(("translation",))
DOCUMENT_KINDS: frozenset[Kind] = TRANSLATION | {"source"}
EVERY_KIND: frozenset[Kind] = DOCUMENT_KINDS | {"interface"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the table.

    `why` explains the rule and where it comes from in a sentence or two, `remedy` says what a
    translator does about a finding; `language` is the tag of the examples; `right` and `wrong` are
    pairs of source and translation.  `kinds` are the kinds of catalog that it is for.  Title,
    reason and remedy are interface strings.
    """

    code: str
    family: Family
    level: Level
    title: str
    why: str
    remedy: str
    language: str
    right: tuple[str, str]
    wrong: tuple[str, str]
    runner: Runner
    kinds: frozenset[Kind] = TRANSLATION

    @property
    def structural(self) -> bool:
        """Whether nobody can accept its findings; its errors hold a sentence back."""
        return self.family == "structure"
