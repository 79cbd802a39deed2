"""Find numbers of a translation that have changed places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from operator import attrgetter

from publish.checks.numbers.amounts import Amount, Counted
from publish.checks.numbers.beside import is_age
from publish.checks.numbers.comparing import MOST, Compared
from publish.languages.counting.words import NOUNS

__all__ = ["find_reordered", "find_swapped"]


def find_swapped(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield two numbers of the source that count each other's things in the translation."""
    placed = _place(pair)
    there = [_roles(one, pair.target) for one in pair.target.amounts]
    owned = Counter(role for one in pair.source.amounts for role in _roles(one, pair.source))
    taken = Counter(role for roles in there for role in roles)
    seen = [(_roles(first, pair.source), _roles(one, pair.target)) for first, one in placed]
    for at, (second, _) in enumerate(placed):
        for role in sorted((seen[at][1] - seen[at][0]) & owned.keys()):
            if taken[role] > owned[role] or (role in NOUNS and not seen[at][0] & NOUNS):
                continue
            for to, (first, _) in enumerate(placed):
                if to != at and role in seen[to][0] and role not in seen[to][1]:
                    yield (first, second) if to < at else (second, first)
                    return
    yield from _impossible_days(pair)
    yield from _years_of_other_months(placed)


def _years_of_other_months(
    placed: list[tuple[Amount, Amount]],
) -> Iterator[tuple[Amount, Amount]]:
    """Yield two years that have each other's months."""
    dated = [one for one in placed if one[0].is_year and one[0].month and one[1].month]
    for (first, one), (second, two) in combinations(dated, 2):
        crossed = one.month == second.month and two.month == first.month
        if crossed and first.month != second.month:
            yield first, second
            return


def _impossible_days(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield a year that stands where the day does: `2024 June 24`."""
    for other in pair.target.amounts if pair.target.language.knows_endings else ():
        if other.dated == "day" and other.is_year:
            for amount in pair.source.amounts:
                if amount.value != other.value and (amount.dated == "day" or amount.is_date):
                    yield amount, other
                    return


def find_reordered(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield two numbers that stand in the other order, where nothing tells which is which."""
    placed = _place(pair)
    alike: dict[object, tuple[Amount, Amount]] = {}
    for first, one in placed:
        clock = isinstance(first.value, str)
        key = (first.units, first.labels, first.month, first.is_year, clock)
        last = alike.get(key)
        alike[key] = (first, one)
        turned = last and _is_turned(pair, last, (first, one)) and _is_alike(last[1], one)
        told = first.nouns & one.nouns or (last and last[0].nouns & last[1].nouns)
        if last and turned and not told:
            yield last[0], first
            return
    yield from _unlinked(placed)
    yield from _misdated(pair, placed)


OF = re.compile(r" (?:out )?of (?:[a-z]+ ){0,2}$")


def _is_turned(pair: Compared, last: tuple[Amount, Amount], this: tuple[Amount, Amount]) -> bool:
    """Return whether two numbers are in another order than is usual in the language.

    Of "12 of 81" some languages say the larger number first, and some can say either.
    """
    turned = last[1].start > this[1].start
    if OF.match(pair.source.text[last[0].end : this[0].start]):
        if pair.target.language.knows("either"):
            return False
        return turned != pair.target.language.knows("whole-first")
    return turned


def _unlinked(placed: list[tuple[Amount, Amount]]) -> Iterator[tuple[Amount, Amount]]:
    """Yield two ends of a range, where each is linked to another number in the translation."""
    first = {one.start: one for one, _ in placed}
    other = {one.start: one for _, one in placed}
    for one, there in placed:
        if one.linked in first and there.linked in other:
            wanted, found = first[one.linked], other[there.linked]
            if not wanted.values & found.values:
                yield one, wanted
                return


def _place(pair: Compared) -> list[tuple[Amount, Amount]]:
    """Return the numbers that both texts have in digits, if each has them once."""
    placed: list[tuple[Amount, Amount]] = []
    if len(pair.source.amounts) < 2 or len(pair.target.amounts) < 2:
        return placed
    for amount in pair.source.amounts[:MOST]:
        others = pair.find_same(amount)
        if len(others) == 1 and not pair.is_lost(amount):
            placed.append((amount, others[0]))
    counts = Counter(amount.value for amount, _ in placed)
    again = Counter(other.start for _, other in placed)
    return [one for one in placed if counts[one[0].value] == 1 and again[one[1].start] == 1]


def _roles(amount: Amount, text: Counted) -> frozenset[str]:
    """Return what a number is in its text: a share, a day, the number of an article."""
    units = amount.units - {"year"} if "calendar" in amount.units else amount.units
    own = units | amount.labels | amount.nouns
    english = text.language.tag.startswith("en")
    if english and amount.is_year:
        own = (own - {"year"}) | {"calendar"}
    if english and not amount.units and is_age(amount, text):
        own |= {"year"}
    if english and amount.month:
        own |= {"dated year" if amount.is_year else "day"}
    elif not english and not text.language.knows_endings:
        pass  # The day can stand before its month, or after it.
    elif amount.dated == "day" or (amount.dated and "year" not in units):
        own |= {"day" if amount.dated == "day" else "dated year"}
    return own


def _is_alike(first: Amount, second: Amount) -> bool:
    """Return whether nothing beside two numbers tells which is which."""
    return (
        first.units == second.units
        and first.labels == second.labels
        and first.month == second.month
        and first.is_year == second.is_year
    )


def _misdated(
    pair: Compared, placed: list[tuple[Amount, Amount]]
) -> Iterator[tuple[Amount, Amount]]:
    """Yield a year and a number of which only the number has the year's preposition: `in 150`."""
    if not pair.target.language.knows("in"):
        return
    for (first, one), (second, two) in combinations(placed, 2):
        for year, there, number, other in ((first, one, second, two), (second, two, first, one)):
            if (
                year.is_year
                and not number.is_year
                and not number.units
                and _is_led(year, pair.source)
                and not _is_led(number, pair.source)
                and not _is_led(there, pair.target)
                and "year" not in there.units
                and _is_led(other, pair.target)
            ):
                yield year, number
                return


def _is_led(amount: Amount, text: Counted) -> bool:
    """Return whether a preposition such as `in` is right before a number."""
    at = bisect_left(text.words, amount.start, key=attrgetter("start")) - 1
    if at < 0 or "in" not in text.words[at].keys:
        return False
    return not text.text[text.words[at].end : amount.start].strip()
