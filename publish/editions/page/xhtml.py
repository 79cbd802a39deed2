"""Makes elements of XHTML, labels them with a language and writes them out."""

from __future__ import annotations

from typing import Any

from lxml import etree

from publish.languages.registry import find

__all__ = [
    "EPUB_NS",
    "NAMESPACES",
    "TWIN",
    "UNIT",
    "XHTML_NS",
    "Element",
    "add_child",
    "add_number_places",
    "add_text",
    "append_markup",
    "find_direction_around",
    "make_element",
    "serialise_xhtml",
    "set_language",
    "write_within",
]

XHTML_NS = "http://www.w3.org/1999/xhtml"
EPUB_NS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

UNIT = "data-unit"
"""The attribute with the ids of the sentences in an element, if sentences are marked."""

TWIN = "data-twin"
"""The same for the source beside a translation, so that no page has an id twice."""

NAMESPACES: Any = {None: XHTML_NS, "epub": EPUB_NS}

Element = etree._Element


def make_element(tag: str, **attributes: str) -> Element:
    """Return a new element of XHTML; `attributes` are written by the names given."""
    return etree.Element(f"{{{XHTML_NS}}}{tag}", attributes, nsmap=NAMESPACES)


def add_child(parent: Element, tag: str, **attributes: str) -> Element:
    """Add an element of XHTML to the end of another; `class_` is written as `class`."""
    if not attributes:
        return etree.SubElement(parent, f"{{{XHTML_NS}}}{tag}")
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{XHTML_NS}}}{tag}", names)


def add_text(parent: Element, text: str) -> None:
    """Add text to the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def append_markup(element: Element, words: str) -> None:
    """Add words of the edition to an element; they are markup."""
    found = etree.fromstring(f'<span xmlns="{XHTML_NS}">{words}</span>')
    add_text(element, found.text or "")
    element.extend(found)


def set_language(element: Element, tag: str) -> Element:
    """Declare an element to be in a language, with its direction; return the element."""
    element.set("lang", tag)
    element.set(XML_LANG, tag)
    element.set("dir", find(tag).direction)
    return element


def add_number_places(root: Element) -> None:
    """Put an empty element before the text of each numbered block, to show its number there.

    In a PDF, what a style sheet adds to a list item itself would be beside the item's body, where
    PDF/UA allows nothing.  The number is only shown; like a page number it has no tag.
    """
    for block in list(root.iter(*(f"{{{XHTML_NS}}}{tag}" for tag in ("p", "li", "div")))):
        number = block.get("data-number")
        if number:
            hidden = {"class": "number", "data-number": number, "aria-hidden": "true"}
            if block.tag == f"{{{XHTML_NS}}}p" and "dir" in block.attrib:
                hidden["dir"] = find_direction_around(block)  # all numbers in one margin
            place = etree.Element(f"{{{XHTML_NS}}}span", hidden)
            place.tail, block.text = block.text, None
            block.insert(0, place)


def find_direction_around(element: Element) -> str:
    """Return the direction of the text that an element stands in."""
    return next(
        (one.get("dir", "") for one in element.iterancestors() if "dir" in one.attrib), "ltr"
    )


def serialise_xhtml(element: Element) -> str:
    """Return an element as XHTML text, without a declaration."""
    return etree.tostring(element, encoding="unicode")


def write_within(element: Element) -> str:
    """Return what is in an element as XHTML text, for a template."""
    if not len(element) and not element.text:
        return ""
    written = etree.tostring(element, encoding="unicode")
    return written[written.index(">") + 1 : written.rindex("<")]
