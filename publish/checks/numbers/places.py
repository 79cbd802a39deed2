"""Find numbers of a translation that have changed places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from operator import attrgetter

from publish.checks.numbers.amounts import Amount, Counted
from publish.checks.numbers.beside import is_age
from publish.checks.numbers.comparing import MOST, Compared
from publish.checks.numbers.context import compare_contexts, is_led, read_context
from publish.checks.numbers.digits import Value
from publish.checks.numbers.measures import is_converted
from publish.languages.counting.words import NOUNS, TIMES

__all__ = ["find_brought", "find_first_reordered", "list_swapped"]


@lru_cache(16)
def list_swapped(pair: Compared) -> tuple[tuple[Amount, Amount], ...]:
    """Return two numbers of the source that count each other's things in the translation.

    Three rules ask for them; so the last answers are kept, as those of the next functions.
    """
    return tuple(_find_swapped(pair))


def _find_swapped(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
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
                if role == "year" and not first.units:
                    continue  # An age, which a translation can say of another number.
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
                day = amount.dated == "day" or (amount.month and not amount.is_year)
                if amount.value != other.value and (day or amount.is_date):
                    yield amount, other
                    return


@lru_cache(16)
def find_first_reordered(pair: Compared) -> tuple[Amount, Amount] | None:
    """Return two numbers that stand in the other order, where nothing tells which is which."""
    return next(_find_reordered(pair), None)


def _find_reordered(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    crossed, _ = _cross(pair)
    if crossed:
        yield crossed
        return
    if len(pair.source.amounts) > FEW:
        yield from _turned(_place_all(pair)[FEW - 1 :], pair)
    yield from _falling(pair)
    placed = _place(pair)
    yield from _unlinked(placed)
    yield from _misdated(pair, placed)


def find_brought(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield a number and a time that stands before it, but after it in the source."""
    _, brought = _cross(pair)
    if brought:
        yield brought


