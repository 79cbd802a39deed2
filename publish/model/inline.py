"""Inline trees: the text of a block with its marks, and functions to walk and map them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import is_
from typing import Literal, assert_never


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that are shown as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    children: Inlines


Style = Literal["s", "u", "sub", "sup", "kbd"]
"""Struck out, underlined, lowered, raised, a key of a keyboard: the names of HTML's elements."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Text with a mark that Markdown writes as an HTML element, such as `H<sub>2</sub>O`."""

    children: Inlines
    style: Style


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in TeX inside a line of text; translators see it as one mark."""

    tex: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `href` is its number (`"1"`) inside a unit and its address in a document.

    A `bare` link is an address typed in running text; in a unit it is text.
    """

    children: Inlines
    href: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """An image inside a line of text; in a unit it has a number, as links have.

    `width` is a CSS length or a share of the line (`3cm`, `50%`), or one of height (`x3cm`);
    `auto` for a picture as large as its file says, empty for an icon as high as its line.  A
    `decorative` image needs no description.
    """

    src: str
    alt: str
    width: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A hard line break."""


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    label: str


PassageState = Literal["untranslated", "fuzzy", "words"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that readers see marked, with its language (a BCP 47 tag) and the reason.

    Only composing and numbering make these.  The reason is `untranslated` for a sentence shown in
    the source language, and `fuzzy` for an unconfirmed translation that is used on request.
    `words` is for those of the edition itself in another language than the text around them, such
    as “Figure 3”, which have no mark.
    """

    children: Inlines
    language: str
    state: PassageState


@dataclass(frozen=True, slots=True)
class Joint:
    """Text that must stay on one line, such as `ABŞ-nyň`; only typography makes these."""

    text: str


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """Sentences that can be found in a page by their ids; only composing makes these.

    There are several ids where one translation covers several sentences.
    """

    children: Inlines
    ids: tuple[str, ...]


Inline = (
    Text
    | Emphasis
    | Strong
    | Styled
    | Code
    | Math
    | Link
    | Image
    | Break
    | FootnoteMark
    | Passage
    | Joint
    | UnitSpan
)
Inlines = tuple[Inline, ...]
Parent = (Emphasis, Strong, Styled, Link, Passage, UnitSpan)
"""The nodes that have others within them."""


def plain(inlines: Inlines) -> str:
    """Return the characters that a reader sees, without marks; an image gives its description."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return inlines[0].text
    return "".join([_plain(node) for node in inlines])


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Joint(text) | Math(text):
            return text
        case (
            Emphasis(children)
            | Strong(children)
            | Styled(children)
            | Link(children)
            | Passage(children)
            | UnitSpan(children)
        ):
            return plain(children)
        case Image(_, alt):
            return alt
        case Break():
            return "\n"
        case FootnoteMark():
            return ""
        case _:
            assert_never(node)


def walk_inlines(inlines: Inlines) -> Iterator[Inline]:
    """Yield every node of an inline tree, parents first."""
    for node in inlines:
        yield node
        if isinstance(node, Parent):
            yield from walk_inlines(node.children)


def walk_marks(inlines: Inlines) -> Iterable[Inline]:
    """Return every node of an inline tree but its texts, parents first; of most trees none."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return ()
    return (node for node in walk_inlines(inlines) if not isinstance(node, Text))


def map_inlines(change: Callable[[Inline], Inline], inlines: Inlines) -> Inlines:
    """Return the tree with `change` applied to every node, children before their parent."""
    return tuple([change(_map_children(change, node)) for node in inlines])


def _map_children(change: Callable[[Inline], Inline], node: Inline) -> Inline:
    if not isinstance(node, Parent):
        return node
    children = map_inlines(change, node.children)
    same = len(children) == len(node.children) and all(map(is_, children, node.children))
    return node if same else replace(node, children=children)
