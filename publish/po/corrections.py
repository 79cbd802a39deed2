"""Keep a correction in sight when the other side of a merge reworded the source sentence.

One side corrects the translation of a sentence.  The other rewords the sentence and updates: its
catalog has the translation as it was, fuzzy, under the new wording, and the old wording is
obsolete.  Merged by key alone, the correction would be kept where nobody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from publish.model import Entry, Key
from publish.po.pofile import PoRecord, replace_entry

__all__ = ["carry_corrections"]

Comment = Callable[[str, tuple[str, ...], tuple[str, ...]], tuple[str, ...]]
"""Write a translation as comment lines: a word, its forms, and the forms that are known."""

ALIKE = 0.6
"""How alike two wordings with one translation must be, from 0 to 1, to be one sentence."""


def carry_corrections(
    base: Mapping[Key, PoRecord],
    sides: tuple[Mapping[Key, PoRecord], Mapping[Key, PoRecord]],
    merged: Mapping[Key, PoRecord],
    comment: Comment,
) -> tuple[dict[Key, PoRecord], set[Key]]:
    """Return the merged records that take over a correction, and the keys that are in conflict.

    A live entry that has the translation of the base under a new wording gets the correction as
    its msgstr, and what it had as a comment `earlier:`.  If it has neither, both sides have
    translated: it keeps its own, gets the correction as a comment `conflict:`, and is fuzzy.
    """
    corrected = {
        key: old.entry for key, old in base.items() if _is_corrected(old.entry, key, sides, merged)
    }
    if not corrected:
        return {}, set()
    changed: dict[Key, PoRecord] = {}
    conflicts: set[Key] = set()
    for key, record in merged.items():
        if record.entry.obsolete or (key in base and not base[key].entry.obsolete):
            continue
        for old in _origins(record.entry, corrected):
            entry, conflict = _corrected(record.entry, old, merged[old.key].entry, comment)
            if entry != record.entry:
                changed[key] = record = replace_entry(record, entry)
            conflicts |= {key} if conflict else set()
    return changed, conflicts


def _is_corrected(
    old: Entry,
    key: Key,
    sides: tuple[Mapping[Key, PoRecord], Mapping[Key, PoRecord]],
    merged: Mapping[Key, PoRecord],
) -> bool:
    """Return whether one side has another translation of a sentence that the other dropped."""
    now = merged.get(key)
    if old.obsolete or now is None or not now.entry.obsolete or not any(now.entry.msgstrs):
        return False
    alive = [key in side and not side[key].entry.obsolete for side in sides]
    return any(alive) and any(old.msgstrs) and now.entry.msgstrs != old.msgstrs


def _origins(entry: Entry, corrected: Mapping[Key, Entry]) -> Iterator[Entry]:
    """Yield the corrected entries whose translation a live entry was made from."""
    if entry.previous is not None:
        named = (entry.previous_context, entry.previous)
        for key, old in corrected.items():
            if key == named or (len(old.msgid) > 1 and old.msgid in entry.previous):
                yield old
    elif any(entry.msgstrs):
        yield from (
            old
            for old in corrected.values()
            if old.msgstrs == entry.msgstrs and old.context == entry.context
            if SequenceMatcher(None, old.msgid, entry.msgid, autojunk=False).ratio() >= ALIKE
        )


def _corrected(entry: Entry, old: Entry, new: Entry, comment: Comment) -> tuple[Entry, bool]:
    """Return a live entry with the correction of the entry it came from, and whether they clash."""
    if all(text in entry.msgstrs for text in new.msgstrs):
        return entry, False
    if entry.msgstrs == old.msgstrs:
        lines = comment("earlier", entry.msgstrs, new.msgstrs)
        return replace(entry, msgstrs=new.msgstrs, comments=_added(entry, lines)), False
    if len(old.msgstrs) == 1 == len(entry.msgstrs) and old.msgstr in entry.msgstr:
        text = entry.msgstr.replace(old.msgstr, new.msgstr, 1)
        lines = comment("earlier", entry.msgstrs, ())
        return replace(entry, msgstrs=(text,), comments=_added(entry, lines)), False
    lines = comment("conflict", new.msgstrs, entry.msgstrs)
    flags = entry.flags if "fuzzy" in entry.flags else ("fuzzy", *entry.flags)
    return replace(entry, flags=flags, comments=_added(entry, lines)), True


def _added(entry: Entry, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (*entry.comments, *(line for line in lines if line not in entry.comments))
