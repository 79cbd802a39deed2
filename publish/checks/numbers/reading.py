"""Read all in a text that counts: its numbers and what stands beside each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from publish.checks.numbers.amounts import CALENDAR, Amount, Counted
from publish.checks.numbers.digits import DIRECTIONS, SPACES, Digits, Value, find_digits, normalise
from publish.checks.numbers.links import THOUSAND, link_amounts
from publish.checks.numbers.measures import read_metric
from publish.checks.numbers.months import find_month, list_months, name_month
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

__all__ = ["read_counted", "read_worded"]

AFTER = 4
"""So many words after a number may have its unit: "5 long and hard days"."""

LETTER = re.compile(rf"[{SPACES}-]?(?P<letter>bn|tn|[kmb])(?!\w)", re.IGNORECASE)
LONG_LETTER = re.compile(r"(?P<letter>bn|tn)(?!\w)")
"""What a translation can have left as it is in an English source."""
LETTERS = {"k": 3, "m": 6, "b": 9, "bn": 9, "tn": 12}
COMMA = re.compile("[,،]")
YEAR = re.compile(r"(?:1\d|20)\d\d(?!\d|[.,]\d)")
SIGN_AFTER = re.compile(
    rf"[{SPACES}{DIRECTIONS}]*(?:°(?=%))?([{re.escape(''.join(SIGNS))}]|[A-Z]{{0,3}}\$)"
)
SIGN_BEFORE = re.compile(
    rf"(?<!\d)(?<!\d[{SPACES}])([{re.escape(''.join(SIGNS))}])[{SPACES}{DIRECTIONS}~≈]*$"
)
END = re.compile(r"[;:()«»“”\"!?؟।。]|[.,…](?=\s|$)|—")


@lru_cache(16)
def read_counted(text: str, language: CountingWords) -> Counted:
    """Return all in a text that counts; cached, since several rules need it."""
    normal = normalise(text, language)
    words = split_words(normal, language)
    found = tuple(find_digits(normal, language))
    amounts = link_amounts(tuple(_amounts(normal, found, words, language)), normal, words)
    return Counted(
        text=text,
        language=language,
        amounts=amounts,
        words=words,
        months=tuple(list_months(normal, found, words, language)),
        counts=Counter([key for word in words if word.keys for key in word.keys]),
    )


def read_worded(text: Counted, wanted: Container[Value]) -> tuple[Amount, ...]:
    """Return the numbers that a text has in words, if they are wanted: `in two hours`.

    A word such as `decade` is a number without a unit.
    """
    found: dict[int, Digits] = {}
    last: Word | None = None
    for word in text.words:
        values = [int(key) for key in word.keys if key.isdigit()] if word.keys else []
        start, ten = word.start, _read_ten(last, text.text, start=word.start)
        if last and ten and values and max(values) < TEN:
            values, start = [ten + max(values)], last.start
        for value in values:
            if Decimal(value) in wanted and value < THOUSAND:
                token = text.text[start : word.end]
                found[start] = Digits(start, word.end, token, ((Decimal(value),),))
        last = word
    if not found:
        return ()
    known = [Digits(one.start, one.end, one.text, one.readings) for one in text.amounts]
    every = sorted([*found.values(), *known], key=attrgetter("start"))
    return tuple(
        one._replace(units=named) if (named := _name_parts(one, text.words)) is not None else one
        for one in _amounts(normalise(text.text, text.language), every, text.words, text.language)
        if one.start in found
    )


PARTS = {"decade": "year", "century": "year", "week": "day", "day": "hour"}
"""What such words count: ten years, a hundred years, seven days, 24 hours."""


def _name_parts(amount: Amount, words: Sequence[Word]) -> frozenset[str] | None:
    """Return the unit of a word such as `decade`, none for a word of several numbers, else None."""
    word = words[bisect_left(words, amount.start, key=attrgetter("start"))]
    if part := next((PARTS[key] for key in word.keys if key in PARTS), ""):
        return frozenset((part,))
    return frozenset() if len(word.keys) > 1 else None


TEN = 10


def _read_ten(word: Word | None, text: str, start: int) -> int:
    """Return the tens that a word right before a place counts, else 0: 20 in `twenty-five`."""
    if word is None or text[word.end : start] not in ("-", " "):
        return 0
    return next((int(key) for key in word.keys if key in TENS), 0)


TENS = frozenset(map(str, range(20, 100, 10)))


def _amounts(
    text: str, found: Sequence[Digits], words: Sequence[Word], language: CountingWords
) -> Iterator[Amount]:
    first = 0
    years_first = not (language.knows("nth") or language.knows("calendar"))
    for at, number in enumerate(found):
        limit = found[at + 1].start if at + 1 < len(found) else len(text)
        while first < len(words) and words[first].start < number.end:
            first += 1
        after = _near(text, number, limit, words[first : first + AFTER + 3], years_first)
        if language.tag.startswith("en"):
            after = _before_next(after)
        before = words[max(0, first - 2) : first] if first else ()
        start = found[at - 1].end if at else -1
        kept = [one for one in before if one.start >= start]
        taken = len(kept) == 1 and start >= 0 and not COMMA.search(text, start, kept[0].start)
        yield _amount(text, number, after, kept, language, taken=taken)


def _before_next(after: list[tuple[Word, bool]]) -> list[tuple[Word, bool]]:
    """Return the words before the next phrase of an English sentence: `of`, `in`, `a`."""
    month = next((at for at, (word, _) in enumerate(after[:3]) if name_month(word)), -1)
    ends = [
        at
        for at, (word, _) in enumerate(after)
        if at > month and word.keys & NEXT and not word.keys & UNITS
    ]
    return after[: ends[0]] if ends else after


WIDE = {
    **dict.fromkeys("千천", Decimal(10**3)),
    **dict.fromkeys("万萬만", Decimal(10**4)),
    **dict.fromkeys("億亿억", Decimal(10**8)),
    **dict.fromkeys("兆조", Decimal(10**12)),
}
"""Large numbers that Chinese, Japanese and Korean write right after digits."""
NEXT = frozenset(("in", "link", "1"))


def _near(
    text: str, number: Digits, limit: int, words: Sequence[Word], years_first: bool
) -> list[tuple[Word, bool]]:
    """Return the words after a number and whether each is joined to it: `13-year-old`.

    `years_first` says whether the word for a year stands before it: "عام 2018", not «2018 год».
    """
    near: list[tuple[Word, bool]] = []
    end = number.end
    loose = 0
    for word in words:
        gap = text[end : word.start]
        if (
            word.start >= limit
            or loose > AFTER
            or (END.search(gap) and not _abbreviated(gap, near))
        ):
            break
        if word.keys and near and (_is_number(word) or _is_of_next(text, word, limit)):
            break
        joined = not near and gap in ("", "-", "’", "'", "‑", "–")
        near.append((word, joined))
        loose += not joined
        end = word.end
    last = near[-1][0] if near else None
    if years_first and last and "year" in last.keys and _begins_year(text, last.end, limit):
        near.pop()
    return near


def _is_of_next(text: str, word: Word, limit: int) -> bool:
    """Return whether a word is the percent before the next number: `yüzde 14`."""
    return (
        limit < len(text)
        and bool(word.keys & SHARES)
        and not text[word.end : limit].strip(SPACES + DIRECTIONS)
    )


def _is_number(word: Word) -> bool:
    """Return whether a word is a small number with a unit of its own: `in two hours`."""
    return not word.keys & UNITS and any(
        key.isdigit() and 1 < int(key) < THOUSAND for key in word.keys
    )


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
    if scale == 1 and text[number.end : number.end + 1] in WIDE:
        scale = WIDE[text[number.end]]
    free = before[:0] if taken else before
    letter = (LETTER if language.tag.startswith("en") else LONG_LETTER).match(text, number.end)
    own = rest[1:] if letter and rest and rest[0][1] and scale == 1 else rest
    units = _units(text, number, own, free, len(rest) < len(after), language)
    if isinstance(number.strict[0][0], str) and language.tag[:2] == "en":
        units = units & {"hour"}  # The "m" of "5 p.m." is no metre.
    readings, loose = number.strict, number.loose
    month, dated = find_month(number, rest, before) if scale == 1 else (0, "")
    if dated == "year" and units - CALENDAR:
        month, dated = 0, ""  # The days of "3 mayda 15 kun" are those of no month.
    if scale > 1:
        readings, loose = (), ()
        for reading in number.strict:
            if len(reading) == 1 and isinstance(reading[0], Decimal):
                readings = (*readings, (reading[0] * scale,))
        for reading in number.loose:
            if isinstance(reading[0], Decimal):
                loose = (*loose, (reading[0] * scale,))
        readings = readings or number.strict
    elif letter:
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
        metric=tuple(read_metric(readings[0][0], text, number)) if language.tag[:2] == "en" else (),
        units=units,
        labels=_labels(rest, free),
        nouns=next(
            (word.keys & NOUNS for word, _ in rest if word.keys & (NOUNS | UNITS)), frozenset()
        ),
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
    text: str,
    number: Digits,
    rest: list[tuple[Word, bool]],
    before: list[Word],
    scaled: bool,
    language: CountingWords,
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
    knows_calendar = language.knows("calendar")
    years_first = not (knows_calendar or language.knows("nth"))
    years_first = years_first and not (rest and rest[0][0].keys & UNITS - CALENDAR)
    if years_first and close and "year" in before[-1].keys and YEAR.match(text, number.start):
        return CALENDAR
    nth = bool(rest) and rest[0][1] and _is_nth(rest[0][0], text, number, knows_calendar)
    for word, joined in rest:
        if name_month(word) and not joined:
            return ahead
        if "year" in word.keys and (nth or "calendar" in word.keys):
            return CALENDAR
        if scaled and (
            sign := SIGN_BEFORE.search(text, max(number.end, word.start - 2), word.start)
        ):
            return _sign(sign[1])
        if word.keys & UNITS and not _is_code(text, word):
            return word.keys & UNITS
    return ahead or _late_sign(text, number, rest, scaled)


def _is_code(text: str, word: Word) -> bool:
    """Return whether a word is a letter of a name such as `5G`."""
    return word.end - word.start < 3 and text[word.start : word.end].isupper()


def _is_nth(word: Word, text: str, number: Digits, knows_calendar: bool) -> bool:
    """Return whether a word joined to a number makes it an ordinal: `5-nji`, `2019-yil`."""
    if "nth" in word.keys:
        return True
    return "year" in word.keys and not knows_calendar and bool(YEAR.match(text, number.start))


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
