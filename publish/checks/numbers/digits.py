"""Reading numbers in digits, so that 2,090 and 2 090, 5 p.m. and 17:00 can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

__all__ = [
    "MEASURE_IN_WORDS",
    "Number",
    "Reading",
    "Value",
    "collect_values",
    "is_converted",
    "read_numbers",
]

Value = Decimal | str
"""A number; or as text a time of day (`7:55`) or a multiplier by its power of ten (`×3`)."""

Reading = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text; `start` and `end` are in code points.

    `readings` are the ways to understand it: the other text must have all values of one of them.
    `apart` is one more reading, which counts only when the number is looked for in the other
    text.  `metric` are its values after conversion if a unit such as miles follows.
    """

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    apart: Reading | None = None
    metric: tuple[Decimal, ...] = ()


DIGITS_MAX = 40
"""A longer run of digits is no quantity and is compared as text."""

SPACES = " \u00a0\u202f\u2009"
NUMBER = re.compile(
    rf"\d{{1,3}}(?P<sep>[,.'’{SPACES}])\d{{3}}(?:(?P=sep)\d{{3}})*(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,:]\d+)*"
)
AFTER = re.compile(
    rf"[{SPACES}-]?(?:(?P<thousand>thousand|тыс|müň)|(?P<million>million|миллион|млн|mln)"
    r"|(?P<billion>billion|milliard|миллиард|млрд|mlrd)|(?P<trillion>trillion|триллион|трлн|trln)"
    r"|(?P<letter>bn|tn|[kmb])(?!\w))",
    re.IGNORECASE,
)
MULTIPLIERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
LETTERS = {"k": 3, "m": 6, "b": 9, "bn": 9, "tn": 12}
ALONE = re.compile(
    r"(?P<thousand>тыс|müň|thousand)|(?P<million>миллион|млн|million|mln)"
    r"|(?P<billion>миллиард|млрд|billion|milliard|mlrd)|(?P<trillion>трилл|трлн|trillion|trln)",
    re.IGNORECASE,
)
PARTS = ("ll", "mln", "mlrd", "trln", "thousand", "müň", "тыс", "мил", "млн", "млрд", "три", "трлн")
"""Every text that ALONE finds has one of these; none has an i, whose capital may be İ."""
MERIDIEM = re.compile(rf"[{SPACES}]?(?P<half>[ap])\.?[{SPACES}]?m(?!\w)", re.IGNORECASE)
DECADE = re.compile(r"[’']?s(?!\w)")
IMPERIAL = {
    "mile": ("1.609",),
    "mph": ("1.609",),
    "foot": ("0.3048", "30.48"),
    "feet": ("0.3048", "30.48"),
    "ft": ("0.3048", "30.48"),
    "inch": ("2.54", "0.0254"),
    "pound": ("0.4536",),
    "lb": ("0.4536",),
    "yard": ("0.9144",),
    "acre": ("0.4047",),
    "gallon": ("3.785",),
    "ounce": ("28.35",),
    "stone": ("6.35",),
}
"""Units that translators convert, and their metric values, for one or more metric units."""

MEASURE = re.compile(
    rf"[{SPACES}-]?(?:(?:to|or|and|[-–])[{SPACES}]?\d[\d.,]*[{SPACES}-]?)?"
    rf"(?:square )?(?:(?P<unit>{'|'.join(IMPERIAL)})(?:e?s)?|(?P<degree>degrees?|°))(?!\w)",
    re.IGNORECASE,
)
MEASURE_IN_WORDS = re.compile(
    rf"(?<!\w)(?:half|an?|one|two|three|four|five|six|seven|eight|nine|ten|dozen)[{SPACES}-]"
    rf"(?:an?[{SPACES}])?(?:{'|'.join(IMPERIAL)})(?:e?s)?(?!\w)",
    re.IGNORECASE,
)
"""A measure whose number is a word: "half an inch"."""
FEET = re.compile(r"(\d{1,3})[ -](?:foot|feet|ft)[ -]$")
TOLERANCE = Decimal("0.1")
SHORT_YEAR = re.compile(r"(\d\d)\d\d[-–/]$")


