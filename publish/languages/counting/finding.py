"""Find the words of a language that count: its own list, and the names that CLDR has."""

from __future__ import annotations

from collections.abc import Iterable
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
from publish.languages.counting.scripts import SCRIPTS, write_table
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


def find_counting_words(language: Language) -> CountingWords:
    """Return the words of a language that count, with the signs in its numbers."""
    return _find(language.tag, language.locale, language.script)


@lru_cache(32)
def _find(tag: str, locale: str, script: str) -> CountingWords:
    base = tag.partition("-")[0]
    table = LISTED.get(base, "")
    if table and script and script != SCRIPTS.get(base, "Latn"):
        table = write_table(base, script, table)
        if table:
            return make_counting_words(tag, table, _list_names(locale))
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


def _list_names(locale: str) -> Iterable[tuple[str, str]]:
    """Return the names that CLDR has in the script of a locale."""
    from publish.languages import cldr

    return cldr.list_counting_names(locale) if locale != "root" else ()
