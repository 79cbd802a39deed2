"""Links to sections and chapters that are not there: they become text, with a warning each."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeGuard

from publish.errors import name_nearest
from publish.model import (
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Inlines,
    Level,
    Link,
    Prose,
    Span,
    Strong,
    Styled,
    Text,
    rebuild,
    walk_inlines,
)
from publish.reading.blocks.figurelinks import map_figures
from publish.reading.blocks.imagechecks import holds_picture
from publish.reading.faults import Faults
from publish.reading.marks.inline import is_blank, normalise
from publish.reading.targets import is_local, join_path, list_shown_ids

__all__ = ["unlink_dead"]


def unlink_dead(document: Document, faults: Faults, files: Sequence[str] = ()) -> Document:
    """Return the document with each link that leads nowhere in it as its text alone.

    `files` are the chapters, as paths from the workspace.  Each link left out has a warning (code
    `link-target`).  A link without text stays, since it is an error of its own.
    """
    ids = {f"#{block.id}" for block in document.body if isinstance(block, Heading)}
    ids |= {f"#{name}" for _, name in list_shown_ids(document)}

    def leads_nowhere(href: str) -> bool:
        if href.startswith("#"):
            return href not in ids
        return is_local(href) and not href.startswith("www.")

    def is_dead(node: Inline) -> TypeGuard[Link]:
        return (
            isinstance(node, Link)
            and leads_nowhere(node.href)
            and (holds_picture(node) or not is_blank(node.children))
        )

    def change(prose: Prose) -> Prose:
        if all(isinstance(node, Text) for node in prose.content):
            return prose
        dead = [node.href for node in walk_inlines(prose.content) if is_dead(node)]
        for href in dead:
            _warn(href, prose.span, ids, files, faults)
        return replace(prose, content=_unlinked(prose.content, is_dead)) if dead else prose

    def change_figure(figure: Figure) -> Figure:
        if not leads_nowhere(figure.href):
            return figure
        _warn(figure.href, figure.span, ids, files, faults)
        return replace(figure, href="")

    return map_figures(rebuild(document, change), change_figure)


def _unlinked(inlines: Inlines, is_dead: Callable[[Inline], bool]) -> Inlines:
    """Return a tree with the children of dead links in their place."""
    made: Inlines = ()
    for node in inlines:
        match node:
            case Link(children) if is_dead(node):
                made += _unlinked(children, is_dead)
            case Emphasis(children) | Strong(children) | Styled(children) | Link(children):
                made += (replace(node, children=_unlinked(children, is_dead)),)
            case _:
                made += (node,)
    return normalise(made)


def _warn(href: str, span: Span, ids: set[str], files: Sequence[str], faults: Faults) -> None:
    path, _, name = href.partition("#")
    folder = posixpath.dirname(span.file)
    if not path:
        message = f"there is no section, figure or table {href}"
        hint = name_nearest(href, ids)
        hint = hint or f"give the heading you mean this id: ## Heading {{{href}}}"
    elif name and join_path(span.file, path) in files:
        message = f"there is no section #{name} in {path}"
        hint = "link to one of its headings, or give one this id"
    else:
        near = [posixpath.relpath(file, folder) for file in files if file != span.file]
        message = f"this leads to no chapter: {href}"
        hint = (
            name_nearest(href, near)
            or "link to a #section of this document, or to a whole address: https://…"
        )
    faults.remark(
        f"{message}; editions have the text without a link",
        span,
        hint,
        code="link-target",
        level=Level.WARNING,
    )
