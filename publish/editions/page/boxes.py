"""Writes the words of boxes and tasks: the name of a kind of box, whether a task is done."""

from __future__ import annotations

from publish.editions.page.interface import Interface, plain_text
from publish.editions.page.templates import Markup, marked_text
from publish.model import BoxKind

__all__ = ["BOX_ROLES", "BOX_TYPES", "TICKS", "describe_task", "name_box"]

BOX_ROLES: dict[BoxKind, str] = {
    "note": "note",
    "tip": "doc-tip",
    "important": "doc-notice",
    "warning": "doc-notice",
    "caution": "doc-notice",
    "details": "note",
}
"""What a screen reader says of each kind of box (DPUB-ARIA 1.1, WAI-ARIA 1.2)."""

BOX_TYPES: dict[BoxKind, str] = {
    "tip": "tip",
    "important": "notice",
    "warning": "notice",
    "caution": "notice",
}
"""The `epub:type` of each kind that has one (EPUB 3 Structural Semantics Vocabulary 1.1)."""


TICKS = {True: "\u2611", False: "\u2610"}
"""The boxes of tasks: done, and not done."""


def name_box(kind: BoxKind, interface: Interface) -> Markup:
    """Return the name of a kind of box as XHTML, which stands where a box has no title."""
    match kind:
        case "note":
            return marked_text(interface, "Note")
        case "tip":
            return marked_text(interface, "Tip")
        case "important":
            return marked_text(interface, "Important")
        case "warning":
            return marked_text(interface, "Warning")
        case "caution":
            return marked_text(interface, "Caution")
        case "details":
            return marked_text(interface, "Details")


def describe_task(done: bool, interface: Interface) -> tuple[str, bool]:
    """Return what is read aloud for the box of a task, and whether it is translated."""
    if done:
        return plain_text(interface, "done"), interface.knows("done")
    return plain_text(interface, "not done"), interface.knows("not done")
