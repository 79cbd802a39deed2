"""Suggestions from the translation memory, for sentences that have no translation yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.catalogs.matching import measure_likeness
from publish.catalogs.memory import TranslationMemory
from publish.catalogs.wordmarks import MergedPiece, merge_wordings
from publish.kits.items import Item
from publish.model import Key
from publish.po.pofile import PoFile, PoRecord

__all__ = [
    "add_suggestions",
    "describe_differences",
    "fill_in_suggestions",
    "list_differences",
]


def add_suggestions(items: Iterable[Item], memory: TranslationMemory) -> tuple[Item, ...]:
    """Return the items, those without a translation with what the memory suggests for them."""
    listed = tuple(items)
    found = memory.suggest([item.key for item in listed if not item.translation])
    return tuple(
        replace(item, suggestion=found[item.key]) if item.key in found else item for item in listed
    )


def list_differences(item: Item) -> tuple[str, tuple[MergedPiece, ...]]:
    """Return how alike the sentence of a suggestion is, in words, and where it differs.

    For a fuzzy translation these are the differences to the wording that it was made for.
    """
    if near := item.suggestion:
        percent = f"{near.percent} %"
        if near.source == item.source:
            return percent, ()
        return f"{percent}: ", merge_wordings(near.source, item.source)
    if not item.previous:
        return "", ()
    percent = f"{min(99, int(100 * measure_likeness(item.previous, item.source)))} %: "
    return percent, merge_wordings(item.previous, item.source)


def describe_differences(item: Item) -> str:
    """Return what `list_differences` does as one text."""
    begins, pieces = list_differences(item)
    return begins + "".join(piece.text for piece in pieces)


def fill_in_suggestions(po: PoFile, items: Iterable[Item]) -> PoFile:
    """Return a catalog with the suggestions as fuzzy translations, as gettext makes them.

    Each has the sentence that it is a translation of, so that programs show the differences, and
    a comment on how alike that is.
    """
    found = {item.key: item for item in items if item.suggestion}
    return replace(po, records=tuple(_filled(record, found) for record in po.records))


def _filled(record: PoRecord, found: dict[Key, Item]) -> PoRecord:
    entry = record.entry
    near = found[entry.key].suggestion if entry.key in found and not entry.obsolete else None
    if near is None or entry.msgstr:
        return record
    entry = replace(
        entry,
        msgstrs=(near.translation,),
        flags=("fuzzy", *entry.flags),
        previous=near.source if near.source != entry.msgid else None,
        extracted=(*entry.extracted, f"suggestion, {near.percent} % alike"),
    )
    return replace(record, entry=entry, raw=None)
