"""Say what is wrong with the numbers of a pair, as problems that a translator reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
from publish.checks.numbers.places import find_brought, find_first_reordered, list_swapped
from publish.checks.numbers.plainly import are_plainly_same
from publish.checks.numbers.reading import read_counted
from publish.checks.numbers.spelled import (
    NUMBER_WORDS,
    has_number_words,
    read_english_numbers,
    read_roman_numerals,
)
from publish.checks.rule import Pair, Problem, SentenceRunner
from publish.checks.terms.wordforms import english_words
from publish.languages.counting.finding import find_counting_words
from publish.languages.registry import KNOWN
from publish.languages.registry import find as find_language

__all__ = [
    "find_changed_units",
    "find_doubtful_numbers",
    "find_exchanged_numbers",
    "find_extra_numbers",
    "find_foreign_signs",
    "find_missing_numbers",
    "find_missing_units",
    "find_moved_times",
    "find_other_order",
    "has_number_word",
    "may_differ",
    "run_missing_months",
    "run_missing_words",
    "run_on_numbers",
]

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
MONTH = re.compile(f"(?=[A-Z])(?i:{'|'.join(sorted(MONTH_WORDS))})")
"""The name of a month, which begins with a capital."""
PAIR = 2
"""A number that some languages have in the form of the noun."""


def _compare(pair: Pair) -> Compared | None:
    """Return both texts of a pair, read, or None if a quick look finds nothing to compare."""
    origin = pair.origin.tag if pair.origin else ENGLISH.tag
    return _compare_texts(pair.source, pair.target, origin, pair.language.tag)


@lru_cache(16)
def _compare_texts(source: str, target: str, origin: str, tag: str) -> Compared | None:
    """Return two texts compared; all rules of numbers ask for the same pair."""
    if DIGIT.search(source) is None and DIGIT.search(target) is None:
        return None
    own, other = find_counting_words(find_language(origin)), find_counting_words(find_language(tag))
    if are_plainly_same(source, target, own, other):
        return None
    return compare_numbers(source, target, own, other)


def run_on_numbers(find: Callable[[Compared], Iterator[Problem]]) -> SentenceRunner:
    """Return what runs a function on the compared numbers of a pair, if a closer look is due."""

    def run(pair: Pair) -> Iterator[Problem]:
        compared = _compare(pair)
        return find(compared) if compared else iter(())

    return SentenceRunner(run, may_differ)


def may_differ(pair: Pair) -> bool:
    """Return whether a quick look leaves numbers or months to be compared."""
    digits = DIGIT.search(pair.source) or DIGIT.search(pair.target)
    return (digits is not None and _compare(pair) is not None) or _names_month(pair)


# --------------------------------------------------------------------------- numbers


def find_missing_numbers(compared: Compared) -> Iterator[Problem]:
    """Report numbers of the source that the translation does not have in digits or words."""
    for amount in compared.lost:
        if amount.start not in compared.doubted:
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


def find_doubtful_numbers(compared: Compared) -> Iterator[Problem]:
    """Report numbers that the translation may have converted, rounded or left out for a reason."""
    for amount in compared.lost:
        if amount.start in compared.doubted:
            message = f"the number {amount.text} may be missing or wrongly converted"
            yield Problem(message=message, hint="compare the numbers", about=amount.text)
    for found in find_invented_units(compared):
        message = f"the number {found.amount.text} has no such unit in the source"
        yield _unit_problem(found, message, "compare the units")


def find_extra_numbers(compared: Compared) -> Iterator[Problem]:
    """Report numbers of the translation that the source does not have in digits or words.

    If a number is missing too, that is one mistake, which `number-missing` reports.
    """
    for number in compared.invented if not compared.lost else ():
        yield Problem(
            message=f"the number {number.text} is not in the source",
            hint="compare it with the source",
            spot=(number.start, number.end),
        )


def find_foreign_signs(compared: Compared) -> Iterator[Problem]:
    """Report numbers that read otherwise by the rules of the translation's language."""
    for amount, other in find_wrong_signs(compared):
        yield Problem(
            message=f"{other.text} is another number than {amount.text} in this language",
            hint="use the signs of this language for thousands and decimals",
            spot=(other.start, other.end),
            about=amount.text,
        )


# --------------------------------------------------------------------------- beside them


def find_changed_units(compared: Compared) -> Iterator[Problem]:
    """Report numbers that stand beside another unit, currency or share than in the source."""
    for found in find_other_units(compared):
        message = f"the number {found.amount.text} has another unit than in the source"
        yield _unit_problem(found, message, "compare percent, currency and unit with the source")


def find_missing_units(compared: Compared) -> Iterator[Problem]:
    """Report numbers whose unit or currency the translation does not have."""
    for found in find_lost_units(compared):
        message = f"the number {found.amount.text} has no unit in the translation"
        yield _unit_problem(found, message, "write the percent, currency or unit of the source")


def _unit_problem(found: Difference, message: str, hint: str) -> Problem:
    spot = (found.other.start, found.other.end) if found.other else None
    return Problem(message=message, hint=hint, spot=spot, about=found.amount.text)


def find_exchanged_numbers(compared: Compared) -> Iterator[Problem]:
    """Report two numbers whose places are exchanged."""
    for places in list_swapped(compared):
        yield _place_problem(places, "have changed places")


def find_other_order(compared: Compared) -> Iterator[Problem]:
    """Report two numbers in another order than in the source, if nothing tells them apart."""
    found = find_first_reordered(compared)
    if found and not list_swapped(compared):
        yield _place_problem(found, "are in another order")


def find_moved_times(compared: Compared) -> Iterator[Problem]:
    """Report a time that stands before another number, if nothing tells which is which."""
    found = next(find_brought(compared), None)
    if found and not (list_swapped(compared) or find_first_reordered(compared)):
        yield _place_problem(found, "are in another order")


def _place_problem(places: tuple[Amount, Amount], what: str) -> Problem:
    first, second = places
    message = f"the numbers {first.text} and {second.text} {what}"
    return Problem(message=message, hint="compare what each number counts", about=first.text)


# --------------------------------------------------------------------------- words


def has_number_word(pair: Pair) -> bool:
    """Return whether a quick look finds an English number word in the source."""
    return not (pair.origin or NUMBER_WORDS.isdisjoint(english_words(pair.source)))


def run_missing_words(pair: Pair) -> Iterator[Problem]:
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


def run_missing_months(pair: Pair) -> Iterator[Problem]:
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
    if pair.origin:
        return True
    if MONTH_WORDS.isdisjoint(english_words(pair.source)):
        return False
    return MONTH.search(pair.source) is not None  # No verb such as "may".
