"""Finds long lines of code and lines torn by addresses, which only a layout shows.

A line of code that goes on below gets a break there and a sign at its edge, so that nobody takes it
for two.  A paragraph in which an address tears a line is set flush left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

__all__ = ["WRAP", "loosen_torn_lines", "mark_wraps"]

WRAP = "wrap"
"""The class of the empty element at a break; the style sheet adds the break and the sign."""


RAGGED = "ragged"
"""The class of a paragraph that is set flush left."""

TORN = 5.0
"""By how much a space may be wider in a line with an address, in CSS px."""


def mark_wraps(document: Any, root: Any) -> bool:
    """Put a mark at each place where a line of code goes on below; return whether there is one."""
    lines: defaultdict[Any, list[str]] = defaultdict(list)
    blocks = {code for block in root.iter("pre") for code in block.iter("code")}
    if not blocks:
        return False
    for page in document.pages:
        for box in _texts(page._page_box):
            if box.element in blocks:
                lines[box.element].append(box.text)
    changed = False
    for code, shown in lines.items():
        places = [] if len(code) else _find_breaks(code.text or "", shown)
        for at in reversed(places):
            mark = ElementTree.Element("span", {"class": WRAP, "aria-hidden": "true"})
            mark.tail, code.text = code.text[at:], code.text[:at]
            code.insert(0, mark)
            changed = True
    return changed


def loosen_torn_lines(document: Any, root: Any) -> bool:
    """Set paragraphs flush left in which an address tears a line; return whether there is one."""
    links = [link for link in root.iter("a") if link.get("class") == "address"]
    if not links:
        return False
    blocks = {
        inner: block
        for block in root.iter()
        if block.tag in ("p", "li", "dd")
        and any(link.get("class") == "address" for link in block.iter("a"))
        for inner in block.iter()
    }
    torn = {
        blocks[box.element]
        for page in document.pages
        for box in _texts(page._page_box)
        if box.justification_spacing > TORN and box.element in blocks
    }
    changed = False
    for block in torn:
        classes = block.get("class", "").split()
        if RAGGED not in classes:
            block.set("class", " ".join((*classes, RAGGED)))
            changed = True
    return changed


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "TextBox":
            if "::" not in (child.element_tag or ""):
                yield child
        else:
            yield from _texts(child)


def _find_breaks(text: str, shown: list[str]) -> list[int]:
    """Return where lines that do not fit are to break, at spaces where there are some.

    `shown` are the lines of a layout.  There is no break if they do not agree with the text.
    """
    wrapped, at, most = False, 0, 0
    for number, line in enumerate(shown):
        begun = at
        while not text.startswith(line, at) and text[at : at + 1].isspace():
            at += 1
        if not text.startswith(line, at):
            return []
        wrapped |= bool(number) and "\n" not in text[max(begun - 1, 0) : at]
        at += len(line)
        most = max(most, len(line.rstrip()))
    if not wrapped:
        return []
    return [place for line in re.finditer(".+", text) for place in _cut(line, most)]


def _cut(line: re.Match[str], most: int) -> Iterator[int]:
    """Yield where a line of code breaks if `most` characters fit."""
    text, at = line[0].rstrip(), 0
    while len(text) - at > most:
        space = text.rfind(" ", at + most * 2 // 3, at + most + 1)
        at = space + 1 if space >= 0 else at + most
        yield line.start() + at
