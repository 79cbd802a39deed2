"""Inline trees to canonical inline Markdown: the text of msgids.

Law: `parse_inline(serialise_inlines(tree)) == tree` for every tree that `parse_inline` returns,
and the text depends on nothing but the tree.  Only what would be read as a mark is escaped, so
that translators see few backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count, product
from typing import assert_never

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
    Strong,
    Styled,
    Text,
    UnitSpan,
)
from publish.reading.marks.inline import normalise, parse_inline
from publish.visible import shorten

__all__ = ["serialise_inlines"]

BREAK = "\\\n"
EVERY_MARK = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)")
CONTEXT_MARK = re.compile(rf"{EVERY_MARK.pattern}|\$")
# What is read as a mark in running text.  Asterisks and underscores between spaces, underscores
# inside words and single brackets are not.  Matched against the text with the neighbouring
# characters on both sides.
MARK = re.compile(
    r"""
      \\ | `
    | (?<![\s*])\*+ | (?<!\*)\*+(?![\s*])
    | (?<![^\W_])_ | _(?![^\W_])
    | <(?=[A-Za-z/!?])
    | !(?=\[) | \[(?=\^) | \](?=\()
    | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
SIGNS = re.compile(r"[\\`*_<!\[\]&]")
"""The characters that marks begin with; most texts have none and skip the slower search."""

CLEAR_BEFORE, CLEAR_AFTER = frozenset({"", " ", "("}), frozenset({"", *" .,;:?!)"})
"""What may stand beside a mark that needs no second look: nothing that is part of a mark."""
CLEAR_TEXT = re.compile(r"[^\W_](?:[^\W_]|[ ,.;'’()–—-])*(?<=[^\W_])")
CLEAR_CODE = re.compile(r"[!-_a-~](?:[ -_a-~]{0,300}[!-_a-~])?")


def serialise_inlines(tree: Inlines) -> str:
    """Return the canonical Markdown of a tree.

    Raises PublishError (code `unwritable-marks`) for the rare tree that Markdown cannot express.
    """
    parts: list[str] = []
    guarded = False
    at = 0
    while at < len(tree):
        node = tree[at]
        if isinstance(node, Text | Break):
            parts.append(_outer(tree, at, guarded))
            guarded = False
            at += 1
            continue
        end = at
        while end < len(tree) and not isinstance(tree[end], Text | Break):
            end += 1
        written, guarded = _run(tree[at:end], _edge(tree, at - 1, -1), _edge(tree, end, 0))
        if guarded and parts:
            parts[-1] = parts[-1][:-1] + _entity(parts[-1][-1])
        parts.append(written)
        at = end
    return "".join(parts)


def _edge(tree: Inlines, at: int, index: int) -> str:
    """Return the character of the text node at `at` that is next to a run; empty if none is."""
    node = tree[at] if 0 <= at < len(tree) else None
    return node.text[index] if isinstance(node, Text) else ""


def _outer(tree: Inlines, at: int, guarded: bool) -> str:
    node = tree[at]
    if not isinstance(node, Text):
        return BREAK
    before = " " if at == 0 or isinstance(tree[at - 1], Break) else "x"
    following = tree[at + 1] if at + 1 < len(tree) else None
    after = " " if following is None or isinstance(following, Break) else "["
    text = f"{before}{node.text}{after}"
    escaped = MARK.sub(_escape, text)[1:-1] if SIGNS.search(node.text) else node.text
    if guarded and node.text[0].isalnum():
        escaped = _entity(node.text[0]) + escaped[1:]
    return _before(escaped, following)


def _before(written: str, following: Inline | None) -> str:
    """Return a written text, where a dollar sign before code would begin a formula."""
    if isinstance(following, Code) and written.endswith("$"):
        return f"{written[:-1]}\\$"
    return written


def _escape(found: re.Match[str]) -> str:
    mark = found.group()
    return "&amp;" if mark == "&" else "".join(f"\\{character}" for character in mark)


def _entity(character: str) -> str:
    return f"&#{ord(character)};" if character.isalnum() else character


