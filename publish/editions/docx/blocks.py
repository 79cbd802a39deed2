"""Writes the blocks of the text as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from publish.editions.docx.figures import add_figure, add_table_block
from publish.editions.docx.formulas import add_formula
from publish.editions.docx.lists import NUMBERED_STYLES, make_list, style_item
from publish.editions.docx.names import find_classes, make, make_text
from publish.editions.docx.paragraphs import add_paragraph, add_text_of, fill, fill_pair
from publish.editions.docx.runs import add_inlines, add_run
from publish.editions.docx.tables import add_cells, end_table
from publish.editions.docx.word import Place, Word, enclose
from publish.editions.page.xhtml import UNIT, XHTML_NS, Element

__all__ = ["add_blocks"]

HTML = f"{{{XHTML_NS}}}"
HEADINGS = tuple(f"h{rank}" for rank in range(1, 7))
STEP = 360
"""Twentieths of a point: how far each list and quotation is set in."""

QUOTED = 340
"""The same of quotations: less than of lists, so that one after a list is not part of its item."""

BLOCKS = frozenset(
    (*HEADINGS, "ul", "ol", "dl", "p", "blockquote", "div", "figure", "pre", "hr", "section")
)


def add_blocks(body: Element, elements: Iterable[Element], place: Place, word: Word) -> None:
    """Add blocks of XHTML to the text, a cell or a note."""
    for element in elements:
        if isinstance(element.tag, str):
            inner = replace(place, look=place.look.within(element))
            _add_block(body, element, inner, word)


def _add_block(body: Element, element: Element, place: Place, word: Word) -> None:
    tag = element.tag.removeprefix(HTML)
    classes = find_classes(element)
    match tag:
        case "p":
            _add_text_block(body, element, place, word, classes)
        case _ if tag in HEADINGS:
            _add_heading(body, element, place, word)
        case "ul" | "ol":
            _add_list(body, element, place, word)
        case "blockquote":
            inner = replace(place, style="Quote", indent=place.indent + QUOTED, after=QUOTED)
            add_blocks(body, element, inner, word)
        case "dl":
            _add_terms(body, element, place, word)
        case "pre":
            _add_code(body, element, place, word)
        case "hr":
            rule = add_paragraph(body, replace(place, style="Rule"), word)[0]
            line = make("w:bottom", val="single", sz=4, space=1, color="666666")
            rule.insert(1, make("w:pBdr", line))
        case "figure" | "div" if "table" in classes:
            add_table_block(body, element, place, word)
        case "figure":
            add_figure(body, element, place, word)
        case "div" if "formula" in classes:
            paragraph = add_paragraph(body, replace(place, style="Formula"), word)
            add_formula(paragraph, element[0], place.look, word)
        case "div" if "box" in classes:
            _add_box(body, element, place, word)
        case "div" if "pair" in classes:
            _add_pair(body, element, place, word)
        case "div" if not _has_blocks(element):
            _add_text_block(body, element, place, word, classes)
        case _:
            add_blocks(body, element, place, word)


def _has_blocks(element: Element) -> bool:
    return any(str(child.tag).removeprefix(HTML) in BLOCKS for child in element)


# --------------------------------------------------------------------------- paragraphs


def _add_text_block(
    body: Element, element: Element, place: Place, word: Word, classes: frozenset[str]
) -> None:
    """Add a paragraph of text, with its number in the margin."""
    style = place.style
    if "box-title" in classes:
        own = any(one.get(UNIT) for one in element.iter(etree.Element))
        style = "BoxTitle" if own or not word.text.sent else "EditionBoxTitle"
    keep = style.endswith("BoxTitle") or "subheading" in classes
    paragraph = add_paragraph(body, replace(place, style=style), word, keep=keep)
    fill(paragraph, element, place, word)


def _add_heading(body: Element, element: Element, place: Place, word: Word) -> None:
    rank = int(element.tag[-1])
    parent = element.getparent()
    ids = [element.get("id") or ""]
    if parent is not None and parent.tag == f"{HTML}section":
        ids.append(parent.get("id") or "")
    style = f"Heading{rank}"
    paragraph = add_paragraph(body, replace(place, style=style, indent=0, after=0), word)
    if "pair" in find_classes(element):
        fill_pair(paragraph, element, place, word, ids)
        return
    add_inlines(paragraph, element, place.look, word)
    enclose(paragraph, ids, 1, word)


def _add_terms(body: Element, element: Element, place: Place, word: Word) -> None:
    for child in element:
        inner = replace(place, look=place.look.within(child))
        if child.tag == f"{HTML}dt":
            paragraph = add_paragraph(body, replace(inner, style="DefinitionTerm"), word, keep=True)
            add_text_of(paragraph, child, inner, word)
        else:
            inner = replace(inner, style="Definition", indent=place.indent + STEP)
            add_blocks(body, child, inner, word)


def _add_code(body: Element, element: Element, place: Place, word: Word) -> None:
    paragraph = add_paragraph(body, replace(place, style="SourceCode"), word)
    for number, line in enumerate("".join(map(str, element.itertext())).rstrip("\n").split("\n")):
        if number:
            add_run(paragraph, make("w:br"), place.look, word, rtl=False)
        if line:
            add_run(paragraph, make_text(line), place.look, word, rtl=False)


# --------------------------------------------------------------------------- lists


def _add_list(body: Element, element: Element, place: Place, word: Word) -> None:
    """Add a list with numbering of its own; a list within a list is one level deeper."""
    ordered = element.tag == f"{HTML}ol"
    number = tasks = 0
    depth = place.depth
    base = NUMBERED_STYLES if ordered else "ListBullet"
    for item in element:
        inner = replace(
            place, look=place.look.within(item), style="ListContinue", depth=depth + 1,
            indent=place.indent + STEP,
        )  # fmt: skip
        task = "task" in find_classes(item)
        if task:
            tasks = tasks or make_list(element, place, word, tasks=True)
        else:
            number = number or make_list(element, place, word)
        numbering = (tasks if task else number, depth)
        _add_item(body, item, inner, word, style_item(base, depth), numbering)


def _add_item(
    body: Element, item: Element, place: Place, word: Word, style: str, numbering: tuple[int, int]
) -> None:
    """Add an item: what stands before its first block is its own text, or its first paragraph."""
    blocks = [child for child in item if str(child.tag).removeprefix(HTML) in BLOCKS]
    own = blocks[0] if blocks else None
    text = _take_text(item, blocks)
    if text is None and own is not None and own.tag == f"{HTML}p":
        text = own
        blocks = blocks[1:]
    elif text is None and own is not None and "pair" in find_classes(own):
        _add_pair(body, own, place, word, numbering=numbering, style=style)
        add_blocks(body, blocks[1:], place, word)
        return
    look = place.look if text is None else place.look.within(text)
    paragraph = add_paragraph(
        body, replace(place, style=style, look=look), word, numbering=numbering, indented=False
    )
    if text is not None:
        fill(paragraph, text, replace(place, style=style, look=look), word)
    add_blocks(body, blocks, place, word)


def _take_text(item: Element, blocks: list[Element]) -> Element | None:
    """Return the text of an item as an element of its own; None if it has none but blocks."""
    end = item.index(blocks[0]) if blocks else len(item)
    if not (item.text or "").strip() and not end:
        return None
    holder = item.makeelement(
        f"{HTML}p", {str(key): str(value) for key, value in item.attrib.items()}
    )
    holder.text = item.text
    holder.extend(list(item)[:end])
    return holder


# --------------------------------------------------------------------------- figures, tables


def _add_box(body: Element, element: Element, place: Place, word: Word) -> None:
    """Add a box as a table of one cell, which holds blocks of all kinds."""
    kind = next((one for one in sorted(find_classes(element)) if one.startswith("box-")), "box")
    (cell,) = add_cells(body, place, word, style="EditionBox", widths=(1.0,), name=kind)
    inner = replace(place, style="BodyText", indent=0, after=0, depth=0, narrow=True)
    add_blocks(cell, element, inner, word)
    _end_cell(cell)
    body.append(end_table())


def _add_pair(
    body: Element,
    element: Element,
    place: Place,
    word: Word,
    *,
    numbering: tuple[int, int] | None = None,
    style: str = "",
) -> None:
    """Add two languages side by side, as a row of a table without lines."""
    cells = add_cells(body, place, word, style="EditionPair", widths=(0.5, 0.5))
    for cell, part in zip(cells, element, strict=True):
        look = place.look.within(part)
        inner = replace(place, look=look, indent=0, after=0, depth=0, narrow=True)
        if style:
            paragraph = add_paragraph(
                cell, replace(inner, style=style), word, numbering=numbering, indented=False
            )
            fill(paragraph, part, replace(inner, style=style), word)
        elif part.tag == f"{HTML}div" and _has_blocks(part):
            add_blocks(cell, part, inner, word)
        else:
            _add_block(cell, part, inner, word)
        _end_cell(cell)


def _end_cell(cell: Element) -> None:
    """End a cell with a paragraph, as Word needs it."""
    if not len(cell) or not str(cell[-1].tag).endswith("}p"):
        cell.append(end_table())
