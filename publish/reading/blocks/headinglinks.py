"""Pandoc's links to headings by their text: `[the options][General options]`."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore

from publish.reading.blocks.headings import make_slug

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
    if not used:
        return
    references = state.env.setdefault("references", {})
    for before, token in pairwise(state.tokens):
        label = normalizeReference(token.content) if before.type == "heading_open" else ""
        if label in used and label not in references:
            given = ID.search(str((token.meta or {}).get("attributes", "")))
            target = given[1] if given else make_slug(token.content)
            references[label] = {"title": "", "href": f"#{target}", "map": token.map}
