"""Texts with marks that Markdown cannot express there: the marks are left out and reported."""

from __future__ import annotations

from dataclasses import replace

from publish.importing.results import Imported, Loss
from publish.importing.settling import settle_text
from publish.model import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Prose,
    Role,
    Strong,
    Styled,
    Text,
    plain,
    rebuild,
)
from publish.reading.writing.htmlwriter import is_html
from publish.reading.writing.sourcemarks import can_write_text
from publish.reading.writing.trying import CELL, FIGURE_CAPTION, HEADING, TERM, TITLE

__all__ = ["drop_emphasis", "settle_marks"]

PLACES = {
    Role.HEADING: HEADING,
    Role.CELL: CELL,
    Role.HEADER_CELL: CELL,
    Role.TERM: TERM,
    Role.BOX_TITLE: TITLE,
    Role.CAPTION: FIGURE_CAPTION,
}
"""Where the texts stand that are not written as paragraphs are; those are seen to by reading."""


def settle_marks(imported: Imported) -> Imported:
    """Return an import all of whose texts can be written."""
    losses = list(imported.losses)

    def change(prose: Prose) -> Prose:
        place = PLACES.get(prose.role)
        if place is None or _is_plain(prose.content) or can_write_text(prose.content, place):
            return prose
        if prose.role is Role.TERM and is_html(prose.content):
            return prose
        shown = " ".join(plain(prose.content).split())[:60]
        losses.append(Loss(kind="emphasis", place=f"in “{shown}”", reason="Markdown has no way"))
        return replace(prose, content=settle_text(drop_emphasis(prose.content)))

    document = rebuild(imported.document, change)
    return replace(imported, document=document, losses=tuple(losses))


def _is_plain(tree: Inlines) -> bool:
    return all(isinstance(node, Text) for node in tree)


def drop_emphasis(tree: Inlines) -> Inlines:
    """Return a text without emphasis and styles."""
    made: list[Inline] = []
    for node in tree:
        if isinstance(node, Emphasis | Strong | Styled):
            made += drop_emphasis(node.children)
        elif isinstance(node, Link):
            made.append(replace(node, children=drop_emphasis(node.children)))
        else:
            made.append(node)
    return tuple(made)
