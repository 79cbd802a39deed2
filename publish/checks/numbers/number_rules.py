"""Rules of numbers: source and translation must have the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from publish.checks.numbers.amounts import Amount
from publish.checks.numbers.beside import (
    find_lost_months,
    find_lost_units,
    find_other_units,
    find_wrong_signs,
)
from publish.checks.numbers.comparing import Compared, compare_numbers
from publish.checks.numbers.places import find_reordered, find_swapped
from publish.checks.numbers.plainly import are_plainly_same
from publish.checks.numbers.reading import read_counted
from publish.checks.numbers.spelled import (
    has_number_words,
    read_english_numbers,
    read_roman_numerals,
)
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.languages.counting.finding import find_counting_words
from publish.languages.counting.words import CountingWords
from publish.languages.registry import find
from publish.model import Level

__all__ = ["NUMBER_RULES"]

DIGIT = re.compile(r"\d")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = re.compile(rf"(?<![^\W_])(?:{'|'.join(MONTHS)}|Sept)(?![^\W_])", re.IGNORECASE)
"""A month that is named without a day or year."""
PAIR = 2
"""A number that some languages have in the form of the noun."""


@lru_cache(16)
def _is_open(source: str, target: str, own: CountingWords, other: CountingWords) -> bool:
    """Return whether texts have digits that must be compared; many rules ask for the same pair."""
    if DIGIT.search(source) is None and DIGIT.search(target) is None:
        return False
    return not are_plainly_same(source, target, own, other)


def _must_compare(pair: Pair, text: str) -> bool:
    """Return whether one side of a pair has digits, and a quick look does not find all the same."""
    if DIGIT.search(text) is None:
        return False
    own, other = find_counting_words(pair.origin or find("en")), find_counting_words(pair.language)
    return _is_open(pair.source, pair.target, own, other)


def _compare(pair: Pair) -> Compared:
    return compare_numbers(pair.source, pair.target, pair.origin or find("en"), pair.language)


def find_missing_numbers(pair: Pair) -> Iterator[Problem]:
    """Report numbers of the source that the translation does not have in digits or words."""
    if _must_compare(pair, pair.source):
        compared = _compare(pair)
        for amount in compared.lost:
            yield _missing_problem(amount, compared.invented)


def _missing_problem(number: Amount, invented: tuple[Amount, ...]) -> Problem:
    """Return the problem of a missing number; the first invented one is probably in its place."""
    hint = "write the number of the source, in digits or in words"
    message = f"the number {number.text} is not in the translation"
    if not invented:
        return Problem(message=message, hint=hint, about=number.text)
    other = invented[0]
    message = f"{message}, which has {other.text} instead"
    return Problem(message=message, hint=hint, spot=(other.start, other.end), about=number.text)


def find_extra_numbers(pair: Pair) -> Iterator[Problem]:
    """Report numbers of the translation that the source does not have in digits or words.

    If a number is missing too, that is one mistake, which `number-missing` reports.
    """
    if not _must_compare(pair, pair.target):
        return
    compared = _compare(pair)
    for number in compared.invented if not compared.lost else ():
        yield Problem(
            message=f"the number {number.text} is not in the source",
            hint="compare it with the source",
            spot=(number.start, number.end),
        )


def find_missing_words(pair: Pair) -> Iterator[Problem]:
    """Report English number words whose number the translation does not have."""
    wanted = () if pair.origin else read_english_numbers(pair.source)
    language = find_counting_words(pair.language) if wanted else None
    if not wanted or language is None or not language.knows("20"):
        return
    target = read_counted(pair.target, language)
    values = {value for amount in target.amounts for value in amount.values}
    for word, value in wanted:
        if not (
            (value == PAIR and target.language.knows("dual"))
            or word in pair.target
            or value in values
            or has_number_words(value, target)
            or value in read_roman_numerals(pair.target)
        ):
            message = f"the number “{word}” is not in the translation"
            yield Problem(message=message, hint="compare the numbers", about=word)


def find_changed_units(pair: Pair) -> Iterator[Problem]:
    """Report numbers that stand beside another unit, currency or share than in the source."""
    if _must_compare(pair, pair.source):
        for found in find_other_units(_compare(pair)):
            yield Problem(
                message=f"the number {found.amount.text} has another unit than in the source",
                hint="compare percent, currency and unit with the source",
                spot=_spot(found.other),
                about=found.amount.text,
            )


def find_missing_units(pair: Pair) -> Iterator[Problem]:
    """Report numbers whose unit or currency the translation does not have."""
    if _must_compare(pair, pair.source):
        for found in find_lost_units(_compare(pair)):
            yield Problem(
                message=f"the number {found.amount.text} has no unit in the translation",
                hint="write the percent, currency or unit of the source",
                spot=_spot(found.other),
                about=found.amount.text,
            )


def _spot(amount: Amount | None) -> tuple[int, int] | None:
    return (amount.start, amount.end) if amount else None


def find_missing_months(pair: Pair) -> Iterator[Problem]:
    """Report months of the source that the translation does not name."""
    if not (pair.origin or MONTH.search(pair.source) or _must_compare(pair, pair.source)):
        return
    for wanted, other in find_lost_months(_compare(pair)):
        name = MONTHS[wanted - 1]
        instead = f", which has {MONTHS[other - 1]} instead" if other else ""
        yield Problem(
            message=f"the month {name} is not in the translation{instead}",
            hint="write the month of the source",
            about=name if name in pair.source else "",
        )


def find_exchanged_numbers(pair: Pair) -> Iterator[Problem]:
    """Report two numbers whose places are exchanged."""
    if _must_compare(pair, pair.source):
        for first, second in find_swapped(_compare(pair)):
            yield Problem(
                message=f"the numbers {first.text} and {second.text} have changed places",
                hint="compare what each number counts",
                about=first.text,
            )


def find_other_order(pair: Pair) -> Iterator[Problem]:
    """Report two numbers in another order than in the source, if nothing tells them apart."""
    compared = _compare(pair) if _must_compare(pair, pair.source) else None
    found = next(find_reordered(compared), None) if compared else None
    if compared and found and not any(find_swapped(compared)):
        first, second = found
        yield Problem(
            message=f"the numbers {first.text} and {second.text} are in another order",
            hint="compare what each number counts",
            about=first.text,
        )


def find_foreign_signs(pair: Pair) -> Iterator[Problem]:
    """Report numbers that read otherwise by the rules of the translation's language."""
    if _must_compare(pair, pair.source):
        for amount, other in find_wrong_signs(_compare(pair)):
            yield Problem(
                message=f"{other.text} is another number than {amount.text} in this language",
                hint="use the signs of this language for thousands and decimals",
                spot=(other.start, other.end),
                about=amount.text,
            )


