"""Inline Markdown to inline trees: for sources, msgids and msgstrs.

The rules are CommonMark's (https://spec.commonmark.org/0.31.2/#inlines) plus footnote marks
`[^label]`, formulas and a few elements of HTML (`inlinerules`).  Other HTML is refused, block
syntax has no meaning, a soft line break is a space.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import accumulate, groupby
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.token import Token

from publish.errors import PublishError
from publish.model import (
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Link,
    Math,
    Passage,
    Span,
    Strong,
    Style,
    Styled,
    Text,
    plain,
    walk_inlines,
)
from publish.reading.marks.inlinerules import STYLE_TAG, add_inline_rules
from publish.reading.marks.quickinline import speed_up_inline
from publish.visible import TAGS, find_tags, shows_nothing

__all__ = [
    "build_inline_tree",
    "check_characters",
    "describe_html",
    "is_blank",
    "normalise",
    "parse_inline",
    "read_plain_text",
    "read_shown_text",
]

# What XML 1.0 cannot contain (https://www.w3.org/TR/xml/#charsets), but for tab and newline.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MARKUP = re.compile(r"[\\`*_\[\]<>&!\n\t]|  ")
SPACES = re.compile(r"[ \t\n\u2028\u2029]+")
ODD_SPACE = re.compile(r"[\t\n\u2028\u2029]")
# All that the three patterns above look for but two spaces; one character class is fastest.
NOT_PLAIN = re.compile(
    f"[\\\\`*_\\[\\]<>&!\x00-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff{TAGS}]"
)
# A deeper tree is an attack or an accident; deep trees exhaust the stack.
DEEPEST = 40
# markdown-it skips what is deeper than its own limit, so that limit must be above ours.
NESTING = DEEPEST + 2
# Pairing marks takes time by the square of their number; no sentence has a tenth of this.
MOST_MARKS = 2000


def parse_inline(text: str, span: Span | None = None) -> Inlines:
    """Parse a text into its canonical inline tree.

    Law: `parse_inline(serialise_inlines(tree)) == tree`.  Raises PublishError at `span`, with one
    of the codes `raw-html`, `control-character`, `tag-character`, `too-many-marks`,
    `nested-too-deep` and `link-title`.
    """
    check_characters(text, span)
    if not MARKUP.search(text):
        return normalise((Text(text),))
    if max(text.count(mark) for mark in "[*_`<") > MOST_MARKS:
        raise PublishError(
            f"this text has more than {MOST_MARKS} marks of one kind",
            span,
            "delete the marks that are not needed",
            code="too-many-marks",
        )
    tokens = _PARSER.parseInline(text, {})
    return build_inline_tree(tokens[0].children or [], span)


def read_plain_text(text: str) -> str | None:
    """Return `read_shown_text` of a text that cannot have marks, None for any other text."""
    if "  " in text or NOT_PLAIN.search(text):
        return None
    return unicodedata.normalize("NFC", text).strip(" ")


def read_shown_text(text: str, span: Span | None = None) -> str:
    """Return what a reader sees of a text: `plain(parse_inline(text))`, mostly without parsing.

    Raises PublishError as `parse_inline` does.
    """
    found = read_plain_text(text)
    return plain(parse_inline(text, span)) if found is None else found


def check_characters(text: str, span: Span | None) -> None:
    """Raise PublishError for what no edition can contain.

    The codes are `control-character`, and `tag-character` for a text hidden in tags.
    """
    if bad := FORBIDDEN.search(text):
        raise PublishError(
            f"the text contains the control character U+{ord(bad.group()):04X}",
            span,
            "delete it; an editor shows it as a box or not at all",
            code="control-character",
        )
    _refuse_tags(text, span)


def _refuse_tags(text: str, span: Span | None) -> None:
    if wrong := find_tags(text):
        raise PublishError(
            f"the text contains the tag character U+{ord(text[wrong[0]]):04X}, which nobody sees",
            span,
            "delete it, and what is hidden after it; a cleared format in an editor may do it",
            code="tag-character",
        )


def is_blank(tree: Inlines) -> bool:
    """Return whether a reader would see nothing: only white space, format or control characters.

    An image counts as its description, a footnote mark as its number.
    """
    if len(tree) == 1 and isinstance(tree[0], Text):
        return shows_nothing(tree[0].text)
    if any(isinstance(node, FootnoteMark) for node in walk_inlines(tree)):
        return False
    return shows_nothing(plain(tree))


_PARSER = speed_up_inline(add_inline_rules(MarkdownIt("commonmark", {"maxNesting": NESTING})))


# --------------------------------------------------------------------------- tokens to trees


def build_inline_tree(tokens: list[Token], span: Span | None) -> Inlines:
    """Return the canonical tree of markdown-it's flat inline tokens.

    Raises PublishError (code `nested-too-deep`) for marks nested more than `DEEPEST` levels deep,
    `raw-html`, `link-title` and `tag-character`.
    """
    if max(accumulate((token.nesting for token in tokens), initial=0)) > DEEPEST:
        raise PublishError(
            f"marks are nested more than {DEEPEST} levels deep",
            span,
            "delete the marks that are not needed",
            code="nested-too-deep",
        )
    nodes, rest = _nodes(tokens, 0, "", span)
    if rest != len(tokens):
        raise AssertionError("unbalanced inline tokens")
    tree = normalise(nodes)
    # Entities and escapes are read only now.
    for text in (plain(tree), *(str(v) for token in tokens for v in token.attrs.values())):
        _refuse_tags(text, span)
    return tree


def _nodes(tokens: list[Token], at: int, closer: str, span: Span | None) -> tuple[Inlines, int]:
    """Return the nodes from `at` up to the token named `closer`, and the index after it."""
    nodes: list[Inline] = []
    texts: list[str] = []
    line = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        kind = token.type
        if kind == "text":
            texts.append(token.content)
            continue
        line += kind in {"softbreak", "hardbreak"}
        if kind == "softbreak":
            texts.append(" ")
            continue
        if texts:
            nodes.append(Text("".join(texts)))
            texts = []
        if kind == closer:
            return tuple(nodes), at
        here = _lines_down(span, line)
        if kind in CONTAINERS:
            children, at = _nodes(tokens, at, kind.replace("_open", "_close"), here)
            nodes.append(_container(token, children, here))
        else:
            nodes.append(_leaf(token, here))
    return (*nodes, *([Text("".join(texts))] if texts else [])), at


def _lines_down(span: Span | None, lines: int) -> Span | None:
    if span is None or not lines:
        return span
    return replace(span, first=min(span.first + lines, span.last))


CONTAINERS = {"em_open", "strong_open", "link_open", "style_open", "s_open"}


def _container(token: Token, children: Inlines, span: Span | None) -> Inline:
    if token.type == "em_open":
        return Emphasis(children)
    if token.type == "strong_open":
        return Strong(children)
    if token.type == "s_open":
        return Styled(children, "s")
    if token.type == "style_open":
        return Styled(children, cast(Style, token.info))
    if token.attrGet("title"):
        raise _no_title(span)
    return Link(children, str(token.attrGet("href") or ""), bare=token.info == "bare")


def _leaf(token: Token, span: Span | None) -> Inline:
    match token.type:
        case "text_special":
            return Text(token.content)
        case "hardbreak":
            return Break()
        case "code_inline":
            return Code(token.content)
        case "math":
            return Math(SPACES.sub(" ", token.content).strip())
        case "footnote_mark":
            return FootnoteMark(token.content)
        case "image":
            if token.attrGet("title"):
                raise _no_title(span)
            return _image(token)
        case "html_inline":
            message, hint = describe_html(token.content)
            raise PublishError(message, span, hint, code="raw-html")
        case other:
            raise AssertionError(f"unknown inline token {other}")


def _image(token: Token) -> Image:
    """Return an image; what a source says of its size is in the token's meta."""
    image = Image(str(token.attrGet("src") or ""), SPACES.sub(" ", _alt(token)))
    return replace(image, **token.meta["look"]) if "look" in token.meta else image


