"""The sentence splitter: traps by language, and the laws for any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import least
from hypothesis import given
from hypothesis import strategies as st
from steps import growth

from publish.languages.language import SentenceRules
from publish.languages.registry import KNOWN, find
from publish.languages.sentencerules import table
from publish.reading.sentences import find_boundaries

CASES = Path(__file__).parents[1] / "cases" / "sentences"
RULES = {tag: find(tag).sentences for tag in (*KNOWN, "zh-Hant", *table.RULES)} | {
    "neutral": SentenceRules()
}


def traps(language: str) -> list[str]:
    lines = (CASES / f"{language}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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


@pytest.mark.parametrize("language", RULES)
def test_traps(language: str) -> None:
    wrong = []
    for line in traps(language):
        text, protected = read_case(line)
        found = cut(text, find_boundaries(text, RULES[language], protected))
        if found != [read_case(part.strip())[0] for part in line.split("|")]:
            wrong.append((line, " | ".join(found)))
    assert wrong == []


def test_every_trap_is_there_once_and_both_kinds_are() -> None:
    for language in table.RULES:
        lines = traps(language)
        assert len(lines) == len(set(lines))
        assert len(lines) >= 60
        assert 0.1 < sum("|" in line for line in lines) / len(lines) < 0.9


@pytest.mark.parametrize("language", table.RULES)
def test_words_are_in_the_form_in_which_they_are_looked_up(language: str) -> None:
    """A word in another form is never found; one in two lists has only the first of them."""
    rules = RULES[language]
    kinds = (rules.never, rules.seldom, rules.numbered, rules.closing)
    words = frozenset.union(*kinds, rules.units)
    assert [word for word in words if word.endswith(".") or not word[0].isalnum()] == []
    assert len(frozenset.union(*kinds)) == sum(map(len, kinds)), "a word in two lists"
    lower = rules.labels | rules.time_words | rules.elided | set(rules.ranked)
    assert [word for word in lower if word != word.lower()] == []
    small = [word for word in rules.starters if word[0].islower() and not "ა" <= word[0] <= "ჿ"]
    assert small == [], "Georgian has no capitals at a beginning"
    assert rules.particles <= rules.starters


def test_the_space_between_is_the_boundary() -> None:
    assert find_boundaries("One.  \u00a0Two.", RULES["en"]) == [(4, 7)]
    assert find_boundaries("一。二。", RULES["neutral"]) == [(2, 2)]


def test_nested_and_unsorted_ranges_are_protected() -> None:
    text = "A dog. A cat. A cow."
    assert len(find_boundaries(text, RULES["en"])) == 2
    assert find_boundaries(text, RULES["en"], [(7, 9), (2, 13)]) == [(13, 14)]
    assert find_boundaries(text, RULES["en"], [(0, 6), (7, 20)]) == [(6, 7)]
    assert find_boundaries(text, RULES["en"], [(6, 7)]) == [(13, 14)]


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        (".", 0),
        (". ", 0),
        ('.”"', 0),
        ("(A. ", 0),
        ("A. ", 0),
        ("“a. b", 0),
        ("1. ", 0),
        ("г. ", 0),
        (".[", 0),
        ("! — ", 0),
        ("Дом стоит. ", 1999),
        ("Он ушёл! ", 1999),
    ],
)
def test_twice_the_text_takes_twice_the_steps(piece: str, found: int) -> None:
    assert len(find_boundaries(piece * 2000, RULES["ru"])) == found
    assert growth(lambda count: find_boundaries(piece * count, RULES["ru"]), 1000) < 2.2
    find_boundaries(piece * 20_000, RULES["ru"])  # comes to an end


PIECES = st.sampled_from(
    [
        *"abAB19 .!?…。！？\"'«»“”„()[]—-,;:|*_「」\u00a0\ufffc",
        *(". ", "...", ".\ufffc ", "The ", "U.S. ", "Dr. ", "и т. д. ", "2023 г. ", "Он "),
        *("we ş.m. ", "ý. ", "Bu "),
    ]
)
ENDED = st.sampled_from(
    [
        *("The dog ran. ", "He ran! ", "“Did she?” ", "(A note stood here.) ", "It grew by 2.5. "),
        *("Он ушёл. ", "Суд освободил их… ", "«Кто?» ", "Bu gün geldi. ", "Kim geldi? ", "一。"),
        *("The U.S. Government paid. ", "No. 5 was read.\u00a0", "Dr. A. Smith left.  "),
    ]
)
TEXTS = (
    st.lists(ENDED | PIECES, max_size=20).map("".join)
    | st.lists(PIECES, max_size=60).map("".join)
    | st.text(max_size=80)
)
LANGUAGES = st.sampled_from(sorted(RULES))


def test_cut_and_joined_again_the_text_is_the_same() -> None:
    cuts = []

    @given(TEXTS, LANGUAGES)
    def check(text: str, language: str) -> None:
        found = find_boundaries(text, RULES[language])
        cuts.append(len(found))
        sentences = cut(text, found)
        between = [text[end:start] for end, start in found]
        rejoined = "".join(a + b for a, b in zip(sentences, [*between, ""], strict=True))
        assert rejoined == text
        assert found == sorted(found)
        assert all(not space.strip() for space in between)
        if found:
            assert all(any(map(str.isalnum, sentence)) for sentence in sentences)

    check()
    assert sum(map(bool, cuts)) >= least(10), "texts that were cut at all"


def test_no_boundary_touches_the_inside_of_a_range() -> None:
    """Nor are any lost but those that a range touches, and those beside them."""
    kept = hidden = 0

    @given(
        st.lists(ENDED, min_size=2, max_size=9).map("".join) | TEXTS,
        LANGUAGES,
        st.lists(st.tuples(st.integers(0, 120), st.integers(1, 20)), max_size=3),
        st.data(),
    )
    def check(text: str, language: str, pairs: list[tuple[int, int]], data: st.DataObject) -> None:
        nonlocal kept, hidden
        protected = [(start, start + size) for start, size in pairs]
        free = find_boundaries(text, RULES[language])
        if free:
            over = data.draw(st.lists(st.sampled_from(free), max_size=2))
            protected += [(end - 1, start + 1) for end, start in over]
        found = find_boundaries(text, RULES[language], protected)
        for end, start in found:
            assert all(b <= end or start <= a for a, b in protected if a < b)
        kept += bool(found and protected)
        hidden += any(a < start and end < b for end, start in free for a, b in protected if a < b)

    check()
    assert kept >= least(10), "texts with ranges that were cut all the same"
    assert hidden >= least(10), "texts with a range over what would be cut without it"


def test_a_sentence_cut_again_is_itself() -> None:
    several = 0

    @given(TEXTS, LANGUAGES)
    def check(text: str, language: str) -> None:
        nonlocal several
        parts = cut(text, find_boundaries(text, RULES[language]))
        several += len(parts) > 1
        for sentence in parts:
            assert cut(sentence, find_boundaries(sentence, RULES[language])) == [sentence]

    check()
    assert several >= least(10), "texts of more than one sentence"
