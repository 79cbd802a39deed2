"""Update catalogs after a change of the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cache

from publish.actions.catalogs import (
    UpdatedCatalog,
    needed_entries,
    plan_interface,
    plan_update,
    save_update,
    write_template,
)
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.catalogs.memory import TranslationMemory, build_memory
from publish.catalogs.updating import ReuseOptions
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Catalog, Entry, Finding
from publish.po.pofile import extract_catalog
from publish.project.orphans import list_orphan_catalogs, tell_orphans
from publish.project.workspace import INTERFACE
from publish.reading.faults import gather
from publish.translation.loading import Loader

__all__ = ["UpdateResult", "update_catalogs"]


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """The updated catalogs, written or not, the templates that were written, and warnings."""

    catalogs: tuple[UpdatedCatalog, ...]
    templates: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()


def update_catalogs(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    vouched: bool = False,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
    writing: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> UpdateResult:
    """Update the catalogs of documents in languages; without names, all of them.

    With names, the catalogs of the program's own words are only made where there are none: those
    of an archive take longer to read than those of a document.
    `vouched` says that the source was only corrected: see `ReuseOptions`.  Everything is read
    before anything is written, and what others save meanwhile is merged in; `writing` is entered
    while a catalog is written.  Raises PublishError if a file cannot be read, and if a document
    goes beyond the `limits`; then nothing is written.
    """
    workspace, asked = loader.workspace, tuple(names)
    chosen = tuple(dict.fromkeys(workspace.languages(languages)))
    wanted = workspace.documents(asked)

    def read(name: str) -> tuple[Entry, ...]:
        with limit_work(f"reading {name}", limits):
            return needed_entries(loader, name)

    needed = dict(zip(wanted, gather(wanted, read), strict=True))
    plans = [
        plan
        for language in chosen
        for plan in _plan_language(loader, language, needed, limits, vouched=vouched)
    ]
    for language in chosen:
        if asked and workspace.catalog(language, INTERFACE).is_file():
            continue
        reuse = ReuseOptions(source=workspace.source_language, target=language)
        with limit_work(f"updating the interface words in {language.tag}", limits):
            plans += plan_interface(loader, language, reuse)
    warnings = tell_orphans(workspace, *chosen)
    if dry_run:
        return UpdateResult(tuple(plans), warnings=warnings)
    templates = [write_template(workspace, name, entries) for name, entries in needed.items()]
    saved = []
    for plan in plans:
        with writing():
            saved.append(save_update(loader, plan))
    return UpdateResult(tuple(saved), tuple(templates), warnings)


def _plan_language(
    loader: Loader,
    language: Language,
    needed: dict[str, tuple[Entry, ...]],
    limits: EditionLimits,
    *,
    vouched: bool,
) -> Iterator[UpdatedCatalog]:
    @cache
    def memory() -> TranslationMemory:
        """Return the memory of the language; it is made once, since planning writes nothing."""
        return build_memory(_catalogs(loader, language))

    for name, entries in needed.items():
        reuse = ReuseOptions(
            source=loader.workspace.source_language,
            target=language,
            memory=memory,
            vouched=vouched,
            document=name,
        )
        with limit_work(f"updating {name} in {language.tag}", limits):
            plan = plan_update(loader, language, name, entries, reuse)
        yield plan


def _catalogs(loader: Loader, language: Language) -> Iterator[tuple[str, Catalog]]:
    """Yield the catalogs of all documents, then those without a source that can be read."""
    for name in loader.workspace.documents():
        po = loader.catalog(language, name)
        if po is not None:
            yield name, extract_catalog(po)
    for name in list_orphan_catalogs(loader.workspace, language):
        with suppress(PublishError):
            if po := loader.catalog(language, name):
                yield name, extract_catalog(po)
