"""Blocks as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from publish.model import (
    Block,
    Box,
    CodeBlock,
    Definition,
    DefinitionList,
    Field,
    Figure,
    Footnote,
    Formula,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Prose,
    Quote,
    Table,
    ThematicBreak,
    plain,
)
from publish.reading.writing.htmlwriter import is_html, write_html_text
from publish.reading.writing.sourcemarks import (
    can_write_text,
    escape_all,
    write_address,
    write_looks,
    write_text,
)
from publish.reading.writing.tablewriter import write_table
from publish.reading.writing.trying import (
    BOX,
    DEFINITION,
    FIGURE_CAPTION,
    HEADING,
    ITEM,
    NOTE,
    PARAGRAPH,
    QUOTE,
    ROW_CAPTION,
    TERM,
    TITLE,
    Place,
    read_back,
)

__all__ = ["write_blocks"]


@dataclass(frozen=True, slots=True)
class _Around:
    """What a block is in: where its paragraphs stand, and the lists around it."""

    place: Place = PARAGRAPH
    lists: int = 0


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown, with blank lines between them."""
    return _join(blocks, _Around())


def _join(blocks: Sequence[Block], around: _Around) -> str:
    parts: list[str] = []
    alike = 0
    before: Block | None = None
    for group in _rows(blocks):
        block = group[0]
        follows = _runs_on(before, block)
        alike = alike + 1 if follows else 0
        if follows and not _told_apart(before, block):
            parts.append("<!-- -->")
            alike = 0
        parts.append(_row(group) if len(group) > 1 else _block(block, around, alike % 2))
        before = block
    return "\n\n".join(parts)


