"""Save the text of one sentence, unless somebody else changed it meanwhile; and take that back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from publish.actions.desk.sentences.writing import (
    Digest,
    ReadEntry,
    change_entry,
    digest_sentence,
    same_entry,
    write_entry,
)
from publish.catalogs.origins import find_sureness_lines
from publish.errors import PublishError
from publish.model import JOINED, Entry, Key, Sentence
from publish.po.pofile import PoRecord, replace_entry
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Conflict",
    "Saved",
    "SavedBefore",
    "Undo",
    "fill_entry",
    "refuse_unwritable",
    "save_text",
    "undo_save",
    "write_text",
]

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedBefore:
    """An entry as it was before it was saved: what an undo restores, to the byte."""

    text: str
    fuzzy: bool
    record: PoRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A text that was saved.

    `digest` is the base of the next save, `keys` are those of the entries that changed, and
    `translation` has the catalog as it is on disk now.
    """

    sid: str
    digest: Digest
    keys: frozenset[Key]
    before: SavedBefore
    translation: Translation

    @property
    def undo(self) -> Undo:
        """What to keep of this save, so that it can be undone."""
        return Undo(self.sid, self.digest, self.before)


@dataclass(frozen=True, slots=True)
class Undo:
    """All that undoing a save needs: without the catalog, so that hundreds can be kept."""

    sid: str
    digest: Digest
    before: SavedBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A text that was not saved, because the entry is not what the person saw.

    `mine` is that text, `theirs` the one in the catalog now, with its digest and its fuzzy mark.
    To save mine after all, save it with this digest as its base.
    """

    sid: str
    mine: str
    theirs: str
    fuzzy: bool
    digest: Digest
    translation: Translation


def save_text(
    loader: Loader,
    translation: Translation,
    sid: str,
    text: str,
    base: Digest,
    *,
    fuzzy: bool = False,
) -> Saved | Conflict:
    """Save the text of a sentence, confirmed or fuzzy; an empty one makes it untranslated.

    `base` is the digest of the entry that the person saw.  If the entry has another text on disk
    now, nothing is written, and the result is a Conflict; the same text on both sides is none.
    For the original, the text is a correction of the source, and the source's own wording ends
    one.  Raises PublishError for a text that no catalog can have, and as `change_entry` does.
    """
    refuse_unwritable(text)

    def change(found: ReadEntry) -> Saved | Conflict:
        kept = text
        if text.strip() == JOINED:
            _refuse_joined(found.translation, found.sentence)
        if text == found.sentence.unit.msgid and found.translation.original and not fuzzy:
            kept = ""
        return write_text(loader, found, fill_entry(found.entry, kept, fuzzy=fuzzy), base)

    return change_entry(loader, translation, sid, change)


def undo_save(loader: Loader, translation: Translation, saved: Undo) -> Saved | Conflict:
    """Restore what an entry was before it was saved: its text, its marks, and its bytes.

    Comments that somebody added meanwhile stay.  If the entry has another text now than was saved,
    nothing is written, and the result is a Conflict.
    """

    def change(found: ReadEntry) -> Saved | Conflict:
        return _write(loader, found, _restored(found.record, saved), saved.digest)

    return change_entry(loader, translation, saved.sid, change)


def _restored(now: PoRecord, saved: Undo) -> PoRecord:
    """Return the record as it was before a save, with all that changed in it since then."""
    old = saved.before.record.entry
    sure = find_sureness_lines(old.comments)
    gone = [line for line in sure if line not in now.entry.comments]
    comments = now.entry.comments
    if gone:
        kept = [line for line in old.comments if line in comments or line in gone]
        comments = (*kept, *(line for line in comments if line not in kept))
    entry = replace(
        now.entry,
        msgstrs=old.msgstrs,
        flags=_flags(now.entry.flags, fuzzy=old.fuzzy),
        comments=comments,
        previous=old.previous,
        previous_context=old.previous_context,
        previous_plural=old.previous_plural,
    )
    same = entry == replace(old, flags=entry.flags) and set(entry.flags) == set(old.flags)
    if same and now.unknown == saved.before.record.unknown:
        return saved.before.record
    return replace_entry(now, entry)


def write_text(loader: Loader, found: ReadEntry, entry: Entry, base: Digest) -> Saved | Conflict:
    """Write an entry with another text, unless the one on disk is not the base of it."""
    return _write(loader, found, replace_entry(found.record, entry), base)


def _write(loader: Loader, found: ReadEntry, record: PoRecord, base: Digest) -> Saved | Conflict:
    sid, key, mine = found.sentence.id, found.sentence.key, record.entry.msgstr
    if not same_entry(base, found.digest) and mine != found.entry.msgstr:
        return Conflict(
            sid=sid,
            mine=mine,
            theirs=found.entry.msgstr,
            fuzzy=found.entry.fuzzy,
            digest=found.digest,
            translation=found.translation,
        )
    before = SavedBefore(text=found.entry.msgstr, fuzzy=found.entry.fuzzy, record=found.record)
    now = write_entry(loader, found, record)
    return Saved(
        sid=sid,
        digest=digest_sentence(now, found.sentence),
        keys=frozenset((key,) if record != found.record else ()),
        before=before,
        translation=now,
    )


def fill_entry(entry: Entry, text: str, *, fuzzy: bool) -> Entry:
    """Return an entry with another text, confirmed or fuzzy; empty text is not translated.

    A confirmed text has no earlier wording, and neither a confirmed nor a changed one is imported
    any more.
    """
    kept = fuzzy and bool(text.strip())
    comments = entry.comments
    if not kept or text != entry.msgstr:
        sure = find_sureness_lines(comments)
        comments = tuple(line for line in comments if line not in sure)
    return replace(
        entry,
        msgstrs=(text if text.strip() else "",),
        flags=_flags(entry.flags, fuzzy=kept),
        comments=comments,
        previous=entry.previous if kept else None,
        previous_context=entry.previous_context if kept else None,
        previous_plural=entry.previous_plural if kept else None,
    )


def _flags(flags: tuple[str, ...], *, fuzzy: bool) -> tuple[str, ...]:
    rest = tuple(flag for flag in flags if flag != "fuzzy")
    if not fuzzy:
        return rest
    return flags if "fuzzy" in flags else ("fuzzy", *rest)


def refuse_unwritable(text: str) -> None:
    """Raise PublishError (code `text-unwritable`) for a character that no catalog can have."""
    if wrong := _UNWRITABLE.search(text):
        raise PublishError(
            f"the text has a character that no file can have (U+{ord(wrong[0]):04X}, "
            f"after {wrong.start()} others)",
            hint="delete it, then save again",
            code="text-unwritable",
        )


def _refuse_joined(translation: Translation, sentence: Sentence) -> None:
    """Raise PublishError for a sentence that cannot be joined to the one before it."""
    _, text = translation.source.by_id[sentence.id]
    if translation.original:
        raise PublishError(
            f"{JOINED} has no meaning in the source's own language",
            hint="write the sentence as it should read, or leave it empty",
            code="joined-source",
        )
    if text.sentences[0].id == sentence.id:
        raise PublishError(
            "the first sentence of a paragraph has none before it to be joined to",
            hint="translate this sentence",
            code="joined-first",
        )
    times = Counter(one.key for one in translation.source.every)[sentence.key]
    if times > 1:
        raise PublishError(
            f"a sentence that occurs {times} times cannot be joined to the one before it",
            hint="translate this sentence",
            code="joined-shared",
        )
