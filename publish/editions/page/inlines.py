"""Writes inline trees as XHTML: text, emphasis, links, note marks, passages in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from lxml import etree

from publish.editions.page.addresses import is_plain, shows_address, write_address
from publish.editions.page.bidirectional import set_directions
from publish.editions.page.formulas import write_formula
from publish.editions.page.interface import Interface
from publish.editions.page.pictures import add_inline_image, remove_images
from publish.editions.page.textdirection import find_text_direction
from publish.editions.page.typesetting import keep_last_word, typeset
from publish.editions.page.xhtml import (
    EPUB_NS,
    NAMESPACES,
    UNIT,
    XHTML_NS,
    Element,
    add_child,
    add_text,
    make_element,
    set_language,
    write_within,
)
from publish.languages.language import Language
from publish.model import (
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Joint,
    Link,
    Math,
    Passage,
    Prose,
    Role,
    Strong,
    Styled,
    Text,
    UnitSpan,
    map_inlines,
    plain,
    walk_inlines,
)
from publish.reading.marks.inline import normalise

__all__ = [
    "MarkupContext",
    "add_prose",
    "find_passage_language",
    "join_unit_ids",
    "label_heading",
    "make_link_item",
    "read_heading_text",
    "remove_links",
    "write_inline",
]

RUNNING_TEXT = frozenset({Role.PARAGRAPH, Role.ITEM, Role.QUOTE, Role.FOOTNOTE})
"""The kinds of text whose words are hyphenated at the end of a line."""


DIRECTION_MARKS = {"": "", "ltr": "\u200e", "rtl": "\u200f"}
"""Signs without ink that have a direction (UAX #9, section 2.6)."""


@dataclass(frozen=True, slots=True)
class MarkupContext:
    """The languages and note numbers of one edition.

    `source` is the language of text that is never translated.  `marked` are the labels of notes
    whose mark has been written; it changes while `body_sections` runs.  `captions` says where the
    captions of `figures` and of `tables` are.
    """

    language: Language
    source: Language
    notes: dict[str, int]
    interface: Interface
    marked: list[str] = field(default_factory=list)
    captions: Mapping[str, str] = field(default_factory=dict)


def write_inline(content: Inlines, language: Language) -> str:
    """Return an inline tree as escaped XHTML, to be filled into a template."""
    holder = make_element("span")
    _add(holder, content, language)
    return write_within(holder)


def make_link_item(content: Inlines, language: Language, href: str) -> Element:
    """Return an item of a list whose text, without note marks, is a link."""
    item = etree.Element(f"{{{XHTML_NS}}}li", nsmap=NAMESPACES)
    _add(add_child(item, "a", href=href), content, language)
    return item


def _add(element: Element, content: Inlines, language: Language) -> None:
    context = MarkupContext(language, language, {}, Interface(language, {}))
    _directed(element, typeset(content, language), context)


def remove_links(content: Inlines) -> Inlines:
    """Return the tree for a place that is itself a link.

    Links are replaced by their text.  Note marks and the ids of sentences are left out.
    """
    nodes: list[Inline] = []
    for node in content:
        match node:
            case Link(children):
                nodes.extend(remove_links(children))
            case FootnoteMark():
                pass
            case UnitSpan(children):
                nodes.extend(remove_links(children))
            case Emphasis(children) | Strong(children) | Styled(children) | Passage(children):
                nodes.append(replace(node, children=remove_links(children)))
            case _:
                nodes.append(node)
    return tuple(nodes)


def read_heading_text(content: Inlines) -> Inlines:
    """Return the text of a heading for contents, bookmarks and running heads.

    It has no links, note marks, images and line breaks; an image alone gives its description.
    """

    def join(node: Inline) -> Inline:
        return Text(" ") if isinstance(node, Break) else node

    return normalise(map_inlines(join, remove_links(remove_images(content))))


def label_heading(element: Element, content: Inlines, language: Language) -> None:
    """Give a heading the attribute `data-label` if its text alone is not what it contains.

    A heading of the other direction is between two marks of its direction, so that heads of pages
    and bookmarks have its last sign at its end.
    """
    marks = (FootnoteMark, Image, Break, Math)
    mark = DIRECTION_MARKS[find_text_direction(content, language.direction)]
    if mark or any(isinstance(node, marks) for node in walk_inlines(content)):
        label = plain(typeset(read_heading_text(content), language))
        element.set("data-label", f"{mark}{label}{mark}")


def find_passage_language(content: Inlines) -> str:
    """Return the language of the first passage in another language; empty if there is none.

    It serves where a text can have one language only: an attribute, a line of metadata.
    """
    return next((n.language for n in walk_inlines(content) if isinstance(n, Passage)), "")


def join_unit_ids(content: Inlines) -> str:
    """Return the ids of the sentences in a text, joined by spaces; empty if they are not marked.

    It serves where text becomes an attribute, which cannot hold elements.
    """
    nodes = (node for node in walk_inlines(content) if isinstance(node, UnitSpan))
    return " ".join(name for node in nodes for name in node.ids)


# --------------------------------------------------------------------------- elements


def add_prose(element: Element, prose: Prose, context: MarkupContext) -> None:
    """Add a text to an element, with the typography of its language."""
    content = typeset(prose.content, context.language)
    if prose.role in RUNNING_TEXT:
        content = keep_last_word(content)
    _directed(element, content, context)


def _directed(element: Element, content: Inlines, context: MarkupContext) -> None:
    """Add a text; one that is wholly in letters of the other direction has that direction.

    A paragraph has it as a block, so that its lines begin at its own side.  List items, cells and
    headings keep the side of the text around them.
    """
    direction, place = context.language.direction, element
    if opposite := find_text_direction(content, direction):
        if element.tag == f"{{{XHTML_NS}}}p" and "dir" not in element.attrib:
            element.set("dir", opposite)
        place = add_child(element, "span", dir=opposite)
    _children(place, content, context)
    set_directions(element, direction)


def _inline(parent: Element, node: Inline, context: MarkupContext) -> None:
    match node:
        case Text(text):
            add_text(parent, text)
        case Joint(text):
            kind = "whole" if text.startswith(" ") else "joint"
            add_child(parent, "span", class_=kind).text = text
        case Emphasis(children):
            _children(add_child(parent, "em"), children, context)
        case Strong(children):
            _children(add_child(parent, "strong"), children, context)
        case Styled(children, style):
            _children(add_child(parent, style), children, context)
        case Code(text):
            add_child(parent, "code").text = text
        case Math(tex):
            write_formula(parent, tex)
        case Link(children, href, bare):
            link = add_child(parent, "a", href=href)
            is_address = bare or shows_address(children)
            if is_address:
                link.set("class", "address")
            if is_address and is_plain(children):
                write_address(link, plain(children))
            else:
                _children(link, children, context)
        case Image():
            add_inline_image(parent, node)
        case Break():
            add_child(parent, "br")
        case FootnoteMark(label):
            _note_mark(parent, label, context)
        case Passage(children, language, state):
            words = state == "words" and language == context.language.tag
            kind = "words" if words else "untranslated" if state == "words" else state
            element = set_language(add_child(parent, "span", class_=kind), language)
            if state == "words":
                _children(element, children, context)
                return
            mark = add_child(element, "span", class_="mark")
            mark.text = f"[{language}]" if state == "untranslated" else "[?]"
            mark.tail = "\u00a0"
            _children(element, children, context)
        case UnitSpan(children, ids):
            _children(add_child(parent, "span", **{UNIT: " ".join(ids)}), children, context)
        case _:
            assert_never(node)


def _children(element: Element, children: Inlines, context: MarkupContext) -> None:
    for child in children:
        _inline(element, child, context)


def _note_mark(parent: Element, label: str, context: MarkupContext) -> None:
    number = context.notes[label]
    mark = add_child(add_child(parent, "sup"), "a", href=f"#note-{number}", role="doc-noteref")
    if label not in context.marked:
        mark.set("id", f"mark-{number}")
        context.marked.append(label)
    mark.set(f"{{{EPUB_NS}}}type", "noteref")
    mark.text = context.language.numeral(number)
