"""Change entries of a catalog as it is on disk now, and tell whether it is what a person saw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from publish.actions.update import update_catalogs
from publish.errors import PublishError, UsageError
from publish.model import Entry, Key, Sentence, Span
from publish.po.pofile import PoRecord, dump_po
from publish.project.locking import hold_briefly
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Digest",
    "ReadEntry",
    "digest_sentence",
    "find_entry",
    "find_group",
    "find_sentence",
    "hold_entry",
    "same_entry",
    "update_text",
    "write_records",
]

Digest = str
"""What a person saw of a sentence, as a name: of its entry, a hyphen, of the pair to decide on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """An entry as its file has it now, while nobody else of us writes in the workspace."""

    translation: Translation
    sentence: Sentence
    record: PoRecord

    @property
    def entry(self) -> Entry:
        return self.record.entry

    @property
    def digest(self) -> Digest:
        return digest_sentence(self.translation, self.sentence)


def find_sentence(translation: Translation, sid: str) -> Sentence:
    """Return the sentence with an id; raises UsageError where there is none."""
    found = translation.source.by_id.get(sid)
    if found is None:
        raise UsageError(
            "this sentence is not in the document any more",
            hint="load the text again: its source has changed",
        )
    return found[0]


def find_entry(translation: Translation, key: Key) -> Entry | None:
    """Return the entry of a sentence: its translation or, in the original, its correction."""
    return (translation.corrected if translation.original else translation.entries).get(key)


def find_group(translation: Translation, sentence: Sentence) -> tuple[Sentence, ...]:
    """Return the sentences that share one text: the head, then those that are joined to it.

    A joined sentence without a head is alone.
    """
    _, text = translation.source.by_id[sentence.id]
    joined = {
        one.key
        for one in text.sentences
        if (entry := find_entry(translation, one.key)) is not None and entry.joined
    }
    if not joined or translation.original:
        return (sentence,)
    group: list[Sentence] = []
    for one in text.sentences:
        if one.key not in joined:
            if sentence in group:
                break
            group = []
        group.append(one)
    head = group[0] if group else sentence
    if sentence not in group or head.key in joined or not head.unit.translatable:
        return (sentence,)
    return tuple(group)


def digest_sentence(translation: Translation, sentence: Sentence) -> Digest:
    """Return the digest of a sentence as its files have it now.

    Its first part changes with the text of its own entry and with its fuzzy mark, its second with
    whatever a decision on it is about: all texts of its group, and the corrected source.
    """
    own = _find(translation, sentence.key)
    group = [_find(translation, one.key) for one in find_group(translation, sentence)]
    corrected = translation.corrected
    wordings = [
        (*one.key, found.msgstr if (found := corrected.get(one.key)) and found.translated else "")
        for one in group
    ]
    texts = [(one.msgstrs, one.fuzzy) for one in group]
    return f"{_digest([own.key, own.msgstrs, own.fuzzy])}-{_digest([wordings, texts])}"


def same_entry(one: Digest, other: Digest) -> bool:
    """Return whether two digests are of the same text of an entry."""
    return one.partition("-")[0] == other.partition("-")[0]


def _find(translation: Translation, key: Key) -> Entry:
    return find_entry(translation, key) or Entry(msgid=key[1], context=key[0])


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


# --------------------------------------------------------------------------- writing


@contextmanager
def hold_entry(loader: Loader, translation: Translation, sid: str) -> Iterator[ReadEntry]:
    """Yield the entry of a sentence as it is on disk now; meanwhile no other command writes.

    A catalog that is missing is created as `publish update` does.  Raises PublishError for one
    that lacks the sentence (code `catalog-stale`), for a damaged one, for an entry with plural
    forms (code `plural-forms`), and as `hold_briefly` does.
    """
    with hold_briefly(loader.workspace.root):
        now = _read_now(loader, translation)
        if now.po is None:
            update_text(loader, now)
            now = loader.translation(now.name, now.language)
        sentence = find_sentence(now, sid)
        yield ReadEntry(translation=now, sentence=sentence, record=_record(now, sentence.key))


def _read_now(loader: Loader, translation: Translation) -> Translation:
    """Return a translation with its catalog as it is on disk now; it is read only if it changed."""
    path = loader.workspace.catalog(translation.language, translation.name)
    known = loader.catalog(translation.language, translation.name)
    now = path.read_bytes() if path.is_file() else None
    if now != (None if known is None else dump_po(known)):
        loader.forget(translation.language, translation.name)
    return loader.translation(translation.name, translation.language)


def _record(translation: Translation, key: Key) -> PoRecord:
    records = translation.po.records if translation.po else ()
    found = next((r for r in records if r.entry.key == key and not r.entry.obsolete), None)
    if found is None:
        raise PublishError(
            "the catalog does not have this sentence of its source",
            Span(translation.file, 1, 1),
            "update the catalog, as publish update does; the translations are kept",
            code="catalog-stale",
        )
    if found.entry.plural is not None:
        raise PublishError(
            "this entry has plural forms, which no sentence of a document needs",
            found.entry.span,
            "delete msgid_plural and all forms but the first, in another program",
            code="plural-forms",
        )
    return found


def write_records(
    loader: Loader, translation: Translation, changed: Mapping[Key, PoRecord]
) -> Translation:
    """Write some records of a catalog, which stay where they are; every other byte is kept.

    Returns the translation with the file as it is now.
    """
    if translation.po is None:
        raise translation.missing
    records = tuple(
        record if record.entry.obsolete else changed.get(record.entry.key, record)
        for record in translation.po.records
    )
    return loader.save(translation, replace(translation.po, records=records))


def update_text(loader: Loader, translation: Translation) -> Translation:
    """Update the catalog of a translation to its source, as `publish update` does, or create it.

    Returns the translation as it is then.  Raises the errors of `update_catalogs`.
    """
    update_catalogs(loader, [translation.name], [translation.language.tag])
    loader.forget(translation.language, translation.name)
    return loader.translation(translation.name, translation.language)
