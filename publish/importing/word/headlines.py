"""Headings that only look like headings: a bold line of its own, a large one, capitals, numbers.

A line is one if it is short, has no full stop, and text follows that does not look like it.
"""

from __future__ import annotations

import re
from collections import Counter

from publish.importing.word.atoms import Atom
from publish.importing.word.blocks import Block
from publish.importing.word.markup import clean_atoms

__all__ = ["find_headlines", "find_title"]

LONGEST = 120
MOST_WORDS = 16
ENDS = re.compile(r"[.,;:…—–-]\s*$")
NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t\u00a0]+(?=[^\W\d_])")
LETTER = re.compile(r"[^\W\d_]")
FORM = re.compile(
    r"\s*((?:\d{1,2}|[A-Za-zА-Яа-я]|[IVXivx]{1,5})(?:\.\d{1,2}){0,4}[.)]?)[ \t\u00a0]"
)
"""The number of a heading: "1.", "A.", "II.", "1.1"."""
ROMAN = re.compile(r"[IVX]{1,5}")
TWO = re.compile(r"\s*(?:II|III|IV|VI{1,3}|IX)[.)][ \t\u00a0]")
"""A number that can only be a roman one."""
KINDS = ("paragraph", "heading", "item")
FEWEST_CAPITALS = 4
LARGER = 1.15

_Key = tuple[int, int, int, str]
"""How a line looks as a heading: its size, capitals, centred or not, and the kind of its number."""


def find_title(blocks: list[Block]) -> list[Block]:
    """Return the blocks at the top that look like a title: much larger than the text, or centred
    in bold or large letters."""
    body = _body_size(blocks)
    found: list[Block] = []
    for block in blocks[:6]:
        if block.kind in ("title",):
            return []
        if block.kind != "paragraph":
            break
        size = _size(block)
        text = _text(block)
        larger = size >= body * 1.4 or (
            block.centered and (size > body * LARGER or _is_bold(block))
        )
        if not text or len(text) > 2 * LONGEST or not larger:
            if found or block is not blocks[0]:
                break
            continue
        if found and size < _size(found[0]):
            break
        found.append(block)
    return found


def find_headlines(blocks: list[Block]) -> None:
    """Make headings of the blocks that look like headings, in place."""
    body = _body_size(blocks)
    roman = any(TWO.match(_label(block)) for block in blocks if block.kind in KINDS)
    chosen: dict[int, _Key] = {}
    known: dict[_Key, int] = {}
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            known.setdefault(_look(block, body, roman), block.level)
        elif _may_be(block, blocks[at + 1 : at + 2]) and _is_raised(block, body):
            chosen[at] = _look(block, body, roman)
    chosen = {at: look for at, look in chosen.items() if _has_text_after(blocks, at, chosen)}
    ranks = _rank(list(chosen.values()))
    level = 0
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            level = block.level
        elif at in chosen:
            key = chosen[at]
            own = known.get(key) or (level + 1 if known else ranks[key])
            block.kind, block.level = "heading", min(own, 6)
            if block.number is not None:
                block.label, block.number = block.number.label, None
    _join_lines(blocks, chosen)


def _rank(looks: list[_Key]) -> dict[_Key, int]:
    """Return the level of each look: larger ones first, alike ones in the order of the text.

    A number with a point in it is a level below that without.  Lines without a number that stand
    only before the first and after the last line with one, such as an introduction, are of its
    level.
    """
    order = sorted(set(looks), key=lambda look: (*look[:3], look[3].count("."), looks.index(look)))
    levels: dict[_Key, int] = {}
    for look in order:
        twin = next((one for one in order if one in levels and _frames(one, look, looks)), None)
        levels[look] = levels[twin] if twin else max(levels.values(), default=0) + 1
    return levels


def _frames(one: _Key, other: _Key, looks: list[_Key]) -> bool:
    """Return whether of two looks one is without a number and only around the other's lines."""
    if one[:3] != other[:3] or (one[3] == "") == (other[3] == ""):
        return False
    bare, numbered = (one, other) if one[3] == "" else (other, one)
    places = [at for at, look in enumerate(looks) if look == numbered]
    around = (at < places[0] or at > places[-1] for at, look in enumerate(looks) if look == bare)
    return "." not in numbered[3] and len(places) > 1 and all(around)


