"""Measures that translators convert: miles, feet, pounds, degrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from publish.checks.numbers.amounts import Metric
from publish.checks.numbers.digits import SPACES, Digits, Value

__all__ = ["is_converted", "read_measures_in_words", "read_metric"]

HEIGHT = re.compile(r"(?<!\d)(\d)(?:['’′]|[ -](?:foot|feet|ft)[ -])(\d\d?)(?![\d,.])")
FOOT, INCH = Decimal("30.48"), Decimal("2.54")
TOLERANCE = Decimal("0.1")
ROUNDED = Decimal("0.6")
IMPERIAL = {
    "mile": {"km": "1.609", "m": "1609"},
    "foot": {"m": "0.3048", "cm": "30.48"},
    "inch": {"cm": "2.54", "mm": "25.4", "m": "0.0254"},
    "pound": {"kg": "0.4536"},
    "yard": {"m": "0.9144"},
    "acre": {"hectare": "0.4047"},
    "gallon": {"litre": "3.785"},
    "ounce": {"g": "28.35"},
    "stone": {"kg": "6.35"},
}
"""Units that translators convert, and their values in metric units."""

MEASURE = re.compile(
    rf"[{SPACES}-]?(?:(?:to|or|and|[-–])[{SPACES}]?\d[\d.,]*[{SPACES}-]?)?"
    r"(?:square )?(?:(?P<unit>mile|mph|foot|feet|ft|inch|pound|lb|yard|acre|gallon|ounce|stone)"
    r"(?:e?s)?|(?P<degree>degrees?|°))(?!\w)",
    re.IGNORECASE,
)
SPELLINGS = {"mph": "mile", "feet": "foot", "ft": "foot", "lb": "pound"}
FEET = re.compile(r"(\d{1,3})[ -](?:foot|feet|ft)[ -]$")


def is_converted(
    values: Iterable[Value],
    metric: tuple[Metric, ...],
    units: frozenset[str] = frozenset(),
    tolerance: Decimal = TOLERANCE,
) -> bool:
    """Return whether one of the values is a converted measure, a tenth more or less, or rounded.

    `units` are those beside the values, none if they are not known.
    """
    return any(
        abs(value - wanted) <= max(abs(wanted) * tolerance, ROUNDED if wanted > 1 else 0)
        for value in values
        if isinstance(value, Decimal)
        for wanted, unit in metric
        if not units or unit in units
    )


def read_metric(value: Value, text: str, number: Digits) -> Iterator[Metric]:
    """Yield the value of a measure after conversion, in each metric unit.

    `value` includes the multiplier that follows the digits: 2000 in "2 thousand miles".
    """
    if isinstance(value, str):
        return
    measure = MEASURE.match(text, number.end) or MEASURE.match(text, _past_word(text, number.end))
    height = HEIGHT.search(text, max(0, number.start - 8), number.end + 8)
    if height:
        yield Decimal(height[1]) * FOOT + Decimal(height[2]) * INCH, "cm"
        yield (Decimal(height[1]) * FOOT + Decimal(height[2]) * INCH) / 100, "m"
    elif measure is None:
        before = FEET.search(text[max(0, number.start - 10) : number.start])
        if before:  # The inches of "6-foot-6" are converted with the feet.
            yield Decimal(before[1]) * Decimal(IMPERIAL["foot"]["m"]), "m"
    elif measure["degree"]:
        yield (value - 32) * 5 / 9, "degree"
        yield value * 5 / 9, "degree"
    else:
        unit = measure["unit"].lower()
        for metric, factor in IMPERIAL[SPELLINGS.get(unit, unit)].items():
            yield value * Decimal(factor), metric


COUNTS = {
    "half": Decimal("0.5"),
    **dict.fromkeys(("a", "an", "one"), Decimal(1)),
    **{
        word: Decimal(count)
        for count, word in enumerate(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
        )
    },
    "dozen": Decimal(12),
}
MEASURE_IN_WORDS = re.compile(
    rf"(?<!\w)(?P<count>{'|'.join(COUNTS)})[ \u00a0-](?:an?[ \u00a0])?(?:square )?"
    r"(?P<unit>mile|mph|foot|feet|ft|inch|pound|lb|yard|acre|gallon|ounce|stone)(?:e?s)?(?!\w)",
    re.IGNORECASE,
)


def read_measures_in_words(text: str) -> Iterator[Metric]:
    """Yield the values after conversion of measures whose number is a word: `half an inch`."""
    for match in MEASURE_IN_WORDS.finditer(text):
        unit = match["unit"].lower()
        for metric, factor in IMPERIAL[SPELLINGS.get(unit, unit)].items():
            yield COUNTS[match["count"].lower()] * Decimal(factor), metric


SCALE_WORD = re.compile(rf"[{SPACES}-]?(?:thousand|million|billion|trillion)", re.IGNORECASE)


def _past_word(text: str, end: int) -> int:
    found = SCALE_WORD.match(text, end)
    return found.end() if found else end
