"""Find what changed in a translation, and look at the part of it that this concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from operator import is_not
from typing import TypeVar

from publish.model import Catalog, Document, Entry, Key, Prose, proses
from publish.po.pofile import PoRecord
from publish.reading.numbering import list_shown
from publish.reading.source import Source, take_texts
from publish.translation.translation import Translation

__all__ = ["SourceIndex", "find_changed_keys", "find_others", "keep_entries", "narrow"]

One = TypeVar("One")


@dataclass(frozen=True)
class SourceIndex:
    """Where the sentences of a source are: by the numbers of its texts, as in `Source.texts`."""

    source: Source

    @cached_property
    def texts(self) -> Mapping[Key, tuple[int, ...]]:
        """The numbers of the texts that have the sentence of each key."""
        found: dict[Key, tuple[int, ...]] = {}
        for number, text in enumerate(self.source.texts):
            for key in {sentence.key for sentence in text.sentences}:
                found[key] = (*found.get(key, ()), number)
        return found

    @cached_property
    def proses(self) -> tuple[Prose, ...]:
        """The texts themselves, in the same order."""
        return tuple(proses(self.source.document))

    @cached_property
    def outline(self) -> Document:
        """The document with nothing in it but its figures and tables, which have numbers."""
        document = self.source.document
        shown = list_shown(document)
        return replace(document, front=document.front[:1], body=shown, notes=())

    def find_texts(self, keys: Iterable[Key]) -> list[int]:
        """Return the numbers of the texts with the sentences of some keys, in order."""
        return sorted({number for key in keys for number in self.texts.get(key, ())})

    def take(self, numbers: Iterable[int]) -> Source:
        """Return a source with some texts only; its document has no more than `outline`."""
        texts = (self.source.texts[number] for number in numbers)
        return take_texts(self.source, texts, self.outline)


def find_changed_keys(before: Translation, after: Translation) -> frozenset[Key]:
    """Return the keys of all entries in which two versions of a translation differ.

    Comments, references and lines are not looked at.
    """
    old, new = (one.po.records if one.po else () for one in (before, after))
    changed = _compare(*map(_list_entries, find_others(old, new)))
    if before.corrections is not after.corrections:
        known = (one.corrections.entries if one.corrections else () for one in (before, after))
        changed |= _compare(*find_others(*known))
    return frozenset(changed)


def find_others(before: Sequence[One], after: Sequence[One]) -> tuple[Sequence[One], Sequence[One]]:
    """Return what is not the same object at the same place of both; all, if one is longer.

    Of a book in which one sentence changed this is one pair, found without looking into any.
    """
    if len(before) != len(after):
        return before, after
    other = list(map(is_not, before, after))
    return list(compress(before, other)), list(compress(after, other))


def _list_entries(records: Sequence[PoRecord]) -> list[Entry]:
    return [record.entry for record in records]


def _compare(before: Sequence[Entry], after: Sequence[Entry]) -> set[Key]:
    changed: set[Key] = set()
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            if old is not new and not _is_same(old, new):
                changed |= {old.key, new.key}
        return changed
    entries = [{one.key: one for one in every if not one.obsolete} for every in (before, after)]
    for key in entries[0].keys() | entries[1].keys():
        one, other = entries[0].get(key), entries[1].get(key)
        if one is None or other is None or not _is_same(one, other):
            changed.add(key)
    return changed


def _is_same(one: Entry, other: Entry) -> bool:
    return (
        one.msgstrs == other.msgstrs
        and one.flags == other.flags
        and one.obsolete == other.obsolete
        and one.msgid == other.msgid
        and one.context == other.context
    )


def narrow(translation: Translation, index: SourceIndex, keys: Collection[Key]) -> Translation:
    """Return the part of a translation that has the sentences of some keys, with all around them.

    It has every text with one of these sentences, and the entries of all sentences in these texts.
    What rules for one entry or for one text find of the keys in it is what they find in the whole.
    """
    texts = index.find_texts(keys)
    source = index.take(texts)
    wanted = {sentence.key for text in source.texts for sentence in text.sentences}
    return replace(keep_entries(translation, wanted.union(keys)), source=source)


def keep_entries(translation: Translation, keys: Collection[Key]) -> Translation:
    """Return a translation with the entries of some keys only; its source is whole."""
    po, corrections = translation.po, translation.corrections
    if po is not None:
        at = _find_places(translation.places, keys)
        po = replace(po, records=tuple(po.records[n] for n in at))
    if corrections is not None:
        at = _find_places(translation.correction_places, keys)
        kept = tuple(corrections.entries[n] for n in at)
        corrections = Catalog(corrections.file, corrections.header, kept)
    return replace(translation, po=po, corrections=corrections)


def _find_places(places: Mapping[str, tuple[int, ...]], keys: Iterable[Key]) -> list[int]:
    """Return the indexes of the entries with the texts of some keys, in any context, in order."""
    return sorted({n for msgid in {msgid for _, msgid in keys} for n in places.get(msgid, ())})
