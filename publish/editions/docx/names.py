"""The names of elements of Word files (ISO/IEC 29500-1, transitional), and how they are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from publish.editions.page.xhtml import Element

__all__ = [
    "MAIN",
    "NAMESPACES",
    "XML",
    "find_classes",
    "make",
    "make_text",
    "name",
    "write_part",
]

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": MAIN,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
XML = "{http://www.w3.org/XML/1998/namespace}"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def name(prefixed: str) -> str:
    """Return a name such as `w:p` as lxml writes it."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else prefixed


def make(
    tag: str,
    *children: Element | None,
    given: Mapping[str, object] | None = None,
    **values: object,
) -> Element:
    """Return an element; `values` are attributes of Word's own namespace, `given` any others.

    Children and attributes that are None are left out.
    """
    element = etree.Element(name(tag), nsmap=NAMESPACES)
    for key, value in values.items():
        if value is not None:
            element.set(name(f"w:{key}"), str(value))
    for key, value in (given or {}).items():
        if value is not None:
            element.set(name(key), str(value))
    element.extend([child for child in children if child is not None])
    return element


def make_text(text: str, tag: str = "w:t") -> Element:
    """Return an element with text, whose spaces are kept."""
    element = make(tag)
    element.text = _FORBIDDEN.sub("", text)
    if text != text.strip() or "  " in text:
        element.set(f"{XML}space", "preserve")
    return element


def find_classes(element: Element) -> frozenset[str]:
    """Return the classes of an element of XHTML."""
    return frozenset((element.get("class") or "").split())


def write_part(root: Element, spaces: Iterable[str] = ()) -> bytes:
    """Return a part of the file; namespaces that nothing in it uses are left out."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(spaces))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