@lru_cache(16)
def read_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers written in digits, in order; cached, since several rules need them."""
    return tuple(_number(match, text) for match in NUMBER.finditer(text))


def _number(match: re.Match[str], text: str) -> Number:
    readings = tuple(_readings(match, text))
    return Number(
        start=match.start(),
        end=match.end(),
        text=match[0],
        readings=readings,
        apart=_apart(match),
        metric=tuple(_metric(readings[0][0], text, match)),
    )


def _apart(match: re.Match[str]) -> Reading | None:
    """Return the parts of `24 100` or `7,8` as numbers of their own."""
    separator = match["sep"] or ","
    if separator not in SPACES + "," or len(match[0]) > DIGITS_MAX:
        return None
    parts = re.split(rf"[{re.escape(separator)}]", match[0])
    if len(parts) == 1 or not all(part.isdecimal() for part in parts):
        return None
    return tuple(Decimal(part) for part in parts)


def _metric(value: Value, text: str, match: re.Match[str]) -> Iterator[Decimal]:
    """Yield the value of a measure after conversion, in each metric unit.

    `value` includes the multiplier that follows the digits: 2000 in "2 thousand miles".
    """
    if isinstance(value, str):
        return
    scale = AFTER.match(text, match.end())
    measure = MEASURE.match(text, scale.end() if scale else match.end())
    if measure is None:
        before = FEET.search(text[max(0, match.start() - 10) : match.start()])
        if before:  # The inches of "6-foot-6" are converted with the feet.
            yield Decimal(before[1]) * Decimal(IMPERIAL["foot"][0])
    elif measure["degree"]:
        yield (value - 32) * 5 / 9
        yield value * 5 / 9
    else:
        yield from (value * Decimal(factor) for factor in IMPERIAL[measure["unit"].lower()])


def is_converted(values: Iterable[Value], metric: tuple[Decimal, ...]) -> bool:
    """Return whether one of the values is a converted measure, give or take a tenth."""
    return any(
        abs(value - wanted) <= abs(wanted) * TOLERANCE
        for value in values
        if isinstance(value, Decimal)
        for wanted in metric
    )


def _readings(match: re.Match[str], text: str) -> Iterator[Reading]:
    """Yield the readings of a number, which depend on the text before and after it."""
    before, end = text[max(0, match.start() - 5) : match.start()], match.end()
    plain = tuple(_plain(match[0], match["sep"]))
    if half := MERIDIEM.match(text, end):
        yield from _hours(match[0], half["half"].lower() == "p")
    elif scale := AFTER.match(text, end):
        yield from _scaled(plain[0], scale)
        if scale["letter"]:
            yield from plain
        return
    elif len(match[0]) == 2 and (century := SHORT_YEAR.search(before)):
        yield (Decimal(century[1] + match[0]),)
    elif len(match[0]) == 4 and DECADE.match(text, end):
        yield (Decimal(match[0][2:]),)
    yield from plain


def _plain(token: str, separator: str | None) -> Iterator[Reading]:
    """Yield the readings of a number's digits alone, the likeliest first."""
    if len(token) > DIGITS_MAX:
        yield (token,)
    elif separator:
        yield from _grouped(token, separator)
    elif ":" in token:
        yield from _clock(re.split("[.,:]", token))
    else:
        parts = re.split("[.,]", token)
        if len(parts) < 3:
            yield (Decimal(token.replace(",", ".")),)
        if len(parts) > 2:
            yield from _clock(parts)
        elif len(parts) == 2 and len(parts[1]) == 2 and "." in token:
            yield (f"{int(parts[0])}:{parts[1]}",)
        if len(parts) == 3:  # A date, whose month may be a word.
            yield (Decimal(parts[0]), Decimal(parts[2]))


def _grouped(token: str, separator: str) -> Iterator[Reading]:
    head, *groups = re.split(rf"[{re.escape(separator)}]", token)
    joined = "".join([head, *groups])
    yield (Decimal(joined.replace(",", ".")) if joined.count(",") < 2 else joined,)
    if separator in ",." and len(groups) == 1:
        yield (Decimal(f"{head}.{groups[0].replace(',', '').replace('.', '')}"),)


def _clock(parts: list[str]) -> Iterator[Reading]:
    """Yield the readings of a time, a score or a list: its parts together, or each by itself."""
    if len(parts) == 2:
        yield (f"{int(parts[0])}:{parts[1]}",)
    yield tuple(Decimal(part) for part in parts)
    if len(parts) == 2 and not int(parts[1]):
        yield (Decimal(parts[0]),)


def _hours(token: str, afternoon: bool) -> Iterator[Reading]:
    """Yield the readings of a time on the 12-hour clock, the one on the 24-hour clock first."""
    hour, _, minutes = token.replace(".", ":").partition(":")
    if len(hour) > 2 or not hour.isdecimal() or not 0 < int(hour) < 13 or len(minutes) > 2:
        return
    late = int(hour) % 12 + 12 * afternoon
    yield from _clock([str(late), minutes or "00"])
    yield from _clock([hour, minutes or "00"])


def _scaled(reading: Reading, scale: re.Match[str]) -> Iterator[Reading]:
    """Yield the number times its multiplier, then the two as separate values."""
    power = (
        LETTERS[scale["letter"].lower()] if scale["letter"] else MULTIPLIERS[str(scale.lastgroup)]
    )
    value = reading[0]
    if isinstance(value, Decimal):
        yield (value.scaleb(power),)
    yield (value, f"×{power}")


def collect_values(found: Iterable[Number], text: str) -> set[Value]:
    """Return the values of all readings of a text's numbers, and its multipliers."""
    values = {value for number in found for reading in number.readings for value in reading}
    return values | _multipliers(text)


@lru_cache(16)
def _multipliers(text: str) -> frozenset[str]:
    """Return the multipliers that a text has in words."""
    lower = text.lower()
    if not any(part in lower for part in PARTS):
        return frozenset()
    return frozenset(f"×{MULTIPLIERS[str(match.lastgroup)]}" for match in ALONE.finditer(text))
