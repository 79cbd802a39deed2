"""Writes blocks as XHTML: the sections of a document, lists, tables, figures and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from lxml import etree

from publish.editions.page.boxes import BOX_ROLES, BOX_TYPES, TICKS, describe_task, name_box
from publish.editions.page.formulas import write_formula
from publish.editions.page.inlines import (
    MarkupContext,
    add_prose,
    find_passage_language,
    join_unit_ids,
    label_heading,
)
from publish.editions.page.interface import Interface
from publish.editions.page.lists import start_list
from publish.editions.page.pictures import start_figure, start_image
from publish.editions.page.tables import write_table
from publish.editions.page.templates import Markup, marked_text
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
    Box,
    CodeBlock,
    DefinitionList,
    Division,
    Document,
    Field,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    Passage,
    Prose,
    Quote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    UnitSpan,
    plain,
)
from publish.reading.locations import number_notes, order_notes

__all__ = [
    "NOTES",
    "START",
    "Chapter",
    "cut_chapters",
    "list_headings",
    "name_chapter",
    "start_notes",
    "write_block",
    "write_chapter",
    "write_heading",
    "write_note",
    "write_notes",
    "write_sections",
]

START = "edition-start"
"""The id of the section that holds what comes before the first heading."""

NOTES = "edition-notes"
"""The id of the section of notes."""


DIVISIONS: Mapping[Division, str] = {"part": "book-part", "chapter": "chapter"}
"""The classes of sections: of the title of a part of a book, and of a chapter in a part."""


def write_sections(
    document: Document,
    language: Language,
    source: Language,
    interface: Interface,
    captions: Mapping[str, str] | None = None,
) -> list[Element]:
    """Return the body as nested sections, one for each top-level heading, and the notes last.

    Sections have the ids of their headings.  Paragraphs and list items have `p1`, `p2`…, the same
    in every language.  `source` is the language of the original.  `captions` says where captions
    are, if not below figures and above tables.
    """
    numbers = number_notes(document)
    context = MarkupContext(language, source, numbers, interface, captions=captions or {})
    sections = [write_chapter(chapter, context) for chapter in cut_chapters(document)]
    return [*sections, *([write_notes(order_notes(document), context)] if document.notes else [])]


Chapter = tuple[Block, ...]
"""The blocks of a section that is in no other one."""


def cut_chapters(document: Document) -> list[Chapter]:
    """Return the blocks of a body in chapters; the first may begin without a heading.

    Of a part of a book, its title with all before its first chapter counts as one.
    """
    chapters: list[list[Block]] = []
    top = 0
    for block in document.body:
        if isinstance(block, Heading) and (not chapters or block.level <= top or block.division):
            chapters.append([])
            top = block.level
        elif not chapters:
            chapters.append([])
            top = 1
        chapters[-1].append(block)
    return [tuple(chapter) for chapter in chapters]


def name_chapter(chapter: Chapter) -> str:
    """Return the id of the section of a chapter."""
    return chapter[0].id if isinstance(chapter[0], Heading) else START


def write_chapter(chapter: Chapter, context: MarkupContext) -> Element:
    """Return the section of a chapter, with the sections in it."""
    root = make_element("div")
    open_sections: list[tuple[int, Element]] = [(0, root)]
    if not isinstance(chapter[0], Heading):
        open_sections.append((1, add_child(root, "section", id=START)))
    for block in chapter:
        if isinstance(block, Heading):
            while open_sections[-1][0] >= block.level:
                open_sections.pop()
            section = add_child(open_sections[-1][1], "section", id=block.id)
            if block.division:
                section.set("class", DIVISIONS[block.division])
            open_sections.append((block.level, section))
            write_heading(section, block, context)
        else:
            write_block(open_sections[-1][1], block, context)
    return root[0]


def write_heading(section: Element, heading: Heading, context: MarkupContext) -> None:
    """Add its heading to a section, which has its id."""
    element = add_child(section, f"h{heading.level}")
    label_heading(element, heading.prose.content, context.language)
    add_prose(element, heading.prose, context)


def list_headings(document: Document) -> tuple[Heading, ...]:
    """Return the headings of a document, in order; its title if it has no headings."""
    headings = tuple(block for block in document.body if isinstance(block, Heading))
    return headings or (Heading(1, START, document.front[0].prose),)


# --------------------------------------------------------------------------- blocks


def write_block(parent: Element, block: Block, context: MarkupContext) -> None:
    """Add a block to an element; a heading is one within a list, a quotation or a note."""
    match block:
        case Heading(level, identifier, prose):
            add_prose(add_child(parent, f"h{level}", id=identifier), prose, context)
        case Paragraph(prose):
            element = add_child(parent, "p")
            if _is_bold(prose.content):
                element.set("class", "subheading")
            add_prose(_numbered(element, prose, context), prose, context)
        case ListBlock():
            _list(parent, block, context)
        case Quote(children):
            _blocks(add_child(parent, "blockquote"), children, context)
        case DefinitionList():
            _definitions(add_child(parent, "dl", class_="terms"), block, context)
        case Box():
            _box(parent, block, context)
        case Table():
            write_table(parent, block, context)
        case Figure():
            _figure(start_figure(parent, block), block, context)
        case CodeBlock(text):
            _code(add_child(parent, "pre"), text, context)
        case ThematicBreak():
            add_child(parent, "hr")
        case Formula(tex):
            write_formula(add_child(parent, "div", class_="formula"), tex, display=True)
        case Footnote() | Field():
            raise AssertionError("footnotes and front matter are written on their own")
        case _:
            assert_never(block)


def _is_bold(content: Inlines) -> bool:
    """Return whether a text is bold as a whole, as headings in quotations, lists and boxes are."""
    return bool(content) and all(
        isinstance(node, Strong)
        or (isinstance(node, Passage | UnitSpan) and _is_bold(node.children))
        or node == Text(" ")
        for node in content
    )


def _blocks(parent: Element, blocks: Iterable[Block], context: MarkupContext) -> None:
    for block in blocks:
        write_block(parent, block, context)


def _list(parent: Element, block: ListBlock, context: MarkupContext) -> None:
    element = start_list(parent, block)
    for item in block.items:
        _item(add_child(element, "li"), item, context)


def _item(element: Element, item: ListItem, context: MarkupContext) -> None:
    """Write a list item; a single first paragraph becomes the item's own text."""
    first, *rest = item.children or (None,)
    if not isinstance(first, Paragraph):
        _task(element, element, item, context)
        _blocks(element, item.children, context)
        return
    single = not any(isinstance(b, Paragraph) for b in rest)
    place = _numbered(element if single else add_child(element, "p"), first.prose, context)
    _task(element, place, item, context)
    add_prose(place, first.prose, context)
    _blocks(element, rest, context)


