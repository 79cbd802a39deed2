"""Rules of letters, punctuation and Turkmen spelling: examples, edges, mutations."""

from __future__ import annotations

import pytest
from goodpairs import GOOD, catalog_pairs, look
from hypothesis import given
from hypothesis import strategies as st
from steps import growth

from publish.checks import othertongue
from publish.checks.letters import LETTER_RULES
from publish.checks.numbers.number_rules import NUMBER_RULES
from publish.checks.punctuation import PUNCTUATION_RULES
from publish.checks.rule import Pair, Rule
from publish.checks.spelling_tk import TURKMEN_RULES
from publish.languages import detecting
from publish.languages.registry import find
from publish.languages.tk import find_ordinal_suffix, format_ordinal
from publish.model import Entry

RULES: tuple[Rule, ...] = (*LETTER_RULES, *PUNCTUATION_RULES, *TURKMEN_RULES)


def codes(source: str, target: str, tag: str, *roles: str) -> list[str]:
    pair = Pair(Entry(msgid=source, msgstrs=(target,), extracted=roles), source, target, find(tag))
    return [rule.code for rule in RULES for _ in look(rule, pair)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_say_what_a_check_finds(rule: Rule) -> None:
    language = find(rule.language)
    for texts, found in ((rule.right, False), (rule.wrong, True)):
        source, target = texts
        pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, language)
        assert bool(list(look(rule, pair))) is found


def test_codes_are_told_apart() -> None:
    everything = [rule.code for rule in (*RULES, *NUMBER_RULES)]
    assert len(everything) == len(set(everything))


def test_good_pairs_are_quiet() -> None:
    pairs, checks = [*GOOD, *catalog_pairs()], (*RULES, *NUMBER_RULES)
    assert len(pairs) > 200
    found = [(rule.code, one.target) for one in pairs for rule in checks for _ in look(rule, one)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("The IT firm.", "IT-компания.", "ru"),
        ("Hepatitis C.", "Гепатит C.", "ru"),
        ("He read Rock a Bye there.", "Он читал там журнал Rock a Bye.", "ru"),
        ("İstanbul and Beyoğlu.", "İstanbul we Beyoğlu.", "tk"),
        ("It cost US$2.", "Ol 2$ durdy.", "tk"),
        ("See www.xcv.org.", "www.xcv.org serediň.", "tk"),
        ("On eBay and covid.", "eBay we covid.", "tk"),
        ("It is Sainsbury’s.", "Bu Sainsbury's-iň.", "tk"),
        ("1,000 people.", "1 000-den gowrak adam.", "tk"),
        ("1,009 people.", "1 009-dan gowrak adam.", "tk"),
        ("At 15:00.", "Sagat 15:00-da.", "tk"),
        ("2.5 percent.", "2,5-den köp.", "tk"),
        ("2009 to 2010.", "2009–2010-njy ýyllar.", "tk"),
        ("The UN too.", "BMG-niň özi-de, ABŞ da.", "tk"),
        ("In articles 6 and 8.", "6-njy we 8-nji maddalarda.", "tk"),
        ("ENDED.", "GUTARDY.", "tk"),
        ("A law on labor,", "Закон о труде.", "ru"),
        ("Half an inch.", "1,5 см.", "ru"),
        ("He asked: “Who?”", "Он спросил: «Кто?».", "ru"),
    ],
)
def test_good_text_is_quiet(source: str, target: str, tag: str) -> None:
    assert codes(source, target, tag) == []


