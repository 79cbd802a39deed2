"""Find translations that a merge lost although both of its sides had them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.model import Catalog, Entry, Key

__all__ = ["find_lost_translations"]


def find_lost_translations(sides: Sequence[Catalog], merged: Sequence[Catalog]) -> Iterator[Entry]:
    """Yield the entries of the first side, with a translation on every side, that are lost.

    `merged` are later versions: that of the merge and the present one.  An entry is lost if none
    of them has a translation for it or one of its texts anywhere, as a msgstr or in a comment.
    """
    known = [_texts(catalog) for catalog in merged]
    first, *others = (_translations(side) for side in sides)
    for key, entry in first.items():
        if all(key in other for other in others):
            texts = {entry.msgstr, *(other[key].msgstr for other in others)}
            if not any(_has(one, key, texts) for one in known):
                yield entry


def _translations(catalog: Catalog) -> dict[Key, Entry]:
    return {e.key: e for e in catalog.entries if e.msgstr and not e.joined}


def _texts(catalog: Catalog) -> tuple[set[Key], set[str], str]:
    """Return the keys with a translation, all translations, and all comments as one text."""
    keys = {entry.key for entry in catalog.entries if any(entry.msgstrs)}
    texts = {text for entry in catalog.entries for text in entry.msgstrs}
    return keys, texts, "\n".join(line for entry in catalog.entries for line in entry.comments)


def _has(found: tuple[set[Key], set[str], str], key: Key, texts: set[str]) -> bool:
    keys, msgstrs, comments = found
    return key in keys or not texts.isdisjoint(msgstrs) or any(text in comments for text in texts)
