"""The text of blocks cut into units, one for each sentence.

Law (partition): the units of a block joined with their separators are exactly the block's
canonical text.  Cuts are only made in running text, never inside a link, emphasis or code.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from itertools import pairwise

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import (
    Break,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Link,
    Prose,
    Text,
    Unit,
    map_inlines,
    plain,
)
from publish.reading.marks.bareaddresses import list_bare_addresses, unlink_addresses
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.sentences import find_boundaries

__all__ = [
    "ContentCut",
    "Cuttable",
    "ProseUnits",
    "cut_content",
    "cut_prose",
    "cut_sentences",
    "make_units",
    "number_links",
    "read_image_address",
]

OBJECT = "\ufffc"
REFERENCE = "Figure"
"""What stands for a link without words, which an edition shows as “Figure 3”."""
SIZED = re.compile(
    r"(?P<src>.*)\{(?P<decorative>decorative)? ?(?:width=(?P<width>[^{}]*))?\}", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class ProseUnits:
    """The units of a block, the tree of each, and the separators between them.

    A separator is nothing, a space, or `Break` for a hard break; there is one fewer than units.
    """

    units: tuple[Unit, ...]
    trees: tuple[Inlines, ...]
    separators: tuple[Inlines, ...]


LINE_NUMBER = re.compile(r"\s*\d{1,3}\.\s")

Cuttable = tuple[Inlines, bool]
"""A tree, and whether it stays whole: all that its sentences depend on but its language."""


@dataclass(frozen=True, slots=True)
class ContentCut:
    """The sentences of a tree: msgids, addresses, bare addresses, trees; and their separators."""

    msgids: tuple[str, ...]
    addresses: tuple[tuple[str, ...], ...]
    bare: tuple[tuple[str, ...], ...]
    trees: tuple[Inlines, ...]
    separators: tuple[Inlines, ...]


def cut_content(content: Inlines, language: Language, *, whole: bool) -> ContentCut:
    """Return the sentences of a tree, wherever it stands."""
    pieces, separators = cut_sentences(content, language, whole=whole)
    numbers = [number_links(piece) for piece in pieces]
    return ContentCut(
        tuple([serialise_inlines(tree) for tree, _ in numbers]),
        tuple([addresses for _, addresses in numbers]),
        tuple([list_bare_addresses(piece) for piece in pieces]),
        tuple([tree for tree, _ in numbers]),
        separators,
    )


def cut_prose(
    prose: Prose, language: Language, known: MutableMapping[Cuttable, ContentCut] | None = None
) -> ContentCut:
    """Return how the tree of one block is cut; a block without text has no sentences.

    `known` are trees that have been cut, and one that is cut now is added to them.  Raises
    PublishError (code `unwritable-marks`) for a text that no Markdown says.
    """
    cut = None if known is None else known.get((prose.content, prose.whole))
    if cut is None:
        try:
            cut = cut_content(prose.content, language, whole=prose.whole)
        except PublishError as error:
            error.span = error.span or prose.span
            raise
        if known is not None:
            known[prose.content, prose.whole] = cut
    return cut


def make_units(prose: Prose, cut: ContentCut) -> ProseUnits:
    """Return the units of one block whose tree is cut like this."""
    return ProseUnits(
        tuple(
            [
                Unit(
                    msgid=msgid,
                    context=prose.context,
                    role=prose.role,
                    span=prose.span,
                    section=prose.section,
                    note=prose.note,
                    addresses=addresses,
                    bare=bare,
                    opens=at == 0,
                )
                for at, (msgid, addresses, bare) in enumerate(
                    zip(cut.msgids, cut.addresses, cut.bare, strict=True)
                )
            ]
        ),
        cut.trees,
        cut.separators,
    )


def number_links(tree: Inlines) -> tuple[Inlines, tuple[str, ...]]:
    """Return the tree with its links and images numbered from 1, and their addresses in order.

    Bare addresses become text, as they were typed.
    """
    if len(tree) == 1 and isinstance(tree[0], Text):
        return tree, ()
    addresses: list[str] = []

    def number(node: Inline) -> Inline:
        match node:
            case Link(_, href):
                addresses.append(href)
                return replace(node, href=str(len(addresses)))
            case Image():
                addresses.append(_image_address(node))
                return Image(str(len(addresses)), node.alt)
            case _:
                return node

    return map_inlines(number, unlink_addresses(tree)), tuple(addresses)


def _image_address(image: Image) -> str:
    """Return the path of an image with its width, as in a source: `logo.png{width=2cm}`."""
    facts = ["decorative"] if image.decorative else []
    facts += [f"width={image.width}"] if image.width else []
    if facts or SIZED.fullmatch(image.src):
        return f"{image.src}{{{' '.join(facts)}}}"
    return image.src


def read_image_address(address: str) -> Image:
    """Return the image of an address in a unit, without its description."""
    found = SIZED.fullmatch(address)
    if not found:
        return Image(address, "")
    return Image(found["src"], "", found["width"] or "", bool(found["decorative"]))


# --------------------------------------------------------------------------- cutting


def cut_sentences(
    content: Inlines, language: Language, *, whole: bool = False
) -> tuple[tuple[Inlines, ...], tuple[Inlines, ...]]:
    """Return the sentences of a tree and their separators: `()`, a space, or a hard break."""
    if not content:
        return (), ()
    if len(content) == 1 and isinstance(content[0], Text):
        return _plain_sentences(content[0].text, language, whole)
    text, protected = _flattened(content)
    found = [] if whole else find_boundaries(text, language.sentences, protected)
    edges = [offset for pair in found for offset in pair]
    parts = _cut_at(content, edges)
    return tuple(parts[::2]), tuple(parts[1::2])


def _plain_sentences(
    text: str, language: Language, whole: bool
) -> tuple[tuple[Inlines, ...], tuple[Inlines, ...]]:
    """Return `cut_sentences` of a tree that is a single text, as most are."""
    found = [] if whole else find_boundaries(text, language.sentences, [])
    edges = [0, *(offset for pair in found for offset in pair), len(text)]
    parts = [(Text(text[first:last]),) if first < last else () for first, last in pairwise(edges)]
    return tuple(parts[::2]), tuple(parts[1::2])


def _flattened(content: Inlines) -> tuple[str, list[tuple[int, int]]]:
    """Return the text for the splitter, and the ranges it must not cut.

    The number of a list whose items are lines of their own belongs to what follows it.
    """
    parts, protected = [], []
    at = 0
    new_line = False
    for node in content:
        shown = _shown(node)
        if not isinstance(node, Text | Break):
            protected.append((at, at + len(shown)))
        elif new_line and (number := LINE_NUMBER.match(shown)):
            protected.append((at, at + number.end()))
        new_line = isinstance(node, Break)
        parts.append(shown)
        at += len(shown)
    return "".join(parts), protected


def _shown(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Break():
            return " "
        case FootnoteMark():
            return OBJECT
        case Link(children=()):
            return REFERENCE
        case _:
            return plain((node,)).replace("\n", " ") or OBJECT


def _cut_at(content: Inlines, edges: list[int]) -> list[Inlines]:
    """Return the nodes cut at offsets in ascending order; a text that contains one is divided.

    Each node is looked at once, however many sentences there are.
    """
    parts: list[list[Inline]] = [[]]
    at = 0
    for node in content:
        begin = 0
        last = at + (len(node.text) if isinstance(node, Text) else 1)
        while len(parts) <= len(edges) and edges[len(parts) - 1] < last:
            end = edges[len(parts) - 1] - at
            if isinstance(node, Text) and begin < end:
                parts[-1].append(Text(node.text[begin:end]))
                begin = end
            parts.append([])
        if not isinstance(node, Text):
            parts[-1].append(node)
        elif begin < len(node.text):
            parts[-1].append(Text(node.text[begin:]))
        at += len(_shown(node))
    parts += [[] for _ in range(len(edges) + 1 - len(parts))]
    return [tuple(part) for part in parts]
