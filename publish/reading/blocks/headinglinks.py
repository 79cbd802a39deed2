"""Pandoc's links to headings by their text: `[the options][General options]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.reading.blocks.headings import make_slug
from publish.reading.blocks.parsenotes import NOTES, list_references

__all__ = ["define_headings"]

USED = re.compile(r"\[([^\[\]]*)\]\[([^\[\]]*)\]")
ID = re.compile(r"#([^\s{}]+)")


def define_headings(state: StateCore) -> None:
    """Define the labels of links that no line defines and that are the text of a heading.

    Only labels in a second pair of brackets count: `[Notes]` alone stays as it is typed.
    """
    texts = [token.content for token in state.tokens if token.type == "inline"]
    used = {
        normalizeReference(label or text)
        for content in texts
        if "][" in content
        for text, label in USED.findall(content)
    }
    notes = state.env.get(NOTES)
    if notes is not None:
        notes.references.update(list_references(state.env))
        notes.used.update(used)
        notes.headings.extend((label, _address(one)) for label, one in _headings(state))
    if not used:
        return
    references = state.env.setdefault("references", {})
    for label, token in _headings(state):
        if label in used and label not in references:
            references[label] = {"title": "", "href": _address(token), "map": token.map}


def _headings(state: StateCore) -> Iterator[tuple[str, Token]]:
    """Yield the headings that have a text, and the labels that they may be."""
    for before, token in pairwise(state.tokens):
        label = normalizeReference(token.content) if before.type == "heading_open" else ""
        if label:
            yield label, token


def _address(heading: Token) -> str:
    given = ID.search(str((heading.meta or {}).get("attributes", "")))
    return f"#{given[1] if given else make_slug(heading.content)}"
