"""Takes the numbers that go on through a book out of a part, so that it depends on no other part.

A new paragraph, note, figure or table gives other numbers to all that follow, in all parts.  So a
part is laid out, and kept, with zeros: as many as each number has digits.  Its own digits take
their places afterwards, which moves nothing as long as they are as wide as zeros (`digits.py`,
`filling.py`).  Ids and the links to them have numbers, too; in a part they have names of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

__all__ = [
    "Mask",
    "NumberKind",
    "PartNumbers",
    "Zeros",
    "find_masks",
    "find_numbers",
    "find_targets",
    "find_zeros",
    "read_number",
]

NumberKind = Literal["paragraph", "call", "note", "caption", "link"]
"""What shows a number: a paragraph beside its text, the call of a note, or a note itself; the
caption of a figure or table, or a link to one."""

Zeros = frozenset[tuple[NumberKind, str]]
"""The zeros that can stand for the digits of numbers, each with the kind of these."""

NUMBER = "data-number"

_ROLES: Mapping[str, NumberKind] = {"doc-noteref": "call", "doc-backlink": "note"}
"""The links that show the number of a note."""

_NAME = re.compile(r"(p|note-|mark-|edition-(?:figure|table)-)([0-9]+)(\..*)?")
"""The id of a paragraph, a note or its first call, or what a list of figures or tables leads to; in
two languages, that of the second ends with its language."""

_NAMES: Mapping[NumberKind, tuple[str, ...]] = {
    "call": ("note-", "mark-"),
    "caption": ("edition-figure-", "edition-table-"),
}
"""How ids begin that have names in a part if numbers of a kind have zeros.  No text of an author
leads to them."""

_CAPTIONS = ("caption", "figcaption")

_DIGITS = re.compile(r"\d+")

_SHOWN = re.compile(r"\.number::before\s*\{\s*content:\s*attr\(data-number\)")
"""Our own rule that shows a number."""

_ADDRESS = re.compile(r"\[\s*href\s*\^=\s*[\"']?(?:https?:?|mailto:?)\b")
"""A rule for links to other places."""

_NAMED = re.compile(
    r"data-number|\[\s*(?:id|href)\b|attr\(\s*(?:id|href)\b|#(?:p|note-|mark-|edition-(?:figure|table)-)[0-9]",
    re.IGNORECASE,
)
"""What a rule has that goes by the number of a paragraph or note, or shows it elsewhere."""


@dataclass(frozen=True, slots=True)
class PartNumbers:
    """The numbers that a part shows, in their order, and the ids with numbers by their names in it.

    Numbers that are hidden, as those of paragraphs in notes, belong to them.
    """

    shown: tuple[str, ...]
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mask:
    """What an element of a part has instead of its own: attributes, and a text unless it is None.

    `number` is the number that it shows, nothing if it shows none or its own.  `ids` are those that
    its attributes have names for, by these.
    """

    attributes: Mapping[str, str]
    text: str | None = None
    number: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)

    def put_on(self, element: Element) -> None:
        """Change an element."""
        element.attrib.update(self.attributes)
        if self.text is not None:
            element.text = self.text

    def copy(self, element: Element) -> Element:
        """Return another element than this, with the same in it."""
        made = Element(element.tag, dict(element.attrib))
        made.text, made.tail = element.text, element.tail
        made.extend(element)
        self.put_on(made)
        return made


def find_zeros(root: Element, css: str, targets: Collection[str] = ()) -> Zeros:
    """Return the zeros that can stand for numbers of a document.

    There is none if a rule of its style sheet goes by the numbers.  A font may be cut to the
    letters of the text, so all digits of a kind must be in it; those of ASCII always are.
    """
    if _NAMED.search(_ADDRESS.sub("[", _SHOWN.sub("", css))):
        return frozenset()
    known: defaultdict[str, set[str]] = defaultdict(set)
    found: set[tuple[NumberKind, str]] = set()
    for _, kind, number in _list_numbers(root.iter(), targets):
        if kind and (zero := _find_zero(number)):
            known[zero].update(number)
            found.add((kind, zero))
    return frozenset(one for one in found if one[1] == "0" or len(known[one[1]]) == 10)


def find_targets(root: Element, parents: Mapping[Element, Element]) -> frozenset[str]:
    """Return the ids of the figures and tables of a document whose captions may have a number."""
    found = set()
    for caption in (one for one in root.iter() if one.tag in _CAPTIONS):
        around: Element | None = caption if [*_list_labels(caption)] else None
        while around is not None and around.tag != "section" and not around.get("id"):
            around = parents.get(around)
        if around is not None and around.tag != "section":
            found.add(around.get("id", ""))
    return frozenset(found)


def _list_labels(caption: Element) -> Iterator[Element]:
    """Yield what may have the number of a caption: in two languages, one for each."""
    for place in (caption, *caption):
        if len(place) and not (place.text or "").strip() and place[0].tag == "strong":
            yield place[0]


def read_number(element: Element) -> str:
    """Return the number that an element shows: its attribute for that, or the one in its text."""
    if element.get("class") == "number":
        return element.get(NUMBER, "")
    found: list[str] = _DIGITS.findall(element.text or "")
    return found[0] if len(found) == 1 else ""


def _list_numbers(
    elements: Iterable[Element], targets: Collection[str]
) -> Iterator[tuple[Element, NumberKind | None, str]]:
    """Yield elements in their order, each with the number that it shows, and the kind of that.

    The kind is None for one that shows none.
    """
    kinds: dict[Element, NumberKind] = {}
    listed: set[Element] = set()
    for element in elements:
        if element.get("class") == "number":
            kinds[element] = "paragraph"
        elif element.tag in _CAPTIONS:
            kinds.update((_find_text(label), "caption") for label in _list_labels(element))
        elif element.tag == "nav":
            listed.update(element.iter("a"))
        elif element.tag == "a" and element not in listed:
            if role := _ROLES.get(element.get("role", "")):
                kinds[_find_text(element)] = role
            elif element.get("href", "").removeprefix("#") in targets:
                kinds[_find_text(element)] = "link"
        kind = kinds.get(element)
        if kind is None or (kind != "paragraph" and len(element)):
            yield element, None, ""
        else:
            yield element, kind, read_number(element)


def _find_text(element: Element) -> Element:
    """Return the element that has all the text of one, as where it is in another language."""
    while len(element) == 1 and not (element.text or element[0].tail):
        element = element[0]
    return element


def _find_zero(number: str) -> str:
    """Return the zero of the digits of a number; nothing if it has other signs."""
    zeros = {chr(ord(one) - unicodedata.decimal(one, -1)) for one in number if one.isdecimal()}
    return zeros.pop() if len(zeros) == 1 and number.isdecimal() else ""


def find_masks(
    elements: Iterable[Element], zeros: Zeros, targets: Collection[str]
) -> dict[Element, Mask]:
    """Return what the elements of a part have instead of their numbers.

    `targets` are the ids of the figures and tables of the document.
    """
    return dict(_find_masks(elements, zeros, targets)) if zeros else {}


def _find_masks(
    elements: Iterable[Element], zeros: Zeros, targets: Collection[str]
) -> Iterator[tuple[Element, Mask]]:
    kinds = {kind for kind, _ in zeros}
    names = _Names(("p", *(one for kind in _NAMES if kind in kinds for one in _NAMES[kind])))
    for element, kind, number in _list_numbers(elements, targets):
        attributes: dict[str, str] = {}
        ids: dict[str, str] = {}
        for key, sign in (("id", ""), ("href", "#")):
            own = element.get(key, "")
            if own.startswith(sign) and (name := names.find(own[len(sign) :], is_link=key != "id")):
                attributes[key], ids[name] = f"{sign}{name}", own[len(sign) :]
        zero = _find_zero(number)
        text = None
        if kind is None or (kind, zero) not in zeros:
            number = ""
            if NUMBER in element.attrib and kind is None:
                attributes[NUMBER] = ""  # It is shown by an element of its own.
        elif kind == "paragraph":
            attributes[NUMBER] = zero * len(number)
        else:
            text = (element.text or "").replace(number, zero * len(number))
        if attributes or number:
            yield element, Mask(attributes, text, number, ids)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of ids in a part: numbers are counted from the first that is met in it."""

    beginnings: tuple[str, ...]
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def find(self, identifier: str, *, is_link: bool) -> str:
        """Return the name of an id, nothing for one without a number.

        Only an author can have written a link to a paragraph, with the number as it is.
        """
        found = _NAME.fullmatch(identifier)
        if found is None or found[1] not in self.beginnings or (is_link and found[1] == "p"):
            return ""
        group = "note" if found[1] in _NAMES["call"] else found[1]  # It and its call have the same.
        at = self.known.setdefault((group, found[2]), len(self.known))
        return f"{found[1]}#{at}{found[3] or ''}"


def find_numbers(
    elements: Iterable[Element], zeros: Zeros, targets: Collection[str] = ()
) -> PartNumbers:
    """Return the numbers in whose place the elements of a part have others."""
    masks = find_masks(elements, zeros, targets).values()
    ids = {name: own for mask in masks for name, own in mask.ids.items()}
    return PartNumbers(tuple(mask.number for mask in masks if mask.number), ids)
