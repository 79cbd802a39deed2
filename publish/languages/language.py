"""What can differ by language, as one frozen type; each language module makes one value of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Direction = Literal["ltr", "rtl"]

LATIN_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """What the sentence splitter must know of a language beside the rules common to all.

    Abbreviations are given without their final full stop and without spaces (`т.д`), as they
    are written inside a sentence: `ст` stands for `Ст` too, `Art` not for `art`.  The empty
    value is what every language without rules of its own gets.
    """

    never: frozenset[str] = frozenset()
    """Always followed by more of the same sentence: `Mr`, `e.g`, `ст`, `akad`."""
    seldom: frozenset[str] = frozenset()
    """At the end of a sentence only where a word of `starters` follows: `Inc`, `обл`."""
    numbered: frozenset[str] = frozenset()
    """Not at the end before a number, otherwise as any word: `No`, `pp`, `sah`."""
    units: frozenset[str] = frozenset()
    """Stand after a number, and may then end a sentence, else never: `г`, `руб`, `ý`."""
    closing: frozenset[str] = frozenset()
    """May end a sentence as any word does, though they look like initials: `etc`, `т.д`."""
    starters: frozenset[str] = frozenset()
    """Capitalised words that begin a sentence and are no part of a name: `The`, `Однако`."""
    labels: frozenset[str] = frozenset()
    """Words in lower case that with a number make a heading: the `article` of "Article 8."."""
    time_words: frozenset[str] = frozenset()
    """Lower-case words of an opening phrase such as "В мае 2023 г.", which ends no sentence."""
    speech: frozenset[str] = frozenset()
    """Verbs after which "“Why?” Anna asked" is one sentence."""


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as lines of text."""
    return frozenset(text.split())


def in_digits(text: str, digits: str) -> str:
    """The text with 0 to 9 written in other digits."""
    return text if digits == LATIN_DIGITS else text.translate(str.maketrans(LATIN_DIGITS, digits))


def keep_text(text: str) -> str:
    """The text itself: the typography of a language that has no rules here."""
    return text


def no_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """No ranges: the tokens of a language that has no rules here."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of editions.

    `tag` is its BCP 47 tag (`tk`, `sr-Latn`), `folder` its gettext name (`sr@latin`), `locale`
    the identifier Babel knows it by, `plural_forms` the value of the Plural-Forms header.
    `sentence_space` stands between two sentences of a paragraph.

    `typeset` makes spaces unbreakable where the language wants it and keeps the text's length;
    `no_break` gives the ranges (offsets in code points) of tokens that must not break inside,
    such as `ABŞ-nyň`, the same before and after typesetting.  Both see the whole text of one
    block, U+FFFC for what is no text; they are the writers' work, never the translator's.

    `hyphenation` names the dictionary Pyphen knows, empty for none.  `long_date` writes a date
    where CLDR's form is not the one documents use.  `digits` are the ten that numbers are
    written with, from zero.
    """

    tag: str
    folder: str
    locale: str
    plural_forms: str
    direction: Direction = "ltr"
    sentence_space: str = " "
    sentences: SentenceRules = field(default=SentenceRules())
    typeset: Callable[[str], str] = keep_text
    no_break: Callable[[str], tuple[tuple[int, int], ...]] = no_ranges
    hyphenation: str = ""
    long_date: Callable[[date], str] | None = None
    digits: str = LATIN_DIGITS

    def numeral(self, n: int) -> str:
        """A whole number in the digits of the language, without grouping: of a page, a note."""
        return in_digits(str(n), self.digits)
