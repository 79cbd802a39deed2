"""Cuts the XHTML tree of an edition into the pages of an EPUB and adds nav and metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from publish.editions.epub.embedding import EmbeddedFonts, make_embedded_fonts
from publish.editions.epub.metadata import list_metadata, make_cover
from publish.editions.epub.parts import NAV, Book, BookPage, GuideEntry, NavPoint
from publish.editions.epub.splitting import split_section
from publish.editions.page.bilingual import make_list_entries, make_nav_entries
from publish.editions.page.edition import (
    Manuscript,
    find_front_language,
    list_kinds,
    make_edition_identifier,
    read_front_text,
)
from publish.editions.page.formulas import replace_formulas, spell_formulas
from publish.editions.page.materials import Materials
from publish.editions.page.shownlists import LISTS
from publish.editions.page.style import find_first_families, make_book_style
from publish.editions.page.templates import Markup, Templates, marked_text, render_template
from publish.editions.page.theme import read_theme
from publish.editions.page.xhtml import (
    EPUB_NS,
    NAMESPACES,
    XHTML_NS,
    Element,
    serialise_xhtml,
    set_language,
)
from publish.editions.pagination import Pagination, mark_pages
from publish.errors import BuildError
from publish.model import Role
from publish.visible import crop

__all__ = ["make_book"]

HTML = f"{{{XHTML_NS}}}"
COVER = "cover.png"
CONTENTS = "edition-contents"
PARTS = {"edition-cover": "title.xhtml", "edition-imprint": "imprint.xhtml"}
"""File names of the parts before the text, by the ids that the template gives them."""


def make_book(
    text: Manuscript, tree: Element, materials: Materials, pagination: Pagination | None = None
) -> Book:
    """Return the book of an edition: cover, title page, imprint, a page for each section, notes.

    With `pagination`, the book has a list of the pages of the PDF, and a mark in the text where
    each begins.  The tree is changed.
    """
    templates = materials.templates
    homes = _mark_pages(tree, pagination) if pagination else []
    _write_numbers(tree)
    parts = dict(_parts(tree))
    files = {identifier: name for name, part in parts.items() for identifier in _ids(part)}
    for part in parts.values():
        _point_to_files(part, files)
        _name_notes(part)
        _reach_tables(part)
    pages = tuple(_page(name, part, tree) for name, part in (_cover(tree), *parts.items()))
    landmarks = _landmarks(text, pages)
    address = _address(files)
    entries = make_nav_entries(text, address)
    lists = {kind: make_list_entries(text, kind, address) for kind in list_kinds(text)}
    for written in (entries, *lists.values()):
        spell_formulas(written)
    letters = EmbeddedFonts()
    if materials.embed_fonts:
        letters = make_embedded_fonts(
            tree, materials, find_first_families(text.language, materials)
        )
    navs = {CONTENTS: entries, **{LISTS[kind][0]: one for kind, one in lists.items()}}
    printed = tuple(_printed(homes, navs, files))
    return Book(
        identifier=make_edition_identifier(text),
        title=read_front_text(text.document, Role.TITLE),
        title_language=find_front_language(text.document, Role.TITLE),
        language=text.language.tag,
        direction=text.language.direction,
        modified=text.revised,
        metadata=tuple(list_metadata(text, materials, paged=bool(printed))),
        pages=pages,
        nav=_nav(text, _Nav(entries, lists, landmarks, printed, _find_heads(homes)), templates),
        navpoints=_navpoints(entries),
        printed=printed,
        nav_place=sum(not page.name.startswith("text-") for page in pages[:3]),
        css=make_book_style(text, read_theme(templates), templates) + letters.css,
        fonts=letters.files,
        images={**materials.images, COVER: make_cover(text, materials)},
        cover_image=COVER,
        guide=tuple(_guide(landmarks)),
    )


# --------------------------------------------------------------------------- pages


def _parts(tree: Element) -> Iterator[tuple[str, Element]]:
    """Yield the file name and element of each page; the contents have their own page, the nav."""
    body = tree.find(f"{HTML}body")
    assert body is not None
    number = 0
    for element in body:
        if element.tag == f"{HTML}main":
            for section in element:
                for part in split_section(deepcopy(section)):
                    number += 1
                    yield f"text-{number}.xhtml", part
        elif element.tag == f"{HTML}section":
            part = deepcopy(element)
            if part.get("id") == "edition-cover":
                part.set(f"{{{EPUB_NS}}}type", "titlepage")
            yield _part_name(part.get("id") or ""), part


def _part_name(identifier: str) -> str:
    if identifier not in PARTS:
        raise BuildError(
            f"the template edition.xhtml has a section with the id {crop(identifier, 60)!r} "
            "before its <main>",
            hint=f"an edition has two, each once: {', '.join(PARTS)}",
        )
    return PARTS[identifier]


def _cover(tree: Element) -> tuple[str, Element]:
    """Return the page with the picture of the cover; its words are also on the next page."""
    title = tree.findtext(f"{HTML}head/{HTML}title") or ""
    section = etree.Element(f"{HTML}section", {"class": "picture"}, nsmap=NAMESPACES)
    section.set(f"{{{EPUB_NS}}}type", "cover")
    etree.SubElement(section, f"{HTML}img", src=COVER, alt=title)
    return "cover.xhtml", section


def _write_numbers(tree: Element) -> None:
    """Put the number of each paragraph before its text; notes have their own numbers.

    The number is text, since many readers do not show content of style sheets.  It comes after
    the mark of a page that begins with the paragraph.
    """
    boxes = (box for box in tree.iter(etree.Element) if box.get("class") == "notes")
    notes = {one for box in boxes for one in box.iterdescendants()}
    for block in list(tree.iter(f"{HTML}p", f"{HTML}li", f"{HTML}div")):
        number = block.get("data-number")
        if not number or block in notes:
            continue
        place = etree.Element(f"{HTML}span", {"class": "number"})
        place.text = f"{number}\u00a0"
        mark = block[0] if len(block) and not block.text else None
        if mark is not None and mark.get(f"{{{EPUB_NS}}}type") == "pagebreak":
            place.tail, mark.tail = mark.tail, None
            block.insert(1, place)
        else:
            place.tail, block.text = block.text, None
            block.insert(0, place)


def _ids(part: Element) -> Iterator[str]:
    return (identifier for element in part.iter() if (identifier := element.get("id")))


def _point_to_files(part: Element, files: Mapping[str, str]) -> None:
    for link in part.iter(f"{HTML}a"):
        href = link.get("href") or ""
        if href.startswith("#"):
            link.set("href", _address(files)(href[1:]))


def _name_notes(part: Element) -> None:
    """Give notes their role, so that readers can show them beside their mark.

    Notes are not asides: Apple's reader and others hide an aside that is a note everywhere, and
    the page of the notes would be empty.
    """
    for note in part.iter(f"{HTML}div"):
        if note.get(f"{{{EPUB_NS}}}type") == "footnote":
            note.set("role", "doc-footnote")


def _reach_tables(part: Element) -> None:
    """Let keys reach tables, which may be wider than the page and scroll (WCAG 2.1.1)."""
    for table in part.iter(f"{HTML}div", f"{HTML}figure"):
        if table.get("class") == "table":
            table.set("tabindex", "0")


def _address(files: Mapping[str, str]) -> Callable[[str], str]:
    def address(section: str) -> str:
        return f"{files[section]}#{section}"

    return address


def _titled(part: Element, tree: Element) -> Element:
    """Return the element with a page's title: its first heading, or the title of the whole."""
    heading = next((e for e in part.iter() if e.tag in {f"{HTML}h{n}" for n in range(1, 7)}), None)
    whole = tree.find(f"{HTML}head/{HTML}title")
    found = heading if heading is not None else whole
    assert found is not None
    return found


