"""The notes of a unit of XLIFF: what is sent, and what a translator asks in notes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.catalogs.questions import ASKED
from publish.containers.xmlreading import XmlElement
from publish.containers.xmlwriting import escape_characters
from publish.kits.items import Item

__all__ = ["list_notes", "list_questions", "make_note_text"]

OURS = {"", "where", "note", "doubt", "base"}
"""The categories of notes that are sent; older files have the fingerprint in one."""


def list_notes(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the notes of an item, each with its category."""
    texts = {"where": item.where, "note": item.note, "doubt": item.doubt}
    return ((category, text) for category, text in texts.items() if text)


def make_note_text(text: str) -> str:
    """Return a note without control characters, which XML cannot contain; it is not read back."""
    return escape_characters(
        "".join(character for character in text if character >= " " or character == "\n")
    )


def list_questions(notes: Iterable[XmlElement], category: str) -> Iterator[str]:
    """Yield the notes that were not sent, as comments; `category` is the attribute that says so."""
    for note in notes:
        words = " ".join(note.text().split())
        if words and note.attributes.get(category, "") not in OURS:
            yield f"{ASKED} {words}"
