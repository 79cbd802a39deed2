"""Says which texts run against the text around them as a whole: `find_text_direction`.

HTML leaves this to `dir="auto"`, which goes by the first letter.  Here all letters have to agree: a
Persian sentence that begins with an English name is Persian.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from publish.editions.page.addresses import shows_address
from publish.model import Inlines, Joint, Link, Text

__all__ = ["find_text_direction"]

RIGHT_TO_LEFT = (
    "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
LEFTWARD = re.compile(f"[{RIGHT_TO_LEFT}]")
"""Signs of scripts from right to left: the blocks that Unicode keeps for them."""

DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
"""Digits that only texts from right to left have."""


def find_text_direction(content: Inlines, direction: str) -> Literal["ltr", "rtl", ""]:
    """Return the direction of a text that is wholly in letters of the other; else nothing.

    `direction` is that of the text around it.  Code, formulas, addresses and note marks
    have no say, and a text without letters has no direction of its own.
    """
    text = "".join(_list_texts(content))
    if direction == "ltr":
        if LEFTWARD.search(text) is None:
            return ""
        return "rtl" if all(_kind(sign) != "L" for sign in text) else ""
    if LEFTWARD.search(text) or DIGITS.search(text):
        return ""
    return "ltr" if any(_kind(sign) == "L" for sign in text) else ""


@lru_cache(maxsize=4096)
def _kind(sign: str) -> str:
    return unicodedata.bidirectional(sign)


def _list_texts(content: Inlines) -> Iterator[str]:
    for node in content:
        if isinstance(node, Text | Joint):
            yield node.text
        elif not isinstance(node, Link) or not (node.bare or shows_address(node.children)):
            yield from _list_texts(getattr(node, "children", ()))
