"""Makes of the tree of an edition, or of a part of it, what a page of HTML has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from publish.editions.page.formulas import spell_formulas
from publish.editions.page.xhtml import EPUB_NS, XHTML_NS, Element, find_direction_around

__all__ = [
    "HTML",
    "find_headings",
    "find_rank_shift",
    "leave_html",
    "link_numbers",
    "list_classes",
    "name_parts",
    "rank_headings",
    "read_rank",
    "tidy_contents",
]

HTML = f"{{{XHTML_NS}}}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEADINGS = tuple(f"{HTML}h{rank}" for rank in range(1, 7))
EMPTY = frozenset(
    f"{HTML}{tag}" for tag in ("br", "col", "hr", "img", "input", "link", "meta", "wbr")
)
"""The elements that have no end tag in HTML; all others must have one."""
WHOLE, PASSED = "whole", f"{HTML}passed"
"""Last words are kept whole by thousands of elements, but browsers even out last lines."""


def tidy_contents(tree: Element) -> None:
    """Leave links in contents: no places for page numbers, and words for formulas."""
    for nav in tree.iter(f"{HTML}nav"):
        for place in list(nav.iter(f"{HTML}span")):
            parent = place.getparent()
            is_page = "page" in list_classes(place) and place.get("data-target")
            if is_page and parent is not None:
                parent.remove(place)
        spell_formulas(nav)
        for link in nav.iter(f"{HTML}a"):
            if "pair" in list_classes(link):
                link[0].tail = " / "
        heading = nav.find(f"{HTML}h2")
        if heading is not None:
            heading.set("id", f"{nav.get('id')}-heading")
            nav.set("aria-labelledby", f"{nav.get('id')}-heading")


def find_headings(root: Element) -> Iterator[Element]:
    """Yield the headings of a text or a part of it, without those of its notes."""
    notes = _list_notes(root)
    return (e for e in root.iter(*HEADINGS) if e not in notes)


def find_rank_shift(levels: Collection[int]) -> int:
    """Return by how much to lower headings of these levels to be below the title.

    The title alone is of the first rank.
    """
    return 2 - min(levels) if levels else 0


def rank_headings(root: Element, shift: int) -> None:
    """Lower the headings of a text, or of a part of it, by `shift` ranks."""
    for heading in find_headings(root):
        rank = read_rank(heading) + shift
        heading.tag = HEADINGS[min(rank, 6) - 1]
        if rank > 6:
            heading.set("aria-level", str(rank))


def read_rank(heading: Element) -> int:
    """Return the rank of a heading, from 1 to 6."""
    return HEADINGS.index(heading.tag) + 1


def _list_notes(element: Element) -> set[Element]:
    """Return all that is in the notes of the text that an element is a part of."""
    every = element.getroottree().getroot().iter(etree.Element)
    boxes = [box for box in every if "notes" in (box.get("class") or "")]
    return {one for box in boxes if "notes" in list_classes(box) for one in box.iterdescendants()}


def link_numbers(tree: Element) -> None:
    """Put the number of each paragraph before its text, as a link that can be passed on."""
    notes = _list_notes(tree)
    for block in list(tree.iter(f"{HTML}p", f"{HTML}li", f"{HTML}div")):
        number = block.get("data-number")
        if not number or block in notes:
            continue
        place = etree.Element(f"{HTML}a", {"class": "number", "href": f"#{block.get('id')}"})
        place.set("aria-label", f"¶ {number}")
        if block.tag == f"{HTML}p" and "dir" in block.attrib:
            place.set("dir", find_direction_around(block))  # all numbers on one side
        place.text = f"{number}\u00a0"
        place.tail, block.text = block.text, None
        block.insert(0, place)


def name_parts(tree: Element, captions: str = "edition-caption") -> None:
    """Give notes their role, and let keys reach what scrolls by itself (WCAG 2.1.1).

    The ids of captions begin with `captions`.
    """
    for number, part in enumerate(tree.iter(f"{HTML}div", f"{HTML}figure"), 1):
        if part.get(f"{{{EPUB_NS}}}type") == "footnote":
            part.set("role", "doc-footnote")
        if "table" in list_classes(part):
            part.set("tabindex", "0")
            caption = part.find(f"{HTML}table/{HTML}caption")
            if caption is not None:
                caption.set("id", f"{captions}-{number}")
                part.set("role", "group")
                part.set("aria-labelledby", f"{captions}-{number}")
        elif "formula" in list_classes(part):
            part.set("tabindex", "0")


def leave_html(root: Element, kept: Collection[str] = ()) -> None:
    """Leave what HTML knows: no attributes of EPUB, and an end tag for every element.

    Of attributes that begin with `data-`, only those `kept` stay.
    """
    for element in root.iter(etree.Element):
        for name in list(map(str, element.attrib)):
            of_data = name.startswith("data-") and name not in kept
            if of_data or name.startswith(f"{{{EPUB_NS}}}") or name == XML_LANG:
                del element.attrib[name]
        if not len(element) and not element.text and element.tag not in EMPTY:
            element.text = ""
        if element.tag == f"{HTML}span" and element.get("class") == WHOLE:
            element.tag = PASSED
    etree.strip_tags(root, PASSED)
    etree.cleanup_namespaces(root)


def list_classes(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())
