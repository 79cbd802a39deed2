"""What only the text of sources has: marks that are passed over, notes inside a text, addresses.

`sift_tokens` runs while a source is parsed and moves what is to be said about a text out of its
tokens; `read_source_text` makes the tree of the tokens that are left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.model import Break, Emphasis, Inline, Inlines, Span, Strong, Styled, Text
from publish.reading.faults import Faults
from publish.reading.marks.bareaddresses import read_bare_addresses
from publish.reading.marks.inline import build_inline_tree, describe_html, normalise

__all__ = ["lift_spaces", "make_note_label", "read_source_text", "sift_tokens", "tell_remarks"]

LABEL_WORDS = 4
"""How many words of a note inside a text are its label."""


@dataclass(frozen=True, slots=True)
class TextRemark:
    """Something to say about a text, so many lines below its first; `html` is an error."""

    line: int
    message: str
    hint: str
    html: str = ""


def sift_tokens(state: StateCore) -> None:
    """Move remarks, titles of links and HTML out of the tokens of each text, into its meta."""
    for token in state.tokens:
        if token.type == "inline" and (found := _sift(token)):
            token.meta = {**(token.meta or {}), "remarks": found}


def _sift(inline: Token) -> list[TextRemark]:
    found: list[TextRemark] = []
    kept: list[Token] = []
    line = 0
    for token in inline.children or []:
        line += token.type in {"softbreak", "hardbreak"}
        if token.type == "remark":
            found.append(TextRemark(line, *token.meta["remark"]))
        elif token.type == "html_inline":
            found.append(TextRemark(line, "", "", token.content))
        else:
            kept.append(token)
        if token.attrs.pop("title", None):
            found.append(
                TextRemark(
                    line,
                    "the title of a link or image is passed over",
                    "delete the words in quotation marks after the address, or move them into "
                    "the text",
                )
            )
        if "note" in token.meta:
            found += [replace(one, line=line) for one in _sift(token.meta["note"])]
    inline.children = kept
    return found


def tell_remarks(inline: Token, span: Span, faults: Faults) -> None:
    """Note what was passed over in a text, and its HTML, which is an error."""
    for one in (inline.meta or {}).get("remarks", ()):
        line = min(span.first + one.line, span.last)
        here = replace(span, first=line, last=line)
        if one.html:
            message, hint = describe_html(one.html)
            faults.error(message, here, hint, code="raw-html")
        else:
            faults.remark(one.message, here, one.hint, code="mark-ignored")


def read_source_text(inline: Token, span: Span) -> Inlines:
    """Return the tree of the text of a source.

    Raises PublishError (code `nested-too-deep`) as `build_inline_tree` does.
    """
    tree = build_inline_tree(inline.children or [], span)
    if "<" in inline.content or "]{" in inline.content:
        tree = normalise(lift_spaces(tree))
    return read_bare_addresses(tree)


def lift_spaces(nodes: Inlines) -> Inlines:
    """Return the nodes with spaces and line breaks at the ends of marks moved out of them.

    Markdown cannot write `<b> word<br></b>` in any other way.
    """
    done: list[Inline] = []
    for node in nodes:
        if isinstance(node, Emphasis | Strong | Styled):
            start, children, end = _stripped(lift_spaces(node.children))
            done += (*start, *([replace(node, children=children)] if children else []), *end)
        else:
            done.append(node)
    return tuple(done)


def _stripped(nodes: Inlines) -> tuple[Inlines, Inlines, Inlines]:
    """Return the spaces and breaks at the start, what is between, and those at the end."""
    start: list[Inline] = []
    end: list[Inline] = []
    inner = list(nodes)
    while inner and (found := _edge(inner[0], first=True)):
        start.append(found[0])
        inner[:1] = found[1:]
    while inner and (found := _edge(inner[-1], first=False)):
        end.insert(0, found[0])
        inner[-1:] = found[1:]
    return tuple(start), tuple(inner), tuple(end)


def _edge(node: Inline, *, first: bool) -> tuple[Inline, ...]:
    """Return a break, or a space and the text without it; nothing for a node that has none."""
    if isinstance(node, Break):
        return (node,)
    if isinstance(node, Text) and node.text[:: 1 if first else -1].startswith(" "):
        rest = node.text[1:] if first else node.text[:-1]
        return (Text(" "), Text(rest)) if rest else (Text(" "),)
    return ()


def make_note_label(text: str, taken: set[str]) -> str:
    """Return the label of a note inside a text: its first words, as many as make it unique.

    A note that is inserted elsewhere changes the label of no other, unless both say the same.
    """
    words = ["".join(c for c in word.lower() if c.isalnum()) for word in text.split()]
    words = [word for word in words if word] or ["note"]
    labels = ["-".join(words[:count]) for count in range(LABEL_WORDS, len(words) + 1)]
    labels = labels or ["-".join(words)]
    for label in labels:
        if label not in taken:
            return label
    number = 2
    while f"{labels[0]}-{number}" in taken:
        number += 1
    return f"{labels[0]}-{number}"
