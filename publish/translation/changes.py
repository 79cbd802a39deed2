"""What changed in a source, for the translators of one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publish.catalogs.differences import (
    ChangeKind,
    SentenceChange,
    Wording,
    changes_between,
    changes_in_catalog,
)
from publish.catalogs.entries import entries_of
from publish.catalogs.updating import Reuse, update_catalog
from publish.catalogs.wordmarks import MarkedPiece, word_marks
from publish.languages.language import Language
from publish.model import Location
from publish.po.pofile import PoFile, catalog_of
from publish.project.history import Revision
from publish.reading.placewords import describe_location
from publish.reading.source import Source

__all__ = [
    "SourceChanges",
    "describe_places",
    "find_changes",
    "locations_of",
    "marked_wordings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChanges:
    """What changed in a source for a language; `stale` says that its catalog lacks some of it.

    `since` is the revision that the source is compared with, None where the catalog tells.
    """

    source: Source
    language: Language
    changes: tuple[SentenceChange, ...]
    stale: bool
    since: Revision | None = None


def find_changes(
    source: Source, language: Language, po: PoFile, earlier: Source | None = None
) -> tuple[SentenceChange, ...]:
    """Return what a catalog of the source lacks or, with an earlier version, what became of that.

    Law: the answer is the same before and after an update of the catalog.
    """
    after, _ = update_catalog(
        po, entries_of(source.units), Reuse(source=source.language, target=language)
    )
    now = _wordings(source)
    if earlier is None:
        return changes_in_catalog(catalog_of(after), now, list(catalog_of(po).active()))
    return changes_between(_wordings(earlier), now, catalog_of(after))


def locations_of(change: SentenceChange) -> tuple[Location, ...]:
    """Return where a sentence stands; for one that moved, from where to where."""
    old, new = (one.location if one else None for one in (change.old, change.new))
    wanted = (old, new) if change.kind is ChangeKind.MOVED else (new or old,)
    return tuple(filter(None, wanted))


def describe_places(change: SentenceChange) -> str:
    """Return where a sentence stands, in English; for one that moved, from where to where."""
    return " → ".join(dict.fromkeys(map(describe_location, locations_of(change))))


def marked_wordings(
    change: SentenceChange,
) -> tuple[tuple[MarkedPiece, ...], tuple[MarkedPiece, ...]]:
    """Return both wordings in pieces; only a changed sentence has words that are marked."""
    old, new = (one.key[1] if one else "" for one in (change.old, change.new))
    if change.kind is ChangeKind.CHANGED:
        return word_marks(old, new)
    return _unmarked(old), _unmarked(new)


def _unmarked(text: str) -> tuple[MarkedPiece, ...]:
    return (MarkedPiece(text, changed=False),) if text else ()


def _wordings(source: Source) -> Sequence[Wording]:
    return [Wording(sentence.key, sentence.location) for sentence in source.sentences]
