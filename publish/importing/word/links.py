"""Where links of a Word file lead: the web and mail, and bookmarks within the file."""

from __future__ import annotations

import re

from publish.importing.word.book import Story

__all__ = ["choose_href"]

SCHEMES = re.compile(r"(?:https?://|mailto:|ftp://)[^\s<>]+$", re.IGNORECASE)
LONGEST = 2000
TOP = "_top"


def choose_href(href: str, story: Story) -> str:
    """Return where a link leads, nothing if readers of an edition cannot follow it.

    A link to a file on the author's disk becomes text, and its address is listed as lost.
    """
    if not href:
        return ""
    book = story.book
    if href.startswith("#"):
        name = href[1:]
        return f"#{name}" if name in book.targets else ""
    address = href.strip().replace(" ", "%20")
    if SCHEMES.match(address) and len(address) <= LONGEST:
        return address
    if not any(loss.kind == "link" and loss.reason == href for loss in book.losses):
        story.lose("link", reason=href)
    return ""
