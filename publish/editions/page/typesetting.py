"""Applies the typography of a language to the text of a block.

Rules see the whole text of a block, across its marks, so that `*№* 5` keeps its space.  A passage
in another language follows the rules of that language.  Only spaces and hyphens are replaced, one
for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

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
    Styled,
    Text,
    UnitSpan,
)

__all__ = ["forget_typeset", "keep_last_word", "typeset"]

LAST_WORD = re.compile(r" [^\W\d_]{6,24}(?=[\W\d_]{0,4}\Z)")
LAST_LETTERS = 1 + 24 + 4
"""A word long enough to be hyphenated, before the punctuation that ends a text.

The space before it is included: WeasyPrint breaks a line much too early if the text before an
element ends with a space and just fills the line.
"""

OBJECT = "\ufffc"
CLUSTER = re.compile(r"(?<![^\s\ufffc])[^\s\ufffc]*(?:\u00a0[^\s\ufffc]*)+")
"""Words joined by no-break spaces."""


@lru_cache(maxsize=8192)
def typeset(content: Inlines, language: Language) -> Inlines:
    """Return an inline tree with the typography of its language.

    Raises AssertionError if the rules of the language change the length of a text.
    """
    text = "".join(_flat(content))
    changed = language.typeset(text)
    if len(changed) != len(text):
        raise AssertionError(f"the typography of {language.tag} changed the length of a text")
    nodes, _ = _relaid(content, _Set(changed, _tied(changed, language.no_break(changed))), 0)
    return nodes


def forget_typeset() -> None:
    """Give back the memory of the texts that were typeset last, 20 MB of a book."""
    typeset.cache_clear()


def _tied(text: str, tokens: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the ranges that must not break, each with the words joined to it.

    If only a part of `с МОТ` is in an element of its own, WeasyPrint finds no place for a line
    break before it and goes back much too far.
    """
    if not tokens:
        return ()
    clusters = [found.span() for found in CLUSTER.finditer(text)]
    wide = [
        next((one for one in clusters if one[0] <= start and end <= one[1]), (start, end))
        for start, end in tokens
    ]
    return tuple(dict.fromkeys(wide))


def keep_last_word(content: Inlines) -> Inlines:
    """Return a tree whose last word is not hyphenated, so that no part of a word ends a paragraph.

    The word is put into a Joint, with the space before it, where the line may break.
    """
    at = len(content) - 1
    while at >= 0 and isinstance(content[at], FootnoteMark):
        at -= 1
    if at < 0:
        return content
    match content[at]:
        case Text(text) as node:
            ended = _last_word(text)
        case (Emphasis() | Strong() | Styled() | Passage() | UnitSpan()) as node:
            ended = (replace(node, children=keep_last_word(node.children)),)
        case node:
            ended = (node,)
    return (*content[:at], *ended, *content[at + 1 :])


def _last_word(text: str) -> tuple[Inline, ...]:
    found = LAST_WORD.search(text, max(0, len(text) - LAST_LETTERS))
    if found is None:
        return (Text(text),)
    start, word, end = text[: found.start()], found[0], text[found.end() :]
    return (*((Text(start),) if start else ()), Joint(word), *((Text(end),) if end else ()))


@dataclass(frozen=True, slots=True)
class _Set:
    """The text of a block after its typography, and the ranges in which no line may break."""

    text: str
    joints: tuple[tuple[int, int], ...]

    def nodes(self, first: int, last: int) -> Iterator[Inline]:
        """Yield the text between two offsets; ranges that must not break are Joint nodes."""
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
            case (
                Emphasis(children)
                | Strong(children)
                | Styled(children)
                | Link(children)
                | UnitSpan(children)
            ):
                yield from _flat(children)
            case Code(text):
                yield OBJECT * len(text)
            case _:
                yield OBJECT


def _relaid(content: Inlines, text: _Set, at: int) -> tuple[Inlines, int]:
    """Return the nodes with text from offset `at` of `text`, and the offset after them."""
    nodes: list[Inline] = []
    for node in content:
        match node:
            case Text(old):
                nodes.extend(text.nodes(at, at + len(old)))
                at += len(old)
            case (
                Emphasis(children)
                | Strong(children)
                | Styled(children)
                | Link(children)
                | UnitSpan(children)
            ):
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
