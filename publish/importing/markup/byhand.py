"""What was typed by hand as text: bullets and numbers of lists, captions of pictures and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from publish.importing.markup.reading import PageReading
from publish.model import (
    Block,
    Figure,
    ListBlock,
    ListItem,
    Numbering,
    Paragraph,
    Prose,
    Role,
    Table,
    Text,
    plain,
)
from publish.reading.marks.inline import normalise

__all__ = ["join_typed_captions", "list_typed_items"]

BULLET = re.compile(r"[•▪◦●■‣·][\s\u00a0]+(?=\S)")
DASH = re.compile(r"[-–*][\s\u00a0]+(?=\S)")
NUMBER = re.compile(r"\(?(\d{1,3}|[a-z]|[A-Z])[.)][\s\u00a0]+(?=\S)")
ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
FEWEST, FEWEST_CAPITALS = 2, 3
"""So many items has a list, and one that counts with capitals: "A. Petrov" is a name."""

PICTURE_NAMES = (
    "figure|fig|picture|photo|image|map|chart|graph|diagram|illustration|abbildung|abb|bild|karte|"
    "рисунок|рис|фото|карта|схема|график|диаграмма|иллюстрация|surat|çyzgy|diagramma|grafik|"
    "figura|imagen|imagem|foto|mapa|carte|şekil|resim|harita|rasm|сурет|rycina|ryc"
)
TABLE_NAMES = (
    "table|tab|tabelle|tableau|tabla|tabela|tabella|tablo|таблица|табл|tablisa|jadval|кесте|cədvəl"
)
CAPTION = r"\s*(?:{})\.?[\s\u00a0]*(?:№|no\.?|nr\.?)?[\s\u00a0]*\d{{1,3}}(?:[.\-–]\d{{1,3}})*\b"
PICTURE_CAPTION = re.compile(CAPTION.format(PICTURE_NAMES), re.IGNORECASE)
TABLE_CAPTION = re.compile(CAPTION.format(TABLE_NAMES), re.IGNORECASE)
LONGEST_CAPTION = 300

_Kind = Literal["bullet", "dash", "number"]


@dataclass(frozen=True, slots=True)
class _Start:
    """How a paragraph begins: the length of its mark, and the number of an item, if it has one."""

    kind: _Kind
    length: int
    sign: str = ""
    value: int = 0
    numbering: Numbering = "1"

    def is_before(self, other: _Start) -> bool:
        """Return whether the other start is that of the next item."""
        alike = (self.kind, self.numbering) == (other.kind, other.numbering)
        return alike and (self.kind == "bullet" or self._counts_to(other))

    def _counts_to(self, other: _Start) -> bool:
        if self.kind == "number":
            return other.value == self.value + 1
        return other.sign == self.sign


# --------------------------------------------------------------------------- lists


def list_typed_items(blocks: Sequence[Block], reading: PageReading) -> list[Block]:
    """Return blocks in which paragraphs that begin like items are lists, two at least.

    Bullets are those of any list.  Dashes may be speech, so the text before them must end with a
    colon, or no item but the last with a full stop.  Numbers count on from 1 or `a`; where a later
    paragraph of the text goes on counting they number its paragraphs, and stay.
    """
    starts = [_start(block) for block in blocks]
    made: list[Block] = []
    at = 0
    while at < len(blocks):
        end = _end_of_run(starts, at)
        run = [block for block in blocks[at:end] if isinstance(block, Paragraph)]
        start = starts[at]
        if start is not None and len(run) >= FEWEST and _is_list(run, start, made, starts[end:]):
            if start.kind == "number":
                reading.numbers.extend(one.sign for one in starts[at:end] if one)
            made.append(_list(run, starts[at:end], start))
        else:
            made += blocks[at:end]
        at = end
    return made


def _end_of_run(starts: Sequence[_Start | None], at: int) -> int:
    end = at + 1
    while end < len(starts):
        before, start = starts[end - 1], starts[end]
        if before is None or start is None or not before.is_before(start):
            break
        end += 1
    return end


def _start(block: Block) -> _Start | None:
    if not isinstance(block, Paragraph) or not block.prose.content:
        return None
    first = block.prose.content[0]
    text = first.text if isinstance(first, Text) else ""
    if found := BULLET.match(text):
        return _Start("bullet", found.end())
    if found := DASH.match(text):
        return _Start("dash", found.end(), found[0][0])
    if found := NUMBER.match(text):
        sign = found[1]
        if sign.isdigit():
            return _Start("number", found.end(), sign, int(sign))
        numbering: Numbering = "a" if sign.islower() else "A"
        value = ord(sign.lower()) - ord("a") + 1
        return _Start("number", found.end(), sign, value, numbering)
    return None


def _is_list(
    run: Sequence[Paragraph], start: _Start, before: Sequence[Block], after: Sequence[_Start | None]
) -> bool:
    if start.kind == "bullet":
        return True
    if start.kind == "dash":
        ended = [bool(ENDS.search(_last_text(one))) for one in run[:-1]]
        return not any(ended) or _introduces(before)
    if start.numbering == "A" and len(run) < FEWEST_CAPITALS:
        return False
    goes_on = replace(start, value=len(run))
    return start.value == 1 and not any(one and goes_on.is_before(one) for one in after)


def _introduces(before: Sequence[Block]) -> bool:
    last = before[-1] if before else None
    return isinstance(last, Paragraph) and _last_text(last).endswith(":")


def _last_text(paragraph: Paragraph) -> str:
    last = paragraph.prose.content[-1]
    return last.text.rstrip() if isinstance(last, Text) else ""


def _list(run: Sequence[Paragraph], starts: Sequence[_Start | None], first: _Start) -> ListBlock:
    items = tuple(
        ListItem((_without_mark(one, start.length if start else 0),))
        for one, start in zip(run, starts, strict=True)
    )
    number = first.value if first.kind == "number" else None
    return ListBlock(items, number, run[0].prose.span, first.numbering)


def _without_mark(paragraph: Paragraph, length: int) -> Paragraph:
    first, *rest = paragraph.prose.content
    text = first.text[length:] if isinstance(first, Text) else ""
    content = normalise((Text(text), *rest))
    return Paragraph(replace(paragraph.prose, content=content, role=Role.ITEM))


# --------------------------------------------------------------------------- captions


def join_typed_captions(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which a short text such as “Figure 2. …” is a caption of its neighbour.

    That of a picture stands below it, or else above it; that of a table above it, or else below.
    """
    joined: list[Block] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        above = joined[-1] if joined else None
        below = waiting[0] if waiting else None
        if _is_caption(block, PICTURE_CAPTION) and isinstance(block, Paragraph):
            if isinstance(above, Figure) and _is_free(above):
                joined[-1] = replace(above, caption=_captioned(block))
                continue
            if isinstance(below, Figure) and _is_free(below) and not _has_own(waiting):
                waiting[0] = replace(below, caption=_captioned(block))
                continue
        if _is_caption(block, TABLE_CAPTION) and isinstance(block, Paragraph):
            if isinstance(below, Table) and below.caption is None:
                waiting[0] = replace(below, caption=_captioned(block))
                continue
            if isinstance(above, Table) and above.caption is None:
                joined[-1] = replace(above, caption=_captioned(block))
                continue
        joined.append(block)
    return joined


def _is_free(figure: Figure) -> bool:
    return figure.caption is None and not figure.beside


def _has_own(waiting: Sequence[Block]) -> bool:
    """Return whether the picture that comes next has a caption of its own below it."""
    return len(waiting) > 1 and _is_caption(waiting[1], PICTURE_CAPTION)


def _is_caption(block: Block, pattern: re.Pattern[str]) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = plain(block.prose.content)
    return len(text) <= LONGEST_CAPTION and pattern.match(text) is not None


def _captioned(caption: Paragraph) -> Prose:
    return replace(caption.prose, role=Role.CAPTION)
