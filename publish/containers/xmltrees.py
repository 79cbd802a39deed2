"""Read XML into lxml trees, and find in them what no file may contain.

The parsers of lxml are made only here.  None of them loads anything or replaces an entity,
whatever a document type says.  All but one keep the library's limits on depth and size.  Formats
without document types are read by `publish/containers/xmlreading.py`, which rejects those.
"""

from __future__ import annotations

import re

from lxml import etree

__all__ = [
    "has_declarations",
    "has_doctype",
    "has_entities",
    "has_instructions",
    "parse_document",
    "parse_drawing",
    "parse_html",
    "parse_own",
    "parse_page",
]

_DECLARATIONS = re.compile(r"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*\[""")


def parse_document(data: bytes) -> etree._Element:
    """Return the root of a document from anybody, with its comments and instructions.

    Raises XMLSyntaxError for XML that is not well-formed.
    """
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def parse_own(data: bytes) -> etree._Element:
    """Return the root of a page made by this program, without limits on size and depth.

    Raises XMLSyntaxError for XML that is not well-formed, since its template may be anybody's.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def parse_drawing(data: bytes) -> etree._Element:
    """Return the root of an SVG file or of a part of a Word file, without its comments and
    instructions.

    Raises XMLSyntaxError for XML that is not well-formed.
    """
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
    )
    return etree.fromstring(data, parser)


def parse_html(text: str) -> etree._Element | None:
    """Return the root of a piece of HTML, within the library's limits; None if nothing is in it.

    As in a browser, no HTML is wrong: what is not closed is closed.
    """
    parser = etree.HTMLParser(no_network=True, remove_pis=True)
    try:
        return etree.fromstring(f"<html><body>{text}</body></html>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def has_doctype(root: etree._Element) -> bool:
    """Return whether a document names a document type."""
    return bool(root.getroottree().docinfo.doctype)  # type: ignore[attr-defined]


def parse_page(text: str) -> etree._Element | None:
    """Return the root of a whole page of HTML, within the library's limits; None for an empty one.

    As in a browser, no HTML is wrong.  Comments and instructions are left out; what is nested
    deeper than the library's limit is cut off, so callers compare the words.
    """
    parser = etree.HTMLParser(
        no_network=True, remove_pis=True, remove_comments=True, encoding="utf-8"
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def has_entities(root: etree._Element) -> bool:
    """Return whether the document type inside a document declares entities."""
    declared = root.getroottree().docinfo.internalDTD
    entities = declared.iterentities() if declared is not None else ()  # type: ignore[attr-defined]
    return bool(list(entities))


def has_declarations(root: etree._Element) -> bool:
    """Return whether a document declares anything: entities, elements, attributes."""
    return bool(_DECLARATIONS.search(etree.tostring(root.getroottree(), encoding="unicode")))


def has_instructions(root: etree._Element) -> bool:
    """Return whether a document has processing instructions, even before its root."""
    return bool(root.getroottree().xpath("//processing-instruction()"))
