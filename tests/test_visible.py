"""Text made safe and short to show; the characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.visible import (
    DIRECTION_CHANGES,
    DIRECTION_MARKS,
    GLYPHLESS,
    HIDDEN,
    JOINERS,
    ZERO_WIDTH,
    crop,
    make_visible,
    shorten,
    shows_nothing,
    spell_unseen,
)


@pytest.mark.parametrize(
    ("text", "shortened", "cropped"),
    [
        ("", "", ""),
        ("abcdef", "abcdef", "abcdef"),
        ("abcdefg", "abcde…", "abcde…"),
        ("abcd efg", "abcd…", "abcd …"),
        ("ab   c defg", "ab…", "ab   …"),
    ],
)
def test_a_text_is_cut_to_a_width(text: str, shortened: str, cropped: str) -> None:
    assert shorten(text, 6) == shortened
    assert crop(text, 6) == cropped


@given(st.text("ab \n", max_size=12), st.integers(1, 12))
@example("     ", 2)
def test_no_text_is_longer_than_its_width(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= len(crop(text, width)) == min(len(text), width)
    assert crop(text, width).rstrip("…") == text[: len(crop(text, width).rstrip("…"))]


def test_visible_keeps_the_length() -> None:
    text = "a\nb\x1bc\u202ed\u200c"
    assert make_visible(text) == "a b\ufffdc\ufffdd\u200c"


@given(st.text())
def test_a_terminal_gets_nothing_to_obey(text: str) -> None:
    shown = make_visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in shown)


def test_a_page_spells_what_it_would_not_show() -> None:
    text = "a\u200bb\u200c\u202e\x07\n\tc\u00ad"
    assert spell_unseen(text) == "a\\u200bb\\u200c\\u202e\\u0007\n\tc\u00ad"


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u00a0\u2003", "\ufeff\u200d", "\u3164\u2800\ufe0f"]
)
def test_a_text_can_show_nothing(text: str) -> None:
    assert shows_nothing(text)
    assert not shows_nothing(f"{text}.")


def matched(characters: str) -> set[str]:
    return set(re.findall(f"[{characters}]", "".join(map(chr, range(0x110000)))))


def test_the_classes_differ_as_they_say() -> None:
    zero_width, joiners, hidden = matched(ZERO_WIDTH), matched(JOINERS), matched(HIDDEN)
    turning = matched(DIRECTION_MARKS) | matched(DIRECTION_CHANGES)
    assert zero_width == set(ZERO_WIDTH)
    assert zero_width | joiners < hidden
    assert not hidden & turning
    assert hidden | turning < matched(GLYPHLESS)
    assert all(make_visible(one) == "\ufffd" for one in zero_width | turning)
    assert all(make_visible(one) == one for one in joiners)
