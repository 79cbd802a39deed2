"""Find the words of a language that count: its own list, and the names that CLDR has."""

from __future__ import annotations

from functools import lru_cache

from publish.languages.counting import (
    english,
    german,
    indic,
    iranian,
    kazakh,
    romance,
    semitic,
    slavic,
    turkic,
)
from publish.languages.counting.words import CountingWords, make_counting_words
from publish.languages.language import Language
from publish.languages.registry import KNOWN

__all__ = ["LISTED", "find_counting_words"]

LISTED: dict[str, str] = {
    **english.TABLES,
    **slavic.TABLES,
    **turkic.TABLES,
    **kazakh.TABLES,
    **iranian.TABLES,
    **romance.TABLES,
    **german.TABLES,
    **semitic.TABLES,
    **indic.TABLES,
}
"""The lists of the languages that have one, by the first part of their tags."""

PLAIN = {"٫": ".", "٬": ","}
"""The signs that are read as others before numbers are."""

SCRIPTS = {"kk": "Cyrl", "tg": "Cyrl", "fa": "Arab", "ar": "Arab", "hi": "Deva"}
"""The script of each list that is not in Latin letters, beside Russian."""


def find_counting_words(language: Language) -> CountingWords:
    """Return the words of a language that count, with the signs in its numbers."""
    return _find(language.tag, language.locale, language.script)


@lru_cache(32)
def _find(tag: str, locale: str, script: str) -> CountingWords:
    base = tag.partition("-")[0]
    table = LISTED.get(base, "") if not script or script == SCRIPTS.get(base, "Latn") else ""
    if base in KNOWN and table:  # All that Babel has is in the list.
        return make_counting_words(tag, table)
    from publish.languages import cldr

    signs = cldr.find_number_signs(locale)
    return make_counting_words(
        tag,
        table,
        cldr.list_counting_names(locale),
        (PLAIN.get(signs.decimal, signs.decimal), PLAIN.get(signs.group, signs.group)),
    )
