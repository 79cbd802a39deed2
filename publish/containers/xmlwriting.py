"""XML as text: elements with escaped content, each on a line of its own where that changes nothing.

A character that XML cannot carry must be dealt with before: `find_unwritable` finds it.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["DECLARATION", "characters", "closed", "element", "find_unwritable", "lines"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def find_unwritable(text: str) -> str:
    """Return the first character of a text that XML 1.0 cannot carry (section 2.2), or nothing."""
    found = _UNWRITABLE.search(text)
    return found[0] if found else ""


def characters(text: str) -> str:
    """Return the text as XML; a carriage return by its number, since readers drop bare ones."""
    return escape(text, {"\r": "&#13;"})


def element(name: str, content: str = "", **attributes: str) -> str:
    """Return an element around content that is XML already; `xml_lang` is written `xml:lang`.

    Attributes without a value are left out.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', ':')}={quoteattr(value)}"
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{content}</{name}>"


def closed(name: str, **attributes: str) -> str:
    """Return an element without content."""
    return element(name, **attributes).removesuffix(f"></{name}>") + "/>"


def lines(*parts: str) -> str:
    """Return elements one below the other, for within an element that holds no text."""
    return "".join(f"\n{part}" for part in parts if part) + "\n"
