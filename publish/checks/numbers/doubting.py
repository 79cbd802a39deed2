"""Tell numbers that are surely lost from those that may be there in another way."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from decimal import Decimal

from publish.checks.numbers.amounts import Amount, Counted
from publish.checks.numbers.measures import is_converted
from publish.languages.counting.words import SHARES

__all__ = ["has_phone", "is_doubtful", "is_year_of_letters"]

DECADE = re.compile(r"[’']?s(?!\w)")
HUNDRED = Decimal(100)
NEAR = Decimal("0.25")
"""So far off can a converted measure be and yet be meant: an inch is no 2 cm, but nearly."""
BRACKET = re.compile(r"[^()\d]{0,24}\($")
PHONE = re.compile(r"(?<![\d.,])0\d{2,4}(?:[ \u00a0-]\d{2,4}){1,4}(?!\d)")


def is_doubtful(
    amount: Amount, source: Counted, there: Iterable[Amount], invented: Iterable[Amount]
) -> bool:
    """Return whether a lost number may be told in another way: converted, rounded, or left out.

    `there` are the numbers of the translation, `invented` those that the source does not have.
    """
    others = list(there)
    if _is_nearly_converted(amount, invented) or _is_told_twice(amount, source, others):
        return True
    decade = DECADE.match(source.text, amount.end) is not None
    if decade and len(amount.text) == 2:
        return True  # Years, ages or degrees: "in the 80s".
    if any(True for _ in invented):
        return False
    if source.text[amount.end : amount.end + 3].isalpha():
        return True  # A part of a name: "247sports".
    return decade or amount.value == 1 or (amount.value == HUNDRED and bool(amount.units & SHARES))


def _is_nearly_converted(amount: Amount, invented: Iterable[Amount]) -> bool:
    return bool(amount.metric) and any(
        is_converted(one.values, amount.metric, one.units, NEAR) for one in invented
    )


def _is_told_twice(amount: Amount, source: Counted, others: list[Amount]) -> bool:
    """Return whether a number is only the other one converted: `45 miles (72 kilometers)`."""
    told = {value for one in others for value in one.values}
    for one in source.amounts:
        first, second = (one, amount) if one.start < amount.start else (amount, one)
        if one.start == amount.start or not BRACKET.fullmatch(
            source.text[first.end : second.start]
        ):
            continue
        converted = is_converted(one.values, amount.metric, one.units) or is_converted(
            amount.values, one.metric, amount.units
        )
        if converted and told.intersection(*one.readings[:1]):
            return True
    return False


def is_year_of_letters(amount: Amount, source: Counted, told: Container[object]) -> bool:
    """Return whether a number joined to letters is a year of the translation: `SS19`, 2019."""
    before = source.text[max(0, amount.start - 1) : amount.start]
    return (
        before.isalpha()
        and len(amount.text) == 2
        and isinstance(amount.value, Decimal)
        and Decimal(2000) + amount.value in told
    )


def has_phone(amount: Amount, source: Counted, target: Counted) -> bool:
    """Return whether a number is part of a phone number that is grouped or turned otherwise."""
    for match in PHONE.finditer(source.text):
        if match.start() <= amount.start < match.end():
            groups = re.findall(r"\d+", match[0])
            digits = "".join(re.sub(r"\D", "", one.text) for one in target.amounts)
            return "".join(groups) in digits or "".join(reversed(groups)) in digits
    return False
