"""Begin the catalog of a renamed or split source with what its old catalog has."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from publish.errors import PublishError
from publish.files import write_atomic
from publish.languages.language import Language
from publish.model import Entry, Key
from publish.po.pofile import PoFile
from publish.project.orphans import list_orphan_catalogs
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["Predecessor", "copy_ledger", "find_predecessor"]

SHARED = 0.3
"""The share of its sentences that a new document must have in common with an old catalog."""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The catalog that a document had under another name, and that name."""

    name: str
    po: PoFile


def find_predecessor(
    loader: Loader, language: Language, name: str, needed: Sequence[Entry]
) -> Predecessor | None:
    """Return the catalog without a source that has most sentences of a document without a catalog.

    None if no such catalog has enough of them; one that cannot be read is passed over.  Sentences
    that only other documents have, as after a split, are left out.
    """
    workspace = loader.workspace
    if loader.catalog(language, name) is not None:
        return None
    keys = {entry.key for entry in needed}
    best, most = None, SHARED * len(keys)
    for orphan in list_orphan_catalogs(workspace, language):
        po = _read(loader, language, orphan)
        shared = len(keys.intersection(r.entry.key for r in po.records)) if po else 0
        if po is not None and shared > most:
            best, most = Predecessor(orphan, po), shared
    if best is None:
        return None
    elsewhere = _keys_of_others(loader, name) - keys
    records = tuple(record for record in best.po.records if record.entry.key not in elsewhere)
    shown = workspace.shown(workspace.catalog(language, name))
    return Predecessor(best.name, replace(best.po, file=shown, records=records))


def _read(loader: Loader, language: Language, name: str) -> PoFile | None:
    try:
        return loader.catalog(language, name)
    except PublishError:
        return None


def _keys_of_others(loader: Loader, name: str) -> set[Key]:
    found: set[Key] = set()
    for other in loader.workspace.documents():
        if other != name:
            with suppress(PublishError):
                found |= loader.source(other).keys
    return found


def copy_ledger(workspace: Workspace, language: Language, old: str, new: str) -> None:
    """Give a document the reviews that it had under another name, if it has none yet."""
    source, target = (workspace.ledger(language, name) for name in (old, new))
    if source.is_file() and not target.exists():
        write_atomic(target, source.read_bytes())
