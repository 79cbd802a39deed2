"""Fills in the page numbers of the contents, once the pages of all parts are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

__all__ = ["LINE_OF_CONTENTS", "fill_numbers", "take_numbers"]

LINE_OF_CONTENTS = re.compile(r"target-counter\(attr\(data-target url\), page, ([\w-]+)\)")
"""The page number in a line of contents, in a style sheet."""

NUMBER = "data-page"


def take_numbers(css: str) -> str:
    """Return a style sheet that takes the numbers in contents from an attribute."""
    return LINE_OF_CONTENTS.sub(f"attr({NUMBER})", css)


def fill_numbers(tree: Element, css: str, pages: Mapping[str, int]) -> None:
    """Set that attribute in a tree; `pages` are the numbers of pages by the ids on them."""
    from weasyprint.html import UA_COUNTER_STYLE  # type: ignore[import-untyped]

    found = LINE_OF_CONTENTS.search(css)
    if found is None:
        return
    digits = UA_COUNTER_STYLE.copy()
    for element in tree.iter():
        target = element.get("data-target", "").removeprefix("#")
        if target in pages:
            element.set(NUMBER, digits.render_value(pages[target], found[1]))
