"""Compare what stands around two numbers, to tell whether each has the other's place."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from publish.checks.numbers.amounts import Amount, Counted
from publish.checks.numbers.beside import is_age
from publish.checks.numbers.months import name_month
from publish.checks.numbers.sounds import find_sounds
from publish.languages.counting.words import NOUNS, UNITS

__all__ = ["Context", "compare_contexts", "is_led", "read_context"]

Context = dict[str, int]
"""What stands around a number, and how much each tells of it."""

AROUND = 3
"""So many words on each side of a number may be names that both texts have."""
JOINING = " \u00a0-."
UNIT, NOUN, NAME, SIGN = 4, 2, 2, 1


def read_context(amount: Amount, text: Counted) -> Context:
    """Return what tells a number from others of its text: units, months, things, names, signs."""
    made: Context = {}
    english = text.language.tag.startswith("en")
    units = amount.units - {"year"} if "calendar" in amount.units else amount.units
    units = units | {unit for _, unit in amount.metric}
    if english and amount.is_year and not amount.units - {"year", "calendar"}:
        units = (units - {"year"}) | {"calendar"}
    elif english and not amount.units and is_age(amount, text):
        units = units | {"year"}
    made.update(dict.fromkeys(units, UNIT))
    made.update(dict.fromkeys(amount.labels | amount.nouns, NOUN))
    if amount.month:
        made[f"m{amount.month}"] = UNIT
    dated = ("year" if amount.is_year else "day") if english and amount.month else amount.dated
    if not (english or text.language.knows_endings):
        pass  # The day can stand before its month, or after it.
    elif dated:
        made[f"dated {dated}"] = UNIT
    elif month := _read_next_month(amount, text):
        made[f"m{month}"] = made["dated day"] = UNIT
    if is_led(amount, text):
        made["led"] = SIGN
    if not amount.nouns:
        made.update(dict.fromkeys(_list_nouns_before(amount, text), NOUN))
    if _is_year_slot(amount, text):
        made["calendar"] = UNIT
    made.update(dict.fromkeys(_list_sounds(amount, text), NAME))
    if text.text[max(0, amount.start - 1) : amount.start] == "(":
        made["("] = UNIT
    return made


def _read_next_month(amount: Amount, text: Counted) -> int:
    """Return the month right after a number that is none of its days, as in `247 сентября`."""
    at = bisect_left(text.words, amount.end, key=attrgetter("start"))
    if at < len(text.words) and "nth" in text.words[at].keys:
        at += 1
    if at >= len(text.words) or text.text[amount.end : text.words[at].start].strip(JOINING):
        return 0
    return name_month(text.words[at])


def is_led(amount: Amount, text: Counted) -> bool:
    """Return whether a preposition such as `in` is right before a number."""
    at = bisect_left(text.words, amount.start, key=attrgetter("start")) - 1
    if at < 0 or "in" not in text.words[at].keys:
        return False
    return not text.text[text.words[at].end : amount.start].strip()


def _list_nouns_before(amount: Amount, text: Counted) -> frozenset[str]:
    """Return what stands before a number that counts it, in languages that say the whole first."""
    if not text.language.knows("whole-first"):
        return frozenset()
    at = bisect_left(text.words, amount.start, key=attrgetter("start"))
    number = bisect_left(text.amounts, amount.start, key=attrgetter("start"))
    first = text.amounts[number - 1].end if number else 0
    words = [one for one in text.words[max(0, at - AROUND) : at] if one.start >= first]
    return next((one.keys & NOUNS for one in reversed(words) if one.keys & NOUNS), frozenset())


def _is_year_slot(amount: Amount, text: Counted) -> bool:
    """Return whether a number, of any value, stands where a year does: «соли 2018», `2018-yil`."""
    if text.text[amount.end : amount.end + 1] in ("-", "–") and amount.units == {"year"}:
        return True
    language = text.language
    if language.tag.startswith("en") or language.knows("nth") or language.knows("calendar"):
        return False
    at = bisect_left(text.words, amount.start, key=attrgetter("start")) - 1
    if at < 0 or "year" not in text.words[at].keys or amount.units - {"year", "calendar"}:
        return False
    return not text.text[text.words[at].end : amount.start].strip()


def _list_sounds(amount: Amount, text: Counted) -> list[str]:
    at = bisect_left(text.words, amount.start, key=attrgetter("start"))
    number = bisect_left(text.amounts, amount.start, key=attrgetter("start"))
    first = text.amounts[number - 1].end if number else 0
    last = text.amounts[number + 1].start if number + 1 < len(text.amounts) else len(text.text)
    words = text.words[max(0, at - AROUND) : at + AROUND]
    named = [
        text.text[one.start : one.end]
        for one in words
        if first <= one.start < last and not one.keys & UNITS
    ]
    return [sounds for word in named if (sounds := find_sounds(word))]


def compare_contexts(one: Context, other: Context) -> int:
    """Return how much of what stands around two numbers is the same."""
    return sum(weight for key, weight in one.items() if key in other)
