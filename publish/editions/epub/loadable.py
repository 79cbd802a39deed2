"""Checks that a part of a book loads files of the book only, and runs nothing.

SVG 2 §2.2 lets an image have styles, links and animations; CSS Syntax 3 §4 lets any name be
written with escapes.  In doubtful cases more is refused than necessary.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from publish.containers.xmltrees import has_declarations, has_instructions
from publish.editions.images.drawings import is_embedded
from publish.errors import BuildError

__all__ = ["check_document", "check_style_sheet", "require_link_targets"]

_XHTML = "http://www.w3.org/1999/xhtml"
_SVG = "http://www.w3.org/2000/svg"

_ACTIVE_ELEMENTS = frozenset({"base", "embed", "foreignObject", "iframe", "object", "script"})
_ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})
_LOADING_ATTRIBUTES = frozenset({"background", "poster", "src", "srcset"})
_LOOKED_AT = _LOADING_ATTRIBUTES | {"attributeName", "base", "href", "http-equiv", "style"}
"""The attributes of XHTML that count, with those that run code."""
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
        if _is_harmless(element.tag, tuple(element.keys())):
            continue
        space, tag = _split_name(str(element.tag))
        attributes = [(_split_name(str(key))[1], str(value)) for key, value in element.items()]
        _check_inert(name, tag, attributes)
        for address in _loaded(space, tag, attributes):
            _check_address(name, address, names)
        if tag == "style":
            for address in _css_addresses(str(element.xpath("string()"))):
                _check_address(name, address, names)


@lru_cache(maxsize=1024)
def _is_harmless(element: str, keys: tuple[str, ...]) -> bool:
    """Return whether an element with these attributes runs and loads nothing, whatever they say.

    Nearly all elements of a book are of a few dozen such kinds.
    """
    space, tag = _split_name(element)
    names = [_split_name(key)[1] for key in keys]
    if space != _XHTML or tag == "style" or tag in _ACTIVE_ELEMENTS:
        return False
    return not any(name in _LOOKED_AT or name.lower().startswith("on") for name in names)


@lru_cache(maxsize=1024)
def _split_name(name: str) -> tuple[str | None, str]:
    """Return the namespace of an element or attribute, and its name in it."""
    split = etree.QName(name)
    return split.namespace, split.localname


def require_link_targets(name: str, root: etree._Element, places: Collection[str]) -> None:
    """Raise BuildError for a link of a document or an NCX whose target is not in the book.

    `places` are the files, and their ids as `file#id`.
    """
    for element in root.iter("{*}a", "{*}content"):
        address = element.get("href") or element.get("src") or ""
        if not address or (address[0] != "#" and urlsplit(address).scheme):
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


@lru_cache(maxsize=1024)
def _file(name: str, address: str) -> str:
    """Return the file of the book that an address in one of its files leads to; empty if none."""
    try:
        target = urlsplit(urljoin(f"EPUB/{name}", address))
    except ValueError:
        return ""
    inside = not target.scheme and not target.netloc and target.path.startswith("EPUB/")
    return unquote(target.path).removeprefix("EPUB/") if inside else ""


def _check_inert(name: str, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
    """Raise BuildError for an element that runs code or can change an address later."""
    if tag in _ACTIVE_ELEMENTS:
        raise BuildError(f'"{name}" has a <{tag}> element')
    for attribute, value in attributes:
        if attribute.lower().startswith("on") or attribute in {"base", "http-equiv"}:
            raise BuildError(f'"{name}" has the attribute {attribute}')
        if attribute == "href" and tag == "a" and _scheme(value) not in _LINK_SCHEMES:
            raise BuildError(f'"{name}" links to {value[:120]}')
        if attribute == "attributeName" and tag in _ANIMATIONS and _local(value) == "href":
            raise BuildError(f'"{name}" animates an address')


def _local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2].strip()


def _scheme(address: str) -> str:
    if address.startswith("#"):
        return ""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return "unreadable"


# --------------------------------------------------------------------------- addresses


def _loaded(space: str | None, tag: str, attributes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the addresses that a reading app loads for the attributes of an element, unasked."""
    for attribute, value in attributes:
        if space == _SVG and tag in ("image", "feImage") and is_embedded(value):
            continue  # It is part of the file.
        if attribute in _LOADING_ATTRIBUTES or (attribute == "href" and tag != "a"):
            yield value
        elif attribute == "style" or space != _XHTML:
            yield from _css_addresses(value)


def _css_addresses(css: str) -> Iterator[str]:
    """Yield the addresses that CSS loads, or the text found where an address cannot be read."""
    for found in _LOADS.finditer(_ESCAPE.sub(_unescaped, css)):
        yield found["address"] or found[0]


def _unescaped(escape: re.Match[str]) -> str:
    code, character = escape.groups()
    if code is None:
        return str(character)
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
