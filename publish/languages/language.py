"""The type of a language, with all that can differ by language; each language is one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Direction = Literal["ltr", "rtl"]

LATIN_DIGITS = "0123456789"

WIDE_SCRIPTS = frozenset({"Hani", "Hans", "Hant", "Jpan"})
"""Scripts of wide letters, without a space between words or sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """Word lists of a language for the sentence splitter, beside the rules for all languages.

    Abbreviations are given without their final full stop and without spaces (`т.д`), as they
    are written inside a sentence: `ст` also matches `Ст`, but `Art` does not match `art`.
    A language without rules of its own has empty lists.
    """

    never: frozenset[str] = frozenset()
    """Abbreviations that never end a sentence: `Mr`, `e.g`, `ст`, `akad`."""
    seldom: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only before a word of `starters`: `Inc`, `обл`."""
    numbered: frozenset[str] = frozenset()
    """Abbreviations that end no sentence before a number, but can elsewhere: `No`, `pp`, `sah`."""
    units: frozenset[str] = frozenset()
    """Units that can end a sentence after a number, and never else: `г`, `руб`, `ý`."""
    closing: frozenset[str] = frozenset()
    """Abbreviations with the form of initials that can end a sentence: `etc`, `т.д`."""
    starters: frozenset[str] = frozenset()
    """Capitalised words that begin a sentence and are not part of a name: `The`, `Однако`.

    Those that are abbreviations are given with their full stop: `Vgl.`.
    """
    labels: frozenset[str] = frozenset()
    """Lower-case words that make a heading with a number: the `article` of "Article 8."."""
    time_words: frozenset[str] = frozenset()
    """Lower-case words of an opening phrase such as "В мае 2023 г.", which ends no sentence."""
    speech: frozenset[str] = frozenset()
    """Verbs after which "“Why?” Anna asked" is one sentence."""
    ordinals: bool = False
    """Whether a stop makes a number an ordinal, as in "der 2. Weltkrieg" and "Ludwig XIV.".

    A number of up to three digits or a day and its month then ends a sentence only before a word
    of `starters`, or after one of `labels`.
    """
    nouns_count: bool = False
    """Whether a number after a capitalised word is no ordinal: "in der Goethestraße 12."."""
    ranked: tuple[str, ...] = ()
    """Stems, in lower case, of words beside which a number is an ordinal: `maj` in "3. Maja"."""
    suffixes: tuple[str, ...] = ()
    """Last parts of compounds that are abbreviations as in `seldom`: the `str` of `Goethestr`."""
    cut_ends: str = ""
    """Consonants that end no native word: a short word with such an end is cut off, as `trim`.

    Nor does a native word of such a language end with two consonants.
    """
    elided: frozenset[str] = frozenset()
    """Lower-case words that lose their vowel before an apostrophe: the `l` of `l’art`."""
    particles: frozenset[str] = frozenset()
    """Words of `starters` that a surname can begin with, as in "J. Le Clézio"."""
    soft_stop: bool = False
    """Whether a full stop ends no sentence, as in Armenian, where it is what a colon is."""
    clitics: frozenset[str] = frozenset()
    """Short words with an apostrophe that open a sentence before a capital: `'s`."""


def split_words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as lines of text."""
    return frozenset(text.split())


def replace_digits(text: str, digits: str) -> str:
    """Return the text with the digits 0 to 9 replaced by other digits."""
    return text if digits == LATIN_DIGITS else text.translate(str.maketrans(LATIN_DIGITS, digits))


def keep_text(text: str) -> str:
    """Return the text unchanged: the typography of a language without rules."""
    return text


def no_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return no ranges: the tokens of a language without rules."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSigns:
    """How a language writes numbers (CLDR).

    `sizes` are the digits of the last group and of those before it.  `percent_place` and
    `money_place` are what stands before and after the number, with `%` and `¤` for the sign.
    A whole number with fewer than `least` digits before its last group has no groups.
    """

    decimal: str = "."
    group: str = ","
    minus: str = "-"
    percent: str = "%"
    per_mille: str = "‰"
    sizes: tuple[int, int] = (3, 3)
    percent_place: tuple[str, str] = ("", "%")
    money_place: tuple[str, str] = ("¤", "")
    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of editions.

    `tag` is its BCP 47 tag (`tk`, `sr-Latn`), `folder` its gettext name (`sr@latin`), `locale`
    its identifier in Babel, `plural_forms` the value of the Plural-Forms header.
    `sentence_space` is put between two sentences of a paragraph.

    `typeset` replaces spaces by no-break spaces where the language needs it, and keeps the length
    of the text.  `no_break` returns the ranges (offsets in code points) of tokens that must not
    break, such as `ABŞ-nyň`; they are the same before and after `typeset`.  Both get the whole
    text of one block, with U+FFFC for all that is not text.  Only editions use them; translators
    never see their result.

    `script` is its script (ISO 15924), empty for a language with rules of its own.
    `hyphenation` is the name of a Pyphen dictionary, or empty.  `long_date` writes a date where
    documents do not use CLDR's form.  `digits` are the ten digits of numbers, from zero.
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
    script: str = ""

    @property
    def is_wide(self) -> bool:
        """Return whether it is written in Chinese characters, without spaces."""
        return self.script in WIDE_SCRIPTS

    def numeral(self, n: int) -> str:
        """Return a whole number in the digits of the language, without grouping."""
        return replace_digits(str(n), self.digits)
