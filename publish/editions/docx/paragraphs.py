"""Writes paragraphs: their properties, the numbers in the margin, two languages in one."""

from __future__ import annotations

from dataclasses import replace

from publish.editions.docx.names import find_classes, make
from publish.editions.docx.runs import add_inlines, add_run, add_text
from publish.editions.docx.word import Place, Word, enclose
from publish.editions.page.xhtml import Element

__all__ = ["add_paragraph", "add_text_of", "fill", "fill_pair"]


def add_paragraph(
    body: Element,
    place: Place,
    word: Word,
    *,
    numbering: tuple[int, int] | None = None,
    keep: bool = False,
    align: str = "",
    hanging: int = 0,
    indented: bool = True,
) -> Element:
    """Add an empty paragraph with its properties, in the order of the schema."""
    made = make("w:pPr", make("w:pStyle", val=place.style))
    if keep:
        made.append(make("w:keepNext"))
    if numbering is not None:
        level = make("w:ilvl", val=numbering[1])
        made.append(make("w:numPr", level, make("w:numId", val=numbering[0])))
    if place.look.rtl != word.rtl:
        made.append(make("w:bidi", val=None if place.look.rtl else 0))
    if indented and (place.indent or place.after or hanging):
        made.append(
            make(
                "w:ind", left=place.indent, right=place.after or None, hanging=hanging or None
            )
        )  # fmt: skip
    if align:
        made.append(make("w:jc", val=align))
    paragraph = make("w:p", made)
    body.append(paragraph)
    return paragraph


def fill(paragraph: Element, element: Element, place: Place, word: Word) -> None:
    """Fill a paragraph with the text of an element, after its number."""
    start = len(paragraph)
    number = element.get("data-number")
    if number and not word.in_notes:
        hung = place.style == "BodyText" and not (place.narrow or place.indent)
        look = replace(place.look, style="EditionNumber")
        if hung:
            paragraph[0].append(make("w:ind", left=0, hanging=HANGING))
            _sort_properties(paragraph[0])
        add_text(paragraph, number, look, word)
        # What somebody types after the gap looks as the gap does, so it is text, no number.
        if hung:
            add_run(paragraph, make("w:tab"), place.look, word, rtl=False)
        else:
            add_text(paragraph, "\u00a0", place.look, word)
    add_inlines(paragraph, element, place.look, word)
    if (name := element.get("id")) and name in word.targets:
        enclose(paragraph, [name], start, word)


HANGING = 820
"""How far the number of a paragraph hangs in the margin: 41 points, as in the PDF."""

_ORDER = ("pStyle", "keepNext", "numPr", "bidi", "ind", "jc", "outlineLvl")


def _sort_properties(properties: Element) -> None:
    """Put the properties of a paragraph into the order of the schema."""
    order = {name: at for at, name in enumerate(_ORDER)}
    properties[:] = sorted(properties, key=lambda one: order[str(one.tag).rpartition("}")[2]])


def fill_pair(
    paragraph: Element, element: Element, place: Place, word: Word, ids: list[str]
) -> None:
    """Write both languages of one text, with a line break between them."""
    for number, cell in enumerate(element):
        look = place.look.within(cell)
        start = len(paragraph)
        if number:
            add_run(paragraph, make("w:br"), look, word, rtl=False)
        add_inlines(paragraph, cell, look, word)
        enclose(paragraph, [cell.get("id") or "", *(ids if not number else ())], start, word)


def add_text_of(paragraph: Element, element: Element, place: Place, word: Word) -> None:
    """Add the text of an element that may have both languages of an edition."""
    if "pair" in find_classes(element):
        fill_pair(paragraph, element, place, word, [])
    else:
        add_inlines(paragraph, element, place.look, word)
