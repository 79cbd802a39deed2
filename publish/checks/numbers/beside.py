"""Compare what stands beside numbers: units, currencies, percent, months, and their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from publish.checks.numbers.amounts import Amount, Counted
from publish.checks.numbers.comparing import MOST, Compared
from publish.checks.numbers.digits import Value
from publish.checks.numbers.measures import is_converted
from publish.checks.numbers.months import is_misspelled
from publish.languages.counting.words import MEASURES, MONEY, SHARES, TIMES

__all__ = [
    "Difference",
    "find_invented_units",
    "find_lost_months",
    "find_lost_units",
    "find_other_units",
    "find_wrong_signs",
    "is_age",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A number of the source, and what is beside it in the translation."""

    amount: Amount
    other: Amount | None
    wanted: frozenset[str]
    found: frozenset[str] = frozenset()


# --------------------------------------------------------------------------- units


def find_other_units(pair: Compared) -> Iterator[Difference]:
    """Yield numbers that stand beside another unit, and percents that have become numbers."""
    for amount, others in _measured(pair):
        if any(other.units & amount.units or not other.units for other in others):
            continue
        if all(_is_of_another(pair, amount, one) for one in others):
            continue
        sure = amount.close and all(one.close for one in others)
        sure = sure and not any(_count_free(pair.source, one.units) for one in others)
        if (_is_mentioned(pair, amount.units) and not sure) or "degree" in amount.units:
            continue
        if amount.metric and _is_measured_anew(pair, amount, others):
            continue
        yield Difference(amount=amount, other=others[0], wanted=amount.units, found=others[0].units)
    yield from _shares(pair)
    yield from _repeated(pair)
    yield from _other_times(pair)


def _is_of_another(pair: Compared, amount: Amount, other: Amount) -> bool:
    """Return whether a number of the translation is that of another one with the same value."""
    return any(
        one.start != amount.start
        and other.units & one.units
        and other.values.intersection(*one.readings[:1])
        for one in (*pair.source.amounts, *pair.worded)
    )


def _is_measured_anew(pair: Compared, amount: Amount, others: list[Amount]) -> bool:
    """Return whether a measure is converted elsewhere, or yards have become as many metres."""
    if any("yard" in amount.units and "m" in other.units for other in others):
        return True
    return any(is_converted(one.values, amount.metric, one.units) for one in pair.target.amounts)


def is_age(amount: Amount, source: Counted) -> bool:
    """Return whether an English number is an age: `aged 10`, `under 18`, `Jones, 52, said`."""
    before = source.text[max(0, amount.start - 12) : amount.start]
    if AGE.search(before):
        return True
    beside = APPOSED.search(before) and AFTER_AGE.match(source.text, amount.end)
    return bool(beside) and len(amount.text) < 3


AGE = re.compile(r"(?:aged?|ages|under|over|below) (?:\d\d?[-–])?$", re.IGNORECASE)
APPOSED = re.compile(r"[^\W\d][”\"]?(?:, (?:also |now |then )?| \()$")
AFTER_AGE = re.compile(r"[,.;)]|$")
"""Before and after the age of a person that is named: `Jones, 52, said`."""
HOURS = frozenset(("hour", "minute", "second"))
ALWAYS = {"24": frozenset(("hour",)), "7": frozenset(("day",))}
"""The units of 24/7."""


def _other_times(pair: Compared) -> Iterator[Difference]:
    """Yield ages that are not in years, and times of day that are not in hours."""
    if not pair.source.language.tag.startswith("en"):
        return
    for amount in pair.source.amounts[:MOST]:
        if amount.units or pair.is_lost(amount):
            continue
        clock = isinstance(amount.value, str)
        if not clock and not is_age(amount, pair.source):
            continue
        allowed = HOURS if clock else frozenset(("year",))
        others = pair.find_same(amount)
        if "24/7" in amount.values:
            allowed = frozenset()
            others = [one for one in others if not one.units & ALWAYS.get(one.text, TIMES)]
            others = [one for one in others if one.close]
        others = [one for one in others if not _is_of_another(pair, amount, one)]
        if others and all(one.close and one.units <= TIMES - allowed for one in others):
            yield Difference(amount=amount, other=others[0], wanted=allowed, found=others[0].units)


