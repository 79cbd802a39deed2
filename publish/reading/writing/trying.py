"""Read a written text back, in the place where it will stand, to see whether it says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from publish.model import (
    Block,
    Box,
    DefinitionList,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Prose,
    Quote,
    Table,
    map_inlines,
)
from publish.reading.blocks.blockreader import BlockReader
from publish.reading.blocks.parser import parse_blocks
from publish.reading.blocks.tokens import read_blocks
from publish.reading.faults import Faults

__all__ = [
    "BOX",
    "CAPTION",
    "CELL",
    "DEFINITION",
    "FIGURE_CAPTION",
    "HEADING",
    "HTML_CELL",
    "ITEM",
    "NOTE",
    "PARAGRAPH",
    "QUOTE",
    "ROW_CAPTION",
    "TERM",
    "TITLE",
    "Place",
    "read_back",
    "says_same",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: how it is written there, and how to find it in what was read.

    In a place of one line, a line break is written `<br>`.
    """

    write: Callable[[str], str]
    find: Callable[[tuple[Block, ...]], Prose | None]
    one_line: bool = False


def read_back(written: str) -> tuple[Block, ...] | None:
    """Return the blocks of a Markdown text, with notes after the others; None for one with errors.

    Every `[^x]` counts as a note that is there.
    """
    faults = Faults()
    reader = BlockReader(file="", offset=0, whole=False, faults=faults)
    found, _ = read_blocks(parse_blocks(written), 0, "", reader)
    return None if faults.errors else (*found, *reader.notes)


def says_same(written: str, tree: Inlines, place: Place) -> bool:
    """Return whether a written text reads as this tree, in a place."""
    found = read_back(place.write(written))
    prose = place.find(found) if found else None
    return prose is not None and _sized(prose.content) == _sized(tree)


def _sized(tree: Inlines) -> Inlines:
    """Return a tree in which pictures on a line of their own are like those within a line."""

    def change(node: Inline) -> Inline:
        return replace(node, width="") if isinstance(node, Image) and node.width == "auto" else node

    return map_inlines(change, tree)


def _indent(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def _text(blocks: tuple[Block, ...]) -> Prose | None:
    """Return the text of a block that is alone, and a paragraph."""
    return blocks[0].prose if len(blocks) == 1 and isinstance(blocks[0], Paragraph) else None


def _in_item(blocks: tuple[Block, ...]) -> Prose | None:
    match blocks:
        case (ListBlock((item,), None),) if item.done is None:
            return _text(item.children)
        case _:
            return None


def _in_quote(blocks: tuple[Block, ...]) -> Prose | None:
    return _text(blocks[0].children) if isinstance(blocks[0], Quote) else None


def _in_note(blocks: tuple[Block, ...]) -> Prose | None:
    return _text(blocks[-1].children) if hasattr(blocks[-1], "label") else None  # type: ignore[union-attr]


def _term(blocks: tuple[Block, ...]) -> Prose | None:
    match blocks:
        case (DefinitionList((one,)),):
            return one.term
        case _:
            return None


def _meaning(blocks: tuple[Block, ...]) -> Prose | None:
    match blocks:
        case (DefinitionList((one,)),) if len(one.meanings) == 1:
            return _text(one.meanings[0])
        case _:
            return None


def _heading(blocks: tuple[Block, ...]) -> Prose | None:
    return blocks[0].prose if len(blocks) == 1 and isinstance(blocks[0], Heading) else None


def _title(blocks: tuple[Block, ...]) -> Prose | None:
    return blocks[0].title if isinstance(blocks[0], Box) else None


def _in_box(blocks: tuple[Block, ...]) -> Prose | None:
    return _text(blocks[0].children) if isinstance(blocks[0], Box) else None


def _cell(blocks: tuple[Block, ...]) -> Prose | None:
    match blocks:
        case (Table() as table,) if len(table.rows) == 1 and len(table.rows[0]) == 2:
            return table.rows[0][0]
        case _:
            return None


def _caption(blocks: tuple[Block, ...]) -> Prose | None:
    return blocks[0].caption if isinstance(blocks[0], Table | Figure) and not blocks[1:] else None


PARAGRAPH = Place(lambda text: text, _text)
ITEM = Place(lambda text: f"- {_indent(text, 2)}", _in_item)
QUOTE = Place(lambda text: "> " + text.replace("\n", "\n> "), _in_quote)
NOTE = Place(lambda text: f"[^x]: {_indent(text, 4)}", _in_note)
DEFINITION = Place(lambda text: f"x\n:   {_indent(text, 4)}", _meaning)
HEADING = Place(lambda text: f"# {text} {{#x}}", _heading, one_line=True)
TERM = Place(lambda text: f"{text}\n:   x", _term, one_line=True)
TITLE = Place(lambda text: f"> [!NOTE] {text}\n> x", _title, one_line=True)
BOX = Place(lambda text: "> [!NOTE]\n> " + text.replace("\n", "\n> "), _in_box)
HTML_CELL = Place(lambda text: f"<table><tr><td>{text}</td><td>x</td></tr></table>", _cell)
ROW_CAPTION = Place(lambda text: f'![{text}](x.png){{alt="x"}}', _caption, one_line=True)
CELL = Place(
    lambda text: "| x | x |\n|---|---|\n| " + text.replace("|", "\\|") + " | x |",
    _cell,
    one_line=True,
)
CAPTION = Place(lambda text: f"| x |\n|---|\n| x |\n\nTable: {text}", _caption, one_line=True)
FIGURE_CAPTION = Place(lambda text: f"![x](x.png)\n{text}", _caption)
