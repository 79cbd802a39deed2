"""Patterns that are parsed as they are needed, against Pyphen's."""

from __future__ import annotations

from pathlib import Path

import pyphen  # type: ignore[import-untyped]
import pytest

from publish.languages.hyphenation import find_hyphens
from publish.languages.hyphenpatterns import read_patterns

STEP = 23
"""Every pattern of this number is tried, in a word with another one."""


def make_words(patterns: list[str]) -> list[str]:
    """Return words that have some of these patterns."""
    parts = [pattern.strip(".") for pattern in sorted(patterns)[::STEP]]
    return [*(one + other for one, other in zip(parts, reversed(parts), strict=True)), "a", ""]


@pytest.mark.parametrize(
    "name",
    ["en_US", "ru_RU", "cs_CZ", "pl_PL", "fr", "uk_UA", pytest.param("de", marks=pytest.mark.full)],
)
def test_words_break_where_pyphen_breaks_them(name: str) -> None:
    path = pyphen.LANGUAGES[name]
    theirs = pyphen.HyphDict(path)
    ours = read_patterns(path)
    assert ours is not None
    for word in make_words(list(theirs.patterns)):
        assert ours.find_breaks(word) == list(map(int, theirs.positions(word))), word


@pytest.mark.parametrize(
    "line", ["as1s/ss=,1,1", "a10b", "^^e91b", "1b a", "1b\ta", "NOHYPHEN b1a"]
)
def test_other_than_plain_patterns_are_left_to_pyphen(tmp_path: Path, line: str) -> None:
    path = tmp_path / "hyph_xx.dic"
    path.write_text(f"UTF-8\n% a comment\nLEFTHYPHENMIN 2\n1ba\n{line}\n", "utf-8")
    assert read_patterns(path) is None
    path.write_text("UTF-8\n% a comment\nLEFTHYPHENMIN 2\n1ba\n", "utf-8")
    known = read_patterns(path)
    assert known is not None
    assert known.find_breaks("abab") == [1]


@pytest.mark.parametrize(
    "line", ["a12b", "a21b3a", "b11", "aba11", "12ba", "1bab \t", "2b3 ", "NOHYPHEN -,b"]
)
def test_two_digits_and_blanks_at_the_end_mean_what_they_mean_to_pyphen(
    tmp_path: Path, line: str
) -> None:
    path = tmp_path / "hyph_xx.dic"
    path.write_text(f"UTF-8\n1ab\n{line}\n", "utf-8")
    ours, theirs = read_patterns(path), pyphen.HyphDict(path)
    assert ours is not None
    for word in ("ab", "aba", "abab", "bab", "babab", "b", "aabbaab"):
        assert ours.find_breaks(word) == list(map(int, theirs.positions(word))), word


def test_a_part_that_changes_its_spelling_is_no_break() -> None:
    assert pyphen.Pyphen(lang="hu").positions("asszony")[0].data
    assert find_hyphens("asszony", "hu") == ()
    assert find_hyphens("trafficking", "en") == (4, 8)
