"""Put blocks together as HTML: items into lists, lines of code and quotations into one, captions
to their pictures and tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from publish.importing.results import Loss
from publish.importing.word.atoms import Atom
from publish.importing.word.blocks import Block, make_text
from publish.importing.word.book import Story
from publish.importing.word.markup import clean_atoms, fill
from publish.importing.word.names import Xml, add_element
from publish.importing.word.numbering import Numbered
from publish.importing.word.tables import Cell

__all__ = ["assemble"]

NONE: frozenset[str] = frozenset()
BOLD = frozenset(("strong",))
TABLES = re.compile(
    r"\W*(?:tab(?:le|elle|la|ela|leau|lisa|lo)?\b|табл|jadval|tablisa|таблица)", re.IGNORECASE
)
TASK = {"☐": False, "☑": True, "☒": True}


@dataclass(slots=True)
class _Open:
    """A list that is open: its element, its last item, and the number that comes next."""

    number: Numbered
    element: Xml
    item: Xml
    next: int
    indent: int


@dataclass(frozen=True, slots=True)
class _Assembly:
    parent: Xml
    story: Story
    drop: frozenset[str]
    lists: list[_Open] = field(default_factory=list)


def assemble(blocks: list[Block], parent: Xml, story: Story, drop: frozenset[str] = NONE) -> None:
    """Add blocks to an element; marks of `drop` are left out, if the whole text has them."""
    assembly = _Assembly(parent, story, drop)
    at = 0
    blocks = _attach_captions(blocks)
    while at < len(blocks):
        block = blocks[at]
        run = 1
        if block.kind in ("code", "quote", "term", "meaning"):
            kinds = ("term", "meaning") if block.kind in ("term", "meaning") else (block.kind,)
            while at + run < len(blocks) and blocks[at + run].kind in kinds:
                run += 1
        _add(assembly, blocks[at : at + run])
        at += run


def _add(assembly: _Assembly, blocks: list[Block]) -> None:
    block = blocks[0]
    if block.kind == "item" and block.number is not None:
        _add_item(assembly, block, block.number)
        return
    home = _find_home(assembly, block)
    match block.kind:
        case "code":
            _add_code(home, blocks, assembly.story)
        case "quote":
            quotation = add_element(home, "blockquote")
            for one in blocks:
                _add_text(quotation, "p", one, assembly)
        case "term" | "meaning":
            terms = add_element(home, "dl")
            for one in blocks:
                _add_text(terms, "dt" if one.kind == "term" else "dd", one, assembly)
        case "heading":
            _add_text(home, f"h{min(max(block.level, 1), 6)}", block, assembly)
        case "table":
            _add_table(home, block, assembly)
        case "rule" | "formula":
            _note_element(block)
            if block.element is not None:
                home.append(block.element)
        case "picture":
            _add_pictures(home, block, assembly)
        case "box":
            _add_box(home, block, assembly)
        case _:
            _add_text(home, "p", block, assembly)


def _note_element(block: Block) -> None:
    if block.element is not None and block.line.ids:
        block.element.set("id", block.line.ids[0])


def _find_home(assembly: _Assembly, block: Block) -> Xml:
    """Return the item that a block belongs to by its indent, or the page; ends other lists."""
    inside = block.kind in ("paragraph", "quote", "picture", "table", "formula", "code", "box")
    if block.kind == "box" and not block.label:
        return assembly.lists[-1].item if assembly.lists else assembly.parent
    if inside and not block.centered and block.indent > 0:
        while assembly.lists and assembly.lists[-1].indent > block.indent:
            assembly.lists.pop()
        if assembly.lists and assembly.lists[-1].indent > 0:
            return assembly.lists[-1].item
    assembly.lists.clear()
    return assembly.parent


# --------------------------------------------------------------------------- text


def _add_text(home: Xml, tag: str, block: Block, assembly: _Assembly) -> Xml | None:
    atoms = clean_atoms(block.line.atoms)
    if not atoms and not block.line.ids:
        return None
    drop = assembly.drop if _all_bold(atoms) else NONE
    if tag[0] == "h" and _all_bold(atoms):
        drop = BOLD
    if block.label:
        atoms = [make_text(f"{block.label} "), *atoms]
    element = add_element(home, tag)
    _set_ids(element, block, assembly, heading=tag[0] == "h")
    fill(element, atoms, drop)
    _set_comments(element, block, assembly)
    return element


def _all_bold(atoms: list[Atom]) -> bool:
    texts = [atom for atom in atoms if atom.kind == "text" and atom.text.strip()]
    return bool(texts) and all("strong" in atom.marks for atom in texts)


def _set_ids(element: Xml, block: Block, assembly: _Assembly, *, heading: bool = False) -> None:
    """Give an element the bookmarks in it: one as the id of a heading, others as anchors."""
    book = assembly.story.book
    for name in block.line.ids:
        if heading and element.get("id") is None:
            element.set("id", name)
        elif heading:
            book.anchors[name] = element.get("id") or name
        else:
            add_element(element, "a", {"id": name})


def _set_comments(element: Xml, block: Block, assembly: _Assembly) -> None:
    if block.whole:
        element.set("data-whole", "")
    book = assembly.story.book
    found = [book.remarks.pop(one, "") for one in block.line.comments]
    texts = [text for text in found if text]
    if texts and book.comments == "notes":
        element.set("data-note", " / ".join(texts))
    moved = book.comments == "notes"
    book.losses += [
        Loss(kind="comment", text=text, place=block.place, moved=moved) for text in texts
    ]


def _add_code(home: Xml, blocks: list[Block], story: Story) -> None:
    lines = []
    for block in blocks:
        parts = [("\n" if atom.kind == "break" else atom.text) for atom in block.line.atoms]
        lines.append("".join(parts))
    element = add_element(home, "pre")
    element.text = "\n".join(lines)


# --------------------------------------------------------------------------- tables


def _add_table(home: Xml, block: Block, assembly: _Assembly) -> None:
    grid = block.grid
    if grid is None:
        return
    table = add_element(home, "table")
    if block.children:
        _give_id(table, block.children[0], assembly)
        _add_text(table, "caption", block.children[0], assembly)
    head = add_element(table, "thead") if grid.heads else None
    body = add_element(table, "tbody")
    for at, cells in enumerate(grid.rows):
        is_head = head is not None and at < grid.heads
        row = add_element(head if head is not None and is_head else body, "tr")
        for cell in cells:
            if not cell.covered:
                header = is_head or (grid.names_rows and cell.column == 0)
                made = add_element(row, "th" if header else "td")
                _set_cell(made, cell)
                drop = BOLD if is_head else NONE
                assemble(block.cells.get(id(cell), []), made, assembly.story, drop)


def _set_cell(element: Xml, cell: Cell) -> None:
    given = {
        "colspan": str(cell.columns) if cell.columns > 1 else "",
        "rowspan": str(cell.rows) if cell.rows > 1 else "",
        "align": cell.alignment,
    }
    for name, value in given.items():
        if value:
            element.set(name, value)


# --------------------------------------------------------------------------- lists


def _add_item(assembly: _Assembly, block: Block, number: Numbered) -> None:
    lists = assembly.lists
    while lists and lists[-1].number.level > number.level:
        lists.pop()
    last = lists[-1] if lists else None
    if last is not None and last.number.level == number.level:
        if _goes_on(last, number):
            _next_item(assembly, last, block, number)
            return
        lists.pop()
    home = lists[-1].item if lists else assembly.parent
    element = add_element(home, "ul" if number.bullet else "ol")
    if not number.bullet:
        if number.value != 1:
            element.set("start", str(number.value))
        if number.kind != "1":
            element.set("type", number.kind)
    made = _Open(number, element, element, number.value, block.indent)
    lists.append(made)
    _next_item(assembly, made, block, number)


def _goes_on(last: _Open, number: Numbered) -> bool:
    same = last.number.bullet == number.bullet
    if number.bullet:
        return same
    return same and last.number.list == number.list and last.number.kind == number.kind


def _next_item(assembly: _Assembly, last: _Open, block: Block, number: Numbered) -> None:
    item = add_element(last.element, "li")
    if not number.bullet and number.value != last.next:
        item.set("value", str(number.value))
    last.item, last.next, last.indent = item, number.value + 1, block.indent or last.indent
    _set_task(item, block)
    atoms = block.line.atoms
    if atoms and all(atom.kind == "picture" for atom in atoms):
        _add_pictures(item, block, assembly)
    else:
        _add_text(item, "p", block, assembly)


def _set_task(item: Xml, block: Block) -> None:
    """Make an item a task, if it begins with a box."""
    atoms = clean_atoms(block.line.atoms)
    first = atoms[0] if atoms else None
    if first is not None and first.text[:1] in TASK:
        box = add_element(item, "input", {"type": "checkbox"})
        if TASK[first.text[0]]:
            box.set("checked", "checked")
        first.text = first.text[1:]
        block.line.atoms = atoms


# --------------------------------------------------------------------------- pictures, captions


def _add_pictures(home: Xml, block: Block, assembly: _Assembly) -> None:
    caption = block.children[0] if block.children else None
    named = assembly.story.book.own and block.line.ids
    shown = add_element(home, "figure" if caption is not None or named else "p")
    _give_id(shown, block, assembly)
    _set_ids(shown, block, assembly)
    _set_comments(shown, block, assembly)
    for atom in block.line.atoms:
        if atom.node is None:
            continue
        parent = add_element(shown, "a", {"href": atom.href}) if atom.href else shown
        parent.append(atom.node)
    if caption is not None:
        _add_text(shown, "figcaption", caption, assembly)


def _give_id(element: Xml, block: Block, assembly: _Assembly) -> None:
    """Give a figure or table of an edition the id that it has in its source."""
    if assembly.story.book.own and block.line.ids:
        element.set("data-id", block.line.ids.pop(0))


def _add_box(home: Xml, block: Block, assembly: _Assembly) -> None:
    if block.label:
        _add_named_box(home, block, assembly)
        return
    box = add_element(home, "div")
    if block.place:
        box.set("data-moved", f"{block.place}")
    assemble(block.children, box, assembly.story)


def _add_named_box(home: Xml, block: Block, assembly: _Assembly) -> None:
    """Add a box of an edition, with its own title if it has one."""
    folded = block.label == "details"
    box = add_element(home, *(("details",) if folded else ("aside", {"class": block.label})))
    first = block.children[0] if block.children else None
    rest = block.children
    if first is not None and first.style.names[:1] == ("box title",):
        title = _add_text(box, "summary" if folded else "p", first, assembly)
        if title is not None:
            title.set("class", "title")
        rest = block.children[1:]
    elif folded:
        add_element(box, "summary")
    assemble(rest, box, assembly.story)


def _attach_captions(blocks: list[Block]) -> list[Block]:
    """Give each caption to the picture or table beside it; others stay paragraphs."""
    if not any(block.kind == "caption" for block in blocks):
        return blocks
    kept: list[Block] = []
    taken: set[int] = set()
    for at, block in enumerate(blocks):
        if block.kind != "caption":
            kept.append(block)
            continue
        if any(atom.kind == "picture" for atom in block.line.atoms):
            kept.append(_picture_with_caption(block))
            continue
        target = _find_target(blocks, at, taken)
        if target is None:
            block.kind = "paragraph"
            kept.append(block)
            continue
        taken.add(target)
        _attach(blocks[target], block)
    return kept


def _picture_with_caption(block: Block) -> Block:
    """Return a picture that stands in one paragraph with its caption."""
    pictures = [atom for atom in block.line.atoms if atom.kind == "picture"]
    block.line.atoms = [atom for atom in block.line.atoms if atom.kind != "picture"]
    made = Block(kind="picture", indent=block.indent, place=block.place)
    made.line.atoms = pictures
    if clean_atoms(block.line.atoms):
        made.children = [block]
    return made


def _find_target(blocks: list[Block], at: int, taken: set[int]) -> int | None:
    block = blocks[at]
    names = f"{block.line.sequence} {block.line.text} {' '.join(block.style.names)}"
    table_first = TABLES.match(block.line.sequence or block.line.text) or "table caption" in names
    before, after = (at - 1, "picture"), (at + 1, "picture")
    above, below = (at + 1, "table"), (at - 1, "table")
    order = (above, below, before, after) if table_first else (before, after, above, below)
    for where, kind in order:
        free = 0 <= where < len(blocks) and where not in taken and not blocks[where].children
        if free and blocks[where].kind == kind:
            return where
    return None


def _attach(target: Block, caption: Block) -> None:
    target.children = [caption]
