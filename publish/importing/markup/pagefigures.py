"""Pictures and their captions."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from publish.importing.markup.pagetree import HtmlElement
from publish.importing.markup.reading import PageReading
from publish.model import (
    Block,
    Break,
    Figure,
    Image,
    Inline,
    Inlines,
    Link,
    Paragraph,
    Prose,
    Role,
    Text,
)
from publish.reading.marks.inline import normalise
from publish.reading.marks.sizes import parse_size

__all__ = ["make_figures", "read_image", "sniff_picture"]

KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.S), ".webp"),
    (re.compile(rb"....ftypavif", re.S), ".avif"),
    (re.compile(rb"II\*\x00|MM\x00\*"), ".tiff"),
    (re.compile(rb"BM"), ".bmp"),
    (
        re.compile(
            rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg", re.S
        ),
        ".svg",
    ),
)
"""How the files begin that editions can have."""
SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
WIDTH = re.compile(r"(?:^|;)width:([^;]+)")
NAME = re.compile(r"[^a-z0-9]+")


def sniff_picture(data: bytes) -> str:
    """Return the suffix for a picture that editions can have; empty for any other file."""
    return next((suffix for kind, suffix in KINDS if kind.match(data)), "")


def read_image(element: HtmlElement, reading: PageReading) -> Image | None:
    """Return a picture within a line of text; None for one that is not there."""
    alt = " ".join((element.get("alt") or "").split())
    data, src = _find_picture(element, reading)
    if data is None:
        if alt or not _is_pixel(element):
            reading.lose_text(alt, "picture", reading.place(), f"not in the file: {src[:120]}")
        return None
    suffix = sniff_picture(data)
    if not suffix:
        reading.lose_text(alt, "picture", reading.place(), f"of a kind no edition has: {src[:120]}")
        return None
    name = _name(src, alt, suffix, data, reading)
    decorative = element.get("role") in ("presentation", "none") and not alt
    return Image(name, alt, _width(element), decorative)


def _is_pixel(element: HtmlElement) -> bool:
    """Return whether a picture is one that counts readers, or makes room."""
    sizes = [element.get(name, "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size) <= 1 for size in sizes)


def _find_picture(element: HtmlElement, reading: PageReading) -> tuple[bytes | None, str]:
    """Return the bytes of a picture and its address."""
    given = [found.strip() for name in SOURCES if (found := element.get(name))]
    for src in given:
        if src[:5].lower() == "data:" and (data := _read_data(src)):
            return data, ""
        for key in (src, unquote(src), unquote(urlsplit(src).path)):
            if key in reading.pictures:
                return reading.pictures[key], src
    shown = next((src for src in given if src[:5].lower() != "data:"), "")
    return None, shown


def _read_data(src: str) -> bytes | None:
    head, _, body = src.partition(",")
    try:
        if head.lower().endswith(";base64"):
            return base64.b64decode(unquote(re.sub(r"\s", "", body)), validate=False)
    except (binascii.Error, ValueError):
        return None
    return unquote_to_bytes(body)


def _name(src: str, alt: str, suffix: str, data: bytes, reading: PageReading) -> str:
    """Return a plain name that no other picture has; the same picture has the same name."""
    stem = PurePosixPath(unquote(urlsplit(src).path)).stem if src else alt[:40]
    stem = NAME.sub("-", stem.lower()).strip("-")[:60].strip("-") or "picture"
    number, name = 1, f"{stem}{suffix}"
    while name in reading.used and reading.used[name] != data:
        number += 1
        name = f"{stem}-{number}{suffix}"
    reading.used[name] = data
    return name


def _width(element: HtmlElement) -> str:
    """Return the width of a picture if it is a share of the page or a length on paper."""
    style = (element.get("style") or "").replace(" ", "").lower()
    found = WIDTH.search(style)
    size = parse_size(found[1] if found else element.get("width") or "")
    return size if size and not size.endswith(("px", "em")) else ""


# --------------------------------------------------------------------------- figures


def _picture_of(node: Inline) -> tuple[Image, str] | None:
    """Return the picture that a node is, and where a click on it leads."""
    match node:
        case Image():
            return node, ""
        case Link((Image() as image,), href):
            return image, href
        case _:
            return None


def make_figures(prose: Prose, reading: PageReading) -> tuple[Block, ...]:
    """Return the blocks of a text: pictures that its first lines consist of, and the rest.

    One picture with lines of text below it has them as its caption.
    """
    shown, rest = _leading(prose.content)
    if not shown or any(_picture_of(node) for node in rest):
        return (Paragraph(_looked(prose)),) if prose.content else ()
    caption = replace(prose, content=rest, role=Role.CAPTION) if rest else None
    figures = [make_figure(image, href, prose) for image, href in shown]
    row: tuple[Block, ...] = (figures[0], *(replace(one, beside=True) for one in figures[1:]))
    if caption is None:
        return row
    if len(figures) == 1:
        return (replace(figures[0], caption=caption),)
    return (*row, Paragraph(replace(caption, role=prose.role)))


def make_figure(image: Image, href: str, prose: Prose) -> Figure:
    """Return a picture that is a block."""
    alt = normalise((Text(image.alt),)) if image.alt else ()
    return Figure(
        src=image.src,
        alt=replace(prose, content=alt, role=Role.ALT),
        caption=None,
        span=prose.span,
        width="" if image.width == "auto" else image.width,
        href=href,
        decorative=image.decorative,
    )


def _leading(tree: Inlines) -> tuple[list[tuple[Image, str]], Inlines]:
    """Return the pictures of the first lines that hold nothing else, and the nodes after them."""
    shown: list[tuple[Image, str]] = []
    line: list[tuple[Image, str]] = []
    begin = 0
    for at, node in enumerate(tree):
        found = _picture_of(node)
        if found:
            line.append(found)
        elif isinstance(node, Break) and line:
            shown, line, begin = [*shown, *line], [], at + 1
        elif not (isinstance(node, Text) and not node.text.strip()):
            return shown, tree[begin:]
    return [*shown, *line], ()


def _looked(prose: Prose) -> Prose:
    """Return a text in which a picture on a line of its own has its own size."""
    tree = prose.content
    if not any(isinstance(node, Image) for node in tree):
        return prose
    lines: list[list[Inline]] = [[]]
    for node in tree:
        if isinstance(node, Break):
            lines.append([])
        else:
            lines[-1].append(node)
    made: list[Inline] = []
    for number, line in enumerate(lines):
        made += [Break()] if number else []
        alone = all(_picture_of(n) or (isinstance(n, Text) and not n.text.strip()) for n in line)
        made += [
            replace(n, width="auto") if alone and isinstance(n, Image) and not n.width else n
            for n in line
        ]
    return replace(prose, content=normalise(tuple(made)))
