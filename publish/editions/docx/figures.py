"""Writes figures and tables of the text with their captions."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from publish.editions.docx.drawings import add_picture
from publish.editions.docx.names import find_classes, name
from publish.editions.docx.pages import turn_page
from publish.editions.docx.paragraphs import add_paragraph, add_text_of
from publish.editions.docx.tables import add_table, end_table
from publish.editions.docx.word import Place, Word, enclose
from publish.editions.page.xhtml import UNIT, XHTML_NS, Element

__all__ = ["add_figure", "add_table_block"]

HTML = f"{{{XHTML_NS}}}"


def _add_caption(body: Element, caption: Element, place: Place, word: Word, style: str) -> None:
    paragraph = add_paragraph(body, replace(place, style=style), word, keep=style == "TableCaption")
    inner = replace(place, style=style, look=place.look.within(caption))
    cells = list(caption) if "pair" in find_classes(caption) else [caption]
    for cell in cells:
        _mark_label(cell)
    add_text_of(paragraph, caption, inner, word)


def _mark_label(caption: Element) -> None:
    """Say of the number that a caption begins with that it is no text of the source."""
    first = caption[0] if len(caption) and not (caption.text or "").strip() else None
    if first is None or first.tag != f"{HTML}strong" or _is_sentence(first):
        return
    label = first.makeelement(f"{HTML}span", {"class": "label"})
    caption.replace(first, label)
    label.tail, first.tail = first.tail, None
    label.append(first)
    tail = label.tail or ""
    if tail and not tail.strip():
        first.tail, label.tail = tail, None


def _is_sentence(element: Element) -> bool:
    """Return whether an element has a sentence in it, or none after it in a marked text."""
    return any(one.get(UNIT) for one in element.iter(etree.Element))


def add_figure(body: Element, element: Element, place: Place, word: Word) -> None:
    """Add a picture and its caption, in the order that the edition shows them in."""
    start = len(body)
    for child in element:
        if child.tag == f"{HTML}figcaption":
            _add_caption(body, child, place, word, "Caption")
        else:
            image = child if child.tag == f"{HTML}img" else child[0]
            paragraph = add_paragraph(
                body, replace(place, style="Figure"), word, keep=child.getnext() is not None
            )
            ids = str(image.attrib.pop(UNIT, "")).split()
            href = child.get("href") or "" if image is not child else ""
            add_picture(paragraph, image, place, word, ids=ids, href=href)
    if element.get("id"):
        shown = next(
            one for one in list(body)[start:] if next(one.iter("{*}drawing"), None) is not None
        )
        enclose(shown, [element.get("id") or ""], 1, word)


def add_table_block(body: Element, element: Element, place: Place, word: Word) -> None:
    (table,) = element.iter(f"{HTML}table")
    captions = [*element.iter(f"{HTML}caption"), *element.iter(f"{HTML}figcaption")]
    start = len(body)
    above = [one for one in captions if one.tag == f"{HTML}caption"]
    for caption in above:
        _add_caption(body, caption, place, word, "TableCaption")
    if not above:
        body.append(end_table())
    turned = add_table(body, table, place, word)
    for caption in captions:
        if caption not in above:
            _add_caption(body, caption, place, word, "TableNote")
    if not captions or above:
        body.append(end_table())
    if element.get("id"):
        enclose(body[start], [element.get("id") or ""], 1, word)
    if turned:
        while start and _is_heading(body[start - 1]):
            start -= 1
        turn_page(body, start, word)


def _is_heading(element: Element) -> bool:
    """Return whether an element is a heading, which stands on the page of what follows it."""
    style = element.find(f"{name('w:pPr')}/{name('w:pStyle')}")
    return style is not None and (style.get(name("w:val")) or "").startswith("Heading")
