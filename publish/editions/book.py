"""The XHTML tree of an edition cut into the pages of an EPUB, with its nav and metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from publish.editions.edition import (
    Manuscript,
    contents_list,
    edition_identifier,
    front_language,
    front_plain,
    state_note,
)
from publish.editions.epub import Book, Meta, NavPoint, Page, Reference
from publish.editions.interface import plain_text
from publish.editions.style import book_style
from publish.editions.templates import Markup, Templates, marked_text, render_template
from publish.editions.theme import theme_of
from publish.editions.tree import (
    NAMESPACES,
    XHTML_NS,
    Element,
    in_language,
    outline,
    passage_language,
    serialise,
)
from publish.languages.cldr import percent
from publish.model import Inlines, Role, plain

__all__ = ["book_of"]

HTML = f"{{{XHTML_NS}}}"


def book_of(
    text: Manuscript, tree: Element, images: Mapping[str, bytes], templates: Templates
) -> Book:
    """The book of an edition: cover, imprint, a page for each top section, the notes last."""
    parts = dict(_parts(tree))
    files = {identifier: name for name, part in parts.items() for identifier in _ids(part)}
    for part in parts.values():
        _point_to_files(part, files)
    pages = tuple(_page(name, part, tree) for name, part in parts.items())
    landmarks = _landmarks(text, pages)
    return Book(
        identifier=edition_identifier(text),
        title=front_plain(text.document, Role.TITLE),
        title_language=front_language(text.document, Role.TITLE),
        language=text.language.tag,
        direction=text.language.direction,
        modified=text.revised,
        metadata=tuple(_metadata(text)),
        pages=pages,
        nav=_nav(text, files, landmarks, templates),
        navpoints=_navpoints(contents_list(outline(text.document), text.language, _address(files))),
        css=book_style(theme_of(templates), text.language, templates),
        images=images,
        guide=tuple(_guide(landmarks)),
    )


# --------------------------------------------------------------------------- pages


def _parts(tree: Element) -> Iterator[tuple[str, Element]]:
    """The pages' file names and their elements; the contents list has a page of its own: nav."""
    body = tree.find(f"{HTML}body")
    assert body is not None
    number = 0
    for element in body:
        if element.tag == f"{HTML}main":
            for section in element:
                number += 1
                yield f"text-{number}.xhtml", deepcopy(section)
        elif element.tag == f"{HTML}section":
            yield f"{(element.get('id') or '').removeprefix('edition-')}.xhtml", deepcopy(element)


def _ids(part: Element) -> Iterator[str]:
    return (identifier for element in part.iter() if (identifier := element.get("id")))


def _point_to_files(part: Element, files: Mapping[str, str]) -> None:
    for link in part.iter(f"{HTML}a"):
        href = link.get("href") or ""
        if href.startswith("#"):
            link.set("href", _address(files)(href[1:]))


def _address(files: Mapping[str, str]) -> Callable[[str], str]:
    def address(section: str) -> str:
        return f"{files[section]}#{section}"

    return address


def _titled(part: Element, tree: Element) -> Element:
    """The element that says a page's title: its first heading, or the title of the whole."""
    heading = next((e for e in part.iter() if e.tag in {f"{HTML}h{n}" for n in range(1, 7)}), None)
    whole = tree.find(f"{HTML}head/{HTML}title")
    found = heading if heading is not None else whole
    assert found is not None
    return found


def _title(titled: Element) -> Element:
    """The title element of a page; its one language is the first that its text declares."""
    title = etree.Element(f"{HTML}title")
    title.text = "".join(str(piece) for piece in titled.itertext())
    language = next((tag for e in titled.iter() if (tag := e.get("lang"))), "")
    return in_language(title, language) if language else title


def _page(name: str, part: Element, tree: Element) -> Page:
    """A content document around one part, with the language of the tree."""
    root = etree.Element(
        tree.tag, {str(k): str(v) for k, v in tree.attrib.items()}, nsmap=NAMESPACES
    )
    head = etree.SubElement(root, f"{HTML}head")
    title = _title(_titled(part, tree))
    head.append(title)
    etree.SubElement(head, f"{HTML}link", rel="stylesheet", type="text/css", href="style.css")
    etree.SubElement(root, f"{HTML}body").append(part)
    written = etree.tostring(root, encoding="unicode")
    xhtml = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{written}\n'.encode()
    return Page(name, xhtml, title.text or "")


# --------------------------------------------------------------------------- nav


Landmark = tuple[str, str, Markup]


def _landmarks(text: Manuscript, pages: tuple[Page, ...]) -> tuple[Landmark, ...]:
    start = next((page for page in pages if page.name.startswith("text-")), pages[0])
    return (
        ("cover", "cover.xhtml", marked_text(text.interface, "Cover")),
        ("bodymatter", start.name, marked_text(text.interface, "Start of text")),
    )


def _guide(landmarks: tuple[Landmark, ...]) -> Iterator[Reference]:
    """The landmarks as old readers name them."""
    for kind, href, title in landmarks:
        yield Reference("text" if kind == "bodymatter" else kind, title.striptags(), href)


def _nav(
    text: Manuscript,
    files: Mapping[str, str],
    landmarks: tuple[Landmark, ...],
    templates: Templates,
) -> bytes:
    entries = contents_list(outline(text.document), text.language, _address(files))
    values = {
        "language": text.language.tag,
        "direction": text.language.direction,
        "entries": Markup(serialise(entries)),
        "landmarks": landmarks,
    }
    written = render_template(templates, "nav.xhtml", values, text.interface)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _navpoints(entries: Element) -> tuple[NavPoint, ...]:
    return tuple(_navpoint(item) for item in entries)


def _navpoint(item: Element) -> NavPoint:
    link, *inner = item
    label = "".join(str(piece) for piece in link.itertext())
    children = tuple(point for entries in inner for point in _navpoints(entries))
    return NavPoint(label, link.get("href") or "", children)


# --------------------------------------------------------------------------- metadata


def _metadata(text: Manuscript) -> Iterator[Meta]:
    """Dublin Core of the text, then the accessibility properties of EPUB Accessibility 1.1."""
    document, interface = text.document, text.interface

    def fronts(role: Role) -> tuple[Inlines, ...]:
        return document.front_text(role)

    for author in fronts(Role.AUTHOR):
        yield Meta("dc:creator", plain(author), language=passage_language(author))
    for publisher in fronts(Role.PUBLISHER):
        yield Meta("dc:publisher", plain(publisher), language=passage_language(publisher))
    state = state_note(text)
    if state:
        coverage = percent(text.coverage.percent, text.language)
        state = f"{state} ({plain_text(interface, 'Translated')}: {coverage})."
    summary = " ".join(filter(None, (state, front_plain(document, Role.SUMMARY))))
    if summary:
        yield Meta("dc:description", summary)
    for keyword in fronts(Role.KEYWORD):
        yield Meta("dc:subject", plain(keyword), language=passage_language(keyword))
    for rights in fronts(Role.RIGHTS):
        yield Meta("dc:rights", plain(rights), language=passage_language(rights))
    if document.facts.source_url:
        yield Meta("dc:source", document.facts.source_url)
    if document.facts.published:
        yield Meta("dc:date", document.facts.published.isoformat())
    yield from _accessibility(text)


def _accessibility(text: Manuscript) -> Iterator[Meta]:
    for name, value in (
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityHazard", "none"),
    ):
        yield Meta(name, value)
    yield Meta(
        "schema:accessibilitySummary",
        plain_text(
            text.interface,
            "Text with headings, lists and a table of contents; it can be read aloud throughout.",
        ),
    )
