"""Gives a document the form of its PDF: where title, imprint, contents and notes are.

The tree of an edition is the same for PDF and EPUB.  What only a PDF has otherwise is changed here,
and the audit changes the tree in the same way.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from publish.editions.page.materials import Layout
from publish.editions.pdf.fitting.contents import find_contents, fit_contents
from publish.editions.pdf.fitting.footnotes import HERE, place_notes
from publish.model import PageSize

__all__ = ["ABOVE", "is_moved", "shape_document"]

ABOVE, AFTER = "above", "after"
"""The class of a title that is above the text, and of an imprint that is after it."""

MOVED = frozenset((HERE, AFTER))
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def is_moved(element: Element) -> bool:
    """Return whether an element is at another place than in the tree of its edition."""
    words = element.get("class")
    return words is not None and not MOVED.isdisjoint(words.split())


def shape_document(root: Element, layout: Layout, page: PageSize) -> frozenset[Element]:
    """Change a document without namespaces to the form of its PDF; return all that was moved."""
    body = root.find("body")
    if body is None:
        return frozenset()
    if layout.form == "brief":
        _shorten(body)
    else:
        for contents in find_contents(body):
            fit_contents(contents, layout.contents_depth, page)
    _mark_bare(body)
    if layout.notes == "page":
        place_notes(root)
    moved = (element for element in root.iter() if is_moved(element))
    return frozenset(inner for element in moved for inner in element.iter())


def _shorten(body: Element) -> None:
    """Put the imprint of a brief after its text, and leave out its contents and lists."""
    for nav in body.findall("nav"):
        body.remove(nav)
    for part in list(body):
        if part.get("id") == "edition-cover":
            part.set("class", f"{part.get('class', '')} {ABOVE}".strip())
        if part.get("id") == "edition-imprint":
            body.remove(part)
            part.set("class", f"{part.get('class', '')} {AFTER}".strip())
            body.append(part)
            _show_origin(body, part)


def _show_origin(body: Element, imprint: Element) -> None:
    """Put the address of the original below the title of a brief, in each of its languages."""
    cover = next((part for part in body if part.get("id") == "edition-cover"), None)
    if cover is not None:
        for title, facts in zip(_halves(cover), _halves(imprint), strict=False):
            _move_origin(facts, title)


def _halves(part: Element) -> list[Element]:
    """Return the cells of a part in two languages; one in one language has itself only."""
    rows = (one for one in part if {"titles", "pair"} & set((one.get("class") or "").split()))
    return list(next(rows, [part]))


def _move_origin(imprint: Element, title: Element) -> None:
    facts = imprint.find("dl")
    found = [] if facts is None else [one for one in facts if one.get("class") == "origin"]
    if facts is None or not found:
        return
    origin = Element("dl", {"class": "facts origin"})
    for one in found:
        facts.remove(one)
        origin.append(one)
    states = [n for n, one in enumerate(title) if "state" in (one.get("class") or "").split()]
    title.insert(states[0] if states else len(title), origin)


def _mark_bare(body: Element) -> None:
    """Mark chapters of a heading alone, so that the next chapter can stay on their page.

    The title of a part of a book has a page of its own.
    """
    for section in body.findall("main/section"):
        is_part = section.get("class") == "book-part"
        if len(section) == 1 and section[0].tag in HEADINGS and not is_part:
            section.set("class", f"{section.get('class', '')} bare".strip())
