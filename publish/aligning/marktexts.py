"""A sentence as its plain text and the ranges of its marks, and the way back to a tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

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
from publish.reading.marks.inline import normalise

__all__ = ["Mark", "MarkedText", "flatten_marks", "name_mark", "raise_marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark over a range of a text; `node` is without its children.

    Marks of notes and images have no text of their own: their range is empty.
    """

    start: int
    end: int
    node: Inline


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The characters of a sentence, and its marks, outer ones first."""

    text: str
    marks: tuple[Mark, ...] = ()


def name_mark(node: Inline) -> str:
    """Return the kind of a mark in a word: `link`, `note`, `**`."""
    match node:
        case Emphasis():
            return "*"
        case Strong():
            return "**"
        case Styled(_, style):
            return f"<{style}>"
        case Code():
            return "code"
        case Math():
            return "formula"
        case Link():
            return "link"
        case Image():
            return "image"
        case FootnoteMark():
            return "note"
        case _:
            return "line break"


def flatten_marks(tree: Inlines) -> MarkedText:
    """Return a sentence as text and marks; a line break is a space that has a mark."""
    parts: list[str] = []
    marks: list[Mark] = []
    _flatten(tree, 0, parts, marks)
    return MarkedText("".join(parts), tuple(marks))


def _flatten(tree: Inlines, at: int, parts: list[str], marks: list[Mark]) -> int:
    """Add the text and the marks of a tree that starts at an offset; return where it ends."""
    for node in tree:
        start, place = at, len(marks)
        match node:
            case Text(text) | Joint(text):
                parts.append(text)
                at += len(text)
                continue
            case Passage(children) | UnitSpan(children):
                at = _flatten(children, at, parts, marks)
                continue
            case Code(text) | Math(text):
                parts.append(text)
                at += len(text)
            case Break():
                parts.append(" ")
                at += 1
            case Emphasis(children) | Strong(children) | Styled(children) | Link(children):
                at = _flatten(children, at, parts, marks)
                node = replace(node, children=())
            case _:
                pass
        marks.insert(place, Mark(start, at, node))
    return at


def raise_marks(text: str, marks: Iterable[Mark]) -> Inlines:
    """Return the tree of a text with marks, none of which crosses another."""
    ordered = sorted(marks, key=lambda one: (one.start, -one.end))
    return normalise(_raise(text, 0, len(text), ordered))


def _raise(text: str, start: int, end: int, marks: Sequence[Mark]) -> Inlines:
    """Return the nodes of a range; `marks` are those within it, in order."""
    nodes: list[Inline] = []
    at, number = start, 0
    while number < len(marks):
        mark = marks[number]
        number += 1
        inner = []
        while number < len(marks) and _is_inside(marks[number], mark):
            inner.append(marks[number])
            number += 1
        if at < mark.start:
            nodes.append(Text(text[at : mark.start]))
        node = mark.node
        if _is_parent(node):
            node = replace(node, children=_raise(text, mark.start, mark.end, inner))
        nodes.append(node)
        at = mark.end
    if at < end:
        nodes.append(Text(text[at:end]))
    return tuple(nodes)


def _is_inside(mark: Mark, outer: Mark) -> bool:
    return outer.start < outer.end and mark.start < outer.end and mark.end <= outer.end


def _is_parent(node: Inline) -> TypeGuard[Emphasis | Strong | Styled | Link]:
    return isinstance(node, Emphasis | Strong | Styled | Link)
