"""Read the amounts of a text: its numbers with their thousands, units, currencies and months."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from publish.checks.numbers.digits import (
    DIRECTIONS,
    SPACES,
    Digits,
    Reading,
    Value,
    find_digits,
    normalise,
)
from publish.languages.counting.words import (
    LABELS,
    MONEY,
    NOUNS,
    SHARES,
    SIGNS,
    UNITS,
    CountingWords,
    Word,
    split_words,
)

__all__ = ["Amount", "Counted", "is_converted", "read_counted"]


Metric = tuple[Decimal, str]
"""A value after conversion, and its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number in digits with what it counts; `start` and `end` are in code points.

    `readings` are the ways to understand it: the other text must have all values of one of them.
    `loose` are those that only the rules of another language allow.  `apart` is one more reading,
    which counts only when the number is looked for in the other text.  `metric` are its values
    after conversion if a unit such as miles follows.  `units` and `labels` are the keys of the
    words beside it, `nouns` those of what it counts, `month` the one that it is a day or year of, 0 for none.
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
AFTER = 4
"""So many words after a number may have its unit: "5 long and hard days"."""

CALENDAR = frozenset(("year", "calendar"))
"""What a year has beside it that is no length of time: `2019-njy ýyl`, «в 2019 году»."""
LETTER = re.compile(rf"[{SPACES}-]?(?P<letter>bn|tn|[kmb])(?!\w)", re.IGNORECASE)
LETTERS = {"k": 3, "m": 6, "b": 9, "bn": 9, "tn": 12}
YEAR = re.compile(r"(?:1\d|20)\d\d(?!\d|[.,]\d)")
SIGN_AFTER = re.compile(
    rf"[{SPACES}{DIRECTIONS}]*([{re.escape(''.join(SIGNS))}]|[A-Z]{{0,3}}\$)"
)
SIGN_BEFORE = re.compile(rf"(?<!\d)(?<!\d[{SPACES}])([{re.escape(''.join(SIGNS))}])[{SPACES}{DIRECTIONS}~≈]*$")
END = re.compile(r"[;:()«»“”\"!?؟।。]|[.,…](?=\s|$)|—")
LINKING = frozenset(f"{SPACES}{DIRECTIONS}-–—−,،/%٪$€£₽’'")
"""What may stand between two linked numbers, beside one word such as `to`."""
THOUSAND = 1000
TOLERANCE = Decimal("0.1")
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


@lru_cache(16)
def read_counted(text: str, language: CountingWords) -> Counted:
    """Return all in a text that counts; cached, since several rules need it."""
    normal = normalise(text, language)
    words = split_words(normal, language)
    found = tuple(find_digits(normal, language))
    amounts = _link(tuple(_amounts(normal, found, words, language)), normal, words)
    return Counted(
        text=text,
        language=language,
        amounts=amounts,
        words=words,
        months=tuple(_months(normal, found, words, language)),
        counts=Counter(key for word in words for key in word.keys),
    )


def is_converted(
    values: Iterable[Value], metric: tuple[Metric, ...], units: frozenset[str] = frozenset()
) -> bool:
    """Return whether one of the values is a converted measure, give or take a tenth.

    `units` are those beside the values, none if they are not known.
    """
    return any(
        abs(value - wanted) <= abs(wanted) * TOLERANCE
        for value in values
        if isinstance(value, Decimal)
        for wanted, unit in metric
        if not units or unit in units
    )


# --------------------------------------------------------------------------- beside a number


def _amounts(
    text: str, found: Sequence[Digits], words: Sequence[Word], language: CountingWords
) -> Iterator[Amount]:
    first = 0
    for at, number in enumerate(found):
        limit = found[at + 1].start if at + 1 < len(found) else len(text)
        while first < len(words) and words[first].start < number.end:
            first += 1
        after = _near(text, number, limit, words, first)
        before = words[max(0, first - 2) : first] if first else ()
        start = found[at - 1].end if at else -1
        kept = [one for one in before if one.start >= start]
        yield _amount(text, number, after, kept, language, taken=len(kept) == 1 and start >= 0)


