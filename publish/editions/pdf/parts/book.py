"""Makes the file of a document in parts: `render_in_parts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pagination import Pagination, WrittenEdition, fill_page_starts
from publish.editions.pdf.codes import Codes, choose_counted, has_odd
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.furniture import Folio
from publish.editions.pdf.parts.inking import Need, find_needs, finish_pages
from publish.editions.pdf.parts.joining import write_joined
from publish.editions.pdf.parts.laying import (
    LaidPart,
    LayeredPart,
    Setting,
    add_furniture,
    lay_out_part,
)
from publish.editions.pdf.parts.mergedfonts import add_needs, make_fonts, send_codes
from publish.editions.pdf.parts.recording import PageHead
from publish.editions.runners import Runner

__all__ = ["render_in_parts"]

ROUNDS = 4
"""How often the front matter is laid out at most, until its numbers are those of the pages."""


def render_in_parts(setting: Setting, run: Runner) -> WrittenEdition:
    """Return the tagged PDF of a document that is cut into parts, and where its pages begin.

    The bytes are the same whoever does the work, and in whatever processes.

    Raises WholeNeededError for a document that must be laid out whole.
    """
    setting, chapters = _lay_out_chapters(setting, run)
    front = _lay_out_front(setting, chapters)
    parts = [front, *chapters]
    layered = list(run(partial(_add_furniture, setting, parts), range(len(parts))))
    fonts = make_fonts((font for part in layered for font in part.fonts), setting.styles.faces)
    codes = _choose_codes(layered, fonts, run)
    sent = send_codes(codes)
    written = list(run(lambda at: finish_pages(layered[at].layers, sent), range(len(parts))))
    lost = [line for _, lines in written for line in lines]
    heads = [head for part in parts for head in part.heads]
    finished = [page for pages, _ in written for page in pages]
    data = write_joined(setting, heads, finished, fonts, codes, lost)
    starts = fill_page_starts([start for part in parts for start in part.starts])
    return WrittenEdition(data, Pagination(starts, setting.split.order.digest), tuple(lost))


def _lay_out_chapters(setting: Setting, run: Runner) -> tuple[Setting, list[LaidPart]]:
    """Return the parts with chapters, and the setting in which they are cut.

    Where the last notes of a part found no room, it and the next become one: these notes are on the
    first page of the next, as in a document that is laid out whole.
    """
    known: dict[tuple[Element, ...], LaidPart] = {}
    while True:
        groups = setting.split.groups
        new = [number for number, group in enumerate(groups, 1) if group not in known]
        laid = run(partial(lay_out_part, setting), new)
        known.update((groups[number - 1], part) for number, part in zip(new, laid, strict=True))
        joined: list[tuple[Element, ...]] = []
        for at, group in enumerate(groups):
            over = at > 0 and known[groups[at - 1]].runs_over
            joined[-1:] = [joined[-1] + group] if over else [*joined[-1:], group]
        if len(joined) == len(groups):
            return setting, [known[group] for group in groups]
        setting = replace(setting, split=replace(setting.split, groups=tuple(joined)))


def _lay_out_front(setting: Setting, chapters: Sequence[LaidPart]) -> LaidPart:
    """Return the front matter with the numbers of all pages; they need not change its lines.

    If they do and it gets another page, it is laid out again, but not for ever.
    """
    front: tuple[PageHead, ...] = ()
    chapter_heads = [head for part in chapters for head in part.heads]
    for _ in range(ROUNDS):
        pages: dict[str, int] = {}
        for number, head in enumerate((*front, *chapter_heads), 1):
            for name in head.anchors:
                pages.setdefault(name, number)
        laid = lay_out_part(setting, 0, pages)
        if len(laid.heads) == len(front):
            return laid
        front = laid.heads
    raise WholeNeededError("the page numbers change the pages of the contents")


def _add_furniture(setting: Setting, parts: Sequence[LaidPart], at: int) -> LayeredPart:
    """Add the heads and feet of a part."""
    first = 1 + sum(len(part.heads) for part in parts[:at])
    before: dict[str, str] = {}
    for part in parts[:at]:
        for head in part.heads:
            before.update(head.strings)
    folios = [
        Folio(head.kind, number, _by_name(head))
        for number, head in enumerate(parts[at].heads, first)
    ]
    total = sum(len(part.heads) for part in parts)
    return add_furniture(setting, parts[at], folios, before, total)


def _by_name(head: PageHead) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in head.strings:
        found.setdefault(name, []).append(text)
    return found


def _choose_codes(layered: Sequence[LayeredPart], fonts: Mapping[int, Any], run: Runner) -> Codes:
    """Return the codes of the fonts of all parts, with all that any line needs."""
    counts: Counter[tuple[str, int, str]] = Counter()
    needs: set[Need] = set()
    for part in layered:
        for layer in part.layers:
            counts.update(layer.counts)
            needs |= layer.needs
    codes = choose_counted(fonts.values(), counts)
    sent = send_codes(codes)
    odd = [
        at
        for at, part in enumerate(layered)
        if any(has_odd(layer.counts, codes) for layer in part.layers)
    ]
    for more in run(
        lambda number: find_needs(layered[number].layers, layered[number].fonts, sent), odd
    ):
        needs |= more
    add_needs(codes, needs)
    return codes
