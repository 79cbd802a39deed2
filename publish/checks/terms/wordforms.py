"""Comparing words in any inflected form, by their beginnings.

The comparison is tolerant: it accepts wrong endings, but never rejects a right one.  Russian words
keep most of their beginning in all cases.  Turkmen is agglutinative: a word starts with its stem,
whose last consonant may become voiced and whose last narrow vowel may drop (kitap, kitaby; orun,
orny).
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["english_base", "english_forms", "english_words", "list_beginnings", "split_tokens"]

TOKEN = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
SHORT, LONG = 4, 7

RU_ENDING = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ией|иям|иях|ая|яя|ое|ее|ые|ие|ый|ий|ой|ым|им|ом|ем"
    r"|ам|ям|ах|ях|ов|ев|ей|ую|юю|ия|ии|ию|ть|[аяоеыиуюьй])$"
)
TK_ENDING = re.compile(
    r"(?:n[yi]ň|[yi]ň|d[ae]n?|[iy]n[ae]|n[yi]|l[ae]r|s[yi]|m[ae]k|m[ae]g|ýan|ýän|[ae]|[yi])$"
)
TK_VOICED = {"k": "g", "t": "d", "p": "b", "ç": "j"}
TK_NARROW = re.compile(r"[yiuü](?=[^aäeiouöüy]$)")

ENGLISH = {
    "labour": "labor",
    "children": "child",
    "women": "woman",
    "men": "man",
    "people": "person",
    "persons": "person",
    "held": "hold",
    "holding": "hold",
    "turkey": "türkiye",
}
"""Irregular forms and other spellings, with their bases."""


def split_tokens(text: str) -> list[str]:
    """Return the words and numbers of a text; a hyphen separates words (`HZG-niň` is two)."""
    return TOKEN.findall(text)


LETTERS_ONLY = bytes(code if chr(code).islower() else ord(" ") for code in range(128)).ljust(256)
"""For each byte of an English text in lower case a letter, or a space."""


@lru_cache(16)
def english_words(text: str) -> frozenset[str]:
    """Return the runs of the letters a to z in a text, in lower case.

    With them a rule sees quickly that a text does not concern it.  Many rules ask for the same
    sentence one after another, so the last ones are cached.
    """
    letters = text.lower().encode("ascii", "replace").translate(LETTERS_ONLY)
    return frozenset(letters.decode("ascii").split())


def english_base(word: str) -> str:
    """Return the base of an English noun: in lower case, without plural and possessive endings."""
    base = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if base in ENGLISH:
        return ENGLISH[base]
    if len(base) > SHORT and base.endswith("ies"):
        return base[:-3] + "y"
    if len(base) > SHORT and base.endswith(("sses", "shes", "ches", "xes")):
        return base[:-2]
    if len(base) > 3 and base.endswith("s") and not base.endswith(("ss", "us", "is")):
        return base[:-1]
    return base


def english_forms(base: str) -> frozenset[str]:
    """Return all words with this `english_base`, and perhaps more: in lower case, without 's."""
    regular = (base, f"{base}s", f"{base}es", f"{base.removesuffix('y')}ies")
    return frozenset((*regular, *(form for form, known in ENGLISH.items() if known == base)))


def list_beginnings(word: str, language: str) -> tuple[str, ...]:
    """Return beginnings in lower case; every form of the word has one of them."""
    word = word.lower().replace("ё", "е")
    if language == "tk":
        return _turkmen(word)
    return _russian(word) if language == "ru" else (word[: _kept(len(word))],)


def _kept(length: int) -> int:
    return min(length, max(SHORT, length * 7 // 10))


def _russian(word: str) -> tuple[str, ...]:
    """Return the beginnings; -цы keeps its ц, since `туркменистанцы` is not the country."""
    if len(word) <= 3:
        return (word,)
    if len(word) > LONG and word.endswith("цы"):
        return (word[:-1], f"{word[:-2]}ец")
    stem = RU_ENDING.sub("", word)
    return (word[:3] if len(stem) < 3 else stem[: _kept(len(word))],)


def _turkmen(word: str) -> tuple[str, ...]:
    stem = _turkmen_stem(word)
    found = [stem]
    if stem[-1] in TK_VOICED:
        found.append(stem[:-1] + TK_VOICED[stem[-1]])
    if len(stem) > 3 and (dropped := TK_NARROW.sub("", stem)) != stem:
        found.append(dropped)
    return tuple(found)


def _turkmen_stem(word: str) -> str:
    while len(word) > SHORT:
        shorter = TK_ENDING.sub("", word)
        if shorter == word or len(shorter) < 2:
            return word
        word = shorter
    return word
