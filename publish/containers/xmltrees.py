"""XML as a tree of lxml: the only place where its parsers are made, and what no tree may hold.

No parser here loads anything or puts in the text of an entity, whatever a document type says.  All
but one keep the limits of the library on depth and size.  Files of formats without document types
are read by `publish/containers/xmlreading.py`, which refuses those.
"""

from __future__ import annotations

import re

from lxml import etree

__all__ = [
    "has_declarations",
    "has_entities",
    "has_instructions",
    "parse_document",
    "parse_drawing",
    "parse_own",
]

_DECLARATIONS = re.compile(r"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*\[""")


def parse_document(data: bytes) -> etree._Element:
    """Return the root of anybody's document, comments and instructions in it.

    Raises XMLSyntaxError.
    """
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def parse_own(data: bytes) -> etree._Element:
    """Return the root of a page made here, which may be as large and deep as its text.

    Raises XMLSyntaxError, since its template may be anybody's.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def parse_drawing(data: bytes) -> etree._Element:
    """Return the root of an SVG file without its comments and instructions.

    Raises XMLSyntaxError.
    """
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
    )
    return etree.fromstring(data, parser)


def has_entities(root: etree._Element) -> bool:
    """Return whether the document type within a document declares entities."""
    declared = root.getroottree().docinfo.internalDTD
    entities = declared.iterentities() if declared is not None else ()  # type: ignore[attr-defined]
    return bool(list(entities))


def has_declarations(root: etree._Element) -> bool:
    """Return whether a document declares anything: entities, elements, attributes."""
    return bool(_DECLARATIONS.search(etree.tostring(root.getroottree(), encoding="unicode")))


def has_instructions(root: etree._Element) -> bool:
    """Return whether a document has instructions to programs, even before its root."""
    return bool(root.getroottree().xpath("//processing-instruction()"))
