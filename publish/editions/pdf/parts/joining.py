"""Joins the parts of a document to the one file, as if it had been laid out in one piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publish.editions.pdf.document import make_document, open_images
from publish.editions.pdf.letters.codes import Codes, add_codes
from publish.editions.pdf.metadata import finish_file, writing_metadata
from publish.editions.pdf.objects.serialising import serialising_once, settle
from publish.editions.pdf.parts.laying import Setting, name_images
from publish.editions.pdf.parts.pagecontents import FinishedPage
from publish.editions.pdf.parts.pagewriting import (
    JoinedPart,
    PageWriting,
    add_names,
    give_own,
    make_outline,
    write_page,
)
from publish.editions.pdf.parts.parttags import write_part_tags
from publish.editions.pdf.parts.recording import PageHead
from publish.editions.pdf.pinning import pinning
from publish.editions.pdf.standards import choose_standard
from publish.editions.pdf.tags.tagging import check_library
from publish.editions.privateparts import make_version_error, replacing
from publish.model import PAGES

__all__ = ["JoinedPart", "write_joined", "write_some"]


@dataclass(frozen=True, slots=True)
class _Loading:
    """The images of a document, loaded when one is asked for."""

    addresses: Mapping[str, str]
    fetcher: Any
    cache: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        from weasyprint import DEFAULT_OPTIONS  # type: ignore[import-untyped]
        from weasyprint.images import get_image_from_uri  # type: ignore[import-untyped]

        options, address = DEFAULT_OPTIONS, self.addresses[name]
        return get_image_from_uri(self.cache, self.fetcher, options, address)


def write_joined(
    setting: Setting,
    parts: Sequence[JoinedPart],
    fonts: Mapping[int, Any],
    codes: Codes,
    lost: list[str],
    target: Path | None = None,
) -> bytes:
    """Return the file with these parts; `lost` are lines that some programs cannot find.

    It is written to a file `target`, if one is given; then nothing is returned.
    """
    from weasyprint.html import get_html_metadata  # type: ignore[import-untyped]
    from weasyprint.pdf.metadata import DocumentMetadata  # type: ignore[import-untyped]

    source = setting.source
    standard = choose_standard(source.variant, source.page)
    about = make_document(setting.split.head, open_images(source, []))
    metadata = DocumentMetadata(**get_html_metadata(about))
    document = _open_document(setting, metadata, fonts)

    def write_tags(writing: PageWriting) -> None:
        write_part_tags(writing, setting.split, parts)

    with (
        _replacing_parts(setting, parts, codes, write_tags),
        pinning(),
        serialising_once(),
        writing_metadata(document, standard, lost) as claim,
    ):
        data: bytes | None = document.write_pdf(
            target, finisher=lambda _, pdf: finish_file(pdf, claim, source), **standard.options
        )
    return data or b""


def write_some(
    setting: Setting,
    pages: Sequence[tuple[PageHead, FinishedPage]],
    fonts: Mapping[int, Any],
    codes: Codes,
) -> bytes:
    """Return a PDF that only shows these pages, without links and tags."""
    from weasyprint.pdf.metadata import DocumentMetadata

    heads = [replace(head, links=(), bookmarks=()) for head, _ in pages]
    part = JoinedPart(0, lambda: heads, lambda: [finished for _, finished in pages], "")
    document = _open_document(setting, DocumentMetadata(), fonts)
    with _replacing_parts(setting, [part], codes, None), pinning(), serialising_once():
        data: bytes = document.write_pdf(pdf_tags=True, output_intent="srgb")
    return data


def _open_document(setting: Setting, metadata: Any, fonts: Mapping[int, Any]) -> Any:
    """Return a document of WeasyPrint whose pages are not known to it."""
    from weasyprint import Document

    fetcher = open_images(setting.source, [])
    document = Document((), metadata, fetcher, setting.styles.fonts, {}, "srgb")
    document.fonts = dict(fonts)
    return document


def _replacing_parts(
    setting: Setting,
    parts: Sequence[JoinedPart],
    codes: Codes,
    write_tags: Callable[[PageWriting], None] | None,
) -> Any:
    """Replace what WeasyPrint writes of pages, fonts and tags while the file is written.

    It makes a file without pages; they are written before the outline.  Without `write_tags` there
    are no tags.
    """
    from weasyprint import pdf as library

    check_library(library)
    build, outline, use = (
        library.build_fonts_dictionary,
        library.add_outlines,
        library._use_references,
    )
    writing: list[PageWriting] = []

    def build_fonts(pdf: Any, known: Any, *rest: object) -> Any:
        references = build(pdf, known, *rest)
        add_codes(pdf, references, codes)
        return references

    def add_outlines(pdf: Any, _: object) -> None:
        done = _write_pages(library, pdf, setting, parts)
        writing.append(done)
        first = len(pdf.objects)
        outline(pdf, make_outline(done))
        if done.final:
            settle(pdf, first)

    def use_references(pdf: Any, resources: Any, _: object, profiles: Any) -> None:
        use(pdf, resources, writing[0].images, profiles)

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        give_own(writing[0], document.color_profiles)
        add_names(writing[0])
        if write_tags is not None:
            write_tags(writing[0])

    return replacing(
        library,
        add_outlines=add_outlines,
        build_fonts_dictionary=build_fonts,
        _use_references=use_references,
        add_tags=add_tags,
    )


def _write_pages(
    library: Any, pdf: Any, setting: Setting, parts: Sequence[JoinedPart]
) -> PageWriting:
    """Write all pages."""
    source = setting.source
    facts = PAGES[source.page]
    resources = pdf.objects[-1]
    if "ExtGState" not in resources:
        raise make_version_error("resources are not before pages")
    load: Any = _Loading(name_images(source), open_images(source, []), {})
    writing = PageWriting(
        renderer=library,
        pdf=pdf,
        resources=resources,
        load=load,
        names=pdf.open_scratch(),
        final=not (facts.for_press or facts.folded),
        has_links=facts.has_links,
    )
    for part in parts:
        for head, finished in zip(part.open_heads(), part.open_pages(), strict=True):
            write_page(writing, head, finished)
    return writing