CERTAIN = frozenset(
    ("day", "month", "week", "minute", "km", "kg", "tonne", "litre", "dollar", "euro")
)
"""Units whose words are no other words; of others, a translation may add that of an age."""


def find_invented_units(pair: Compared) -> Iterator[Difference]:
    """Yield numbers without a unit that have one in the translation: `a man, 52,` as 52 days."""
    if not pair.source.language.tag.startswith("en"):
        return
    own = pair.source.counts
    named = {unit for one in pair.source.amounts for unit in one.units}
    measured = any(one.metric for one in (*pair.source.amounts, *pair.worded))
    for amount in pair.source.amounts[:MOST]:
        if amount.units or amount.month or isinstance(amount.value, str) or pair.is_lost(amount):
            continue
        others = pair.find_same(amount)
        found = frozenset(unit for one in others for unit in one.units)
        if not others or not all(one.close for one in others) or not found <= CERTAIN - named:
            continue
        if not any(own[unit] for unit in found) and not (measured and found & MEASURES):
            yield Difference(amount=amount, other=others[0], wanted=amount.units, found=found)


def _repeated(pair: Compared) -> Iterator[Difference]:
    """Yield a number that the source has twice, where one of the two has another unit."""
    values = {one.value for one in pair.source.amounts}
    twice = len(values) < len(pair.source.amounts)
    for other in pair.target.amounts[:MOST] if twice else ():
        same = [
            one
            for one in pair.source.amounts[:MOST]
            if other.values.intersection(*one.readings[:1])
        ]
        units = frozenset(unit for one in same for unit in one.units)
        known = len(same) > 1 and other.units and all(one.units for one in same)
        if known and not other.units & units:
            yield Difference(amount=same[0], other=other, wanted=units, found=other.units)


def _measured(pair: Compared) -> Iterator[tuple[Amount, list[Amount]]]:
    """Yield the amounts of the source that have a unit, with the same ones of the translation."""
    worded = Counter(one.value for one in pair.worded)
    met: Counter[Value] = Counter()
    units: dict[Value, list[frozenset[str]]] = {}
    for one in pair.source.amounts[:MOST]:
        units.setdefault(one.value, []).append(one.units)
    once = (one for one in pair.worded if worded[one.value] == 1)
    for amount in (*pair.source.amounts[:MOST], *once):
        if amount.units and not pair.is_lost(amount) and not isinstance(amount.value, str):
            others = pair.find_same(amount)
            alike = units.get(amount.value, [])
            if len(others) == len(alike) > 1 and len(set(alike)) == 1:
                others = [others[met[amount.value]]]
                met[amount.value] += 1
            if others and all(pair.target.language.knows(unit) for unit in amount.units):
                yield amount, others


def _is_mentioned(pair: Compared, units: frozenset[str]) -> bool:
    """Return whether the translation has a word for a unit that is beside no number."""
    return _count_free(pair.target, units) > _count_free(pair.source, units)


def _count_free(text: Counted, units: frozenset[str]) -> int:
    """Return how many words for a unit are beside no number."""
    there = sum(text.counts[unit] for unit in units)
    return max(0, there - sum(bool(one.units & units) for one in text.amounts))


def _shares(pair: Compared) -> Iterator[Difference]:
    """Yield percents without their word or sign, and numbers that have become percents."""
    if not pair.target.language.knows_endings:
        return
    if PERMILLE.search(pair.target.text) and not PERMILLE.search(pair.source.text):
        for amount in pair.source.amounts[:MOST]:
            if "percent" in amount.units and not pair.source.counts["permille"]:
                yield Difference(amount=amount, other=None, wanted=amount.units)
                return
    wanted = _count_shares(pair.source)
    there = _count_shares(pair.target)
    if wanted and not there:
        for amount, others in _measured(pair):
            if amount.units & SHARES and not any(other.units for other in others):
                yield Difference(amount=amount, other=others[0], wanted=amount.units)
    elif there and not wanted:
        for amount in pair.source.amounts[:MOST]:
            for other in pair.find_same(amount) if not pair.is_lost(amount) else ():
                if other.units & SHARES and not POINTS.match(pair.source.text, amount.end):
                    yield Difference(
                        amount=amount, other=other, wanted=amount.units, found=other.units
                    )
                    return


