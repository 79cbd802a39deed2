"""Writes addresses so that they break only where a reader can see that nothing was added.

They break after a slash and before other signs.  They never break after a hyphen: readers could
think that the line break added it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from publish.editions.page.xhtml import Element, add_child, add_text, make_element, write_within
from publish.model import Inlines, Joint, Text, plain

__all__ = ["is_plain", "shows_address", "write_address", "write_short_address"]

PIECE = re.compile(r"[.,_?#%&=~@:+-]*[^/.,_?#%&=~@:+-]*/*")
"""A piece of an address: signs, letters and digits, the slashes after them."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[\w-]+(?:\.[\w-]+)+")

LONGEST = 24
"""The letters of a piece that never breaks; a longer one may have to."""


def is_plain(content: Inlines) -> bool:
    """Return whether a text has no marks within it."""
    return all(isinstance(node, Text | Joint) for node in content)


def shows_address(content: Inlines) -> bool:
    """Return whether the text of a link is an address itself."""
    return is_plain(content) and bool(ADDRESS.fullmatch(plain(content)))


def write_address(link: Element, text: str) -> None:
    """Add an address to its link, in pieces between which a line may break."""
    head = re.match(r"[a-z]+:(?://)?", text)
    start = head.end() if head else 0
    pieces = [piece for piece in PIECE.findall(text[start:]) if piece]
    pieces[:1] = [text[:start] + "".join(pieces[:1])]
    for number, piece in enumerate(pieces):
        if number:
            add_child(link, "wbr")
        if len(piece) <= LONGEST:
            add_child(link, "span", class_="joint").text = piece
        else:
            add_text(link, piece)


def write_short_address(url: str, direction: str) -> str:
    """Return an address as readers write it, without scheme and last slash, as XHTML.

    It runs from left to right in a text of any `direction`.
    """
    parts = urlsplit(url)
    shown = parts.path
    if parts.scheme != "mailto":
        shown = f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
    if not shown:
        return ""
    holder = make_element("span")
    turned = {"dir": "ltr"} if direction == "rtl" else {}
    write_address(add_child(holder, "span", class_="address", **turned), shown)
    return write_within(holder)
