"""Document to XHTML: blocks and inline trees become elements, text only ever text nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from lxml import etree

from publish.editions.page.typesetting import end_unbroken, typeset
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import (
    Block,
    Break,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Field,
    Figure,
    Footnote,
    FootnoteMark,
    Heading,
    Image,
    Inline,
    Inlines,
    Joint,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Passage,
    Prose,
    Quote,
    Role,
    Strong,
    Table,
    Text,
    ThematicBreak,
    UnitSpan,
    plain,
    walk_inlines,
)
from publish.reading.locations import note_numbers, notes_in_order

__all__ = [
    "EPUB_NS",
    "UNIT",
    "XHTML_NS",
    "body_sections",
    "give_numbers_places",
    "in_language",
    "inline_markup",
    "outline",
    "passage_language",
    "serialise_xhtml",
    "unit_ids",
    "without_links",
]

XHTML_NS = "http://www.w3.org/1999/xhtml"
EPUB_NS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

UNIT = "data-unit"
"""The attribute with the ids of the sentences that an element holds, where they are marked."""

START = "edition-start"
"""The id of the section that holds what stands before the first heading."""

RUNNING_TEXT = frozenset({Role.PARAGRAPH, Role.ITEM, Role.QUOTE, Role.FOOTNOTE})
"""What is set in lines that words are hyphenated for."""

NAMESPACES: Any = {None: XHTML_NS, "epub": EPUB_NS}

Element = etree._Element


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the elements of one edition share: its languages and note numbers.

    `source` is the language of what is never translated.  The list of marks that stand already
    is the only state, and lives as long as one call of `body_sections`.
    """

    language: Language
    source: Language
    notes: dict[str, int]
    marked: list[str] = field(default_factory=list)


def body_sections(
    document: Document, language: Language, source: Language, notes_title: str
) -> list[Element]:
    """The body as nested sections, one for each top-level heading, and the notes last.

    Sections carry the ids of their headings; paragraphs and list items `p1`, `p2`…, the same
    in every language.  `source` is the language of the original, `notes_title` XHTML.
    """
    writer = _Writer(language, source, note_numbers(document))
    root = _element("div")
    open_sections: list[tuple[int, Element]] = [(0, root)]
    for block in document.body:
        if isinstance(block, Heading):
            while open_sections[-1][0] >= block.level:
                open_sections.pop()
            section = _sub(open_sections[-1][1], "section", id=block.id)
            open_sections.append((block.level, section))
            _prose(_sub(section, f"h{block.level}"), block.prose, writer)
            continue
        if len(open_sections) == 1:
            open_sections.append((1, _sub(root, "section", id=START)))
        _block(open_sections[-1][1], block, writer)
    if document.notes:
        _notes(root, notes_in_order(document), notes_title, writer)
    return list(root)


def inline_markup(content: Inlines, language: Language) -> str:
    """A tree as escaped XHTML, for a place in a template."""
    holder = _element("span")
    _children(holder, typeset(content, language), _Writer(language, language, {}))
    written = etree.tostring(holder, encoding="unicode")
    return (
        written[written.index(">") + 1 : written.rindex("<")] if len(holder) or holder.text else ""
    )


def without_links(content: Inlines) -> Inlines:
    """Return the tree for a place that is a link itself.

    Links give their text, note marks nothing; sentences are marked where they stand only.
    """
    nodes: list[Inline] = []
    for node in content:
        match node:
            case Link(children):
                nodes.extend(without_links(children))
            case FootnoteMark():
                pass
            case UnitSpan(children):
                nodes.extend(without_links(children))
            case Emphasis(children) | Strong(children) | Passage(children):
                nodes.append(replace(node, children=without_links(children)))
            case _:
                nodes.append(node)
    return tuple(nodes)


def outline(document: Document) -> tuple[Heading, ...]:
    """The headings of a document, in order: its contents; its title where it has none."""
    headings = tuple(block for block in document.body if isinstance(block, Heading))
    return headings or (Heading(1, START, document.front[0].prose),)


def passage_language(content: Inlines) -> str:
    """The language of the first passage in a tree, empty where there is none.

    It is that of a whole text which can have but one: an attribute, a line of metadata.
    """
    return next((n.language for n in walk_inlines(content) if isinstance(n, Passage)), "")