def _alt(token: Token) -> str:
    return "".join(
        "\n" if child.type in {"softbreak", "hardbreak"} else _alt(child) or child.content
        for child in token.children or []
    )


def describe_html(written: str) -> tuple[str, str]:
    """Return what is wrong with a tag of HTML, and how to fix it."""
    if tag := STYLE_TAG.fullmatch(written):
        other = f"<{'' if tag['end'] else '/'}{tag['style']}>"
        return (
            f"{written} has no {other} in the same text",
            "write both, the second after the words, and no other mark across them; "
            "to show the character itself, write \\<",
        )
    if written == "<!--":
        return (
            "a comment does not end in its paragraph",
            "write --> before the next blank line, or begin the comment on a line of its own; "
            "to show the characters themselves, write \\<!--",
        )
    return (
        f"raw HTML is not allowed: {written[:60]}",
        "use Markdown instead; to show the character itself, write \\<",
    )


def _no_title(span: Span | None) -> PublishError:
    return PublishError(
        "a link or image cannot have a title",
        span,
        "delete the words in quotation marks after the address, or move them into the text",
        code="link-title",
    )


# --------------------------------------------------------------------------- the normal form


def normalise(nodes: Inlines) -> Inlines:
    """Return the same text in the fewest nodes: texts joined, white space folded and trimmed."""
    if len(nodes) == 1 and isinstance(nodes[0], Text):
        text = _clean(nodes[0].text).strip(" ")
        return (Text(text),) if text else ()
    return _trimmed(_merged(nodes))


