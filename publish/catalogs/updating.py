"""A catalog brought up to its source: exact matches kept, the rest obsolete, never lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from publish.catalogs.pofile import PoFile, Record, changed
from publish.model import Entry, Key

__all__ = ["Summary", "template", "updated"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What an update did to one catalog, in entries."""

    kept: int = 0
    added: int = 0
    revived: int = 0
    retired: int = 0
    dropped: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.added or self.revived or self.retired or self.dropped)


def updated(po: PoFile, wanted: Sequence[Entry]) -> tuple[PoFile, Summary]:
    """The catalog with exactly the wanted entries alive, in their order, and what was done.

    Laws: updating twice is updating once; an entry whose sentence, comments and places are as
    they were keeps its bytes; a sentence that is gone becomes obsolete if it has a
    translation or a translator's comment, and comes alive again when the sentence does.
    """
    alive = {record.entry.key: record for record in po.records if not record.entry.obsolete}
    obsolete = _by_key(record for record in po.records if record.entry.obsolete)
    keys = {entry.key for entry in wanted}
    records: list[Record] = []
    used: set[Key] = set()
    counts = {"kept": 0, "added": 0, "revived": 0}
    for entry in wanted:
        record, done = _record(entry, alive, obsolete)
        counts[done] += 1
        records.append(record)
        if done == "revived":
            used.add(entry.key)
    gone = [record for key, record in alive.items() if key not in keys]
    retired = [_retired(record) for record in gone if _is_human(record.entry)]
    rest = [
        record
        for record in po.records
        if record.entry.obsolete
        and not (record.entry.key in used and obsolete[record.entry.key] is record)
    ]
    summary = Summary(**counts, retired=len(retired), dropped=len(gone) - len(retired))
    return replace(po, records=_without_twins((*records, *rest, *retired))), summary


def _without_twins(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records with one for each key, as msgfmt demands even of obsolete ones.

    Another wording of an obsolete twin is kept, as a comment on the one that stays.
    """
    kept: dict[Key, Record] = {}
    for record in records:
        entry = record.entry
        first = kept.setdefault(entry.key, record)
        if first is not record and entry.msgstr not in ("", first.entry.msgstr):
            earlier = (*first.entry.comments, *f"earlier: {entry.msgstr}".splitlines())
            kept[entry.key] = changed(first, replace(first.entry, comments=earlier))
    return tuple(kept.values())


def _by_key(records: Iterable[Record]) -> dict[Key, Record]:
    """Obsolete records by key; of several with one key the last that has a translation."""
    found: dict[Key, Record] = {}
    for record in records:
        key = record.entry.key
        if key not in found or any(record.entry.msgstrs):
            found[key] = record
    return found


def _record(
    entry: Entry, alive: dict[Key, Record], obsolete: dict[Key, Record]
) -> tuple[Record, str]:
    """The record for a wanted entry, and whether it was kept, revived or added."""
    if record := alive.get(entry.key):
        return _refreshed(record, entry), "kept"
    if record := obsolete.get(entry.key):
        living = replace(record, entry=replace(record.entry, obsolete=False), raw=None, lead=None)
        return _refreshed(living, entry), "revived"
    return Record(entry), "added"


def _refreshed(record: Record, entry: Entry) -> Record:
    """The record with what the source says of its sentence; all that is human stays."""
    return changed(
        record,
        replace(record.entry, extracted=entry.extracted, references=entry.references),
    )


def _is_human(entry: Entry) -> bool:
    """Whether somebody wrote something here."""
    return any(entry.msgstrs) or bool(entry.comments)


def _retired(record: Record) -> Record:
    entry = replace(record.entry, obsolete=True, references=(), extracted=())
    return replace(record, entry=entry, raw=None, lead=None)


def template(file: str, header: Record, wanted: Sequence[Entry]) -> PoFile:
    """The `.pot` of a document: its entries without translations."""
    return PoFile(file, header, tuple(Record(entry) for entry in wanted))
