"""Takes the numbers that go on through a book out of a part, so that it depends on no other part.

A new paragraph or note gives other numbers to all that follow, in all parts.  So a part is laid
out, and kept, with zeros: as many as each number has digits.  Its own digits take their places
afterwards, which moves nothing as long as they are as wide as zeros (`digits.py`, `filling.py`).
Ids and the links to them have numbers, too; in a part they have names of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    "find_zeros",
    "is_masked",
    "read_number",
]

NumberKind = Literal["paragraph", "call", "note"]
"""What shows a number: a paragraph beside its text, the call of a note, or a note itself."""

Zeros = frozenset[tuple[NumberKind, str]]
"""The zeros that can stand for the digits of numbers, each with the kind of these."""

NUMBER = "data-number"

_ROLES: Mapping[str, NumberKind] = {"doc-noteref": "call", "doc-backlink": "note"}
"""The links that show the number of a note."""

_NAME = re.compile(r"(p|note-|mark-)([0-9]+)(\..*)?")
"""The id of a paragraph, a note or its first call; in two languages, that of the second ends with
its language."""

_LINKED = ("note-", "mark-")
"""The ids that texts of our own lead to, by which no author can lead to anything."""

_SHOWN = re.compile(r"\.number::before\s*\{\s*content:\s*attr\(data-number\)")
"""Our own rule that shows a number."""

_ADDRESS = re.compile(r"\[\s*href\s*\^=\s*[\"']?(?:https?:?|mailto:?)\b")
"""A rule for links to other places."""

_NAMED = re.compile(
    r"data-number|\[\s*(?:id|href)\b|attr\(\s*(?:id|href)\b|#(?:p|note-|mark-)[0-9]", re.IGNORECASE
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

    `ids` are those that its attributes have names for, by these.
    """

    attributes: Mapping[str, str]
    text: str | None = None
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


def find_zeros(root: Element, css: str) -> Zeros:
    """Return the zeros that can stand for numbers of a document.

    There is none if a rule of its style sheet goes by the numbers.  A font may be cut to the
    letters of the text, so all digits of a kind must be in it; those of ASCII always are.
    """
    if _NAMED.search(_ADDRESS.sub("[", _SHOWN.sub("", css))):
        return frozenset()
    known: defaultdict[str, set[str]] = defaultdict(set)
    found: set[tuple[NumberKind, str]] = set()
    for element in root.iter():
        kind, number = read_number(element)
        if kind and (zero := _find_zero(number)):
            known[zero].update(number)
            found.add((kind, zero))
    return frozenset(one for one in found if one[1] == "0" or len(known[one[1]]) == 10)


def read_number(element: Element) -> tuple[NumberKind | None, str]:
    """Return the number that an element shows, and its kind; None if it shows none."""
    if element.get("class") == "number":
        return "paragraph", element.get(NUMBER, "")
    if element.tag == "a" and (kind := _ROLES.get(element.get("role", ""))) and not len(element):
        return kind, element.text or ""
    return None, ""


def _find_zero(number: str) -> str:
    """Return the zero of the digits of a number; nothing if it has other signs."""
    zeros = {chr(ord(one) - unicodedata.decimal(one, -1)) for one in number if one.isdecimal()}
    return zeros.pop() if len(zeros) == 1 and number.isdecimal() else ""


def is_masked(element: Element, zeros: Zeros) -> bool:
    """Return whether an element shows a number in whose place there are zeros in a part."""
    return bool(_mask_number(element, zeros))


def _mask_number(element: Element, zeros: Zeros) -> str:
    """Return the zeros in the place of the number of an element; nothing if it has its own."""
    kind, number = read_number(element)
    zero = _find_zero(number) if kind else ""
    return zero * len(number) if (kind, zero) in zeros else ""


def find_masks(elements: Iterable[Element], zeros: Zeros) -> dict[Element, Mask]:
    """Return what the elements of a part have instead of their numbers."""
    return dict(_find_masks(elements, zeros)) if zeros else {}


def _find_masks(elements: Iterable[Element], zeros: Zeros) -> Iterator[tuple[Element, Mask]]:
    linked = any(kind != "paragraph" for kind, _ in zeros)
    names = _Names(("p", *_LINKED) if linked else ("p",))
    for element in elements:
        attributes: dict[str, str] = {}
        ids: dict[str, str] = {}
        for key, sign in (("id", ""), ("href", "#")):
            own = element.get(key, "")
            if own[:1] == sign or not sign:
                name = names.find(own[len(sign) :], is_link=bool(sign))
                if name:
                    attributes[key], ids[name] = f"{sign}{name}", own[len(sign) :]
        kind, _ = read_number(element)
        masked = _mask_number(element, zeros)
        text = None
        if masked and kind == "paragraph":
            attributes[NUMBER] = masked
        elif masked:
            text = masked
        elif NUMBER in element.attrib and kind is None:
            attributes[NUMBER] = ""  # It is shown by an element of its own.
        if attributes or text is not None:
            yield element, Mask(attributes, text, ids)


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
        group = "p" if found[1] == "p" else "note"  # A note and its call have the same number.
        at = self.known.setdefault((group, found[2]), len(self.known))
        return f"{found[1]}#{at}{found[3] or ''}"


def find_numbers(elements: Iterable[Element], zeros: Zeros) -> PartNumbers:
    """Return the numbers in whose place the elements of a part have others."""
    shown: list[str] = []
    ids: dict[str, str] = {}
    for element, mask in find_masks(elements, zeros).items():
        ids.update(mask.ids)
        if is_masked(element, zeros):
            shown.append(read_number(element)[1])
    return PartNumbers(tuple(shown), ids)
