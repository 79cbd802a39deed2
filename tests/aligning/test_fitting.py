"""Marks of the source in a translation: its own, those found by their words, and the missing."""

from __future__ import annotations

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.aligning.clauses import split_like
from publish.aligning.fitting import FittedText, fit_marks
from publish.aligning.marktexts import flatten_marks, raise_marks
from publish.aligning.wordtable import learn_words
from publish.model import plain
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import count_marks

PIECES = st.sampled_from(
    (
        *("one ", "Berlin ", "12 ", "два ", "x", ". ", ", ", "**bold** ", "*it* ", "`code` "),
        *("[link](1) ", "[b **c**](2) ", "note[^a] ", "<u>u</u> ", "**a *b* c** ", "$x$ "),
    )
)
MARKED = st.lists(PIECES, min_size=1, max_size=8).map("".join)


def fit(source: str, target: str, *addresses: str) -> FittedText:
    return fit_marks(parse_inline(source), parse_inline(target), addresses)


@settings(deadline=None, max_examples=some(300))
@given(MARKED)
def test_a_sentence_comes_back_from_its_text_and_marks(text: str) -> None:
    tree = parse_inline(text)
    flat = flatten_marks(tree)
    assert raise_marks(flat.text, flat.marks) == tree


@settings(deadline=None, max_examples=some(300))
@given(MARKED, MARKED)
def test_no_word_is_lost_and_marks_are_those_of_the_source_or_named(
    source: str, target: str
) -> None:
    ours, theirs = parse_inline(source), parse_inline(target)
    fitted = fit_marks(ours, theirs, ("http://a", "http://b"))
    made = parse_inline(fitted.text)
    assert plain(made).split() == plain(theirs).split()
    found, wanted = count_marks(made), count_marks(ours)
    assert found - wanted == {}, "no mark that the source does not have"
    assert sorted((wanted - found).elements()) == list(fitted.missing)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Ask **Radio Liberty** now.", "Спросите Радио Либерти.", "Спросите **Радио Либерти**."),
        ("Law[^1] of 2019[^2].", "Закон 2019 года.", "Закон[^1] 2019 года[^2]."),
        ("It was said.[^1]", "Было сказано.", "Было сказано.[^1]"),
        ("It was said[^1].", "Было сказано.", "Было сказано[^1]."),
        ("**Note:** run `x1` now.", "Важно: запустите x1.", "**Важно:** запустите `x1`."),
        ("**All of it.**", "Всё это.", "**Всё это.**"),
        ("The year *2019*.", "В *2019-м* году.", "В *2019-м* году."),
        ("[Art. 8](1), [Art. 9](2)", "ст. 9 и ст. 8", "ст. [9](2) и ст. [8](1)"),
    ],
)  # fmt: skip
def test_marks_are_put_where_their_words_are(source: str, target: str, expected: str) -> None:
    fitted = fit(source, target, "http://a", "http://b")
    assert fitted.text == expected


def test_a_link_keeps_its_address_in_another_order() -> None:
    fitted = fit(
        "[one](1) and [two](2)", "[два](http://b) и [один](http://a)", "http://a", "http://b"
    )
    assert fitted == FittedText("[два](2) и [один](1)")


def test_what_is_guessed_and_what_is_missing_is_named() -> None:
    assert fit("The *first* word.", "Слово первое здесь.").guessed == ("*…*",)
    assert fit("Use `tool`.", "Используйте его.").missing == ("`tool`",)


def test_known_words_are_found() -> None:
    table = learn_words(
        [("red house", "красный дом"), ("red wine", "красное вино"), ("old house", "старый дом")]
        * 4
    )
    source, target = parse_inline("A *house* far away."), parse_inline("Там вдали был один дом.")
    assert fit_marks(source, target, (), table).text == "Там вдали был один *дом*."


def test_a_sentence_is_cut_where_those_of_the_source_end() -> None:
    sources = [parse_inline("He was arrested in May."), parse_inline("Nobody knew why.")]
    target = parse_inline("Его арестовали в *мае* того года, никто не знал, почему.")
    parts = split_like(sources, target)
    assert parts is not None
    assert [plain(part) for part in parts] == [
        "Его арестовали в мае того года,",
        "никто не знал, почему.",
    ]
    assert split_like(sources, parse_inline("Ни одной паузы тут нет совсем")) is None