def _near(
    text: str, number: Digits, limit: int, words: Sequence[Word], first: int
) -> list[tuple[Word, bool]]:
    """Return the words after a number and whether each is joined to it: `13-year-old`."""
    near: list[tuple[Word, bool]] = []
    end = number.end
    loose = 0
    for word in words[first : first + AFTER + 3]:
        gap = text[end : word.start]
        if word.start >= limit or loose > AFTER or (END.search(gap) and not _abbreviated(gap, near)):
            break
        joined = not near and gap in ("", "-", "’", "'", "‑", "–")
        near.append((word, joined))
        loose += not joined
        end = word.end
    last = near[-1][0] if near else None
    if last and "year" in last.keys and _begins_year(text, last.end, limit):
        near.pop()  # «в 2018 году» has it after the number, "عام 2018" before it.
    return near


YEAR_AHEAD = re.compile(rf"[{SPACES}{DIRECTIONS}]+$")


def _begins_year(text: str, end: int, start: int) -> bool:
    """Return whether a word stands right before a number that is a year."""
    return bool(YEAR_AHEAD.match(text[end:start])) and bool(YEAR.match(text, start))


def _abbreviated(gap: str, near: list[tuple[Word, bool]]) -> bool:
    """Return whether a stop ends no sentence: that after `тыс.` or `млн.`."""
    return gap.strip() == "." and bool(near) and any(map(str.isdigit, near[-1][0].keys))


def _amount(
    text: str,
    number: Digits,
    after: list[tuple[Word, bool]],
    before: list[Word],
    language: CountingWords,
    *,
    taken: bool,
) -> Amount:
    scale, rest = _scale(after)
    free = before[:0] if taken else before
    units = _units(text, number, rest, free, len(rest) < len(after))
    if isinstance(number.strict[0][0], str) and language.tag[:2] == "en":
        units = units & {"hour"}  # The "m" of "5 p.m." is no metre.
    readings, loose = number.strict, number.loose
    month, dated = _month(rest, before) if _is_dated(number) and scale == 1 else (0, "")
    if scale > 1:
        readings, loose = (), ()
        for reading in number.strict:
            if len(reading) == 1 and isinstance(reading[0], Decimal):
                readings = (*readings, (reading[0] * scale,))
        for reading in number.loose:
            if isinstance(reading[0], Decimal):
                loose = (*loose, (reading[0] * scale,))
        readings = readings or number.strict
    elif language.tag.startswith("en") and (letter := LETTER.match(text, number.end)):
        value = number.strict[0][0]
        if isinstance(value, Decimal):
            scaled = (value.scaleb(LETTERS[letter["letter"].lower()]),)
            plain = len(letter["letter"]) == 1 and not units & MONEY
            readings = (scaled, *readings) if plain else (scaled,)
    return Amount(
        start=number.start,
        end=number.end,
        text=number.text,
        readings=readings,
        loose=loose,
        apart=number.apart,
        metric=tuple(_metric(readings[0][0], text, number)) if language.tag[:2] == "en" else (),
        units=units,
        labels=_labels(rest, free),
        nouns=next((word.keys & NOUNS for word, _ in rest if word.keys & (NOUNS | UNITS)), frozenset()),
        month=month,
        dated=dated,
        close=bool(rest) and bool(rest[0][0].keys & units),
        is_date=bool(number.months),
    )


def _scale(after: list[tuple[Word, bool]]) -> tuple[Decimal, list[tuple[Word, bool]]]:
    """Return what the words right after a number multiply it with, and the words after those."""
    scale, at = Decimal(1), 0
    for word, _ in after:
        powers = [int(key) for key in word.keys if key.isdigit() and int(key) >= THOUSAND]
        if not powers or "none" in word.keys:
            break
        scale *= min(powers)
        at += 1
        if word.keys & UNITS:  # «25-тысячный» is one word with its unit.
            break
    return scale, after[at:]


