"""Rules of numbers: what counts as the same number, what is found, and what stays quiet."""

from __future__ import annotations

import pytest
from examples import least
from goodpairs import look
from hypothesis import given
from hypothesis import strategies as st
from steps import growth

from publish.checks.numbers import comparing, problems, reading
from publish.checks.numbers.number_rules import NUMBER_RULES as RULES
from publish.checks.rule import Pair, Rule
from publish.languages.registry import find
from publish.model import Entry, Level

TABLE = {rule.code: rule for rule in RULES}


def codes(source: str, target: str, tag: str) -> list[str]:
    pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(tag))
    return [rule.code for rule in RULES for _ in look(rule, pair)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_say_what_a_check_finds(rule: Rule) -> None:
    language = find(rule.language)
    for texts, found in ((rule.right, False), (rule.wrong, True)):
        source, target = texts
        pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, language)
        assert bool(list(look(rule, pair))) is found


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("It freed 2,090 people.", "Освободили 2 090 человек.", "ru"),
        ("It freed 2,090 people.", "Освободили 2\u00a0090 человек.", "ru"),
        ("It freed 2,090 people.", "Освободили 2090 человек.", "ru"),
        ("It freed 2,090 people.", "2.090 adam boşadyldy.", "tk"),
        ("It paid 1,250,000.50 manat.", "1 250 000,50 manat tölendi.", "tk"),
        ("It grew by 2.5 percent.", "Он вырос на 2,5%.", "ru"),
        ("It cost 2.50 manat.", "2,5 manat durdy.", "tk"),
        ("Some 10 thousand people.", "Около 10 000 человек.", "ru"),
        ("Some 10,000 people.", "Около 10 тыс. человек.", "ru"),
        ("Some 10,000 people.", "10 müňe golaý adam.", "tk"),
        ("Some 10,000 people.", "Около десяти тысяч человек.", "ru"),
        ("It cost $2.8bn.", "Это стоило 2,8 млрд долларов.", "ru"),
        ("It cost £125m.", "Ol 125 million funt durdy.", "tk"),
        ("Between $10 million and $15 million.", "От 10 до 15 млн долларов.", "ru"),
        ("At 5 p.m. on Friday.", "В пятницу в 17:00.", "ru"),
        ("At 5 p.m. on Friday.", "Anna güni agşam sagat 5-de.", "tk"),
        ("At 7:55 pm.", "В 19 часов 55 минут.", "ru"),
        ("At 4.40 am.", "Daňdan sagat 4:40-da.", "tk"),
        ("At 12:30 a.m.", "В 0:30.", "ru"),
        ("In the 1930s.", "В 30-е годы.", "ru"),
        ("In 2024-25.", "2024-2025-nji ýyllarda.", "tk"),
        ("In the 19th century.", "В XIX веке.", "ru"),
        ("Article 128.", "128-nji madda.", "tk"),
        ("The 5th report.", "5-й доклад.", "ru"),
        ("A 13-year-old boy.", "Тринадцатилетний мальчик.", "ru"),
        ("For 45 days.", "Сорок пять дней.", "ru"),
        ("For 45 days.", "Kyrk bäş gün.", "tk"),
        ("Some 40 miles off.", "В 65 километрах.", "ru"),
        ("Some 1,250 miles off.", "В 2012 километрах.", "ru"),
        ("Some 2 thousand miles off.", "В 3200 км.", "ru"),
        ("Some 2 thousand miles off.", "В 3,2 тыс. км.", "ru"),
        ("The score was 1-0.", "Счет 1:0.", "ru"),
        ("On 24.06.2024.", "24 июня 2024 года.", "ru"),
        ("It has twelve members.", "В нем 12 членов.", "ru"),
        ("It freed twenty-one people.", "21 adam boşadyldy.", "tk"),
        ("A decade later.", "10 лет спустя.", "ru"),
        ("Rule 7.", "القاعدة ٧", "ar"),
        ("For 7 days.", "हफ़्ते भर", "hi"),
    ],
)
def test_the_same_number_told_otherwise_is_quiet(source: str, target: str, tag: str) -> None:
    assert codes(source, target, tag) == []


@pytest.mark.parametrize(
    ("source", "target", "tag", "found"),
    [
        ("It freed 2,090 people.", "Освободили 2 900 человек.", "ru", "number-missing"),
        ("It grew by 2.5 percent.", "Он вырос на 2,4%.", "ru", "number-missing"),
        ("Some 5 million people.", "Около 5 тысяч человек.", "ru", "number-missing"),
        ("Some 5 million people.", "5 müňe golaý adam.", "tk", "number-missing"),
        ("At 5 p.m.", "В 18:00.", "ru", "number-missing"),
        ("Some 385 miles off.", "В 360 км.", "ru", "number-missing"),
        ("Some 2 thousand miles off.", "В 2100 км.", "ru", "number-missing"),
        ("Since 2023, two laws.", "С 2023 года пять законов.", "ru", "number-word-missing"),
        ("At 2 p.m. two vans came.", "В часа приехали два фургона.", "ru", "number-missing"),
        ("Article 128.", "182-nji madda.", "tk", "number-missing"),
        ("Many articles.", "182-nji madda.", "tk", "number-extra"),
        ("Year 2024.", "سنة ٢٠٢٣", "ar", "number-missing"),
    ],
)
def test_another_number_is_found(source: str, target: str, tag: str, found: str) -> None:
    assert found in codes(source, target, tag)


