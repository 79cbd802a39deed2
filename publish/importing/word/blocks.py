"""Read paragraphs, tables and boxes of a Word file as a list of blocks, each of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from publish.importing.word.atoms import Atom, Line
from publish.importing.word.book import Story
from publish.importing.word.lines import read_line
from publish.importing.word.markup import clean_atoms
from publish.importing.word.names import R, Xml, find_value, make_element, read_number, w, words_of
from publish.importing.word.numbering import Numbered
from publish.importing.word.ownfile import WHOLE
from publish.importing.word.preparing import LOST
from publish.importing.word.styles import ParagraphStyle
from publish.importing.word.tables import Cell, Grid, read_grid
from publish.model import BoxKind

__all__ = ["Block", "Kind", "make_text", "read_blocks"]

Kind = Literal[
    "paragraph", "heading", "title", "subtitle", "item", "quote", "code", "caption", "picture",
    "table", "box", "rule", "formula", "term", "meaning", "author", "date",
]  # fmt: skip
HEADING = re.compile(
    r"(?:heading|head|h|заголовок|überschrift|titre|título|titolo|kop|nagłówek|başlık|title)"
    r"[ _-]?(?:([1-9])|([a-f]))$"
)
"""Names of styles of headings; programs other than Word use those of their language, too."""
CAPTION = re.compile(r".*(?:caption|подпись)")
MONOSPACED = re.compile(r"courier|consolas|mono|menlo|lucida console|inconsolata|source code")
NUMBERED_CODE = re.compile(r"(?:source ?)?code")
CODE = re.compile(r".*(?:code|listing|program|source|terminal|verbatim|preformatted|plain text)")
NAMED: dict[str, Kind] = {
    "title": "title", "book title": "title", "subtitle": "subtitle", "quote": "quote",
    "intense quote": "quote", "block text": "quote", "blockquote": "quote",
    "block quotation": "quote", "quotations": "quote",
    "source code": "code", "code": "code", "code block": "code", "definition term": "term",
    "definition": "meaning", "list heading": "term", "list contents": "meaning",
    "author": "author", "byline": "author", "date": "date",
}  # fmt: skip
CONTENTS = re.compile(r"toc(?: \d| heading)$|table of (?:figures|authorities)$|index \d$")
FIGURE = "figure"
"""The style of paragraphs whose pictures are blocks, however small they are."""
BOX = "Document Box"
"""The style of a table that is a box, in an edition."""
BOX_KINDS = frozenset(get_args(BoxKind))
INDENTED = 360
"""Twentieths of a point; a paragraph set in as much on both sides is a quotation."""
DEEPEST_BOX = 8
DEEPEST_TABLE = 12
HEADLINE_LEVELS = 9


@dataclass(slots=True, kw_only=True)
class Block:
    """A block of a page: of text with its `line`, or another one with its `element`.

    A table has its `grid`, and the blocks of its `cells` by the identity of each.
    """

    kind: Kind
    line: Line = field(default_factory=Line)
    element: Xml | None = None
    level: int = 0
    number: Numbered | None = None
    label: str = ""
    indent: int = 0
    centered: bool = False
    style: ParagraphStyle = field(default_factory=ParagraphStyle)
    place: str = ""
    drop_cap: bool = False
    whole: bool = False
    children: list[Block] = field(default_factory=list)
    grid: Grid | None = None
    cells: dict[int, list[Block]] = field(default_factory=dict)


def make_text(text: str) -> Atom:
    """Return a piece of text without marks."""
    return Atom(text=text)


def read_blocks(parent: Iterable[Xml], story: Story) -> list[Block]:
    """Return the blocks of a part, a box, a note or a cell."""
    blocks: list[Block] = []
    for child in parent:
        if child.tag == w("p"):
            if not story.cell and not story.where:
                story.book.paragraph += 1
            blocks += _read_paragraph(child, story)
        elif child.tag == w("tbl"):
            blocks += _read_table(child, story)
        elif child.tag == w("bookmarkStart"):
            if (name := child.get(w("name")) or "") in story.book.targets:
                story.waiting.append(name)
        elif child.tag == LOST:
            _lose(child, story)
        elif child.tag == w("altChunk"):
            relation = story.relations.get(child.get(f"{R}id") or "")
            story.lose("file inside the file", reason=relation.target if relation else "")
        elif child.tag in _LOOSE:
            blocks += _read_paragraph(_wrap(child), story)
    return _join_drop_caps(blocks)


def _read_table(table: Xml, story: Story) -> list[Block]:
    """Return a table as a block, with the blocks of its cells."""
    for part in (table, *table.iterchildren(w("tr"))):
        for lost in part.iterchildren(LOST):
            _lose(lost, story)
    if story.where.count("table") >= DEEPEST_TABLE:
        story.lose("table", words_of([table]), "tables are nested too deeply")
        return []
    grid = read_grid(table, story.book.styles)
    if not any(grid.rows):
        return []
    place = story.place()
    where = ", ".join(filter(None, (story.where, "table")))
    inner = Story(
        book=story.book, part=story.part, relations=story.relations, where=where, cell=True,
        fields=story.fields, links=story.links, waiting=story.waiting,
    )  # fmt: skip
    cells = {
        id(cell): _cell_blocks(cell, inner) for row in grid.rows for cell in row if not cell.covered
    }
    box = _find_box(table, story)
    if box:
        children = [one for blocks in cells.values() for one in blocks]
        return [Block(kind="box", children=children, label=box, indent=grid.indent)]
    return [Block(kind="table", grid=grid, cells=cells, place=place, indent=grid.indent)]


def _find_box(table: Xml, story: Story) -> str:
    """Return the kind of box that a table of one cell is in an edition, or nothing."""
    properties = table.find(w("tblPr"))
    style = story.book.styles.elements.get(find_value(properties, "tblStyle") or "")
    named = find_value(style, "name") == BOX
    kind = (find_value(properties, "tblCaption") or "").removeprefix("box-")
    return kind if named and kind in BOX_KINDS else ""


def _lose(lost: Xml, story: Story) -> None:
    if lost.get("text"):
        story.lose(lost.get("kind") or "text", lost.get("text") or "")


def _cell_blocks(cell: Cell, story: Story) -> list[Block]:
    """Return the blocks of a cell; headings and the like are paragraphs there."""
    blocks = read_blocks(cell.element, story)
    for block in blocks:
        if block.kind in ("heading", "title", "subtitle", "caption", "term", "meaning", "quote"):
            block.kind = "paragraph"
    return blocks


_LOOSE = (w("r"), w("hyperlink"), w("fldSimple"))
"""Text that stands in no paragraph, as some programs write it."""


def _wrap(child: Xml) -> Xml:
    paragraph = child.makeelement(w("p"))
    for one in [child, *(after for after in child.itersiblings() if after.tag in _LOOSE)]:
        paragraph.append(one)
    return paragraph


def _read_paragraph(paragraph: Xml, story: Story) -> list[Block]:
    properties = paragraph.find(w("pPr"))
    style = story.book.styles.paragraph(find_value(properties, "pStyle"))
    place = story.place()
    kind, level = _find_kind(properties, style)
    number = _count(properties, style, story)
    line = read_line(paragraph, style, story)
    whole = paragraph.get(WHOLE) is not None
    block = Block(kind=kind, line=line, level=level, style=style, place=place, whole=whole)
    if any(CONTENTS.match(name) for name in style.names):
        _leave_out_contents(line, story)
    _set_layout(block, properties)
    pattern = CODE if number is None else NUMBERED_CODE
    if block.kind == "paragraph" and any(pattern.match(name) for name in style.names):
        texts = [atom for atom in line.atoms if atom.text.strip()]
        if texts and all(MONOSPACED.search(atom.font) for atom in texts):
            block.kind = "code"
    if not any(_shows(atom) for atom in line.atoms):
        story.waiting.extend(line.ids)
        return [*_empty(block, properties, number), *_boxes(block, story)]
    _set_number(block, number, story)
    if line.sequence and block.kind == "paragraph":
        block.kind = "caption"
    return [*_divide(block, story), *_boxes(block, story)]


def _shows(atom: Atom) -> bool:
    return atom.kind in ("picture", "formula", "mark") or bool(atom.text.strip())


def _leave_out_contents(line: Line, story: Story) -> None:
    """Leave out the text of a line of a table of contents, but not the other things in it."""
    if line.text.strip():
        story.lose("table of contents", line.text)
    line.atoms = [atom for atom in line.atoms if atom.kind not in ("text", "break")]


def _find_kind(properties: Xml | None, style: ParagraphStyle) -> tuple[Kind, int]:
    outline = find_value(properties, "outlineLvl")
    at = read_number(outline, HEADLINE_LEVELS) if outline is not None else style.outline
    for name in style.names:
        if found := HEADING.match(name):
            level = read_number(found[1]) if found[1] else ord(found[2]) - ord("a") + 1
            return "heading", level if at is None or outline is None else at + 1
        if name in NAMED:
            return NAMED[name], 0
        if CAPTION.match(name):
            return "caption", 0
    if at is not None and 0 <= at < HEADLINE_LEVELS:
        return "heading", at + 1
    return "paragraph", 0


def _count(properties: Xml | None, style: ParagraphStyle, story: Story) -> Numbered | None:
    """Return the number of a paragraph by its own properties or by its style."""
    counting = story.book.counting
    own = properties.find(w("numPr")) if properties is not None else None
    number = find_value(own, "numId")
    level = find_value(own, "ilvl")
    if number is None:
        number = style.numbering
    if number in ("", "0"):
        return None
    at = read_number(level) if level is not None else None
    if at is None:
        linked = counting.find_level(number, style.id)
        at = style.level if linked is None else linked
    return counting.count(number, at)


def _set_layout(block: Block, properties: Xml | None) -> None:
    style = block.style
    left, right = style.left, style.right
    block.centered = style.centered
    if properties is not None:
        indent = properties.find(w("ind"))
        if indent is not None:
            left = read_number(indent.get(w("left")) or indent.get(w("start")), left)
            right = read_number(indent.get(w("right")) or indent.get(w("end")), right)
        aligned = find_value(properties, "jc")
        block.centered = aligned == "center" if aligned else style.centered
        frame = properties.find(w("framePr"))
        block.drop_cap = frame is not None and frame.get(w("dropCap")) in ("drop", "margin")
    block.indent = left
    if block.kind == "paragraph" and min(left, right) >= INDENTED and not block.centered:
        block.kind = "quote"


def _empty(block: Block, properties: Xml | None, number: Numbered | None) -> list[Block]:
    """Return the rule that an empty paragraph with a border is, or nothing."""
    border = properties.find(f"{w('pBdr')}/{w('bottom')}") if properties is not None else None
    drawn = border is not None and border.get(w("val")) not in ("nil", "none")
    return [Block(kind="rule", element=make_element("hr"))] if drawn and number is None else []


def _set_number(block: Block, number: Numbered | None, story: Story) -> None:
    """Make a numbered paragraph an item of a list, or give it its number as text."""
    if number is None:
        return
    book = story.book
    if block.kind in ("heading", "title", "caption"):
        block.label = number.label
        book.heading_lists.add(number.list)
    elif number.words or (number.compound and number.list in book.heading_lists):
        block.label = number.label
    elif block.kind in ("paragraph", "quote"):
        block.kind = "item"
        block.number = number
        if number.compound:
            book.compound.append(number.label)
        block.indent = number.left or block.indent


def _divide(block: Block, story: Story) -> list[Block]:
    """Divide a paragraph at what is a block of its own: pictures, formulas that are displayed."""
    atoms = block.line.atoms
    if story.cell:
        _drop_widths(atoms)
        return [block]
    if FIGURE in block.style.names:
        for atom in atoms:
            atom.large = True
    texts = [atom for atom in atoms if not (atom.kind in ("picture", "formula") and atom.large)]
    bare = not any(_shows(atom) for atom in texts)
    pictures = [atom for atom in atoms if atom.kind == "picture" and (atom.large or bare)]
    if bare and pictures and not any(atom.kind == "formula" for atom in atoms):
        return _picture_blocks(block, pictures)
    blocks: list[Block] = []
    rest: list[Atom] = []
    first = True
    for atom in atoms:
        if atom.kind == "formula" and atom.large:
            blocks += _text_part(block, rest, first=first)
            first = first and not clean_atoms(rest)
            blocks.append(Block(kind="formula", element=atom.node, indent=block.indent))
            rest = []
        elif not (atom.kind == "picture" and atom.large):
            rest.append(atom)
    _drop_widths(rest)
    blocks += _text_part(block, rest, first=first)
    return [*blocks, *_picture_blocks(Block(kind="picture", indent=block.indent), pictures)]


def _drop_widths(atoms: list[Atom]) -> None:
    """Leave the size of pictures within a text to editions: they are signs in a line, or cells."""
    for atom in atoms:
        if atom.kind == "picture" and atom.node is not None:
            atom.node.attrib.pop("width", "")


def _text_part(block: Block, atoms: list[Atom], *, first: bool) -> list[Block]:
    """Return a part of a paragraph as a block; only the first one has its number and ids."""
    if not clean_atoms(atoms):
        return []
    if first:
        block.line.atoms = atoms
        return [block]
    kind: Kind = "paragraph" if block.kind == "item" else block.kind
    return [Block(kind=kind, line=Line(atoms), indent=block.indent, style=block.style)]


def _picture_blocks(block: Block, pictures: list[Atom]) -> list[Block]:
    """Return pictures as a row, and lines drawn as pictures as rules."""
    rules = [one for one in pictures if one.node is not None and one.node.tag == "hr"]
    shown = [one for one in pictures if one not in rules]
    made = [Block(kind="rule", element=one.node) for one in rules]
    if shown:
        kind: Kind = "item" if block.kind == "item" else "picture"
        line = Line(shown, comments=block.line.comments, ids=block.line.ids)
        line.sequence = block.line.sequence
        made.append(
            Block(kind=kind, line=line, indent=block.indent, number=block.number, place=block.place)
        )
    return made


def _boxes(block: Block, story: Story) -> list[Block]:
    """Return the boxes of text that hang on a paragraph, after it."""
    boxes = []
    for content in block.line.boxes:
        depth = story.where.count("text box")
        if depth >= DEEPEST_BOX:
            story.lose("text box", words_of([content]), "boxes are nested too deeply")
            continue
        where = ", ".join(filter(None, (story.where, "text box")))
        inner = Story(
            book=story.book, part=story.part, relations=story.relations, where=where,
            cell=story.cell,
        )  # fmt: skip
        place = inner.place()
        children = read_blocks(content, inner)
        if children:
            boxes.append(Block(kind="box", children=children, place=place, indent=block.indent))
    return boxes


def _join_drop_caps(blocks: list[Block]) -> list[Block]:
    """Join each large first letter, which has a paragraph of its own, with its text."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and last.drop_cap and block.line.atoms:
            letter = clean_atoms(last.line.atoms)
            block.line.atoms = [*letter, *block.line.atoms]
            block.line.ids = [*last.line.ids, *block.line.ids]
            joined[-1] = block
        else:
            joined.append(block)
    return joined
