"""Audits a finished EPUB against the text it was made from, which validators cannot do.

It opens the file as any reader would and compares it with the manuscript, not with what the writer
did: the words, their languages, the targets of links, what else was packed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Container, Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from lxml import etree

from publish.containers.zipfiles import MOMENT
from publish.editions.audit.comparing import compare_books
from publish.editions.audit.opened import (
    EPUB,
    HTML,
    OpenedBook,
    open_book,
    report_built_file,
    shorten_line,
)
from publish.editions.audit.texts import check_ids, check_text, take_half
from publish.editions.page.bilingual import CELLS
from publish.editions.page.blocks import list_headings
from publish.editions.page.edition import (
    Manuscript,
    make_edition_identifier,
    read_front_text,
    state_note,
)
from publish.editions.page.inlines import read_heading_text
from publish.errors import PublishError
from publish.model import Figure, Finding, Link, Role, blocks, plain, proses, walk_inlines

__all__ = ["AUDITS", "AUDITS_OF_TEXT", "audit_epub", "find_known_links"]

Audit = Callable[[OpenedBook, Manuscript], Iterator[Finding]]

DC = "{http://purl.org/dc/elements/1.1/}"
ENGLISH = "en"
NUMBERED = re.compile(r"(?:Figure|Table)\u00a0\d+\.?")
"""The language of interface texts that nobody has translated."""
MIMETYPE = b"application/epub+zip"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def audit_epub(
    file: str, data: bytes, text: Manuscript, wanted: bytes | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with an EPUB; `file` is its name in findings.

    `wanted` is the book that source, catalogs and templates make today, to compare all parts with.
    """
    try:
        book = open_book(file, data)
    except (PublishError, etree.XMLSyntaxError, KeyError) as error:
        yield report_built_file(
            file, "built-container", f"the file cannot be read as an EPUB: {error}"
        )
        return
    for audit in AUDITS:
        yield from audit(book, text)
    if wanted is not None and data != wanted:
        yield from compare_books(book, open_book(file, wanted))
    for number, half in enumerate(text.both):
        opened = book if text.second is None else take_half(book, number, half.language.tag)
        for audit in AUDITS_OF_TEXT:
            yield from audit(opened, half)


# --------------------------------------------------------------------------- the container


