"""Images that are blocks of their own: one with its caption, or several in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from publish.model import Block, Emphasis, Figure, Inlines, Paragraph, Prose, Role, Text, plain
from publish.reading.blocks.blockreader import BlockReader, read_prose
from publish.reading.marks.attributes import Attributes, clean_id
from publish.reading.marks.imagemarks import read_looks
from publish.reading.marks.inline import build_inline_tree, normalise

__all__ = ["join_captions", "read_figures"]

_PICTURE_FILE = re.compile(
    r"(?!\w+:)[^?]*\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|avif)", re.IGNORECASE
)
_LINE_ENDS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class _Shown:
    """The token of an image, and where a click on it leads."""

    token: Token
    href: str


def read_figures(inline: Token, reader: BlockReader, given: Attributes | None) -> tuple[Block, ...]:
    """Return the figures of a paragraph of images; empty for one that begins with text.

    Lines after the images are the caption of a single one, and a paragraph below a row.
    """
    shown, rest = _leading_images(inline.children or [])
    if not shown or any(token.type == "image" for token in rest):
        return ()
    prose, _ = read_prose(_with_children(inline, rest), reader, Role.CAPTION, given)
    read_looks(inline.children or [], Role.CAPTION, prose.span, reader.faults, figures=True)
    caption = prose if prose.content and len(shown) == 1 else None
    figures = [_figure(one, prose, caption, reader) for one in shown]
    row: tuple[Block, ...] = (
        figures[0],
        *(replace(figure, beside=True) for figure in figures[1:]),
    )
    if prose.content and caption is None:
        return (*row, Paragraph(replace(prose, role=reader.role)))
    return row


def _leading_images(children: Sequence[Token]) -> tuple[list[_Shown], list[Token]]:
    """Return the images of the first lines that hold nothing else, and the tokens after them."""
    shown: list[_Shown] = []
    line: list[_Shown] = []
    begin = at = 0
    href = ""
    for at, token in enumerate(children):
        match token.type:
            case "image":
                line.append(_Shown(token, href))
            case "link_open":
                href = str(token.attrGet("href") or "")
            case "link_close":
                href = ""
            case "text" if not token.content.strip():
                pass
            case "softbreak" | "hardbreak" if line:
                shown, line, begin = [*shown, *line], [], at + 1
            case _:
                return shown, list(children[begin:])
    return [*shown, *line], []


def _figure(shown: _Shown, prose: Prose, caption: Prose | None, reader: BlockReader) -> Figure:
    image = shown.token
    described: Inlines = ()
    with reader.faults.collecting():
        described = normalise((Text(plain(build_inline_tree([image], prose.span))),))
    look = image.meta["look"]
    if caption is None and look.get("alt"):
        # As pandoc has it: the text in brackets is the caption, `alt` the description.
        with reader.faults.collecting():
            words = build_inline_tree(image.children or [], prose.span)
            caption = replace(prose, content=words) if words else None
    width = str(look["width"])
    return Figure(
        src=str(image.attrGet("src") or ""),
        alt=replace(prose, content=described, role=Role.ALT),
        caption=caption,
        span=prose.span,
        width="" if width == "auto" else width,
        href=_href(shown.href, prose, reader),
        decorative=bool(look["decorative"]),
        id=clean_id(str(image.meta.get("id", ""))),
    )


def _href(href: str, prose: Prose, reader: BlockReader) -> str:
    """Return where a figure links to; not to a larger picture, which no edition has beside it."""
    if not _PICTURE_FILE.fullmatch(href):
        return href
    reader.faults.remark(
        f"the link from an image to the picture {href} is passed over",
        prose.span,
        "to show the larger picture, write its name between the parentheses of the image",
        code="link-picture",
    )
    return ""


def join_captions(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which a paragraph in italics right below an image is its caption."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if (
            isinstance(above, Figure)
            and isinstance(block, Paragraph)
            and above.caption is None
            and not above.beside
            and len(block.prose.content) == 1
            and isinstance(block.prose.content[0], Emphasis)
        ):
            joined[-1] = replace(above, caption=replace(block.prose, role=Role.CAPTION))
        else:
            joined.append(block)
    return joined


def _with_children(token: Token, children: list[Token]) -> Token:
    copy = token.copy()
    copy.children = children
    return copy
