"""Patterns with thousands of letters are made only for texts that may have one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from publish.checks import othertongue, widths
from publish.checks.meaning import wordlinks
from publish.editions.epub import cover
from publish.editions.lines import evening, paragraphs
from publish.languages import keyboard
from publish.reading.targets import FIRST_LETTER
from publish.wideletters import may_have_wide, pattern_later

PATTERNS = (
    othertongue.WIDE_LETTER,
    *(letters for letters, _ in widths.WEIGHTS),
    wordlinks.UNSPACED,
    evening.SPACELESS,
    paragraphs.SPACELESS,
    keyboard.WIDE,
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_letter_of_a_pattern_is_missed(pattern: Callable[[], re.Pattern[str]]) -> None:
    every = "".join(map(chr, (*range(0x80, 0x10000), 0x20000, 0x2FA1F, 0x3FFFF)))
    found = pattern().findall(every)
    assert found
    assert all(map(may_have_wide, found))


def test_usual_texts_need_no_such_pattern() -> None:
    for text in ("Tom & Jerry", "Жили-были «они» — в 2024 г.…", "ýüregiň №5 €10", "Ελλάς ἀρχή"):
        assert not may_have_wide(text)
    for text in ("ไทย", "中文", "ab한", "a𠮷", "（a）"):
        assert may_have_wide(text)


def test_words_of_a_cover_are_the_same_by_either_pattern() -> None:
    chance = random.Random(7)
    for _ in range(500):
        words = "".join(chance.choice(" ab“”«»„.,-—Жñ\n") for _ in range(12))
        assert cover.PIECE.findall(words) == cover.WIDE_PIECE().findall(words)


def test_a_pattern_is_made_once() -> None:
    make = pattern_later("a+", re.I)
    assert make() is make()
    assert make().flags & re.I


def test_an_id_begins_with_a_letter() -> None:
    old = re.compile(r"^[^a-zA-Z\u0080-\U0010ffff]+")
    for letter in map(chr, range(0x200)):
        assert FIRST_LETTER.sub("", f"{letter}1{letter}") == old.sub("", f"{letter}1{letter}")