NUMBER_RULES: tuple[Rule, ...] = (
    Rule(
        code="number-missing",
        family="numbers",
        level=Level.ERROR,
        title="A number of the source is not in the translation",
        why=(
            "A wrong figure in a report harms people. Digits may be grouped by the rules of the"
            " language, times given on the 24-hour clock, numbers written in words."
        ),
        remedy="Write the number of the source, in digits or in words.",
        language="ru",
        right=("They freed 2,090 people at 5 p.m.", "В 17:00 освободили 2 090 человек."),
        wrong=("They freed 2,090 people.", "Освободили 2 900 человек."),
        runner=SentenceRunner(find_missing_numbers),
    ),
    Rule(
        code="number-unit",
        family="numbers",
        level=Level.ERROR,
        title="A number has another unit than in the source",
        why="Days for months or a number for a percentage change what a report says.",
        remedy="Write the unit, currency or percent of the source.",
        language="ru",
        right=("He got 15 days and 20% of it.", "Он получил 15 суток и 20 процентов."),
        wrong=("He got 15 days.", "Он получил 15 месяцев."),
        runner=SentenceRunner(find_changed_units),
    ),
    Rule(
        code="month-missing",
        family="numbers",
        level=Level.ERROR,
        title="A month of the source is not in the translation",
        why="A wrong month makes a date wrong, and names of months are easily mistaken.",
        remedy="Write the month of the source, by its name or in digits.",
        language="tk",
        right=("On 5 May 2023.", "2023-nji ýylyň 5-nji maýynda."),
        wrong=("On 5 May 2023.", "2023-nji ýylyň 5-nji martynda."),
        runner=SentenceRunner(find_missing_months),
    ),
    Rule(
        code="number-extra",
        family="numbers",
        level=Level.WARNING,
        title="A number of the translation is not in the source",
        why="A figure that is not in the source is a mistake, or the source should have it too.",
        remedy="Compare the number with the source and correct it.",
        language="tk",
        right=("In the first article of 2024.", "2024-nji ýylyň 1-nji maddasynda."),
        wrong=("Many were convicted in 2024.", "2024-nji ýylda 37 adam iş kesildi."),
        runner=SentenceRunner(find_extra_numbers),
    ),
    Rule(
        code="number-swapped",
        family="numbers",
        level=Level.ERROR,
        title="Two numbers have changed places",
        why="Exchanged figures are easily overlooked, since each of them is there.",
        remedy="Compare what each number counts with the source.",
        language="ru",
        right=("It freed 12 women and 37 men.", "Освободили 12 женщин и 37 мужчин."),
        wrong=("It freed 12 women and 37 men.", "Освободили 37 женщин и 12 мужчин."),
        runner=SentenceRunner(find_exchanged_numbers),
    ),
    Rule(
        code="number-order",
        family="numbers",
        level=Level.WARNING,
        title="Two numbers are in another order than in the source",
        why="Exchanged figures are easily overlooked, though another order can be right.",
        remedy="Compare what each number counts; accept the text if it is right.",
        language="ru",
        right=("It opened 12 shops and 37 cafes.", "Открылось 12 магазинов и 37 кафе."),
        wrong=("It opened 12 shops and 37 cafes.", "Открылось 37 магазинов и 12 кафе."),
        runner=SentenceRunner(find_other_order),
    ),
    Rule(
        code="number-unit-missing",
        family="numbers",
        level=Level.WARNING,
        title="A number has no unit or currency in the translation",
        why="Without its unit a number says nothing, though it may be clear from the context.",
        remedy="Write the unit, currency or percent of the source.",
        language="ru",
        right=("The fine was $500.", "Штраф составил 500 долларов."),
        wrong=("The fine was $500.", "Штраф составил 500."),
        runner=SentenceRunner(find_missing_units),
    ),
    Rule(
        code="number-signs",
        family="numbers",
        level=Level.WARNING,
        title="A number is written with the signs of another language",
        why="In many languages 10,000 reads as ten, and 2.5 millions may become 25.",
        remedy="Use the language's own signs for thousands and decimals.",
        language="ru",
        right=("Some 10,000 people.", "Около 10 000 человек."),
        wrong=("Some 10,000 people.", "Около 10,000 человек."),
        runner=SentenceRunner(find_foreign_signs),
    ),
    Rule(
        code="number-word-missing",
        family="numbers",
        level=Level.WARNING,
        title="A number written in words is not in the translation",
        why="Numbers in words are lost as easily as digits, but idioms contain them too.",
        remedy="Write the number of the source, in digits or in words.",
        language="ru",
        right=("It convicted three officials.", "Осуждены трое чиновников."),
        wrong=("It convicted three officials.", "Осуждены пятеро чиновников."),
        runner=SentenceRunner(find_missing_words),
    ),
)
