"""References within a document: section ids, footnotes and links, each with its other end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publish.errors import PublishError
from publish.model import (
    Document,
    FootnoteMark,
    Heading,
    Image,
    Inline,
    Link,
    Prose,
    Role,
    Span,
    proses,
    walk_inlines,
)

__all__ = ["check_references"]

LINK_SCHEMES = re.compile(r"(?:https?://|mailto:|#)[^\s]+\Z", re.IGNORECASE)
RESERVED = re.compile(r"(?:p|note-|mark-)\d+|edition-.+")
"""Ids that editions give to paragraphs, notes and their own sections."""


def check_references(document: Document) -> None:
    """Raises PublishError for the first reference that leads nowhere or where it must not.

    Codes: `id-reserved`, `id-duplicate`, `footnote-duplicate`, `footnote-missing`,
    `footnote-unused`, `link-scheme`, `link-target`, `image-undescribed`.
    """
    _check_images(document)
    _check_ids(document)
    _check_footnotes(document)
    _check_links(document)


def _check_images(document: Document) -> None:
    """Every image needs words for those who cannot see it (EPUB Accessibility 1.1 §3.2)."""
    bare = [p.span for p in proses(document) if p.role is Role.ALT and not p.content]
    bare += [p.span for p, n in _nodes(document) if isinstance(n, Image) and not n.alt.strip()]
    if bare:
        raise PublishError(
            "an image has no description",
            bare[0],
            "say what it shows: ![what it shows](map.png)",
            code="image-undescribed",
        )


def _check_ids(document: Document) -> None:
    taken: dict[str, Span] = {}
    for block in document.body:
        if isinstance(block, Heading):
            if RESERVED.fullmatch(block.id):
                raise PublishError(
                    f"the section id {block.id!r} is one that editions use themselves",
                    block.prose.span,
                    "give this heading another id: ## Heading {#other-id}",
                    code="id-reserved",
                )
            if block.id in taken:
                raise PublishError(
                    f"the section id {block.id!r} stands twice, first in {taken[block.id]}",
                    block.prose.span,
                    "give this heading an id of its own: ## Heading {#other-id}",
                    code="id-duplicate",
                )
            taken[block.id] = block.prose.span


def _check_footnotes(document: Document) -> None:
    defined: dict[str, Span] = {}
    for note in document.notes:
        if note.label in defined:
            raise PublishError(
                f"the footnote [^{note.label}] stands twice, first in {defined[note.label]}",
                note.span,
                "give it another label",
                code="footnote-duplicate",
            )
        defined[note.label] = note.span
    marked = {
        node.label: prose.span for prose, node in _nodes(document) if isinstance(node, FootnoteMark)
    }
    for label, span in marked.items():
        if label not in defined:
            raise PublishError(
                f"there is no footnote [^{label}]",
                span,
                f"add a line [^{label}]: … or write \\[ for a bracket",
                code="footnote-missing",
            )
    for label, span in defined.items():
        if label not in marked:
            raise PublishError(
                f"nothing refers to the footnote [^{label}]",
                span,
                f"put [^{label}] where it belongs, or delete the note",
                code="footnote-unused",
            )


def _check_links(document: Document) -> None:
    ids = {block.id for block in document.body if isinstance(block, Heading)}
    for prose, node in _nodes(document):
        if not isinstance(node, Link):
            continue
        if not LINK_SCHEMES.match(node.href):
            raise PublishError(
                f"this link address is not allowed: {node.href or '(empty)'}",
                prose.span,
                "links go to https:, http:, mailto: or #section",
                code="link-scheme",
            )
        if node.href.startswith("#") and node.href[1:] not in ids:
            raise PublishError(
                f"there is no section {node.href}",
                prose.span,
                f"known sections: {', '.join(sorted(ids))}",
                code="link-target",
            )


def _nodes(document: Document) -> Iterable[tuple[Prose, Inline]]:
    for prose in proses(document):
        for node in walk_inlines(prose.content):
            yield prose, node