def unit_ids(content: Inlines) -> str:
    """Return the ids of the sentences in a text, by spaces; empty where they are not marked.

    They are for text that becomes an attribute, which cannot hold elements.
    """
    nodes = (node for node in walk_inlines(content) if isinstance(node, UnitSpan))
    return " ".join(name for node in nodes for name in node.ids)


def in_language(element: Element, tag: str) -> Element:
    """The element itself, its content and attributes declared to be in a language."""
    element.set("lang", tag)
    element.set(XML_LANG, tag)
    element.set("dir", find(tag).direction)
    return element


def give_numbers_places(root: Element) -> None:
    """Puts an empty element before the text of each numbered block, which shows its number.

    In a PDF what a style sheet adds to a list item itself stands beside the item's body, where
    PDF/UA allows nothing.  Like a page's number it is for the eye, and no part of the tag tree.
    """
    for block in list(root.iter(*(f"{{{XHTML_NS}}}{tag}" for tag in ("p", "li", "div")))):
        number = block.get("data-number")
        if number:
            hidden = {"class": "number", "data-number": number, "aria-hidden": "true"}
            place = _element("span", **hidden)
            place.tail, block.text = block.text, None
            block.insert(0, place)


def serialise_xhtml(element: Element) -> str:
    """An element as XHTML text, without a declaration."""
    return etree.tostring(element, encoding="unicode")


# --------------------------------------------------------------------------- elements


def _element(tag: str, **attributes: str) -> Element:
    return etree.Element(f"{{{XHTML_NS}}}{tag}", attributes, nsmap=NAMESPACES)


def _sub(parent: Element, tag: str, **attributes: str) -> Element:
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{XHTML_NS}}}{tag}", names)


def _add_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


# --------------------------------------------------------------------------- blocks


def _block(parent: Element, block: Block, writer: _Writer) -> None:
    match block:
        case Heading(level, identifier, prose):
            _prose(_sub(parent, f"h{level}", id=identifier), prose, writer)
        case Paragraph(prose):
            _prose(_numbered(_sub(parent, "p"), prose, writer), prose, writer)
        case ListBlock():
            _list(parent, block, writer)
        case Quote(children):
            _blocks(_sub(parent, "blockquote"), children, writer)
        case Table():
            _table(_sub(_sub(parent, "div", class_="table"), "table"), block, writer)
        case Figure():
            _figure(_sub(parent, "figure"), block, writer)
        case CodeBlock(text):
            _code(_sub(parent, "pre"), text, writer)
        case ThematicBreak():
            _sub(parent, "hr")
        case Footnote() | Field():
            raise AssertionError("footnotes and front matter are written on their own")
        case _:
            assert_never(block)


def _blocks(parent: Element, blocks: Iterable[Block], writer: _Writer) -> None:
    for block in blocks:
        _block(parent, block, writer)


def _list(parent: Element, block: ListBlock, writer: _Writer) -> None:
    if block.start is None:
        element = _sub(parent, "ul")
    elif block.start == 1:
        element = _sub(parent, "ol")
    else:
        element = _sub(parent, "ol", start=str(block.start))
        # WeasyPrint counts by style only.
        element.set("style", f"counter-reset: list-item {block.start - 1}")
    for item in block.items:
        _item(_sub(element, "li"), item, writer)


def _item(element: Element, item: ListItem, writer: _Writer) -> None:
    """A list item; its first paragraph is the item's own text, without an element around it."""
    first, *rest = item.children or (None,)
    if isinstance(first, Paragraph) and not any(isinstance(b, Paragraph) for b in rest):
        _prose(_numbered(element, first.prose, writer), first.prose, writer)
        _blocks(element, rest, writer)
    else:
        _blocks(element, item.children, writer)


def _numbered(element: Element, prose: Prose, writer: _Writer) -> Element:
    """The element with its number: an id to link to, and what style sheets show beside it.

    The number is an attribute, so that it is no part of the text, whoever copies or reads it.
    """
    element.set("id", f"p{prose.number}")
    element.set("data-number", writer.language.numeral(prose.number))
    return element


