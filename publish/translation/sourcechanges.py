"""Find what changed in a source, for the translators of a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publish.catalogs.differences import (
    ChangeKind,
    SentenceChange,
    Wording,
    find_changes_between,
    find_changes_in_catalog,
)
from publish.catalogs.entries import make_entries
from publish.catalogs.updating import ReuseOptions, update_catalog
from publish.catalogs.wordmarks import MarkedPiece, mark_words
from publish.languages.language import Language
from publish.model import Location
from publish.po.pofile import PoFile, extract_catalog
from publish.project.history import Revision
from publish.reading.locationwords import describe_location
from publish.reading.source import Source

__all__ = [
    "SourceChanges",
    "describe_places",
    "find_changes",
    "list_locations",
    "mark_wordings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChanges:
    """The changes of a source for a language; `stale` is true if its catalog lacks some of them.

    `since` is the revision that the source was compared with, None if it was the catalog.
    """

    source: Source
    language: Language
    changes: tuple[SentenceChange, ...]
    stale: bool
    since: Revision | None = None


def find_changes(
    source: Source, language: Language, po: PoFile, earlier: Source | None = None
) -> tuple[SentenceChange, ...]:
    """Return what is left to translate or, with an `earlier` source, the changes since that one.

    Law: the result is the same before and after an update of the catalog.
    """
    after, _ = update_catalog(
        po, make_entries(source.units), ReuseOptions(source=source.language, target=language)
    )
    now = _wordings(source)
    if earlier is None:
        return find_changes_in_catalog(
            extract_catalog(after), now, list(extract_catalog(po).active())
        )
    return find_changes_between(_wordings(earlier), now, extract_catalog(after))


def list_locations(change: SentenceChange) -> tuple[Location, ...]:
    """Return the location of a changed sentence; for one that moved, the old and the new one."""
    old, new = (one.location if one else None for one in (change.old, change.new))
    wanted = (old, new) if change.kind is ChangeKind.MOVED else (new or old,)
    return tuple(filter(None, wanted))


def describe_places(change: SentenceChange) -> str:
    """Return the location of a changed sentence in English; `old → new` for one that moved."""
    return " → ".join(dict.fromkeys(map(describe_location, list_locations(change))))


def mark_wordings(
    change: SentenceChange,
) -> tuple[tuple[MarkedPiece, ...], tuple[MarkedPiece, ...]]:
    """Return the old and the new wording in pieces; only a changed sentence has marked words."""
    old, new = (one.key[1] if one else "" for one in (change.old, change.new))
    if change.kind is ChangeKind.CHANGED:
        return mark_words(old, new)
    return _unmarked(old), _unmarked(new)


def _unmarked(text: str) -> tuple[MarkedPiece, ...]:
    return (MarkedPiece(text, changed=False),) if text else ()


def _wordings(source: Source) -> Sequence[Wording]:
    return [Wording(sentence.key, sentence.location) for sentence in source.sentences]
