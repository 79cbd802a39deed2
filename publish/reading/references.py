"""Checks of the references in a document: section ids, footnotes, links and images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from publish.errors import name_nearest
from publish.model import (
    Document,
    Figure,
    FootnoteMark,
    Heading,
    Image,
    Inline,
    Level,
    Link,
    Prose,
    Role,
    Span,
    block_proses,
    blocks,
    plain,
    proses,
    walk_marks,
)
from publish.reading.blocks.headings import RESERVED
from publish.reading.blocks.imagechecks import check_images, holds_picture
from publish.reading.faults import Faults
from publish.reading.marks.addresses import is_mail_address, is_web_address
from publish.reading.marks.inline import is_blank
from publish.reading.numbering import NUMBER, Shown, is_empty, is_reference, list_shown, name_kind

__all__ = ["check_references", "drop_unused_notes"]

Nodes = Sequence[tuple[Prose, Inline]]

TYPED = re.compile(r"[^\W\d_]{2,12}\.?[ \u00a0]\d{1,3}(?:[.-]\d{1,2})?[a-z]?[ \u00a0]?[.:—–](?=\s)")
"""The beginning of a caption such as “Figure 3.” or “Рис. 2:”."""


def check_references(document: Document, faults: Faults) -> None:
    """Note an error for each reference without a target, or with one that is not allowed.

    Links to places in the document that are not there are `unlink_dead`'s.

    Codes: `heading-empty`, `id-reserved`, `id-duplicate`, `footnote-duplicate`, `footnote-missing`,
    `link-empty`, `link-scheme`, `reference-target`, and those of `check_images`; the warning
    `caption-number`.
    """
    nodes = tuple(_nodes(document))
    check_images(document, faults)
    _check_ids(document, faults)
    _check_footnotes(document, nodes, faults)
    _check_links(document, nodes, faults)
    _check_captions(document, faults)


def drop_unused_notes(document: Document, faults: Faults) -> Document:
    """Return the document without the footnotes that no mark leads to, and warn of each."""
    children = {note.label: note for note in document.notes}
    waiting = [n.label for p in proses(replace(document, notes=())) for n in _marks(p)]
    used: set[str] = set()
    while waiting:
        label = waiting.pop()
        if label not in used and label in children:
            inner = block_proses(children[label])
            waiting += [mark.label for prose in inner for mark in _marks(prose)]
        used.add(label)
    for note in document.notes:
        if note.label not in used:
            faults.remark(
                f"no mark refers to the footnote [^{note.label}], so it is left out",
                note.span,
                f"write [^{note.label}] in the text where it belongs, or delete the note",
                code="footnote-unused",
                level=Level.WARNING,
            )
    kept = tuple(note for note in document.notes if note.label in used)
    return replace(document, notes=kept)


def _marks(prose: Prose) -> list[FootnoteMark]:
    return [node for node in walk_marks(prose.content) if isinstance(node, FootnoteMark)]


def _check_ids(document: Document, faults: Faults) -> None:
    taken: dict[str, Span] = {}
    for block in document.body:
        if isinstance(block, Heading):
            if is_blank(block.prose.content):
                faults.error(
                    "a heading has no text",
                    block.prose.span,
                    "write it after the #, or delete the line",
                    code="heading-empty",
                )
            if RESERVED.fullmatch(block.id):
                faults.error(
                    f"the section id {block.id!r} is reserved: editions use it themselves",
                    block.prose.span,
                    "give this heading another id: ## Heading {#other-id}",
                    code="id-reserved",
                )
            if block.id in taken:
                faults.error(
                    f"two sections have the id {block.id!r}; the first is at {taken[block.id]}",
                    block.prose.span,
                    "give this heading an id of its own: ## Heading {#other-id}",
                    code="id-duplicate",
                )
            taken[block.id] = block.prose.span


def _check_footnotes(document: Document, nodes: Nodes, faults: Faults) -> None:
    defined: dict[str, Span] = {}
    for note in document.notes:
        if note.label in defined:
            faults.error(
                f"two footnotes have the label [^{note.label}]; "
                f"the first is at {defined[note.label]}",
                note.span,
                "give this one another label",
                code="footnote-duplicate",
            )
        defined[note.label] = note.span
    marked = {node.label: prose.span for prose, node in nodes if isinstance(node, FootnoteMark)}
    for label, span in marked.items():
        if label not in defined:
            faults.error(
                f"the mark [^{label}] has no footnote",
                span,
                f"add the footnote on a line of its own, [^{label}]: …; to show the brackets "
                f"themselves, write \\[^{label}]",
                code="footnote-missing",
            )


def _check_links(document: Document, nodes: Nodes, faults: Faults) -> None:
    targets: dict[str, Shown | None] = {
        f"#{block.id}": None for block in document.body if isinstance(block, Heading)
    }
    targets |= {f"#{one.id}": one for one in list_shown(document) if one.id}
    for prose, node in nodes:
        if not isinstance(node, Link):
            continue
        if is_reference(node) and prose.role is Role.HEADING:
            faults.error(
                f"a heading cannot leave it to the edition what its link says: {node.href}",
                prose.span,
                f"write the words between the brackets: [the map]({node.href})",
                code="reference-target",
            )
        elif is_reference(node):
            _check_reference(node, targets, prose.span, faults)
        elif is_blank(node.children) and not holds_picture(node):
            faults.error(
                f"a link has no text: {node.href}",
                prose.span,
                "write what it leads to between the brackets: [the report](https://…)",
                code="link-empty",
            )
        elif not node.href.startswith("#"):
            _check_address(node.href, prose.span, faults)


def _check_captions(document: Document, faults: Faults) -> None:
    """Warn of captions that begin with a number of their own, though editions write one."""
    for shown in list_shown(document):
        words = plain(shown.caption.content) if shown.number and shown.caption else ""
        if shown.caption and (found := TYPED.match(words)):
            faults.remark(
                f"a caption begins with “{found[0].strip()}”, and editions put the number of the "
                f"{name_kind(shown)} before it",
                shown.caption.span,
                "delete it from the caption, or write numbered = [] into the settings",
                code="caption-number",
                level=Level.WARNING,
            )


def _check_reference(
    link: Link, targets: Mapping[str, Shown | None], span: Span, faults: Faults
) -> None:
    """Note an error for a link that leaves its words to the edition, which knows none."""
    shown = targets.get(link.href)
    if link.href not in targets:
        message = f"this refers to nothing: there is no heading, figure or table {link.href}"
        hint = name_nearest(link.href, targets) or (
            f"give the one you mean this id: ![…](map.png){{{link.href}}}, "
            f"or # Heading {{{link.href}}}"
        )
    elif shown is None and not is_empty(link):
        message = f"a heading has no number, so {NUMBER} means nothing here: {link.href}"
        hint = "delete it, or leave the brackets empty: editions show the heading's title"
    elif shown is not None and not shown.number and not (is_empty(link) and shown.caption):
        lacks = "neither a number nor a caption" if is_empty(link) else "no number"
        message = f"the {name_kind(shown)} {link.href} has {lacks} to show"
        hint = f"write the words between the brackets: [the map]({link.href})"
    else:
        return
    faults.error(message, span, hint, code="reference-target")


def _check_address(href: str, span: Span, faults: Faults) -> None:
    if not is_web_address(href) and not is_mail_address(href):
        faults.error(
            f"this link address is not allowed: {href}" if href else "a link has no address",
            span,
            "start it with https:, http: or mailto:, or link to a #section; "
            "percent-encode special characters: %20 for a space, %25 for %",
            code="link-scheme",
        )


def _nodes(document: Document) -> Iterable[tuple[Prose, Inline]]:
    """Yield the marks of each text, and the links that images are."""
    for block in blocks(document):
        if isinstance(block, Figure) and block.href:
            yield block.alt, Link((Image(block.src, ""),), block.href)
    for prose in proses(document):
        for node in walk_marks(prose.content):
            yield prose, node
