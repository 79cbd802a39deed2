"""What lets the checks pass quickly over a text: it never hides what a closer look would find."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from examples import some
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publish.catalogs.glossary import read_glossary
from publish.checks.engine import judge_catalog
from publish.checks.numbers.problems import DIGIT, MONTH_WORDS
from publish.checks.numbers.reading import read_counted
from publish.checks.numbers.spelled import ENGLISH_NUMBER, read_english_numbers
from publish.checks.rule import SentenceRunner
from publish.checks.small_words import HEDGES, NEGATING, NEGATION
from publish.checks.table import RULES
from publish.checks.terms.lookup import (
    collect_acronym_cues,
    collect_term_cues,
    find_terms,
    index_acronyms,
    index_terms,
    may_have_term,
)
from publish.checks.terms.traps import TRAPS, Trap
from publish.checks.terms.wordforms import english_base, english_forms, english_words, split_tokens
from publish.checks.views import CatalogView
from publish.errors import PublishError
from publish.languages.counting.finding import LISTED, find_counting_words
from publish.languages.registry import find
from publish.model import Catalog, Entry, plain
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import parse_inline, read_shown_text
from publish.reading.msgstr import parse_msgstr, read_shown_msgstr
from publish.reading.source import cut_source

TEXT = st.text(
    st.sampled_from("aBйe \u00a0\n\t*_[]()!&<>`\\^;1\u0301\u1fef\u2028\ufeff\x00")
    | st.characters(),
    max_size=30,
)
ASCII = st.text(st.characters(max_codepoint=126), max_size=12)
GLOSSARY = read_glossary(
    "en,ru,tk,status,note\n"
    "forced labor,принудительный труд,mejbury zähmet,ru=verified;tk=verified,\n"
    "victims; 2030 country agency (ILO),жертвы (МОТ),pidalar (HZG),ru=verified;tk=verified,\n",
    "g.csv",
)


def tried(read: object, text: str) -> str:
    try:
        return str(read(text))  # type: ignore[operator]
    except PublishError as error:
        return error.listed_code


@example("a  b")
@example("a\u2028b")
@example("A.\u00a0\n")
@given(TEXT)
def test_a_text_is_shown_as_its_tree_is(text: str) -> None:
    assert tried(read_shown_text, text) == tried(lambda one: plain(parse_inline(one)), text)
    assert tried(read_shown_msgstr, text) == tried(lambda one: plain(parse_msgstr(one)), text)


@given(ASCII | st.from_regex("[A-Za-z]{1,5}(?:s|ss|sh|ch|x|y)?(?:s|es|ies|'s)", fullmatch=True))
def test_every_word_is_among_the_forms_of_its_base(word: str) -> None:
    for token in split_tokens(word):
        assert token.lower().removesuffix("'s") in english_forms(english_base(token))


ENGLISH_MONTHS = re.findall(r"^ +m\d+: (.*)$", LISTED["en"], re.M)


@given(
    st.sampled_from(["In", "of", "They", "", "2", "in  "]),
    st.sampled_from([word.strip("=") for row in ENGLISH_MONTHS for word in row.split()]),
    st.sampled_from([".", " left", "-", "", ". 2", " 2"]),
    st.sampled_from([str.title, str.upper, str.lower]),
)
def test_a_month_has_its_cue(
    before: str, name: str, after: str, case: Callable[[str], str]
) -> None:
    text = f"{before} {case(name)}{after}"
    counted = read_counted(text, find_counting_words(find("en")))
    named = not MONTH_WORDS.isdisjoint(english_words(text))
    assert not counted.months or named or DIGIT.search(text)


@given(ASCII, st.sampled_from(["forced labours", "Victim's", "agencies", "2030 countries agency"]))
def test_a_term_has_its_cue(around: str, term: str) -> None:
    table = index_terms(GLOSSARY, "ru")
    text = f"{around} {term} {around}"
    words = split_tokens(text)
    if find_terms([*map(english_base, words)], words, table):
        assert may_have_term(collect_term_cues(table), text)


def test_cues_are_not_in_every_text() -> None:
    table = index_terms(GLOSSARY, "ru")
    assert find_terms(["forced", "labor"], ["forced", "labor"], table)
    assert not may_have_term(collect_term_cues(table), "He left.")
    cues = collect_acronym_cues(index_acronyms(GLOSSARY, "ru"))
    assert may_have_term(cues, "The ILOs' text")
    assert not may_have_term(cues, "The pilot left.")


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap.language}-{trap.wrong[:12]}")
@settings(max_examples=some(20))
@given(data=st.data())
def test_a_trap_has_its_cue_and_stem(trap: Trap, data: st.DataObject) -> None:
    where = data.draw(st.from_regex(re.compile(trap.where, re.IGNORECASE)))
    assert trap.cue in where.lower()
    if trap.stem:
        wrong = data.draw(st.from_regex(re.compile(trap.wrong, re.IGNORECASE)))
        assert trap.stem in wrong.lower()


@pytest.mark.parametrize("word", sorted(set(re.findall("[a-z’]+", NEGATION.pattern))))
def test_a_negation_has_its_cue(word: str) -> None:
    for text in (f"It {word} is.", f"Do{word} go", f"{word.upper()}, said"):
        assert not NEGATION.search(text) or not NEGATING.isdisjoint(english_words(text))


@pytest.mark.parametrize("hedge", HEDGES, ids=lambda hedge: hedge.what)
@given(data=st.data())
def test_a_hedge_has_its_cue(hedge: object, data: st.DataObject) -> None:
    english, cues = hedge.english, hedge.cues  # type: ignore[attr-defined]
    flags = re.ASCII | (english.flags & re.IGNORECASE)
    text = data.draw(st.from_regex(re.compile(english.pattern, flags)))
    assert not english.search(text) or not cues.isdisjoint(english_words(text))


@given(st.from_regex(re.compile(ENGLISH_NUMBER.pattern, re.IGNORECASE | re.ASCII)))
def test_number_words_are_all_found(text: str) -> None:
    matches = [match[0] for match in ENGLISH_NUMBER.finditer(text)]
    assert [word for word, _ in read_english_numbers(text)] == [
        word for word in matches if word.lower() != "one"
    ]


def test_one_pass_tells_what_is_accepted_and_what_is_not() -> None:
    document = read_document("x", "en", [SourceFile("x.md", "---\ntitle: T\n---\nIn 5.\n")])
    entry = Entry(
        msgid="In 5.", msgstrs=("6 два два",), comments=("ok: doubled-word", "ok: nothing")
    )
    view = CatalogView(
        source=cut_source(document, find("en")),
        catalog=Catalog("x.po", (), (entry,)),
        language=find("ru"),
    )
    rules = [rule for rule in RULES if isinstance(rule.runner, SentenceRunner)]
    assert [(found.code, accepted) for found, accepted in judge_catalog(view, rules)] == [
        ("number-missing", False),
        ("final-punctuation", False),
        ("doubled-word", True),
        ("accepted-unknown", False),
    ]
