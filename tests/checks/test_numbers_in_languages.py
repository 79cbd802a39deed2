"""Numbers in thirteen languages: good pairs are quiet, and damage of their numbers is found."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT

from benchmarks.numberdamage import NUMBER_DAMAGES
from benchmarks.numbers import CASES, NumberPair, find_codes, number_pairs, tally
from publish.languages import cldr
from publish.languages.counting.finding import LISTED, find_counting_words
from publish.languages.counting.words import MONEY, SIGNS, TIMES, CountingWords, split_words
from publish.languages.registry import KNOWN, find
from publish.model import Level

TAGS = sorted({"ru", "tk", "kk", "uz", "tg", "az", "tr", "fa", "ar", "hi", "fr", "de", "es"})
PAIRS = tuple(number_pairs())

MOVED = {"de": 1, "hi": 1, "ru": 2, "tk": 1, "tr": 2}
"""Pairs in which a time was brought to the front, of which advice tells."""

LESS_SURE = {
    "two numbers exchanged": 0.94,  # Nothing tells counts of unknown things apart.
    "a unit exchanged": 0.95,  # An article: "a five-year plan of a year".
}
"""The kinds of damage that are not nearly always found, and the share of each that must be."""


def found(source: str, target: str, tag: str) -> set[str]:
    return {code for code, _ in find_codes(NumberPair(source, target, tag), target)}


def test_every_language_has_its_pairs() -> None:
    counts = {tag: sum(pair.tag == tag for pair in PAIRS) for tag in TAGS}
    assert {pair.tag for pair in PAIRS} == set(TAGS)
    assert min(counts.values()) >= 50


@pytest.mark.parametrize("tag", TAGS)
def test_good_pairs_are_quiet(tag: str) -> None:
    loud = {pair.target: codes for pair in PAIRS if pair.tag == tag and (codes := told(pair))}
    assert len(loud) == MOVED.get(tag, 0), loud
    assert all(codes == {("number-moved", Level.ADVICE)} for codes in loud.values())


def told(pair: NumberPair) -> set[tuple[str, Level]]:
    return set(find_codes(pair, pair.target))


@pytest.mark.parametrize("damage", NUMBER_DAMAGES, ids=lambda damage: damage.what)
def test_damage_is_found(damage: object) -> None:
    """A part of the pairs, and the dates in digits; the full run has all."""
    check_damage(damage, (*PAIRS[::7], *(pair for pair in PAIRS if "06.2024" in pair.target)))


@pytest.mark.full
@pytest.mark.parametrize("damage", NUMBER_DAMAGES, ids=lambda damage: damage.what)
def test_all_damage_is_found(damage: object) -> None:
    check_damage(damage, PAIRS)


def check_damage(damage: object, pairs: tuple[NumberPair, ...]) -> None:
    tallies = tally(damage, pairs).values()  # type: ignore[arg-type]
    count, sure = sum(one.count for one in tallies), sum(one.found for one in tallies)
    missed = [one for each in tallies for one in each.missed]
    assert sure / count >= LESS_SURE.get(damage.what, 0.98), missed  # type: ignore[attr-defined]


@pytest.mark.full
def test_the_measurement_prints_a_row_for_each_damage() -> None:
    command = [sys.executable, "-m", "benchmarks.numbers"]
    shown = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    rows = [line.split(" | ")[0].removeprefix("| ") for line in shown.splitlines() if "|" in line]
    assert [damage.what for damage in NUMBER_DAMAGES] == rows[2:-1]


@pytest.mark.parametrize(
    ("source", "target", "tag", "code"),
    [
        ("About 10,000 people.", "Etwa 10 Menschen.", "de", "number-missing"),
        ("About 10,000 people.", "Etwa 10,000 Menschen.", "de", "number-signs"),
        ("It paid 12,345,678 rupees.", "उसने 12,34,567 रुपये दिए।", "hi", "number-missing"),
        ("About 2,500 people.", "حوالي ٢٬٦٠٠ شخص", "ar", "number-missing"),
        ("It grew by 2.5 percent.", "۲۵ درصد رشد کرد.", "fa", "number-missing"),
        ("He got 15 days.", "Il a eu 15 mois.", "fr", "number-unit"),
        ("He paid $15.", "15 ýewro töledi.", "tk", "number-unit"),
        ("It fell by 15%.", "15‰ azaldy.", "tk", "number-unit"),
        ("It fell by 15%.", "Он упал на 15.", "ru", "number-unit"),
        ("On 3 July 2022.", "3 июня 2022 года.", "ru", "month-missing"),
        ("On 3 July 2022.", "Am 7.3.2022.", "de", "month-missing"),
        ("In July, it rained.", "Июнь был дождливым.", "ru", "month-missing"),
        ("In 2023, 150 people came.", "В 150 году пришли 2023 человека.", "ru", "number-swapped"),
        ("He got 5 years and $20.", "Он получил 20 лет и 5 долларов.", "ru", "number-swapped"),
        ("The fine was $500.", "La multa fue de 500.", "es", "number-unit-missing"),
        ("It opened 12 shops and 37 cafes.", "37 dükan we 12 kafe açyldy.", "tk", "number-order"),
        ("They work 24/7.", "Они работают по выходным.", "ru", "number-missing"),
        ("Call +993 12 34 56 78.", "+993 12 34 65 78 belgä jaň ediň.", "tk", "number-missing"),
    ],
)
def test_each_kind_of_damage_has_its_code(source: str, target: str, tag: str, code: str) -> None:
    assert code in found(source, target, tag)


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("It paid 12,345,678 rupees.", "उसने 1,23,45,678 रुपये दिए।", "hi"),
        ("It paid 2.5 million.", "2 million 500 müň töledi.", "tk"),
        ("On 3 July 2022.", "2022-nji ýylyň 3-nji iýulynda.", "tk"),
        ("On 3 July 2022.", "03.07.2022", "ru"),
        ("It grew by 2.5 percent.", "۲/۵ درصد رشد کرد.", "fa"),
        ("He is 25 years old.", "Он двадцатипятилетний.", "ru"),
        ("He is 75 years old.", "Il a soixante-quinze ans.", "fr"),
        ("He is 25 years old.", "Er ist fünfundzwanzig Jahre alt.", "de"),
        ("Theresa May met 12 people.", "Тереза Мэй встретила 12 человек.", "ru"),
        ("April said 12 words.", "Эйприл сказала 12 слов.", "ru"),
        ("A 5G network in 3 towns.", "Сеть 5G в 3 городах.", "ru"),
        ("After 9/11, it changed.", "После 11 сентября это изменилось.", "ru"),
        ("One in 5, or 1 in 5.", "Каждый пятый, то есть каждый 5-й.", "ru"),
        ("In July, it rained.", "W lipcu padało.", "pl"),
        ("He got 15 days.", "Dostał 15 dni.", "pl"),
        ("On 3 May 2022.", "2022年5月3日", "ja"),
    ],
)
def test_other_ways_to_tell_the_same_are_quiet(source: str, target: str, tag: str) -> None:
    assert found(source, target, tag) == set()


ELSEWHERE = (CASES / "elsewhere.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", ELSEWHERE, ids=lambda line: line.split("\t")[0])
def test_languages_without_a_list_are_quiet(line: str) -> None:
    tag, source, target = line.split("\t")
    assert found(source, target, tag) <= {"number-moved"}
    assert found(f"{source} 777", f"{target} 888", tag) - {"number-moved"} == {"number-missing"}


SCRIPTS = [
    ("uz-Cyrl", "He got 15 days on 3 May 2022.", "У 2022 йил 3 майда 15 кунга қамалди."),
    ("uz-Cyrl", "About 2,500 people paid $20.", "2500 га яқин киши 20 доллар тўлади."),
    ("tk-Cyrl", "He got 15 days on 3 May 2022.", "Ол 2022-нҗи йылың 3-нҗи майында 15 гүн алды."),
    ("tk-Cyrl", "Prices grew by 12.5%.", "Нырхлар 12,5 гөтерим йокарланды."),
    ("az-Cyrl", "He got 15 days on 3 May 2022.", "О, 2022-ҹи ил мајын 3-дә 15 ҝүн алды."),
    ("az-Cyrl", "Prices grew by 12.5%.", "Гијмәтләр 12,5 фаиз артды."),
    ("kk-Latn", "He got 15 days on 3 May 2022.", "Ol 2022 jyly 3 mamyrda 15 kün aldy."),
    ("kk-Latn", "Prices grew by 12.5%.", "Bağalar 12,5 paiyzğa ósti."),
    ("kk-Latn", "It has 40 thousand people.", "Onda 40 myń adam bar."),
]


@pytest.mark.parametrize(("tag", "source", "target"), SCRIPTS)
def test_languages_in_another_script_have_their_words(tag: str, source: str, target: str) -> None:
    assert found(source, target, tag) == set()
    damaged = target.translate(str.maketrans("0123456789", "1234567890"))
    assert "number-missing" in found(source, damaged, tag)


@pytest.mark.parametrize(
    ("tag", "source", "target", "code"),
    [
        ("uz-Cyrl", "He got 15 days.", "У 15 ойга қамалди.", "number-unit"),
        ("uz-Cyrl", "On 3 May 2022.", "2022 йил 3 июнда.", "month-missing"),
        ("tk-Cyrl", "He got 15 days.", "Ол 15 ай алды.", "number-unit"),
        ("az-Cyrl", "On 3 May 2022.", "2022-ҹи ил мартын 3-дә.", "month-missing"),
        ("kk-Latn", "He got 15 days.", "Ol 15 jyl aldy.", "number-unit"),
    ],
)
def test_damage_in_another_script_is_found(tag: str, source: str, target: str, code: str) -> None:
    assert code in found(source, target, tag)


def test_another_language_is_read_with_the_names_of_cldr() -> None:
    assert "month-missing" in found("On 3 July 2022.", "3 czerwca 2022 r.", "pl")
    assert "number-unit" in found("He got 15 days.", "Dostał 15 lat.", "pl")
    assert found("He got 15 days.", "Dostał 15 dób.", "pl") == set()


# --------------------------------------------------------------------------- words


def keys(text: str, tag: str) -> list[set[str]]:
    language = find_counting_words(find(tag))
    return [set(word.keys) for word in split_words(text, language)]


@pytest.mark.parametrize("tag", sorted(LISTED))
def test_every_list_has_all_that_counts(tag: str) -> None:
    words = find_counting_words(find(tag))
    wanted = {*map(str, range(11)), *map(str, range(20, 101, 10)), "1000", "1000000", "half"}
    wanted |= {f"m{month}" for month in range(1, 13)} | TIMES | MONEY | set(SIGNS.values())
    assert {key for key in wanted if not words.knows(key)} == set()


@pytest.mark.parametrize("tag", sorted(KNOWN))
def test_lists_without_babel_have_the_signs_of_cldr(tag: str) -> None:
    words, signs = find_counting_words(find(tag)), cldr.find_number_signs(tag)
    assert (words.decimal, words.group) == (signs.decimal, signs.group)


@pytest.mark.parametrize("tag", sorted(LISTED))
def test_lists_know_the_months_of_cldr(tag: str) -> None:
    words = find_counting_words(find(tag))
    for name, month in cldr.find_month_names(find(tag)).items():
        if len(name) > 3 and name.isalpha():  # "sen" is a Turkmen "you".
            assert f"m{month}" in words.find_keys(name), name


@pytest.mark.parametrize(
    ("text", "tag", "wanted"),
    [
        ("двадцатипятилетний", "ru", [{"20", "5", "year"}]),
        ("однако пятница", "ru", [set(), set()]),
        ("zweihundertfünfzig", "de", [{"2", "100", "50"}]),
        ("quatre-vingt-dix", "fr", [{"80"}, {"10"}]),
        ("خمسة عشر", "ar", [{"15"}]),
        ("फ़रवरी", "hi", [{"m2"}]),
        ("to‘rt", "uz", [set(), set()]),
    ],
)
def test_words_are_read(text: str, tag: str, wanted: list[set[str]]) -> None:
    assert keys(text, tag) == wanted


def test_values_of_words_are_compared_by_themselves() -> None:
    one, other = find_counting_words(find("ru")), find_counting_words(find("tk"))
    assert isinstance(one, CountingWords)
    assert one != other
    assert one == find_counting_words(find("ru"))
