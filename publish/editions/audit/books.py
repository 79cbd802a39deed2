"""The audit of a finished EPUB against the text it was made from: what validators cannot know.

It opens the file as a stranger would, and compares with the manuscript, not with the writer's
work: whose words these are, in which language, where links lead, what else was packed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from lxml import etree

from publish.containers.zipfiles import MOMENT
from publish.editions.audit.opened import (
    EPUB,
    HTML,
    Opened,
    first_line,
    opened_book,
    report_built_file,
)
from publish.editions.audit.texts import check_ids, check_text, half_of
from publish.editions.page.bilingual import CELLS
from publish.editions.page.blocks import outline
from publish.editions.page.edition import Manuscript, edition_identifier, front_plain, state_note
from publish.errors import PublishError
from publish.model import Finding, Link, Role, plain, proses, walk_inlines

__all__ = ["AUDITS", "AUDITS_OF_TEXT", "audit_epub"]

Audit = Callable[[Opened, Manuscript], Iterator[Finding]]

DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def audit_epub(file: str, data: bytes, text: Manuscript) -> Iterator[Finding]:
    """Everything wrong with an EPUB; `file` is what it is called in findings."""
    try:
        book = opened_book(file, data)
    except (PublishError, etree.XMLSyntaxError, KeyError) as error:
        yield report_built_file(
            file, "built-container", f"the file cannot be read as an EPUB: {error}"
        )
        return
    for audit in AUDITS:
        yield from audit(book, text)
    for number, half in enumerate(text.both):
        opened = book if text.second is None else half_of(book, number, half.language.tag)
        for audit in AUDITS_OF_TEXT:
            yield from audit(opened, half)


# --------------------------------------------------------------------------- the container


def check_container(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """The zip's own order and dates, and that manifest and archive tell the same."""
    entries = book.entries
    if entries[0].filename != "mimetype" or entries[0].compress_type != zipfile.ZIP_STORED:
        yield book.wrong("built-container", "mimetype is not the first file, uncompressed")
    for entry in entries:
        if entry.date_time != MOMENT or entry.comment or entry.extra:
            yield book.wrong("built-container", f"{entry.filename} carries a date or a comment")
    names = [entry.filename for entry in entries]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield book.wrong("built-container", f"{name} is there twice")
    known = {"mimetype", "META-INF/container.xml", book.package_name}
    listed = {book.resolved(item.get("href") or "") for item in book.package.iter("{*}item")}
    for name in sorted(set(names) - known - listed):
        yield book.wrong("built-container", f"{name} is no part of the book")
    for name in sorted(listed - set(names)):
        yield book.wrong("built-container", f"{name} is missing")


