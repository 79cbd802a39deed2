"""Checks that a part of a book loads files of the book only, and runs nothing.

SVG 2 §2.2 lets an image have styles, links and animations; CSS Syntax 3 §4 lets any name be
written with escapes.  In doubtful cases more is refused than necessary.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from publish.containers.xmltrees import has_declarations, has_instructions
from publish.errors import BuildError

__all__ = ["check_document", "check_style_sheet", "require_link_targets"]

_XHTML = "http://www.w3.org/1999/xhtml"

_ACTIVE_ELEMENTS = frozenset({"base", "embed", "foreignObject", "iframe", "object", "script"})
_ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})
_LOADING_ATTRIBUTES = frozenset({"background", "poster", "src", "srcset"})
_LINK_SCHEMES = frozenset({"", "http", "https", "mailto"})

_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|(.))", re.I | re.S)
_LOADS = re.compile(
    r"""@import|(?:image|image-set|src)\("""
    r"""|url\((?:\s*(?P<quote>["']?)(?P<address>[^"'()\s]+)(?P=quote)\s*\))?""",
    re.I,
)
"""The parts of CSS that load something; `address` is empty if it is not a plain address."""


def check_document(name: str, root: etree._Element, names: Collection[str]) -> None:
    """Raise BuildError for an XHTML or SVG document that runs code or loads what is missing."""
    if has_declarations(root):
        raise BuildError(f'"{name}" declares entities or attributes of its own')
    if has_instructions(root):
        raise BuildError(f'"{name}" has a processing instruction')
    for element in root.iter(etree.Element):
        _check_inert(name, element)
        for address in _loaded(element):
            _check_address(name, address, names)


def require_link_targets(name: str, root: etree._Element, places: Collection[str]) -> None:
    """Raise BuildError for a link of a document or an NCX whose target is not in the book.

    `places` are the files, and their ids as `file#id`.
    """
    for element in root.iter("{*}a", "{*}content"):
        address = element.get("href") or element.get("src") or ""
        if not address or urlsplit(address).scheme:
            continue
        file, _, identifier = address.partition("#")
        target = _file(name, file) if file else name
        if (f"{target}#{identifier}" if identifier else target) not in places:
            raise BuildError(f'"{name}" links to "{address[:120]}", which is not in the book')


def check_style_sheet(name: str, css: str, names: Collection[str]) -> None:
    """Raise BuildError for a style sheet that loads what is not in the book."""
    for address in _css_addresses(css):
        _check_address(name, address, names)


def _check_address(name: str, address: str, names: Collection[str]) -> None:
    if not address.startswith("#") and _file(name, address) not in names:
        raise BuildError(
            f'"{name}" loads what is not in the book: {address[:120]}',
            hint="remove the address; an edition shows its own images only",
            code="address-refused",
        )


def _file(name: str, address: str) -> str:
    """Return the file of the book that an address in one of its files leads to; empty if none."""
    try:
        target = urlsplit(urljoin(f"EPUB/{name}", address))
    except ValueError:
        return ""
    inside = not target.scheme and not target.netloc and target.path.startswith("EPUB/")
    return unquote(target.path).removeprefix("EPUB/") if inside else ""


def _check_inert(name: str, element: etree._Element) -> None:
    """Raise BuildError for an element that runs code or can change an address later."""
    tag = etree.QName(element).localname
    if tag in _ACTIVE_ELEMENTS:
        raise BuildError(f'"{name}" has a <{tag}> element')
    for key, value in element.attrib.items():
        attribute = etree.QName(key).localname
        if attribute.lower().startswith("on") or attribute in {"base", "http-equiv"}:
            raise BuildError(f'"{name}" has the attribute {attribute}')
        if attribute == "href" and tag == "a" and _scheme(str(value)) not in _LINK_SCHEMES:
            raise BuildError(f'"{name}" links to {str(value)[:120]}')
    animated = (element.get("attributeName") or "").rpartition(":")[2].strip()
    if tag in _ANIMATIONS and animated == "href":
        raise BuildError(f'"{name}" animates an address')


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return "unreadable"


# --------------------------------------------------------------------------- addresses


def _loaded(element: etree._Element) -> Iterator[str]:
    """Yield the addresses that a reading app loads for an element without being asked."""
    name = etree.QName(element)
    for key, value in element.attrib.items():
        attribute = etree.QName(key).localname
        if attribute in _LOADING_ATTRIBUTES or (attribute == "href" and name.localname != "a"):
            yield str(value)
        elif attribute == "style" or name.namespace != _XHTML:
            yield from _css_addresses(str(value))
    if name.localname == "style":
        yield from _css_addresses(str(element.xpath("string()")))


def _css_addresses(css: str) -> Iterator[str]:
    """Yield the addresses that CSS loads, or the text found where an address cannot be read."""
    for found in _LOADS.finditer(_ESCAPE.sub(_unescaped, css)):
        yield found["address"] or found[0]


def _unescaped(escape: re.Match[str]) -> str:
    code, character = escape.groups()
    if code is None:
        return str(character)
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
