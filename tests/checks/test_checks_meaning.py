"""Small words, length, doubled words, leftovers: examples, quiet, sharpness, hostile text."""

from __future__ import annotations

from time import process_time

import pytest
from examples import first
from goodpairs import catalog_pairs, look
from hypothesis import given
from hypothesis import strategies as st

from publish.checks.accepting import list_accepted_codes
from publish.checks.engine import judge_catalog
from publish.checks.measure import MEASURE_RULES
from publish.checks.repetition import REPETITION_RULES
from publish.checks.rule import Pair, Problem, Rule
from publish.checks.small_words import MEANING_RULES
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Catalog, Entry, Level

RULES: dict[str, Rule] = {rule.code: rule for rule in (*MEANING_RULES, *MEASURE_RULES)}


def run(code: str, language: str, source: str, target: str) -> list[Problem]:
    pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(language))
    return list(look(RULES[code], pair))


@pytest.mark.parametrize("code", RULES)
def test_the_examples_of_each_check_hold(code: str) -> None:
    rule = RULES[code]
    assert run(code, rule.language, *rule.wrong) != []
    for other in RULES:
        assert run(other, rule.language, *rule.right) == []


def test_the_briefing_is_quiet() -> None:
    for pair in catalog_pairs():
        for code in RULES.keys() - list_accepted_codes(pair.entry):
            found = run(code, pair.language.tag, pair.source, pair.target)
            assert found == [], (code, pair.source)


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", "They did not come.", "Они не пришли."),
        ("ru", "There were no shelters.", "Приютов не было."),
        ("ru", "He left without a word.", "Он молча, без слов ушел."),
        ("ru", "Not only the police came.", "Пришла и полиция."),
        ("ru", "See no. 5.", "См. № 5."),
        ("tk", "They did not come.", "Olar gelmediler."),
        ("tk", "They never come.", "Olar hiç haçan gelmezler."),
        ("tk", "He is not a minor.", "Ol çaga däl."),
        ("tk", "He came without money.", "Ol pulsuz geldi."),
        ("tk", "He says it was not done.", "Ol onuň edilmändigini aýdýar."),
        ("tk", "The police have no right.", "Polisiýanyň haky ýok."),
    ],
)
def test_a_negation_is_known_in_its_forms(language: str, source: str, target: str) -> None:
    assert run("negation-missing", language, source, target) == []


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", "They did not come this week.", "Они пришли на этой неделе."),
        ("ru", "He did not come and did not write.", "Он не пришел и написал."),
        ("tk", "They did not come.", "Olar geldiler."),
        ("tk", "They did not pick cotton.", "Olar pagta ýygmagy makul bildiler."),
        ("tk", "All of them did not come.", "Olaryň hemmesi programmasyna geldi."),
    ],
)
def test_a_lost_negation_is_told(language: str, source: str, target: str) -> None:
    assert run("negation-missing", language, source, target) != []


@pytest.mark.parametrize(
    ("language", "source", "kept", "lost"),
    [
        ("ru", "He was reportedly hit.", "Сообщалось, что его били.", "Его били."),
        ("ru", "They may have hit him.", "Возможно, его били.", "Его били."),
        ("ru", "Observers noted hunger.", "Наблюдатели отметили голод.", "Там был голод."),
        ("tk", "He was allegedly hit.", "Onuň urlandygy aýdylýar.", "Ol uruldy."),
        ("tk", "They may have hit him.", "Olar ony uran bolmagy mümkin.", "Olar ony urdular."),
        ("tk", "They could hit him.", "Olar ony urup bilerdiler.", "Olar ony urdular."),
    ],
)
def test_a_lost_hedge_is_told(language: str, source: str, kept: str, lost: str) -> None:
    assert run("hedge-missing", language, source, kept) == []
    assert run("hedge-missing", language, source, lost) != []


def test_may_is_a_month_too() -> None:
    assert run("hedge-missing", "ru", "He came in May 2023.", "Он приехал в мае 2023 г.") == []


@pytest.mark.parametrize(
    ("code", "language", "source", "target"),
    [
        ("doubled-word", "tk", "day and night", "gije-gije"),
        ("doubled-word", "ru", "Pago Pago", "Паго Паго"),
        ("untranslated", "tk", "Turkmenistan", "Turkmenistan"),
        ("untranslated", "en", "Country narrative", "Country narrative"),
        ("left-in-english", "ru", "She read Lord of the Rings.", "Книга Lord of the Rings."),
        ("left-in-english", "tk", "Roberto Calzadilla, a diplomat", "Roberto Calzadilla aýtdy"),
        ("lower-after-stop", "ru", "Article 8 of the code", "По ст. 8 и т. д. см. ст. закона"),
        ("lower-after-stop", "ru", "“Why?” he asked.", "«Почему?» спросил он."),
        ("lower-after-stop", "tk", "in 2024", "2024-nji ý. iýunda"),
        ("length-ratio", "ru", "Protection", "Защита"),
    ],
)
def test_what_looks_wrong_and_is_right(code: str, language: str, source: str, target: str) -> None:
    assert run(code, language, source, target) == []


def entry(msgid: str, msgstr: str, context: str | None = None, line: int = 1) -> Entry:
    return Entry(msgid=msgid, msgstrs=(msgstr,), context=context, msgstr_line=line)


def repeated(*entries: Entry) -> list[tuple[str, Level]]:
    view = CatalogView(catalog=Catalog("a.po", (), entries), language=find("ru"))
    found = judge_catalog(view, REPETITION_RULES)
    return [(finding.code, finding.level) for finding, _ in found]


def test_one_source_with_two_translations_is_advice() -> None:
    first, second = entry("Draft", "Проект"), entry("Draft", "Призыв", "army", 9)
    assert repeated(first, second) == [("same-source", Level.ADVICE)]
    assert repeated(first, entry("Draft", "Проект", "law")) == []


def test_two_sources_with_one_long_translation_are_a_warning() -> None:
    pasted = "Наблюдатели сообщили о голоде."
    assert repeated(entry("One.", pasted), entry("Two.", pasted)) == [
        ("same-translation", Level.WARNING)
    ]
    assert repeated(entry("Yes.", "Да."), entry("Yeah.", "Да.")) == []


def test_what_is_not_shown_repeats_nothing() -> None:
    pasted = "Наблюдатели сообщили о голоде."
    fuzzy = Entry(msgid="Two.", msgstrs=(pasted,), flags=("fuzzy",))
    assert repeated(entry("One.", pasted), fuzzy, entry("Three.", ""), entry("Four.", "")) == []


@given(st.sampled_from(("ru", "tk", "de", "en")), st.text(), st.text())
def test_any_text_is_checked(language: str, source: str, target: str) -> None:
    for code in RULES:
        for problem in run(code, language, f"It may not be. {source}", target):
            first, last = problem.spot or (0, 0)
            assert 0 <= first <= last <= len(target)


@pytest.mark.full
@pytest.mark.parametrize(
    "unit",
    first(["me", "diňe ", "a", "я", "a ", "«", "(", "a.", ". ", "\u2028", "ne ", "пока "], 4),
)
@pytest.mark.parametrize("language", ["ru", "tk"])
def test_a_huge_text_takes_no_more_than_its_length(language: str, unit: str) -> None:
    source = "Forced labor may not be “reported” by the ILO, observers noted."
    start = process_time()
    for code in RULES:
        run(code, language, source, unit * 100_000)
    assert process_time() - start < 5
