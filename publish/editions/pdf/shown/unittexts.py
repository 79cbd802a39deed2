"""Says which sentences each text of an edition belongs to, though the edition has no marks of them.

Marks would be elements of their own in a paragraph, and change where its lines end.  So a second
tree of the same text has the marks, and the letters of the two are laid side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from publish.editions.page.xhtml import UNIT, XHTML_NS, Element
from publish.editions.pagination import number_elements

__all__ = ["Ids", "UnitPiece", "UnitTexts", "read_unit_texts"]

Ids = tuple[str, ...]
"""The ids of the sentences that one text translates; none for words of the edition itself."""

OBJECT = "\ufffc"
"""What stands for an image among the letters."""

_HTML = f"{{{XHTML_NS}}}"
_HEADINGS = frozenset(f"{_HTML}{tag}" for tag in ("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMES = (*_HEADINGS, f"{_HTML}figcaption", f"{_HTML}caption")
"""What names a section, figure or table in lists of them."""


class UnitPiece(NamedTuple):
    """A part of an element's own text, and the sentences it belongs to."""

    text: str
    ids: Ids


@dataclass(frozen=True, slots=True)
class UnitTexts:
    """The own text of each element in pieces, by the number of the element.

    An image has one piece.  `listed` are the numbers of elements in the contents and other lists,
    whose sentences have their place elsewhere.  `about` is the number of the imprint or, if there
    is none, of the cover.
    """

    pieces: Mapping[int, tuple[UnitPiece, ...]]
    listed: frozenset[int]
    about: int | None


def read_unit_texts(tree: Element, marked: Element) -> UnitTexts:
    """Return the sentences of an edition's tree; `marked` is that of the same text with marks.

    An element whose letters differ in the two trees, such as one of a template that shows how long
    a title is, belongs to no sentence.
    """
    numbers = number_elements(tree)
    found: dict[int, list[UnitPiece]] = {}
    others = {_name(part): part for part in _parts(marked)}
    for part in _parts(tree):
        other = others.get(_name(part))
        if other is not None:
            _align(part, other, numbers, found)
    listed = frozenset(_read_lists(tree, numbers, found))
    return UnitTexts(
        {number: tuple(pieces) for number, pieces in found.items()},
        listed,
        _find_about(tree, numbers),
    )


def _parts(tree: Element) -> Iterator[Element]:
    """Yield the parts of an edition: cover, imprint, lists, and the sections of its text."""
    body = tree.find(f"{_HTML}body")
    for part in () if body is None else body:
        if part.tag == f"{_HTML}main":
            yield from part
        else:
            yield part


def _name(part: Element) -> str:
    return part.get("id") or str(part.tag)


def _ids(element: Element) -> Ids:
    return tuple((element.get(UNIT) or "").split())


def _find_about(tree: Element, numbers: Mapping[Element, int]) -> int | None:
    found = {part.get("id"): numbers[part] for part in _parts(tree)}
    return found.get("edition-imprint", found.get("edition-cover"))


# --------------------------------------------------------------------------- letters side by side


def _runs(part: Element) -> Iterator[tuple[str, Element]]:
    """Yield the texts of a part in its order, each with the element whose own text it is."""
    for event, element in etree.iterwalk(part, events=("start", "end")):
        if event == "start":
            if element.tag == f"{_HTML}img":
                yield OBJECT, element
            yield element.text or "", element
        elif element is not part:
            yield element.tail or "", element.getparent()


def _marked_runs(part: Element) -> Iterator[tuple[str, Ids]]:
    """Yield the same texts, each with the sentences it belongs to."""
    above: list[Ids] = [()]
    for event, element in etree.iterwalk(part, events=("start", "end")):
        if event == "start":
            above.append(_ids(element) or above[-1])
            if element.tag == f"{_HTML}img":
                yield OBJECT, above[-1]
            yield element.text or "", above[-1]
        else:
            above.pop()
            if element is not part:
                yield element.tail or "", above[-1]


def _align(
    part: Element,
    marked: Element,
    numbers: Mapping[Element, int],
    found: dict[int, list[UnitPiece]],
) -> None:
    """Cut the texts of a part where its sentences end; where letters differ, those of its parts."""
    own = [(text, element) for text, element in _runs(part) if text]
    theirs = [(text, ids) for text, ids in _marked_runs(marked) if text]
    if "".join(text for text, _ in own) == "".join(text for text, _ in theirs):
        _join(own, theirs, numbers, found)
    elif [child.tag for child in part] == [child.tag for child in marked]:
        for child, other in zip(part, marked, strict=True):
            _align(child, other, numbers, found)


def _join(
    own: Iterable[tuple[str, Element]],
    theirs: Iterable[tuple[str, Ids]],
    numbers: Mapping[Element, int],
    found: dict[int, list[UnitPiece]],
) -> None:
    """Cut texts with the same letters as others where those belong to other sentences."""
    waiting = iter(theirs)
    left = ""
    ids: Ids = ()
    for text, element in own:
        pieces = found.setdefault(numbers[element], [])
        while text:
            if not left:
                left, ids = next(waiting)
            size = min(len(text), len(left))
            _add(pieces, text[:size], ids)
            text, left = text[size:], left[size:]


def _add(pieces: list[UnitPiece], text: str, ids: Ids) -> None:
    if pieces and pieces[-1].ids == ids:
        pieces[-1] = UnitPiece(pieces[-1].text + text, ids)
    else:
        pieces.append(UnitPiece(text, ids))


# --------------------------------------------------------------------------- contents


def _read_lists(
    tree: Element, numbers: Mapping[Element, int], found: dict[int, list[UnitPiece]]
) -> Iterator[int]:
    """Give the entries of contents and other lists the sentences of what they lead to.

    Yields the numbers of the elements that are changed.
    """
    named = {
        element.get("id"): element for element in tree.iter(etree.Element) if element.get("id")
    }
    for nav in tree.iter(f"{_HTML}nav"):
        for link in nav.iter(f"{_HTML}a"):
            target = named.get((link.get("href") or "").removeprefix("#") or " ")
            ids = () if target is None else _named_ids(target, numbers, found)
            for element in link.iter(etree.Element) if ids else ():
                number = numbers.get(element, -1)
                if number in found:
                    text = "".join(piece.text for piece in found[number])
                    found[number] = [UnitPiece(text, ids)]
                    yield number


def _named_ids(
    target: Element, numbers: Mapping[Element, int], found: Mapping[int, Sequence[UnitPiece]]
) -> Ids:
    """Return the sentences of the heading of a section, or of the caption of a figure."""
    name = next((one for one in target.iter(etree.Element) if one.tag in _NAMES), target)
    inner = (found.get(numbers.get(one, -1), ()) for one in name.iter(etree.Element))
    return tuple(dict.fromkeys(i for pieces in inner for piece in pieces for i in piece.ids))
