"""The types of a rule: one row of the table of checks, with all its texts and its runner.

A rule checks sentences, a whole catalog, or a whole document: its `Runner` says which.  One
runner may serve several rows; it runs once and yields only the codes of its rows.
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
    """A sentence and its translation as a sentence rule sees them: plain text without marks.

    `language` is the translation's, `origin` the source's if it is known and not English.
    """

    entry: Entry
    source: str
    target: str
    language: Language
    origin: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem of a translation.

    `spot` is its start and end in the target, in code points; `about` the words of the source
    concerned; `say` what to write for them.
    """

    message: str
    hint: str = ""
    spot: tuple[int, int] | None = None
    about: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True)
class SentenceRunner:
    """A function that checks a sentence with its translation; it serves one row.

    It finds nothing where the quick `look` returns nothing true; rules that share a look stand
    together, so that it is done once.  It finds nothing in other languages than those with `tags`,
    if there are any.
    """

    run: Callable[[Pair], Iterator[Problem]]
    look: Callable[[Pair], object] | None = None
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CatalogRunner:
    """A function that checks a whole catalog, once.

    With `alone`, what it finds of an entry depends only on this entry, its correction, and the
    texts of the source that have its sentence, so that one entry can be checked without the others.
    """

    run: Callable[[CatalogView], Iterator[Finding]]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRunner:
    """A function that checks a whole document, once."""

    run: Callable[[DocumentView], Iterator[Finding]]


Runner = SentenceRunner | CatalogRunner | DocumentRunner

TRANSLATION: frozenset[Kind] = frozenset(("translation",))
DOCUMENT_KINDS: frozenset[Kind] = TRANSLATION | {"source"}
EVERY_KIND: frozenset[Kind] = DOCUMENT_KINDS | {"interface"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the table of checks.

    `why` gives the reason of the rule and its source, `remedy` what a translator does about a
    finding.  `right` and `wrong` are examples, pairs of source and translation in the language
    with the tag `language`.  `kinds` are the kinds of catalog that the rule is for.  Findings of a
    rule for `unshown` entries count also where no edition shows the entry.  `title`, `why` and
    `remedy` are interface strings.
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
    unshown: bool = False

    @property
    def structural(self) -> bool:
        """Whether its findings cannot be accepted; its errors hold a sentence back."""
        return self.family == "structure"
