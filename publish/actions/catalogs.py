"""Plan the update of a catalog, save it, and write templates; shared by several actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from publish.actions.predecessors import copy_ledger, find_predecessor
from publish.catalogs.entries import make_entries
from publish.catalogs.updating import ReuseOptions, UpdateSummary, make_template, update_catalog
from publish.editions.page.interface import make_interface
from publish.languages.language import Language
from publish.model import Entry, Key
from publish.po.pofile import PoFile, make_header, parse_file, write_po_file
from publish.project.packedwords import find_packed_words
from publish.project.workspace import INTERFACE, Workspace
from publish.resources import find_interface_folder
from publish.translation.loading import Loader
from publish.translation.saving import save_catalog

__all__ = [
    "UpdatedCatalog",
    "list_begun",
    "needed_entries",
    "plan_interface",
    "plan_update",
    "save_update",
    "write_template",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedCatalog:
    """A catalog before and after an update.

    `merged` is set if another program saved the file after it was read, so that its changes were
    merged in.  `origin` is the document whose catalog this one was begun with, empty if none.
    """

    document: str
    language: Language
    before: PoFile
    after: PoFile
    summary: UpdateSummary
    merged: bool = False
    origin: str = ""

    @property
    def file(self) -> str:
        """The path of the catalog, as shown in messages."""
        return self.after.file


def needed_entries(loader: Loader, name: str) -> tuple[Entry, ...]:
    """Return the entries that every catalog of a document needs, without translations."""
    return make_entries(loader.source(name).units)


def plan_update(
    loader: Loader,
    language: Language,
    name: str,
    needed: Sequence[Entry],
    reuse: ReuseOptions | None = None,
) -> UpdatedCatalog:
    """Return the update of a catalog to the entries that it needs; nothing is written.

    A catalog that does not exist begins with that of the source under its old name, if there is
    one.
    """
    old = find_predecessor(loader, language, name, needed) if reuse else None
    started = old.po if old else loader.catalog_or_new(language, name)
    after, summary = update_catalog(started, needed, reuse)
    return UpdatedCatalog(
        document=name,
        language=language,
        before=loader.catalog(language, name) or started,
        after=after,
        summary=summary,
        origin=old.name if old else "",
    )


def plan_interface(
    loader: Loader, language: Language, reuse: ReuseOptions | None = None
) -> Iterator[UpdatedCatalog]:
    """Yield the update of the interface catalog to the words that the package lacks, if any.

    Words that somebody has translated there stay, since they replace those of the package.
    """
    packed, path = find_packed_words(language), find_interface_folder() / f"{INTERFACE}.pot"
    shown = loader.workspace.shown(packed) if packed else ""
    words = make_interface(
        language, [one for one in loader.interfaces(language) if one.file == shown]
    )
    every = _list_words(path.read_bytes(), path.name)
    lacking = {entry.key for entry in every if not words.knows(entry.msgid)}
    if lacking:
        lacking |= list_begun(loader, language)
        needed = [entry for entry in every if entry.key in lacking]
        yield plan_update(loader, language, INTERFACE, needed, reuse)


@lru_cache(maxsize=1)
def _list_words(template: bytes, file: str) -> tuple[Entry, ...]:
    """Return the program's own words, of its template; they are the same for all languages."""
    return tuple(record.entry for record in parse_file(template, file).records)


def list_begun(loader: Loader, language: Language) -> set[Key]:
    """Return the keys of the words that the workspace's interface catalog has a text for."""
    po = loader.catalog(language, INTERFACE)
    entries = [record.entry for record in po.records] if po else []
    return {entry.key for entry in entries if any(entry.msgstrs) and not entry.obsolete}


def save_update(loader: Loader, plan: UpdatedCatalog) -> UpdatedCatalog:
    """Write an updated catalog and return it; raises the errors of `save_catalog`."""
    path = loader.workspace.catalog(plan.language, plan.document)
    merged = save_catalog(path, plan.before, plan.after)
    if plan.origin:
        copy_ledger(loader.workspace, plan.language, plan.origin, plan.document)
    loader.forget(plan.language, plan.document)
    return replace(plan, merged=merged)


def write_template(workspace: Workspace, name: str, needed: Sequence[Entry]) -> str:
    """Write the template (`.pot`) of a document and return its path, as shown in messages."""
    path = workspace.template(name)
    shown = workspace.shown(path)
    write_po_file(path, make_template(shown, make_header(workspace.source_language, name), needed))
    return shown
