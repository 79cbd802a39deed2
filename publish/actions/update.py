"""Update catalogs after a change of the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from publish.building.limits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.catalogs.memory import TranslationMemory, build_memory
from publish.catalogs.updating import ReuseOptions
from publish.languages.language import Language
from publish.model import Catalog, Entry
from publish.po.pofile import extract_catalog
from publish.reading.faults import gather
from publish.translation.loading import Loader

__all__ = ["UpdateResult", "update_catalogs"]


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """The updated catalogs, written or not, and the templates that were written."""

    catalogs: tuple[UpdatedCatalog, ...]
    templates: tuple[str, ...] = ()


def update_catalogs(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    vouched: bool = False,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> UpdateResult:
    """Update the catalogs of documents in languages; without names, all of them.

    `vouched` says that the source was only corrected: see `ReuseOptions`.  Everything is read
    before anything is written.  Raises PublishError if a file cannot be read, and if a document
    goes beyond the `limits`; then nothing is written.
    """
    workspace = loader.workspace
    chosen = tuple(dict.fromkeys(workspace.languages(languages)))
    wanted = workspace.documents(names)

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
        reuse = ReuseOptions(source=workspace.source_language, target=language)
        with limit_work(f"updating the interface words in {language.tag}", limits):
            plans += plan_interface(loader, language, reuse)
    if dry_run:
        return UpdateResult(tuple(plans))
    templates = [write_template(workspace, name, entries) for name, entries in needed.items()]
    saved = [save_update(loader, plan) for plan in plans]
    return UpdateResult(tuple(saved), tuple(templates))


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
    for name in loader.workspace.documents():
        po = loader.catalog(language, name)
        if po is not None:
            yield name, extract_catalog(po)