@pytest.mark.parametrize(
    ("source", "target", "tag", "found"),
    [
        ("A law.", "З\u0061кон.", "ru", "mixed-scripts"),
        ("A law.", "K\u0430nun.", "tk", "mixed-scripts"),
        ("A law.", "Закон \u0061 не указ.", "ru", "latin-letter"),
        ("A law.", "Kan\u0131n.", "tk", "tk-foreign-letter"),
        ("A city.", "$äher.", "tk", "tk-foreign-letter"),
        ("A city.", "Ba\u00f1 adam.", "tk", "tk-foreign-letter"),
        ("A law.", "За\u00adкон.", "ru", "invisible-character"),
        ("A law.", "Закон\u200e.", "ru", "invisible-character"),
        ("A law.", "Закон\ue000.", "ru", "bad-character"),
        ("Vote.", "Ses vermek.", "tk", "tk-borrowed-letter"),
        ("In 2010.", "2010-nji ýylda.", "tk", "tk-suffix"),
        ("From 2009 on.", "2009-den bäri.", "tk", "tk-suffix"),
        ("Of 30 people.", "30-niň biri.", "tk", "tk-suffix"),
        ("From 2024 to 2025.", "2024-2025-njy ýyllarda.", "tk", "tk-suffix"),
        ("Article 128.", "128nji madda.", "tk", "tk-suffix-joint"),
        ("Article 128.", "128 – nji madda.", "tk", "tk-suffix-joint"),
        ("The UN's.", "BMGniň.", "tk", "tk-suffix-joint"),
        ("Yes.", "Hawa’dyr.", "tk", "tk-apostrophe"),
    ],
)
def test_bad_text_is_found(source: str, target: str, tag: str, found: str) -> None:
    assert found in codes(source, target, tag)


def test_a_joiner_is_a_letter_where_the_script_wants_it() -> None:
    assert codes("I go.", "می\u200cروم.", "fa") == []


def test_final_marks_are_compared_in_running_text_only() -> None:
    assert codes("A law.", "Закон", "ru", "paragraph") == ["final-punctuation"]
    assert codes("A law.", "Закон", "ru", "heading") == []
    assert codes("A law.", "Закон", "ru", "cell") == []


def test_the_hint_gives_the_right_suffix() -> None:
    (rule,) = (rule for rule in RULES if rule.code == "tk-suffix")
    pair = Pair(Entry(msgid="x"), "Article 128.", "128-njy madda.", find("tk"))
    (problem,) = look(rule, pair)
    assert problem.hint == "after 128 the vowels are e, i: 128-nji"
    assert problem.spot == (0, 7)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * 59, False),
        ("a" * 60, True),
        ("a" * 59 + ".", False),
        ("a" * 99 + "ň", True),
        ("a" * 48 + "ňň" + "a" * 50, False),
        ("a" * 49 + "ň" + "a" * 51, True),
        ("Ň" + "a" * 49 + "Ň" + "a" * 49, False),
    ],
)
def test_a_long_text_without_a_letter_of_its_own_in_fifty_is_told(text: str, found: bool) -> None:
    assert ("tk-no-diacritics" in codes("A law", text, "tk")) == found
    assert "tk-no-diacritics" not in codes("A law", text, "en")


@given(st.integers(0, 10**7))
def test_ordinals_are_right_with_their_own_suffix_only(n: int) -> None:
    wrong = {"njy": "nji", "nji": "njy"}[find_ordinal_suffix(n)]
    assert codes(f"No. {n}", f"{format_ordinal(n)} san", "tk") == []
    assert codes(f"No. {n}", f"{n}-{wrong} san", "tk") == ["tk-suffix"]


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["ru", "tk", "en", "ar"]))
def test_any_text_is_read(source: str, target: str, tag: str) -> None:
    pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(tag))
    for rule in RULES:
        for problem in look(rule, pair):
            start, end = problem.spot or (0, 0)
            assert 0 <= start <= end <= max(len(target), 1)


@pytest.mark.parametrize("hostile", ["1 000 ", "a", "aа", "ABlar", " ,"])
@pytest.mark.parametrize("tag", ["tk", "ru"])
def test_twice_the_text_takes_twice_the_steps(hostile: str, tag: str) -> None:
    def look(count: int) -> None:
        othertongue._judge.cache_clear()
        detecting._score.cache_clear()
        codes("A law.", hostile * count, tag)

    assert growth(look, 500) < 2.2
    assert codes("A law.", hostile * 10_000, tag), "comes to an end"
