"""Joins the parts of a document to the one file, as if it had been laid out in one piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.codes import Codes, add_codes
from publish.editions.pdf.document import make_document, open_images
from publish.editions.pdf.metadata import finish_file, writing_metadata
from publish.editions.pdf.parts.laying import Setting, name_images
from publish.editions.pdf.parts.pagecontents import FinishedPage
from publish.editions.pdf.parts.recording import PageHead, unpack
from publish.editions.pdf.parts.splitting import Split
from publish.editions.pdf.parts.standins import StandInPage, make_stream
from publish.editions.pdf.pinning import pinning
from publish.editions.pdf.serialising import serialising_once
from publish.editions.pdf.standards import choose_standard
from publish.editions.pdf.tagfile import write_tag_tree
from publish.editions.pdf.tagging import check_library, make_version_error, replacing
from publish.editions.pdf.tagtree import ShownPiece, TagTree, start_tag_tree, take_step
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


@dataclass(frozen=True, slots=True)
class JoinedPart:
    """A part with its number, the heads and streams of its pages, and a key of their codes."""

    number: int
    heads: Sequence[PageHead]
    finished: Sequence[FinishedPage]
    codes: str


def write_joined(
    setting: Setting,
    parts: Sequence[JoinedPart],
    fonts: Mapping[int, Any],
    codes: Codes,
    lost: list[str],
) -> bytes:
    """Return the file with these parts; `lost` are lines that some programs cannot find."""
    from weasyprint import Document
    from weasyprint.html import get_html_metadata  # type: ignore[import-untyped]
    from weasyprint.pdf.metadata import DocumentMetadata  # type: ignore[import-untyped]

    source, root = setting.source, setting.split.root
    standard = choose_standard(source.variant, source.page)
    elements = list(root.iter())
    fetcher = open_images(source, [])
    load: Any = _Loading(name_images(source), fetcher, {})
    pages: list[StandInPage] = []
    tree = start_tag_tree(root)
    for part in parts:
        find = _make_finder(setting.split, elements, part.number)
        for head, finished in zip(part.heads, part.finished, strict=True):
            page = StandInPage.make(head, finished, len(pages), find, load)
            _grow(tree, page, find)
            pages.append(page)
    if not PAGES[source.page].has_links:
        for page in pages:
            page.links = []
    about = make_document(_take_head(root), fetcher)
    metadata = DocumentMetadata(**get_html_metadata(about))
    document = Document(pages, metadata, fetcher, setting.styles.fonts, {}, "srgb")
    document.fonts = dict(fonts)
    with (
        _replacing_parts(pages, tree, codes),
        pinning(),
        serialising_once(),
        writing_metadata(document, standard, lost) as claim,
    ):
        data: bytes = document.write_pdf(
            finisher=lambda _, pdf: finish_file(pdf, claim, source), **standard.options
        )
    return data


def write_some(
    setting: Setting,
    pages: Sequence[tuple[PageHead, FinishedPage]],
    fonts: Mapping[int, Any],
    codes: Codes,
) -> bytes:
    """Return a PDF that only shows these pages, without links and tags."""
    from weasyprint import Document
    from weasyprint.pdf.metadata import DocumentMetadata

    source = setting.source
    fetcher = open_images(source, [])
    load: Any = _Loading(name_images(source), fetcher, {})
    found = Element("body")
    shown = [
        StandInPage.make(replace(head, links=(), bookmarks=()), finished, at, lambda _: found, load)
        for at, (head, finished) in enumerate(pages)
    ]
    document = Document(shown, DocumentMetadata(), fetcher, setting.styles.fonts, {}, "srgb")
    document.fonts = dict(fonts)
    with _replacing_parts(shown, None, codes), pinning(), serialising_once():
        data: bytes = document.write_pdf(pdf_tags=True, output_intent="srgb")
    return data


def _make_finder(
    split: Split, elements: Sequence[Element], number: int
) -> Callable[[int], Element]:
    """Return what finds the elements of a part among those of the whole tree, by their numbers."""
    first = split.places[split.begin(number)]

    def find(at: int) -> Element:
        return elements[first + at] if at >= 0 else split.find_element(elements, number, at)

    return find


def _take_head(root: Element) -> Element:
    """Return the document with all that its metadata are read from, and nothing else."""
    bare = Element(root.tag, root.attrib)
    for child in root:
        if child.tag == "body":
            bare.extend(one for one in child.iter() if one.tag in ("title", "meta", "link"))
        else:
            bare.append(child)
    return bare


def _grow(tree: TagTree, page: StandInPage, find: Callable[[int], Element]) -> None:
    """Let the tag tree grow as it would have from the boxes of a page."""
    number, pieces = page.number, page.pieces
    for kind, element, at in unpack(page.head.steps):
        piece = None
        if at >= 0:
            piece = ShownPiece(number, pieces.get(at, at), kind == "link")
        take_step(tree, (kind, find(element), piece))


def _replacing_parts(pages: Sequence[StandInPage], tree: TagTree | None, codes: Codes) -> Any:
    """Replace what WeasyPrint paints, says of fonts, and tags, while the file is written.

    Without a `tree` there are no tags.
    """
    from weasyprint import pdf as library

    check_library(library)
    build = library.build_fonts_dictionary

    def build_fonts(pdf: Any, known: Any, *rest: object) -> Any:
        references = build(pdf, known, *rest)
        add_codes(pdf, references, codes)
        return references

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        for page, stream, reference in zip(pages, streams, pdf.page_references, strict=True):
            if page.finished.own is not None:
                _give_own(library, pdf, document, stream, reference, page.finished.own)
        if tree is not None:
            write_tag_tree(pdf, tree, streams)

    return replacing(
        library,
        Stream=make_stream(library.Stream),
        build_fonts_dictionary=build_fonts,
        add_tags=add_tags,
    )


def _give_own(
    library: Any, pdf: Any, document: Any, stream: Any, reference: bytes, own: Any
) -> None:
    """Give a page resources of its own, with the fonts and colours of all."""
    own["ColorSpace"] = stream._resources["ColorSpace"]
    own["Font"] = stream._resources["Font"]
    library._use_references(pdf, own, stream._images, document.color_profiles)
    pdf.add_object(own)
    page = pdf.objects[int(reference.split()[0])]
    if page.get("Contents") != stream.reference:
        raise make_version_error("pages are not in their order")
    page["Resources"] = own.reference
