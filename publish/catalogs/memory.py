"""All translations of a workspace in one language, obsolete ones too, to draw on in an update."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from publish.catalogs.matching import Sentence, match_in
from publish.catalogs.wordindex import Index, index_of
from publish.model import Catalog, Entry, Key

__all__ = ["Memory", "Remembered", "memory_of"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A confirmed translation: where it stands, and its neighbours there."""

    entry: Entry
    origin: str
    before: Key | None
    after: Key | None

    def is_news_to(self, document: str | None) -> bool:
        """Whether that document does not have it now: it is another one's, or is obsolete."""
        return self.entry.obsolete or self.origin != document


@dataclass(frozen=True)
class Memory:
    """Remembered translations by key, those of live entries before obsolete ones.

    One memory serves all documents of a language: what the `document` that asks has itself is
    passed over.
    """

    by_key: Mapping[Key, tuple[Remembered, ...]] = field(default_factory=dict)

    @cached_property
    def _index(self) -> Index:
        return index_of(
            Sentence(key, found[0].before, found[0].after) for key, found in self.by_key.items()
        )

    def exact(
        self, sentence: Sentence, document: str | None = None
    ) -> tuple[Remembered, bool] | None:
        """The translation of this very sentence, and whether both neighbours agree as well."""
        found = self._news(sentence.key, document)
        around = (sentence.before, sentence.after)
        for remembered in found:
            if (remembered.before, remembered.after) == around:
                return remembered, True
        return (found[0], False) if found else None

    def near(
        self, sentences: Sequence[Sentence], document: str | None = None
    ) -> dict[Key, Remembered]:
        """The nearest remembered translation of each sentence that has one near enough."""
        if not (sentences and self.by_key):
            return {}
        pairs = match_in(self._index, sentences, lambda key: bool(self._news(key, document)))
        return {pair.new: self._news(pair.old, document)[0] for pair in pairs}

    def _news(self, key: Key, document: str | None) -> list[Remembered]:
        return [one for one in self.by_key.get(key, ()) if one.is_news_to(document)]


def memory_of(catalogs: Iterable[tuple[str, Catalog]]) -> Memory:
    """The memory of catalogs, each with its document's name.

    Fuzzy texts, and sentences told together with their neighbours, are no translations of
    their own and are left out.
    """
    live: dict[Key, list[Remembered]] = {}
    obsolete: dict[Key, list[Remembered]] = {}
    for origin, catalog in catalogs:
        for remembered in _remembered(origin, catalog):
            into = obsolete if remembered.entry.obsolete else live
            into.setdefault(remembered.entry.key, []).append(remembered)
    keys = dict.fromkeys((*live, *obsolete))
    return Memory({key: (*live.get(key, ()), *obsolete.get(key, ())) for key in keys})


def _remembered(origin: str, catalog: Catalog) -> Iterable[Remembered]:
    active = [entry for entry in catalog.entries if not entry.obsolete]
    for before, entry, after in zip([None, *active], active, [*active[1:], None], strict=False):
        told_next = after is not None and after.joined
        if entry.translated and not entry.joined and not told_next:
            yield Remembered(
                entry, origin, before.key if before else None, after.key if after else None
            )
    for entry in catalog.entries:
        if entry.obsolete and entry.translated and not entry.joined:
            yield Remembered(entry, origin, None, None)
