"""The text of a block as Markdown, with no more backslashes than reading it back needs.

A text is first written as catalogs have it, and read back in its place.  Only where it then says
something else, more of its characters get a backslash, in the end all signs of ASCII.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from publish.errors import PublishError
from publish.model import (
    Break,
    Image,
    Inline,
    Inlines,
    Link,
    Text,
    map_inlines,
    plain,
)
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.writing.trying import Place, says_same

__all__ = ["can_write_text", "escape_all", "write_address", "write_looks", "write_text"]

PLAIN = re.compile(r"[^\W\d_]{2}(?:[^\W_]|[ ,;'’“”«»„()?!–—%]|(?<=[\w)])\.(?=[ ”»]|$))*")
"""A text that can be read in one way only, wherever it stands."""

STANDS_FIRST = re.compile(
    r"\(?[\w#]{1,9}(?P<end>[.)])|(?:[Tt]able)?(?P<colon>:)|(?P<sign>[!-/:-@\[-`{-~])"
)
SIGNS = frozenset(string.punctuation)
CODED = "[]()"
"""Brackets with a backslash may begin or end a formula."""
DIALECT = frozenset("$~^={}|:@[]!<>#")
SUBSTITUTES = [
    chr(code) for code in range(0x2E00, 0x2E5E) if unicodedata.category(chr(code)) == "Po"
]
"""Rare signs that stand for those of ASCII while a text is written, since marks beside a sign of
punctuation are written in another way than marks beside a letter."""

HELD = re.compile("!\\[\\]\\(\ue000(\\d+)\ue001\\)")

EDGES = re.compile(r"^[^\S \n]+|[^\S \n]+$", re.MULTILINE)
"""Wide spaces at the ends of lines, which Markdown does not keep."""
LINE = "\ue002"
LONE = re.compile(f" {LINE}|{LINE} ")
"""The space before or after a picture that stands on a line of its own."""


@lru_cache(maxsize=32768)
def write_text(tree: Inlines, place: Place) -> str:
    """Return a text as Markdown that reads back as this tree, in a place.

    Raises PublishError (code `unwritable-marks`) for the rare tree that Markdown cannot express.
    """
    if len(tree) == 1 and isinstance(tree[0], Text) and PLAIN.fullmatch(tree[0].text):
        return tree[0].text
    for chosen in (_none, _first, _dialect, _all):
        try:
            written = _write(tree, chosen, one_line=place.one_line)
        except PublishError:
            continue
        if chosen is not _none:
            written = EDGES.sub(
                lambda found: "".join(f"&#{ord(one)};" for one in found[0]), written
            )
        if says_same(written, tree, place):
            return written
    raise PublishError(
        f"marks in this text cannot be written as Markdown: {plain(tree)[:60]}",
        hint="start and end emphasis at the edges of words",
        code="unwritable-marks",
    )


def can_write_text(tree: Inlines, place: Place) -> bool:
    """Return whether `write_text` can express a text in a place."""
    try:
        write_text(tree, place)
    except PublishError:
        return False
    return True


# --------------------------------------------------------------------------- what is escaped

Chosen = Callable[[str, bool], Iterator[int]]
"""Yields the places in a text that get a backslash; True if the text begins a line."""


def _none(text: str, first: bool) -> Iterator[int]:
    return iter(())


def _first(text: str, first: bool) -> Iterator[int]:
    found = STANDS_FIRST.match(text) if first else None
    if found:
        yield found.end() - 1


def _dialect(text: str, first: bool) -> Iterator[int]:
    yield from _first(text, first)
    yield from (at for at, letter in enumerate(text) if letter in DIALECT)


def _all(text: str, first: bool) -> Iterator[int]:
    """All signs; brackets become entities, since `\\[…\\]` and `\\(…\\)` are formulas."""
    yield from (at for at, letter in enumerate(text) if letter in string.punctuation)


def escape_all(text: str) -> str:
    """Return a text in which no sign of ASCII is a mark; see `_all`."""
    return "".join(
        f"&#{ord(letter)};" if letter in CODED else f"\\{letter}" if letter in SIGNS else letter
        for letter in text
    )


# --------------------------------------------------------------------------- writing


def _write(tree: Inlines, chosen: Chosen, *, one_line: bool) -> str:
    """Return a tree as Markdown; what catalogs have no mark for is held as an image."""
    used = set(plain(tree))
    free = [sign for sign in SUBSTITUTES if sign not in used]
    signs = dict(zip(string.punctuation, free, strict=False))
    held: list[str] = []

    def change(node: Inline) -> Inline:
        match node:
            case Link(_, _, bare=True):
                held.append(plain(node.children))
            case Image():
                alone = LINE if node.width == "auto" and not one_line else ""
                held.append(f"{alone}{_image(node, all_signs=chosen is _all)}{alone}")
            case Break() if one_line:
                held.append("<br>")
            case _:
                return node
        return Image(f"\ue000{len(held) - 1}\ue001", "")

    first = {id(node) for node in _line_starts(tree)}

    def substitute(node: Inline) -> Inline:
        if not isinstance(node, Text):
            return node
        letters = list(node.text)
        for at in chosen(node.text, id(node) in first):
            letters[at] = signs.get(letters[at], letters[at])
        return Text("".join(letters))

    prepared = map_inlines(substitute, map_inlines(change, tree))
    written = serialise_inlines(prepared)
    written = HELD.sub(lambda found: held[int(found[1])], written)
    written = LONE.sub("\n", written)
    written = written.replace(LINE, "")
    coded = CODED if chosen is _all else ""
    back = {
        ord(sign): f"&#{ord(letter)};" if letter in coded else f"\\{letter}"
        for letter, sign in signs.items()
        if sign not in used
    }
    return written.translate(back)


def _line_starts(tree: Inlines) -> Iterator[Inline]:
    """Yield the texts that begin a line, even within marks."""
    begins = True
    for node in tree:
        if begins:
            inner = node
            while hasattr(inner, "children") and inner.children:
                inner = inner.children[0]
            yield inner
        begins = isinstance(node, Break)


def _image(image: Image, *, all_signs: bool) -> str:
    alt = escape_all(image.alt) if all_signs else re.sub(r"[\\`*_\[\]<&]", r"\\\g<0>", image.alt)
    width = "" if image.width == "auto" else image.width
    return f"![{alt}]({write_address(image.src)}){write_looks(width, image.decorative)}"


def write_looks(width: str, decorative: bool, alt: str = "", name: str = "") -> str:
    """Return the attributes of an image: id, width or height, whether it is decorative, `alt`."""
    size = f"height={width[1:]}" if width.startswith("x") else f"width={width}" if width else ""
    described = f'alt="{alt}"' if alt else ""
    given = (f"#{name}" if name else "", size, "decorative" if decorative else "", described)
    items = [one for one in given if one]
    return f"{{{' '.join(items)}}}" if items else ""


def write_address(href: str) -> str:
    """Return an address as it stands between parentheses."""
    escaped = re.sub(
        r"[\\<>]|&(?=#?\w+;)", lambda one: "&amp;" if one[0] == "&" else f"\\{one[0]}", href
    )
    return f"<{escaped}>" if re.search(r"[\s()<]", href) else escaped