def check_comments(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """Nothing is said behind the reader's back: no comment, no instruction to programs."""
    for name, tree in book.trees.items():
        for node in tree.getroottree().iter(etree.Comment, etree.PI):
            words = first_line(node.text or "")
            yield book.wrong("built-comment", f"{name} has a comment: {words}")
    for name, css in book.styles.items():
        for line in css.splitlines():
            if "po-revision-date" in line.lower() or "last-translator" in line.lower():
                yield book.wrong("built-comment", f"{name} has a line of a catalog: {line[:60]}")


# --------------------------------------------------------------------------- metadata


def check_metadata(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """Title, identifier, day and state as the manuscript has them; no maker, no time of day."""
    values = {
        "title": [front_plain(half.document, Role.TITLE) for half in text.both],
        "identifier": [edition_identifier(text)],
        "language": [half.language.tag for half in text.both],
    }
    for name, wanted in values.items():
        found = [element.text or "" for element in book.package.iter(f"{DC}{name}")]
        if found != [" ".join(words.split()) for words in wanted]:
            code = "built-language" if name == "language" else "built-metadata"
            told = f"{', '.join(found) or 'missing'}, not {', '.join(wanted)}"
            yield book.wrong(code, f"dc:{name} is {told}")
    metas = [(e.get("property") or e.get("name") or "", e) for e in book.package.iter("{*}meta")]
    days = [e.text for name, e in metas if name == "dcterms:modified"]
    if days != [f"{text.revised.isoformat()}T00:00:00Z"]:
        yield book.wrong("built-metadata", f"dcterms:modified is {', '.join(map(str, days))}")
    for name, _ in metas:
        if name.lower() in {"generator", "producer", "dcterms:creator", "calibre:timestamp"}:
            yield book.wrong("built-metadata", f"the metadata names what made it: {name}")


def check_state(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """A translation says on its title page and in its metadata what state it is in."""
    described = " ".join(e.text or "" for e in book.package.iter(f"{DC}description"))
    front = " ".join("".join(map(str, page.itertext())) for _, page in book.front("titlepage"))
    for state in filter(None, map(state_note, text.both)):
        for place, words in (("the metadata", described), ("the title page", front)):
            if state not in words.replace("\u00a0", " "):
                yield book.wrong("built-state", f"{place} does not say: {state}")


def check_languages(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """The language of package and pages, and of each passage that is not translated."""
    tag = text.language.tag
    for name, root in ((book.package_name, book.package), *book.pages.items()):
        for attribute in (XML_LANG, *(("lang",) if root.tag == f"{HTML}html" else ())):
            if root.get(attribute) != tag:
                yield book.wrong("built-language", f"{name} is said to be {root.get(attribute)}")
        if root.get("dir", "ltr") != text.language.direction:
            yield book.wrong("built-language", f"{name} runs {root.get('dir')}")
    yield from _cells_without_language(book, text)
    for name, page in book.pages.items():
        for element in page.iter(f"{HTML}span"):
            if "untranslated" in (element.get("class") or "") and (
                element.get("lang") != text.source.tag or element.get(XML_LANG) != text.source.tag
            ):
                words = first_line("".join(map(str, element.itertext())))
                yield book.wrong("built-language", f"{name}: a passage has no language: {words}")


def _cells_without_language(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """Of two languages side by side each cell says which one it is in."""
    for cells, half in zip(CELLS, text.both if text.second else (), strict=False):
        wanted = [half.language.tag, half.language.tag, half.language.direction]
        for name, page in book.pages.items():
            for cell in page.iter(etree.Element):
                told = [cell.get(attribute) for attribute in ("lang", XML_LANG, "dir")]
                if cells in (cell.get("class") or "").split() and told != wanted:
                    words = first_line("".join(map(str, cell.itertext())))
                    yield book.wrong("built-language", f"{name}: a text is in {told[0]}: {words}")


# --------------------------------------------------------------------------- links


def check_links(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """Links lead where the source's do; nothing is loaded from elsewhere, nothing runs."""
    facts = text.document.facts
    known = {facts.source_url, facts.republished_url} | {
        node.href
        for half in text.both
        for prose in proses(half.document)
        for node in walk_inlines(prose.content)
        if isinstance(node, Link)
    }
    for name, page in book.pages.items():
        for element in page.iter(f"{HTML}a"):
            href = element.get("href") or ""
            if urlsplit(href).scheme and href not in known:
                yield book.wrong("built-link", f"{name} leads to {href[:100]}, unlike the source")
            elif not urlsplit(href).scheme and not book.has_target(name, href):
                yield book.wrong("built-link", f"{name} leads to {href[:100]}, which is not there")
        for element in page.iter(etree.Element):
            yield from _active(book, name, element)
    for name, css in book.styles.items():
        if any(word in css.lower() for word in ("@import", "http:", "https:", "javascript:", "//")):
            yield book.wrong("built-remote", f"{name} asks for what is not in the book")


def _active(book: Opened, name: str, element: etree._Element) -> Iterator[Finding]:
    tag = etree.QName(element).localname
    if tag in {"script", "iframe", "object", "embed", "form", "base"}:
        yield book.wrong("built-remote", f"{name} has a <{tag}> element")
    for attribute, value in ((str(name), str(value)) for name, value in element.items()):
        if attribute.lower().startswith("on"):
            yield book.wrong("built-remote", f"{name} runs something: {attribute}")
        if attribute in {"src", "srcset", "poster", "data"} and not book.has_target(name, value):
            yield book.wrong("built-remote", f"{name} asks for {value[:100]}")


# --------------------------------------------------------------------------- nav


def check_nav(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """The contents name every heading, in order; the pages too are in order, and lead somewhere."""
    outlines = (outline(half.document) for half in text.both)
    rows = zip(*outlines, strict=True)
    headings = (" / ".join(plain(heading.prose.content) for heading in row) for row in rows)
    wanted = [" ".join(words.split()) for words in headings]
    found = [words for words, _ in book.nav_list("toc")]
    if [_letters(words) for words in found] != [_letters(words) for words in wanted]:
        missing = [words for words in wanted if words not in found]
        yield book.wrong("built-nav", f"the contents are not the headings: {missing[:3]}")
    pages = book.nav_list("page-list")
    labels = [words for words, _ in pages]
    if labels != [str(number) for number in range(1, len(labels) + 1)]:
        yield book.wrong("built-pages", f"the pages are numbered {', '.join(labels)}")
    places = book.places()
    for (_, one), (label, other) in pairwise(pages):
        if places.get(one, -1) >= places.get(other, -1):
            yield book.wrong("built-pages", f"page {label} does not follow the one before")
    marks = {
        f"{name}#{e.get('id')}"
        for name, page in book.pages.items()
        for e in page.iter(etree.Element)
        if e.get(f"{EPUB}type") == "pagebreak"
    }
    for mark in sorted(marks - {href for _, href in pages}):
        yield book.wrong("built-pages", f"the list of pages lacks {mark}")


def check_images(book: Opened, text: Manuscript) -> Iterator[Finding]:
    """Every image says in words what it shows."""
    for name, page in book.pages.items():
        for image in page.iter(f"{HTML}img"):
            if not (image.get("alt") or "").strip():
                yield book.wrong("built-image", f"{name}: {image.get('src')} is not described")


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
"""Those of the text in one language, which see of a bilingual book one half at a time."""
