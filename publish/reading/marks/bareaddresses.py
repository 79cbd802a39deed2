"""Addresses in running text, such as https://example.org/ or name@example.org, become links.

Translators see them as they are typed: a msgid has no brackets around them, and a translation
that has the same address has the same link.  Law: `find_links(remove_links(tree))` gives the tree
back, so a document composed from its msgids has the links of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from publish.model import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Styled,
    Text,
    UnitSpan,
    map_inlines,
    walk_inlines,
)
from publish.reading.marks.addresses import is_mail_address, is_web_address
from publish.reading.marks.inline import normalise

__all__ = [
    "find_web_addresses",
    "link_addresses",
    "list_bare_addresses",
    "match_web_address",
    "read_bare_addresses",
    "unlink_addresses",
]

# An address ends at white space, as in https://github.github.com/gfm/#autolinks-extension-, and
# at quotation marks, brackets and stops of other scripts, which no address has unencoded.
_REST = r"""[^\s<>"`|\\{}“”„«»‘’‹›「」『』（）【】〈〉《》、。，；：！？…]{1,2000}"""
WEB = re.compile(rf"https?://{_REST}")
WWW = re.compile(rf"(?<![\w.@/:-])www\.[\w-]+\.{_REST}")
MAIL = re.compile(r"(?<![\w.@/:+%-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
LEFT = re.compile(r"[\w@/.=&?%+-]")
"""What cannot be right before an address: then it is part of a longer word."""

AFTER = re.compile(
    r"[?!.,:;*_~'\")\]]*(?:[\s<>\"`|\\{}“”„«»‘’‹›「」『』（）【】〈〉《》、。，；：！？…]|$)"
)
"""What follows an address in running text."""


def match_web_address(text: str, colon: int, end: int) -> str:
    """Return the address whose `://` is at an offset; empty if there is none."""
    start = next(
        (colon - len(one) for one in ("https", "http") if text.endswith(one, 0, colon)), -1
    )
    if start < 0 or (start and LEFT.match(text[start - 1])):
        return ""
    found = WEB.match(text, start, end)
    return _trimmed(found.group()) if found else ""


def find_web_addresses(text: str) -> list[str]:
    """Return the addresses that a text has typed, those that begin with `https://` and the like."""
    found: list[str] = []
    at = text.find("://")
    while at >= 0:
        if address := match_web_address(text, at, len(text)):
            found.append(address)
        at = text.find("://", at + 3)
    return [address for address in found if _is_valid(address)]


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        opener = {")": "(", "]": "["}.get(last, "")
        if opener:
            if address.count(opener) >= address.count(last):
                break
        elif last == ";" and (entity := re.search(r"&#?\w{1,32};$", address[-40:])):
            address = address[: -len(entity.group())]
            continue
        elif last not in "?!.,:;*_~'":
            break
        address = address[:-1]
    return address


def read_bare_addresses(tree: Inlines) -> Inlines:
    """Return the tree of a source with its bare addresses as links, those the parser found too.

    What is no valid address stays text.
    """
    if len(tree) == 1 and isinstance(tree[0], Text):  # As most are.
        text = tree[0].text
        if "www." not in text and "@" not in text:
            return tree
    known = [node.href for node in walk_inlines(tree) if isinstance(node, Link) and node.bare]
    flat = unlink_addresses(tree)
    for node in walk_inlines(flat):
        if isinstance(node, Text) and ("www." in node.text or "@" in node.text):
            known += [_trimmed(found.group()) for found in WWW.finditer(node.text)]
            known += [found.group().rstrip("-_") for found in MAIL.finditer(node.text)]
    valid = [one for one in known if _is_valid(one)]
    return link_addresses(flat, valid) if valid else flat


def _is_valid(address: str) -> bool:
    href = _href(address)
    return is_mail_address(href) if href.startswith("mailto:") else is_web_address(href)


def _href(address: str) -> str:
    if address.startswith("www."):
        return f"http://{address}"
    return address if "://" in address else f"mailto:{address}"


def list_bare_addresses(tree: Inlines) -> tuple[str, ...]:
    """Return the bare addresses of a tree as they are typed, each once."""
    if len(tree) == 1 and isinstance(tree[0], Text):
        return ()
    found = (node for node in walk_inlines(tree) if isinstance(node, Link) and node.bare)
    return tuple(dict.fromkeys(node.children[0].text for node in found))  # type: ignore[union-attr]


def unlink_addresses(tree: Inlines) -> Inlines:
    """Return the tree with bare addresses as text, as msgids have them."""
    if not any(isinstance(node, Link) and node.bare for node in walk_inlines(tree)):
        return tree

    def unlink(node: Inline) -> Inline:
        return node.children[0] if isinstance(node, Link) and node.bare else node

    return normalise(map_inlines(unlink, tree))


def link_addresses(tree: Inlines, addresses: Iterable[str]) -> Inlines:
    """Return the tree with these addresses as links, wherever they stand in running text."""
    longest_first = sorted(set(addresses), key=lambda one: (-len(one), one))
    if not longest_first:
        return tree
    pattern = re.compile("|".join(re.escape(one) for one in longest_first))
    return _linked(tree, pattern)


def _linked(tree: Inlines, pattern: re.Pattern[str]) -> Inlines:
    nodes: list[Inline] = []
    for node in tree:
        match node:
            case Text(text):
                nodes += _pieces(text, pattern)
            case Emphasis(children) | Strong(children) | Styled(children) | UnitSpan(children):
                nodes.append(_with(node, _linked(children, pattern)))
            case _:
                nodes.append(node)
    return tuple(nodes)


def _with(node: Inline, children: Inlines) -> Inline:
    match node:
        case Emphasis():
            return Emphasis(children)
        case Strong():
            return Strong(children)
        case Styled(_, style):
            return Styled(children, style)
        case UnitSpan(_, ids):
            return UnitSpan(children, ids)
        case _:
            return node


def _pieces(text: str, pattern: re.Pattern[str]) -> list[Inline]:
    pieces: list[Inline] = []
    at = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        if (start and LEFT.match(text[start - 1])) or not AFTER.match(text, end):
            continue
        if at < start:
            pieces.append(Text(text[at:start]))
        pieces.append(Link((Text(found.group()),), _href(found.group()), bare=True))
        at = end
    return [*pieces, Text(text[at:])] if at < len(text) else pieces
