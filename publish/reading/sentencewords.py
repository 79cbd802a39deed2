"""What a word before a full stop is: an abbreviation and its kind, an initial, a number.

What differs by language is data (`publish.languages.language.SentenceRules`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.languages.language import SentenceRules
from publish.wideletters import pattern_later

__all__ = [
    "INITIAL",
    "NUMERIC",
    "OPENING",
    "SINGLE",
    "VOWEL_SIGNS",
    "ends_with_letter",
    "find_kind",
    "is_ordinal",
    "is_quantity",
    "remove_elision",
    "strip_wide",
]

OPENING = " \t([{\"'“‘«„‹「『（*_—–-/§№#¿¡"
SINGLE = re.compile(r"[^\W\d_]")
DOTTED = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])+")
SYLLABLE = re.compile(r"(?:[^\W\d_]\u094d)*[^\W\d_][\u0900-\u0903\u093a-\u094c\u0962\u0963]*")
"""The initial of a name in Devanagari, as in "ए. पी. जे. कलाम"; also a single letter."""
VOWEL_SIGNS = (
    "\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0dff\u102b-\u103e\u200c\u200d"
)
"""Marks that are no letters, but end words."""
SIGN = re.compile(f"[{VOWEL_SIGNS}]")
LATIN_TAIL = pattern_later("(?<=[\u3000-\u9fff\uff00-\uffef])[A-Za-z0-9][A-Za-z0-9.]*$")
INITIAL = re.compile(r"[^\W\d_](?:\.-[^\W\d_])?")
ORDINAL = re.compile(r"\d{1,3}|\d{1,2}\.(?:0?[1-9]|1[0-2])|(?P<roman>[IVXLCDM]{2,6})")
CUT = 6
CLUSTER = re.compile("[bcdfghjklmnpqrstvxz]{2}$")
CONSONANTS = re.compile(
    "[BCDFGHJKLMNPQRSTVWXZÇŇŞŽБВГДЖЗЙКЛМНПРСТФХЦЧШЩ]?"
    "[bcdfghjklmnpqrstvwxzçňşžбвгджзйклмнпрстфхцчшщ]{1,4}"
)
NUMERIC = re.compile(  # with the Cyrillic letters І and Х, too
    r"\(?(?:\d[\d.,/–-]*(?:-?[^\W\d_]{1,3})?|[IVXLCDMІХ]{1,6}(?:[–-][IVXLCDMІХ]{1,6})?)"
)


def find_kind(before: str, word: str, rules: SentenceRules) -> str:
    """Return the kind of a word before a full stop; `before` is the word in front of it."""
    spaced = before.lstrip(OPENING) + word if before.endswith(".") else word
    for form in _forms(spaced, word):
        for kind, words in (
            ("never", rules.never),
            ("seldom", rules.seldom),
            ("numbered", rules.numbered),
            ("unit", rules.units),
            ("closing", rules.closing),
        ):
            if form in words:
                return kind
    if rules.suffixes and word.endswith(rules.suffixes):
        return "seldom"
    if rules.starters and _is_joined(word, rules):
        return "seldom"
    if rules.cut_ends and _is_cut(word, rules):
        return "seldom"
    return "seldom" if _looks_abbreviated(before, word, rules) else "word"


def _forms(spaced: str, word: str) -> Iterator[str]:
    """Yield the spellings to look a word up by: `Ст` as `ст`, `DR` as `Dr`, `Lt.-Gen` as `Gen`."""
    for form in (spaced, word) if spaced != word else (word,):
        yield form
        if len(form) > 1 and form[0].isupper():
            yield form[0].lower() + form[1:]
        if len(form) > 1 and form.isupper():
            yield form.capitalize()
            yield form.lower()
    if "-" in word:
        yield word.rpartition("-")[2]


def _looks_abbreviated(before: str, word: str, rules: SentenceRules) -> bool:
    """Return whether a word is an initial, letters with stops between, or has no vowel.

    In English, the pronoun in "so do I." has a lower-case word before it, the initial in "Isaac
    I." has not.
    """
    if SINGLE.fullmatch(word):
        is_pronoun = word == "I" and word in rules.starters
        return not (is_pronoun and before.isalpha() and before.islower())
    return bool(DOTTED.fullmatch(word) or CONSONANTS.fullmatch(word))


def _is_joined(word: str, rules: SentenceRules) -> bool:
    """Return whether a word is a syllable of Devanagari, or abbreviations without spaces between.

    Such are `Prof.Dr` and the letters of "आर.एस.एस."; "एम. एस." has a space.
    """
    if "." not in word:
        return SIGN.search(word) is not None and SYLLABLE.fullmatch(word) is not None
    return all(
        part in rules.never or part in rules.seldom or SYLLABLE.fullmatch(part)
        for part in word.split(".")
    )


def ends_with_letter(word: str) -> bool:
    """Return whether a word ends with a letter, digit or vowel sign."""
    return word[-1].isalnum() or SIGN.match(word[-1]) is not None


def strip_wide(word: str) -> str:
    """Return the Latin word at the end of Chinese or Japanese text, which writes no spaces."""
    found = LATIN_TAIL().search(word)
    return found[0] if found else word


def _is_cut(word: str, rules: SentenceRules) -> bool:
    """Return whether a short word has an end that no native word has: `trim`, `distr`."""
    short = len(word) <= CUT and word.isalpha() and word.islower()
    return short and (word[-1] in rules.cut_ends or bool(CLUSTER.search(word)))


def is_ordinal(before: str, word: str, after: str, rules: SentenceRules) -> bool:
    """Return whether a number with a stop is an ordinal; "in Kapitel 3." it is none.

    `before` and `after` are the words beside it.
    """
    match = ORDINAL.fullmatch(word)
    if match is None or before.strip(OPENING + ".").lower() in rules.labels:
        return False
    if any(name.lower().startswith(rules.ranked) for name in (before, after)):
        return True
    counts = rules.nouns_count and not match["roman"] and _is_noun(before, rules)
    return rules.ordinals and not counts


def _is_noun(word: str, rules: SentenceRules) -> bool:
    """Return whether a word has a capital and opens no sentence; a genitive may, with `s`."""
    capital = word.lstrip(OPENING)
    return (
        capital[:1].isupper()
        and capital.isalpha()
        and not capital.endswith("s")
        and capital not in rules.starters
    )


def remove_elision(word: str, rules: SentenceRules) -> str:
    """Return the `art` of `l’art`."""
    article, apostrophe, rest = word.replace("’", "'").partition("'")
    return rest if apostrophe and article.lower() in rules.elided else word


def is_quantity(word: str, rules: SentenceRules) -> bool:
    """Return whether a unit can follow: after a number, or another unit as in "2 млн. т."."""
    bare = word.strip(OPENING + ".")
    unit = bare in rules.units and (len(bare) > 1 or word.endswith("."))
    return unit or (not word.endswith(",") and NUMERIC.fullmatch(bare) is not None)
