"""Cuts streams of pages before their first numbers of paragraphs: a new paragraph changes these.

The numbers are painted after the text around them, so nine tenths of a stream are before them: its
front.  It is made and kept once.  The rest is filled with numbers and packed for itself, as what
follows in the same stream: a decoder finds one (RFC 1950, RFC 1951 §3.2).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.editions.pdf.letters.codes import Codes, write_codes
from publish.editions.pdf.parts.digits import Digits
from publish.editions.pdf.parts.filling import fill_inks
from publish.editions.pdf.parts.pagecontents import (
    FinishedPage,
    Inks,
    Layer,
    encode_item,
    finish_layer,
    lay_over,
    open_layer,
    squeeze,
)
from publish.editions.pdf.parts.recording import PageContent
from publish.editions.pdf.press.press import write_grey

__all__ = ["CutPages", "cut_pages", "fill_pages", "join_fronts"]

HEAD = b"\x78\xda"
"""How a stream begins that is packed as small as can be, with a window of 32 KiB."""

LAST = 1000
"""How many bytes of a front its rest may repeat; all of them would make a page 1 % smaller."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """A page from its first number on: its texts, those with numbers as zeros.

    `check` is the checksum of what is before, `last` the end of that, empty if there is nothing;
    `lost` are lines there that some programs cannot find.
    """

    content: PageContent
    check: int
    last: bytes
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CutPages:
    """Pages from their first numbers on, and the lines of heads and feet that are lost."""

    rests: tuple[_Rest, ...]
    lost: tuple[str, ...]


def cut_pages(
    layers: Iterable[tuple[Layer, Inks]], codes: Codes, *, for_press: bool = False
) -> tuple[tuple[bytes, ...], CutPages]:
    """Return the fronts of pages, packed, and all that follows.

    The first of the layers has zeros for numbers, the other has heads and feet.
    """
    text, furniture = layers
    pages, (more, lost) = open_layer(*text, codes), finish_layer(*furniture, codes)
    fronts: list[bytes] = []
    rests: list[_Rest] = []
    for content, rest in zip(pages, lay_over(map(_take_rest, pages), more), strict=True):
        own = tuple(write_codes(content.texts, codes))
        if for_press:
            write_grey(content.items)
        data = b"".join(b"%b\n" % encode_item(one) for one in content.items)
        packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        front = HEAD + packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH) if data else b""
        fronts.append(front)
        rests.append(_Rest(rest, zlib.adler32(data), data[-LAST:], own))
    return tuple(fronts), CutPages(tuple(rests), lost)


def _take_rest(content: PageContent) -> PageContent:
    """Return what a page shows from its first number on, and take it away from there.

    It is all of a page without any: its bytes do not depend on the part that the page is in.
    """
    cut = min((text.begin for text in content.texts if text.number >= 0), default=0)
    items = content.items[cut:]
    texts = [
        replace(text, stream=items, begin=text.begin - cut, end=text.end - cut)
        for text in content.texts
        if text.begin >= cut
    ]
    content.texts = [text for text in content.texts if text.begin < cut]
    del content.items[cut:]
    return replace(content, items=items, texts=texts)


def fill_pages(
    cut: CutPages,
    digits: Mapping[int, Digits],
    shown: Sequence[str],
    codes: Codes,
    *,
    for_press: bool = False,
) -> tuple[tuple[FinishedPage, ...], tuple[str, ...]]:
    """Return pages with their numbers but without their fronts, and all lines that are lost.

    What was cut stays as it is.
    """
    contents = tuple(_copy(rest.content) for rest in cut.rests)
    fill_inks((contents, b""), digits, shown)
    pages, lost = [], []
    for rest, content in zip(cut.rests, contents, strict=True):
        lost += [*rest.lost, *write_codes(content.texts, codes)]
        if for_press:
            write_grey(content.items)
        packed = _pack_rest(rest, content.items) if rest.last else squeeze(content.items)
        pages.append(FinishedPage(packed, content.states, content.images, content.own))
    return tuple(pages), (*lost, *cut.lost)


def _pack_rest(rest: _Rest, items: Iterable[bytes | str]) -> bytes:
    """Return the last of a stream, packed, and the checksum of all of it."""
    data = b"\n".join(map(encode_item, items))
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, zdict=rest.last)
    check = zlib.adler32(data, rest.check).to_bytes(4, "big")
    return packer.compress(data) + packer.flush() + check


def _copy(content: PageContent) -> PageContent:
    """Return what a page shows; its items and texts can change."""
    items = content.items.copy()
    return replace(
        content, items=items, texts=[replace(text, stream=items) for text in content.texts]
    )


def join_fronts(fronts: Iterable[bytes], pages: Iterable[FinishedPage]) -> tuple[FinishedPage, ...]:
    """Return pages with their fronts."""
    return tuple(
        replace(page, packed=front + page.packed) for front, page in zip(fronts, pages, strict=True)
    )
