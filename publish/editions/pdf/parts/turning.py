"""Turns a part to the other sides of its leaves, without laying it out again: `turn`.

That is right where only heads and feet differ, as on A4.  Where the text is at another place, lines
may end elsewhere, since sums of lengths are rounded: such a part is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from publish.editions.pdf.document import open_images
from publish.editions.pdf.parts.furniture import PageKind, frame_pages
from publish.editions.pdf.parts.laying import LaidPart, Setting
from publish.editions.pdf.standards import choose_standard

__all__ = ["find_alike", "turn"]

_OTHER = {"left": "right", "right": "left"}


def find_alike(setting: Setting, kinds: Iterable[PageKind]) -> dict[PageKind, bool]:
    """Return which kinds of pages are the same on the other side, but for heads and feet."""
    source = setting.source
    standard = choose_standard(source.variant, source.page)
    frame = frame_pages(setting.split.root, setting.styles, standard, open_images(source, []))
    return {kind: all(map(_is_same, frame(kind), frame(_turn_kind(kind)))) for kind in kinds}


def _is_same(one: Any, other: Any) -> bool:
    from weasyprint.css.properties import INITIAL_VALUES  # type: ignore[import-untyped]

    if one is None or other is None:
        return one is other
    return all(one[name] == other[name] for name in INITIAL_VALUES)


def _turn_kind(kind: PageKind) -> PageKind:
    side, blank, name = kind
    return _OTHER[side], blank, name


def turn(laid: LaidPart) -> LaidPart:
    """Return a part on the other sides, of pages that are alike."""
    return replace(
        laid, pages=tuple(replace(page, kind=_turn_kind(page.kind)) for page in laid.pages)
    )
