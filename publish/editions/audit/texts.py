"""Compares the words of a book with those of its manuscript: all, in order, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from publish.editions.audit.opened import EPUB, HTML, OpenedBook, OpenedText, shorten_line
from publish.editions.page.bilingual import CELLS
from publish.editions.page.boxes import TICKS, name_box
from publish.editions.page.edition import Manuscript
from publish.editions.page.formulas import read_mathml
from publish.editions.page.pictures import UNDESCRIBED
from publish.languages.spacing import fold_typography
from publish.model import (
    Block,
    Box,
    CodeBlock,
    DefinitionList,
    Figure,
    Finding,
    Footnote,
    Formula,
    ListBlock,
    Prose,
    Quote,
    Table,
    block_proses,
    plain,
)
from publish.reading.locations import number_notes
from publish.reading.marks.formulas import MATHML_NS

__all__ = ["check_ids", "check_text", "keep_half", "squash_shown", "take_half"]


def take_half(book: OpenedBook, number: int, tag: str) -> OpenedBook:
    """Return a bilingual book with one of its languages only; `number` counts from 0.

    The cells of the other language are removed, and ids are as in a book of this language alone.
    """
    pages = {name: keep_half(page, number, tag) for name, page in book.pages.items()}
    return replace(book, pages=pages)


def keep_half(page: etree._Element, number: int, tag: str) -> etree._Element:
    """Return a copy of a page as `take_half` does for a book."""
    page = deepcopy(page)
    for cell in list(page.iter(etree.Element)):
        parent = cell.getparent()
        if parent is not None and CELLS[1 - number] in (cell.get("class") or "").split():
            parent.remove(cell)
        elif number:
            identifier = str(cell.attrib.pop("id", ""))
            if identifier.endswith(f".{tag}"):
                cell.set("id", identifier.removesuffix(f".{tag}"))
    return page


def check_text(book: OpenedText, text: Manuscript) -> Iterator[Finding]:
    """Yield texts that are missing, changed, moved or added, compared with the manuscript."""
    found = "".join(_squashed(words) for page in book.text_pages() for words in _words(page))
    at = 0
    for wanted in _wanted(text):
        place = found.find(_squashed(wanted), at)
        if place < 0:
            yield book.wrong("built-text", f"a text is missing or changed: {_nearest(wanted)}")
            continue
        if place > at:
            yield book.wrong("built-text", f"a text is added or moved: {found[at:place][:60]}")
        at = place + len(_squashed(wanted))
    if found[at:]:
        yield book.wrong("built-text", f"a text is added at the end: {found[at:][:60]}")


def check_ids(book: OpenedText, text: Manuscript) -> Iterator[Finding]:
    """Yield faults of paragraph numbers: a gap, a double id, a number that is not shown or wrong.

    The number shown must be that of the id, since people cite it.
    """
    numbers: list[int] = []
    for page in book.text_pages():
        ids = [str(e.get("id")) for e in page.iter(etree.Element) if e.get("id")]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield book.wrong("built-ids", f"the id {twice} is there twice")
        numbers += [int(one[1:]) for one in ids if one[0] == "p" and one[1:].isdecimal()]
        for number, shown in _shown_numbers(page):
            if shown != text.language.numeral(number):
                said = f"shown as {shown}" if shown else "not shown"
                yield book.wrong("built-ids", f"the number of paragraph {number} is {said}")
    if numbers != list(range(1, len(numbers) + 1)):
        gap = next((n for n, found in enumerate(numbers, 1) if n != found), len(numbers))
        yield book.wrong("built-ids", f"the number of paragraph {gap} is missing or moved")


def _shown_numbers(page: etree._Element) -> Iterator[tuple[int, str]]:
    """Yield the number in the id of each paragraph, and the number shown before its text.

    In a bilingual book the first language shows it for both.
    """
    for element in page.iter(f"{HTML}p", f"{HTML}li", f"{HTML}div"):
        one = element.get("id") or ""
        if CELLS[1] in (element.get("class") or "").split():
            continue
        if one[:1] == "p" and one[1:].isdecimal() and not _in_notes(element):
            places = [child for child in element if child.get("class") == "number"]
            yield int(one[1:]), "".join("".join(map(str, p.itertext())) for p in places).strip()


def _wanted(text: Manuscript) -> Iterator[str]:
    """Yield the words of the manuscript, block by block, without descriptions of figures."""
    numbers = number_notes(text.document)
    notes = sorted(text.document.notes, key=lambda note: numbers.get(note.label, 0))
    for block in (*text.document.body, *notes):
        yield from _block_words(block, text)


def _block_words(block: Block, text: Manuscript) -> Iterator[str]:
    match block:
        case CodeBlock(code):
            yield code
        case Formula(tex):
            yield tex
        case Figure(caption=caption):
            if caption is not None:
                yield plain(caption.content)
        case ListBlock(items):
            for item in items:
                yield "" if item.done is None else TICKS[item.done]
                for child in item.children:
                    yield from _block_words(child, text)
        case DefinitionList(definitions):
            for one in definitions:
                yield plain(one.term.content)
                for child in (child for meaning in one.meanings for child in meaning):
                    yield from _block_words(child, text)
        case Quote(children) | Footnote(_, children):
            for child in children:
                yield from _block_words(child, text)
        case Box(kind, title, children):
            yield plain(title.content) if title else name_box(kind, text.interface).striptags()
            for child in children:
                yield from _block_words(child, text)
        case Table(caption=Prose() as caption) if text.captions.get("tables") == "below":
            yield from (
                plain(prose.content) for prose in block_proses(replace(block, caption=None))
            )
            yield plain(caption.content)
        case _:
            yield from (plain(prose.content) for prose in block_proses(block))


def _words(element: etree._Element) -> Iterator[str]:
    """Yield the words of a page, without the numbers and marks that the edition adds."""
    if element.tag == f"{{{MATHML_NS}}}math":
        yield _mathml_words(element)
        return
    if element.tag == f"{HTML}img" and not (_in_figure(element) or _is_undescribed(element)):
        yield element.get("alt") or ""
    if not _added(element):
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


def _mathml_words(element: etree._Element) -> str:
    """Return the TeX that a formula has as its alternative text, if the formula is its MathML."""
    tex = element.get("alttext") or ""
    wanted = read_mathml(tex, display=element.get("display") == "block")
    return tex if _same(element, wanted) else "".join(map(str, element.itertext()))


def _same(one: etree._Element, other: etree._Element) -> bool:
    """Return whether two elements have the same names, attributes and texts, at any depth."""
    pairs = list(zip(one.iter(), other.iter(), strict=False))
    return len(list(one.iter())) == len(list(other.iter())) and all(
        (a.tag, sorted(a.items()), a.text or "", a is one or (a.tail or ""))
        == (b.tag, sorted(b.items()), b.text or "", b is other or (b.tail or ""))
        for a, b in pairs
    )


def _added(element: etree._Element) -> bool:
    kinds = (element.get("class") or "").split()
    return (
        not isinstance(element.tag, str)
        or "mark" in kinds
        or "back" in kinds
        or "number" in kinds
        or _is_kind(element, "noteref", "pagebreak")
        or (element.tag == f"{HTML}h2" and _heads_notes(element))
    )


def _is_undescribed(element: etree._Element) -> bool:
    """Return whether what is read aloud for an image is not of the source."""
    return UNDESCRIBED in (element.get("class") or "").split()


def _in_figure(element: etree._Element) -> bool:
    return any(parent.tag == f"{HTML}figure" for parent in element.iterancestors())


def _in_notes(element: etree._Element) -> bool:
    return any(parent.get("class") == "notes" for parent in element.iterancestors())


def _heads_notes(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and _is_kind(parent, "endnotes")


def _is_kind(element: etree._Element, *kinds: str) -> bool:
    """Return whether an element is of a kind, as books and as pages of HTML say it."""
    return element.get(f"{EPUB}type") in kinds or (element.get("role") or "")[4:] in kinds


def _squashed(text: str) -> str:
    """Return a text without spaces and with equal hyphens, which typography may change."""
    return "".join(fold_typography(text).split())


def squash_shown(text: str) -> str:
    """Return a text without spaces and without hyphens that only a line break shows."""
    return _squashed(text.replace("\u00ad", ""))


def _nearest(text: str) -> str:
    return f"“{shorten_line(text)}”"
