"""Translations made from values, for tests that need no files."""

from __future__ import annotations

from collections.abc import Mapping

from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import Catalog, Document, Entry, Key
from publish.po.pofile import PoFile, PoRecord
from publish.reading.source import cut_source
from publish.reviews.ledger import Ledger
from publish.translation.composing import ComposedDocument, compose
from publish.translation.held import find_held
from publish.translation.translation import Translation

Entries = Mapping[Key, Entry]


def translation(
    document: Document,
    language: Language,
    entries: Entries | None = None,
    corrections: Entries | None = None,
) -> Translation:
    """A document in a language with these entries; without any there is no catalog.

    In the document's own language the corrections are the catalog.
    """
    if language.tag == document.language:
        entries = corrections
    file = f"locales/{language.folder}/LC_MESSAGES/{document.name}.po"
    records = tuple(PoRecord(entry) for entry in (entries or {}).values())
    return Translation(
        source=cut_source(document, find(document.language)),
        language=language,
        file=file,
        po=None if entries is None else PoFile(file=file, header=None, records=records),
        corrections=None if corrections is None else Catalog("", (), tuple(corrections.values())),
        ledger=Ledger(""),
    )


def composed(
    document: Document,
    language: Language,
    entries: Entries | None = None,
    corrections: Entries | None = None,
    *,
    use_fuzzy: bool = False,
) -> ComposedDocument:
    """The document as it is shown with these entries."""
    found = translation(document, language, entries, corrections)
    return compose(found, find_held(found, use_fuzzy=use_fuzzy), use_fuzzy=use_fuzzy)
