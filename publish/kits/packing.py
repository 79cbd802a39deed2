"""Pack a kit: an archive with all that a translator needs for one document in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publish.catalogs.memory import TranslationMemory, build_memory
from publish.containers.zipfiles import write_zip
from publish.editions.page.interface import make_interface
from publish.errors import PublishError
from publish.kits.catalogfile import write_kit_catalog
from publish.kits.editionwords import (
    find_missing_words,
    make_word_catalog,
    make_word_items,
)
from publish.kits.items import Item, ItemState, make_items
from publish.kits.kitpages import KitPages, render_guide_page, render_reader_page
from publish.kits.oldxliff import write_old_xliff
from publish.kits.pagenumbers import load_original_pages
from publish.kits.spreadsheet import SheetContent, write_workbook
from publish.kits.suggestions import add_suggestions, fill_in_suggestions
from publish.kits.termfiles import list_glossary_rows, write_glossary_csv
from publish.kits.tmx import TranslationPair, list_pairs, write_tmx
from publish.kits.xliff import write_xliff
from publish.kits.xlifftext import normalise_for_xliff
from publish.languages.language import Language
from publish.model import Edition, Key, Role, Span, plain
from publish.po.pofile import PoFile, extract_catalog
from publish.project.workspace import INTERFACE
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
    """An archive, its sentences, those too long for a cell, and whether it has the source's PDF.

    `paged` says whether it names the pages of that.
    """

    data: bytes
    items: tuple[Item, ...]
    too_long: tuple[Item, ...]
    original: bool
    paged: bool


def make_kit(loader: Loader, translation: Translation) -> Kit:
    """Return the kit of a document in a language, with all comments in its catalog.

    Raises PublishError if the catalog is missing or out of date (code `catalog-stale`).
    Law: the same inputs give the same bytes.
    """
    refuse_stale(translation)
    source, language = translation.source, translation.language
    document = source.document
    name = f"{document.name}.{language.tag}"
    states = _states(translation)
    found = _with_help(loader, translation, make_items(source, translation.needed, states))
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
        words=make_word_items(find_missing_words(loader, language), pages.interface),
    )
    book, too_long = write_workbook(sheet)
    po = fill_in_suggestions(_file(translation), found)
    places = {item.key: item.where for item in found if item.location.paragraph or item.page}
    parts = {
        "xlsx": (f"{name}.xlsx", book),
        "po": (f"{name}.po", write_kit_catalog(po, document.name, places)),
        "reader": (f"{name}.html", render_reader_page(pages, translation)),
        **dict(_extras(loader, translation, sheet, states)),
    }
    title = "".join(plain(text) for text in document.front_text(Role.TITLE))
    names = {what: file for what, (file, _) in parts.items()}
    guide = render_guide_page(
        pages,
        title,
        names,
        doubts=any(item.doubt for item in found),
        suggestions=any(item.suggestion or item.previous for item in found),
    )
    files = {f"{name}/READ-ME.html": guide}
    files |= {f"{name}/{file}": data for file, data in parts.values()}
    return Kit(write_zip(files), found, too_long, "pdf" in parts, any(item.page for item in found))


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
    loader: Loader, translation: Translation, sheet: SheetContent, states: Mapping[Key, ItemState]
) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield the other parts: glossary, words of editions, memory, XLIFF, the PDF of the source."""
    language, source = translation.language, translation.source.language
    if sheet.terms:
        yield "glossary", (f"glossary.{language.tag}.csv", write_glossary_csv(sheet.terms))
    if sheet.words:
        words = make_word_catalog(find_missing_words(loader, language), language, sheet.interface)
        yield "words", (f"words.{language.tag}.po", write_kit_catalog(words, INTERFACE))
    if known := collect_pairs(loader, language):
        yield "tmx", (f"memory.{language.tag}.tmx", write_tmx(known, source, language))
    pairs = zip(_xliff_items(translation, states), sheet.items, strict=True)
    units = tuple(replace(one, page=it.page, suggestion=it.suggestion) for one, it in pairs)
    for kind, version in (("xliff", "2.0"), ("oldxliff", "1.2")):
        data = _write_xliff(translation, units, version)
        yield kind, (f"xliff/{translation.name}.{language.tag}.{version}.xlf", data)
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


def make_kit_xliff(
    loader: Loader, translation: Translation, version: str
) -> tuple[bytes, tuple[Item, ...]]:
    """Return the sentences of a document as XLIFF of a version, for translation programs.

    Raises as `make_kit` does.
    """
    refuse_stale(translation)
    items = _xliff_items(translation, _states(translation))
    found = _with_help(loader, translation, items)
    return _write_xliff(translation, found, version), found


def _xliff_items(translation: Translation, states: Mapping[Key, ItemState]) -> tuple[Item, ...]:
    return make_items(translation.source, translation.needed, states, form=normalise_for_xliff)


def _write_xliff(translation: Translation, items: tuple[Item, ...], version: str) -> bytes:
    source = translation.source
    subject = source.name, source.language, translation.language, items
    return write_old_xliff(*subject) if version == "1.2" else write_xliff(*subject, version)


def _with_help(
    loader: Loader, translation: Translation, items: tuple[Item, ...]
) -> tuple[Item, ...]:
    """Return the items with what the memory suggests, and with the pages of the original."""
    pages = load_original_pages(loader, translation.source)
    paged = (replace(item, page=pages.get(item.key, 0)) for item in items)
    return add_suggestions(paged, collect_memory(loader, translation.language))


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


def collect_memory(loader: Loader, language: Language) -> TranslationMemory:
    """Return all confirmed translations of the workspace in a language."""
    found = ((name, loader.catalog(language, name)) for name in loader.workspace.documents())
    return build_memory((name, extract_catalog(po)) for name, po in found if po is not None)


def collect_pairs(loader: Loader, language: Language) -> tuple[TranslationPair, ...]:
    """Return all confirmed translations of the workspace in a language, with their sources."""
    found = ((name, loader.catalog(language, name)) for name in loader.workspace.documents())
    return list_pairs((name, extract_catalog(po)) for name, po in found if po is not None)


def make_kit_pages(loader: Loader, language: Language) -> KitPages:
    """Return what the pages of a kit share, with the interface texts of a language.

    They are English where the language has the words of editions only, since the guide of a kit
    says by name what the columns of its table are for.
    """
    folders = loader.workspace.template_folders(find_template_folder())
    words = make_interface(language, loader.interfaces(language))
    if not words.knows("Translation"):
        words = make_interface(language, ())
    return KitPages(folders, words, loader.workspace.source_language)
