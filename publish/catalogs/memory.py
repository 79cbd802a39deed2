"""The translation memory of a language: all translations of a workspace, obsolete ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, count
from operator import is_not

from publish.catalogs.matching import Candidate, find_nearest, match_in_index, rank_nearest
from publish.catalogs.wordindex import WordIndex, index_candidates
from publish.model import Catalog, Entry, Key
from publish.po.pofile import PoRecord

__all__ = [
    "RememberedTranslation",
    "Suggestion",
    "TranslationMemory",
    "build_memory",
    "renew_memory",
]

LEAST = 0.75
"""The least similarity of the sentence of a suggestion."""
FEW = 50
"""So many changed entries are exchanged one by one."""


@dataclass(frozen=True, slots=True)
class RememberedTranslation:
    """A confirmed translation, the name of its document, and its neighbours there."""

    entry: Entry
    origin: str
    before: Key | None
    after: Key | None

    def is_news_to(self, document: str | None) -> bool:
        """Return whether the document does not have it now: it is elsewhere, or obsolete."""
        return self.entry.obsolete or self.origin != document


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A remembered translation of a sentence that is alike: how much, in percent."""

    source: str
    translation: str
    percent: int


@dataclass(frozen=True)
class TranslationMemory:
    """Remembered translations by key, those of active entries before obsolete ones.

    One memory serves all documents of a language.  The methods skip the active translations of
    the `document` that is being updated.
    """

    by_key: Mapping[Key, tuple[RememberedTranslation, ...]] = field(default_factory=dict)

    @cached_property
    def _index(self) -> WordIndex:
        return index_candidates(
            Candidate(key, found[0].before, found[0].after) for key, found in self.by_key.items()
        )

    def exact(
        self, sentence: Candidate, document: str | None = None
    ) -> tuple[RememberedTranslation, bool] | None:
        """Return a translation of the same sentence, and whether both neighbours agree too."""
        found = self._news(sentence.key, document)
        around = (sentence.before, sentence.after)
        for remembered in found:
            if (remembered.before, remembered.after) == around:
                return remembered, True
        return (found[0], False) if found else None

    def near(
        self, sentences: Sequence[Candidate], document: str | None = None
    ) -> dict[Key, RememberedTranslation]:
        """Return the most similar translation of each sentence that has one similar enough."""
        if not (sentences and self.by_key):
            return {}
        pairs = match_in_index(self._index, sentences, lambda key: bool(self._news(key, document)))
        return {pair.new: self._news(pair.old, document)[0] for pair in pairs}

    def suggest(self, keys: Sequence[Key]) -> dict[Key, Suggestion]:
        """Return a suggestion for each sentence that the memory has one for.

        Unlike `near`, one translation may be suggested several times.
        """
        found: dict[Key, Suggestion] = {}
        for key in keys:
            if known := self.by_key.get(key):
                found[key] = Suggestion(key[1], known[0].entry.msgstr, 100)
        rest = [Candidate(key) for key in keys if key not in found] if self.by_key else []
        for match in find_nearest(self._index, rest, LEAST) if rest else ():
            entry = self.by_key[match.old][0].entry
            percent = min(99, int(100 * match.score))
            found[match.new] = Suggestion(entry.msgid, entry.msgstr, percent)
        return found

    def rank(self, key: Key, most: int) -> tuple[tuple[Key, int], ...]:
        """Return the keys of sentences that are alike, the most alike first, with their percent.

        The sentence itself counts as 100.
        """
        found = [(key, 100)] if key in self.by_key else []
        if self.by_key:
            near = rank_nearest(self._index, Candidate(key), LEAST)
            found += [(one.old, min(99, int(100 * one.score))) for one in near if one.old != key]
        return tuple(found[:most])

    def _news(self, key: Key, document: str | None) -> list[RememberedTranslation]:
        return [one for one in self.by_key.get(key, ()) if one.is_news_to(document)]


def build_memory(catalogs: Iterable[tuple[str, Catalog]]) -> TranslationMemory:
    """Return the memory of catalogs, each given with the name of its document.

    Fuzzy entries are left out, and so are sentences that share a translation (`{joined}`).
    """
    live: dict[Key, list[RememberedTranslation]] = {}
    obsolete: dict[Key, list[RememberedTranslation]] = {}
    for origin, catalog in catalogs:
        for remembered in _remembered(origin, catalog):
            into = obsolete if remembered.entry.obsolete else live
            into.setdefault(remembered.entry.key, []).append(remembered)
    keys = dict.fromkeys((*live, *obsolete))
    return TranslationMemory({key: (*live.get(key, ()), *obsolete.get(key, ())) for key in keys})


def _remembered(origin: str, catalog: Catalog) -> Iterable[RememberedTranslation]:
    active = [entry for entry in catalog.entries if not entry.obsolete]
    for before, entry, after in zip([None, *active], active, [*active[1:], None], strict=False):
        if found := _remember(origin, before, entry, after):
            yield found
    for entry in catalog.entries:
        if entry.obsolete and entry.translated and not entry.joined:
            yield RememberedTranslation(entry, origin, None, None)


def _remember(
    origin: str, before: Entry | None, entry: Entry, after: Entry | None
) -> RememberedTranslation | None:
    """Return what is remembered of an active entry, None if it has no text of its own."""
    if not entry.translated or entry.joined or (after is not None and after.joined):
        return None
    keys = (beside.key if beside else None for beside in (before, after))
    return RememberedTranslation(entry, origin, *keys)


def renew_memory(
    by_key: MutableMapping[Key, tuple[RememberedTranslation, ...]],
    origin: str,
    before: Sequence[PoRecord],
    after: Sequence[PoRecord],
) -> set[Key] | None:
    """Change what is remembered of one catalog to another version of it, where that is little.

    Returns the keys of which another thing is remembered now, or None, and changes nothing, if so
    much changed that `build_memory` has to be called.  Law: what is remembered is then the same.
    """
    if len(before) != len(after):
        return None
    changed = list(compress(count(), map(is_not, before, after)))
    if len(changed) > FEW or not all(_is_plain(before[at], after[at]) for at in changed):
        return None
    touched: set[Key] = set()
    for at in changed:
        for here in (_find_beside(after, at, -1), at, _find_beside(after, at, 1)):
            if here is None:
                continue
            sides = (_find_beside(after, here, step) for step in (-1, 1))
            around = [None if side is None else after[side].entry for side in sides]
            entry = after[here].entry
            made = _remember(origin, around[0], entry, around[1])
            known = by_key.pop(entry.key, ())
            found = (*([made] if made else ()), *(one for one in known if one.entry.obsolete))
            if found:
                by_key[entry.key] = found
            touched.add(entry.key)
    return touched


def _is_plain(before: PoRecord, after: PoRecord) -> bool:
    """Return whether only the translation of an active entry changed, not its place."""
    old, new = before.entry, after.entry
    return old.key == new.key and not old.obsolete and not new.obsolete


def _find_beside(records: Sequence[PoRecord], at: int, step: int) -> int | None:
    """Return the index of the next active entry in one direction."""
    at += step
    while 0 <= at < len(records):
        if not records[at].entry.obsolete:
            return at
        at += step
    return None
