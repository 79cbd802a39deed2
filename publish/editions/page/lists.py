"""Writes the element of a list and counts its items: digits, letters, roman numerals."""

from __future__ import annotations

from publish.editions.page.xhtml import Element, add_child
from publish.languages.language import Language
from publish.model import ListBlock

__all__ = ["count_item", "start_list"]

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
COUNTERS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""The counter style of each `type` of `ol`."""


def start_list(parent: Element, block: ListBlock) -> Element:
    """Add the element of a list, without its items."""
    if block.start is None:
        tasks = any(item.done is not None for item in block.items)
        return add_child(parent, "ul", **({"class_": "tasks"} if tasks else {}))
    element = add_child(parent, "ol")
    if block.numbering != "1":
        element.set("class", COUNTERS[block.numbering])
        element.set("type", block.numbering)
    if block.start != 1:
        element.set("start", str(block.start))
        # WeasyPrint reads the style, not the attribute.
        element.set("style", f"counter-reset: list-item {block.start - 1}")
    return element


def count_item(number: int, numbering: str, language: Language) -> str:
    """Return the number of an item as its list counts; letters are Latin in every language."""
    match numbering:
        case "a" | "A" if number > 0:
            text = _letters(number)
        case "i" | "I" if number > 0:
            text = _roman(number)
        case _:
            return language.numeral(number)
    return text.upper() if numbering.isupper() else text


def _letters(number: int) -> str:
    """Return a, b, … z, aa, ab …"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for value, letter in ROMAN:
        times, number = divmod(number, value)
        letters += letter * times
    return letters
