"""Finds where the pages of a PDF begin, and marks these places in the text of an EPUB.

A page start is an element of the tree and a number of letters in that element's own text, without
its children's.  Letters stay the same however lines are broken, hyphenated or capitalised.
If two cells of one row both run on to the next page, they keep the order of the tree.

The boxes of pages are private parts of the renderer.  Their text is compared with the tree letter
by letter, so a version of the renderer that works in another way is noticed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from publish.editions.pdf.fitting.floats import find_floated
from publish.errors import BuildError
from publish.files import FileContent
from publish.visible import shorten

__all__ = [
    "PageStart",
    "Pagination",
    "WrittenEdition",
    "fill_page_starts",
    "find_page_starts",
    "find_unfilled_starts",
    "mark_pages",
    "number_elements",
    "own_letters",
    "read_text_order",
]

PageStart = tuple[int, int]
"""The number of an element in the order of the document, and a number of letters in its text."""

TOGETHER = 1000
"""The texts of how many elements go into a digest at once."""

TEXT, IMAGES = "TextBox", ("InlineReplacedBox", "BlockReplacedBox")
ADDED = re.compile("::(?!first-letter)")
"""Boxes of what style sheets add; the box of a `::first-letter` holds text of the document."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """The start of each page, and a digest of the text that was laid out."""

    starts: tuple[PageStart, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class WrittenEdition:
    """The finished file of an edition; `pages` says where the pages of a PDF begin.

    `lost` are lines of a PDF that some programs cannot find, so that it claims less.  What was
    written to a `file` is not in memory: `data` is empty.
    """

    data: bytes
    pages: Pagination | None = None
    lost: tuple[str, ...] = ()
    file: FileContent | None = None


@dataclass(frozen=True, slots=True)
class TextOrder:
    """The number of each element of a tree, and the digest of its text, before any are moved.

    `moved` are those that are moved then, with which no page begins.
    """

    numbers: Mapping[Any, int]
    digest: str
    moved: frozenset[Any] = frozenset()


def read_text_order(root: Any) -> TextOrder:
    """Return the order of the text in a tree."""
    return TextOrder(number_elements(root), digest_text(root))


def number_elements(root: Any) -> dict[Any, int]:
    """Return the number of each element of a tree, the same before and after it is written."""
    return {element: number for number, element in enumerate(_elements(root))}


def find_page_starts(pages: Iterable[Any], root: Any, order: TextOrder | None = None) -> Pagination:
    """Return where each page of a finished layout begins; `root` is the tree that was laid out.

    `order` is that of its text before parts of it were moved, if any were.

    Raises BuildError (code `pdf-hidden`) if the text of the pages differs from that of the tree.
    """
    order = order or read_text_order(root)
    return Pagination(fill_page_starts(find_unfilled_starts(pages, root, order)), order.digest)


def find_unfilled_starts(
    pages: Iterable[Any], root: Any, order: TextOrder
) -> tuple[PageStart | None, ...]:
    """Return where each page of a part begins, None for one without any text of its own.

    Raises BuildError (code `pdf-hidden`) as `find_page_starts` does.
    """
    shown: dict[Any, str] = defaultdict(str)
    floated = _Floated.of(root, order)
    elsewhere = order.moved | floated.elements
    starts: list[PageStart | None] = []
    heads: set[Any] = set()
    for number, page in enumerate(pages):
        start: PageStart | None = None
        seen: set[Any] = set()
        for box in _boxes(page, heads, seen):
            if box.element not in order.moved:
                floated.note(order.numbers[box.element], number)
            if start is None and box.element not in elsewhere:
                start = (order.numbers[box.element], len(shown[box.element]))
            if type(box).__name__ == TEXT:
                shown[box.element] += letters(box.text)
        heads |= seen
        starts.append(start)
    _compare(root, shown)
    return tuple(floated.begin(number, start) for number, start in enumerate(starts))


@dataclass(frozen=True, slots=True)
class _Floated:
    """The pictures that have moved past the text after them, and the page of each element.

    `spans` has the first and the last number of the elements of each.
    """

    elements: frozenset[Any]
    spans: tuple[tuple[int, int], ...]
    first: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any, order: TextOrder) -> _Floated:
        pictures = [picture for picture, _ in find_floated(root)]
        numbers = [[order.numbers[one] for one in picture.iter()] for picture in pictures]
        inner = (one for picture in pictures for one in picture.iter())
        return cls(frozenset(inner), tuple((min(ns), max(ns)) for ns in numbers))

    def note(self, number: int, page: int) -> None:
        """Note the page on which an element is first shown."""
        if self.spans:
            self.first.setdefault(number, page)

    def begin(self, page: int, start: PageStart | None) -> PageStart | None:
        """Return the start of a page; a picture that no page after its text has may be one."""
        for first, last in self.spans:
            shown = [n for n in range(first, last + 1) if self.first.get(n) == page]
            later = min((at for n, at in self.first.items() if n > last), default=page)
            if shown and later >= page and (start is None or (shown[0], 0) < start):
                start = (shown[0], 0)
        return start


def fill_page_starts(starts: Sequence[PageStart | None]) -> tuple[PageStart, ...]:
    """Return the start of each page; one without any begins where the next does.

    Empty are left pages before a chapter, and the last page of a brief if it has only the imprint.
    """
    found: list[PageStart] = []
    last = next((start for start in reversed(starts) if start), (0, 0))
    for start in reversed(starts):
        found.append(start or (found[-1] if found else last))
    return tuple(reversed(found))


def _boxes(box: Any, heads: set[Any], seen: set[Any]) -> Iterator[Any]:
    """Yield the boxes of text and images in the order of the page, without what style sheets add.

    A table head that an earlier page has already shown is left out, and so are ornaments, which a
    page cannot be cited by.
    """
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind == "MarginBox" or ADDED.search(child.element_tag or ""):
            continue
        if getattr(child, "is_header", False):
            if child.element in heads:
                continue
            seen.add(child.element)
        if _is_told(child) if kind in IMAGES else kind == TEXT and letters(child.text):
            yield child
        else:
            yield from _boxes(child, heads, seen)


def _is_told(image: Any) -> bool:
    """Return whether an image is part of what is read aloud; an ornament is not."""
    element = image.element
    return element.get("role") != "presentation" or bool(element.get("alt"))


def _compare(root: Any, shown: Mapping[Any, str]) -> None:
    for element in _elements(root.find("body")):
        if element.tag == "img":
            continue
        there = shown.get(element, "")
        if there != own_letters(element):
            text = " ".join(_read_own(element).split())
            part = "only a part of this text" if there else "nothing of this text"
            raise BuildError(
                f"the PDF shows {part}: “{shorten(text, 60)}”",
                hint="look in templates/theme.css, and other style sheets and templates of yours, "
                "for what hides text, such as display, position, font-size or max-lines; if you "
                "have none, this is a bug: please report it",
                code="pdf-hidden",
            )


# --------------------------------------------------------------------------- text


@lru_cache(maxsize=1024)
def letters(text: str) -> str:
    """Return the letters and digits of a text, with case folded."""
    if not text.isascii():
        text = _SIGNS.sub("", text)
    if text.isascii():
        return text.lower().encode().translate(None, _ASCII_SIGNS).decode()
    return "".join(filter(str.isalnum, text.casefold()))


_SIGNS = re.compile("[\u00a0\u00ab\u00bb\u2010-\u201e\u2026]+")
"""The signs beyond ASCII that a text has most often; without them many texts are ASCII."""

_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def own_letters(element: Any) -> str:
    """Return the letters of an element's own text, without those of its children."""
    return letters(_read_own(element))


