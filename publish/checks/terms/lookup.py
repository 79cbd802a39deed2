"""The terms and acronyms of a glossary, prepared to be looked for in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from publish.catalogs.glossary import VERIFIED, Glossary, Term
from publish.checks.terms.wordforms import (
    english_base,
    english_forms,
    english_words,
    list_beginnings,
    split_tokens,
)
from publish.languages.language import split_words

__all__ = [
    "Acronym",
    "Cues",
    "Needle",
    "TargetWords",
    "Wanted",
    "collect_acronym_cues",
    "collect_term_cues",
    "find_terms",
    "has_words_near",
    "index_acronyms",
    "index_terms",
    "may_have_term",
    "read_target_words",
]

ACRONYM = re.compile(r"[^\W\d_a-zа-яё]{2,8}\+?")
BRACKETED = re.compile(r"\s*\(([^()]*)\)")
FILLERS = {
    "ru": split_words("о об и в во по для на с со из к от за при согласно"),
    "tk": split_words(
        """
        we üçin bilen boýunça baradaky barada hakynda hakyndaky taýdan nji njy niň nyň ýa da
        laýyklykda
        """
    ),
}
"""Words that another wording of the same term may leave out."""
MANY_SENSES = frozenset(("draft", "minor"))
"""Words that usually mean something else than the term: drafted laws, minor injuries."""
COUNTRY = re.compile(r"Туркменистана|Türkmenistanyň")
"""The country's name, which a report on the country often leaves out of a term."""
GAP, NEAR = 14, 4


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word to look for in a translation: `exact` as written, or by its possible `starts`.

    The starts are in lower case.
    """

    exact: str
    starts: tuple[str, ...]


Wanted = tuple[WantedWord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needle:
    """One English wording of a term, and its translations.

    `pieces` are the bases of its words; between two pieces a sentence may have other words.
    `loud` are its words in capitals.  `sensed` is true if the glossary narrows its sense in
    parentheses, which no rule can check.  `term` is the wording itself, `say` the translation in
    the glossary, `wanted` its words.  One of the acronyms `short` is accepted instead, unless the
    source has one of the term's `own` acronyms.
    """

    pieces: tuple[tuple[str, ...], ...]
    loud: tuple[str, ...]
    sensed: bool
    term: str
    say: str
    wanted: tuple[Wanted, ...]
    short: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Acronym:
    """An English acronym, its acronyms in the translation, and its translations in full."""

    written: str
    say: str
    short: frozenset[str]
    wanted: tuple[Wanted, ...]


Cues = frozenset[str]
"""Words that tell quickly which sentences can have a term or an acronym.

