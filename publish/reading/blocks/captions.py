"""Captions of tables: a paragraph `Table: …` or `: …` before or after a table, as pandoc has it."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.idsigns import ID_SIGN

__all__ = ["find_captions"]

CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
ATTRIBUTES = re.compile(r"\s*\{\s*(?:[#.][^{}\s]|[\w-]+\s*=)[^{}]*\}\s*$")
"""The id of a table, such as `{#tbl:cases}`, and attributes for other programs."""
ID = re.compile(rf"#([{ID_SIGN}:.-]+)")


def find_captions(state: StateCore) -> None:
    """Move the caption of each table into its tokens; a rule of markdown-it.

    A table takes the caption before it, if the table before has not taken it, else that after it.
    """
    tokens = state.tokens
    openings = [at for at, token in enumerate(tokens) if token.type == "table_open"]
    if not openings:
        return
    closings = {at: _closing(tokens, at) for at in openings}
    taken: dict[int, int] = {}
    for at in openings:
        after = closings[at] + 1
        for place in (at - 3, after):
            if place not in taken.values() and _is_caption(tokens, place):
                taken[at] = place
                break
    moved = {place + number for place in taken.values() for number in range(3)}
    state.tokens = [
        one
        for at, token in enumerate(tokens)
        if at not in moved
        for one in (token, *(_caption(tokens, taken[at]) if at in taken else ()))
    ]


def _closing(tokens: list[Token], at: int) -> int:
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end].type == "table_open") - (tokens[end].type == "table_close")
        if not depth:
            return end
    return len(tokens)


def _is_caption(tokens: list[Token], at: int) -> bool:
    return (
        0 <= at < len(tokens)
        and tokens[at].type == "paragraph_open"
        and CAPTION.match(tokens[at + 1].content) is not None
    )


def _caption(tokens: list[Token], at: int) -> tuple[Token, ...]:
    opening, inline, closing = tokens[at : at + 3]
    opening.type, closing.type = "caption_open", "caption_close"
    content = CAPTION.sub("", inline.content, count=1)
    found = ATTRIBUTES.search(content)
    written = found.group().strip() if found else ""
    name = ID.search(written)
    others = ID.sub("", written, count=1).strip("{} ")
    opening.meta = {"id": name[1] if name else "", "ignored": others and f"{{{others}}}"}
    inline.content = content[: found.start()] if found else content
    return opening, inline, closing