Kind = type | str
"""What neighbours must have in common to be one node: their type, and the style of `Styled`."""


def _kind(node: Inline) -> Kind:
    return node.style if isinstance(node, Styled) else type(node)


def _merged(nodes: Inlines, inside: frozenset[Kind] = frozenset()) -> Inlines:
    """Join neighbours of one kind; drop empty marks and marks within their own kind.

    All neighbours of a kind are joined at once, since one after another takes quadratic time.
    """
    done: list[Inline] = []
    for kind, run in groupby(_flattened(nodes, inside), _kind):
        first, *others = run
        if kind in JOINED and others:
            done.append(_joined(first, others, inside))
        else:
            done += (first, *others)
    return tuple(done)


JOINED: frozenset[Kind] = frozenset({Text, Code, Emphasis, Strong, "s", "u", "sub", "sup"})
"""The kinds of neighbours that are one.  Two keys of a keyboard are two."""


def _joined(first: Inline, others: list[Inline], inside: frozenset[Kind]) -> Inline:
    """Return neighbours of one kind as one node."""
    match first:
        case Text():
            text = "".join(node.text for node in (first, *others) if isinstance(node, Text))
            return Text(_clean(text))
        case Code():
            return Code("".join(node.text for node in (first, *others) if isinstance(node, Code)))
        case Emphasis() | Strong() | Styled():
            children = (
                child
                for node in (first, *others)
                if isinstance(node, Emphasis | Strong | Styled)
                for child in node.children
            )
            return replace(first, children=_merged(tuple(children), inside | {_kind(first)}))
        case _:
            raise AssertionError(f"{first} is never joined")


def _flattened(nodes: Inlines, inside: frozenset[Kind]) -> Inlines:
    flat: list[Inline] = []
    for node in nodes:
        match node:
            case Text(text):
                if cleaned := _clean(text):
                    flat.append(node if cleaned == text else Text(cleaned))
            case Emphasis(children) | Strong(children) | Styled(children):
                merged = _merged(children, inside | {_kind(node)})
                if _kind(node) in inside:
                    flat.extend(merged)
                elif merged:
                    flat.append(replace(node, children=merged))
            case Link(children) | Passage(children):
                flat.append(replace(node, children=_merged(children, inside)))
            case _:
                flat.append(node)
    return tuple(flat)


def _clean(text: str) -> str:
    """The text in the normal form of Unicode, and with single spaces for white space."""
    return _folded(text if text.isascii() else unicodedata.normalize("NFC", text))


def _folded(text: str) -> str:
    """The text with single spaces for white space; most texts have no other, which is seen fast."""
    return SPACES.sub(" ", text) if "  " in text or ODD_SPACE.search(text) else text


def _trimmed(nodes: Inlines) -> Inlines:
    """Return the nodes without white space at either end and around hard breaks."""
    done: list[Inline] = []
    for at, node in enumerate(nodes):
        if isinstance(node, Text):
            text = node.text
            if at == 0 or isinstance(nodes[at - 1], Break):
                text = text.lstrip(" ")
            if at == len(nodes) - 1 or isinstance(nodes[at + 1], Break):
                text = text.rstrip(" ")
            if text:
                done.append(node if text == node.text else Text(text))
        else:
            done.append(node)
    while done and isinstance(done[-1], Break):
        done.pop()
    while done and isinstance(done[0], Break):
        done.pop(0)
    return tuple(done)
