"""Finds what is read aloud for a link, and the texts of elements."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from publish.editions.pdf.fitting.footnotes import HEADING

__all__ = [
    "TITLES",
    "find_headings",
    "find_link",
    "find_link_label",
    "map_parents",
    "read_element_text",
]

TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
"""The elements that are headings."""


def map_parents(html: Element) -> dict[Element, Element]:
    """Return the parent of each element of a tree."""
    return {child: parent for parent in html.iter() for child in parent}


def find_link(parents: Mapping[Element, Element], element: Element) -> Element | None:
    """Return the link that an element is or is in; None if there is none."""
    found: Element | None = element
    while found is not None and not (found.tag == "a" and "href" in found.attrib):
        found = parents.get(found)
    return found


def find_link_label(headings: Mapping[str, str], link: Element) -> str:
    """Return the text read aloud for a link: its title, its text, or its address.

    The number of a note says nothing alone, so the heading that it leads to is put before it:
    `headings` are those of `find_headings`.
    """
    text, address = _read_link(link)
    if not address.startswith("#"):
        return text or address
    if any(map(str.isalpha, text)):
        return text
    heading = headings.get(address[1:], "")
    return " ".join(filter(None, (heading, text))) or address


def _read_link(link: Element) -> tuple[str, str]:
    """Return the title or text of a link, and its address."""
    return link.get("title") or read_element_text(link), link.get("href") or ""


def read_element_text(element: Element) -> str:
    """Return the text of an element with the descriptions of images, in single spaces."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> list[str]:
    """Return the texts in an element, without the marks of untranslated text."""
    if element.get("class") == "mark":
        return []
    found = [element.get("alt") or "", element.text or ""]
    for child in element:
        found += [*_texts(child), " " if child.tag == "br" else "", child.tail or ""]
    return found


def find_headings(html: Element, parents: Mapping[Element, Element]) -> dict[str, str]:
    """Return what headings say over the targets of links whose text has no letters, by id.

    `parents` has the parent of each element.
    """
    links = map(_read_link, html.iter("a"))
    wanted = {
        address[1:]
        for text, address in links
        if address[:1] == "#" and not any(map(str.isalpha, text))
    }
    found: dict[str, str] = {}
    for element in html.iter():
        name = element.get("id")
        if name in wanted and name not in found:
            found[name] = _heading_over(parents, element)
    return found


def _heading_over(parents: Mapping[Element, Element], element: Element) -> str:
    """Return the text of the heading of the section, or of the notes, that an element is in."""
    around: Element | None = element
    while around is not None:
        if label := around.get(HEADING):
            return label
        heading = next((child for child in around if child.tag in TITLES), None)
        if heading is not None:
            return heading.get("data-label") or read_element_text(heading)
        around = parents.get(around)
    return ""