def _task(element: Element, place: Element, item: ListItem, context: MarkupContext) -> None:
    """Write the box of a task, with or without a tick, before its text."""
    if item.done is None:
        return
    element.set("class", "task")
    box = add_child(place, "span", class_="tick", role="img")
    box.text = TICKS[item.done]
    box.tail = "\u00a0"
    words, is_known = describe_task(item.done, context.interface)
    box.set("aria-label", words)
    if not is_known:
        set_language(box, "en")
        del box.attrib["dir"]  # The words are only heard; the box stands where the list begins.


def _definitions(element: Element, block: DefinitionList, context: MarkupContext) -> None:
    for one in block.items:
        add_prose(add_child(element, "dt"), one.term, context)
        for meaning in one.meanings:
            _blocks(add_child(element, "dd"), meaning, context)


def _box(parent: Element, box: Box, context: MarkupContext) -> None:
    """Write a box as a `div`, since some readers hide every `aside`."""
    element = add_child(parent, "div", class_=f"box box-{box.kind}", role=BOX_ROLES[box.kind])
    if box.kind in BOX_TYPES:
        element.set(f"{{{EPUB_NS}}}type", BOX_TYPES[box.kind])
    if box.title is None:
        element.append(_words("p", name_box(box.kind, context.interface)))
        element[0].set("class", "box-title")
    else:
        add_prose(add_child(element, "p", class_="box-title"), box.title, context)
    _blocks(element, box.children, context)


def _words(tag: str, words: Markup) -> Element:
    """Return an element with words of the edition."""
    return etree.fromstring(f'<{tag} xmlns="{XHTML_NS}">{words}</{tag}>')


def _numbered(element: Element, prose: Prose, context: MarkupContext) -> Element:
    """Give an element the number of its paragraph: an id for links, and the number to show.

    The number is an attribute, so that nobody copies it with the text.
    """
    element.set("id", f"p{prose.number}")
    element.set("data-number", context.language.numeral(prose.number))
    return element


def _code(element: Element, text: str, context: MarkupContext) -> None:
    """Write code; it keeps the language of the original, since it is never translated."""
    if context.source.tag != context.language.tag:
        set_language(element, context.source.tag)
    if "rtl" in (context.source.direction, context.language.direction):
        element.set("dir", "ltr")
    add_child(element, "code").text = text


def _figure(element: Element, figure: Figure, context: MarkupContext) -> None:
    """Write an image; its description has one language, that of the first passage in it."""
    if figure.id:
        element.set("id", figure.id)
    image = start_image(element, figure)
    image.set("alt", plain(figure.alt.content))
    if ids := join_unit_ids(figure.alt.content):
        image.set(UNIT, ids)
    language = find_passage_language(figure.alt.content)
    if language:
        set_language(image, language)
    if figure.caption is not None:
        caption = add_child(element, "figcaption")
        add_prose(caption, figure.caption, context)
        if context.captions.get("figures") == "above":
            element.insert(0, caption)
            element.set("class", "headed")


# --------------------------------------------------------------------------- notes


def write_notes(notes: Iterable[Footnote], context: MarkupContext) -> Element:
    """Return the section of notes."""
    section = start_notes(make_element("div"), context.interface)
    for note in notes:
        write_note(section, note, context)
    return section


def start_notes(root: Element, interface: Interface) -> Element:
    """Add the section of notes, with its heading, and return it."""
    section = add_child(root, "section", id=NOTES, class_="notes", role="doc-endnotes")
    section.set(f"{{{EPUB_NS}}}type", "endnotes")
    section.append(_words("h2", marked_text(interface, "Notes")))
    return section


def write_note(section: Element, note: Footnote, context: MarkupContext) -> None:
    """Add a note to the section of notes, with a link back to its first mark."""
    number = context.notes.get(note.label, 0)
    element = add_child(section, "div", id=f"note-{number}", class_="note")
    element.set(f"{{{EPUB_NS}}}type", "footnote")
    back = add_child(
        add_child(element, "p", class_="back"), "a", href=f"#mark-{number}", role="doc-backlink"
    )
    back.text = context.language.numeral(number)
    _blocks(element, note.children, context)