def _units(
    text: str, number: Digits, rest: list[tuple[Word, bool]], before: list[Word], scaled: bool
) -> frozenset[str]:
    """Return the units beside a number: a sign, else a word after it, else one before it."""
    if sign := SIGN_BEFORE.search(text, max(0, number.start - 4), number.start):
        return _sign(sign[1])
    if not scaled and (sign := SIGN_AFTER.match(text, number.end)):
        return _sign(sign[1])
    close = bool(before) and not text[before[-1].end : number.start].strip(SPACES + DIRECTIONS)
    ahead = before[-1].keys & (SHARES | MONEY) if close else frozenset()
    if ahead & SHARES:
        return ahead & SHARES
    if close and "year" in before[-1].keys and YEAR.match(text, number.start):
        return CALENDAR
    nth = bool(rest) and rest[0][1] and _is_nth(rest[0][0], text, number)
    for word, joined in rest:
        if _named(word) and not joined:
            return ahead
        if "year" in word.keys and (nth or "calendar" in word.keys):
            return CALENDAR
        if scaled and (sign := SIGN_BEFORE.search(text, max(number.end, word.start - 2), word.start)):
            return _sign(sign[1])
        if word.keys & UNITS:
            return word.keys & UNITS
    return ahead or _late_sign(text, number, rest, scaled)


def _is_nth(word: Word, text: str, number: Digits) -> bool:
    """Return whether a word joined to a number makes it an ordinal: `5-nji`, `2019-yil`."""
    return "nth" in word.keys or ("year" in word.keys and bool(YEAR.match(text, number.start)))


def _late_sign(
    text: str, number: Digits, rest: list[tuple[Word, bool]], scaled: bool
) -> frozenset[str]:
    """Return the unit of a sign after `млн`: the `$` of `5 млн $`."""
    if scaled:
        gap = text[number.end : rest[0][0].start if rest else number.end + 14]
        found = re.match(rf"[^\d.;]*?([{re.escape(''.join(SIGNS))}])", gap)
        if found:
            return _sign(found[1])
    return frozenset()


def _sign(sign: str) -> frozenset[str]:
    return frozenset((SIGNS[sign[-1]],)) | ({"yen"} if sign[-1] == "¥" else frozenset())


def _labels(rest: list[tuple[Word, bool]], before: list[Word]) -> frozenset[str]:
    """Return what a number is the number of, such as an article."""
    if before and before[-1].keys & LABELS:
        return before[-1].keys & LABELS
    for word, joined in rest[:2]:
        if word.keys & LABELS:
            return word.keys & LABELS
        if not joined:
            break
    return frozenset()


def _is_dated(number: Digits) -> bool:
    """Return whether a number can be a day or a year."""
    text = number.text
    return text.isdecimal() and (len(text) == 4 or (len(text) < 3 and int(text) <= DAYS))


def _month(rest: list[tuple[Word, bool]], before: list[Word]) -> tuple[int, str]:
    """Return the month beside a number, and what that makes of the number: a day or a year.

    As in `5 May 2023`, `May 5`, `5-nji maý`, `mayın 5-də`, `5 de mayo de 2023`.
    """
    if before and "ahead" in before[-1].keys:
        return _named(before[-1]), "day"
    after = [word for word, joined in rest if not joined or _named(word)]
    for word in [word for word in after if "ahead" not in word.keys][:2]:
        if month := _named(word):
            return month, "day"
        if word.keys & UNITS or word.end - word.start > 3:
            break
    month = _named(before[-1]) if before else 0
    return month, "year" if month else ""


def _named(word: Word) -> int:
    months = [int(key[1:]) for key in word.keys if re.fullmatch(r"m\d\d?", key)]
    return months[0] if months else 0


def _metric(value: Value, text: str, number: Digits) -> Iterator[Metric]:
    """Yield the value of a measure after conversion, in each metric unit.

    `value` includes the multiplier that follows the digits: 2000 in "2 thousand miles".
    """
    if isinstance(value, str):
        return
    measure = MEASURE.match(text, number.end) or MEASURE.match(text, _past_word(text, number.end))
    if measure is None:
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