def _title(titled: Element) -> Element:
    """Return the title element of a page; it has the first language that its text declares."""
    title = etree.Element(f"{HTML}title")
    title.text = "".join(str(piece) for piece in titled.itertext())
    language = next((tag for e in titled.iter() if (tag := e.get("lang"))), "")
    return set_language(title, language) if language else title


def _page(name: str, part: Element, tree: Element) -> BookPage:
    """Return the document of one page, with the language of the tree."""
    root = etree.Element(
        tree.tag, {str(k): str(v) for k, v in tree.attrib.items()}, nsmap=NAMESPACES
    )
    head = etree.SubElement(root, f"{HTML}head")
    title = _title(_titled(part, tree))
    head.append(title)
    properties = ("mathml",) if replace_formulas(part) else ()
    etree.SubElement(head, f"{HTML}link", rel="stylesheet", type="text/css", href="style.css")
    etree.SubElement(root, f"{HTML}body").append(part)
    written = etree.tostring(root, encoding="unicode")
    xhtml = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{written}\n'.encode()
    return BookPage(name, xhtml, title.text or "", properties)


# --------------------------------------------------------------------------- printed pages


def _mark_pages(tree: Element, pagination: Pagination) -> list[Element]:
    """Put a mark where each page of the PDF begins; return the elements that hold them."""
    marks = [_page_mark(number) for number, _ in enumerate(pagination.starts, 1)]
    return mark_pages(tree, pagination, marks)


