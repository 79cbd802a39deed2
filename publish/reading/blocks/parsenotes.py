"""What parsing some lines of a file found that concerns its other lines: `ParseNotes`."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock
from markdown_it.utils import EnvType

__all__ = [
    "NOTES",
    "UNCLOSED",
    "ParseNotes",
    "Reference",
    "add_references",
    "list_references",
    "note_unclosed",
]

NOTES = "notes"
"""The key of the notes in the environment of the parser; without it nothing is noted."""

UNCLOSED = "unclosed"
"""The key that the environment has where a block would have gone on below the last line."""

Reference = tuple[str, str]
"""The address and the title that a label of links stands for."""


@dataclass(frozen=True, slots=True)
class ParseNotes:
    """Labels of links that lines define, those that links use, and headings that may define them.

    `headings` are the labels of all headings and the addresses that they would have.
    """

    references: dict[str, Reference] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    headings: list[tuple[str, str]] = field(default_factory=list)


def note_unclosed(state: StateBlock) -> None:
    """Note that a block would have begun here if its end were in the lines below the last."""
    state.env[UNCLOSED] = True


def list_references(env: EnvType) -> dict[str, Reference]:
    """Return the labels that an environment of the parser has."""
    return {label: (one["href"], one["title"]) for label, one in env.get("references", {}).items()}


def add_references(env: EnvType, references: dict[str, Reference]) -> None:
    """Give an environment labels that other lines of the file define."""
    env["references"] = {
        label: {"title": title, "href": href, "map": [0, 0]}
        for label, (href, title) in references.items()
    }
