"""Takes the numbers of paragraphs out of a part, so that it does not depend on other parts.

A new paragraph gives other numbers to all that follow, in all parts.  So a part is laid out, and
kept, with zeros: as many as each number has digits.  Its own digits take their places afterwards,
which moves nothing as long as they are as wide as zeros (`digits.py`, `filling.py`).  The ids of
paragraphs have their numbers, too; in a part they have names of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

__all__ = [
    "PartNumbers",
    "find_masks",
    "find_numbers",
    "find_zeros",
    "is_masked",
]

NUMBER = "data-number"

_ID = re.compile(r"p[0-9]+(?:\..*)?")
"""The id of a paragraph; in two languages, that of the second ends with its language."""

_SHOWN = re.compile(r"\.number::before\s*\{\s*content:\s*attr\(data-number\)")
"""Our own rule that shows a number."""

_NAMED = re.compile(r"data-number|\[\s*id\b|attr\(\s*id\b|#p[0-9]", re.IGNORECASE)
"""What a rule has that goes by the number of a paragraph, or shows it elsewhere."""


@dataclass(frozen=True, slots=True)
class PartNumbers:
    """The numbers that a part shows, in their order, and the ids of its paragraphs by their names.

    Those that are hidden, as in notes, belong to them.
    """

    shown: tuple[str, ...]
    ids: Mapping[str, str]


def find_zeros(root: Element, css: str) -> frozenset[str]:
    """Return the zeros that can stand for numbers of a document: one for each kind of digits.

    There is none if a rule of its style sheet goes by the numbers.  A font may be cut to the
    letters of the text, so all digits of a kind must be in it; those of ASCII always are.
    """
    if _NAMED.search(_SHOWN.sub("", css)):
        return frozenset()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for element in root.iter():
        number = element.get(NUMBER, "")
        if zero := _find_zero(number):
            found[zero].update(number)
    return frozenset(zero for zero, known in found.items() if zero == "0" or len(known) == 10)


def _find_zero(number: str) -> str:
    """Return the zero of the digits of a number; nothing if it has other signs."""
    zeros = {chr(ord(one) - unicodedata.decimal(one, -1)) for one in number if one.isdecimal()}
    return zeros.pop() if len(zeros) == 1 and number.isdecimal() else ""


def is_masked(element: Element, zeros: frozenset[str]) -> bool:
    """Return whether an element shows a number in whose place there are zeros in a part."""
    return element.get("class") == "number" and _find_zero(element.get(NUMBER, "")) in zeros


def find_masks(elements: Iterable[Element], zeros: frozenset[str]) -> dict[Element, dict[str, str]]:
    """Return what the elements of a part have instead of their numbers: attributes by element."""
    found: dict[Element, dict[str, str]] = {}
    count = 0
    for element in elements if zeros else ():
        masks = {}
        if _ID.fullmatch(element.get("id", "")):
            masks["id"] = f"p#{count}"
            count += 1
        if is_masked(element, zeros):
            number = element.attrib[NUMBER]
            masks[NUMBER] = _find_zero(number) * len(number)
        elif NUMBER in element.attrib and element.get("class") != "number":
            masks[NUMBER] = ""  # It is shown by an element of its own.
        if masks:
            found[element] = masks
    return found


def find_numbers(elements: Iterable[Element], zeros: frozenset[str]) -> PartNumbers:
    """Return the numbers in whose place the elements of a part have others."""
    shown, ids = [], {}
    for element, masks in find_masks(elements, zeros).items():
        if "id" in masks:
            ids[masks["id"]] = element.attrib["id"]
        if is_masked(element, zeros):
            shown.append(element.attrib[NUMBER])
    return PartNumbers(tuple(shown), ids)