def _page_mark(number: int) -> Element:
    mark = etree.Element(f"{HTML}span", id=f"edition-page-{number}", role="doc-pagebreak")
    mark.set(f"{{{EPUB_NS}}}type", "pagebreak")
    mark.set("aria-label", str(number))
    return mark


def _printed(
    homes: list[Element], navs: Mapping[str, Element], files: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield label and address of each page; one that begins in contents or a list is in the nav.

    Its mark is put into the entry that it begins with.  If it begins with the heading, the
    template puts the mark there.
    """
    for number, home in enumerate(homes, 1):
        identifier = f"edition-page-{number}"
        if identifier not in files:
            contents = _nav_around(home)
            items = list(navs[contents.get("id") or ""].iter(f"{HTML}li"))
            places = [item for item in contents.iter(f"{HTML}li") if home in item.iter()]
            if places:
                link = items[list(contents.iter(f"{HTML}li")).index(places[-1])][0]
                mark = _page_mark(number)
                mark.tail, link.text = link.text, None
                link.insert(0, mark)
        yield str(number), f"{files.get(identifier, NAV)}#{identifier}"


def _nav_around(home: Element) -> Element:
    """Return the contents or the list that a page begins in."""
    return next(e for e in home.iterancestors() if e.tag == f"{HTML}nav")


def _find_heads(homes: list[Element]) -> dict[str, tuple[str, str]]:
    """Return label and id of each page that begins with a heading of the nav, by the nav's id."""
    found: dict[str, tuple[str, str]] = {}
    for number, home in enumerate(homes, 1):
        around = [e.tag for e in home.iterancestors()]
        if f"{HTML}nav" in around and f"{HTML}li" not in (home.tag, *around):
            name = _nav_around(home).get("id") or ""
            found.setdefault(name, (str(number), f"edition-page-{number}"))
    return found


# --------------------------------------------------------------------------- nav


Landmark = tuple[str, str, Markup]


def _landmarks(text: Manuscript, pages: tuple[BookPage, ...]) -> tuple[Landmark, ...]:
    start = next((page for page in pages if page.name.startswith("text-")), pages[0])
    return (
        ("cover", "cover.xhtml", marked_text(text.interface, "Cover")),
        ("bodymatter", start.name, marked_text(text.interface, "Start of text")),
    )


def _guide(landmarks: tuple[Landmark, ...]) -> Iterator[GuideEntry]:
    """Yield the landmarks by the names of old readers."""
    for kind, href, title in landmarks:
        yield GuideEntry("text" if kind == "bodymatter" else kind, title.striptags(), href)


@dataclass(frozen=True, slots=True)
class _Nav:
    """The lists of the nav: contents, those by kind, landmarks, label and address of PDF pages.

    `heads` has label and id of pages that begin with a heading of the nav, by the id of the list.
    """

    entries: Element
    lists: Mapping[str, Element]
    landmarks: tuple[Landmark, ...]
    printed: tuple[tuple[str, str], ...]
    heads: Mapping[str, tuple[str, str]]


def _nav(text: Manuscript, nav: _Nav, templates: Templates) -> bytes:
    values = {
        "language": text.language.tag,
        "direction": text.language.direction,
        "entries": Markup(serialise_xhtml(nav.entries)),
        "lists": [
            (*LISTS[kind], Markup(serialise_xhtml(one)), nav.heads.get(LISTS[kind][0], ("", "")))
            for kind, one in nav.lists.items()
        ],
        "landmarks": nav.landmarks,
        "pages": nav.printed,
        "first": nav.heads.get(CONTENTS, ("", "")),
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
