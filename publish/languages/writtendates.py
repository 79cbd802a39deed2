"""Read dates as people write them: `2024-06-24`, `3 March 2024`, `24 июня 2024 г.`, `2024`."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from publish.languages.language import Language
from publish.languages.registry import find

__all__ = ["Precision", "read_written_date"]

Precision = Literal["day", "month", "year"]
"""How much of a date is known."""

ISO = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ].*)?)?")
DOTTED = re.compile(r"(\d{1,2})[.](\d{1,2})[.](\d{4})(?:\s*\S{1,2}\.?)?")
SIGNS = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
WORDS = re.compile(r"\d+|[^\W\d_]+")
SHORT = 4
"""Words of so many letters may stand in a date: `de`, `st`, `года`."""


def read_written_date(text: str, language: Language) -> tuple[date, Precision] | None:
    """Return a date and how much of it is known; None for what is no date.

    The names of months are those of the language, or English ones.
    """
    text = text.strip()
    for pattern in (ISO, SIGNS):
        if found := pattern.fullmatch(text):
            year, month, day = (int(part) if part else 0 for part in found.groups())
            return _made(year, month, day)
    if found := DOTTED.fullmatch(text):
        return _made(int(found[3]), int(found[2]), int(found[1]))
    return _in_words(text, language)


def _in_words(text: str, language: Language) -> tuple[date, Precision] | None:
    from publish.languages.cldr import find_month_names, find_weekday_names

    english = find("en")
    months = {**find_month_names(english), **find_month_names(language)}
    weekdays = find_weekday_names(language) | find_weekday_names(english)
    year = month = day = 0
    for word in WORDS.findall(text.casefold()):
        if word.isdecimal():
            if len(word) == 4 and not year:
                year = int(word)
            elif len(word) <= 2 and not day:
                day = int(word)
            else:
                return None
        elif word in months and not month:
            month = months[word]
        elif len(word) > SHORT and word not in weekdays:
            return None
    if day and not month:
        return None
    return _made(year, month, day) if year else None


def _made(year: int, month: int, day: int) -> tuple[date, Precision] | None:
    try:
        made = date(year, month or 1, day or 1)
    except ValueError:
        return None
    return made, "day" if day else "month" if month else "year"