def check_container(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield faults of the zip: its order, its dates, files missing in manifest or archive."""
    entries = book.entries
    yield from _check_bytes(book)
    if entries[0].filename != "mimetype" or entries[0].compress_type != zipfile.ZIP_STORED:
        yield book.wrong("built-container", "mimetype is not the first file, or it is compressed")
    for entry in entries:
        if entry.date_time != MOMENT or entry.comment or entry.extra:
            yield book.wrong("built-container", f"{entry.filename} has a date or a comment")
        if entry.external_attr not in (0, 0o644 << 16, 0o600 << 16):
            yield book.wrong("built-container", f"{entry.filename} is not a plain file")
    names = [entry.filename for entry in entries]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield book.wrong("built-container", f"{name} is there twice")
    known = {"mimetype", "META-INF/container.xml", book.package_name}
    listed = {book.resolved(item.get("href") or "") for item in book.package.iter("{*}item")}
    for name in sorted(set(names) - known - listed):
        yield book.wrong("built-container", f"{name} is not part of the book")
    for name in sorted(listed - set(names)):
        yield book.wrong("built-container", f"{name} is missing")


def _check_bytes(book: OpenedBook) -> Iterator[Finding]:
    """Yield bytes of the archive that belong to no entry, and a wrong type at its start."""
    entries = sorted(book.entries, key=lambda entry: entry.header_offset)
    at = 0
    for entry in entries:
        if entry.header_offset != at:
            yield book.wrong("built-container", f"there are bytes before {entry.filename}")
        names = [book.data[entry.header_offset + place :][:2] for place in (26, 28)]
        name, extra = (int.from_bytes(size, "little") for size in names)
        if extra:
            yield book.wrong("built-container", f"{entry.filename} has a date or a comment")
        at = entry.header_offset + 30 + name + extra + entry.compress_size
    if book.data[at : at + 4] != b"PK\x01\x02" or book.data[-22:-18] != b"PK\x05\x06":
        yield book.wrong("built-container", "there are bytes after the last file")
    if book.contents.get("mimetype") != MIMETYPE:
        yield book.wrong("built-container", "mimetype has another content")


def check_comments(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield comments, processing instructions and lines of catalogs, which readers do not see."""
    for name, tree in book.trees.items():
        nodes = tree.getroottree().xpath("//comment() | //processing-instruction()")
        for node in nodes if isinstance(nodes, list) else ():
            words = shorten_line(getattr(node, "text", "") or "")
            yield book.wrong("built-comment", f"{name} has a comment: {words}")
    for name, css in book.styles.items():
        for line in css.splitlines():
            if "po-revision-date" in line.lower() or "last-translator" in line.lower():
                yield book.wrong("built-comment", f"{name} has a line of a catalog: {line[:60]}")


# --------------------------------------------------------------------------- metadata


def check_metadata(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield metadata that differs from the manuscript or names a maker or a time of day."""
    values = {
        "title": [read_front_text(half.document, Role.TITLE) for half in text.both],
        "identifier": [make_edition_identifier(text)],
        "language": [half.language.tag for half in text.both],
    }
    for name, wanted in values.items():
        found = [element.text or "" for element in book.package.iter(f"{DC}{name}")]
        if found != [" ".join(words.split()) for words in wanted]:
            code = "built-language" if name == "language" else "built-metadata"
            named = f"{', '.join(found) or 'missing'}, not {', '.join(wanted)}"
            yield book.wrong(code, f"dc:{name} is {named}")
    metas = [(e.get("property") or e.get("name") or "", e) for e in book.package.iter("{*}meta")]
    days = [e.text for name, e in metas if name == "dcterms:modified"]
    if days != [f"{text.revised.isoformat()}T00:00:00Z"]:
        yield book.wrong("built-metadata", f"dcterms:modified is {', '.join(map(str, days))}")
    for name, _ in metas:
        if name.lower() in {"generator", "producer", "dcterms:creator", "calibre:timestamp"}:
            yield book.wrong("built-metadata", f"the metadata names a program or maker: {name}")


def check_state(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield where the state of a translation is missing: title page or metadata."""
    described = " ".join(e.text or "" for e in book.package.iter(f"{DC}description"))
    front = " ".join("".join(map(str, page.itertext())) for _, page in book.front("titlepage"))
    for state in filter(None, map(state_note, text.both)):
        for place, words in (("the metadata", described), ("the title page", front)):
            if state not in words.replace("\u00a0", " "):
                yield book.wrong("built-state", f"{place} does not say: {state}")


def check_languages(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield wrong languages of package, pages, cells and untranslated passages."""
    tag = text.language.tag
    for name, root in ((book.package_name, book.package), *book.pages.items()):
        for attribute in (XML_LANG, *(("lang",) if root.tag == f"{HTML}html" else ())):
            if root.get(attribute) != tag:
                yield book.wrong(
                    "built-language", f"{name} has the language {root.get(attribute)}, not {tag}"
                )
        if root.get("dir", "ltr") != text.language.direction:
            yield book.wrong("built-language", f"{name} has the direction {root.get('dir')}")
    yield from _cells_without_language(book, text)
    bodies = set(book.text_pages())
    for name, page in book.pages.items():
        for element in page.iter(f"{HTML}span"):
            if "untranslated" not in (element.get("class") or "").split():
                continue
            words = shorten_line("".join(map(str, element.itertext())))
            declared = {element.get("lang"), element.get(XML_LANG)}
            if declared != {text.source.tag} and not (
                declared == {ENGLISH} and _is_interface(element, bodies)
            ):
                yield book.wrong("built-language", f"{name}: a passage has no language: {words}")


def _is_interface(element: etree._Element, bodies: Container[etree._Element]) -> bool:
    """Return whether a passage is the edition's own words, in English for lack of a translation.

    They have no mark, unlike passages of the text, and in the text they only head notes and boxes,
    and number figures and tables.
    """
    if any(child.get("class") == "mark" for child in element):
        return False
    above = list(element.iterancestors())
    in_notes = any(e.get(f"{EPUB}type") == "endnotes" for e in above)
    in_heading = any(e.tag == f"{HTML}h2" for e in above)
    in_title = any("box-title" in (e.get("class") or "").split() for e in above)
    if NUMBERED.fullmatch("".join(map(str, element.itertext()))):
        return True
    return in_title or (in_notes and in_heading) or not any(e in bodies for e in above)


def _cells_without_language(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield cells of a bilingual book that do not declare the right language."""
    for cells, half in zip(CELLS, text.both if text.second else (), strict=False):
        wanted = [half.language.tag, half.language.tag, half.language.direction]
        for name, page in book.pages.items():
            for cell in page.iter(etree.Element):
                found = [cell.get(attribute) for attribute in ("lang", XML_LANG, "dir")]
                if cells in (cell.get("class") or "").split() and found != wanted:
                    words = shorten_line("".join(map(str, cell.itertext())))
                    yield book.wrong(
                        "built-language", f"{name}: a text has the language {found[0]}: {words}"
                    )


# --------------------------------------------------------------------------- links


def find_known_links(text: Manuscript) -> set[str]:
    """Return the addresses that an edition may link to: those of its source."""
    facts = text.document.facts
    known = {facts.source_url, facts.republished_url, facts.contact} | {
        node.href
        for half in text.both
        for prose in proses(half.document)
        for node in walk_inlines(prose.content)
        if isinstance(node, Link)
    }
    return known | {one.href for one in blocks(text.document) if isinstance(one, Figure)}


def check_links(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield links that the source does not have or that lead nowhere, and what loads or runs."""
    known = find_known_links(text)
    for name, page in book.pages.items():
        for element in page.iter(f"{HTML}a"):
            href = element.get("href") or ""
            if urlsplit(href).scheme and href not in known:
                yield book.wrong(
                    "built-link", f"{name} links to {href[:100]}, which is not in the source"
                )
            elif not urlsplit(href).scheme and not book.has_target(name, href):
                yield book.wrong(
                    "built-link", f"{name} links to {href[:100]}, which is not in the book"
                )
        for element in page.iter(etree.Element):
            yield from _active(book, name, element)
    for name, css in book.styles.items():
        if any(word in css.lower() for word in ("@import", "http:", "https:", "javascript:", "//")):
            yield book.wrong("built-remote", f"{name} loads what is not in the book")


def _active(book: OpenedBook, name: str, element: etree._Element) -> Iterator[Finding]:
    tag = etree.QName(element).localname
    if tag in {"script", "iframe", "object", "embed", "form", "base"}:
        yield book.wrong("built-remote", f"{name} has a <{tag}> element")
    for attribute, value in ((str(name), str(value)) for name, value in element.items()):
        if attribute.lower().startswith("on"):
            yield book.wrong("built-remote", f"{name} runs code: attribute {attribute}")
        if attribute in {"src", "srcset", "poster", "data"} and not book.has_target(name, value):
            yield book.wrong("built-remote", f"{name} loads {value[:100]}, not in the book")


# --------------------------------------------------------------------------- nav


def check_nav(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield differences between contents and headings, and faults in the list of pages."""
    outlines = (list_headings(half.document) for half in text.both)
    rows = zip(*outlines, strict=True)
    headings = (
        " / ".join(plain(read_heading_text(heading.prose.content)) for heading in row)
        for row in rows
    )
    wanted = [" ".join(words.split()) for words in headings]
    found = [words for words, _ in book.nav_list("toc")]
    if [_letters(words) for words in found] != [_letters(words) for words in wanted]:
        missing = [words for words in wanted if words not in found]
        yield book.wrong("built-nav", f"the contents differ from the headings: {missing[:3]}")
    pages = book.nav_list("page-list")
    labels = [words for words, _ in pages]
    if labels != [str(number) for number in range(1, len(labels) + 1)]:
        yield book.wrong("built-pages", f"the pages are not numbered in order: {', '.join(labels)}")
    places = book.places()
    for (_, one), (label, other) in pairwise(pages):
        if places.get(one, -1) >= places.get(other, -1):
            yield book.wrong("built-pages", f"page {label} does not follow the page before it")
    marks = {
        f"{name}#{e.get('id')}"
        for name, page in book.pages.items()
        for e in page.iter(etree.Element)
        if e.get(f"{EPUB}type") == "pagebreak"
    }
    for mark in sorted(marks - {href for _, href in pages}):
        yield book.wrong("built-pages", f"the list of pages lacks {mark}")


def check_images(book: OpenedBook, text: Manuscript) -> Iterator[Finding]:
    """Yield images without a description."""
    for name, page in book.pages.items():
        for image in page.iter(f"{HTML}img"):
            told = image.get("role") == "presentation" or (image.get("alt") or "").strip()
            if not told:
                yield book.wrong("built-image", f"{name}: {image.get('src')} has no description")


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


AUDITS: tuple[Audit, ...] = (
    check_container,
    check_comments,
    check_metadata,
    check_state,
    check_languages,
    check_links,
    check_nav,
    check_images,
)
"""The audits of a book as a whole."""

AUDITS_OF_TEXT: tuple[Audit, ...] = (check_text, check_ids)
"""The audits of the text in one language; of a bilingual book they see one half at a time."""
