"""Tokens to blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it.token import Token

from publish.idsigns import ID_SIGN
from publish.model import (
    Block,
    CodeBlock,
    Footnote,
    Heading,
    Level,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Role,
    Strong,
    ThematicBreak,
)
from publish.reading.blocks.blockreader import BlockReader, read_prose
from publish.reading.blocks.boxes import note_fault, read_box, read_definitions
from publish.reading.blocks.formulablocks import MATH_FENCES, read_formula
from publish.reading.blocks.headings import read_heading
from publish.reading.blocks.literal import (
    check_block_read,
    check_table_read,
    find_layout_mark,
    warn_of_indented,
)
from publish.reading.blocks.pictures import join_captions, read_figures
from publish.reading.blocks.tables import read_table
from publish.reading.marks.attributes import Attributes, parse_attributes
from publish.reading.marks.inline import normalise

__all__ = ["read_blocks"]

ID = re.compile(rf"\{{[ ]*#[{ID_SIGN}-]+[ ]*\}}")


def read_blocks(
    tokens: list[Token], at: int, closer: str, reader: BlockReader
) -> tuple[tuple[Block, ...], int]:
    """Return the blocks from `at` up to the token named `closer`, and the index after it."""
    blocks: list[Block] = []
    while at < len(tokens) and tokens[at].type != closer:
        given = None
        if _only_attributes(tokens, at):
            given = _given(tokens, at, reader)
            at += 3
            if given is None:
                continue
        found, at = _block(tokens, at, reader, given)
        blocks += found
        headings = [block for block in found if isinstance(block, Heading)]
        if headings:
            reader = replace(reader, section=headings[-1].id)
    return tuple(join_captions(blocks)), at + 1


def _given(tokens: list[Token], at: int, reader: BlockReader) -> Attributes | None:
    """Return the attributes that a paragraph of nothing else has for the paragraph after it.

    A table after it takes the id.
    """
    after = at + 3
    written = tokens[at + 1].meta["attributes"]
    if after < len(tokens) and tokens[after].type == "table_open" and ID.fullmatch(written):
        tokens[after].meta = {**(tokens[after].meta or {}), "id": written.strip("{# }")}
        return None
    if (
        after >= len(tokens)
        or tokens[after].type != "paragraph_open"
        or _only_attributes(tokens, after)
    ):
        reader.faults.error(
            f"no paragraph follows the attributes {written}, so they have no effect",
            reader.span(tokens[at]),
            "move them to the start of the paragraph, list item or table cell they belong to",
            code="attribute-place",
        )
        return None
    with reader.faults.collecting():
        return parse_attributes(written, reader.span(tokens[at]))
    return None


def _only_attributes(tokens: list[Token], at: int) -> bool:
    inline = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        tokens[at].type == "paragraph_open"
        and inline is not None
        and not inline.content
        and "attributes" in (inline.meta or {})
    )


def _block(
    tokens: list[Token], at: int, reader: BlockReader, given: Attributes | None
) -> tuple[tuple[Block, ...], int]:
    """Return the blocks that begin with a token, mostly one, and the index after them."""
    token = tokens[at]
    span = reader.span(token)
    match token.type:
        case "heading_open":
            return _heading(tokens, at, reader), at + 3
        case "paragraph_open":
            return _paragraph(tokens[at + 1], reader, given), at + 3
        case "bullet_list_open" | "ordered_list_open":
            found, end = _list(tokens, at, reader)
            return (found,), end
        case "blockquote_open":
            children, end = read_blocks(
                tokens, at + 1, "blockquote_close", reader.within(Role.QUOTE)
            )
            return (Quote(children, span),), end
        case "box_open":
            box, end = read_box(tokens, at, reader, read_blocks)
            return (box,), end
        case "div_open":
            return read_blocks(tokens, at + 1, "div_close", reader)
        case "dl_open":
            terms, end = read_definitions(tokens, at, reader, read_blocks)
            return (terms,), end
        case "footnote_reference_open":
            children, end = read_blocks(
                tokens, at + 1, "footnote_reference_close", reader.within(Role.FOOTNOTE)
            )
            reader.notes.append(Footnote(str(token.meta["label"]), children, span))
            return (), end
        case "table_open":
            table, end = read_table(tokens, at, reader)
            return (table,), end
        case "formula":
            return _formula(token, reader), at + 1
        case "fence" if token.info.strip() in MATH_FENCES:
            return _formula(token, reader), at + 1
        case "fence" | "code_block":
            if token.type == "code_block":
                warn_of_indented(token.content, span, reader.faults, reader.as_text)
            return (CodeBlock(token.content, span),), at + 1
        case "hr":
            return (ThematicBreak(span),), at + 1
        case "fault":
            note_fault(token, reader)
            return (), at + 1
        case other:
            raise AssertionError(f"unknown block token {other}")


def _heading(tokens: list[Token], at: int, reader: BlockReader) -> tuple[Block, ...]:
    """Return a heading; within a list or quotation, where no link could reach it, bold text."""
    inline = tokens[at + 1]
    if not inline.children and "attributes" not in (inline.meta or {}):
        message, hint = "a heading without text is left out", "write it after the #, or delete it"
        span = reader.span(tokens[at])
        reader.faults.remark(message, span, hint, code="heading-empty", level=Level.WARNING)
        return ()
    if not reader.inside:
        return (read_heading(inline, int(tokens[at].tag[1:]), reader),)
    prose, _ = read_prose(tokens[at + 1], reader, reader.role)
    reader.faults.remark(
        "a heading inside a list, quotation, box or footnote is set as a bold paragraph",
        prose.span,
        "start it at the left margin if it should be in the contents",
        code="heading-place",
    )
    return (Paragraph(replace(prose, content=normalise((Strong(prose.content),)))),)


def _paragraph(inline: Token, reader: BlockReader, given: Attributes | None) -> tuple[Block, ...]:
    with reader.faults.collecting():
        check_table_read(inline.content, reader.span(inline))
        check_block_read(inline.content, reader.span(inline))
    if message := find_layout_mark(inline.content):
        hint = "delete the line"
        reader.faults.remark(message, reader.span(inline), hint, code="layout-mark")
        return ()
    if figures := read_figures(inline, reader, given):
        return figures
    prose, _ = read_prose(inline, reader, reader.role, given)
    # A comment or an anchor leaves nothing.
    return (Paragraph(prose),) if prose.content else ()


def _formula(token: Token, reader: BlockReader) -> tuple[Block, ...]:
    formula = read_formula(token, reader)
    return (formula,) if formula else ()


def _list(tokens: list[Token], at: int, reader: BlockReader) -> tuple[ListBlock, int]:
    token = tokens[at]
    ordered = token.type == "ordered_list_open"
    given = token.attrGet("start")
    start = (1 if given is None else int(given)) if ordered else None
    items: list[ListItem] = []
    end = at + 1
    while tokens[end].type != token.type.replace("_open", "_close"):
        if tokens[end].type == "fault":
            note_fault(tokens[end], reader)
            end += 1
            continue
        done = tokens[end].meta.get("checked")
        children, end = read_blocks(tokens, end + 1, "list_item_close", reader.within(Role.ITEM))
        items.append(ListItem(children, done))
    numbering = token.meta.get("numbering", "1")
    return ListBlock(tuple(items), start, reader.span(token), numbering), end + 1
