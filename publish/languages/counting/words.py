"""Say what a written word counts: a number, a unit, a currency, a month, a share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = [
    "LABELS",
    "MEASURES",
    "MONEY",
    "NOUNS",
    "SHARES",
    "SIGNS",
    "TIMES",
    "UNITS",
    "CountingWords",
    "Word",
    "make_counting_words",
    "split_words",
]

SHARES = frozenset(("percent", "permille"))
TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "second", "decade", "century"))
MEASURES = frozenset(
    (
        *("km", "m", "cm", "mm", "mile", "foot", "inch", "yard"),
        *("kg", "g", "tonne", "litre", "hectare", "acre", "degree"),
    )
)
MONEY = frozenset(
    (
        *("dollar", "euro", "pound", "rouble", "manat", "tenge", "som", "somoni", "lira", "rial"),
        *("toman", "rupee", "yuan", "yen", "franc", "dinar", "dirham", "riyal"),
    )
)
UNITS = SHARES | TIMES | MEASURES | MONEY
LABELS = frozenset(("article", "chapter", "paragraph", "page", "figure", "table"))
NOUNS = frozenset(
    (
        *("person", "woman", "man", "child", "girl", "boy", "worker", "refugee"),
        *("case", "country", "region", "city", "school"),
    )
)

SIGNS = {
    **dict.fromkeys("%٪﹪％", "percent"),
    **dict.fromkeys("‰؉", "permille"),
    "°": "degree",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "₽": "rouble",
    "₸": "tenge",
    "₺": "lira",
    "₼": "manat",
    "₹": "rupee",
    "¥": "yuan",
    "﷼": "rial",
}
"""Signs that mean the same in every language."""


class Word(NamedTuple):
    """A word in a text, and all that it can count."""

    start: int
    end: int
    keys: frozenset[str]


NOTHING: frozenset[str] = frozenset()

ARABIC = {
    **dict.fromkeys("يىئ", "ی"),
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ةۀ", "ه"),
    "ك": "ک",
    "ؤ": "و",
}
DROPPED = dict.fromkeys((*range(0x64B, 0x653), 0x640, 0x670, 0x93C, 0x200C, 0x200D, 0x654))
FOLDED = {**{ord(one): other for one, other in ARABIC.items()}, **DROPPED}
SHORTEST = 3
"""The fewest letters of the second part of a long word: `пят` in «двадцатипятилетний»."""
JOINTS = 3
"""The most letters between two parts of a long word: `und` in "einundzwanzig"."""


@lru_cache(4096)
def _fold(word: str) -> str:
    """Return a word in lower case, without marks and letters that are written or left out."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFC", word.replace("İ", "i").lower())
    return word.translate(FOLDED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountingWords:
    """The words of a language that count.

    `whole` are words, `starts` beginnings of words, `pairs` two words by the first one; each with
    its keys: a number in digits, `m1` to `m12`, or the name of a unit.  `clitics` are written
    together with the word after them.  A language that `knows_endings` has lists of its own;
    others have the names of CLDR only, in the forms given there.  `decimal` and `group` are the
    signs in numbers.
    """

    tag: str
    decimal: str
    group: str
    whole: Mapping[str, frozenset[str]]
    starts: Mapping[str, frozenset[str]]
    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    clitics: tuple[str, ...] = ()
    knows_endings: bool = False
    longest: int = field(default=0)

    def find_keys(self, word: str) -> frozenset[str]:
        """Return all that a word can count, nothing for most words."""
        return _find_keys(self, word)

    def begins_pair(self, word: str) -> bool:
        """Return whether a word can count together with the one after it."""
        return any(one in self.pairs for one in _bare(self, _fold(word)))

    def knows(self, key: str) -> bool:
        """Return whether the language has a word for a key."""
        return key in _known(self)


@lru_cache(32)
def _known(words: CountingWords) -> frozenset[str]:
    listed = [*words.whole.values(), *words.starts.values()]
    paired = frozenset(key for pairs in words.pairs.values() for _, key in pairs)
    return paired.union(*listed)


@lru_cache(32768)
def _find_keys(words: CountingWords, word: str) -> frozenset[str]:
    folded = _fold(word)
    found = _lookup(words, folded)
    for clitic in words.clitics if not found else ():
        rest = folded.removeprefix(clitic)
        if rest != folded and len(rest) > 1:
            found = _lookup(words, rest)
            if found:
                break
    return NOTHING if "none" in found else found


def _lookup(words: CountingWords, word: str) -> frozenset[str]:
    exact = words.whole.get(word, NOTHING)
    for length in range(min(len(word), words.longest), 0, -1):
        found = words.starts.get(word[:length])
        if found is not None:
            if exact:
                return exact | (found - {"none"})
            return found | _inside(words, word[length:])
    return exact


def _inside(words: CountingWords, rest: str) -> frozenset[str]:
    """Return what the second half of a long word counts: 5 in «двадцатипятилетний»."""
    for start in range(min(JOINTS, len(rest)) + 1):
        tail = rest[start:]
        for length in range(min(len(tail), words.longest), SHORTEST - 1, -1):
            found = words.starts.get(tail[:length], NOTHING) | (
                words.whole.get(tail, NOTHING) if length == len(tail) else NOTHING
            )
            kept = {key for key in found if key.isdigit() or key in TIMES or key == "half"}
            if kept:
                return frozenset(kept) | _inside(words, tail[length:])
    return NOTHING


@cache
def _word_pattern() -> re.Pattern[str]:
    """Return the pattern of a word in any script, with the marks that are parts of letters."""
    marks = "".join(
        chr(point) for point in range(0x300, 0x1900) if unicodedata.category(chr(point))[0] == "M"
    )
    return re.compile(rf"[^\W\d_](?:[^\W\d_]|[{marks}\u200c\u200d])*")


def split_words(text: str, words: CountingWords) -> tuple[Word, ...]:
    """Return the words of a text in order, with what they count; two may count together."""
    made: list[Word] = []
    add, new, known = made.append, tuple.__new__, _list_entries(words)
    held: tuple[int, int, Seconds] | None = None
    for match in _word_pattern().finditer(text):
        start, end = match.span()
        entry = known.get(match[0])
        if entry is None:
            if len(known) >= REMEMBERED:
                known.clear()
            entry = known[match[0]] = _find_entry(words, match[0])
        if held is not None:
            first, last, wanted = held
            together = _pair(words, wanted, match[0])
            if together and not text[last:start].strip(JOINING):
                made[-1] = Word(first, end, frozenset((together,)))
                held = None
                continue
        add(new(Word, (start, end, entry[0])))  # In half the time of Word(...).
        held = (start, end, entry[1]) if entry[1] else None
    return tuple(made)


Seconds = tuple[tuple[str, str], ...]
"""Beginnings of the words that count together with the one before, each with a key."""

JOINING = " \u00a0-"
REMEMBERED = 32768
"""So many words of a language are remembered, with all that they count."""


@lru_cache(32)
def _list_entries(words: CountingWords) -> dict[str, tuple[frozenset[str], Seconds]]:
    """Return what is remembered of the words of a language."""
    return {}


def _find_entry(words: CountingWords, word: str) -> tuple[frozenset[str], Seconds]:
    """Return what a word counts, and the words that it counts together with."""
    seconds: Seconds = ()
    if words.pairs:
        for one in _bare(words, _fold(word)):
            seconds += words.pairs.get(one, ())
    return _find_keys(words, word), seconds


def _pair(words: CountingWords, seconds: Seconds, word: str) -> str:
    """Return what two words count together, an empty string for most."""
    for other in _bare(words, _fold(word)):
        for start, key in seconds:
            if other == start[:-1] if start.endswith("=") else other.startswith(start):
                return key
    return ""


def _bare(words: CountingWords, word: str) -> Iterator[str]:
    """Yield a word, and what it is without each of the particles written before it."""
    yield word
    for clitic in words.clitics:
        if word.startswith(clitic) and len(word) > len(clitic) + 1:
            yield word[len(clitic) :]


# --------------------------------------------------------------------------- tables


DEFAULT = (".", ",")


def make_counting_words(
    tag: str,
    table: str,
    names: Iterable[tuple[str, str]] = (),
    signs: tuple[str, str] | None = None,
) -> CountingWords:
    """Return the words of a table with lines `key: beginnings`; `names` are keys and whole names.

    A key can have several lines.  In a table `=` ends a whole word, and `_` stands between two
    words.  Words with the key `none` begin like others but count nothing.  `signs` are the signs
    for decimals and for groups, by default those of the table.
    """
    lines: dict[str, list[str]] = {}
    for name, entries in _read_lines(table):
        lines.setdefault(name, []).extend(entries)
    own = lines.pop("signs", None)
    clitics = lines.pop("clitics", [])
    whole: dict[str, frozenset[str]] = {}
    starts: dict[str, frozenset[str]] = {}
    pairs: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, entry in ((key, entry) for key, entries in lines.items() for entry in entries):
        _add(whole, starts, pairs, key, _fold(entry))
    made = _make(tag, tuple(signs or own or DEFAULT), whole, starts, pairs, tuple(clitics))
    begun: dict[str, frozenset[str]] = {}
    for key, name in names:
        folded = _fold(name).rstrip(".")
        if len(folded.split()) != 1 or _find_keys(made, folded) or folded.isdigit():
            continue
        whole[folded] = whole.get(folded, NOTHING) | {key}
        if key.isdigit() and not starts and len(folded) > SHORT:
            begun[folded[:-ENDING]] = begun.get(folded[:-ENDING], NOTHING) | {key}
    _find_keys.cache_clear()
    return replace(made, starts=begun, longest=max(map(len, begun))) if begun else made


SHORT, ENDING = 5, 2
"""Names of large numbers that are longer are also known with other endings of so many letters."""


def _add(
    whole: dict[str, frozenset[str]],
    starts: dict[str, frozenset[str]],
    pairs: dict[str, tuple[tuple[str, str], ...]],
    key: str,
    entry: str,
) -> None:
    first, _, second = entry.replace("-", "_").partition("_")
    if second:
        pairs[first] = (*pairs.get(first, ()), (second, key))
    elif entry.endswith("="):
        whole[entry[:-1]] = whole.get(entry[:-1], NOTHING) | {key}
    else:
        starts[entry] = starts.get(entry, NOTHING) | {key}


def _make(
    tag: str,
    signs: tuple[str, ...],
    whole: dict[str, frozenset[str]],
    starts: dict[str, frozenset[str]],
    pairs: dict[str, tuple[tuple[str, str], ...]],
    clitics: tuple[str, ...],
) -> CountingWords:
    decimal, group = ("\u00a0" if sign == "space" else sign for sign in signs)
    return CountingWords(
        tag=tag,
        decimal=decimal,
        group=group,
        whole=whole,
        starts=starts,
        pairs=pairs,
        clitics=tuple(sorted(map(_fold, clitics), key=len, reverse=True)),
        knows_endings=bool(starts),
        longest=max(map(len, starts), default=0),
    )


def _read_lines(table: str) -> Iterator[tuple[str, list[str]]]:
    for line in table.strip().splitlines():
        key, _, entries = line.strip().partition(":")
        yield key, entries.split()
