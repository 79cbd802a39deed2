"""Compares the parts of a finished EPUB with those that source, catalogs and templates make today.

What a reader can see, hear or load is in the parts: title page, imprint, nav, NCX, metadata, style
sheet, images.  Each difference has the code of its kind: a text, a language, a link, an image.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest

from lxml import etree

from publish.containers.xmltrees import has_declarations
from publish.editions.audit.opened import CONTAINER, OpenedBook, shorten_line
from publish.model import Finding

__all__ = ["MOST_DIFFERENCES", "compare_books", "compare_trees"]

MOST_DIFFERENCES = 5
"""The most differences told of one part."""

_CODES = {
    "lang": "built-language",
    "dir": "built-language",
    "href": "built-link",
    "src": "built-image",
    "alt": "built-image",
    "id": "built-ids",
    "hidden": "built-hidden",
    "aria-hidden": "built-hidden",
    "class": "built-hidden",
    "style": "built-hidden",
}
"""The code of a difference in an attribute; that of other attributes is that of the part."""

Difference = tuple[str, str]


def compare_books(found: OpenedBook, wanted: OpenedBook) -> Iterator[Finding]:
    """Yield where the parts of a book differ from those wanted."""
    for name in sorted(wanted.contents.keys() - found.contents.keys()):
        yield found.wrong("built-container", f"{name} is missing")
    for name in sorted(found.contents.keys() - wanted.contents.keys()):
        yield found.wrong("built-container", f"{name} does not belong to the book")
    for name, content in wanted.contents.items():
        if found.contents.get(name, content) == content:
            continue
        if name in found.trees and name in wanted.trees:
            found_here = compare_trees(_code(name), found.trees[name], wanted.trees[name])
            for code, message in islice(found_here, MOST_DIFFERENCES):
                yield found.wrong(code, f"{name}: {message}")
        elif name.endswith((".png", ".jpg", ".jpeg", ".gif", ".webp")):
            yield found.wrong("built-image", f"{name}: this is another image")
        else:
            yield found.wrong("built-part", f"{name} differs{_first_line(found, wanted, name)}")


def _first_line(found: OpenedBook, wanted: OpenedBook, name: str) -> str:
    """Return the first line of a style sheet that differs; empty for other files."""
    sheets = [book.styles.get(name, "").splitlines() for book in (found, wanted)]
    pairs = zip_longest(*sheets, fillvalue="")
    return next((f": {shorten_line(one or two)}" for one, two in pairs if one != two), "")


def compare_trees(code: str, found: etree._Element, wanted: etree._Element) -> Iterator[Difference]:
    """Yield code and message of each difference; `code` is that of a text that differs."""
    documents = [tree.getroottree().docinfo for tree in (found, wanted)]
    if has_declarations(found) or len({one.internalDTD is None for one in documents}) > 1:
        yield "built-part", "the document type differs"
    if documents[0].encoding != documents[1].encoding:
        yield "built-part", f"its letters are stored as {documents[0].encoding}"
    yield from _compare(code, found, wanted)


def _code(name: str) -> str:
    if name == CONTAINER:
        return "built-container"
    return {"opf": "built-metadata", "ncx": "built-nav"}.get(name.rpartition(".")[2], "built-text")


def _compare(code: str, found: etree._Element, wanted: etree._Element) -> Iterator[Difference]:
    """Yield differences of two elements and of all in them, those of the element first."""
    if found.tag != wanted.tag:
        shown = shorten_line(_words(found))
        yield code, f"{_named(found)} “{shown}” is there instead of {_named(wanted)}"
        return
    for key in sorted({*map(str, found.attrib), *map(str, wanted.attrib)}):
        one, other = found.get(key), wanted.get(key)
        if one != other:
            short = str(key).rpartition("}")[2]
            own = "built-part" if code == "built-text" else code
            message = f"{_named(wanted)} has {short} {_quoted(one)}, not {_quoted(other)}"
            yield _CODES.get(short, own), message
    for one, other in ((found.text, wanted.text), *_tails(found, wanted)):
        if (one or "") != (other or ""):
            yield code, f"the text is {_quoted(one)}, not {_quoted(other)}"
    for child, twin in zip_longest(found, wanted):
        if child is None or twin is None:
            which = "missing" if child is None else "added"
            node = twin if child is None else child
            words = shorten_line(_words(node))
            yield code, f"{_named(node)} “{words}” is {which}"
            return
        yield from _compare(code, child, twin)


def _tails(
    found: etree._Element, wanted: etree._Element
) -> Iterator[tuple[str | None, str | None]]:
    for one, other in zip(found, wanted, strict=False):
        yield one.tail, other.tail


def _words(node: etree._Element) -> str:
    return "".join(map(str, node.itertext())) if isinstance(node.tag, str) else ""


def _named(node: etree._Element) -> str:
    return (
        f"<{etree.QName(node).localname}>" if isinstance(node.tag, str) else "a comment or entity"
    )


def _quoted(text: str | None) -> str:
    return "missing" if text is None else f"“{shorten_line(text)}”"
