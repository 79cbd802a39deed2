"""Writes a book's metadata (Dublin Core, translation, accessibility) and draws its cover.

It names no maker, no program and no time of day.  Terms are those of EPUB 3.3 and of EPUB
Accessibility 1.1.  Only the publisher can claim conformance and name who certifies it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

from publish.editions.dates import format_published, write_published
from publish.editions.epub.cover import CoverText, draw_cover
from publish.editions.epub.parts import MetadataLine
from publish.editions.fonts import HEADING_FAMILY, TEXT_FAMILY, find_font_faces
from publish.editions.page.edition import Manuscript, read_front_text, state_note
from publish.editions.page.inlines import find_passage_language
from publish.editions.page.interface import plain_text
from publish.editions.page.materials import Materials
from publish.editions.page.theme import read_theme
from publish.languages.cldr import find_language_name, format_whole_percent
from publish.model import Inlines, Role, find_images, plain

__all__ = ["CLAIMS", "list_metadata", "make_cover", "make_work_identifier"]

CLAIMS = {
    "conforms-to": "dcterms:conformsTo",
    "certified-by": "a11y:certifiedBy",
    "credential": "a11y:certifierCredential",
    "report": "a11y:certifierReport",
}
"""The settings for claims of conformance, and their properties (EPUB Accessibility §4)."""


def list_metadata(text: Manuscript, materials: Materials, *, paged: bool) -> Iterator[MetadataLine]:
    """Yield the lines of metadata after identifier, title and language.

    `paged` says that the book lists the pages of the PDF.
    """
    if text.second is not None:
        other = text.second.language.tag
        yield MetadataLine(
            name="dc:title", value=read_front_text(text.second.document, Role.TITLE), language=other
        )
        yield MetadataLine(name="dc:language", value=other)
    yield from _described(text)
    if text.second is not None:
        yield from _also_described(text, text.second)
    yield from _related(text, materials)
    yield from _accessibility(text, paged=paged)
    for key, property_name in CLAIMS.items():
        if key in materials.accessibility:
            yield MetadataLine(name=property_name, value=materials.accessibility[key])


def make_cover(text: Manuscript, materials: Materials) -> bytes:
    """Return the picture of the cover as PNG, with the words of the title page."""
    words = _cover_text(text, materials)
    if text.second is not None:
        words = replace(words, second=_cover_text(text.second, materials))
    families = (TEXT_FAMILY, HEADING_FAMILY, *materials.families)
    return draw_cover(words, find_font_faces(families, materials.own_fonts))


def _cover_text(text: Manuscript, materials: Materials) -> CoverText:
    return CoverText(
        title=read_front_text(text.document, Role.TITLE),
        subtitle=read_front_text(text.document, Role.SUBTITLE),
        author=read_front_text(text.document, Role.AUTHOR),
        date=format_published(text.document.facts, text.language),
        language=find_language_name(text.language.tag, text.language),
        state=state_note(text),
        direction=text.language.direction,
        accent=read_theme(materials.templates).accent,
    )


def make_work_identifier(text: Manuscript) -> str:
    """Return the URN that all languages and formats of a work share."""
    name = text.document.facts.identifier or text.document.name
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _described(text: Manuscript) -> Iterator[MetadataLine]:
    document = text.document

    def fronts(role: Role) -> tuple[Inlines, ...]:
        return document.front_text(role)

    for author in fronts(Role.AUTHOR):
        yield MetadataLine(
            name="dc:creator", value=plain(author), language=find_passage_language(author)
        )
    for publisher in fronts(Role.PUBLISHER):
        yield MetadataLine(
            name="dc:publisher", value=plain(publisher), language=find_passage_language(publisher)
        )
    summary = _state_and_summary(text)
    if summary:
        yield MetadataLine(name="dc:description", value=summary)
    for keyword in fronts(Role.KEYWORD):
        yield MetadataLine(
            name="dc:subject", value=plain(keyword), language=find_passage_language(keyword)
        )
    for rights in fronts(Role.RIGHTS):
        yield MetadataLine(
            name="dc:rights", value=plain(rights), language=find_passage_language(rights)
        )
    if published := write_published(document.facts):
        yield MetadataLine(name="dc:date", value=published)


def _state_and_summary(text: Manuscript) -> str:
    state = state_note(text)
    if state:
        coverage = format_whole_percent(text.coverage.percent, text.language)
        share = plain_text(text.interface, "Translated: {percent}").replace("{percent}", coverage)
        state = f"{state} ({share})."
    return " ".join(filter(None, (state, read_front_text(text.document, Role.SUMMARY))))


def _also_described(text: Manuscript, second: Manuscript) -> Iterator[MetadataLine]:
    """Yield state, summary and keywords in the second language of a bilingual book."""
    tag = second.language.tag
    if summary := _state_and_summary(second):
        yield MetadataLine(name="dc:description", value=summary, language=tag)
    known = {plain(keyword) for keyword in text.document.front_text(Role.KEYWORD)}
    for keyword in second.document.front_text(Role.KEYWORD):
        if plain(keyword) not in known:
            yield MetadataLine(
                name="dc:subject",
                value=plain(keyword),
                language=find_passage_language(keyword) or tag,
            )


def _related(text: Manuscript, materials: Materials) -> Iterator[MetadataLine]:
    """Yield the work that all languages share, the address of the original, the translator."""
    yield MetadataLine(name="dcterms:isVersionOf", value=make_work_identifier(text))
    if text.document.facts.source_url:
        yield MetadataLine(name="dc:source", value=text.document.facts.source_url)
    if all(half.original for half in text.both):
        return
    if materials.translator:
        yield MetadataLine(name="dc:contributor", value=materials.translator, id="translator")
        yield MetadataLine(name="role", value="trl", refines="translator", scheme="marc:relators")


# --------------------------------------------------------------------------- accessibility


def _accessibility(text: Manuscript, *, paged: bool) -> Iterator[MetadataLine]:
    """Yield the accessibility of a book; every book has a cover, so images have descriptions."""
    pictured = _has_images(text)
    yield MetadataLine(name="schema:accessMode", value="textual")
    if pictured:
        yield MetadataLine(name="schema:accessMode", value="visual")
        yield MetadataLine(name="schema:accessModeSufficient", value="textual,visual")
    yield MetadataLine(name="schema:accessModeSufficient", value="textual")
    for feature in _features(paged=paged):
        yield MetadataLine(name="schema:accessibilityFeature", value=feature)
    yield MetadataLine(name="schema:accessibilityHazard", value="none")
    if paged:
        yield MetadataLine(name="pageBreakSource", value=_printed_edition(text))
    yield MetadataLine(name="schema:accessibilitySummary", value=_summary(text, paged=paged))


def _features(*, paged: bool) -> Iterator[str]:
    yield from ("structuralNavigation", "tableOfContents", "readingOrder")
    yield "displayTransformability"
    yield "alternativeText"
    if paged:
        yield from ("pageBreakMarkers", "pageNavigation")


def _has_images(text: Manuscript) -> bool:
    return bool(find_images(text.document))


def _printed_edition(text: Manuscript) -> str:
    """Return the name of the PDF of the same text, as a reader can look for it."""
    return f"{text.document.name}.pdf ({text.languages}, {text.revised.isoformat()})"


def _summary(text: Manuscript, *, paged: bool) -> str:
    sentences = [
        plain_text(
            text.interface,
            "Text with headings, lists and a table of contents; it can be read aloud throughout.",
        )
    ]
    if paged:
        sentences.append(plain_text(text.interface, "Page numbers are those of the PDF edition."))
    return " ".join(sentences)
