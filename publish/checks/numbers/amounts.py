"""What an amount is: a number in digits with its thousands, unit, currency and month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from publish.checks.numbers.digits import Reading, Value
from publish.languages.counting.words import CountingWords, Word

__all__ = ["CALENDAR", "DAYS", "Amount", "Counted", "Metric"]

CALENDAR = frozenset(("year", "calendar"))
"""What a year has beside it that is no length of time: `2019-njy ýyl`, «в 2019 году»."""

Metric = tuple[Decimal, str]
"""A value after conversion, and its unit."""


class Amount(NamedTuple):
    """A number in digits with what it counts; `start` and `end` are in code points.

    `readings` are the ways to understand it: the other text must have all values of one of them.
    `loose` are those that only the rules of another language allow.  `apart` is one more reading,
    which counts only when the number is looked for in the other text.  `metric` are its values
    after conversion if a unit such as miles follows.  `units` and `labels` are the keys of the
    words beside it, `nouns` those of what it counts.  `month` is the one that it is a day or year
    of, 0 for none, and `dated` says which of the two.  `close` says whether its unit is the next
    word, `linked` is where the number starts that it has its unit from, `is_date` whether it is a
    date in digits.
    """

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    loose: tuple[Reading, ...] = ()
    apart: Reading | None = None
    metric: tuple[Metric, ...] = ()
    units: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    month: int = 0
    dated: str = ""
    close: bool = False
    linked: int = -1
    is_date: bool = False

    @property
    def values(self) -> frozenset[Value]:
        """Return the values of all readings."""
        return frozenset(value for reading in (*self.readings, *self.loose) for value in reading)

    @property
    def value(self) -> Value:
        """Return the likeliest value."""
        return self.readings[0][0]

    @property
    def is_year(self) -> bool:
        """Return whether it can be a year: digits without signs and units."""
        return (
            self.text.isdecimal()
            and isinstance(self.value, Decimal)
            and FIRST_YEAR <= self.value <= LAST_YEAR
            and not self.units - CALENDAR
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All in a text that counts: amounts in digits, words, and the months that it names.

    `counts` says how many words can have each key.
    """

    text: str
    language: CountingWords
    amounts: tuple[Amount, ...]
    words: tuple[Word, ...]
    months: tuple[frozenset[int], ...]
    counts: Counter[str]


DAYS = 31
FIRST_YEAR, LAST_YEAR = 1000, 2100
