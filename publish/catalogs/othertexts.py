"""Find translations that stand out of sight: another text for the earlier wording of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.model import Entry, Key

__all__ = ["find_other_texts"]


def find_other_texts(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each fuzzy entry with the obsolete one of its earlier wording, if their texts differ.

    Left out are texts that the fuzzy entry has too, as its msgstr, a part of it or a comment.
    """
    every = list(entries)
    obsolete: dict[Key, Entry] = {entry.key: entry for entry in every if entry.obsolete}
    for entry in every:
        if entry.obsolete or not entry.fuzzy or entry.previous is None:
            continue
        other = obsolete.get((entry.previous_context, entry.previous))
        if other is None or not other.msgstr or other.plural is not None:
            continue
        if entry.msgstr not in other.msgstr and not _mentions(entry, other.msgstr):
            yield entry, other


def _mentions(entry: Entry, text: str) -> bool:
    return text in entry.msgstr or any(text in line for line in entry.comments)
