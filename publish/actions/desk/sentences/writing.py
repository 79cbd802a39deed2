"""Change entries of a catalog as it is on disk now, and tell whether it is what a person saw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from publish.actions.update import update_catalogs
from publish.errors import PublishError, UsageError
from publish.model import Entry, Key, Sentence, Span
from publish.po.pofile import PoRecord, replace_entry
from publish.project.locking import hold_briefly
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Digest",
    "ReadEntry",
    "change_entry",
    "digest_entry",
    "digest_sentence",
    "find_entry",
    "find_group",
    "find_records",
    "find_sentence",
    "same_entry",
    "update_text",
    "write_comments",
    "write_entry",
    "write_records",
]

Result = TypeVar("Result")

TRIES = 5
"""So often a text is saved anew while another program saves the same catalog."""

Digest = str
"""What a person saw of a sentence, as a name: of its entry, a hyphen, of the pair to decide on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """An entry as its file has it now, while nobody else of us writes in the workspace.

    `at` is the index of its record in the catalog.
    """

    translation: Translation
    sentence: Sentence
    at: int

    @property
    def record(self) -> PoRecord:
        if self.translation.po is None:
            raise self.translation.missing
        return self.translation.po.records[self.at]

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
    return f"{digest_entry(own)}-{_digest([wordings, texts])}"


def digest_entry(entry: Entry) -> str:
    """Return the first part of the digest of a sentence: that of its own entry."""
    return _digest([entry.key, entry.msgstrs, entry.fuzzy])


def same_entry(one: Digest, other: Digest) -> bool:
    """Return whether two digests are of the same text of an entry."""
    return one.partition("-")[0] == other.partition("-")[0]


def _find(translation: Translation, key: Key) -> Entry:
    return find_entry(translation, key) or Entry(msgid=key[1], context=key[0])


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


# --------------------------------------------------------------------------- writing


class _OutrunError(Exception):
    """Another program saved the catalog after it was read here."""


def change_entry(
    loader: Loader, translation: Translation, sid: str, change: Callable[[ReadEntry], Result]
) -> Result:
    """Do something with the entry of a sentence as it is on disk now; return what that returns.

    No other command writes in the workspace meanwhile.  If a program that does not ask saves the
    catalog in that moment, nothing is written, and `change` is called again with what it saved.  A
    catalog that is missing is created as `publish update` does.  Raises PublishError for one that
    lacks the sentence (code `catalog-stale`), for a damaged one, for an entry with plural forms
    (code `plural-forms`), and as `hold_briefly` does.
    """
    with hold_briefly(loader.workspace.root):
        for _ in range(TRIES):
            now = loader.renew(translation)
            if now.po is None:
                now = update_text(loader, now)
            sentence = find_sentence(now, sid)
            at = _find_record(now, sentence.key)
            try:
                return change(ReadEntry(translation=now, sentence=sentence, at=at))
            except _OutrunError:
                continue
            finally:
                loader.let_go(now)
    raise PublishError(
        "another program saves this catalog again and again",
        hint="close it there, then save again; nothing was written yet",
        code="workspace-busy",
    )


def _find_record(translation: Translation, key: Key) -> int:
    """Return the index of the record with a key in the catalog of a translation."""
    records = translation.po.records if translation.po else ()
    for at in translation.places.get(key[1], ()):
        entry = records[at].entry
        if entry.context == key[0] and not entry.obsolete:
            _refuse_plural(entry)
            return at
    raise PublishError(
        "the catalog does not have this sentence of its source",
        Span(translation.file, 1, 1),
        "update the catalog, as publish update does; the translations are kept",
        code="catalog-stale",
    )


def _refuse_plural(entry: Entry) -> None:
    if entry.plural is not None:
        raise PublishError(
            "this entry has plural forms, which no sentence of a document needs",
            entry.span,
            "delete msgid_plural and all forms but the first, in another program",
            code="plural-forms",
        )


def find_records(translation: Translation, group: Iterable[Sentence]) -> dict[int, PoRecord]:
    """Return the records of some sentences by their index; raises as `change_entry` does."""
    if translation.po is None:
        raise translation.missing
    places = [_find_record(translation, one.key) for one in group]
    return {at: translation.po.records[at] for at in places}


def write_entry(loader: Loader, found: ReadEntry, record: PoRecord) -> Translation:
    """Write another record in place of an entry's; every byte of the others is kept.

    Returns the translation with the file as it is now.
    """
    return write_records(loader, found.translation, {found.at: record})


def write_records(
    loader: Loader, translation: Translation, records: Mapping[int, PoRecord]
) -> Translation:
    """Write other records at some indexes of a catalog in one step, as `write_entry` does."""
    if translation.po is None:
        raise translation.missing
    before = translation.po.records
    changed = {at: record for at, record in records.items() if before[at] != record}
    if not changed:
        return translation
    saved = loader.save_records(translation, changed)
    if saved is None:
        raise _OutrunError
    return saved


def write_comments(loader: Loader, found: ReadEntry, comments: tuple[str, ...]) -> Translation:
    """Write other comments of translators to an entry."""
    entry = replace(found.entry, comments=comments)
    return write_entry(loader, found, replace_entry(found.record, entry))


def update_text(loader: Loader, translation: Translation) -> Translation:
    """Update the catalog of a translation to its source, as `publish update` does, or create it.

    Returns the translation as it is then.  Raises the errors of `update_catalogs`.
    """
    update_catalogs(loader, [translation.name], [translation.language.tag])
    loader.forget(translation.language, translation.name)
    return loader.translation(translation.name, translation.language)