def test_one_slip_is_told_once_and_at_its_place() -> None:
    source, target = "Article 128.", "182-nji madda."
    pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find("tk"))
    (problem,) = (problem for rule in RULES for problem in look(rule, pair))
    assert problem.message == ("the number 128 is not in the translation, which has 182 instead")
    assert problem.spot == (0, 3)


def test_levels() -> None:
    assert {code: rule.level for code, rule in TABLE.items()} == {
        "number-missing": Level.ERROR,
        "number-unit": Level.ERROR,
        "month-missing": Level.ERROR,
        "number-swapped": Level.ERROR,
        "number-extra": Level.WARNING,
        "number-order": Level.WARNING,
        "number-doubtful": Level.WARNING,
        "number-moved": Level.ADVICE,
        "number-unit-missing": Level.WARNING,
        "number-signs": Level.WARNING,
        "number-word-missing": Level.WARNING,
    }


@given(st.integers(0, 10**9), st.sampled_from([",", " ", "\u00a0", "\u202f", ".", "’", ""]))
def test_any_grouping_is_the_same_number(n: int, separator: str) -> None:
    found = codes(f"It saw {n:,} cases.", f"{n:,} случаев.".replace(",", separator), "ru")
    misread = separator == "," and 1000 <= n < 10**6  # In Russian that is a decimal.
    assert found == (["number-signs"] if misread else [])


@given(st.integers(10, 10**9), st.integers(10, 10**9))
def test_any_other_number_is_found(n: int, other: int) -> None:
    found = codes(f"It saw {n} cases.", f"Было {other} случаев.", "ru")
    assert found == ([] if n == other else ["number-missing"])


TAGS = st.sampled_from(["ru", "tk", "en", "ar"])
HARD = st.text(alphabet="0123456789.,: -–/pamks'%²٣\u00a0 feetmüн", max_size=60)


def checked(source: str, target: str, tag: str) -> list[str]:
    """The codes of what is found; each at a place within the translation, or at none."""
    pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(tag))
    found = []
    for rule in RULES:
        for problem in look(rule, pair):
            start, end = problem.spot or (0, 0)
            assert 0 <= start <= end <= len(target)
            assert problem.message
            found.append(rule.code)
    return found


def test_any_text_is_read() -> None:
    """A text has the numbers that it has, and one without any has none."""
    found: list[bool] = []

    @given(st.text() | HARD, st.text() | HARD, TAGS)
    def check(source: str, target: str, tag: str) -> None:
        found.append(bool(checked(source, target, tag)))
        assert checked(source, source, "en") == []
        bare = "".join(character for character in target if not character.isnumeric())
        assert "number-missing" not in checked(bare, source, tag)

    check()
    assert min(sum(found), len(found) - sum(found)) >= least(20), (
        "pairs that are told of, and are not"
    )


def test_any_heap_of_digits_is_read() -> None:
    found: list[bool] = []

    @given(HARD, HARD)
    def check(source: str, target: str) -> None:
        found.append(bool(checked(source, target, "tk")))

    check()
    assert min(sum(found), len(found) - sum(found)) >= least(10), (
        "pairs that are told of, and are not"
    )


def anew(source: str, target: str) -> list[str]:
    """The codes of what is found, without what was kept of the last texts."""
    problems._compare_texts.cache_clear()
    comparing.compare_numbers.cache_clear()
    reading.read_counted.cache_clear()
    return codes(source, target, "tk")


@pytest.mark.parametrize(
    ("hostile", "found"),
    [
        ("1 000 ", {"number-missing", "number-extra"}),
        pytest.param("9", {"number-missing", "number-extra"}, marks=pytest.mark.full),
        pytest.param("1,", {"number-missing", "number-extra"}, marks=pytest.mark.full),
        pytest.param("24-25 ", {"number-missing", "number-extra"}, marks=pytest.mark.full),
    ],
)
def test_twice_the_text_takes_twice_the_steps(hostile: str, found: set[str]) -> None:
    assert set(codes("In 2024.", hostile * 1000, "tk")) <= found
    assert growth(lambda count: anew("In 2024.", hostile * count), 500) < 2.2
    assert growth(lambda count: anew(hostile * count, "2024"), 500) < 2.2
    assert codes("In 2024.", hostile * 8000, "tk"), "comes to an end"
