"""What a PDF must say, read from the XHTML tree of its edition: texts, links, headings, images.

The tree is made anew from the source and the catalogs.  How the renderer tags it is not used, but
for the texts that are read aloud for links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.editions.audit.strings import drop_silent
from publish.editions.audit.texts import squash_shown
from publish.editions.page.bilingual import CELLS
from publish.editions.page.xhtml import XHTML_NS
from publish.editions.pdf.fitting.shaping import is_moved, shape_document
from publish.editions.pdf.tags.linklabels import find_headings, find_link_label, map_parents
from publish.editions.pdf.tags.tagtree import unread
from publish.languages.language import Language

if TYPE_CHECKING:
    from publish.editions.pdf.rendering import PdfInput

__all__ = ["IMAGE", "Expected", "ExpectedLink", "ExpectedText", "read_expected"]

IMAGE = "\ufffc"
"""What stands for an image in a text."""

_XHTML = f"{{{XHTML_NS}}}"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """A text without spaces, with its language; `element` and `before` are those of a page start.

    `at` is its place among all letters.
    """

    text: str
    language: str
    at: int
    element: int


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link: its address and the text that is read aloud."""

    target: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """All that a PDF must say, in the order of reading.

    `sources` are the addresses of the images; `cells` are those of tables, with the columns and
    rows that each takes.  `headings` have their texts and places; `places` has the place of each
    id.  `pairs` has the begin, the second cell and the end of each pair of cells.  `asides` are
    texts that may stand outside of the text, `terms` those that are labels and no numbers of items;
    any part of `repeated` may stand outside, since table heads are shown on each page.  `moved` are
    the begin and end of each note at the foot of a page, and of an imprint at the end, `pictures`
    those of each figure.
    """

    texts: list[ExpectedText] = field(default_factory=list)
    links: list[ExpectedLink] = field(default_factory=list)
    headings: list[tuple[int, str, int]] = field(default_factory=list)
    outline: list[tuple[str, int]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    cells: list[tuple[str, int, int]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    pairs: list[tuple[int, int, int]] = field(default_factory=list)
    asides: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    moved: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[tuple[int, int]] = field(default_factory=list)

    def is_moved(self, at: int) -> bool:
        """Return whether the text at a place is at another place than in the tree."""
        return any(start <= at < end for start, end in self.moved)

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.texts)


@dataclass(slots=True)
class _Reading:
    expected: Expected
    headings: Mapping[str, str]
    hidden: frozenset[Element]
    numbers: dict[Element, int]
    page_of: Callable[[str], str]
    length: int = 0


def read_expected(source: PdfInput, language: Language, page_of: Callable[[str], int]) -> Expected:
    """Return what the PDF of a tree must say; `page_of` gives the page of an id, from 0."""
    root = ElementTree.fromstring(source.xhtml)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_XHTML)
    shown = [element for element in root.iter() if element.get("class") != "number"]
    shape_document(root, source.layout, source.page)
    reading = _Reading(
        Expected(),
        find_headings(root, map_parents(root)),
        unread(root),
        {element: number for number, element in enumerate(shown)},
        lambda identifier: language.numeral(page_of(identifier) + 1),
    )
    body = root.find("body")
    if body is not None:
        _read(reading, body, root.get("lang") or language.tag)
    return reading.expected


def _read(reading: _Reading, element: Element, language: str) -> None:
    expected = reading.expected
    if "imprint" in _classes(element):
        outlined = len(expected.outline)
        _read_all(reading, element, language)
        del expected.outline[outlined + 1 :]  # Its two headings are one entry.
        return
    _read_all(reading, element, language)


def _read_all(reading: _Reading, element: Element, language: str) -> None:
    expected = reading.expected
    if element in reading.hidden:
        expected.asides.add(squash_shown(element.get("data-number") or ""))
        return
    language = element.get("lang") or language
    if marker := element.get("data-marker"):
        expected.asides.add(squash_shown(marker))
    if identifier := element.get("id"):
        expected.places.setdefault(identifier, reading.length)
    if element.tag == "a" and "href" in element.attrib:
        spoken = find_link_label(reading.headings, element)
        expected.links.append(ExpectedLink(element.get("href") or "", spoken))
    if element.tag in ("th", "td"):
        columns, rows = int(element.get("colspan") or 1), int(element.get("rowspan") or 1)
        expected.cells.append((element.tag.upper(), columns, rows))
    if element.tag == "img":
        expected.images.append(element.get("alt") or "")
        expected.sources.append(element.get("src") or "")
        _add(reading, element, IMAGE, language)
    if element.get("role") == "img":
        _add(reading, element, element.get("aria-label") or "", language)
    if element.get("class") == "page" and element.get("data-target"):
        number = reading.page_of((element.get("data-target") or "").removeprefix("#"))
        _add(reading, element, number, language)
    start = reading.length
    second = None
    _add(reading, element, element.text or "", language)
    for child in element:
        if CELLS[1] in _classes(child):
            second = reading.length
        _read(reading, child, language)
        _add(reading, element, child.tail or "", language)
    if second is not None:
        expected.pairs.append((start, second, reading.length))
    if element.tag == "figure" and "table" not in _classes(element):
        expected.pictures.append((start, reading.length))
    if is_moved(element):
        expected.moved.append((start, reading.length))
    _note_place(expected, element, start)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _note_place(expected: Expected, element: Element, start: int) -> None:
    """Note a text that is also a heading or may stand in a margin."""
    classes = _classes(element)
    words = "".join(one.text for one in _since(expected, start))
    if element.tag in _HEADINGS:
        expected.headings.append((int(element.tag[1]), words, start))
        if "cover-title" not in classes:
            label = element.get("data-label") or ("" if "pair" in classes else words)
            expected.outline.extend([(label, start)] if label else [])
            expected.asides.add(squash_shown(label))
    if element.tag == "dt":
        expected.terms.add(words)
    if element.tag in (*_HEADINGS, "th", "td") or set(CELLS) & set(classes):
        expected.asides.update((words, squash_shown(element.get("data-label") or words)))
    if element.tag == "th":
        expected.repeated.add(words)


def _since(expected: Expected, start: int) -> Iterator[ExpectedText]:
    """Yield the texts from a place on, in order."""
    return reversed(list(takewhile(lambda one: one.at >= start, reversed(expected.texts))))


def _add(reading: _Reading, element: Element, text: str, language: str) -> None:
    if words := drop_silent(squash_shown(text)):
        number = reading.numbers.get(element, 0)
        reading.expected.texts.append(ExpectedText(words, language, reading.length, number))
        reading.length += len(words)
