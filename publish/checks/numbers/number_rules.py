"""Rules of numbers: source and translation must have the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from publish.checks.numbers.amounts import Amount
from publish.checks.numbers.beside import (
    Difference,
    find_invented_units,
    find_lost_months,
    find_lost_units,
    find_other_units,
    find_wrong_signs,
)
from publish.checks.numbers.comparing import Compared, compare_numbers
from publish.checks.numbers.places import find_brought, find_reordered, find_swapped
from publish.checks.numbers.plainly import are_plainly_same
from publish.checks.numbers.reading import read_counted
from publish.checks.numbers.spelled import (
    has_number_words,
    read_english_numbers,
    read_roman_numerals,
)
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.terms.wordforms import english_words
from publish.languages.counting.finding import find_counting_words
from publish.languages.counting.words import CountingWords
from publish.languages.registry import KNOWN
from publish.model import Level

__all__ = ["NUMBER_RULES"]

ENGLISH = KNOWN["en"]
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
MONTH_WORDS = frozenset((*map(str.lower, MONTHS), "sept"))
"""Months that may be named without a day or year."""
PAIR = 2
"""A number that some languages have in the form of the noun."""


@lru_cache(16)
def _have_digits(source: str, target: str) -> bool:
    """Return whether one of two texts has a digit; all rules of numbers ask for the same pair."""
    return DIGIT.search(source) is not None or DIGIT.search(target) is not None


@lru_cache(16)
def _are_same(source: str, target: str, own: CountingWords, other: CountingWords) -> bool:
    return are_plainly_same(source, target, own, other)


def _compare(pair: Pair) -> Compared | None:
    """Return both texts of a pair, read, or None if a quick look finds nothing to compare."""
    if not _have_digits(pair.source, pair.target):
        return None
    own, other = find_counting_words(pair.origin or ENGLISH), find_counting_words(pair.language)
    if _are_same(pair.source, pair.target, own, other):
        return None
    return compare_numbers(pair.source, pair.target, own, other)


def find_missing_numbers(pair: Pair) -> Iterator[Problem]:
    """Report numbers of the source that the translation does not have in digits or words."""
    if compared := _compare(pair):
        for amount in compared.lost:
            if amount.start not in compared.doubted:
                yield _missing_problem(amount, compared.invented)


def find_doubtful_numbers(pair: Pair) -> Iterator[Problem]:
    """Report numbers that the translation may have converted, rounded or left out for a reason."""
    if compared := _compare(pair):
        for amount in compared.lost:
            if amount.start in compared.doubted:
                yield Problem(
                    message=f"the number {amount.text} may be missing or wrongly converted",
                    hint="compare the numbers",
                    about=amount.text,
                )
        for found in find_invented_units(compared):
            message = f"the number {found.amount.text} has no such unit in the source"
            yield _unit_problem(found, message, "compare the units")


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
    compared = _compare(pair)
    for number in compared.invented if compared and not compared.lost else ():
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
    if compared := _compare(pair):
        for found in find_other_units(compared):
            message = f"the number {found.amount.text} has another unit than in the source"
            hint = "compare percent, currency and unit with the source"
            yield _unit_problem(found, message, hint)


def find_missing_units(pair: Pair) -> Iterator[Problem]:
    """Report numbers whose unit or currency the translation does not have."""
    if compared := _compare(pair):
        for found in find_lost_units(compared):
            message = f"the number {found.amount.text} has no unit in the translation"
            yield _unit_problem(found, message, "write the percent, currency or unit of the source")


def _unit_problem(found: Difference, message: str, hint: str) -> Problem:
    spot = (found.other.start, found.other.end) if found.other else None
    return Problem(message=message, hint=hint, spot=spot, about=found.amount.text)


def find_missing_months(pair: Pair) -> Iterator[Problem]:
    """Report months of the source that the translation does not name."""
    compared = _compare(pair)
    if compared is None and _names_month(pair):
        own, other = find_counting_words(pair.origin or ENGLISH), find_counting_words(pair.language)
        compared = compare_numbers(pair.source, pair.target, own, other)
    for wanted, instead in find_lost_months(compared) if compared else ():
        name = MONTHS[wanted - 1]
        there = f", which has {MONTHS[instead - 1]} instead" if instead else ""
        yield Problem(
            message=f"the month {name} is not in the translation{there}",
            hint="write the month of the source",
            about=name if name in pair.source else "",
        )


def _names_month(pair: Pair) -> bool:
    """Return whether a source may name a month that is beside no digits."""
    return bool(pair.origin) or not MONTH_WORDS.isdisjoint(english_words(pair.source))


def find_exchanged_numbers(pair: Pair) -> Iterator[Problem]:
    """Report two numbers whose places are exchanged."""
    if compared := _compare(pair):
        for places in find_swapped(compared):
            yield _place_problem(places, "have changed places")


def find_other_order(pair: Pair) -> Iterator[Problem]:
    """Report two numbers in another order than in the source, if nothing tells them apart."""
    compared = _compare(pair)
    found = next(find_reordered(compared), None) if compared else None
    if compared and found and not any(find_swapped(compared)):
        yield _place_problem(found, "are in another order")


def find_moved_times(pair: Pair) -> Iterator[Problem]:
    """Report a time that stands before another number, if nothing tells which is which."""
    compared = _compare(pair)
    found = next(find_brought(compared), None) if compared else None
    if compared and found and not any((*find_swapped(compared), *find_reordered(compared))):
        yield _place_problem(found, "are in another order")


def _place_problem(places: tuple[Amount, Amount], what: str) -> Problem:
    first, second = places
    message = f"the numbers {first.text} and {second.text} {what}"
    return Problem(message=message, hint="compare what each number counts", about=first.text)


def find_foreign_signs(pair: Pair) -> Iterator[Problem]:
    """Report numbers that read otherwise by the rules of the translation's language."""
    if compared := _compare(pair):
        for amount, other in find_wrong_signs(compared):
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
        code="number-doubtful",
        family="numbers",
        level=Level.WARNING,
        title="A number may be missing or wrongly converted",
        why="Measures are often converted with a mistake, though they may only be rounded.",
        remedy="Compare the number with the source; accept the text if it is right.",
        language="ru",
        right=("It was 50 miles away.", "Это было в 80 километрах."),
        wrong=("It was 50 miles away.", "Это было в 95 километрах."),
        runner=SentenceRunner(find_doubtful_numbers),
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
        code="number-moved",
        family="numbers",
        level=Level.ADVICE,
        title="A date or time stands before another number",
        why="Many languages bring the time to the front, but figures may have been exchanged, too.",
        remedy="Compare what each number counts; accept the text if it is right.",
        language="tk",
        right=("It sold 150 in 2015.", "150 sanysy 2015-de satyldy."),
        wrong=("It sold 150 in 2015.", "2015-de 150 sanysy satyldy."),
        runner=SentenceRunner(find_moved_times),
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
