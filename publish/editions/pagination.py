"""Where the pages of a PDF begin in the tree they were laid out from, and marks for it in a book.

A place is an element of the tree and a number of letters in that element's own text, its
children's left out: what is the same however lines were broken, hyphenated or capitalised.
Two cells of one row that both run on to the next page keep their own order, not the page's.

The boxes walked here are the renderer's private business.  What they hold is compared with the
tree letter by letter, so that another version that tells something else is noticed.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.errors import BuildError

__all__ = ["PageStart", "Pagination", "Written", "mark_pages", "own_letters", "pagination_of"]

PageStart = tuple[int, int]
"""The number of an element in the order of the document, and of letters in its own text."""

TEXT, IMAGES = "TextBox", ("InlineReplacedBox", "BlockReplacedBox")


@dataclass(frozen=True, slots=True)
class Pagination:
    """The place each page begins at, and a digest of the text that was laid out."""

    starts: tuple[PageStart, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Written:
    """The finished file of an edition, and where the pages of a PDF begin."""

    data: bytes
    pages: Pagination | None = None


def pagination_of(pages: Iterable[Any], root: Any) -> Pagination:
    """Where each page of a finished layout begins; `root` is the tree it was made from.

    Raises BuildError where the boxes do not hold the very text of the tree.
    """
    numbers = {element: number for number, element in enumerate(_elements(root))}
    told: dict[Any, str] = defaultdict(str)
    starts: list[PageStart] = []
    heads: set[Any] = set()
    for page in pages:
        start: PageStart | None = None
        seen: set[Any] = set()
        for box in _boxes(page, heads, seen):
            if start is None:
                start = (numbers[box.element], len(told[box.element]))
            if type(box).__name__ == TEXT:
                told[box.element] += letters(box.text)
        heads |= seen
        starts.append(start or (starts[-1] if starts else (0, 0)))
    _compare(root, told)
    return Pagination(tuple(starts), text_digest(root))


def _boxes(box: Any, heads: set[Any], seen: set[Any]) -> Iterator[Any]:
    """Boxes of text and images in the order of the page, without what style sheets add.

    A table's head that is repeated was met on an earlier page, and is left out.
    """
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind == "MarginBox" or "::" in (child.element_tag or ""):
            continue
        if getattr(child, "is_header", False):
            if child.element in heads:
                continue
            seen.add(child.element)
        if kind in IMAGES or (kind == TEXT and letters(child.text)):
            yield child
        else:
            yield from _boxes(child, heads, seen)


def _compare(root: Any, told: Mapping[Any, str]) -> None:
    for element in _elements(root.find("body")):
        if element.tag == "img":
            continue
        wanted = own_letters(element)
        if told.get(element, "") != wanted:
            raise BuildError(
                "the pages of the PDF do not hold the text they were made from: "
                f"“{told.get(element, '')[:60]}” for “{wanted[:60]}”",
                hint="please report this, with the version of WeasyPrint",
            )


# --------------------------------------------------------------------------- text


def letters(text: str) -> str:
    """The letters and digits of a text, without difference of case."""
    return "".join(filter(str.isalnum, text.casefold()))


def own_letters(element: Any) -> str:
    """The letters of an element's own text, its children's left out."""
    return letters("".join(text for text in _own_texts(element) if text))


def text_digest(root: Any) -> str:
    """A digest of all text of a tree, element by element."""
    digest = hashlib.sha256()
    for element in _elements(root):
        digest.update(f"{own_letters(element)}\0".encode())
    return digest.hexdigest()


def _own_texts(element: Any) -> Iterator[str | None]:
    yield element.text
    for child in element:
        yield child.tail


def _elements(root: Any) -> Iterator[Any]:
    """The elements of a tree in order; not comments, nor what only shows a paragraph's number."""
    return (
        element
        for element in root.iter()
        if isinstance(element.tag, str) and element.get("class") != "number"
    )


# --------------------------------------------------------------------------- marks


def mark_pages(root: Any, pagination: Pagination, marks: Sequence[Any]) -> list[Any]:
    """Puts a mark at the beginning of each page; returns the elements they were put into.

    `marks` are elements, one for each page.  A page that begins within a word is marked before
    the word.  Raises BuildError for a tree of another text.
    """
    if pagination.digest != text_digest(root):
        raise BuildError("the pages that were counted are those of another text")
    elements = list(_elements(root))
    homes = [elements[number] for number, _ in pagination.starts]
    for home, (_, count), mark in zip(homes, pagination.starts, marks, strict=True):
        _insert(home, count, mark)
    return homes


def _insert(home: Any, count: int, mark: Any) -> None:
    """Puts a mark behind so many letters of an element's own text, or before an image."""
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
    raise BuildError("a page begins behind the end of its text")


def _offset(text: str, count: int) -> int:
    """The offset of the letter behind so many others; one character may fold to several."""
    for offset, character in enumerate(text):
        count -= len(letters(character))
        if count < 0:
            return offset
    return len(text)


def _word_start(text: str, offset: int) -> int:
    """The start of the word a letter stands in, with the quotes and brackets that open it."""
    while offset and text[offset - 1].isalnum():
        offset -= 1
    while offset and unicodedata.category(text[offset - 1]) in {"Ps", "Pi"}:
        offset -= 1
    return offset