def _rows(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks, each alone, but pictures of a row together."""
    row: list[Block] = []
    for block in blocks:
        if row and not (isinstance(block, Figure) and block.beside):
            yield row
            row = []
        row.append(block)
    if row:
        yield row


def _runs_on(one: Block | None, other: Block) -> bool:
    """Return whether two blocks would be read as one, with nothing between them."""
    if isinstance(one, ListBlock) and isinstance(other, ListBlock):
        return (one.start is None) == (other.start is None)
    return isinstance(one, DefinitionList) and isinstance(other, DefinitionList)


def _told_apart(one: Block | None, other: Block) -> bool:
    """Return whether two lists are two because of their marks alone."""
    return (
        isinstance(one, ListBlock)
        and isinstance(other, ListBlock)
        and one.numbering == other.numbering == "1"
    )


def _block(block: Block, around: _Around, alike: int) -> str:
    match block:
        case Heading(level, id_, prose):
            text = write_text(prose.content, HEADING)
            return f"{'#' * level} {text} {{{' '.join((f'#{id_}', *_attributes(prose)))}}}"
        case Paragraph(prose):
            return _paragraph(prose, around.place)
        case ListBlock():
            return _list(block, around, alike)
        case DefinitionList(items):
            return _definitions(items, around)
        case Quote(children):
            return _quoted(_join(children, replace(around, place=QUOTE)))
        case Box():
            return _box(block, around)
        case Table():
            return write_table(block)
        case Figure():
            return _figure(block)
        case CodeBlock(text):
            return _code(text)
        case Formula(tex):
            return f"$$\n{tex}\n$$"
        case ThematicBreak():
            return "___" if around.lists else "---"
        case Footnote(label, children):
            inner = _join(children, _Around(NOTE))
            gap = " " if children and isinstance(children[0], Paragraph) else "\n    "
            return f"[^{label}]:{gap}{_indent(inner, 4)}"
        case Field():
            raise AssertionError("front matter is no block of the body")
        case _:
            assert_never(block)


def _paragraph(prose: Prose, place: Place) -> str:
    given = _attributes(prose)
    text = write_text(prose.content, place)
    return f"{{{' '.join(given)}}} {text}" if given else text


def _attributes(prose: Prose) -> list[str]:
    found = [] if prose.context is None else [f'ctx="{prose.context}"']
    found += [f'note="{prose.note}"'] if prose.note else []
    return [*found, "whole"] if prose.whole else found


def _indent(text: str, by: int) -> str:
    return re.sub(r"\n(?=[^\n])", "\n" + " " * by, text)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    end = "" if text.endswith("\n") or not text else "\n"
    return f"{fence}\n{text}{end}{fence}"


# --------------------------------------------------------------------------- lists


def _list(block: ListBlock, around: _Around, alike: int) -> str:
    inner = _Around(ITEM, around.lists + 1)
    marks = _marks(block, alike)
    texts = [_item(item, mark, inner) for item, mark in zip(block.items, marks, strict=True)]
    written = ("\n" if all(map(_is_tight, block.items)) else "\n\n").join(texts)
    if block.numbering == "1" or _reads_as(written, block):
        return written
    return _html_list(block, inner)


def _marks(block: ListBlock, alike: int) -> list[str]:
    if block.start is None:
        return ["*-"[not alike]] * len(block.items)
    numbers = range(block.start, block.start + len(block.items))
    end = ".)"[alike]
    if block.numbering == "1":
        return [f"{number}{end}" for number in numbers]
    return [f"{count_in(number, block.numbering)}{end}" for number in numbers]


def count_in(number: int, numbering: str) -> str:
    """Return a number as a list counts: `1`, `a`, `A`, `i`, `I`."""
    if numbering in "aA":
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters if numbering == "a" else letters.upper()
    roman = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        roman += sign * count
    return roman if numbering == "i" else roman.upper()


ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _item(item: ListItem, mark: str, around: _Around) -> str:
    gap = "  " if re.fullmatch(r"[A-Z]+\.", mark) else " "
    box = "" if item.done is None else "[x] " if item.done else "[ ] "
    tight = _is_tight(item)
    parts = [_join([child], around) for child in item.children] if tight else []
    inner = "\n".join(parts) if tight else _join(item.children, around)
    return f"{mark}{gap}{box}{_indent(inner, len(mark) + len(gap))}".rstrip()


def _is_tight(item: ListItem) -> bool:
    """Return whether an item is a text, with at most a list of such items below it."""
    match item.children:
        case (Paragraph(),):
            return True
        case (Paragraph(), ListBlock(items, start, _, "1")) if start in (None, 1):
            return all(map(_is_tight, items))
        case _:
            return False


def _reads_as(written: str, block: ListBlock) -> bool:
    """Return whether a list that counts in letters is read as one that counts so."""
    match read_back(written):
        case (ListBlock(items, start, _, numbering), *_):
            return (len(items), start, numbering) == (
                len(block.items),
                block.start,
                block.numbering,
            )
        case _:
            return False


def _html_list(block: ListBlock, around: _Around) -> str:
    """Return a list with the tags of HTML, and Markdown within its items."""
    items = "\n".join(f"<li>\n\n{_join(item.children, around)}\n\n</li>" for item in block.items)
    return f'<ol type="{block.numbering}" start="{block.start}">\n{items}\n</ol>'


# --------------------------------------------------------------------------- terms and boxes


def _definitions(items: Sequence[Definition], around: _Around) -> str:
    inner = _Around(DEFINITION, around.lists)
    if all(one.meanings and _is_term(one.term) for one in items):
        return "\n\n".join(_definition(one, inner) for one in items)
    lines: list[str] = ["<dl>"]
    for one in items:
        lines.append(f"<dt>{write_html_text(one.term.content)}</dt>")
        lines += [f"<dd>\n\n{_join(meaning, inner)}\n\n</dd>" for meaning in one.meanings]
    return "\n".join((*lines, "</dl>"))


def _is_term(term: Prose) -> bool:
    """Return whether a term can stand on a line of its own; one that begins with a tag cannot."""
    return not is_html(term.content) or can_write_text(term.content, TERM)


def _definition(one: Definition, around: _Around) -> str:
    meanings = (f":   {_indent(_join(meaning, around), 4)}" for meaning in one.meanings)
    return "\n".join((write_text(one.term.content, TERM), "\n\n".join(meanings)))


def _box(box: Box, around: _Around) -> str:
    title = f" {write_text(box.title.content, TITLE)}" if box.title else ""
    inner = _join(box.children, replace(around, place=BOX))
    return _quoted(f"[!{box.kind.upper()}]{title}\n{inner}")


# --------------------------------------------------------------------------- pictures


def _figure(figure: Figure) -> str:
    given = _attributes(figure.alt)
    before = f"{{{' '.join(given)}}} " if given else ""
    below = f"\n{write_text(figure.caption.content, FIGURE_CAPTION)}" if figure.caption else ""
    return f"{before}{_picture(figure)}{below}"


def _picture(figure: Figure) -> str:
    alt = escape_all(plain(figure.alt.content)) if _has_signs(figure) else plain(figure.alt.content)
    looks = write_looks(figure.width, figure.decorative, name=figure.id)
    written = f"![{alt}]({write_address(figure.src)}){looks}"
    return f"[{written}]({write_address(figure.href)})" if figure.href else written


def _has_signs(figure: Figure) -> bool:
    return re.search(r"[^\w ,.;()’'“”–-]", plain(figure.alt.content)) is not None


def _row(figures: Sequence[Block]) -> str:
    return " ".join(_beside(one) for one in figures if isinstance(one, Figure))


def _beside(figure: Figure) -> str:
    """Return a picture of a row; its caption is between the brackets, as pandoc has it."""
    if not figure.caption:
        return _picture(figure)
    words = write_text(figure.caption.content, ROW_CAPTION)
    alt = plain(figure.alt.content)
    looks = write_looks(figure.width, figure.decorative, alt, figure.id)
    written = f"![{words}]({write_address(figure.src)}){looks}"
    return f"[{written}]({write_address(figure.href)})" if figure.href else written
