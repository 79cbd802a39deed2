"""What a translator wrote for a unit, as a tree: the one reading of a msgstr."""

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
    Passage,
    Span,
    Strong,
    Text,
    UnitSpan,
    map_inlines,
    plain,
    walk_inlines,
)
from publish.reading.inline import parse_inline, read_plain_text

__all__ = ["ReadText", "addressed", "marks", "read_text", "translation_text", "translation_tree"]


@dataclass(frozen=True, slots=True)
class ReadText:
    """A msgstr as it was read, once: its tree, what a reader sees of it, or why it has neither.

    `plain` says that it holds no mark at all.
    """

    tree: Inlines = ()
    shown: str = ""
    error: PublishError | None = None
    plain: bool = False


def read_text(msgstr: str, span: Span | None = None) -> ReadText:
    """Return a msgstr read; what cannot be read has an `error` at the span."""
    found = read_plain_text(msgstr.strip())
    if found is not None:
        return ReadText((Text(found),) if found else (), found, plain=True)
    try:
        tree = translation_tree(msgstr, span)
    except PublishError as error:
        return ReadText(shown=msgstr, error=error)
    return ReadText(tree, plain(tree))


def translation_tree(msgstr: str, span: Span | None = None) -> Inlines:
    """The tree of a msgstr; only inline marks mean anything, line ends are spaces.

    Spaces before a line end make no hard break here, since editors leave them behind unseen.
    """
    return parse_inline(re.sub(r"(?<![ \t])[ \t]+\n", "\n", msgstr).strip(), span)


def translation_text(msgstr: str) -> str:
    """What a reader sees of a msgstr: `plain(translation_tree(msgstr))`, found sooner."""
    found = read_plain_text(msgstr.strip())
    return plain(translation_tree(msgstr)) if found is None else found


def addressed(tree: Inlines, addresses: tuple[str, ...], span: Span | None = None) -> Inlines:
    """The tree with its link numbers replaced by the addresses behind them.

    Raises PublishError (code `link-number`) for a number that the unit does not have.
    """

    def address(number: str) -> str:
        if not number.isdecimal() or not 0 < int(number) <= len(addresses):
            raise PublishError(
                f"there is no link number {number or '(empty)'} in the source sentence",
                span,
                f"use the numbers of the msgid, 1 to {len(addresses)}"
                if addresses
                else "the source sentence has no link: take it out",
                code="link-number",
            )
        return addresses[int(number) - 1]

    def restore(node: Inline) -> Inline:
        match node:
            case Link(_, href):
                return replace(node, href=address(href))
            case Image(src):
                return replace(node, src=address(src))
            case _:
                return node

    return map_inlines(restore, tree)


def marks(tree: Inlines) -> Counter[str]:
    """The marks of a tree, as a translator would write them, and how often each stands there."""
    return Counter(written for node in walk_inlines(tree) if (written := _mark(node)))


def _mark(node: Inline) -> str:
    match node:
        case Emphasis():
            return "*…*"
        case Strong():
            return "**…**"
        case Code(text):
            return f"`{text}`"
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
