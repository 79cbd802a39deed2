"""A kit: all that a translator needs for one document in one language, in one archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.building.checking import load_glossary
from publish.building.preparing import interfaces, load_catalog
from publish.building.reviewing import reviewed
from publish.catalogs.pofile import PoFile, catalog_of, read
from publish.catalogs.reviewing import ReviewState
from publish.checks.health import missing
from publish.editions.interface import interface_of
from publish.errors import PublishError, UsageError
from publish.kits.archive import write_zip
from publish.kits.catalogfile import catalog_file
from publish.kits.items import Item, ItemState, items
from publish.kits.pages import Pages, guide_page, reader_page
from publish.kits.spreadsheet import Sheet, workbook
from publish.kits.terms import glossary_csv, glossary_rows
from publish.kits.tmx import TranslationPair, pairs_of, write_tmx
from publish.kits.xliff import write_xliff
from publish.kits.xlifftext import through_xliff
from publish.languages.language import Language
from publish.model import Catalog, Document, Edition, Key, Role, Span, plain
from publish.resources import template_folder
from publish.workspace import Workspace

__all__ = ["Kit", "all_pairs", "kit", "kit_xliff", "pages_of", "target_of"]

FONT = "Arial"
"""A family that every office machine has, or has a twin of, with Latin, Cyrillic, Greek, Arabic
and Hebrew letters; the settings name another where a language needs one."""


REVIEWED: Mapping[ReviewState, ItemState] = {
    ReviewState.APPROVED: "approved",
    ReviewState.CONTEXT: "reviewed",
}


@dataclass(frozen=True, slots=True)
class Kit:
    """The archive, its sentences, those too long for a cell, and whether the original is in it."""

    data: bytes
    items: tuple[Item, ...]
    too_long: tuple[Item, ...]
    original: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What a kit is of: a document, its catalog in a language."""

    document: Document
    language: Language
    po: PoFile

    @property
    def catalog(self) -> Catalog:
        return catalog_of(self.po)


def target_of(workspace: Workspace, name: str, language: Language) -> Target:
    """The document and its catalog; raises PublishError where there is nothing to translate."""
    if language.tag == workspace.source_language.tag:
        raise UsageError(f"{language.tag} is the language of the source", hint="choose another, -l")
    path = workspace.catalog(language, name)
    shown = workspace.shown(path)
    if not path.is_file():
        raise PublishError(
            f"there is no catalog {shown}",
            hint="make it with publish update",
            code="catalog-missing",
        )
    return Target(workspace.read(name), language, read(path, shown))


def kit(workspace: Workspace, target: Target) -> Kit:
    """The kit of a document in a language; raises PublishError for a catalog behind its source.

    Law: the same inputs give the same bytes.
    """
    _check_whole(workspace, target)
    document, language = target.document, target.language
    name = f"{document.name}.{language.tag}"
    states = _states(workspace, target)
    found = items(document, workspace.source_language, target.catalog, states)
    pages = pages_of(workspace, language)
    sheet = Sheet(
        document.name,
        workspace.source_language,
        language,
        found,
        _terms(workspace, language),
        pages.interface,
        next(iter(workspace.settings.fonts.get(language.tag, ())), FONT),
    )
    book, too_long = workbook(sheet)
    parts = {
        "xlsx": (f"{name}.xlsx", book),
        "po": (f"{name}.po", catalog_file(target.po, document.name)),
        "reader": (f"{name}.html", reader_page(pages, document, target.catalog)),
        **dict(_extras(workspace, target, sheet)),
    }
    title = "".join(plain(text) for text in document.front_text(Role.TITLE))
    guide = guide_page(pages, title, {what: file for what, (file, _) in parts.items()})
    files = {f"{name}/READ-ME.html": guide}
    files |= {f"{name}/{file}": data for file, data in parts.values()}
    return Kit(write_zip(files), found, too_long, "pdf" in parts)


def _states(workspace: Workspace, target: Target) -> dict[Key, ItemState]:
    """What the ledger knows better than the catalog: approved, or before its context changed."""
    source = workspace.source_language
    corrections = load_catalog(workspace, source, target.document.name)
    found = reviewed(workspace, target.document, target.language, target.catalog, corrections)
    return {
        entry.key: REVIEWED[verdict.state]
        for verdict in found.verdicts
        for entry in verdict.subject.entries
        if verdict.state in REVIEWED
    }


def _extras(
    workspace: Workspace, target: Target, sheet: Sheet
) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Glossary, memory and the original in print, as far as there are any."""
    language, source = target.language, workspace.source_language
    if sheet.terms:
        yield "glossary", (f"glossary.{language.tag}.csv", glossary_csv(sheet.terms))
    if pairs := all_pairs(workspace, language):
        yield "tmx", (f"memory.{language.tag}.tmx", write_tmx(pairs, source, language))
    name = target.document.name
    printed = workspace.output(Edition(name, source.tag, "pdf"))
    if printed.is_file():
        yield "pdf", (f"{name}.{source.tag}.pdf", printed.read_bytes())


def _terms(workspace: Workspace, language: Language) -> tuple[tuple[str, ...], ...]:
    glossary = load_glossary(workspace)
    if glossary is None or language.tag not in glossary.languages:
        return ()
    return tuple(glossary_rows(glossary, (language.tag,)))


def kit_xliff(workspace: Workspace, target: Target) -> tuple[bytes, tuple[Item, ...]]:
    """The sentences of a document as XLIFF, for translation programs; raises as `kit` does."""
    _check_whole(workspace, target)
    source = workspace.source_language
    states = _states(workspace, target)
    found = items(target.document, source, target.catalog, states, form=through_xliff)
    return write_xliff(target.document.name, source, target.language, found), found


def _check_whole(workspace: Workspace, target: Target) -> None:
    """Raises PublishError where sentences would be missing from what is sent out."""
    lacking = len(missing(target.document, workspace.source_language, target.catalog))
    if lacking:
        raise PublishError(
            f"{lacking} sentence{'s' * (lacking != 1)} of the source would be missing from the kit",
            Span(target.po.file, 1, 1),
            f"run publish update {target.document.name} first",
            code="catalog-stale",
        )


def all_pairs(workspace: Workspace, language: Language) -> tuple[TranslationPair, ...]:
    """All confirmed translations of the workspace in a language."""
    found = ((name, load_catalog(workspace, language, name)) for name in workspace.documents())
    return pairs_of((name, catalog) for name, catalog in found if catalog is not None)


def pages_of(workspace: Workspace, language: Language) -> Pages:
    """What the pages of a kit are made with, in the words of a language."""
    folders = (workspace.root / "templates", template_folder())
    words = interface_of(language, interfaces(workspace, language))
    return Pages(folders, words, workspace.source_language)
