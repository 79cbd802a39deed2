"""Turkmen hyphenation and the door to Pyphen."""

from __future__ import annotations

from itertools import pairwise

import pyphen  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.languages.hyphenation import (
    CONSONANTS,
    TURKMEN,
    VOWELS,
    find_dictionary,
    install_dictionaries,
    make_turkmen_dictionary,
)
from publish.languages.language import Language
from publish.languages.registry import find

ALPHABET = "abçdeäfghijžklmnňoöprsştuüwyýz"
TK = find("tk")


def hyphenate(word: str, language: Language = TK) -> list[str]:
    """The parts of a word by the dictionary that the layout is given for a language."""
    if not language.hyphenation:
        return [word]
    install_dictionaries()
    bounds = [0, *pyphen.Pyphen(lang=language.hyphenation).positions(word), len(word)]
    return [word[start:end] for start, end in pairwise(bounds)]


def test_the_stored_patterns_are_the_generated_ones() -> None:
    assert TURKMEN.read_text(encoding="utf-8") == make_turkmen_dictionary()


def test_vowels_and_consonants_are_the_alphabet() -> None:
    assert sorted(VOWELS + CONSONANTS) == sorted(ALPHABET)


@pytest.mark.parametrize(
    "parted",
    [
        *("ka-nun", "mek-dep", "türk-men", "adam", "adam-la-ryň", "zäh-met", "mej-bu-ry"),
        *("Türk-me-nis-ta-nyň", "de-ňiz", "ho-ja-lyk", "pag-ta", "go-ra-mak", "ýyl", "iliň-ki"),
        *("stra-te-gi-ýa", "stan-si-ýa", "prog-ram-ma", "kont-rol", "hu-kuk", "söw-da", "oka"),
        *("de-mons-tra-si-ýa", "kon-gre-siň", "mi-nis-tri", "mi-nistr", "des-krip-tor", "güýç-li"),
        *("borç-lu-dy-gy", "sank-si-ýa-lar", "eks-port", "plýaž", "iň-lis", "mi-nut", "dü-kan"),
        *("nji", "a", ""),
    ],
)
def test_turkmen(parted: str) -> None:
    assert hyphenate(parted.replace("-", "")) == parted.split("-")


def _has_vowel(part: str) -> bool:
    return any(letter in VOWELS for letter in part)


@given(st.text(ALPHABET, min_size=1, max_size=24))
def test_parts_make_the_word_and_none_is_a_lone_letter(word: str) -> None:
    parts = hyphenate(word)
    assert "".join(parts) == word
    assert len(parts) == 1 or min(map(len, parts)) >= 2


SYLLABLES = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", *CONSONANTS]),
        st.sampled_from(VOWELS),
        st.sampled_from(["", "", *CONSONANTS]),
    ),
    min_size=1,
    max_size=7,
).map("".join)


@given(SYLLABLES)
def test_every_break_is_before_a_consonant_and_a_vowel(word: str) -> None:
    parts = hyphenate(word)
    assert all(_has_vowel(part) for part in parts)
    for part in parts[1:]:
        assert part[0] in CONSONANTS
        assert part[1] in VOWELS


@given(SYLLABLES)
def test_every_allowed_break_is_found(word: str) -> None:
    allowed = [
        at
        for at in range(2, len(word) - 1)
        if word[at] in CONSONANTS and word[at + 1] in VOWELS and _has_vowel(word[:at])
    ]
    bounds = [0, *allowed, len(word)]
    assert hyphenate(word) == [word[a:b] for a, b in pairwise(bounds)]


def test_capitals_change_nothing() -> None:
    assert hyphenate("Mekdep") == ["Mek", "dep"]
    assert hyphenate("MEKDEP") == ["MEK", "DEP"]


def test_pyphen_takes_the_dictionaries_of_our_languages() -> None:
    install_dictionaries()
    install_dictionaries()
    assert pyphen.language_fallback("tk-TM") == "tk"
    assert pyphen.LANGUAGES["tk"] == TURKMEN
    assert pyphen.LANGUAGES["en"] == pyphen.LANGUAGES["en_US"]


def test_the_dictionary_for_a_tag() -> None:
    assert find_dictionary("tk") == "tk"
    assert find_dictionary("sr-Latn") == "sr_Latn"
    assert find_dictionary("pt-BR") == "pt_BR"
    assert find_dictionary("fa") == ""


def test_other_languages_hyphenate_by_their_dictionary_or_not_at_all() -> None:
    assert hyphenate("торговля", find("ru")) == ["тор", "го", "вля"]
    assert hyphenate("trafficking", find("en")) == ["traf", "fick", "ing"]
    assert hyphenate("قانون", find("fa")) == ["قانون"]
