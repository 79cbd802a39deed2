"""The sentence splitter: traps by language, and the laws for any text."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.languages.language import SentenceRules
from publish.reading.sentences import boundaries

CASES = Path(__file__).parent / "cases" / "sentences"
RULES = {
    "en": import_module("publish.languages.en").SENTENCES,
    "ru": import_module("publish.languages.ru").SENTENCES,
    "tk": import_module("publish.languages.tk").SENTENCES,
    "neutral": SentenceRules(),
}


def traps() -> list[tuple[str, str]]:
    return [
        (language, line)
        for language in RULES
        for line in (CASES / f"{language}.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def read_case(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The text and the protected ranges of a case."""
    text, protected = "", []
    for part in re.split(r"(\{[^}]*\})", re.sub(r" ?\|", "", line)):
        shown = part[1:-1] or "\ufffc" if part.startswith("{") else part
        if part.startswith("{"):
            protected.append((len(text), len(text) + len(shown)))
        text += shown
    return text, protected


def cut(text: str, found: list[tuple[int, int]]) -> list[str]:
    edges = [0, *(edge for pair in found for edge in pair), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


@pytest.mark.parametrize(("language", "line"), traps())
def test_trap(language: str, line: str) -> None:
    text, protected = read_case(line)
    found = cut(text, boundaries(text, RULES[language], protected))
    expected = [read_case(part.strip())[0] for part in line.split("|")]
    assert found == expected


def test_the_space_between_is_the_boundary() -> None:
    assert boundaries("One.  \u00a0Two.", RULES["en"]) == [(4, 7)]
    assert boundaries("一。二。", RULES["neutral"]) == [(2, 2)]


def test_nested_and_unsorted_ranges_are_protected() -> None:
    text = "A dog. A cat. A cow."
    assert len(boundaries(text, RULES["en"])) == 2
    assert boundaries(text, RULES["en"], [(7, 9), (2, 13)]) == [(13, 14)]
    assert boundaries(text, RULES["en"], [(0, 6), (7, 20)]) == [(6, 7)]
    assert boundaries(text, RULES["en"], [(6, 7)]) == [(13, 14)]


def test_a_long_hostile_text_is_scanned_in_linear_time() -> None:
    for piece in (".", ". ", '.”"', "(A. ", "A. ", "“a. b", "1. ", "г. ", ".[", "! — "):
        boundaries(piece * 20_000, RULES["ru"])


PIECES = st.sampled_from(
    [
        *"abAB19 .!?…。！？\"'«»“”„()[]—-,;:|*_「」\u00a0\ufffc",
        *(". ", "...", ".\ufffc ", "The ", "U.S. ", "Dr. ", "и т. д. ", "2023 г. ", "Он "),
        *("we ş.m. ", "ý. ", "Bu "),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)
LANGUAGES = st.sampled_from(sorted(RULES))


@given(TEXTS, LANGUAGES)
def test_cut_and_joined_again_the_text_is_the_same(text: str, language: str) -> None:
    found = boundaries(text, RULES[language])
    sentences = cut(text, found)
    between = [text[end:start] for end, start in found]
    rejoined = "".join(a + b for a, b in zip(sentences, [*between, ""], strict=True))
    assert rejoined == text
    assert found == sorted(found)
    assert all(not space.strip() for space in between)
    if found:
        assert all(any(map(str.isalnum, sentence)) for sentence in sentences)


@given(TEXTS, LANGUAGES, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5))
def test_no_boundary_touches_the_inside_of_a_range(
    text: str, language: str, pairs: list[tuple[int, int]]
) -> None:
    protected = [(min(pair), max(pair)) for pair in pairs]
    for end, start in boundaries(text, RULES[language], protected):
        assert all(b <= end or start <= a for a, b in protected if a < b)


@given(TEXTS, LANGUAGES)
def test_a_sentence_cut_again_is_itself(text: str, language: str) -> None:
    for sentence in cut(text, boundaries(text, RULES[language])):
        assert cut(sentence, boundaries(sentence, RULES[language])) == [sentence]