def _table(element: Element, table: Table, writer: _Writer) -> None:
    head = _sub(_sub(element, "thead"), "tr")
    _cells(head, "th", table.header, table, writer)
    body = _sub(element, "tbody") if table.rows else element
    for row in table.rows:
        _cells(_sub(body, "tr"), "td", row, table, writer)


def _cells(row: Element, tag: str, cells: Sequence[Prose], table: Table, writer: _Writer) -> None:
    for cell, alignment in zip(cells, table.alignments, strict=False):
        element = _sub(row, tag)
        if tag == "th":
            element.set("scope", "col")
        if alignment:
            element.set("class", alignment)
        _prose(element, cell, writer)


def _code(element: Element, text: str, writer: _Writer) -> None:
    """Code keeps the language of the original, unmarked: there is nothing to translate."""
    if writer.source.tag != writer.language.tag:
        in_language(element, writer.source.tag)
    _sub(element, "code").text = text


def _figure(element: Element, figure: Figure, writer: _Writer) -> None:
    """The image; one language must do for its description, that of the first passage in it."""
    image = _sub(element, "img", src=figure.src, alt=plain(figure.alt.content))
    if ids := unit_ids(figure.alt.content):
        image.set(UNIT, ids)
    language = passage_language(figure.alt.content)
    if language:
        in_language(image, language)
    if figure.caption is not None:
        _prose(_sub(element, "figcaption"), figure.caption, writer)


# --------------------------------------------------------------------------- notes


def _notes(root: Element, notes: tuple[Footnote, ...], title: str, writer: _Writer) -> None:
    section = _sub(root, "section", id="edition-notes", class_="notes", role="doc-endnotes")
    section.set(f"{{{EPUB_NS}}}type", "endnotes")
    section.append(etree.fromstring(f'<h2 xmlns="{XHTML_NS}">{title}</h2>'))
    for note in notes:
        number = writer.notes.get(note.label, 0)
        element = _sub(section, "div", id=f"note-{number}", class_="note")
        element.set(f"{{{EPUB_NS}}}type", "footnote")
        back = _sub(
            _sub(element, "p", class_="back"), "a", href=f"#mark-{number}", role="doc-backlink"
        )
        back.text = writer.language.numeral(number)
        _blocks(element, note.children, writer)


def _note_mark(parent: Element, label: str, writer: _Writer) -> None:
    number = writer.notes[label]
    mark = _sub(_sub(parent, "sup"), "a", href=f"#note-{number}", role="doc-noteref")
    if label not in writer.marked:
        mark.set("id", f"mark-{number}")
        writer.marked.append(label)
    mark.set(f"{{{EPUB_NS}}}type", "noteref")
    mark.text = writer.language.numeral(number)


# --------------------------------------------------------------------------- inline


def _prose(element: Element, prose: Prose, writer: _Writer) -> None:
    content = typeset(prose.content, writer.language)
    if prose.role in RUNNING_TEXT:
        content = end_unbroken(content)
    _children(element, content, writer)


def _inline(parent: Element, node: Inline, writer: _Writer) -> None:
    match node:
        case Text(text):
            _add_text(parent, text)
        case Joint(text):
            _sub(parent, "span", class_="whole" if text.startswith(" ") else "joint").text = text
        case Emphasis(children):
            _children(_sub(parent, "em"), children, writer)
        case Strong(children):
            _children(_sub(parent, "strong"), children, writer)
        case Code(text):
            _sub(parent, "code").text = text
        case Link(children, href):
            _children(_sub(parent, "a", href=href), children, writer)
        case Image(src, alt):
            _sub(parent, "img", src=src, alt=alt)
        case Break():
            _sub(parent, "br")
        case FootnoteMark(label):
            _note_mark(parent, label, writer)
        case Passage(children, language, state):
            element = in_language(_sub(parent, "span", class_=state), language)
            mark = _sub(element, "span", class_="mark")
            mark.text = f"[{language}]" if state == "untranslated" else "[?]"
            mark.tail = "\u00a0"
            _children(element, children, writer)
        case UnitSpan(children, ids):
            _children(_sub(parent, "span", **{UNIT: " ".join(ids)}), children, writer)
        case _:
            assert_never(node)


def _children(element: Element, children: Inlines, writer: _Writer) -> None:
    for child in children:
        _inline(element, child, writer)
