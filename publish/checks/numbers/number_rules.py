"""Rules of numbers: source and translation must have the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from publish.checks.numbers.digits import (
    MEASURE_IN_WORDS,
    Number,
    Reading,
    Value,
    collect_values,
    is_converted,
    read_numbers,
)
from publish.checks.numbers.spelled import (
    ENGLISH,
    SPELLED,
    Words,
    count_claims,
    has_number_words,
    read_english_numbers,
    read_roman_numerals,
)
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.model import Level

__all__ = ["NUMBER_RULES"]

DIGIT = re.compile(r"\d")


def find_missing_numbers(pair: Pair) -> Iterator[Problem]:
    """Report numbers of the source that the translation does not have in digits or words."""
    if not DIGIT.search(pair.source):
        return
    values = collect_values(read_numbers(pair.target), pair.target)
    lost = _lost(read_numbers(pair.source), values)
    if not lost:
        return
    words = _words(pair)
    values |= read_roman_numerals(pair.target)
    lost = [
        number
        for number in lost
        if not (_told(number, values, words, pair) or _measured(number, values, pair))
    ]
    invented = _invented(pair) if lost else []
    for number in lost:
        yield _missing_problem(number, invented)


def _missing_problem(number: Number, invented: list[Number]) -> Problem:
    """Return the problem of a missing number; the first invented one is probably in its place."""
    hint = "write the number of the source, in digits or in words"
    message = f"the number {number.text} is not in the translation"
    if not invented:
        return Problem(message=message, hint=hint, about=number.text)
    other = invented[0]
    message = f"{message}, which has {other.text} instead"
    return Problem(message=message, hint=hint, spot=(other.start, other.end), about=number.text)


def _lost(found: Sequence[Number], values: set[Value]) -> list[Number]:
    """Return the numbers that are not among the values of the other text, each once."""
    lost = {number.text: number for number in reversed(found) if not _has(values, number)}
    return sorted(lost.values(), key=lambda number: number.start)


def _has(values: set[Value], number: Number) -> bool:
    return any(values.issuperset(reading) for reading in number.readings)


def _readings(number: Number) -> tuple[Reading, ...]:
    return (*number.readings, number.apart) if number.apart else number.readings


def _told(number: Number, values: set[Value], words: Words | None, pair: Pair) -> bool:
    """Return whether a reading of a source's number is in the translation, in digits or words."""
    return any(
        all(value in values or _spelled(value, words, pair) for value in reading)
        for reading in _readings(number)
    )


def _spelled(value: Value, words: Words | None, pair: Pair) -> bool:
    """Return whether a translation has a number in words, beyond the number words of the source.

    In a language without a table of words, any number up to 100 may be written in words.
    """
    if isinstance(value, str):
        return False
    if words is None:
        return value <= 100
    times = 1 + count_claims(value, pair.source)
    return has_number_words(value, words, pair.target, times)


def _named(number: Number, values: set[Value], source: str) -> bool:
    """Return whether a reading of a translation's number is in the source, in digits or words."""
    return any(
        all(
            value in values
            or (isinstance(value, Decimal) and has_number_words(value, ENGLISH, source))
            for value in reading
        )
        for reading in _readings(number)
    )


def _measured(number: Number, values: set[Value], pair: Pair) -> bool:
    """Return whether the translation has a converted measure, in digits or as a small word."""
    words = _words(pair)
    if not number.metric or words is None:
        return is_converted(values, number.metric)
    small = (Decimal(n) for n in range(1, 21) if has_number_words(Decimal(n), words, pair.target))
    return is_converted([*values, *small], number.metric)


def _words(pair: Pair) -> Words | None:
    return SPELLED.get(pair.language.tag.partition("-")[0])


def find_extra_numbers(pair: Pair) -> Iterator[Problem]:
    """Report numbers of the translation that the source does not have in digits or words.

    If a number is missing too, that is one mistake, which `number-missing` reports.
    """
    invented = _invented(pair)
    if not invented or any(find_missing_numbers(pair)):
        return
    for number in invented:
        yield Problem(
            message=f"the number {number.text} is not in the source",
            hint="compare it with the source",
            spot=(number.start, number.end),
        )


def _invented(pair: Pair) -> list[Number]:
    """Return the numbers of the translation that the source does not have, even as measures."""
    if not DIGIT.search(pair.target):
        return []
    wanted = read_numbers(pair.source)
    values = collect_values(wanted, pair.source)
    lost = _lost(read_numbers(pair.target), values)
    if not lost or MEASURE_IN_WORDS.search(pair.source):
        return []
    values |= read_roman_numerals(pair.source)
    metric = tuple(value for number in wanted for value in number.metric)
    return [
        number
        for number in lost
        if not (_named(number, values, pair.source) or is_converted(_values(number), metric))
    ]


def _values(number: Number) -> list[Value]:
    return [value for reading in number.readings for value in reading]


def find_missing_words(pair: Pair) -> Iterator[Problem]:
    """Report English number words whose number the translation does not have."""
    words = _words(pair)
    wanted = read_english_numbers(pair.source) if words else []
    if not wanted or not words:
        return
    for word, value in wanted:
        if not (
            word in pair.target
            or _in_words(value, words, pair.target)
            or value in collect_values(read_numbers(pair.target), pair.target)
        ):
            message = f"the number “{word}” is not in the translation"
            yield Problem(message=message, hint="compare the numbers", about=word)


def _in_words(value: Decimal, words: Words, text: str) -> bool:
    return has_number_words(value, words, text) or value in read_roman_numerals(text)


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
