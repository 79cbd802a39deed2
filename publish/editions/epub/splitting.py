"""Splits sections that are too large for one page of a book: `split_section`.

Old readers are slow with large pages, or refuse them.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.editions.page.xhtml import NAMESPACES, XHTML_NS, Element

__all__ = ["LARGEST", "split_section"]

LARGEST = 250_000
"""The size of a page in bytes from which it is split at its headings, if it has some."""

SECTION = f"{{{XHTML_NS}}}section"


def split_section(section: Element) -> Iterator[Element]:
    """Yield a section, in several parts if it is too large and has sections within.

    The first part has its heading and id.  Sections that fit on a page together share a part.
    """
    inner = section.findall(SECTION)
    if not inner or _size(section) <= LARGEST:
        yield section
        return
    for one in inner:
        section.remove(one)
    part, filled = section, _size(section)
    for one in inner:
        for piece in split_section(one):
            size = _size(piece)
            if filled + size > LARGEST:
                yield part
                part, filled = etree.Element(SECTION, nsmap=NAMESPACES), 0
            part.append(piece)
            filled += size
    yield part


def _size(element: Element) -> int:
    return len(etree.tostring(element, encoding="utf-8", with_tail=False))