def digest_text(root: Any) -> str:
    """Return a digest of the text of a tree, element by element."""
    digest = hashlib.sha256()
    texts = (f"{own_letters(element)}\0" for element in _elements(root))
    while some := "".join(islice(texts, TOGETHER)):
        digest.update(some.encode())
    return digest.hexdigest()


def _read_own(element: Any) -> str:
    text: str = element.text or ""
    for child in element:
        text += child.tail or ""
    return text


def _elements(root: Any) -> Iterator[Any]:
    """Yield the elements in order, without comments, places of paragraph numbers, and breaks."""
    return (
        element
        for element in root.iter()
        if isinstance(element.tag, str) and element.get("class") not in ("number", "wrap")
    )


# --------------------------------------------------------------------------- marks


def mark_pages(root: Any, pagination: Pagination, marks: Sequence[Any]) -> list[Any]:
    """Put a mark at the beginning of each page; return the elements that hold the page starts.

    `marks` are elements, one for each page.  If a page begins within a word, its mark is put before
    the word.  Raises BuildError if the tree has another text than the PDF.
    """
    if pagination.digest != digest_text(root):
        raise BuildError("the page numbers belong to another text than the tree")
    elements = list(_elements(root))
    homes = [elements[number] for number, _ in pagination.starts]
    for home, (_, count), mark in zip(homes, pagination.starts, marks, strict=True):
        _insert(home, count, mark)
    return homes


def _insert(home: Any, count: int, mark: Any) -> None:
    """Put a mark after `count` letters of an element's own text, or before an image."""
    if home.tag.endswith("}img"):
        home.addprevious(mark)
        return
    for child in (None, *home):
        text = (home.text if child is None else child.tail) or ""
        if count < len(letters(text)):
            cut = _word_start(text, _offset(text, count))
            mark.tail = text[cut:]
            if child is None:
                home.text = text[:cut]
                home.insert(0, mark)
            else:
                child.tail = text[:cut]
                home.insert(home.index(child) + 1, mark)
            return
        count -= len(letters(text))
    raise BuildError("a page begins after the end of its text")


def _offset(text: str, count: int) -> int:
    """Return the offset of the letter after `count` others; a character may fold to several."""
    for offset, character in enumerate(text):
        count -= len(letters(character))
        if count < 0:
            return offset
    return len(text)


def _word_start(text: str, offset: int) -> int:
    """Return the start of the word at an offset, with the quotes and brackets that open it."""
    while offset and text[offset - 1].isalnum():
        offset -= 1
    while offset and unicodedata.category(text[offset - 1]) in {"Ps", "Pi"}:
        offset -= 1
    return offset
