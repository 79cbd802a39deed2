"""What a style sheet has to say on whether a document can be laid out in parts, and how."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.parts.numbering import LINE_OF_CONTENTS

__all__ = [
    "has_counters",
    "has_separable_rules",
    "has_separable_styles",
    "has_sides",
    "list_own_images",
    "numbers_pages",
]

_WHOLE = re.compile(
    r"target-(?:counters?|text)\(|\b(?:running|note)\(|position:\s*fixed|@counter-style|"
    r"string\([^),]*,(?!\s*(?:first|last|first-except|all-once)\s*\))|@page[^{]*:nth|"
    r"break-after:\s*(?:left|right|recto|verso)|margin-break:\s*discard|"
    r"[\d.]p?v(?:w|h|i|b|min|max)\b|\\"
)
"""What a rule has that depends on other parts, on the first page, or on the number of a page.

A name with a backslash may be any of these.
"""

_SIDES = re.compile(r"@page[^{]*:(?:left|right)|break-before:\s*(?:left|right|recto|verso)")
"""What a rule has that depends on the side of a page."""

_PAGE_RULE = re.compile(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
"""A rule for pages: it may show their number, since heads and feet are made when all parts are."""

_COUNTING = re.compile(r"counter-(?:reset|increment|set)\b")
"""What a rule for pages has that numbers them in another way, or counts something else."""

_NUMBERING = re.compile(_COUNTING.pattern + r":\s*page(?:\s+-?\d+)?\s*(?=[;}])")
"""What it has that numbers them, and does nothing else."""

_FLOW_WHOLE = re.compile(
    r"\bcounters?\(\s*pages?\b|counter-(?:reset|increment|set):[^;}]*\bpages?\b|:empty\b|"
    r"(?<!\.contents li:not\():has\((?!\+ \.subheading\))|(?<!\.here > \.part \{ )float:\s*footnote"
)
"""What a rule for the text has that depends on other parts, but for rules of our own."""

_CARRIED = re.compile(r"counter-(?:reset|increment|set)|\bcounters?\(|-quote\b|\blist-item\b")
"""What a rule for the text has that counts on from one chapter to the next."""

_OWN_STYLE = re.compile(r"counter-reset: list-item -?\d+")
"""What the numbered lists of a document have that begin with another number than 1."""

_UNREAD = re.compile(
    r"/\*.*?(?:\*/|\Z)|url\([^)\"']*\)|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S | re.I
)
"""A comment, an address or a string in a style sheet."""


def has_sides(source: PdfInput) -> bool:
    """Return whether it matters on which side a chapter of a document begins."""
    return bool(_SIDES.search(_read_rules(source.css)))


def has_counters(source: PdfInput) -> bool:
    """Return whether the text of a document may show what is counted from chapter to chapter."""
    return bool(_CARRIED.search(_PAGE_RULE.sub("", _read_rules(source.css))))


def numbers_pages(source: PdfInput) -> bool:
    """Return whether the pages of a document may show other numbers than their places."""
    return bool(_NUMBERING.search(_list_page_rules(_read_rules(source.css))))


def _list_page_rules(css: str) -> str:
    return "\n".join(_PAGE_RULE.findall(css))


def has_separable_rules(source: PdfInput) -> bool:
    """Return whether the style sheet and the layout let a document be one in parts."""
    layout = source.layout
    if layout.run_on or layout.form == "brief":
        return False
    if len(set(LINE_OF_CONTENTS.findall(source.css))) > 1:
        return False  # Its numbers are written in one way only.
    css = _read_rules(source.css)
    flow = _PAGE_RULE.sub("", css)
    if _COUNTING.search(_NUMBERING.sub("", _list_page_rules(css))):
        return False
    return not (_WHOLE.search(css) or _FLOW_WHOLE.search(flow))


def has_separable_styles(root: Element) -> bool:
    """Return whether the styles of single elements let a document be one in parts."""
    own = {_OWN_STYLE.sub("", one.get("style", "")).lower() for one in root.iter()}
    styles = "\n".join(sorted(own))
    return not any(one.search(styles) for one in (_CARRIED, _WHOLE, _FLOW_WHOLE))


def list_own_images(source: PdfInput, root: Element) -> frozenset[str]:
    """Return the images that elements name, and nothing else may.

    Styles and other attributes may write the same address in several ways, so an image is left out
    if the name of its file is anywhere in them.
    """
    values = {value for one in root.iter() for value in one.attrib.values() if "." in value}
    named = values & source.images.keys()
    inner = (one.text or "" for one in root.iter("style"))
    others = unquote("\n".join((source.css, *inner, *(values - named)))).casefold()
    return frozenset(
        path for path in named if PurePosixPath(unquote(path)).name.casefold() not in others
    )


@lru_cache(maxsize=4)
def _read_rules(css: str) -> str:
    """Return a style sheet in small letters, without comments, strings and our own counters."""
    plain = _UNREAD.sub(lambda found: " " if found[0].startswith("/*") else '""', css)
    return LINE_OF_CONTENTS.sub("", plain).lower()
