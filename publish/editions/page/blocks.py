"""Writes blocks as XHTML: the sections of a document, lists, tables, figures and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from lxml import etree

from publish.editions.page.inlines import (
    MarkupContext,
    add_prose,
    find_passage_language,
    join_unit_ids,
)
from publish.editions.page.xhtml import (
    EPUB_NS,
    UNIT,
    XHTML_NS,
    Element,
    add_child,
    make_element,
    set_language,
)
from publish.languages.language import Language
from publish.model import (
    Block,
    CodeBlock,
    Document,
    Field,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Prose,
    Quote,
    Table,
    ThematicBreak,
    plain,
)
from publish.reading.locations import number_notes, order_notes

__all__ = ["list_headings", "write_sections"]

START = "edition-start"
"""The id of the section that holds what comes before the first heading."""


def write_sections(
    document: Document, language: Language, source: Language, notes_title: str
) -> list[Element]:
    """Return the body as nested sections, one for each top-level heading, and the notes last.

    Sections have the ids of their headings.  Paragraphs and list items have `p1`, `p2`…, the same
    in every language.  `source` is the language of the original; `notes_title` is XHTML.
    """
    context = MarkupContext(language, source, number_notes(document))
    root = make_element("div")
    open_sections: list[tuple[int, Element]] = [(0, root)]
    for block in document.body:
        if isinstance(block, Heading):
            while open_sections[-1][0] >= block.level:
                open_sections.pop()
            section = add_child(open_sections[-1][1], "section", id=block.id)
            open_sections.append((block.level, section))
            add_prose(add_child(section, f"h{block.level}"), block.prose, context)
            continue
        if len(open_sections) == 1:
            open_sections.append((1, add_child(root, "section", id=START)))
        _block(open_sections[-1][1], block, context)
    if document.notes:
        _notes(root, order_notes(document), notes_title, context)
    return list(root)


def list_headings(document: Document) -> tuple[Heading, ...]:
    """Return the headings of a document, in order; its title if it has no headings."""
    headings = tuple(block for block in document.body if isinstance(block, Heading))
    return headings or (Heading(1, START, document.front[0].prose),)


# --------------------------------------------------------------------------- blocks


def _block(parent: Element, block: Block, context: MarkupContext) -> None:
    match block:
        case Heading(level, identifier, prose):
            add_prose(add_child(parent, f"h{level}", id=identifier), prose, context)
        case Paragraph(prose):
            add_prose(_numbered(add_child(parent, "p"), prose, context), prose, context)
        case ListBlock():
            _list(parent, block, context)
        case Quote(children):
            _blocks(add_child(parent, "blockquote"), children, context)
        case Table():
            _table(add_child(add_child(parent, "div", class_="table"), "table"), block, context)
        case Figure():
            _figure(add_child(parent, "figure"), block, context)
        case CodeBlock(text):
            _code(add_child(parent, "pre"), text, context)
        case ThematicBreak():
            add_child(parent, "hr")
        case Footnote() | Field():
            raise AssertionError("footnotes and front matter are written on their own")
        case _:
            assert_never(block)


def _blocks(parent: Element, blocks: Iterable[Block], context: MarkupContext) -> None:
    for block in blocks:
        _block(parent, block, context)


def _list(parent: Element, block: ListBlock, context: MarkupContext) -> None:
    if block.start is None:
        element = add_child(parent, "ul")
    elif block.start == 1:
        element = add_child(parent, "ol")
    else:
        element = add_child(parent, "ol", start=str(block.start))
        # WeasyPrint reads the style, not the attribute.
        element.set("style", f"counter-reset: list-item {block.start - 1}")
    for item in block.items:
        _item(add_child(element, "li"), item, context)


def _item(element: Element, item: ListItem, context: MarkupContext) -> None:
    """Write a list item; a single first paragraph becomes the item's own text."""
    first, *rest = item.children or (None,)
    if isinstance(first, Paragraph) and not any(isinstance(b, Paragraph) for b in rest):
        add_prose(_numbered(element, first.prose, context), first.prose, context)
        _blocks(element, rest, context)
    else:
        _blocks(element, item.children, context)


def _numbered(element: Element, prose: Prose, context: MarkupContext) -> Element:
    """Give an element the number of its paragraph: an id for links, and the number to show.

    The number is an attribute, so that nobody copies it with the text.
    """
    element.set("id", f"p{prose.number}")
    element.set("data-number", context.language.numeral(prose.number))
    return element


def _table(element: Element, table: Table, context: MarkupContext) -> None:
    head = add_child(add_child(element, "thead"), "tr")
    _cells(head, "th", table.header, table, context)
    body = add_child(element, "tbody") if table.rows else element
    for row in table.rows:
        _cells(add_child(body, "tr"), "td", row, table, context)


def _cells(
    row: Element, tag: str, cells: Sequence[Prose], table: Table, context: MarkupContext
) -> None:
    for cell, alignment in zip(cells, table.alignments, strict=False):
        element = add_child(row, tag)
        if tag == "th":
            element.set("scope", "col")
        if alignment:
            element.set("class", alignment)
        add_prose(element, cell, context)


def _code(element: Element, text: str, context: MarkupContext) -> None:
    """Write code; it keeps the language of the original, since it is never translated."""
    if context.source.tag != context.language.tag:
        set_language(element, context.source.tag)
    add_child(element, "code").text = text


def _figure(element: Element, figure: Figure, context: MarkupContext) -> None:
    """Write an image; its description has one language, that of the first passage in it."""
    image = add_child(element, "img", src=figure.src, alt=plain(figure.alt.content))
    if ids := join_unit_ids(figure.alt.content):
        image.set(UNIT, ids)
    language = find_passage_language(figure.alt.content)
    if language:
        set_language(image, language)
    if figure.caption is not None:
        add_prose(add_child(element, "figcaption"), figure.caption, context)


# --------------------------------------------------------------------------- notes


def _notes(root: Element, notes: tuple[Footnote, ...], title: str, context: MarkupContext) -> None:
    section = add_child(root, "section", id="edition-notes", class_="notes", role="doc-endnotes")
    section.set(f"{{{EPUB_NS}}}type", "endnotes")
    section.append(etree.fromstring(f'<h2 xmlns="{XHTML_NS}">{title}</h2>'))
    for note in notes:
        number = context.notes.get(note.label, 0)
        element = add_child(section, "div", id=f"note-{number}", class_="note")
        element.set(f"{{{EPUB_NS}}}type", "footnote")
        back = add_child(
            add_child(element, "p", class_="back"), "a", href=f"#mark-{number}", role="doc-backlink"
        )
        back.text = context.language.numeral(number)
        _blocks(element, note.children, context)
