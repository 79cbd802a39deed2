"""The language's typography, laid over the text of one block.

Rules see a block's whole text, whatever marks it carries, so that `*№* 5` keeps its space;
a passage in another language is set by that language's rules.  Law: only spaces and hyphens
are exchanged, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    Joint,
    Link,
    Passage,
    Strong,
    Text,
    UnitSpan,
)

__all__ = ["end_unbroken", "typeset"]

LAST_WORD = re.compile(r" [^\W\d_]{6,24}(?=[\W\d_]{0,4}\Z)")
"""A word long enough to be hyphenated, before the punctuation that ends a text.

The space before it goes with it: WeasyPrint breaks a line much too early where the text before
an element ends with a space and just fills the line.
"""

OBJECT = "\ufffc"
CLUSTER = re.compile(r"(?<![^\s\ufffc])[^\s\ufffc]*(?:\u00a0[^\s\ufffc]*)+")
"""Words that no-break spaces tie together."""


def typeset(content: Inlines, language: Language) -> Inlines:
    """The same tree, its text set by the rules of its language."""
    text = "".join(_flat(content))
    changed = language.typeset(text)
    if len(changed) != len(text):
        raise AssertionError(f"the typography of {language.tag} changed the length of a text")
    nodes, _ = _relaid(content, _Set(changed, _tied(changed, language.no_break(changed))), 0)
    return nodes


def _tied(text: str, tokens: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The ranges that must not break, each with the words that no-break spaces tie to it.

    Where only a part of `с МОТ` stands in an element of its own, WeasyPrint finds no place to
    break a line before it, and goes back much too far.
    """
    clusters = [found.span() for found in CLUSTER.finditer(text)]
    wide = [
        next((one for one in clusters if one[0] <= start and end <= one[1]), (start, end))
        for start, end in tokens
    ]
    return tuple(dict.fromkeys(wide))


def end_unbroken(content: Inlines) -> Inlines:
    """The tree with its last word in a joint, so that no piece of a word ends a paragraph.

    The joint begins with the space before the word, at which the line may break.
    """
    at = len(content) - 1
    while at >= 0 and isinstance(content[at], FootnoteMark):
        at -= 1
    if at < 0:
        return content
    match content[at]:
        case Text(text) as node:
            ended = _last_word(text)
        case (Emphasis() | Strong() | Passage() | UnitSpan()) as node:
            ended = (replace(node, children=end_unbroken(node.children)),)
        case node:
            ended = (node,)
    return (*content[:at], *ended, *content[at + 1 :])


def _last_word(text: str) -> tuple[Inline, ...]:
    found = LAST_WORD.search(text)
    if found is None:
        return (Text(text),)
    start, word, end = text[: found.start()], found[0], text[found.end() :]
    return (*((Text(start),) if start else ()), Joint(word), *((Text(end),) if end else ()))


@dataclass(frozen=True, slots=True)
class _Set:
    """A block's text as set, and the ranges in which no line may break."""

    text: str
    joints: tuple[tuple[int, int], ...]

    def nodes(self, first: int, last: int) -> Iterator[Inline]:
        """The text between two offsets, joints as nodes of their own."""
        for wide_start, wide_end in self.joints:
            start, end = max(first, wide_start), min(last, wide_end)
            if start < end:
                if first < start:
                    yield Text(self.text[first:start])
                yield Joint(self.text[start:end])
                first = end
        if first < last:
            yield Text(self.text[first:last])


def _flat(content: Inlines) -> Iterator[str]:
    for node in content:
        match node:
            case Text(text):
                yield text
            case Emphasis(children) | Strong(children) | Link(children) | UnitSpan(children):
                yield from _flat(children)
            case Code(text):
                yield OBJECT * len(text)
            case _:
                yield OBJECT


def _relaid(content: Inlines, text: _Set, at: int) -> tuple[Inlines, int]:
    """The nodes with their text taken from `text` at `at`, and the offset behind them."""
    nodes: list[Inline] = []
    for node in content:
        match node:
            case Text(old):
                nodes.extend(text.nodes(at, at + len(old)))
                at += len(old)
            case Emphasis(children) | Strong(children) | Link(children) | UnitSpan(children):
                relaid, at = _relaid(children, text, at)
                nodes.append(replace(node, children=relaid))
            case Code(old):
                nodes.append(node)
                at += len(old)
            case Passage(children, language):
                nodes.append(replace(node, children=typeset(children, find(language))))
                at += 1
            case _:
                nodes.append(node)
                at += 1
    return tuple(nodes), at