PERMILLE = re.compile("[‰؉]")
POINTS = re.compile(r"[ -]points?\b")


def _count_shares(text: Counted) -> int:
    return sum(bool(one.units & SHARES) for one in text.amounts) or sum(
        text.counts[share] for share in SHARES
    )


CLOCK = frozenset(("hour", "minute", "second", "calendar", "degree"))
"""Units that times of day have between their numbers, or not at all: "2 h 10"."""


def find_lost_units(pair: Compared) -> Iterator[Difference]:
    """Yield numbers that the translation has without their unit."""
    if not pair.target.language.knows_endings or not any(one.units for one in pair.source.amounts):
        return
    missing = Counter(unit for one in pair.source.amounts for unit in one.units - CLOCK)
    shared = Counter({unit: 1 for unit in missing if unit not in SHARES | MONEY})
    there = Counter(unit for one in pair.target.amounts for unit in one.units)
    words = pair.target.counts
    told: set[str] = set()
    shares = not _count_shares(pair.target)
    for amount, others in _measured(pair):
        if any(other.units for other in others) or amount.units & (told | CLOCK):
            continue
        if shares and amount.units & SHARES:
            continue
        few = all(
            (max(there[unit], words[unit]) if shared[unit] else there[unit])
            < (shared[unit] or missing[unit])
            for unit in amount.units
        )
        if few and not _is_mentioned(pair, amount.units):
            told |= amount.units
            yield Difference(amount=amount, other=others[0], wanted=amount.units)


# --------------------------------------------------------------------------- months


def find_lost_months(pair: Compared) -> Iterator[tuple[int, int]]:
    """Yield months of the source that are not in the translation, and one that is, or 0."""
    wanted, there = pair.source.months, pair.target.months
    if not wanted or any(not month for month in there):  # Another calendar.
        return
    known = pair.target.language
    left = list(there)
    doubled = _doubled(pair)
    lost = []
    for months in wanted:
        same = next((one for one in left if one & months), None)
        if same is not None:
            left.remove(same)
        elif not any(one & months for one in there) or left:
            lost.append(months)
    if lost and not known.knows_endings and not left:
        return  # The name may be in a form that CLDR has not.
    for months in lost:
        spare = next((one for one in left), frozenset())
        told = not spare and any(one & months for one in there)
        if not told and any(known.knows(f"m{month}") for month in months):
            if not spare and is_misspelled(pair.target, months):
                continue
            yield min(months), min(spare, default=0)
    if not lost and doubled:
        yield min(wanted[0]), doubled
    elif not lost:
        yield from _other_days(pair)


def _doubled(pair: Compared) -> int:
    """Return a month of `أيار/ديسمبر` that is not the one before it, or 0."""
    last: tuple[set[int], int] = (set(), 0)
    for word in pair.target.words:
        months = {int(key[1:]) for key in word.keys if re.fullmatch(r"m\d\d?", key)}
        slash = bool(last[0] and months) and pair.target.text[last[1] : word.start] == "/"
        if slash and not months & last[0]:
            return min(months)
        last = (months, word.end)
    return 0


def _other_days(pair: Compared) -> Iterator[tuple[int, int]]:
    """Yield months that have changed places: `5 May to 12 June` as `5 June to 12 May`."""
    for amount in pair.source.amounts[:MOST]:
        if amount.month and not amount.is_year and not pair.is_lost(amount):
            months = {other.month for other in pair.find_same(amount)} - {0}
            if months and amount.month not in months:
                yield amount.month, min(months)


# --------------------------------------------------------------------------- signs


def find_wrong_signs(pair: Compared) -> Iterator[tuple[Amount, Amount]]:
    """Yield numbers that read otherwise by the rules of the language: `10,000` in Russian."""
    loose = any(one.loose for one in pair.target.amounts)
    for amount in pair.source.amounts[:MOST] if loose else ():
        if pair.is_lost(amount):
            continue
        same = pair.find_same(amount)
        strict = {value for other in same for reading in other.readings for value in reading}
        if same and not any(strict.issuperset(reading) for reading in amount.readings):
            wrong = next((other for other in same if other.loose), None)
            if wrong:
                yield amount, wrong
