"""Link numbers that share what stands beside the last: `10 to 15 million dollars`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from publish.checks.numbers.amounts import Amount
from publish.checks.numbers.digits import DIRECTIONS, SPACES
from publish.languages.counting.words import MONEY, Word

__all__ = ["THOUSAND", "link_amounts"]

THOUSAND = 1000
LINKING = frozenset(f"{SPACES}{DIRECTIONS}-–—−,،/%٪$€£₽’'")
"""What may stand between two linked numbers, beside one word such as `to`."""


def link_amounts(
    amounts: tuple[Amount, ...], text: str, words: Sequence[Word]
) -> tuple[Amount, ...]:
    """Return the amounts, where the first of `10 to 15 million dollars` has what the last has."""
    amounts = tuple(_dated(_summed(amounts, text, words), text))
    made: list[Amount] = []
    following: Amount | None = None
    for one in reversed(amounts):
        new = one
        if (
            following is not None
            and not one.labels
            and not one.month
            and not AGED.search(text[max(0, one.start - 6) : one.start])
            and (following.is_year or not one.is_year or _is_near(one, following))
        ) and _is_link(text, one.end, following.start, words):
            new = _linked(one, following)
        made.append(new)
        following = new
    return tuple(reversed(made))


def _summed(amounts: tuple[Amount, ...], text: str, words: Sequence[Word]) -> tuple[Amount, ...]:
    """Return the amounts, where `2 million 300 thousand` are also one number."""
    made = [_after_words(one, words) for one in amounts]
    for at, (one, other) in enumerate(pairwise(amounts)):
        large, small = one.value, other.value
        if not isinstance(large, Decimal) or not isinstance(small, Decimal):
            continue
        first = bisect_left(words, one.end, key=attrgetter("start"))
        between = [word for word in words[first : first + 4] if word.start < other.start]
        if len(between) == 1 and between[0].keys & MONEY and len(other.text) == 2:
            whole = ((large + small / 100,),)
            made[at] = made[at]._replace(readings=(*made[at].readings, *whole))
            made[at + 1] = other._replace(readings=(*other.readings, *whole))
        if large < THOUSAND or not 0 < small < large or len(one.text) > LONGEST_PART:
            continue
        wide = text[one.end : other.start] in WIDE_SIGNS and large > small
        if wide or (between and all(_is_scale(word) for word in between)):
            whole = ((large + small,),)
            made[at] = made[at]._replace(readings=(*made[at].readings, *whole))
            made[at + 1] = other._replace(readings=(*other.readings, *whole))
    return tuple(made)


def _after_words(one: Amount, words: Sequence[Word]) -> Amount:
    """Return a number, also with the large number in words before it: `bir million 200 müň`."""
    first = bisect_left(words, one.start, key=attrgetter("start"))
    before = [word for word in words[max(0, first - 3) : first] if word.keys]
    while before and "link" in before[-1].keys:
        before.pop()
    scale = next((int(key) for key in before[-1].keys if key.isdigit()), 0) if before else 0
    if scale < THOUSAND or not isinstance(one.value, Decimal) or one.value >= scale:
        return one
    counts = [int(key) for word in before[:-1] for key in word.keys if key.isdigit()]
    large = Decimal(scale * (counts[-1] if counts and counts[-1] < THOUSAND else 1))
    return one._replace(readings=(*one.readings, (large + one.value,)))


LONGEST_PART = 4


def _is_scale(word: Word) -> bool:
    return "link" in word.keys or any(key.isdigit() and int(key) >= THOUSAND for key in word.keys)


def _is_near(one: Amount, following: Amount) -> bool:
    """Return whether what could be a year is an amount as the next is: `1000–1500 dollars`."""
    if not following.units or not isinstance(following.value, Decimal):
        return False
    return isinstance(one.value, Decimal) and one.value < following.value <= one.value * 5


def _dated(amounts: tuple[Amount, ...], text: str) -> Iterator[Amount]:
    """Yield the amounts, where a year right after a day has the day's month: `May 5, 2023`."""
    last: Amount | None = None
    for one in amounts:
        day = last and last.month and (last.dated == "day" or len(last.text) < 3)
        after_day = bool(day) and one.is_year and not one.month
        if last and after_day and text[last.end : one.start].strip(SPACES) == ",":
            last = one._replace(month=last.month, dated="year")
        else:
            last = one
        yield last


WIDE_SIGNS = frozenset("千천万萬만億亿억")
"""What stands between the two parts of 12万5000."""
AGED = re.compile(r"(?:aged?|under|over) $")


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
    return one._replace(
        readings=readings,
        units=one.units
        or (following.units if one.is_year or not following.is_year else frozenset()),
        month=0 if following.is_year else following.month,
        linked=following.start,
    )