def _run(nodes: Inlines, before: str, after: str) -> tuple[str, bool]:
    """Return neighbouring nodes with marks, in the first spelling that reads back the same.

    The second value says whether the characters around them must be written as entities.
    """
    alone = len(nodes) == 1 and before in CLEAR_BEFORE and after in CLEAR_AFTER
    if alone and (clear := _write_clear(nodes[0])) is not None:
        return clear, False
    for guard, star in product((False, True), (True, False)):
        written = _nodes(nodes, star, guard)
        left, right = _context(before, guard), _context(after, guard)
        expected = normalise((Text(left[0]), *nodes, Text(right[0])))
        if parse_inline(f"{left[1]}{written}{right[1]}") == expected:
            return written, guard
    shown = shorten(written, 60)
    raise PublishError(
        f"marks stand against one another, or inside a word, and no Markdown says so: {shown}",
        hint="put a space between them, or begin and end emphasis at the edges of words",
        code="unwritable-marks",
    )


def _write_clear(node: Inline) -> str | None:
    """Return a node as Markdown if nothing in it can be read in another way; None if it may."""
    match node:
        case Emphasis((Text(text),)) if _is_clear(text):
            return f"*{text}*"
        case Strong((Text(text),)) if _is_clear(text):
            return f"**{text}**"
        case Link((Text(text),), href) if href.isdecimal() and _is_clear(text):
            return f"[{text}]({href})"
        case Code(text) if CLEAR_CODE.fullmatch(text):
            return f"`{text}`"
        case _:
            return None


def _is_clear(text: str) -> bool:
    return CLEAR_TEXT.fullmatch(text) is not None and "  " not in text


def _context(edge: str, guard: bool) -> tuple[str, str]:
    """Return a neighbouring character as text and as Markdown."""
    if edge in {"", " "}:
        return "", ""
    return edge, _entity(edge) if guard else CONTEXT_MARK.sub(_escape, edge)


def _node(node: Inline, star: bool, guard: bool) -> str:
    match node:
        case Text(text):
            return EVERY_MARK.sub(_escape, text)
        case Emphasis(children):
            mark = "*" if star else "_"
            return f"{mark}{_inner(children, not star, guard)}{mark}"
        case Strong(children):
            mark = "**" if star else "__"
            return f"{mark}{_inner(children, not star, guard)}{mark}"
        case Link(children, href):
            return f"[{_nodes(children, star, guard)}]({_address(href)})"
        case Styled(children, style):
            return f"<{style}>{_nodes(children, star, guard)}</{style}>"
        case Image(src, alt):
            return f"![{EVERY_MARK.sub(_escape, alt)}]({_address(src)})"
        case Code(text):
            return _code(text)
        case Math(tex):
            return f"${_code(tex)}$"
        case FootnoteMark(label):
            return f"[^{label}]"
        case Break():
            return BREAK
        case Passage() | Joint() | UnitSpan():
            raise AssertionError("nodes made by composing are never written as Markdown")
        case _:
            assert_never(node)


def _nodes(nodes: Inlines, star: bool, guard: bool) -> str:
    return _joined(nodes, [_node(node, star, guard) for node in nodes])


def _inner(children: Inlines, star: bool, guard: bool) -> str:
    """Return the text between two marks; if guarded, the characters at its ends are entities."""
    parts = [_node(child, star, guard) for child in children]
    if guard and isinstance(children[0], Text):
        parts[0] = _guarded(children[0].text, 0)
    if guard and isinstance(children[-1], Text):
        parts[-1] = _guarded(children[-1].text, -1)
    return _joined(children, parts)


def _joined(nodes: Inlines, parts: Sequence[str]) -> str:
    """Return the written nodes as one text; the dollar sign that ends a formula stays as it is."""
    return "".join(
        part if isinstance(node, Math) else _before(part, following)
        for node, part, following in zip(nodes, parts, (*nodes[1:], None), strict=False)
    )


def _guarded(text: str, index: int) -> str:
    edge = f"&#{ord(text[index])};"
    if len(text) == 1:
        return edge
    rest = text[1:] if index == 0 else text[:-1]
    written = EVERY_MARK.sub(_escape, rest)
    return edge + written if index == 0 else written + edge


def _code(text: str) -> str:
    runs = set(re.findall("`+", text))
    fence = next(fence for n in count(1) if (fence := "`" * n) not in runs)
    padded = text.startswith("`") or text.endswith("`")
    padded = padded or (text.startswith(" ") and text.endswith(" ") and bool(text.strip()))
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _address(href: str) -> str:
    escaped = re.sub(r"[\\<>]|&(?=#?\w+;)", _escape, href)
    return f"<{escaped}>" if re.search(r"[\s()<]", href) else escaped
