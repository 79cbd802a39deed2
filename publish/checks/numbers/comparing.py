"""Compare the numbers of a sentence with those of its translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from publish.checks.numbers.amounts import Amount, Counted
from publish.checks.numbers.digits import Reading, Value
from publish.checks.numbers.doubting import has_phone, is_doubtful, is_year_of_letters
from publish.checks.numbers.measures import is_converted, read_measures_in_words
from publish.checks.numbers.reading import read_counted, read_worded
from publish.checks.numbers.spelled import count_claims, has_number_words, read_roman_numerals
from publish.languages.counting.words import CountingWords

__all__ = ["MOST", "Compared", "compare_numbers"]

DUAL = re.compile(r"(?:ان|ين|تا|ثا|ثي)(?!\w)")
"""Endings of two things in Arabic."""
EVERY_NTH = re.compile(r" (?:in|out of|of) (?:every )?\d")
MOST = 60
"""So many numbers of a translation are compared by what is beside them; more are a table."""
THOUSAND = 1000
SMALL = 100
"""In a language without a list of number words, any number up to this may be in words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """Both texts of a pair, read, and what one has and the other has not.

    `lost` are amounts of the source, `invented` of the translation.  `starts` are where the lost
    ones start, `doubted` where those of them do that may be told in another way, `worded` are
    amounts that the source has in words and the translation in digits, `by_value` are the amounts
    of the translation by each of their values.
    """

    source: Counted
    target: Counted
    lost: tuple[Amount, ...]
    invented: tuple[Amount, ...]
    starts: frozenset[int]
    doubted: frozenset[int]
    worded: tuple[Amount, ...]
    by_value: Mapping[Value, tuple[Amount, ...]]

    def is_lost(self, amount: Amount) -> bool:
        """Return whether a number of the source is not in the translation."""
        return amount.start in self.starts

    def find_same(self, amount: Amount) -> list[Amount]:
        """Return the amounts of the translation that are one of the source."""
        values = {value for reading in amount.readings for value in reading}
        found = {one.start: one for value in values for one in self.by_value.get(value, ())}
        return [found[start] for start in sorted(found)]


@lru_cache(16)
def compare_numbers(source: str, target: str, own: CountingWords, other: CountingWords) -> Compared:
    """Return both texts of a pair, read, with the numbers that only one of them has."""
    first, second = read_counted(source, own), read_counted(target, other)
    lost = tuple(_find_lost(first, second))
    invented = tuple(_find_invented(first, second))
    by_value: dict[Value, tuple[Amount, ...]] = {}
    for amount in second.amounts[:MOST]:
        for value in amount.values:
            by_value[value] = (*by_value.get(value, ()), amount)
    return Compared(
        source=first,
        target=second,
        lost=lost,
        invented=invented,
        starts=frozenset(one.start for one in lost),
        doubted=frozenset(
            one.start for one in lost if is_doubtful(one, first, second.amounts, invented)
        ),
        worded=_read_worded(first, by_value),
        by_value=by_value,
    )


def _read_worded(source: Counted, there: Mapping[Value, object]) -> tuple[Amount, ...]:
    """Return the numbers that the source has in words only, and the translation in digits."""
    own = {value for one in source.amounts for value in one.values}
    wanted = there.keys() - own
    return read_worded(source, wanted) if wanted and source.language.knows("20") else ()


def _values(amounts: Iterable[Amount], others: Iterable[Amount]) -> set[Value]:
    """Return the values of a text's numbers; those of parts only where `others` have them all."""
    there = {
        value
        for amount in others
        if isinstance(amount.value, Decimal)
        for reading in amount.readings
        for value in reading
    }
    found: set[Value] = set()
    for amount in amounts:
        for reading in (*_every(amount), amount.apart or ()):
            whole = len(reading) == 1 or amount.is_date
            if whole or there.issuperset(reading):
                found.update(reading)
    return found


def _has(values: set[Value], amount: Amount) -> bool:
    return any(values.issuperset(reading) for reading in amount.readings)


def _readings(amount: Amount) -> tuple[Reading, ...]:
    return (*amount.readings, amount.apart) if amount.apart else amount.readings


# --------------------------------------------------------------------------- lost


def _find_lost(source: Counted, target: Counted) -> list[Amount]:
    """Return the numbers of the source that the translation does not have, each once."""
    values = _values(target.amounts, source.amounts)
    lost = [amount for amount in source.amounts if not _has(values, amount)]
    if lost:
        values |= read_roman_numerals(target.text)
        lost = [one for one in lost if not _is_told(one, values, source, target)]
    named = {one.text: one for one in reversed([*lost, *_fewer(source, target)])}
    return sorted(named.values(), key=lambda one: one.start)


def _fewer(source: Counted, target: Counted) -> Iterator[Amount]:
    """Yield numbers that the source has more often, where another number is in their place."""
    counts = Counter(one.value for one in source.amounts)
    often = [one for one in source.amounts if counts[one.value] > 1]
    if not often or not _find_invented(source, target):
        return
    there = Counter(value for one in target.amounts for value in one.values)
    for one in often:
        if 0 < there[one.value] < counts[one.value] and not _is_told(one, set(), source, target):
            yield one


