"""Write XML as text: elements with escaped content, and each on its own line where that is safe.

XML cannot contain all characters; callers find those first, with `xmlcharacters.py`.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "DECLARATION",
    "escape_characters",
    "join_lines",
    "write_element",
    "write_empty_element",
]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def escape_characters(text: str) -> str:
    """Return the text escaped for XML; carriage returns too, since XML readers drop bare ones."""
    return escape(text, {"\r": "&#13;"})


def write_element(name: str, content: str = "", /, **attributes: str) -> str:
    """Return an element with content that is already XML; `xml_lang` is written `xml:lang`.

    Attributes without a value are left out.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', ':')}={quoteattr(value)}"
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{content}</{name}>"


def write_empty_element(name: str, /, **attributes: str) -> str:
    """Return an element without content."""
    return write_element(name, **attributes).removesuffix(f"></{name}>") + "/>"


def join_lines(*parts: str) -> str:
    """Return elements on lines of their own, for the content of an element that has no text."""
    return "".join(f"\n{part}" for part in parts if part) + "\n"
