"""Cuts a long document into parts that begin pages anyway: its front matter, and its chapters.

A part has a tree of its own: the elements around it, and its siblings without what is in them, so
that each rule of a style sheet meets what it meets in the whole document.  Short chapters that
follow each other are one part.  A document is one part if it is short, or if a rule of its style
sheet needs to see all pages at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from publish.editions.pagination import TextOrder
from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.parts.numbering import LINE_OF_CONTENTS
from publish.editions.pdf.parts.paragraphs import (
    PartNumbers,
    find_masks,
    find_numbers,
    find_zeros,
    is_masked,
)

__all__ = [
    "LEAST_DOCUMENT",
    "LEAST_PART",
    "Part",
    "Split",
    "has_counters",
    "has_sides",
    "make_part",
    "numbers_pages",
    "split_document",
]

LEAST_DOCUMENT = 120_000
"""The characters of text from which on a document is laid out in parts: about fifty pages."""

LEAST_PART = 15_000
"""The characters of text that a part has at least, unless it is the last."""

HIDDEN = "display: none"

_WHOLE = re.compile(
    r"target-(?:counters?|text)\(|\b(?:running|note)\(|position:\s*fixed|@counter-style|"
    r"string\([^),]*,(?!\s*(?:first|last|first-except|all-once)\s*\))|@page[^{]*:nth|"
    r"break-after:\s*(?:left|right|recto|verso)|margin-break:\s*discard|"
    r"[\d.]p?v(?:w|h|i|b|min|max)\b|\\"
)
"""What a rule has that depends on other parts, on the first page, or on the number of a page.

A name with a backslash may be any of these.
"""

_SIDES = re.compile(r"@page[^{]*:(?:left|right)|break-before:\s*(?:left|right|recto|verso)")
"""What a rule has that depends on the side of a page."""

_PAGE_RULE = re.compile(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
"""A rule for pages: it may show their number, since heads and feet are made when all parts are."""

_COUNTING = re.compile(r"counter-(?:reset|increment|set)\b")
"""What a rule for pages has that numbers them in another way, or counts something else."""

_NUMBERING = re.compile(_COUNTING.pattern + r":\s*page(?:\s+-?\d+)?\s*(?=[;}])")
"""What it has that numbers them, and does nothing else."""

_FLOW_WHOLE = re.compile(
    r"\bcounters?\(\s*pages?\b|counter-(?:reset|increment|set):[^;}]*\bpages?\b|:empty\b|"
    r"(?<!\.contents li:not\():has\(|(?<!\.here > \.part \{ )float:\s*footnote"
)
"""What a rule for the text has that depends on other parts, but for rules of our own."""

_CARRIED = re.compile(r"counter-(?:reset|increment|set)|\bcounters?\(|-quote\b|\blist-item\b")
"""What a rule for the text has that counts on from one chapter to the next."""

_OWN_STYLE = re.compile(r"counter-reset: list-item -?\d+")
"""What the numbered lists of a document have that begin with another number than 1."""

_UNREAD = re.compile(
    r"/\*.*?(?:\*/|\Z)|url\([^)\"']*\)|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S | re.I
)
"""A comment, an address or a string in a style sheet."""


@dataclass(frozen=True, slots=True)
class Split:
    """A document and its parts: what precedes its chapters, then groups of chapters.

    `root` is the tree of the document as it is laid out, `order` that of its text before.
    `places` has the number of each element in the tree.  `zeros` can stand for numbers of
    paragraphs.
    """

    root: Element
    order: TextOrder
    front: tuple[Element, ...]
    main: Element
    groups: tuple[tuple[Element, ...], ...]
    places: Mapping[Element, int]
    zeros: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many parts there are, with the front matter, which is number 0."""
        return len(self.groups) + 1

    def begin(self, number: int) -> Element:
        """Return the first element of a part."""
        return self.groups[number - 1][0] if number else self.front[0]

    def list_elements(self, number: int) -> Iterator[Element]:
        """Yield the elements of a part in their order, without those around it."""
        for one in self.groups[number - 1] if number else self.front:
            yield from one.iter()

    def find_masks(self, number: int) -> dict[Element, dict[str, str]]:
        """Return what elements of a part have instead of the numbers of paragraphs."""
        return find_masks(self.list_elements(number), self.zeros)

    def list_masked(self, number: int) -> Iterator[Element]:
        """Yield the elements of a part without the numbers of paragraphs."""
        masks = self.find_masks(number)
        for element in self.list_elements(number):
            if element not in masks:
                yield element
            else:
                masked = Element(element.tag, {**element.attrib, **masks[element]})
                masked.text, masked.tail = element.text, element.tail
                masked.extend(element)
                yield masked

    def find_numbers(self, number: int) -> PartNumbers:
        """Return the numbers of paragraphs in a part, and their ids."""
        return find_numbers(self.list_elements(number), self.zeros)

    def number_texts(self, number: int) -> dict[Element, int]:
        """Return the numbers of the elements of a part in its text, counted from its first."""
        numbers = self.order.numbers
        first = numbers[self.begin(number)]
        return {one: numbers[one] - first for one in self.list_elements(number) if one in numbers}

    def describe_around(self, number: int) -> str:
        """Return what is around chapters in the tree of a part: the frame, and their siblings."""
        if not number:
            return ""
        body = next(one for one in self.root if one.tag == "body")
        frame = [(one.tag, one.text, one.items()) for one in (self.root, body, self.main)]
        siblings = [(one.tag, one.tail, one.items()) for one in (*self.root, *body, *self.main)]
        return repr((frame, siblings, list(self.main).index(self.begin(number))))

    def measure(self, number: int) -> int:
        """Return how many characters of text a part with chapters has."""
        return sum(len(text) for one in self.groups[number - 1] for text in one.itertext())

    def find_element(self, elements: Sequence[Element], number: int, at: int) -> Element:
        """Return the element with a number in a part; `elements` are those of the whole tree."""
        if at < 0:
            body = next(one for one in self.root if one.tag == "body")
            return (self.root, body, self.main)[-1 - at]
        return elements[self.places[self.begin(number)] + at]


