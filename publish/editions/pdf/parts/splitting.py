"""Cuts a long document into parts that begin pages anyway: its front matter, and its chapters.

A part has a tree of its own: the elements around it, and its siblings without what is in them, so
that each rule of a style sheet meets what it meets in the whole document.  Short chapters that
follow each other are one part.  A document is one part if it is short, if its pages have sides, or
if a rule of its style sheet needs to see all pages at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from publish.editions.pagination import TextOrder
from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.parts.numbering import LINE_OF_CONTENTS
from publish.model import PAGES

__all__ = ["LEAST_DOCUMENT", "LEAST_PART", "Part", "Split", "make_part", "split_document"]

LEAST_DOCUMENT = 120_000
"""The characters of text from which on a document is laid out in parts: about fifty pages."""

LEAST_PART = 15_000
"""The characters of text that a part has at least, unless it is the last."""

HIDDEN = "display: none"

_WHOLE = re.compile(
    r"counter-(?:reset|increment|set)|counters\(|target-(?:counters?|text)\(|\brunning\(|"
    r"string\([^)]*,|position:\s*fixed|@counter-style|@page[^{]*:(?:first|nth|left|right|recto|verso)|"
    r"break-(?:before|after):\s*(?:left|right|recto|verso)"
)
"""What a rule has that depends on other parts, or on the side or number of a page."""


@dataclass(frozen=True, slots=True)
class Split:
    """A document and its parts: what precedes its chapters, then groups of chapters.

    `root` is the tree of the document as it is laid out, `order` that of its text before.
    """

    root: Element
    order: TextOrder
    front: tuple[Element, ...]
    main: Element
    groups: tuple[tuple[Element, ...], ...]

    @property
    def count(self) -> int:
        """How many parts there are, with the front matter, which is number 0."""
        return len(self.groups) + 1


@dataclass(frozen=True, slots=True)
class Part:
    """The tree of one part, and for each of its elements the number in the whole tree.

    `order` is that of its text by the numbers of the whole.  `first` begins a page.
    """

    tree: Element
    numbers: Mapping[Element, int]
    order: TextOrder
    first: Element | None = None
    around: tuple[Element, ...] = field(default=())


def split_document(root: Element, order: TextOrder, source: PdfInput) -> Split | None:
    """Return a document as parts; None if it is one part."""
    body = root.find("body")
    if body is None or not len(body) or body[-1].tag != "main" or not _may_split(source):
        return None
    *front, main = body
    if any(child.tag not in ("section", "nav") for child in front) or not front:
        return None
    if any(child.tag != "section" for child in main) or (main.text or "").strip():
        return None
    sizes = [sum(map(len, section.itertext())) for section in main]
    if sum(sizes) < LEAST_DOCUMENT:
        return None
    groups = _group(list(main), sizes)
    return Split(root, order, tuple(front), main, groups) if len(groups) > 1 else None


def _may_split(source: PdfInput) -> bool:
    facts = PAGES[source.page]
    layout = source.layout
    sided = layout.two_sided or facts.two_sided or facts.folded or facts.for_press
    if sided or layout.run_on or layout.form == "brief":
        return False
    return not _WHOLE.search(LINE_OF_CONTENTS.sub("", source.css))


def _group(sections: Sequence[Element], sizes: Sequence[int]) -> tuple[tuple[Element, ...], ...]:
    """Return chapters in groups of at least LEAST_PART; a heading alone goes with the next."""
    groups: list[list[Element]] = [[]]
    size = 0
    for section, own in zip(sections, sizes, strict=True):
        stays = groups[-1] and "bare" in groups[-1][-1].get("class", "").split()
        if size >= LEAST_PART and not stays:
            groups.append([])
            size = 0
        groups[-1].append(section)
        size += own
    return tuple(map(tuple, groups))


def make_part(split: Split, number: int) -> Part:
    """Return a part with a tree of its own; the whole tree stays as it is."""
    wanted = set(split.groups[number - 1]) if number else set(split.front)
    at = {element: place for place, element in enumerate(split.root.iter())}
    numbers: dict[Element, int] = {}
    known: dict[Element, Element] = {}

    def note(original: Element, made: Element) -> None:
        numbers[made] = at[original]
        known[original] = made

    def copy(original: Element) -> Element:
        if original in wanted or original.tag == "head":
            made = deepcopy(original)
            for one, its in zip(original.iter(), made.iter(), strict=True):
                note(one, its)
            return made
        made = Element(original.tag, dict(original.attrib))
        note(original, made)
        if original in around:
            made.text = original.text
            made.extend(map(copy, original))
        else:
            style = filter(None, (original.get("style"), HIDDEN))
            made.set("style", "; ".join(style))
        made.tail = original.tail
        return made

    body = next(one for one in split.root if one.tag == "body")
    around = {split.root, body, *((split.main,) if number else ())}
    tree = copy(split.root)
    order = split.order
    places = {made: order.numbers[one] for one, made in known.items() if one in order.numbers}
    moved = frozenset(made for one, made in known.items() if one in order.moved)
    first = known[split.groups[number - 1][0]] if number else None
    frames = tuple(known[one] for one in (split.root, body, split.main) if one in around)
    return Part(tree, numbers, TextOrder(places, order.digest, moved), first, frames)
