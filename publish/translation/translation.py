"""The type `Translation`: one document in one language, with its catalog and its reviews."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Catalog, Entry, Key
from publish.po.pofile import PoFile, PoRecord, extract_catalog
from publish.reading.msgstr import ReadMsgstr, read_msgstr
from publish.reading.source import Source
from publish.reviews.ledger import Ledger

__all__ = ["Translation"]


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A source in a language, with its catalog, the corrections of the source, and the reviews.

    `po` is the catalog of the language, None where there is no file; `file` is its path as shown
    to people.  `corrections` is the catalog of the source's own language, with the wordings of an
    editor.  For the original, whose language is that of the source, both are the same file.
    """

    source: Source
    language: Language
    file: str
    po: PoFile | None
    corrections: Catalog | None
    ledger: Ledger

    @property
    def name(self) -> str:
        """The name of the document."""
        return self.source.name

    @property
    def original(self) -> bool:
        """Whether this is the source in its own language.  Ask here; do not compare tags."""
        return self.language.tag == self.source.language.tag

    @cached_property
    def catalog(self) -> Catalog | None:
        """The entries of `po`, None where there is no file."""
        return extract_catalog(self.po) if self.po else None

    @property
    def entries(self) -> Mapping[Key, Entry]:
        """The translations by key, obsolete ones left out; the original has none."""
        return {} if self.original else self._active

    @cached_property
    def _active(self) -> Mapping[Key, Entry]:
        return self.catalog.active() if self.catalog else {}

    @cached_property
    def corrected(self) -> Mapping[Key, Entry]:
        """The entries of the source's own catalog by key."""
        return self.corrections.active() if self.corrections else {}

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """The indexes of the records of `po` by their msgid; obsolete ones are among them."""
        return _index(record.entry for record in self.po.records) if self.po else {}

    @cached_property
    def correction_places(self) -> Mapping[str, tuple[int, ...]]:
        """The indexes of the entries of the corrections by their msgid."""
        return _index(self.corrections.entries) if self.corrections else {}

    @cached_property
    def texts(self) -> Mapping[Key, ReadMsgstr]:
        """Every msgstr of the catalog as an inline tree or an error, read once."""
        return _read_texts(self._active)

    @cached_property
    def correction_texts(self) -> Mapping[Key, ReadMsgstr]:
        """Every msgstr of the corrections as an inline tree or an error, read once."""
        same = self.original and self.po is not None
        return self.texts if same else _read_texts(self.corrected)

    def keep_texts(self, past: Translation) -> None:
        """Take over the texts that an earlier version of this translation has read already.

        They are the same as if they were read anew; only the time differs.
        """
        for name in ("texts", "correction_texts"):
            if name in past.__dict__ and name not in self.__dict__:
                whole = self._active if name == "texts" else self.corrected
                before = past._active if name == "texts" else past.corrected
                self.__dict__[name] = _read_again(whole, before, past.__dict__[name])

    @property
    def needed(self) -> Catalog:
        """The catalog; raises PublishError (code `catalog-missing`) where there is no file."""
        if self.catalog is None:
            raise self.missing
        return self.catalog

    @property
    def missing(self) -> PublishError:
        """The error for a missing catalog."""
        return PublishError(
            f"there is no catalog {self.file}",
            hint="create it with publish update",
            code="catalog-missing",
        )

    @cached_property
    def lacking(self) -> frozenset[Key]:
        """The keys of the sentences of the source that the catalog does not have."""
        return self.source.keys - self._active.keys()

    def with_catalog(self, po: PoFile) -> Translation:
        """Return the translation with another version of its catalog, saved or not."""
        corrections = extract_catalog(po) if self.original else self.corrections
        return replace(self, po=po, corrections=corrections)

    def with_record(self, at: int, record: PoRecord) -> Translation:
        """Return the translation with another record at an index of its catalog, of the same key.

        What was read of the other records is not read again.
        """
        if self.po is None:
            raise self.missing
        records = (*self.po.records[:at], record, *self.po.records[at + 1 :])
        catalog, key, entry = self.needed, record.entry.key, record.entry
        entries = (*catalog.entries[:at], entry, *catalog.entries[at + 1 :])
        changed = replace(catalog, entries=entries)
        corrections = changed if self.original else self.corrections
        after = replace(self, po=replace(self.po, records=records), corrections=corrections)
        kept = {"catalog": changed, "_active": {**self._active, key: entry}}
        if "texts" in self.__dict__:
            texts = {**self.texts, **_read_texts({key: entry})}
            kept["texts"] = texts if entry.msgstr else {k: v for k, v in texts.items() if k != key}
        same = ("places", "correction_places", "lacking")
        for name in (*same, *(() if self.original else ("corrected", "correction_texts"))):
            if name in self.__dict__:
                kept[name] = self.__dict__[name]
        after.__dict__.update(kept)
        return after

    def with_ledger(self, ledger: Ledger) -> Translation:
        """Return the translation with other reviews; nothing of its texts is read again."""
        after = replace(self, ledger=ledger)
        fields = {one.name for one in dataclasses.fields(self)}
        after.__dict__.update({k: v for k, v in self.__dict__.items() if k not in fields})
        return after


def _index(entries: Iterable[Entry]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        found.setdefault(entry.msgid, []).append(at)
    return {msgid: tuple(every) for msgid, every in found.items()}


def _read_texts(entries: Mapping[Key, Entry]) -> dict[Key, ReadMsgstr]:
    return {
        key: read_msgstr(entry.msgstr, entry.span) for key, entry in entries.items() if entry.msgstr
    }


def _read_again(
    entries: Mapping[Key, Entry], before: Mapping[Key, Entry], read: Mapping[Key, ReadMsgstr]
) -> dict[Key, ReadMsgstr]:
    found: dict[Key, ReadMsgstr] = {}
    for key, entry in entries.items():
        if not entry.msgstr:
            continue
        old = before.get(key)
        text = read.get(key) if old is not None and old.msgstr == entry.msgstr else None
        # An error names its line, which may be another one now.
        known = text is not None and text.error is None
        found[key] = text if known else read_msgstr(entry.msgstr, entry.span)  # type: ignore[assignment]
    return found