def _join_lines(blocks: list[Block], chosen: dict[int, _Key]) -> None:
    """Join headings that go on in the next line, with a small letter."""
    for at in sorted(chosen, reverse=True):
        before = blocks[at - 1] if at - 1 in chosen else None
        block = blocks[at]
        if before is not None and _text(block)[:1].islower() and not block.line.ids:
            before.line.atoms = [*before.line.atoms, Atom(kind="break"), *block.line.atoms]
            before.line.comments += block.line.comments
            del blocks[at]


def _text(block: Block) -> str:
    return "".join(atom.text for atom in clean_atoms(block.line.atoms) if atom.kind == "text")


def _size(block: Block) -> int:
    sizes = [atom.size for atom in block.line.atoms if atom.kind == "text" and atom.text.strip()]
    return min(sizes, default=0)


def _is_bold(block: Block) -> bool:
    texts = [atom for atom in block.line.atoms if atom.kind == "text" and atom.text.strip()]
    return bool(texts) and all(atom.bold for atom in texts)


def _body_size(blocks: list[Block]) -> int:
    """Return the size of most of the text."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        for atom in block.line.atoms:
            if atom.kind == "text" and not atom.bold:
                sizes[atom.size] += len(atom.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _may_be(block: Block, after: list[Block]) -> bool:
    """Return whether a block can be a heading: a short line without links, pictures, full stop.

    An item of a list can be one, if it is bold and the list does not go on in the next block.
    """
    if block.kind == "item":
        alone = not after or after[0].kind != "item" or after[0].style.id != block.style.id
        number = block.number
        if number is None or number.bullet or number.level or not alone or not _is_bold(block):
            return False
    elif block.kind != "paragraph" or block.label:
        return False
    atoms = clean_atoms(block.line.atoms)
    if any(atom.kind in ("picture", "formula", "break") or atom.href for atom in atoms):
        return False
    text = _text(block)
    if not text or len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return False
    return not ENDS.search(text) and LETTER.search(text) is not None and "\t" not in text


def _label(block: Block) -> str:
    """Return the text of a block with the number that its list gives it."""
    given = block.number.label if block.number is not None else block.label
    return f"{given} {_text(block)}"


def _look(block: Block, body: int, roman: bool) -> _Key:
    """Return how a line looks; where lines have `roman` numbers, I, V and X are no letters."""
    size = _size(block)
    found = FORM.match(_label(block))
    form = ""
    if found:
        first = found[1][0]
        letters = "1" if first.isdigit() else "A" if first.isupper() else "a"
        if roman and ROMAN.fullmatch(found[1].rstrip(".)")):
            letters = "I"
        form = letters + "." * found[1].rstrip(".)").count(".")
    larger = size if size >= body * LARGER else 0
    return -larger, 0 if _is_capital(block) else 1, 0 if block.centered else 1, form


def _is_raised(block: Block, body: int) -> bool:
    """Return whether a line stands out: bold, large, in capitals, or numbered like 1.1."""
    found = NUMBER.match(_text(block))
    larger = body > 0 and _size(block) >= body * LARGER
    deep = found is not None and "." in found[1]
    return _is_bold(block) or larger or deep or _is_capital(block)


def _is_capital(block: Block) -> bool:
    text = _text(block)
    texts = [atom for atom in block.line.atoms if atom.kind == "text" and atom.text.strip()]
    letters = [one for one in text if one.isalpha()]
    shown = text.isupper() or all(atom.capitals for atom in texts)
    return len(letters) >= FEWEST_CAPITALS and shown


def _has_text_after(blocks: list[Block], at: int, chosen: dict[int, _Key]) -> bool:
    """Return whether text follows, at once or after headings of other looks."""
    key = chosen[at]
    for after in range(at + 1, len(blocks)):
        if after not in chosen:
            return True
        if chosen[after] == key and not _text(blocks[after])[:1].islower():
            return False
    return False