Every such sentence has one of them among its `english_words`.  The empty string is there for terms
without letters from a to z, which any sentence may have.
"""


@dataclass(frozen=True)
class TargetWords:
    """The words of a translation, as written and in lower case."""

    written: tuple[str, ...]
    lower: tuple[str, ...]

    def find(self, word: WantedWord) -> list[Sequence[int]]:
        """Return the places, in order, of each word of the text that a wanted one may be."""
        if word.exact:
            return [self._written_at[word.exact]] if word.exact in self._written_at else []
        found = {one for start in word.starts for one in self._beginning_with(start)}
        return [self._lower_at[one] for one in found]

    def _beginning_with(self, start: str) -> Iterator[str]:
        words = self._sorted
        for at in range(bisect_left(words, start), len(words)):
            if not words[at].startswith(start):
                return
            yield words[at]

    @cached_property
    def _written_at(self) -> Mapping[str, Sequence[int]]:
        return _list_places(self.written)

    @cached_property
    def _lower_at(self) -> Mapping[str, Sequence[int]]:
        return _list_places(self.lower)

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._lower_at)


def _list_places(words: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        found.setdefault(word, []).append(at)
    return found


@lru_cache(4)
def read_target_words(text: str) -> TargetWords:
    """Return the words of a translation for `has_words_near`; cached, as several rules ask."""
    written = tuple(split_tokens(text))
    return TargetWords(written, tuple(word.lower().replace("ё", "е") for word in written))


def index_terms(glossary: Glossary, language: str) -> dict[str, tuple[Needle, ...]]:
    """Return the verified terms of a language by the base of their first word, longest first."""
    found: dict[str, list[Needle]] = {}
    for term, text in _verified(glossary, language):
        for needle in _needles(term, text, language):
            found.setdefault(needle.pieces[0][0], []).append(needle)
    return {first: tuple(sorted(group, key=_shortness)) for first, group in found.items()}


def index_acronyms(glossary: Glossary, language: str) -> dict[str, Acronym]:
    """Return the acronyms of the verified terms of a language, by their English form."""
    found = {}
    for term, text in _verified(glossary, language):
        plain, short = _parted(text)
        wanted = tuple(_wanted(one, language) for one in _alternatives(plain))
        _, bracketed = _parted(term.source)
        alone = (one for one in _alternatives(term.source) if ACRONYM.fullmatch(one))
        for written in (*bracketed, *alone):
            found[written] = Acronym(written, text, short, tuple(filter(None, wanted)))
    return found


def collect_term_cues(needles: dict[str, tuple[Needle, ...]]) -> Cues:
    """Return the cues of terms: for each term, every form of one of its words."""
    words = (_lettered(needle) for group in needles.values() for needle in group)
    return frozenset(_cue(form) for word in words for form in english_forms(word))


def collect_acronym_cues(written: Iterable[str]) -> Cues:
    """Return the cues of acronyms."""
    return frozenset(_cue(f"{one}{plural}".lower()) for one in written for plural in ("", "s"))


def may_have_term(cues: Cues, text: str) -> bool:
    """Return whether a sentence can have a term or an acronym with these cues."""
    return "" in cues or not cues.isdisjoint(english_words(text))


def _lettered(needle: Needle) -> str:
    """Return the first word of a term with letters from a to z, or its first word if none."""
    first = needle.pieces[0]
    return next(filter(_cue, first), first[0])


def _cue(word: str) -> str:
    return max(english_words(word), key=len, default="")


def find_terms(
    bases: list[str], words: list[str], needles: dict[str, tuple[Needle, ...]]
) -> list[Needle]:
    """Return the terms of a sentence; a longer term takes precedence over its beginning.

    `bases` are the bases of `words`.
    """
    found, at = [], 0
    while at < len(bases):
        end = at + 1
        for needle in needles.get(bases[at], ()):
            if stop := _match(needle, bases, words, at):
                found.append(needle)
                end = stop
                break
        at = end
    return found


def has_words_near(wanted: Wanted, target: TargetWords) -> bool:
    """Return whether a translation has the wanted words near each other, in any form and order."""
    reach = len(wanted) + NEAR
    first, *others = every = [target.find(word) for word in wanted]
    # Looking around the rarest word is quick in a text that repeats another one.
    rarest = min(every, key=lambda places: sum(map(len, places)))
    for place in chain.from_iterable(rarest):
        around = [place] if rarest is first else list(_list_near(first, place, reach))
        if any(all(_has_near(one, at, reach) for one in others) for at in around):
            return True
    return False


def _has_near(places: Iterable[Sequence[int]], at: int, reach: int) -> bool:
    return next(_list_near(places, at, reach), None) is not None


def _list_near(places: Iterable[Sequence[int]], at: int, reach: int) -> Iterator[int]:
    """Yield the places that are not farther from another one; each list is in order."""
    for every in places:
        for number in range(bisect_left(every, at - reach), len(every)):
            if every[number] > at + reach:
                break
            yield every[number]


def _match(needle: Needle, bases: list[str], words: list[str], at: int) -> int:
    end = at
    for number, piece in enumerate(needle.pieces):
        starts = range(at, at + 1) if not number else range(end, end + GAP)
        size = len(piece)
        end = next((i + size for i in starts if tuple(bases[i : i + size]) == piece), 0)
        if not end:
            return 0
    if needle.loud and not set(needle.loud) <= set(words[at:end]):
        return 0
    return end


def _shortness(needle: Needle) -> int:
    return -sum(map(len, needle.pieces))


def _verified(glossary: Glossary, language: str) -> Iterator[tuple[Term, str]]:
    for term in glossary.terms:
        for rendering in term.renderings:
            if rendering.language == language and rendering.status == VERIFIED:
                yield term, rendering.text


def _needles(term: Term, text: str, language: str) -> Iterator[Needle]:
    plain, short = _parted(text)
    wanted = tuple(filter(None, (_wanted(one, language) for one in _alternatives(plain))))
    if not wanted:
        return
    english, bracketed = _parted(term.source)
    sensed = "(" in term.source and not bracketed
    for one in _alternatives(english):
        for wording in _slashed(one):
            pieces = tuple(
                tuple(map(english_base, split_tokens(part))) for part in wording.split("…")
            )
            if not ACRONYM.fullmatch(wording) and all(pieces):
                loud = tuple(
                    word for word in split_tokens(wording) if word.isupper() and len(word) > 1
                )
                vague = sensed or wording in MANY_SENSES
                yield Needle(
                    pieces=pieces,
                    loud=loud,
                    sensed=vague,
                    term=wording,
                    say=text,
                    wanted=wanted,
                    short=short,
                    own=bracketed,
                )


def _parted(text: str) -> tuple[str, frozenset[str]]:
    inside = BRACKETED.findall(text)
    return BRACKETED.sub("", text), frozenset(word for word in inside if ACRONYM.fullmatch(word))


def _alternatives(text: str) -> list[str]:
    return [one for one in (part.strip() for part in text.split(";")) if one]


def _slashed(text: str) -> Iterator[str]:
    head, slash, last = text.partition(" / ")
    yield head
    if slash:
        yield " ".join((*head.split()[:-1], last))


def _wanted(text: str, language: str) -> Wanted:
    fillers = FILLERS.get(language, frozenset())
    words = [word for word in split_tokens(text) if word.lower() not in fillers]
    words = [word for word in words if not COUNTRY.match(word)] or words
    capitals = text.isupper()
    return tuple(
        WantedWord(word, ())
        if (ACRONYM.fullmatch(word) and not capitals) or word.isdigit()
        else WantedWord("", list_beginnings(word, language))
        for word in words
    )
