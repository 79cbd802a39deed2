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
from publish.checks.letters import BAD, LETTER_RULES, MARK, UNSEEN, has_odd_characters
from publish.checks.numbers.number_rules import NUMBER_RULES
from publish.checks.numbers.problems import DIGIT, has_number_word, may_differ
from publish.checks.numbers.reading import read_counted
from publish.checks.numbers.spelled import ENGLISH_NUMBER, read_english_numbers
from publish.checks.rule import Pair, Rule, SentenceRunner
from publish.checks.small_words import HEDGES, IDLE, IDLING, NEGATING, NEGATION
from publish.checks.table import RULES, build_rules
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
from publish.checks.wordpatterns import TWINS, compile_words
from publish.errors import PublishError
from publish.languages.counting.finding import LISTED, find_counting_words
from publish.languages.language import split_words
from publish.languages.registry import find
from publish.model import Catalog, Entry, plain
from publish.reading.directions import find_direction_changes
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import parse_inline, read_shown_text
from publish.reading.msgstr import parse_msgstr, read_shown_msgstr
from publish.reading.source import cut_source
from publish.visible import DIRECTION_CHANGES, TAGS, find_tags, shows_nothing

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


def make_pair(source: str, target: str, tag: str = "ru") -> Pair:
    return Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(tag))


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
    assert not counted.months or may_differ(make_pair(text, "")) or DIGIT.search(text)


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


NEGATIONS = split_words("not never without none neither nobody nothing nowhere cannot no n't n’t")


@pytest.mark.parametrize("word", sorted(NEGATIONS))
def test_a_negation_has_its_cue(word: str) -> None:
    texts = (f"It {word} is.", f"Do{word} go", f"{word.upper()}, said", f"DO{word.upper()}")
    found = [text for text in texts if NEGATION.search(text)]
    assert len(found) == (4 if word[1:] in ("'t", "’t") else 2)  # Elsewhere no word begins.
    assert all(not NEGATING.isdisjoint(english_words(text)) for text in found)


IDLES = (
    "whether or not|or not|why not|if not|not to mention|nothing but|no sooner|no, no|no no"
    "|cannot help|can’t help|couldn't help|could not help|isn't he|won’t they"
)


@pytest.mark.parametrize("idle", IDLES.split("|"))
def test_an_idle_negation_has_its_cue(idle: str) -> None:
    assert IDLE.fullmatch(idle)
    assert not IDLING.isdisjoint(english_words(idle.upper()))


WORDS = ("не(?! раз)", "нет", r"без\w*", "Дома", "ten", "i[fs]", "a b", "Ok", "stop", "kilo")
PLAINLY = re.compile(rf"\b(?:{'|'.join(WORDS).lower()})", re.IGNORECASE)
QUICKLY = compile_words(*map(str.lower, WORDS))


@example("\u0130f or \u0131s \u212ailo \u017ftop \u1c81ома")
@given(
    st.text(st.sampled_from([*"неНтбзaBbtiIfKkoлs -раз\n'", *"".join(TWINS.values())]), max_size=25)
)
def test_words_are_found_as_by_a_plain_pattern(text: str) -> None:
    assert [match.span() for match in QUICKLY.finditer(text)] == [
        match.span() for match in PLAINLY.finditer(text)
    ]


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


# --------------------------------------------------------------------------- looks of the rules

LOOKED = [
    rule
    for rule in build_rules(GLOSSARY)
    if isinstance(rule.runner, SentenceRunner) and (rule.runner.look or rule.runner.tags)
]
PIECES = split_words(
    "In_May may MAY on_5_May 12 5 2016 три three Twenty-one не not год ýylda 5-nji ILO minor a c q"
    " forced_labor трафик ы don't allegedly smuggling trafficking контрабанда percent % in of V the"
    " ( » \u200b \u00ad \ufffd \ue000 \u200e \U000e0100 \U000e0041"
)
PIECE = st.sampled_from(sorted(PIECES)).map(lambda piece: piece.replace("_", " "))
PHRASES = st.lists(PIECE | st.text(max_size=3), max_size=6).map(" ".join)


@pytest.mark.parametrize("tag", ["ru", "tk", "ar", "en"])
@settings(max_examples=some(60))
@given(source=PHRASES, target=PHRASES)
def test_where_a_look_sees_nothing_its_rule_finds_nothing(
    tag: str, source: str, target: str
) -> None:
    pair = make_pair(source, target, tag)
    for rule in LOOKED:
        assert isinstance(rule.runner, SentenceRunner)
        look, tags = rule.runner.look, rule.runner.tags
        if (look and not look(pair)) or (tags and tag not in tags):
            assert list(rule.runner.run(pair)) == [], rule.code


@pytest.mark.parametrize("rule", LOOKED, ids=lambda rule: rule.code)
def test_a_look_sees_the_example_of_its_rule(rule: Rule) -> None:
    assert isinstance(rule.runner, SentenceRunner)
    look, tags = rule.runner.look, rule.runner.tags
    pair = make_pair(*rule.wrong, rule.language)
    assert not tags or rule.language in tags
    assert not look or look(pair) or not list(rule.runner.run(pair))


def test_looks_pass_over_most_texts_and_see_others() -> None:
    quiet, loud = make_pair("He may go.", "Он может."), make_pair("Three in May", "a\u200b 5")
    for look in (may_differ, has_number_word, has_odd_characters):
        assert look(loud)
        assert not look(quiet)
    assert [rule.code for rule in LOOKED if rule in NUMBER_RULES] == [r.code for r in NUMBER_RULES]
    assert sum(rule in LETTER_RULES for rule in LOOKED) == 4


@pytest.mark.parametrize("pattern", [UNSEEN, MARK, BAD], ids=["unseen", "mark", "bad"])
def test_every_odd_character_is_seen(pattern: re.Pattern[str]) -> None:
    odd = [chr(code) for code in range(0x110000) if pattern.match(chr(code))]
    assert len(odd) > 2
    assert all(has_odd_characters(make_pair("", f"a {one}")) for one in odd)


@pytest.mark.parametrize("kind", [DIRECTION_CHANGES, TAGS], ids=["directions", "tags"])
def test_what_is_printable_changes_no_direction_and_hides_nothing(kind: str) -> None:
    found = re.compile(f"[{kind}]")
    every = [chr(code) for code in range(0x110000) if found.match(chr(code))]
    assert every
    for one in every:
        assert find_tags(f"я{one}") or find_direction_changes(f"я{one}")


@example("\u3164\u3164")
@example("\u115fa")
@given(TEXT)
def test_a_text_that_begins_with_a_letter_shows_something(text: str) -> None:
    assert shows_nothing(text) == shows_nothing(f" {text}")
