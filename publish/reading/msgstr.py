"""Msgstrs read as inline trees."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from publish.errors import PublishError
from publish.model import (
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Joint,
    Link,
    Math,
    Passage,
    Span,
    Strong,
    Styled,
    Text,
    UnitSpan,
    map_inlines,
    plain,
    walk_inlines,
)
from publish.reading.marks.bareaddresses import link_addresses
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.marks.inline import parse_inline, read_plain_text
from publish.reading.segmenting import read_image_address

__all__ = [
    "ReadMsgstr",
    "count_marks",
    "parse_msgstr",
    "read_msgstr",
    "read_shown_msgstr",
    "restore_addresses",
]


@dataclass(frozen=True, slots=True)
class ReadMsgstr:
    """A msgstr that was read: its tree and the text a reader sees, or the error it has.

    `plain` says that it has no marks at all.
    """

    tree: Inlines = ()
    shown: str = ""
    error: PublishError | None = None
    plain: bool = False


def read_msgstr(msgstr: str, span: Span | None = None) -> ReadMsgstr:
    """Read a msgstr; one that cannot be read has an `error` at the span and keeps its text."""
    found = read_plain_text(msgstr.strip())
    if found is not None:
        return ReadMsgstr((Text(found),) if found else (), found, plain=True)
    try:
        tree = parse_msgstr(msgstr, span)
    except PublishError as error:
        return ReadMsgstr(shown=msgstr, error=error)
    return ReadMsgstr(tree, plain(tree))


def parse_msgstr(msgstr: str, span: Span | None = None) -> Inlines:
    """Return the tree of a msgstr: only inline marks have a meaning, line ends are spaces.

    Spaces before a line end are no hard break here, since editors leave them behind unseen.
    Raises PublishError as `parse_inline` does.
    """
    return parse_inline(re.sub(r"(?<![ \t])[ \t]+\n", "\n", msgstr).strip(), span)


def read_shown_msgstr(msgstr: str) -> str:
    """Return what a reader sees of a msgstr: `plain(translation_tree(msgstr))`, but faster."""
    found = read_plain_text(msgstr.strip())
    return plain(parse_msgstr(msgstr)) if found is None else found


def restore_addresses(
    tree: Inlines,
    addresses: tuple[str, ...],
    bare: tuple[str, ...] = (),
    span: Span | None = None,
) -> Inlines:
    """Return the tree with link numbers replaced by their addresses, and `bare` ones as links.

    Raises PublishError (code `link-number`) for a number that the unit does not have.
    """

    def address(number: str) -> str:
        if not number.isdecimal() or not 0 < int(number) <= len(addresses):
            raise PublishError(
                f"the source sentence has no link number {number or '(empty)'}",
                span,
                f"use the link numbers of the msgid, 1 to {len(addresses)}"
                if addresses
                else "delete the link: the source sentence has none",
                code="link-number",
            )
        return addresses[int(number) - 1]

    def restore(node: Inline) -> Inline:
        match node:
            case Link(_, href):
                return replace(node, href=address(href))
            case Image(src):
                return replace(read_image_address(address(src)), alt=node.alt)
            case _:
                return node

    return link_addresses(map_inlines(restore, tree), bare)


def count_marks(tree: Inlines) -> Counter[str]:
    """Return the marks of a tree, as a translator writes them, and how often each occurs."""
    return Counter(written for node in walk_inlines(tree) if (written := _mark(node)))


def _mark(node: Inline) -> str:
    match node:
        case Emphasis():
            return "*…*"
        case Strong():
            return "**…**"
        case Code(text):
            return f"`{text}`"
        case Styled(_, style):
            return f"<{style}>…</{style}>"
        case Math():
            return serialise_inlines((node,))
        case Link(_, href):
            return f"[…]({href})"
        case Image(src):
            return f"![…]({src})"
        case FootnoteMark(label):
            return f"[^{label}]"
        case Break():
            return "\\ (line break)"
        case Text() | Passage() | Joint() | UnitSpan():
            return ""
