"""Pack a kit: an archive with all that a translator needs for one document in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.containers.zipfiles import write_zip
from publish.editions.page.interface import make_interface
from publish.errors import PublishError
from publish.kits.catalogfile import write_kit_catalog
from publish.kits.items import Item, ItemState, make_items
from publish.kits.kitpages import KitPages, render_guide_page, render_reader_page
from publish.kits.spreadsheet import SheetContent, write_workbook
from publish.kits.termfiles import list_glossary_rows, write_glossary_csv
from publish.kits.tmx import TranslationPair, list_pairs, write_tmx
from publish.kits.xliff import write_xliff
from publish.kits.xlifftext import normalise_for_xliff
from publish.languages.language import Language
from publish.model import Edition, Key, Role, Span, plain
from publish.po.pofile import PoFile, extract_catalog
from publish.resources import find_template_folder
from publish.reviews.verdicts import ReviewState
from publish.translation.loading import Loader
from publish.translation.reviewed import review_translation
from publish.translation.translation import Translation

__all__ = [
    "Kit",
    "collect_pairs",
    "list_kit_terms",
    "make_kit",
    "make_kit_pages",
    "make_kit_xliff",
]

FONT = "Arial"
"""The default font of workbooks.  Office programs have it or one of the same widths, with Latin,
Cyrillic, Greek, Arabic and Hebrew letters.  The settings name another one where a language needs
it."""

REVIEWED: Mapping[ReviewState, ItemState] = {
    ReviewState.APPROVED: "approved",
    ReviewState.CONTEXT: "reviewed",
}


@dataclass(frozen=True, slots=True)
class Kit:
    """An archive, its sentences, those too long for a cell, and whether it has the source's PDF."""

    data: bytes
    items: tuple[Item, ...]
    too_long: tuple[Item, ...]
    original: bool


def make_kit(loader: Loader, translation: Translation) -> Kit:
    """Return the kit of a document in a language, with all comments in its catalog.

    Raises PublishError if the catalog is missing or out of date (code `catalog-stale`).
    Law: the same inputs give the same bytes.
    """
    refuse_stale(translation)
    source, language = translation.source, translation.language
    document = source.document
    name = f"{document.name}.{language.tag}"
    found = make_items(source, translation.needed, _states(translation))
    pages = make_kit_pages(loader, language)
    fonts = loader.workspace.settings.fonts.get(language.tag, ())
    sheet = SheetContent(
        document=document.name,
        source=source.language,
        language=language,
        items=found,
        terms=list_kit_terms(loader, language),
        interface=pages.interface,
        font=next((one for one in fonts if "/" not in one), FONT),
    )
    book, too_long = write_workbook(sheet)
    places = {item.key: item.where for item in found if item.location.paragraph}
    parts = {
        "xlsx": (f"{name}.xlsx", book),
        "po": (f"{name}.po", write_kit_catalog(_file(translation), document.name, places)),
        "reader": (f"{name}.html", render_reader_page(pages, translation)),
        **dict(_extras(loader, translation, sheet)),
    }
    title = "".join(plain(text) for text in document.front_text(Role.TITLE))
    names = {what: file for what, (file, _) in parts.items()}
    guide = render_guide_page(pages, title, names, doubts=any(item.doubt for item in found))
    files = {f"{name}/READ-ME.html": guide}
    files |= {f"{name}/{file}": data for file, data in parts.values()}
    return Kit(write_zip(files), found, too_long, "pdf" in parts)


def _file(translation: Translation) -> PoFile:
    """Return the catalog as a file; raises PublishError if there is none."""
    if translation.po is None:
        raise translation.missing
    return translation.po


def _states(translation: Translation) -> dict[Key, ItemState]:
    """Return the states that come from the ledger: approved, or approved in another context."""
    return {
        entry.key: REVIEWED[verdict.state]
        for verdict in review_translation(translation).verdicts
        for entry in verdict.subject.entries
        if verdict.state in REVIEWED
    }


def _extras(
    loader: Loader, translation: Translation, sheet: SheetContent
) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield the optional parts: glossary, translation memory, the PDF of the source."""
    language, source = translation.language, translation.source.language
    if sheet.terms:
        yield "glossary", (f"glossary.{language.tag}.csv", write_glossary_csv(sheet.terms))
    if pairs := collect_pairs(loader, language):
        yield "tmx", (f"memory.{language.tag}.tmx", write_tmx(pairs, source, language))
    name = translation.name
    printed = loader.workspace.output(Edition(document=name, language=source.tag, format="pdf"))
    if printed.is_file():
        yield "pdf", (f"{name}.{source.tag}.pdf", printed.read_bytes())


def list_kit_terms(loader: Loader, language: Language) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the glossary that a kit has, heading first; none without a glossary."""
    glossary = loader.glossary()
    if glossary is None or language.tag not in glossary.languages:
        return ()
    return tuple(list_glossary_rows(glossary, (language.tag,)))


def make_kit_xliff(translation: Translation, version: str) -> tuple[bytes, tuple[Item, ...]]:
    """Return the sentences of a document as XLIFF of a version, for translation programs.

    Raises as `make_kit` does.
    """
    refuse_stale(translation)
    source = translation.source
    found = make_items(source, translation.needed, _states(translation), form=normalise_for_xliff)
    data = write_xliff(source.name, source.language, translation.language, found, version)
    return data, found


def refuse_stale(translation: Translation) -> None:
    """Raise PublishError if there is no catalog, or if it lacks sentences of the source."""
    catalog, lacking = translation.needed, len(translation.lacking)
    if lacking:
        raise PublishError(
            f"the catalog lacks {lacking} sentence{'s' * (lacking != 1)} of the source",
            Span(catalog.file, 1, 1),
            f"run publish update {translation.name} first",
            code="catalog-stale",
        )


def collect_pairs(loader: Loader, language: Language) -> tuple[TranslationPair, ...]:
    """Return all confirmed translations of the workspace in a language, with their sources."""
    found = ((name, loader.catalog(language, name)) for name in loader.workspace.documents())
    return list_pairs((name, extract_catalog(po)) for name, po in found if po is not None)


def make_kit_pages(loader: Loader, language: Language) -> KitPages:
    """Return what the pages of a kit share, with the interface texts of a language."""
    folders = loader.workspace.template_folders(find_template_folder())
    words = make_interface(language, loader.interfaces(language))
    return KitPages(folders, words, loader.workspace.source_language)