def _turned(placed: list[tuple[Amount, Amount]], pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield two numbers of a long list of which the later one stands first."""
    alike: dict[object, tuple[Amount, Amount]] = {}
    for first, one in placed:
        clock = isinstance(first.value, str)
        key = (first.units, first.labels, first.month, first.is_year, clock)
        last = alike.get(key)
        alike[key] = (first, one)
        if last and _is_turned(pair, last, (first, one)) and _is_alike(last[1], one):
            yield last[0], first
            return


def _falling(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield the ends of a range that falls in the translation, where none of the source does."""
    if not any(one.linked >= 0 for one in pair.source.amounts):
        return
    falling = next(_list_falling(pair.target), None)
    if falling and not any(_list_falling(pair.source)):
        yield falling


def _list_falling(text: Counted) -> Iterator[tuple[Amount, Amount]]:
    ends = {one.start: one for one in text.amounts}
    for one in text.amounts:
        other = ends.get(one.linked)
        if other is None or isinstance(one.value, str) or isinstance(other.value, str):
            continue
        if one.value > other.value:
            yield one, other


SURE = 3
"""By so much must the other place of two numbers be the likelier one."""
FEW = 12
"""So many numbers of a sentence are compared each with each."""


Places = tuple[Amount, Amount]


@lru_cache(16)
def _cross(pair: Compared) -> tuple[Places | None, Places | None]:
    """Return the first two numbers of which each stands where what is around it fits the other.

    The second two are a time and a number before which it stands, but not in the source.
    """
    placed = _place_all(pair)[:FEW]
    if len(placed) < 2:
        return None, None
    brought: Places | None = None
    read = [
        (first, one, read_context(first, pair.source), read_context(one, pair.target))
        for first, one in placed
    ]
    for (first, one, own, there), (second, two, other, beyond) in combinations(read, 2):
        straight = compare_contexts(own, there) + compare_contexts(other, beyond)
        crossed = compare_contexts(own, beyond) + compare_contexts(other, there)
        turned = crossed >= straight and _is_turned(pair, (first, one), (second, two))
        if crossed - straight >= SURE or (turned and not _is_brought(first, second)):
            return (first, second), brought
        if turned and brought is None:
            brought = first, second
    return None, brought


def _is_brought(first: Amount, second: Amount) -> bool:
    """Return whether the second of two numbers is a time, which many languages bring to the front.

    The day and the year of one date have the order of the language, too.
    """
    if first.month and first.month == second.month and first.is_year != second.is_year:
        return True
    return _is_time(second) and not _is_time(first)


def _is_time(amount: Amount) -> bool:
    return amount.is_year or amount.month > 0 or isinstance(amount.value, str)


OF = re.compile(r"(?: ?%| per ?cent)? (?:out )?of (?:(?!and |or |to )[a-z]+ ){0,2}$")
CHAIN = re.compile(r"(?:nd|rd|st|th)?(?: [a-z]+){0,2} of (?:[A-Za-z]+ ){0,2}")
"""What is between the 2nd and the 20 of "the 2nd paragraph of Article 20"."""
VOTES = re.compile(r"(?: votes?)?(?: to |[-–])")


def _is_turned(pair: Compared, last: tuple[Amount, Amount], this: tuple[Amount, Amount]) -> bool:
    """Return whether two numbers are in another order than is usual in the language.

    Of "12 of 81" some languages say the larger number first, and some can say either.
    """
    turned = last[1].start > this[1].start
    gap = pair.source.text[last[0].end : this[0].start]
    if OF.match(gap):
        if pair.target.language.knows("either"):
            return False
        return turned != pair.target.language.knows("whole-first")
    if turned and CHAIN.fullmatch(gap) and pair.target.language.knows("whole-first"):
        return False
    if turned and gap == "(":
        return False  # Of "Article 19(3)" many say the part first.
    if turned and VOTES.fullmatch(gap) and pair.target.language.knows("whole-first"):
        return not _falls(last[0], this[0]) or this[1].linked == last[1].start
    return turned


def _falls(first: Amount, second: Amount) -> bool:
    """Return whether two numbers are a result such as 52 to 48, and no range."""
    if isinstance(first.value, str) or isinstance(second.value, str):
        return False
    return first.value > second.value


def _unlinked(placed: list[tuple[Amount, Amount]]) -> Iterator[tuple[Amount, Amount]]:
    """Yield two ends of a range, where each is linked to another number in the translation."""
    first = {one.start: (one, there.start) for one, there in placed}
    known = {there.start for _, there in placed}
    for one, there in placed:
        if one.linked in first and there.linked in known:
            wanted, start = first[one.linked]
            if start != there.linked:
                yield one, wanted
                return


@lru_cache(16)
def _place(pair: Compared) -> list[tuple[Amount, Amount]]:
    """Return the numbers that both texts have in digits, if each has them once."""
    placed: list[tuple[Amount, Amount]] = []
    if len(pair.source.amounts) < 2 or len(pair.target.amounts) < 2:
        return placed
    for amount in pair.source.amounts[:MOST]:
        others = pair.find_same(amount) or _find_converted(pair, amount)
        if len(others) == 1 and not pair.is_lost(amount):
            placed.append((amount, others[0]))
    counts = Counter(amount.value for amount, _ in placed)
    again = Counter(other.start for _, other in placed)
    return [one for one in placed if counts[one[0].value] == 1 and again[one[1].start] == 1]


def _place_all(pair: Compared) -> list[tuple[Amount, Amount]]:
    """Return all numbers that both texts have, also those in words, in order.

    Of a number that both have several times, the first is the first, and so on.
    """
    every = sorted((*pair.source.amounts[:MOST], *pair.worded), key=attrgetter("start"))
    counts = Counter(one.value for one in every)
    met: Counter[Value] = Counter()
    taken: set[int] = set()
    placed: list[tuple[Amount, Amount]] = []
    for amount in every:
        others = pair.find_same(amount) or _find_converted(pair, amount)
        turn = met[amount.value]
        met[amount.value] += 1
        if len(others) != counts[amount.value] or pair.is_lost(amount):
            continue
        if others[turn].start not in taken:
            taken.add(others[turn].start)
            placed.append((amount, others[turn]))
    return placed


def _find_converted(pair: Compared, amount: Amount) -> list[Amount]:
    """Return the numbers of the translation that are a measure of the source, converted."""
    if not amount.metric:
        return []
    return [one for one in pair.target.amounts if is_converted(one.values, amount.metric)]


def _roles(amount: Amount, text: Counted) -> frozenset[str]:
    """Return what a number is in its text: a share, a day, the number of an article."""
    units = amount.units - {"year"} if "calendar" in amount.units else amount.units
    if not amount.close and amount.linked < 0:
        units = units - TIMES
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
                and is_led(year, pair.source)
                and not is_led(number, pair.source)
                and not is_led(there, pair.target)
                and "year" not in there.units
                and is_led(other, pair.target)
            ):
                yield year, number
                return
