"""Gives a document the form of its PDF: where title, imprint, contents and notes are.

The tree of an edition is the same for PDF and EPUB.  What only a PDF has otherwise is changed here,
and the audit changes the tree in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from publish.editions.page.materials import Layout
from publish.editions.pdf.footnotes import HERE, place_notes
from publish.model import PageSize

__all__ = ["is_moved", "shape_document"]

AFTER = "after"
"""The class of an imprint that is after the text."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ROOM: Mapping[PageSize, tuple[float, float, int]] = {
    "a4": (1230, 7.5, 66),
    "phone": (680, 5, 30),
}
"""The height of contents on two pages, the space above an entry, and the letters of a line."""

LEADING: Mapping[PageSize, float] = {"a4": 15, "phone": 14}


def is_moved(element: Element) -> bool:
    """Return whether an element is at another place than in the tree of its edition."""
    return bool({HERE, AFTER} & set((element.get("class") or "").split()))


def shape_document(root: Element, layout: Layout, page: PageSize) -> frozenset[Element]:
    """Change a document without namespaces to the form of its PDF; return all that was moved."""
    body = root.find("body")
    if body is None:
        return frozenset()
    if layout.form == "brief":
        _shorten(body)
    else:
        for contents in _contents(body):
            _cut_contents(contents, layout.contents_depth or _find_depth(contents, page))
    _mark_bare(body)
    if layout.notes == "page":
        place_notes(root)
    moved = (element for element in root.iter() if is_moved(element))
    return frozenset(inner for element in moved for inner in element.iter())


def _shorten(body: Element) -> None:
    """Put the imprint of a brief after its text, and leave out its contents."""
    for contents in _contents(body):
        body.remove(contents)
    for part in list(body):
        if part.get("id") == "edition-imprint":
            body.remove(part)
            part.set("class", f"{part.get('class', '')} {AFTER}".strip())
            body.append(part)
            _show_origin(body, part)


def _show_origin(body: Element, imprint: Element) -> None:
    """Put the address of the original below the title of a brief in one language."""
    cover = next((part for part in body if part.get("id") == "edition-cover"), None)
    facts = imprint.find("dl")
    if cover is None or facts is None:
        return
    found = [one for one in facts if one.get("class") == "origin"]
    if found:
        origin = Element("dl", {"class": "facts origin"})
        for one in found:
            facts.remove(one)
            origin.append(one)
        states = [n for n, one in enumerate(cover) if "state" in (one.get("class") or "").split()]
        cover.insert(states[0] if states else len(cover), origin)


def _mark_bare(body: Element) -> None:
    """Mark chapters of a heading alone, so that the next chapter can stay on their page."""
    for section in body.findall("main/section"):
        if len(section) == 1 and section[0].tag in HEADINGS:
            section.set("class", f"{section.get('class', '')} bare".strip())


# --------------------------------------------------------------------------- contents


def _contents(body: Element) -> list[Element]:
    return [part for part in body if part.tag == "nav" and part.get("id") == "edition-contents"]


def _find_depth(contents: Element, page: PageSize) -> int:
    """Return how many levels of the contents fit two pages; at least one."""
    heights: dict[int, float] = {}
    for depth, item in _entries(contents, 1):
        heights[depth] = heights.get(depth, 0) + _height(item, page)
    total, found = 0.0, 0
    for depth in sorted(heights):
        total += heights[depth]
        if total > ROOM[page][0]:
            break
        found = depth
    return max(found, 1)


def _entries(parent: Element, depth: int) -> Iterator[tuple[int, Element]]:
    """Yield each entry in an element with its level."""
    for entries in parent.findall("ol"):
        for item in entries.findall("li"):
            yield depth, item
            yield from _entries(item, depth + 1)


def _height(item: Element, page: PageSize) -> float:
    """Return about how high an entry is, in points; in two languages the longer text counts."""
    link = item.find("a")
    cells = [] if link is None else ([one for one in link if one.get("lang")] or [link])
    letters = max((len("".join(cell.itertext())) for cell in cells), default=0)
    _, above, most = ROOM[page]
    lines = -(-letters // (most if len(cells) < 2 else most // 2)) or 1
    return above + lines * LEADING[page]


def _cut_contents(contents: Element, depth: int) -> None:
    """Remove the entries below a level."""
    for level, item in list(_entries(contents, 1)):
        if level == depth:
            for inner in item.findall("ol"):
                item.remove(inner)
