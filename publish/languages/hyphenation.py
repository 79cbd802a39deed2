"""Find hyphenation dictionaries, and make that of Turkmen; the only module that imports Pyphen.

Turkmen breaks before every consonant that a vowel follows: `ka-nun`, `mek-dep`, `türk-men`.
The rule is complete, since no two vowels are next to each other and none is alone; `ý` is a
consonant.  An acronym or a number with its suffix is never hyphenated.  Patterns do not see
capitals, so editions keep those tokens whole with the language's `no_break`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from pathlib import Path

import pyphen  # type: ignore[import-untyped]

from publish.languages.hyphenpatterns import read_patterns

__all__ = [
    "find_dictionary",
    "find_hyphens",
    "install_dictionaries",
    "make_turkmen_dictionary",
]

TURKMEN = Path(__file__).parent / "data" / "hyph_tk.dic"
VOWELS = "aeäioöuüy"
CONSONANTS = "bçdfghjklmnprstwzýňşž"
BORROWED = ("st", "sk", "ng")
"""Pairs in borrowed words that are split before an r: `demons-tra-si-ýa`, `kon-gres`."""

LEAST = 2
"""So many letters stand on both sides of a hyphen, whatever is asked for."""


def install_dictionaries() -> None:
    """Add Turkmen to the dictionaries of Pyphen and WeasyPrint, and make `en` American English.

    Pyphen has one table for the process; calling this again changes nothing.
    """
    pyphen.LANGUAGES["tk"] = TURKMEN
    pyphen.LANGUAGES_LOWERCASE["tk"] = "tk"
    pyphen.LANGUAGES["en"] = pyphen.LANGUAGES["en_US"]


def find_dictionary(tag: str) -> str:
    """Return the name of Pyphen's dictionary for a tag, or an empty string if it has none."""
    install_dictionaries()
    return pyphen.language_fallback(tag) or ""


@lru_cache(maxsize=20_000)
def find_hyphens(word: str, tag: str, left: int = 2, right: int = 2) -> tuple[int, ...]:
    """Return where a word can be hyphenated, with at least so many letters on both sides.

    Returns nothing for a language without a dictionary, or for a part that changes its spelling.
    """
    find_breaks = _load(find_dictionary(tag))
    last = len(word) - max(right, LEAST)
    return tuple(at for at in find_breaks(word) if max(left, LEAST) <= at <= last)


@lru_cache(maxsize=16)
def _load(name: str) -> Callable[[str], Iterable[int]]:
    """Return what finds the breaks of a word in Pyphen's dictionary of this name."""
    if not name:
        return lambda word: ()
    patterns = read_patterns(pyphen.LANGUAGES[name])
    if patterns is not None:
        return patterns.find_breaks
    dictionary = pyphen.Pyphen(lang=name)
    return lambda word: [int(at) for at in dictionary.positions(word) if not at.data]


def make_turkmen_dictionary() -> str:
    """Return the text of `data/hyph_tk.dic`, in the format of libhyphen that Pyphen reads.

    An odd number allows a break at its place, and a greater even number forbids it.  Words break
    before a consonant with a vowel.  They do not break after their first sound or inside the
    consonants they begin with (`stra-te-gi-ýa`), since a part needs a vowel and a second letter.

    On the 5,744 lower-case words of a corpus of news, 99.1 % of the breaks are those of the
    Turkmen patterns of TeX (`hyph-tk`).  Where they differ, TeX

    - has no break between some vowels of borrowed and compound words (`minut`, `dükan`,
      `günorta`; here `mi-nut`, `dü-kan`, `gü-nor-ta`);
    - leaves one consonant alone where its patterns do not list three together (`güý-ç-li`,
      `elek-t-rik`, `ek-s-port`; here `güýç-li`, `elekt-rik`, `eks-port`);
    - leaves a part without a vowel at the start (`pl-ýaž`; here not split).
    """
    breaks = [f"1{c}{v}" for c, v in product(CONSONANTS, VOWELS)]
    first = [f".{letter}2" for letter in VOWELS + CONSONANTS]
    cluster = [f".{a}{b}2" for a, b in product(CONSONANTS, repeat=2)]
    borrowed = [f"{a}3{b}4r{v}" for (a, b), v in product(map(tuple, BORROWED), VOWELS)]
    header = ["UTF-8", "LEFTHYPHENMIN 2", "RIGHTHYPHENMIN 2"]
    lines = [*header, *breaks, *first, *cluster, *borrowed]
    return "\n".join(lines) + "\n"