SCALE_WORD = re.compile(rf"[{SPACES}-]?(?:thousand|million|billion|trillion)", re.IGNORECASE)


def _past_word(text: str, end: int) -> int:
    found = SCALE_WORD.match(text, end)
    return found.end() if found else end


def _link(
    amounts: tuple[Amount, ...], text: str, words: Sequence[Word]
) -> tuple[Amount, ...]:
    """Return the amounts, where the first of `10 to 15 million dollars` has what the last has."""
    amounts = tuple(_dated(amounts, text))
    made: list[Amount] = []
    following: Amount | None = None
    for one in reversed(amounts):
        new = one
        if (
            following is not None
            and not one.labels
            and not one.month
            and (following.is_year or not one.is_year)
        ):
            if _is_link(text, one.end, following.start, words):
                new = _linked(one, following)
        made.append(new)
        following = new
    return tuple(reversed(made))


def _dated(amounts: tuple[Amount, ...], text: str) -> Iterator[Amount]:
    """Yield the amounts, where a year right after a day has the day's month: `May 5, 2023`."""
    last: Amount | None = None
    for one in amounts:
        if last and last.dated == "day" and one.is_year and not one.month:
            if text[last.end : one.start].strip(SPACES) == ",":
                one = replace(one, month=last.month, dated="year")
        yield one
        last = one


def _is_link(text: str, start: int, end: int, words: Sequence[Word]) -> bool:
    """Return whether there is nothing between two numbers but a dash, a comma, or such as `to`."""
    if end - start > LONGEST_LINK:
        return False
    first = bisect_left(words, start, key=attrgetter("start"))
    between = [word for word in words[first : first + 4] if word.start < end]
    if any("link" not in word.keys for word in between) or len(between) > 2:
        return False
    gap = text[start:end]
    for word in reversed(between):
        gap = gap[: word.start - start] + gap[word.end - start :]
    return LINKING.issuperset(gap)


LONGEST_LINK = 16


def _linked(one: Amount, following: Amount) -> Amount:
    plain = Decimal(re.sub(r"\D", "", following.text) or 1)
    value, own = following.value, one.value
    readings = one.readings
    scale = value / plain if isinstance(value, Decimal) and plain else Decimal(1)
    if isinstance(own, Decimal) and scale >= THOUSAND and len(one.text) <= len(following.text) + 2:
        readings = (*readings, (own * scale,))
    return replace(
        one,
        readings=readings,
        units=one.units
        or (following.units if one.is_year or not following.is_year else frozenset()),
        month=0 if following.is_year else following.month,
        linked=following.start,
    )


# --------------------------------------------------------------------------- months

UNCERTAIN = {3, 5, 8}
"""Months whose English names are other words too: march, may, august."""
DATED = frozenset(("in", "since", "until", "till", "last", "next", "during", "early", "late", "mid"))


def _months(
    text: str, found: Sequence[Digits], words: Sequence[Word], language: CountingWords
) -> Iterator[frozenset[int]]:
    """Yield the months that a text names, each as the months that it can mean."""
    yield from (number.months for number in found if number.months)
    english = language.tag.startswith("en")
    for at, word in enumerate(words):
        month = _named(word)
        if month and (not english or _is_month(text, words, at, month)):
            yield frozenset((month,))
        elif "mx" in word.keys:
            yield frozenset()


def _is_month(text: str, words: Sequence[Word], at: int, month: int) -> bool:
    """Return whether an English word is the name of a month and not a verb or a person."""
    word = words[at]
    name = text[word.start : word.end]
    if not name[0].isupper():
        return False
    before = text[max(0, word.start - 12) : word.start]
    after = text[word.end : word.end + 6]
    if re.match(r"\.?,?[ \u00a0-]\d", after) or re.search(r"\d(?:st|nd|rd|th)?(?: of)?[ \u00a0-]$", before):
        return True
    if len(name) < 4 and month != 5:
        return False
    if month not in UNCERTAIN:
        return True
    last = text[words[at - 1].start : words[at - 1].end].lower() if at else ""
    return last in DATED
