"""The dates of a document as editions write them."""

from __future__ import annotations

from datetime import date

from publish.languages.cldr import format_long_date, format_month
from publish.languages.language import Language
from publish.model import Facts

__all__ = ["UNDATED", "format_published", "write_published"]

UNDATED = date(1980, 1, 1)
"""The day of the last change of a text without a date: EPUB needs one, and ZIP knows none before.

No edition shows it.
"""


def format_published(facts: Facts, language: Language) -> str:
    """Return when a text was published, as far as that is known: `24 June 2024`, `June 2024`."""
    if facts.published is None:
        return ""
    if facts.precision == "year":
        return language.numeral(facts.published.year)
    written = format_long_date if facts.precision == "day" else format_month
    return written(facts.published, language)


def write_published(facts: Facts) -> str:
    """Return the same for programs: `2024-06-24`, `2024-06` or `2024` (W3C-DTF)."""
    if facts.published is None:
        return ""
    length = {"day": 10, "month": 7, "year": 4}[facts.precision]
    return facts.published.isoformat()[:length]