def _is_told(amount: Amount, values: set[Value], source: Counted, target: Counted) -> bool:
    """Return whether a number is in the translation in words, or as a converted measure."""
    if "24/7" in amount.values and _is_always(target):
        return True
    if amount.text.startswith("+") and _has_phone(amount, target):
        return True
    if has_phone(amount, source, target) or is_year_of_letters(amount, source, values):
        return True
    if amount.text == "1" and EVERY_NTH.match(source.text, amount.end):
        return True  # «каждый пятый»
    if any(target.counts[key] for key in _other_unit(amount)):
        return True
    readings = _readings(amount)
    if any(
        all(value in values or _is_spelled(value, source, target) for value in reading)
        for reading in readings
    ):
        return True
    return _is_converted(amount, target)


SAME = {
    (24, "hour"): "day",
    (7, "day"): "week",
    (12, "month"): "year",
    (18, "month"): "half",
    (60, "minute"): "hour",
    (10, "year"): "decade",
    (100, "year"): "century",
}
"""Times that have a name of their own: 24 hours are a day, 18 months a year and a half."""


def _other_unit(amount: Amount) -> Iterator[str]:
    """Yield the keys of words that say the same time without its number."""
    if isinstance(amount.value, Decimal) and amount.value in {value for value, _ in SAME}:
        for unit in amount.units:
            if key := SAME.get((int(amount.value), unit)):
                yield key


UNSURE = frozenset(("degree", "pound"))
"""Units whose word tells no measure for sure."""


def _is_converted(amount: Amount, target: Counted) -> bool:
    """Return whether the translation has a measure in metric units, in digits or words."""
    if not amount.metric or _has_unit(target, amount.units - UNSURE):
        return False
    if any(is_converted(one.values, amount.metric, one.units) for one in target.amounts):
        return True
    if any(is_converted((value,), amount.metric, METRES) for value in _heights(target)):
        return True
    small = [Decimal(n) for n in range(1, 21)]
    return is_converted((n for n in small if has_number_words(n, target)), amount.metric)


METRES = frozenset("m")


def _heights(target: Counted) -> Iterator[Decimal]:
    """Yield the metres of `1 m 98 cm`."""
    for one, other in pairwise(target.amounts):
        metres, rest = one.value, other.value
        if "m" not in one.units or "cm" not in other.units:
            continue
        if isinstance(metres, Decimal) and isinstance(rest, Decimal):
            yield metres + rest / 100


def _has_unit(text: Counted, units: frozenset[str]) -> bool:
    return any(text.counts[unit] for unit in units)


def _has_phone(amount: Amount, other: Counted) -> bool:
    """Return whether the other text has the digits of a phone number, set apart in any way."""
    whole = str(amount.value)[1:]
    return whole in re.sub(r"\D", "", "".join(one.text for one in other.amounts))


def _is_always(target: Counted) -> bool:
    """Return whether a translation says "day and night"; where that is not known, it may."""
    if not target.language.knows("always"):
        return not target.amounts
    return bool(target.counts["always"])


def _is_spelled(value: Value, source: Counted, target: Counted) -> bool:
    """Return whether a translation has a number in words, beyond the number words of the source."""
    if isinstance(value, str):
        return False
    if value == 2 and target.language.knows("dual") and DUAL.search(target.text):
        return True
    if not target.language.knows("20"):
        return value <= SMALL and len(target.amounts) < len(source.amounts)
    times = 1 + (count_claims(value, source) if value < THOUSAND else 0)
    return has_number_words(value, target, times)


# --------------------------------------------------------------------------- invented


def _find_invented(source: Counted, target: Counted) -> list[Amount]:
    """Return the numbers of the translation that the source does not have, even as measures."""
    values = {value for one in source.amounts for reading in _readings(one) for value in reading}
    if not target.language.knows_endings:  # Months can be in digits: 5月3日.
        values |= {Decimal(month) for months in source.months for month in months}
    extra = [one for one in target.amounts if not any(map(values.issuperset, _every(one)))]
    if not extra:
        return []
    worded = tuple(read_measures_in_words(source.text))
    values |= read_roman_numerals(source.text)
    return [
        one
        for one in extra
        if not (
            _is_named(one, values, source)
            or _is_metric(one, source)
            or is_converted(one.values, worded, one.units)
        )
    ]


def _is_metric(amount: Amount, source: Counted) -> bool:
    """Return whether a number of the translation is a measure of the source, converted."""
    return any(
        is_converted(amount.values, one.metric, amount.units)
        for one in source.amounts
        if one.metric
    )


def _every(amount: Amount) -> Sequence[Reading]:
    return (*amount.readings, *amount.loose)


def _is_named(amount: Amount, values: set[Value], source: Counted) -> bool:
    """Return whether a number of the translation is in the source, in digits or words."""
    if amount.text.startswith("+") and _has_phone(amount, source):
        return True
    return any(
        all(
            value in values
            or (
                isinstance(value, Decimal)
                and (
                    has_number_words(value, source)
                    if source.language.knows("20")
                    else value <= SMALL
                )
            )
            for value in reading
        )
        for reading in (*_readings(amount), *amount.loose)
    )