@dataclass(frozen=True, slots=True)
class Part:
    """The tree of a part with a number, and the numbers of its elements, counted from its first.

    What is around its chapters has numbers below 0.  `order` is that of its text, counted in the
    same way.  `first` begins a page; `last` is its last chapter, or what is last before chapters.
    `shown` are the elements that show zeros for numbers, with the places of these among those of
    the part.
    """

    number: int
    tree: Element
    numbers: Mapping[Element, int]
    order: TextOrder
    last: Element
    first: Element | None = None
    around: tuple[Element, ...] = field(default=())
    shown: Mapping[Element, int] = field(default_factory=dict)


def split_document(root: Element, order: TextOrder, source: PdfInput) -> Split | None:
    """Return a document as parts; None if it is one part."""
    body = root.find("body")
    if body is None or not len(body) or body[-1].tag != "main" or not _may_split(source, root):
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
    if len(groups) < 2:
        return None
    places = {element: place for place, element in enumerate(root.iter())}
    zeros = find_zeros(root, source.css)
    return Split(root, order, tuple(front), main, groups, places, zeros)


def has_sides(source: PdfInput) -> bool:
    """Return whether it matters on which side a chapter of a document begins."""
    return bool(_SIDES.search(_read_rules(source.css)))


def has_counters(source: PdfInput) -> bool:
    """Return whether the text of a document may show what is counted from chapter to chapter."""
    return bool(_CARRIED.search(_PAGE_RULE.sub("", _read_rules(source.css))))


def numbers_pages(source: PdfInput) -> bool:
    """Return whether the pages of a document may show other numbers than their places."""
    return bool(_NUMBERING.search(_list_page_rules(_read_rules(source.css))))


def _list_page_rules(css: str) -> str:
    return "\n".join(_PAGE_RULE.findall(css))


def _may_split(source: PdfInput, root: Element) -> bool:
    layout = source.layout
    if layout.run_on or layout.form == "brief":
        return False
    if len(set(LINE_OF_CONTENTS.findall(source.css))) > 1:
        return False  # Its numbers are written in one way only.
    css = _read_rules(source.css)
    flow = _PAGE_RULE.sub("", css)
    if _COUNTING.search(_NUMBERING.sub("", _list_page_rules(css))):
        return False
    own = {_OWN_STYLE.sub("", one.get("style", "")).lower() for one in root.iter()}
    styles = "\n".join(sorted(own))
    if _CARRIED.search(styles):
        return False
    return not (_WHOLE.search(css + styles) or _FLOW_WHOLE.search(flow + styles))


@lru_cache(maxsize=4)
def _read_rules(css: str) -> str:
    """Return a style sheet in small letters, without comments, strings and our own counters."""
    plain = _UNREAD.sub(lambda found: " " if found[0].startswith("/*") else '""', css)
    return LINE_OF_CONTENTS.sub("", plain).lower()


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
    """Return a part with a tree of its own, without numbers; the whole tree stays as it is."""
    wanted = set(split.groups[number - 1]) if number else set(split.front)
    body = next(one for one in split.root if one.tag == "body")
    frames = (split.root, body, *((split.main,) if number else ()))
    numbers: dict[Element, int] = {}
    known: dict[Element, Element] = {}
    first = split.places[split.begin(number)]
    masks = split.find_masks(number)
    shown: list[Element] = []

    def copy(original: Element) -> Element:
        if original in wanted:
            made = deepcopy(original)
            for one, its in zip(original.iter(), made.iter(), strict=True):
                known[one], numbers[its] = its, split.places[one] - first
                its.attrib.update(masks.get(one, {}))
                if is_masked(one, split.zeros):
                    shown.append(its)
            return made
        made = Element(original.tag, dict(original.attrib))
        made.tail = original.tail
        if original in frames:
            known[original], numbers[made] = made, -1 - frames.index(original)
            made.text = original.text
            made.extend(map(copy, original))
        else:
            style = filter(None, (original.get("style"), HIDDEN))
            made.set("style", "; ".join(style))
        return made

    tree = copy(split.root)
    order, begin = split.order, split.order.numbers[split.begin(number)]
    places = {one: order.numbers[its] - begin for its, one in known.items() if its in order.numbers}
    moved = frozenset(one for its, one in known.items() if its in order.moved)
    return Part(
        number=number,
        tree=tree,
        numbers=numbers,
        order=TextOrder(places, order.digest, moved),
        last=known[split.groups[number - 1][-1] if number else split.front[-1]],
        first=known[split.begin(number)] if number else None,
        around=tuple(known[one] for one in frames),
        shown={one: at for at, one in enumerate(shown)},
    )
