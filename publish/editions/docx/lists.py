"""Writes lists: each has numbering of its own, so that it counts from its own first number."""

from __future__ import annotations

from publish.editions.docx.names import make, write_part
from publish.editions.docx.word import Place, Word
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = ["NUMBERED_STYLES", "make_list", "style_item", "write_numbering"]

NUMBERED_STYLES = "ListNumber"
LEVELS = 9
STEP = 360
FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
BULLETS = "•–▪"


def style_item(base: str, depth: int) -> str:
    """Return the style of an item; Word has one for each of five depths."""
    return base if depth == 0 else f"{base}{min(depth, 4) + 1}"


def make_list(element: Element, place: Place, word: Word, *, tasks: bool = False) -> int:
    """Return the number of a new list of its kind, set in as its place is; `tasks` have boxes."""
    ordered = element.tag == f"{{{XHTML_NS}}}ol"
    kind = (element.get("type") or "1") if ordered else ""
    start = int(element.get("start") or 1)
    base = place.indent - STEP * place.depth
    number = len(word.numbers) + 1
    levels = [
        _make_level(at, kind, start if at == place.depth else 1, base, tasks)
        for at in range(LEVELS)
    ]  # fmt: skip
    made = make(
        "w:abstractNum", make("w:multiLevelType", val="hybridMultilevel"), *levels,
        abstractNumId=number,
    )  # fmt: skip
    word.numbers.append(made)
    return number


def _make_level(at: int, kind: str, start: int, base: int, tasks: bool) -> Element:
    indent = make("w:ind", left=base + STEP * (at + 1), hanging=STEP)
    if not kind:
        sign = "" if tasks else BULLETS[at % len(BULLETS)]
        shape, text = "bullet", sign
    else:
        shape, text = FORMATS[kind], f"%{at + 1}."
    return make(
        "w:lvl",
        make("w:start", val=start),
        make("w:numFmt", val=shape),
        make("w:lvlText", val=text),
        make("w:lvlJc", val="left"),
        make("w:pPr", indent),
        ilvl=at,
    )


def write_numbering(word: Word) -> bytes:
    """Return the part with all lists: their definitions first, then what paragraphs refer to."""
    root = make("w:numbering", *word.numbers)
    for number in range(1, len(word.numbers) + 1):
        root.append(make("w:num", make("w:abstractNumId", val=number), numId=number))
    return write_part(root, ("w",))
