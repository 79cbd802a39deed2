"""A quick look at numbers finds nothing the same in which a closer one would find a fault."""

from __future__ import annotations

from random import Random

import pytest
from examples import tries_all

import publish.checks.numbers.problems as rules
from benchmarks.numberdamage import NUMBER_DAMAGES, damage_numbers
from benchmarks.numbers import number_pairs
from publish.checks.numbers.number_rules import NUMBER_RULES
from publish.checks.numbers.plainly import are_plainly_same
from publish.checks.rule import Pair, SentenceRunner
from publish.languages.counting.finding import find_counting_words
from publish.languages.registry import find
from publish.model import Entry

EN = find_counting_words(find("en"))

PLAIN = [
    ("ru", "In 2016, women were tried.", "В 2016 году судили женщин."),
    ("ru", "She isn't in one of 3 camps.", "Она не в одном из 3 лагерей."),
    ("tk", "He had 3 children (sons).", "Onuň 3 çagasy (ogly) bardy."),
    ("de", "He had 4 brothers.", "Er hatte 4 Brüder."),
]
OPEN = [
    ("ru", "In 2016, 14 women were tried.", "2016 женщин судили в 14 году."),
    ("ru", "It cost 5 dollars.", "Это стоило 5 евро."),
    ("ru", "He waited 5 days.", "Он ждал 5 месяцев."),
    ("ru", "There were 5 people.", "Там было 5 тысяч человек."),
    ("ru", "There were 5 million people.", "Там было 5 человек."),
    ("ru", "It was 10,000 in all.", "Всего было 10,000."),
    ("ru", "On May 3 he left.", "3 июня он уехал."),
    ("ru", "It was 5 percent.", "Это было 5."),
    ("ru", "It took 8 years.", "Это стоило 8 лет."),
    ("ru", "He had 8 of them.", "У него было 8 лет."),
    ("ru", "He came at 5 p.m. with 3 men.", "Он пришёл в 5 с 3 людьми."),
    ("ru", "First 3, then 4.", "Сначала 4, потом 3."),
    ("ru", "He saw 10 000 men.", "Он видел 10 000 людей."),
    ("tk", "There were 7 people.", "Ol ýerde 7 müň adam bardy."),
    ("ar", "There were 7 people.", "كان هناك ٧ أشخاص."),
    ("ru", "He had $5 then.", "У него было тогда 5."),
    ("ru", "In the year 2016, women were tried.", "В 2016 судили женщин."),
    ("fr", "He had 5 of them.", "Il en avait 5 dans l'année."),
    ("ru", "He had 5 m dollars.", "У него было 5 м."),
]


@pytest.mark.parametrize(("tag", "source", "target"), PLAIN)
def test_plain_numbers_need_no_closer_look(tag: str, source: str, target: str) -> None:
    assert are_plainly_same(source, target, EN, find_counting_words(find(tag)))


@pytest.mark.parametrize(("tag", "source", "target"), OPEN)
def test_what_may_be_wrong_gets_a_closer_look(tag: str, source: str, target: str) -> None:
    assert not are_plainly_same(source, target, EN, find_counting_words(find(tag)))


def findings(pair: Pair) -> list[str]:
    return [
        f"{rule.code}: {problem.message}"
        for rule in NUMBER_RULES
        if isinstance(rule.runner, SentenceRunner)
        for problem in rule.runner.run(pair)
    ]


def damaged_pairs(every: int) -> list[Pair]:
    """Return good pairs in all languages, and each damaged in all ways."""
    made = []
    for one in tuple(number_pairs())[::every]:
        texts = [one.target]
        for damage in NUMBER_DAMAGES:
            texts += damage_numbers(damage, one.target, one.tag, Random(1))[:2]
        made += [
            Pair(Entry(msgid=one.source, msgstrs=(text,)), one.source, text, find(one.tag))
            for text in texts
        ]
    return made


def test_a_quick_look_hides_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = damaged_pairs(every=4 if tries_all() else 12)
    quick = [findings(pair) for pair in pairs]
    monkeypatch.setattr(rules, "are_plainly_same", lambda *_: False)
    rules._compare_texts.cache_clear()
    close = [findings(pair) for pair in pairs]
    hidden = [
        (pair.source, pair.target, found)
        for pair, found, told in zip(pairs, close, quick, strict=True)
        if found != told
    ]
    assert hidden == []
    assert sum(map(bool, close)) > len(close) // 2
