"""Writes what stands before the text: cover, imprint, contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.editions.docx.blocks import add_blocks
from publish.editions.docx.drawings import add_picture
from publish.editions.docx.names import find_classes, make, make_text
from publish.editions.docx.paragraphs import add_paragraph, add_text_of
from publish.editions.docx.runs import add_inlines, add_run, add_text
from publish.editions.docx.tables import add_cells, end_table
from publish.editions.docx.word import Look, Place, Word, name_bookmark
from publish.editions.page.formulas import spell_formulas
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = ["add_front"]

HTML = f"{{{XHTML_NS}}}"
STYLES = {
    "cover-title": "Title", "cover-subtitle": "Subtitle", "cover-author": "Author",
    "cover-date": "Date", "state": "EditionState",
}  # fmt: skip
NOTICES = ("notice",)


def add_front(body: Element, part: Element, place: Place, word: Word) -> None:
    """Add a part that comes before the text: the cover, the imprint, contents or another list."""
    match part.get("id"), part.tag:
        case "edition-cover", _:
            _add_cover(body, part, place, word)
        case _, tag if tag == f"{HTML}nav":
            _add_contents(body, part, place, word)
        case _:
            _add_imprint(body, part, place, word)


# --------------------------------------------------------------------------- cover


def _add_cover(body: Element, cover: Element, place: Place, word: Word) -> None:
    for child in cover:
        inner = replace(place, look=place.look.within(child))
        if child.tag == f"{HTML}div" and len(child):
            _add_halves(body, child, inner, word)
        elif child.tag != f"{HTML}div":
            _add_words(body, child, inner, word)


def _add_halves(body: Element, row: Element, place: Place, word: Word) -> None:
    """Add the words of both languages side by side."""
    cells = add_cells(body, place, word, style="EditionPair", widths=(0.5,) * len(row))
    for cell, part in zip(cells, row, strict=True):
        inner = replace(place, look=place.look.within(part))
        for child in part:
            _add_words(cell, child, replace(inner, look=inner.look.within(child)), word)
        cell.append(end_table())
    body.append(end_table())


def _add_words(body: Element, element: Element, place: Place, word: Word) -> None:
    classes = find_classes(element)
    style = next((STYLES[one] for one in sorted(classes) if one in STYLES), "EditionCover")
    image = element.find(f"{HTML}img")
    if not any(str(text).strip() for text in element.itertext()) and image is None:
        return
    paragraph = add_paragraph(body, replace(place, style=style), word)
    if image is not None and not (element.text or "").strip():
        add_picture(paragraph, image, place, word)
    else:
        add_inlines(paragraph, element, place.look, word)


# --------------------------------------------------------------------------- imprint


def _add_imprint(body: Element, part: Element, place: Place, word: Word) -> None:
    for child in part:
        if not isinstance(child.tag, str):
            continue
        inner = replace(place, style="EditionImprint", look=place.look.within(child))
        if "pair" in find_classes(child):
            cells = add_cells(body, inner, word, style="EditionPair", widths=(0.5, 0.5))
            for cell, half in zip(cells, child, strict=True):
                look = inner.look.within(half)
                _add_imprint(cell, half, replace(inner, look=look), word)
                cell.append(end_table())
            body.append(end_table())
        elif child.tag == f"{HTML}dl":
            _add_facts(body, child, inner, word)
        elif child.tag == f"{HTML}p":
            style = "EditionNotice" if find_classes(child) & set(NOTICES) else inner.style
            paragraph = add_paragraph(body, replace(inner, style=style), word)
            add_inlines(paragraph, child, inner.look, word)
        elif child.tag == f"{HTML}h2":
            paragraph = add_paragraph(body, replace(inner, style="EditionHeading"), word)
            add_inlines(paragraph, child, inner.look, word)
        else:
            add_blocks(body, [child], inner, word)


def _add_facts(body: Element, facts: Element, place: Place, word: Word) -> None:
    """Add facts, each with its name before it on one line."""
    paragraph = None
    for child in facts:
        look = place.look.within(child)
        if child.tag == f"{HTML}dt":
            paragraph = add_paragraph(body, place, word)
            add_inlines(paragraph, child, look.marked("strong"), word)
        elif paragraph is not None:
            add_text(paragraph, ": ", place.look, word)
            add_inlines(paragraph, child, look, word)


# --------------------------------------------------------------------------- contents


def _add_contents(body: Element, nav: Element, place: Place, word: Word) -> None:
    """Add contents as a field that Word can make anew, with its entries in it."""
    spell_formulas(nav)
    heading = nav.find(f"{HTML}h2")
    if heading is not None:
        paragraph = add_paragraph(body, replace(place, style="TOCHeading"), word)
        inner = replace(place, look=place.look.within(heading))
        add_text_of(paragraph, heading, inner, word)
    entries = [one for one in nav if one.tag == f"{HTML}ol"]
    kind = nav.get("id") or ""
    start = len(body)
    for top in entries:
        _add_entries(body, top, 1, kind, place, word)
    if len(body) > start:
        _enclose_field(body[start], body[-1], _name_field(kind, nav), place.look, word)


def _name_field(kind: str, nav: Element) -> str:
    """Return the instruction that makes the list anew."""
    names = {"edition-figures": "Figure", "edition-tables": "Table"}
    if kind in names:
        return rf'TOC \h \z \c "{names[kind]}"'
    return rf'TOC \o "1-{_count_levels(nav)}" \h \z \u'


def _count_levels(nav: Element) -> int:
    ranks = [sum(1 for _ in link.iterancestors(f"{HTML}ol")) for link in nav.iter(f"{HTML}a")]
    return min(max(ranks, default=1) + 1, 9)


def _add_entries(
    body: Element, entries: Iterable[Element], depth: int, kind: str, place: Place, word: Word
) -> None:
    for item in entries:
        inner = replace(place, look=place.look.within(item))
        for child in item:
            if child.tag == f"{HTML}a":
                style = f"TOC{min(depth, 9)}" if kind == "edition-contents" else "TableofFigures"
                paragraph = add_paragraph(body, replace(inner, style=style), word)
                target = (child.get("href") or "").removeprefix("#")
                link = make("w:hyperlink", anchor=name_bookmark(target), history=1)
                paragraph.append(link)
                _add_entry(link, child, inner, word)
            elif child.tag == f"{HTML}ol":
                _add_entries(body, child, depth + 1, kind, inner, word)


def _add_entry(link: Element, entry: Element, place: Place, word: Word) -> None:
    if "pair" not in find_classes(entry):
        add_inlines(link, entry, place.look, word)
        return
    for number, cell in enumerate(entry):
        look = place.look.within(cell)
        if number:
            add_text(link, " / ", place.look, word)
        add_inlines(link, cell, look, word)


def _enclose_field(first: Element, last: Element, instruction: str, look: Look, word: Word) -> None:
    """Put the begin of a field before a paragraph's text, and its end after that of another."""
    parts = (
        make("w:fldChar", fldCharType="begin"),
        make_text(f" {instruction} ", "w:instrText"),
        make("w:fldChar", fldCharType="separate"),
    )
    for at, content in enumerate(parts, 1):
        first.insert(at, make("w:r", content))
    add_run(last, make("w:fldChar", fldCharType="end"), look, word, rtl=False)
